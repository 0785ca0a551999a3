"""events.insert: a new event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import ids
from gcsa.emulator.answer import Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.fields import without_nulls
from gcsa.emulator.resources.events.schedule import schedule
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow


@method("calendar.events.insert")
def insert(call: Call) -> Answer:
    """Create an event.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
    """
    calendar = call.calendar("writer").calendar
    resource = new_event(call, calendar, without_nulls(call.body))
    placement = schedule(resource, calendar.time_zone)
    saved = saving.add(call.store, calendar, resource, placement, call.now)
    return Answer(saved.text, saved.etag)


def new_event(call: Call, calendar: CalendarRow, body: Resource) -> Resource:
    """Return the event that a body describes, with what the server adds to it.

    Raises:
        ApiError: The body's id is not one that a client may give.
    """
    event_id = body.get("id")
    if event_id is None:
        event_id = call.ids.event()
    elif not ids.is_client_event_id(event_id):
        raise ApiError.invalid("Invalid resource id value.")
    user = call.user.email
    creator = {"email": user, "self": True} if calendar.id == user else {"email": user}
    return {
        **body,
        "kind": "calendar#event",
        "id": event_id,
        "status": body.get("status", "confirmed"),
        "htmlLink": ids.html_link(event_id, calendar.id),
        "creator": creator,
        "organizer": {"email": calendar.id, "self": True},
        "iCalUID": body.get("iCalUID") or ids.ical_uid(event_id),
        "sequence": max(0, body.get("sequence", 0)),
        "reminders": body.get("reminders") or {"useDefault": True},
        "eventType": body.get("eventType", "default"),
    }
