"""The freebusy resource: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy ."""

from __future__ import annotations

from gcsa.emulator.resources.free_busy import query

__all__ = ["query"]
