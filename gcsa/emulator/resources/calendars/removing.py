"""calendars.delete and clear: a calendar goes, or all the events on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import calendar_lists, ids
from gcsa.emulator.answer import NO_CONTENT, Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.finding import decoded, find
from gcsa.emulator.resources.events.invitations.attending import organized, take_off
from gcsa.emulator.resources.events.invitations.spreading import withdraw_all
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import State

if TYPE_CHECKING:
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow


@method("calendar.calendars.delete")
def delete(call: Call) -> Answer:
    """Delete a secondary calendar; it leaves everybody's list.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/delete
    """
    store, calendar = call.store, call.calendar("owner").calendar
    if calendar.is_primary:
        # https://github.com/GAM-team/GAM (gamlib/glgapi.py) knows the reason.
        raise ApiError(
            403,
            "cannotDeletePrimaryCalendar",
            "Cannot delete primary calendar.",
            domain="calendar",
        )
    if calendar.data_owner != call.user.key:
        # "Only the data owner can delete secondary calendars."
        # https://developers.google.com/calendar/releases (October 27, 2025)
        raise ApiError.forbidden()
    call.check_match(ids.etag(calendar.version))
    withdraw_all(store, calendar, call.now)
    store.calendars.delete(calendar.key)
    for entry in store.lists.of_calendar(calendar.key):
        calendar_lists.take_off(store, entry, call.now)
    return NO_CONTENT


@method("calendar.calendars.clear")
def clear(call: Call) -> Answer:
    """Delete all events of the caller's primary calendar.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/clear
    """
    store, calendar = call.store, call.calendar("owner").calendar
    if not calendar.is_primary:
        # https://github.com/taers232c/GAMADV-XTD3/issues/189 shows what Google says of another calendar.
        raise ApiError.invalid()
    _leave(call, calendar)
    withdraw_all(store, calendar, call.now)
    for row in store.events.by_updated(calendar.key):
        if row.state != State.DELETED:
            resource = {**decoded(row), "status": "cancelled"}
            saving.rewrite(store, calendar, row, resource, call.now, state=State.DELETED)
    return NO_CONTENT


def _leave(call: Call, calendar: CalendarRow) -> None:
    """Take the copies of other people's events off a calendar, as their guest would."""
    for row in call.store.events.shared_by(calendar.key):
        try:
            found = find(call.store, calendar, row.id)
        except ApiError:
            continue
        event = organized(call.store, calendar, found.resource)
        if event is not None and found.resource["status"] != "cancelled":
            take_off(call, calendar, found, event)
