"""Invitations that are answered without anybody: by rooms, and by absences that decline what they conflict with."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator import rooms
from gcsa.emulator.organization import is_room
from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.invitations.spreading import respond
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.store.events import Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.resources.events.invitations.guests import Guest
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

# How far ahead conflicts of series are looked for, and of how many instances: a limit to the work of one call.
_DAY: Final = 86_400
_HORIZON: Final = 366 * _DAY
_MOST_INSTANCES: Final = 400
PROPERTIES: Final = {"outOfOffice": "outOfOfficeProperties", "focusTime": "focusTimeProperties"}
_DECLINES_NEW: Final = frozenset(
    {"declineAllConflictingInvitations", "declineOnlyNewConflictingInvitations"}
)
_DECLINES_ALL: Final = "declineAllConflictingInvitations"


class AutomaticAnswer(NamedTuple):
    """An invitation that was answered by itself.

    Attributes:
        address: Whose answer it is.
        event_id: The event, or the instance.
        status: 'accepted' or 'declined'.
    """

    address: str
    event_id: str
    status: str


class _Time(NamedTuple):
    """When an event, or an instance of one, takes place, in seconds."""

    event_id: str
    starts: int
    ends: int


def answer_invitations(
    store: Store, calendar: CalendarRow, event: Resource, guests: Iterable[Guest], now: int
) -> list[AutomaticAnswer]:
    """Answer for those guests who need not be asked.

    Args:
        store: The database.
        calendar: The organizer's calendar.
        event: The event.
        guests: Those who have just been invited, or whom a new time was given.
        now: The time, in milliseconds.
    """
    row = store.events.get(calendar.key, event["id"])
    if row is None:
        return []
    # Days begin at other seconds in other zones.
    window = (row.starts - _DAY, row.ends + _DAY)
    answers: list[AutomaticAnswer] = []
    for guest in guests:
        if is_room(guest.address):
            answers += _answer_of_room(store, calendar, event, guest, now)
        elif store.events.has_absence(guest.calendar.key, *window):
            answers += _answers_of_absences(store, event, guest, now)
    return answers


def decline_conflicting(
    store: Store, calendar: CalendarRow, absence_id: str, now: int
) -> list[AutomaticAnswer]:
    """Decline the invitations on a calendar that a new absence, or one that changed, conflicts with.

    Args:
        store: The database.
        calendar: The calendar.
        absence_id: The id of a focus time or an out-of-office event.
        now: The time, in milliseconds.
    """
    row = store.events.get(calendar.key, absence_id)
    if row is None or row.state != State.LIVE:
        return []
    properties = _properties(decoded(row))
    if properties.get("autoDeclineMode") != _DECLINES_ALL:
        return []
    answers: dict[str, AutomaticAnswer] = {}
    for time in _times(store, calendar, row, now):
        rows = store.events.in_window(
            calendar.key, series=True, time_min=time.starts, time_max=time.ends
        )
        for invitation in filter(_is_open_invitation, rows):
            for conflict in _times(store, calendar, invitation, now, time):
                answer = _decline(store, calendar, invitation, conflict, properties, now)
                if answer is not None:
                    answers[answer.event_id] = answer
    return list(answers.values())


# Rooms --------------------------------------------------------------------------------------------------


def _answer_of_room(
    store: Store, calendar: CalendarRow, event: Resource, guest: Guest, now: int
) -> list[AutomaticAnswer]:
    """Accept for a room that is free, decline for one that is not; of a series, the first year counts.

    https://support.google.com/a/answer/1034381
    """
    row = store.events.get(guest.calendar.key, event["id"])
    if row is None or row.state != State.LIVE or not rooms.accepts_by_itself(guest.calendar):
        return []
    is_taken = any(
        _is_taken(store, guest.calendar, time, event["id"])
        for time in _times(store, guest.calendar, row, now)
    )
    status = "declined" if is_taken else "accepted"
    if not respond(store, calendar, event["id"], guest.address, {"responseStatus": status}, now):
        return []
    return [AutomaticAnswer(guest.address, event["id"], status)]


def _is_taken(store: Store, room: CalendarRow, time: _Time, event_id: str) -> bool:
    rows = store.events.in_window(room.key, series=True, time_min=time.starts, time_max=time.ends)
    return any(
        next(_times(store, room, row, 0, time), None) is not None
        for row in rows
        if event_id not in (row.id, row.series) and _takes_time(decoded(row), room.id)
    )


def _takes_time(event: Resource, calendar_id: str) -> bool:
    if event.get("transparency") == "transparent":
        return False
    listed: list[Resource] = event.get("attendees", [])
    own = [one for one in listed if one["email"] == calendar_id]
    return not any(one.get("responseStatus") == "declined" for one in own)


# Absences -----------------------------------------------------------------------------------------------


def _answers_of_absences(
    store: Store, event: Resource, guest: Guest, now: int
) -> list[AutomaticAnswer]:
    """Decline what an absence of the guest's is in the way of."""
    row = store.events.get(guest.calendar.key, event["id"])
    if row is None or row.state != State.LIVE:
        return []
    since = row.starts if row.kind != Kind.SERIES else max(row.starts, now // 1000)
    absences = store.events.absences(guest.calendar.key, since, row.ends)
    if not absences or not _is_open_invitation(row):
        return []
    answers: dict[str, AutomaticAnswer] = {}
    for absence in absences[:_MOST_INSTANCES]:
        properties = _properties(decoded(absence))
        if properties.get("autoDeclineMode") not in _DECLINES_NEW:
            continue
        for time in _times(store, guest.calendar, absence, now):
            for conflict in _times(store, guest.calendar, row, now, time):
                answer = _decline(store, guest.calendar, row, conflict, properties, now)
                if answer is not None:
                    answers[answer.event_id] = answer
    return list(answers.values())


def _properties(absence: Resource) -> Resource:
    properties: Resource = absence.get(PROPERTIES.get(absence["eventType"], ""), {})
    return properties


def _is_open_invitation(row: EventRow) -> bool:
    """Whether an event is one that others organise, that takes time and that was not declined."""
    if '"attendees":' not in row.resource:
        return False
    event = decoded(row)
    own = [one for one in event["attendees"] if one.get("self")]
    return (
        bool(own)
        and not event["organizer"].get("self")
        and event.get("transparency") != "transparent"
        and own[0].get("responseStatus") != "declined"
    )


def _decline(
    store: Store,
    guest: CalendarRow,
    invitation: EventRow,
    conflict: _Time,
    properties: Resource,
    now: int,
) -> AutomaticAnswer | None:
    """Decline an invitation, or one instance of it; None where that is no news."""
    organizer: str = decoded(invitation)["organizer"]["email"]
    calendar = store.calendars.by_id(organizer)
    if (
        calendar is None
        or store.events.get(calendar.key, invitation.series or invitation.id) is None
    ):
        return None
    response: Resource = {"responseStatus": "declined"}
    if message := properties.get("declineMessage"):
        response["comment"] = message
    if not respond(store, calendar, conflict.event_id, guest.id, response, now):
        return None
    return AutomaticAnswer(guest.id, conflict.event_id, "declined")


# Times --------------------------------------------------------------------------------------------------


def _times(
    store: Store, calendar: CalendarRow, row: EventRow, now: int, within: _Time | None = None
) -> Iterator[_Time]:
    """Yield when an event takes place, a series with each instance that has no exception, as far as one looks.

    Args:
        store: The database.
        calendar: The calendar that it is on.
        row: The event.
        now: The time, in milliseconds.
        within: Only what overlaps with this.
    """
    if row.kind != Kind.SERIES:
        time = _Time(row.id, row.starts, row.ends)
        if within is None or _overlap(time, within):
            yield time
        return
    event = RecurringEvent(decoded(row), calendar)
    exceptions = store.events.exception_starts(calendar.key, row.id)
    if within is None:
        first = max(row.starts, now // 1000)
        bounds = (first, first + _HORIZON)
    else:
        bounds = (within.starts, within.ends)
    for at, start in islice(event.starts(*bounds), _MOST_INSTANCES):
        if at not in exceptions:
            yield _Time(event.instance(start)["id"], at, event.placement(start).ends)


def _overlap(one: _Time, other: _Time) -> bool:
    return one.starts < other.ends and other.starts < one.ends
