"""events.insert: a new event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from gcsa.emulator import ids
from gcsa.emulator.answer import Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.administration import calendar_for_types
from gcsa.emulator.resources.events.body import event_body
from gcsa.emulator.resources.events.completing import complete
from gcsa.emulator.resources.events.conferences import attach, conference_of, note_request
from gcsa.emulator.resources.events.ends import complete_end
from gcsa.emulator.resources.events.fields import without_nulls
from gcsa.emulator.resources.events.invitations import organizing
from gcsa.emulator.resources.events.own_reminders import set_aside
from gcsa.emulator.resources.events.schedule import schedule
from gcsa.emulator.resources.events.types.checking import (
    check_creatable,
    check_not_batched,
    settle_type,
)
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.saving import Saved
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.users import User


@method("calendar.events.insert")
def insert(call: Call) -> Answer:
    """Create an event.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
    """
    access = calendar_for_types(
        call, "writerWithoutPrivateAccess", lambda: [event_body(call).get("eventType", "")]
    )
    body: Resource = without_nulls(event_body(call))
    event_id = body.get("id")
    if event_id is None:
        event_id = call.ids.event()
    elif not ids.is_client_event_id(event_id):
        raise ApiError.invalid("Invalid resource id value.")
    if not call.is_seeding:
        check_creatable(body)
    saved = insert_event(call, access.calendar, event_id, body)
    return Answer(view_of(call, access).text(saved.text), saved.etag)


def insert_event(call: Call, calendar: CalendarRow, event_id: str, body: Resource) -> Saved:
    """Store a new event on a calendar of the caller.

    Args:
        call: The call.
        calendar: The calendar.
        event_id: The new event's id.
        body: The fields that the caller gives, without nulls.

    Raises:
        ApiError: A field breaks one of its rules, or the id is taken.
    """
    set_aside(call, calendar, event_id, body)
    resource = new_event(call, calendar, event_id, body)
    check_not_batched(call, resource)
    complete_end(resource, call.store, call.user)
    complete(resource, {}, calendar)
    placement = schedule(resource, calendar.time_zone)
    settle_type(resource, {}, calendar)
    conference = None
    if given := resource.pop("conferenceData", None):
        conference = conference_of(call.emulator, calendar, event_id, None, given)
        attach(resource, conference.data)
    saved = saving.add(call.store, calendar, resource, placement, call.now)
    note_request(call, calendar, event_id, conference)
    return organizing.invite(call, calendar, resource, saved)


def new_event(call: Call, calendar: CalendarRow, event_id: str, body: Resource) -> Resource:
    """Return a body's event with what the server adds to it."""
    return {
        **{name: value for name, value in body.items() if name not in _NOT_GIVEN},
        "kind": "calendar#event",
        "id": event_id,
        "status": body.get("status", "confirmed"),
        "htmlLink": ids.html_link(event_id, calendar.id),
        "creator": person(_named(call.user), calendar),
        "organizer": organizer(call, calendar),
        "iCalUID": body.get("iCalUID") or ids.ical_uid(event_id),
        "sequence": max(0, body.get("sequence", 0)),
        "eventType": body.get("eventType", "default"),
        **_FROM_GMAIL.get(body.get("eventType", "default"), {}),
    }


# It has nobody to travel to, and its main fields stay as the mail says.
# https://developers.google.com/workspace/calendar/api/v3/reference/events#locked
_FROM_GMAIL: Final[dict[str, Resource]] = {"fromGmail": {"privateCopy": True, "locked": True}}
# What insert does not take from a body, although its schema has it.
_NOT_GIVEN = frozenset({"etag", "recurringEventId", "originalStartTime", "attendeesOmitted"})


def organizer(call: Call, calendar: CalendarRow) -> Resource:
    """Return the organizer of the events that are made on a calendar: the calendar itself."""
    if not calendar.is_primary:
        own: Resource = msgspec.json.decode(calendar.resource)
        return {"email": calendar.id, "displayName": own["summary"], "self": True}
    is_callers = calendar.data_owner == call.user.key
    owner = call.user if is_callers else call.store.users.by_key(calendar.data_owner)
    return person({"email": calendar.id} if owner is None else _named(owner), calendar)


def person(given: Resource, calendar: CalendarRow) -> Resource:
    """Return a creator or organizer, as they appear on a calendar."""
    shown = {name: value for name, value in given.items() if name != "self"}
    return {**shown, "self": True} if shown["email"] == calendar.id else shown


def _named(user: User) -> Resource:
    return {"email": user.email, "displayName": user.name} if user.name else {"email": user.email}
