"""The events resource: https://developers.google.com/workspace/calendar/api/v3/reference/events ."""

from __future__ import annotations

from gcsa.emulator.resources.events import getting, inserting, listing

__all__ = ["getting", "inserting", "listing"]
