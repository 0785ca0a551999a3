"""events.delete: an event goes; a tombstone stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.answer import NO_CONTENT, Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.following import follow_series
from gcsa.emulator.resources.events.privacy import check_changeable
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from gcsa.emulator.call import Call


@method("calendar.events.delete")
def delete(call: Call) -> Answer:
    """Delete an event, a whole series, or one instance.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/delete
    """
    access = call.calendar("writerWithoutPrivateAccess")
    calendar = access.calendar
    found = find(call.store, calendar, call.parameters.required("eventId"))
    check_changeable(access, found.resource)
    before = found.resource
    if before["status"] == "cancelled":
        raise ApiError.deleted()
    call.check_match(before["etag"])
    after = {**before, "status": "cancelled"}
    if found.row is None:
        saving.add(call.store, calendar, after, found.placement, call.now)
        return NO_CONTENT
    saving.rewrite(call.store, calendar, found.row, after, call.now)
    if found.row.kind == Kind.SERIES:
        follow_series(call.store, calendar, before, after, call.now)
    return NO_CONTENT
