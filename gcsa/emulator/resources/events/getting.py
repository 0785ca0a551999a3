"""events.get: one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.answer import Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.administration import calendar_of_event
from gcsa.emulator.resources.events.fields import event_text
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call


@method("calendar.events.get")
def get(call: Call) -> Answer:
    """Return an event; a deleted one too, with status cancelled.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/get
    """
    access = calendar_of_event(call, "freeBusyReader")
    found = find(call.store, access.calendar, call.parameters.required("eventId"))
    view = view_of(call, access)
    if view.hides(found.resource):
        raise ApiError.not_found()
    stored = event_text(found.resource) if found.row is None else found.row.resource
    return Answer(view.text(stored), found.resource["etag"])
