"""The emulator's only state: one SQLite database."""

from __future__ import annotations

from gcsa.emulator.store.store import Store

__all__ = ["Store"]
