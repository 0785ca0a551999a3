"""What is in a window of time: single events, and the instances of series, exceptions and cancellations applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from functools import lru_cache, partial
from typing import Any, NamedTuple

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    literal_column,
    select,
    union_all,
)

from gcsa.mirror.calendars import Shown
from gcsa.mirror.moments import in_zone
from gcsa.mirror.placing import SPANS, Kind
from gcsa.mirror.schema.tables import events
from gcsa.mirror.series import Series, series_of
from gcsa.serializers.event_serializer import EventSerializer

Resource = dict[str, Any]

# Long windows are gone through part by part, so that not all instances are in memory at once; in seconds.
_FIRST_PART = 28 * 86_400
_LONGEST_PART = 366 * 86_400


class Item(NamedTuple):
    """A single event, or an instance of a series. Items are sorted as they are: by start.

    Attributes:
        starts: Its start, in seconds since 1970; of a day, those of its midnight in the calendar's zone.
        id: Its id; of an instance, that of its series.
        ends: Its end.
        make: Returns its JSON.
    """

    starts: int
    id: str
    ends: int
    make: Callable[[], Resource]


@attrs.frozen
class Window:
    """What a copy has in a window of time, as it was at one moment.

    Args:
        time_min: The window's start: what ends by then is left out. In seconds since 1970.
        time_max: The window's end: what starts then or later is left out.
        singles: Single events and exceptions, in order.
        series: The series that may have instances in it.
        exceptions: Which instances of series have rows of their own, or are cancelled: series and original start.
        shown_in: The zone in which times are said; None for the calendar's.
    """

    time_min: int
    time_max: int
    singles: list[Item]
    series: list[Series]
    exceptions: frozenset[tuple[str | None, int | None]]
    shown_in: tzinfo | None

    def items(self) -> Iterator[Item]:
        """Yield what is in the window, in order of start."""
        position, high, step = 0, self.time_min, _FIRST_PART
        while high < self.time_max:
            low, high = high, min(high + step, self.time_max)
            step = min(step * 2, _LONGEST_PART)
            part = list(self._instances(low, high))
            while position < len(self.singles) and self.singles[position].starts < high:
                part.append(self.singles[position])
                position += 1
            part.sort()
            yield from part

    def _instances(self, low: int, high: int) -> Iterator[Item]:
        """Yield the instances that start in a part of the window; the first part has those that began before it."""
        is_first = low == self.time_min
        for series in self.series:
            expand = series.overlapping if is_first else series.between
            for occurrence in expand(low, high):
                if (series.id, occurrence.at) not in self.exceptions:
                    make = partial(series.instance, occurrence, self.shown_in)
                    yield Item(occurrence.at, series.id, occurrence.ends, make)


def look(
    connection: Connection,
    calendar: Shown,
    time_min: int,
    time_max: int,
    *,
    shown_in: tzinfo | None = None,
    condition: ColumnElement[bool] | None = None,
) -> Window:
    """Return what a calendar has in a window of time.

    Args:
        connection: A transaction that sees one state of the database throughout.
        calendar: The calendar.
        time_min: The window's start, in seconds since 1970.
        time_max: Its end.
        shown_in: The zone in which times are said; None for the calendar's.
        condition: What else is asked of the rows.
    """
    singles: list[Item] = []
    series: list[Series] = []
    bounds = {"copy": calendar.copy, "min": time_min, "max": time_max}
    for row in connection.execute(_in_window(condition), bounds):
        if row.kind == Kind.SERIES:
            series.append(read_series(row.resource, calendar.zone))
        else:
            make = partial(read_resource, row.resource, shown_in)
            singles.append(Item(row.starts, row.id, row.ends, make))
    exceptions: frozenset[tuple[str | None, int | None]] = frozenset()
    if series:
        bounds["min"] -= max(one.reach for one in series)
        exceptions = frozenset(
            (row.series, row.original_start) for row in connection.execute(_EXCEPTIONS, bounds)
        )
    return Window(time_min, time_max, sorted(singles), series, exceptions, shown_in)


def read_resource(text: str, shown_in: tzinfo | None = None) -> Resource:
    """Return the JSON of a stored event, its times said in a zone, or as they came."""
    resource = EventSerializer.ensure_dict(text)
    if shown_in is not None:
        for name in ("start", "end", "originalStartTime"):
            if name in resource:
                resource[name] = in_zone(resource[name], shown_in)
    return resource


@lru_cache(maxsize=2048)
def read_series(text: str, zone: tzinfo) -> Series:
    """Return a stored series; it is read once, as most questions are about the weeks around now."""
    series = series_of(EventSerializer.ensure_dict(text), zone)
    if series is None:
        raise ValueError("A series without a start is not stored as one.")
    return series


def _in_window(condition: ColumnElement[bool] | None) -> Select[Any, Any, Any, Any, Any]:
    """Return the query for the rows that overlap a window: one range of the index for each class of length."""
    classes = union_all(*(_of_class(span, longest) for span, longest in SPANS)).subquery()
    query = select(events.c.kind, events.c.id, events.c.starts, events.c.ends, events.c.resource)
    query = query.join(classes, classes.c.key == events.c.key)
    return query if condition is None else query.where(condition)


def _of_class(span: int, longest: int | None) -> Select[int]:
    query = select(events.c.key).where(
        events.c.copy == bindparam("copy"),
        events.c.span == literal_column(str(span)),
        events.c.starts < bindparam("max"),
        events.c.ends > bindparam("min"),
    )
    return query if longest is None else query.where(events.c.starts > bindparam("min") - longest)


_EXCEPTIONS = select(events.c.series, events.c.original_start).where(
    events.c.copy == bindparam("copy"),
    events.c.original_start >= bindparam("min"),
    events.c.original_start < bindparam("max"),
)
