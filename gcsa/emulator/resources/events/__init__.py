"""The events resource: https://developers.google.com/workspace/calendar/api/v3/reference/events ."""

from __future__ import annotations

from gcsa.emulator.resources.events import (
    changing,
    deleting,
    getting,
    importing,
    inserting,
    instances,
    listing,
    moving,
    quick_adding,
)

__all__ = [
    "changing",
    "deleting",
    "getting",
    "importing",
    "inserting",
    "instances",
    "listing",
    "moving",
    "quick_adding",
]
