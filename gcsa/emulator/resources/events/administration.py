"""Status events of colleagues, for whoever administers their organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.access import Access
from gcsa.emulator.errors import ApiError
from gcsa.emulator.organization import is_administrator, is_colleague
from gcsa.emulator.resources.events.series import read_instance_id
from gcsa.emulator.resources.events.types.status_events import STATUS_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow


def calendar_for_types(call: Call, role: str, types: Callable[[], Iterable[str]]) -> Access:
    """Return the calendar that a call about events of some types is for.

    Administrators need no role on the primary calendars of their organization for focus time, out-of-office and
    working location events; that the emulator's default user is one is documented with `Emulator.users`.

    Args:
        call: The call.
        role: The least role that others need.
        types: Returns the types of events that the call is about; none for all.

    Raises:
        ApiError: 404 for no such calendar, or none that the caller may see; 403 for a lesser role.
    """
    try:
        return call.calendar(role)
    except ApiError:
        calendar = _administered(call)
        wanted = frozenset(types())
        if calendar is None or not wanted or not wanted <= STATUS_TYPES:
            raise
        return Access(calendar, "owner")


def calendar_of_event(call: Call, role: str) -> Access:
    """Return the calendar that a call about one event is for; see `calendar_for_types`.

    Raises:
        ApiError: 404 for no such calendar, or none that the caller may see; 403 for a lesser role.
    """
    try:
        return call.calendar(role)
    except ApiError:
        calendar = _administered(call)
        if calendar is None or _type_of(call, calendar) not in STATUS_TYPES:
            raise
        return Access(calendar, "owner")


def _administered(call: Call) -> CalendarRow | None:
    if not is_administrator(call.emulator, call.user.email):
        return None
    calendar = call.store.calendars.by_id(call.parameters.required("calendarId").lower())
    if (
        calendar is None
        or not calendar.is_primary
        or not is_colleague(calendar.id, call.user.email)
    ):
        return None
    return calendar


def _type_of(call: Call, calendar: CalendarRow) -> str | None:
    event_id = call.parameters.required("eventId")
    row = call.store.events.get(calendar.key, event_id)
    if row is None and (named := read_instance_id(event_id)) is not None:
        row = call.store.events.get(calendar.key, named.series)
    return None if row is None else row.event_type
