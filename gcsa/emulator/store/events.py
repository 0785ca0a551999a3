"""The events: one row for each copy of an event on a calendar.

A window of time is answered from the index on (calendar, state, span, starts): `span` is the class of length that
an event falls in, so that what overlaps [min, max) and began before min is found in a range of the index that is as
long as the class's longest event, however many events there are.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3

_DAY: Final = 86_400
# The end of a series that has none: past the year 9999.
NEVER: Final = 1 << 40


class Kind(IntEnum):
    """What a row is."""

    SINGLE = 0
    SERIES = 1
    EXCEPTION = 2


class State(IntEnum):
    """Whether an event is still there."""

    LIVE = 0
    DELETED = 1
    CANCELLED_INSTANCE = 2


# The longest event of each class, in seconds; None has no limit. Series have classes of their own, because an
# expanded listing treats them apart.
_EVENT_SPANS: Final[tuple[tuple[int, int | None], ...]] = (
    (0, _DAY),
    (1, 32 * _DAY),
    (2, 1100 * _DAY),
    (3, None),
)
_SERIES_SPANS: Final[tuple[tuple[int, int | None], ...]] = ((4, 400 * _DAY), (5, None))


class StoredEvent(NamedTuple):
    """An event's row.

    Attributes:
        calendar: The calendar's key.
        id: The event's id, unique on its calendar.
        resource: The JSON text that its calendar's owner is answered, in the calendar's zone.
        state: Whether it is still there; the row always stays.
        kind: A single event, a series, or an exception of one.
        starts: Its beginning, in seconds since 1970; of a series, that of its first instance.
        ends: Its end; of a series, that of its last instance, or NEVER.
        updated: Its `updated`, in milliseconds.
        change: Its place in the calendar's sequence of changes.
        ical_uid: Its iCalUID.
        series: Of an exception: the id of its series.
        original_start: Of an exception: where the series would have it, in seconds.
        event_type: Its eventType.
    """

    calendar: int
    id: str
    resource: str
    state: State
    kind: Kind
    starts: int
    ends: int
    updated: int
    change: int
    ical_uid: str
    series: str | None = None
    original_start: int | None = None
    event_type: str = "default"


class EventRow(NamedTuple):
    """An event's row as read: a StoredEvent with the key of its row."""

    key: int
    calendar: int
    id: str
    resource: str
    state: int
    kind: int
    starts: int
    ends: int
    updated: int
    change: int
    ical_uid: str
    series: str | None
    original_start: int | None
    event_type: str


class EventText(NamedTuple):
    """Of an event's row, what a page of a listing needs."""

    starts: int
    key: int
    resource: str


class Cursor(NamedTuple):
    """The place after which a page begins: the last row's position in the order, and its key."""

    position: int
    key: int


_PLACE: Final = attrgetter("starts", "key")
_COLUMNS: Final = ", ".join(EventRow._fields)
_WRITTEN: Final = (*StoredEvent._fields, "span")
_INSERT: Final = (
    f"INSERT INTO events ({', '.join(_WRITTEN)}) VALUES ({', '.join('?' * len(_WRITTEN))})"
    " ON CONFLICT (calendar, id) DO NOTHING"
)
_REPLACE: Final = f"UPDATE events SET {', '.join(f'{name} = ?' for name in _WRITTEN)} WHERE calendar = ? AND id = ?"


