"""The visibility of an instance: its series' too, where it hides more.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events#visibility
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.resources.events.finding import Found, find
from gcsa.emulator.resources.events.invitations import organizing
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow

# How much each hides.
_HIDES: Final = {"public": 0, "default": 1, "private": 2, "confidential": 2}


def settle_visibility(call: Call, calendar: CalendarRow, found: Found, after: Resource) -> Found:
    """Settle what the visibility of an instance means for its series.

    "If the new setting is more restrictive (e.g. from public to private), it is applied to all instances. If the new
    setting is less restrictive (e.g. from private to public), the change is ignored."

    Args:
        call: The call.
        calendar: The calendar.
        found: The event as it was.
        after: The event as it is to be, changed in place.

    Returns:
        The event as it was, or as its series has made it.
    """
    before = found.resource
    was, wanted = before.get("visibility", "default"), after.get("visibility", "default")
    if found.placement.kind is not Kind.EXCEPTION or wanted == was:
        return found
    if _HIDES[wanted] <= _HIDES[was]:
        after["visibility"] = was
        return found
    row = call.store.events.get(calendar.key, before["recurringEventId"])
    if row is None or row.kind != Kind.SERIES:
        return found
    series = find(call.store, calendar, row.id)
    organizing.change(
        call, calendar, series, {**series.resource, "visibility": wanted}, series.placement
    )
    changed = find(call.store, calendar, before["id"])
    after["etag"] = changed.resource["etag"]
    return changed
