"""What is in a window of time: single events, and the instances of series, exceptions and cancellations applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from functools import lru_cache, partial
from itertools import islice
from typing import Any, NamedTuple

import attrs

from gcsa.mirror.calendars import Shown
from gcsa.mirror.moments import in_zone
from gcsa.mirror.placing import SPANS, Kind
from gcsa.mirror.reader import Condition, Reader
from gcsa.mirror.series import Series, series_of
from gcsa.serializers.event_serializer import EventSerializer

Resource = dict[str, Any]

# Long windows are gone through part by part, so that not all instances are in memory at once; in seconds.
_FIRST_PART = 28 * 86_400
_LONGEST_PART = 366 * 86_400
# More instances than that are not sorted at once.
_MOST_IN_PART = 5_000


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
        # What began before the window and reaches into it comes first. Of a series by the second whose instances last
        # for a year, that is more than fits into memory, too.
        reach = max((one.reach for one in self.series), default=0)
        position, high = 0, self.time_min - reach
        step = min(reach, _LONGEST_PART) + _FIRST_PART
        while high < self.time_max:
            low, high = high, min(high + step, self.time_max)
            step = min(step * 2, _LONGEST_PART)
            part = list(islice(self._instances(low, high), _MOST_IN_PART))
            if len(part) == _MOST_IN_PART and high - low > 1:
                # A series by the second, perhaps: take less of it at a time.
                high, step = low, (high - low + 7) // 8
                continue
            if len(part) == _MOST_IN_PART:
                part = list(self._instances(low, high))
            while position < len(self.singles) and self.singles[position].starts < high:
                part.append(self.singles[position])
                position += 1
            part.sort()
            yield from part

    def _instances(self, low: int, high: int) -> Iterator[Item]:
        """Yield the instances that start within a part, and end in the window."""
        time_min, exceptions, shown_in = self.time_min, self.exceptions, self.shown_in
        for series in self.series:
            first, event_id, instance = (
                max(low, time_min - series.reach),
                series.id,
                series.instance,
            )
            for at, ends, start in series.between(first, high, ends_after=time_min):
                if not exceptions or (event_id, at) not in exceptions:
                    yield Item(at, event_id, ends, partial(instance, start, shown_in))


def look(
    reader: Reader,
    calendar: Shown,
    time_min: int,
    time_max: int,
    *,
    shown_in: tzinfo | None = None,
    condition: Condition | None = None,
) -> Window:
    """Return what a calendar has in a window of time.

    Args:
        reader: A transaction that sees one state of the database throughout.
        calendar: The calendar.
        time_min: The window's start, in seconds since 1970.
        time_max: Its end.
        shown_in: The zone in which times are said; None for the calendar's.
        condition: What else is asked of the rows.
    """
    singles: list[Item] = []
    series: list[Series] = []
    bounds: dict[str, int] = {"copy": calendar.copy, "min": time_min, "max": time_max}
    question, values = _IN_WINDOW, dict[str, object](bounds)
    if condition is not None:
        question = f"{_IN_WINDOW} WHERE {condition.sql}"
        values.update(condition.values)
    for kind, event_id, starts, ends, resource in reader.rows(question, **values):
        if kind == Kind.SERIES:
            series.append(read_series(resource, calendar.zone))
        else:
            make = partial(read_resource, resource, shown_in)
            singles.append(Item(starts, event_id, ends, make))
    exceptions: frozenset[tuple[str | None, int | None]] = frozenset()
    if series:
        bounds["min"] -= max(one.reach for one in series)
        exceptions = frozenset(
            (series_id, start) for series_id, start in reader.rows(_EXCEPTIONS, **bounds)
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


def _of_class(span: int, longest: int | None) -> str:
    query = (
        "SELECT key FROM mirror_events"
        f" WHERE copy = :copy AND span = {span} AND starts < :max AND ends > :min"
    )
    # As what it is: PostgreSQL takes a small number for a small type, in which the difference may have no room.
    return query if longest is None else f"{query} AND starts > CAST(:min AS BIGINT) - {longest}"


# The rows that overlap a window: one range of the index for each class of length.
_IN_WINDOW = (
    "SELECT e.kind, e.id, e.starts, e.ends, e.resource FROM mirror_events AS e JOIN"
    f" ({' UNION ALL '.join(_of_class(span, longest) for span, longest in SPANS)}) AS found"
    " ON found.key = e.key"
)

_EXCEPTIONS = (
    "SELECT series, original_start FROM mirror_events"
    " WHERE copy = :copy AND original_start >= :min AND original_start < :max"
)
