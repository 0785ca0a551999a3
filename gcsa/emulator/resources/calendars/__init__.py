"""The calendars resource: https://developers.google.com/workspace/calendar/api/v3/reference/calendars ."""

from __future__ import annotations

from gcsa.emulator.resources.calendars import keeping, ownership, removing

__all__ = ["keeping", "ownership", "removing"]
