"""Conferences: create requests that are answered later, and copies that need a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator


def finish_due(emulator: Emulator, now: int) -> None:
    """Answer the pending create requests whose time has come."""
