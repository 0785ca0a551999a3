"""Reminders on shared calendars: everybody has their own.

"Reminders are private information, specific to an authenticated user; they're not shared across multiple users."
https://developers.google.com/workspace/calendar/api/concepts/reminders#default_reminders

The event itself has those of the user whose calendar it is on; those of others are kept beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gcsa.emulator.answer import json_text
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.fields import merged, without_nulls
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.reminders import reminders

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.finding import Found
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow


class OwnReminders(NamedTuple):
    """The reminders of a user on a calendar that is not theirs.

    Attributes:
        store: The database.
        calendar: The calendar's key.
        user: The user's key.
    """

    store: Store
    calendar: int
    user: int

    def of(self, resource: Resource) -> Resource:
        """Return the user's reminders for an event; those for a series are those for each of its instances."""
        for event in (resource["id"], resource.get("recurringEventId")):
            if event is not None:
                text = self.store.reminders.get(self.calendar, event, self.user)
                if text is not None:
                    own: Resource = msgspec.json.decode(text)
                    return own
        return reminders(None)


def own_reminders(call: Call, calendar: CalendarRow) -> OwnReminders | None:
    """Return the caller's reminders on a calendar; None on their own, where the events have them."""
    if calendar.data_owner == call.user.key:
        return None
    return OwnReminders(call.store, calendar.key, call.user.key)


def set_aside(call: Call, calendar: CalendarRow, event_id: str, body: Resource) -> None:
    """Take the caller's reminders out of the body of a new event, and keep them where they belong.

    Args:
        call: The call.
        calendar: The calendar that the event is on.
        event_id: Its id.
        body: What the caller gives, changed in place.

    Raises:
        ApiError: The reminders break one of their rules.
    """
    own = own_reminders(call, calendar)
    if own is not None and "reminders" in body:
        given = reminders(body.pop("reminders"))
        call.store.reminders.put(calendar.key, event_id, call.user.key, json_text(given))


def patched(call: Call, calendar: CalendarRow, found: Found, body: Resource) -> Found:
    """Take the caller's reminders out of a patch, and merge them with what they had.

    Args:
        call: The call.
        calendar: The calendar that the event is on.
        found: The event.
        body: What the caller gives, changed in place.

    Returns:
        The event as it is then.

    Raises:
        ApiError: The reminders break one of their rules.
    """
    own = own_reminders(call, calendar)
    if own is None or "reminders" not in body:
        return found
    before = own.of(found.resource)
    after = merged({"reminders": before}, {"reminders": body.pop("reminders")})
    return _keep(call, calendar, found, before, reminders(after.get("reminders")))


def updated(call: Call, calendar: CalendarRow, found: Found, body: Resource) -> Found:
    """Take the caller's reminders out of an update; without any, they have those of the calendar.

    Args:
        call: The call.
        calendar: The calendar that the event is on.
        found: The event.
        body: What the caller gives, changed in place: it is given the reminders that the event has.

    Returns:
        The event as it is then.

    Raises:
        ApiError: The reminders break one of their rules.
    """
    own = own_reminders(call, calendar)
    if own is None:
        return found
    given = without_nulls(body.get("reminders"))
    body["reminders"] = found.resource.get("reminders")
    return _keep(call, calendar, found, own.of(found.resource), reminders(given))


def move_reminders(
    store: Store, source: CalendarRow, destination: CalendarRow, event: Resource
) -> None:
    """Let everybody keep their reminders for an event that goes to another calendar.

    Args:
        store: The database.
        source: The calendar where it was.
        destination: The calendar where it will be.
        event: The event, changed in place.
    """
    store.reminders.move(source.key, destination.key, event["id"])
    if source.data_owner == destination.data_owner or "reminders" not in event:
        return
    given = json_text(event["reminders"])
    store.reminders.put(destination.key, event["id"], source.data_owner, given)
    text = store.reminders.take(destination.key, event["id"], destination.data_owner)
    event["reminders"] = reminders(None) if text is None else msgspec.json.decode(text)


def _keep(
    call: Call, calendar: CalendarRow, found: Found, before: Resource, after: Resource
) -> Found:
    if after == before:
        return found
    store, event = call.store, found.resource
    store.reminders.put(calendar.key, event["id"], call.user.key, json_text(after))
    # It has a new etag, so that the caller's other programs hear of it; only `updated` is said not to change.
    # https://developers.google.com/workspace/calendar/api/v3/reference/events#updated
    if found.row is None:
        saving.add(store, calendar, event, found.placement, call.now)
    else:
        saving.replace(store, calendar, event, found.placement, call.now, updated=found.row.updated)
    return find(store, calendar, event["id"])
