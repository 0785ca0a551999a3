"""events.get: one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.answer import Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call


@method("calendar.events.get")
def get(call: Call) -> Answer:
    """Return an event; a deleted one too, with status cancelled.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/get
    """
    access = call.calendar("reader")
    row = call.store.events.get(access.calendar.key, call.parameters.required("eventId"))
    if row is None:
        raise ApiError.not_found()
    return Answer(row.resource)
