"""What organizers do: invite to new events, change them, call them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.invitations import spreading
from gcsa.emulator.resources.events.invitations.automatic import (
    PROPERTIES,
    answer_invitations,
    decline_conflicting,
)
from gcsa.emulator.resources.events.invitations.guests import guests_of, is_shared
from gcsa.emulator.resources.events.invitations.telling import tell, tell_answers
from gcsa.emulator.resources.events.saving import Saved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.finding import Found
    from gcsa.emulator.resources.events.schedule import Placement
    from gcsa.emulator.store.calendars import CalendarRow

RESCHEDULING: Final = ("start", "end", "recurrence")


def invite(call: Call, calendar: CalendarRow, event: Resource, saved: Saved) -> Saved:
    """Do what follows from a new event: invite its guests, or decline what it is in the way of.

    Args:
        call: The call.
        calendar: The calendar that it is on.
        event: The event, as it was stored.
        saved: The same as it was written.

    Returns:
        The event as it is now: some invitations are answered at once.
    """
    store = call.store
    if event["eventType"] in PROPERTIES:
        tell_answers(call, decline_conflicting(store, calendar, event["id"], call.now))
        return saved
    if "attendees" not in event or not is_shared(event, calendar):
        return saved
    guests = spreading.publish(store, calendar, event, call.now)
    tell(call, {}, event)
    if not guests:
        return saved
    answers = answer_invitations(store, calendar, event, guests.values(), call.now)
    tell_answers(call, answers)
    return _as_it_is(call, calendar, event["id"]) if answers else saved


def change(
    call: Call,
    calendar: CalendarRow,
    found: Found,
    after: Resource,
    placement: Placement,
    *,
    updated: int | None = None,
    own: Mapping[int, Resource] | None = None,
) -> Saved:
    """Write a changed event of the calendar's own, and all that follows from it.

    Args:
        call: The call.
        calendar: The calendar that it is on.
        found: The event as it was.
        after: The event as it is now.
        placement: Where it is found now.
        updated: The `updated` to show, where it is not now.
        own: What some guests changed of their own copies, by their calendars' keys.
    """
    store, before = call.store, found.resource
    saved = spreading.change(
        store, calendar, found, after, placement, call.now, updated=updated, own=own or {}
    )
    if after["status"] != "cancelled" and after["eventType"] in PROPERTIES:
        tell_answers(call, decline_conflicting(store, calendar, after["id"], call.now))
        return saved
    if not is_shared(before, calendar) or not ("attendees" in before or "attendees" in after):
        return saved
    tell(call, before, after, by_guest=bool(own))
    if after["status"] == "cancelled":
        return saved
    invited = guests_of(store, after).here
    if not _is_rescheduled(before, after):
        known = guests_of(store, before).here
        invited = {key: guest for key, guest in invited.items() if key not in known}
    if not invited:
        return saved
    answers = answer_invitations(store, calendar, after, invited.values(), call.now)
    tell_answers(call, answers)
    return _as_it_is(call, calendar, after["id"]) if answers else saved


def _is_rescheduled(before: Resource, after: Resource) -> bool:
    was_cancelled = before["status"] == "cancelled"
    return was_cancelled or any(before.get(name) != after.get(name) for name in RESCHEDULING)


def _as_it_is(call: Call, calendar: CalendarRow, event_id: str) -> Saved:
    found = find(call.store, calendar, event_id)
    text = "" if found.row is None else found.row.resource
    return Saved(text, found.resource["etag"])