class Events:
    """The `events` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Writing --------------------------------------------------------------------------------------------

    def add(self, event: StoredEvent) -> bool:
        """Add an event; False when its calendar has, or had, one of this id."""
        cursor = self._connection.execute(_INSERT, (*event, span(event)))
        return cursor.rowcount == 1

    def replace(self, event: StoredEvent) -> None:
        """Write an event over the one of the same calendar and id."""
        self._connection.execute(_REPLACE, (*event, span(event), event.calendar, event.id))

    def remove(self, calendar: int, event_id: str) -> None:
        """Take an event away without a trace: it moved to another calendar's row, or was never there."""
        self._connection.execute(
            "DELETE FROM events WHERE calendar = ? AND id = ?", (calendar, event_id)
        )
        self._connection.execute(
            "DELETE FROM own_reminders WHERE calendar = ? AND event = ?", (calendar, event_id)
        )

    # Reading --------------------------------------------------------------------------------------------

    def get(self, calendar: int, event_id: str) -> EventRow | None:
        """Return the event of this id, deleted or not."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND id = ?", (calendar, event_id)
        ).fetchone()
        return None if row is None else EventRow._make(row)

    def by_ical_uid(self, calendar: int, ical_uid: str) -> list[EventRow]:
        """Return the events of this iCalUID, a series before its exceptions."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND ical_uid = ?"
            " ORDER BY series IS NOT NULL, original_start, key",
            (calendar, ical_uid),
        )
        return [EventRow._make(row) for row in rows]

    def exceptions(self, calendar: int, series: str) -> list[EventRow]:
        """Return the exceptions of a series, cancelled ones too, in the order of the series."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND series = ?"
            " ORDER BY original_start, key",
            (calendar, series),
        )
        return [EventRow._make(row) for row in rows]

    def exception_starts(self, calendar: int, series: str) -> set[int]:
        """Return where the series would have had its exceptions, cancelled ones too."""
        rows = self._connection.execute(
            "SELECT original_start FROM events WHERE calendar = ? AND series = ?",
            (calendar, series),
        )
        return {row[0] for row in rows}

    def in_window(
        self,
        calendar: int,
        *,
        series: bool,
        events: bool = True,
        time_min: int | None = None,
        time_max: int | None = None,
        states: tuple[State, ...] = (State.LIVE,),
        after: Cursor | None = None,
        limit: int = -1,
    ) -> list[EventRow]:
        """Return what overlaps a window of time, in the order of start.

        Args:
            calendar: The calendar's key.
            series: Whether to return series (from their first instance's start to their last one's end).
            events: Whether to return single events and exceptions.
            time_min: What ends at or before this second is left out.
            time_max: What starts at or after this second is left out.
            states: Events in which states to return.
            after: Only what comes after this (start, key).
            limit: At most so many; -1 for all.
        """
        statement = _window_statement(
            series, events, time_min is not None, time_max is not None, states, after is not None
        )
        bound = _bound(calendar, time_min, time_max, after, limit)
        rows = [EventRow._make(row) for row in self._connection.execute(statement, bound)]
        rows.sort(key=_PLACE)
        return rows

    def texts_in_window(
        self,
        calendar: int,
        *,
        series: bool,
        time_min: int | None,
        time_max: int | None,
        states: tuple[State, ...],
        after: Cursor | None,
        limit: int,
    ) -> list[EventText]:
        """Return what `in_window` does, but of each event only what a page needs."""
        statement = _window_statement(
            series,
            True,
            time_min is not None,
            time_max is not None,
            states,
            after is not None,
            "starts, key, resource",
        )
        bound = _bound(calendar, time_min, time_max, after, limit)
        # They are in the order of their beginnings; no two have the same key, so no texts are compared.
        return sorted(map(EventText._make, self._connection.execute(statement, bound)))

    def absences(self, calendar: int, time_min: int, time_max: int) -> list[EventRow]:
        """Return the focus times and absences that overlap a window of time, in the order of start."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND ends > ?"
            " AND event_type IN ('focusTime', 'outOfOffice') AND state = 0 AND starts < ?"
            " ORDER BY starts, key",
            (calendar, time_min, time_max),
        )
        return [EventRow._make(row) for row in rows]

    def has_absence(self, calendar: int, time_min: int, time_max: int) -> bool:
        """Whether a focus time or an absence overlaps a window of time."""
        row = self._connection.execute(
            "SELECT 1 FROM events WHERE calendar = ? AND ends > ?"
            " AND event_type IN ('focusTime', 'outOfOffice') AND state = 0 AND starts < ? LIMIT 1",
            (calendar, time_min, time_max),
        ).fetchone()
        return row is not None

    def mentioning(self, calendar: int, text: str) -> list[EventRow]:
        """Return the events of a calendar, deleted ones too, with a text in their resource."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND instr(resource, ?) ORDER BY key",
            (calendar, text),
        )
        return [EventRow._make(row) for row in rows]

    def shared_by(self, calendar: int) -> list[EventRow]:
        """Return the events of a calendar that have attendees and are there, a series before its exceptions."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND state = 0"
            " AND instr(resource, '\"attendees\":') ORDER BY series IS NOT NULL, key",
            (calendar,),
        )
        return [EventRow._make(row) for row in rows]

    def by_updated(
        self, calendar: int, *, updated_min: int = 0, after: Cursor | None = None, limit: int = -1
    ) -> list[EventRow]:
        """Return everything changed at or after this millisecond, deleted or not, oldest change first."""
        position, key = after or (updated_min, -1)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND updated >= ?"
            " AND (updated > ? OR key > ?) ORDER BY updated, key LIMIT ?",
            (calendar, position, position, key, limit),
        )
        return [EventRow._make(row) for row in rows]

    def changes(self, calendar: int, *, after: int, until: int, limit: int = -1) -> list[EventRow]:
        """Return what changed after one number of the calendar's sequence, until another one, in order."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM events WHERE calendar = ? AND change > ? AND change <= ?"
            " ORDER BY change LIMIT ?",
            (calendar, after, until, limit),
        )
        return [EventRow._make(row) for row in rows]


def span(event: StoredEvent) -> int:
    """Return the class of length that an event falls in."""
    length = event.ends - event.starts
    spans = _SERIES_SPANS if event.kind is Kind.SERIES else _EVENT_SPANS
    return next(number for number, longest in spans if longest is None or length <= longest)


@cache
def _window_statement(
    series: bool,
    events: bool,
    has_min: bool,
    has_max: bool,
    states: tuple[State, ...],
    has_after: bool,
    columns: str = _COLUMNS,
) -> str:
    spans = (_EVENT_SPANS if events else ()) + (_SERIES_SPANS if series else ())
    branches = [
        _branch(state, number, longest, has_min, has_max, has_after)
        for state in states
        for number, longest in spans
    ]
    found = f"{' UNION ALL '.join(branches)} ORDER BY starts, key LIMIT :limit"
    # First which events, from the index alone, and then the events: whole rows are long to carry through a merge. What
    # is found is sorted once more by whoever reads it, for the same reason.
    return f"SELECT {columns} FROM events WHERE key IN (SELECT key FROM ({found}))"


def _bound(
    calendar: int, time_min: int | None, time_max: int | None, after: Cursor | None, limit: int
) -> dict[str, int | None]:
    """Return what `_window_statement` asks for by name."""
    return {
        "calendar": calendar,
        "min": time_min,
        "max": time_max,
        "position": after.position if after else None,
        "key": after.key if after else None,
        "limit": limit,
    }


def _branch(
    state: State, number: int, longest: int | None, has_min: bool, has_max: bool, has_after: bool
) -> str:
    conditions = [f"calendar = :calendar AND state = {state:d} AND span = {number}"]
    if has_min:
        conditions.append("ends > :min")
        if longest is not None:
            conditions.append(f"starts > :min - {longest}")
    if has_max:
        conditions.append("starts < :max")
    if has_after:
        conditions.append("starts >= :position AND (starts > :position OR key > :key)")
    where = " AND ".join(conditions)
    return (
        f"SELECT * FROM (SELECT key, starts FROM events WHERE {where}"
        " ORDER BY starts, key LIMIT :limit)"
    )
