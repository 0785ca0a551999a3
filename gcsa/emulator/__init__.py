"""Google Calendar in a box: the Calendar API, answered from SQLite, in process or over HTTP."""

from __future__ import annotations

from gcsa.emulator.clock import Clock
from gcsa.emulator.emulator import Emulator
from gcsa.emulator.http import Request, Response

__all__ = ["Clock", "Emulator", "Request", "Response"]
