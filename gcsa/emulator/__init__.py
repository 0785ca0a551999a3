"""Google Calendar in a box: the Calendar API, answered from SQLite, in process or over HTTP."""

from __future__ import annotations

from gcsa.emulator.clock import Clock
from gcsa.emulator.emulator import Emulator
from gcsa.emulator.exchange import ConnectionLost
from gcsa.emulator.http import Request, Response
from gcsa.emulator.seeding import SeedError

__all__ = ["Clock", "ConnectionLost", "Emulator", "Request", "Response", "SeedError"]
