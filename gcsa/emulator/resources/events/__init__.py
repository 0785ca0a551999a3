"""The events resource: https://developers.google.com/workspace/calendar/api/v3/reference/events ."""

from __future__ import annotations

from gcsa.emulator.resources.events import (
    changing,
    deleting,
    getting,
    inserting,
    instances,
    listing,
)

__all__ = ["changing", "deleting", "getting", "inserting", "instances", "listing"]
