"""The calendarList resource: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList ."""

from __future__ import annotations

from gcsa.emulator.resources.calendar_list import entries, listing

__all__ = ["entries", "listing"]
