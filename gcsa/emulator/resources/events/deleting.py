"""events.delete: an event goes; a tombstone stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.answer import NO_CONTENT, Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.administration import calendar_of_event
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.invitations import organizing
from gcsa.emulator.resources.events.invitations.attending import organized, take_off
from gcsa.emulator.resources.events.privacy import check_changeable
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call


@method("calendar.events.delete")
def delete(call: Call) -> Answer:
    """Delete an event, a whole series, or one instance: for its guests too, or, by a guest, for the guest alone.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/delete
    """
    access = calendar_of_event(call, "writerWithoutPrivateAccess")
    calendar = access.calendar
    found = find(call.store, calendar, call.parameters.required("eventId"))
    check_changeable(access, found.resource)
    before = found.resource
    if before["status"] == "cancelled":
        raise ApiError.deleted()
    call.check_match(before["etag"])
    if (event := organized(call.store, calendar, before)) is not None:
        take_off(call, calendar, found, event)
    else:
        after = {**before, "status": "cancelled"}
        organizing.change(call, calendar, found, after, found.placement)
    return NO_CONTENT
