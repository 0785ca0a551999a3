"""What is stored beside an event's JSON, so that it is found: what it is, where it is in time, its series, its words.

A window of time is answered from the index on (copy, span, starts): `span` is the class of length that an event falls
in, so that what overlaps [min, max) and began before min is in a range of the index that is as long as the class's
longest event, however many events there are.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta, tzinfo
from enum import IntEnum
from typing import Any, Final, TypedDict, cast

from gcsa.event_time import read_moment
from gcsa.mirror.moments import LATEST, instant, instant_said, milliseconds, read_start
from gcsa.mirror.search import words_of
from gcsa.mirror.series import Series, series_of
from gcsa.mirror.texts import is_storable
from gcsa.recurrence import RecurrenceTooLongError

log = logging.getLogger(__name__)

Resource = dict[str, Any]

_DAY: Final = 86_400

# The end of a series that has none: past the year 9999.
NEVER: Final = 1 << 40

# The longest event of each class, in seconds; None has no limit. Each class is eight times as long as the one before,
# so that at most eight times as much is looked at as is found.
SPANS: Final[tuple[tuple[int, int | None], ...]] = (
    *((number, _DAY * 8**number) for number in range(6)),
    (6, None),
)

# Not to be found in any window: what has no time, and instances that are cancelled. Of the last, the series has not
# come yet; they have to wait for the end of the synchronisation to know whether there is one.
NOWHERE: Final = -1
CANCELLED: Final = -2
WAITING: Final = -3


class Kind(IntEnum):
    """What a row of `events` is."""

    SINGLE = 0
    SERIES = 1
    EXCEPTION = 2
    CANCELLED_INSTANCE = 3


class Row(TypedDict):
    """A row of `events`, but for its key and its copy."""

    id: str
    resource: str
    etag: str | None
    kind: int
    span: int
    starts: int | None
    ends: int | None
    is_busy: bool
    series: str | None
    original_start: int | None
    updated: int | None
    ical_uid: str | None
    words: str


def row_of(text: str, resource: Resource, zone: tzinfo) -> Row | None:
    """Return the row of an event; None for one that is deleted, or that has no id to be found by.

    Nothing raises: what cannot be read is stored all the same, and found by its id.

    Args:
        text: The event's JSON as it came.
        resource: The same, decoded.
        zone: The zone of the calendar, in which its days begin.
    """
    event_id, series = text_of(resource, "id"), text_of(resource, "recurringEventId")
    cancelled = is_cancelled(resource)
    if event_id is None or (cancelled and series is None):
        return None
    row = Row(
        id=event_id,
        resource=text,
        etag=text_of(resource, "etag"),
        kind=Kind.SINGLE,
        span=NOWHERE,
        starts=None,
        ends=None,
        is_busy=makes_busy(resource),
        series=series,
        original_start=None,
        updated=_updated(resource),
        ical_uid=text_of(resource, "iCalUID"),
        words="",
    )
    if series is not None:
        row["original_start"] = instant_said(resource.get("originalStartTime"), zone)
        row["kind"] = Kind.EXCEPTION
    if cancelled:
        row["kind"], row["span"] = Kind.CANCELLED_INSTANCE, CANCELLED
        return row
    row["words"] = words_of(resource)
    if series is None and resource.get("recurrence"):
        _place_series(row, resource, zone)
    else:
        _place_single(row, resource, zone)
    return row


def is_cancelled(resource: Resource) -> bool:
    """Whether an event, or an instance of a series, is cancelled."""
    return resource.get("status") == "cancelled"


def makes_busy(resource: Resource) -> bool:
    """Whether one is busy during an event: neither is it shown as available nor did one decline."""
    if resource.get("transparency") == "transparent":
        return False
    attendees: object = resource.get("attendees")
    if not isinstance(attendees, list):
        return True
    return not any(
        isinstance(attendee, dict)
        and cast("Resource", attendee).get("self") is True
        and cast("Resource", attendee).get("responseStatus") == "declined"
        for attendee in cast("list[object]", attendees)
    )


def text_of(resource: Resource, name: str) -> str | None:
    """Return the text of this name, None where there is none that a database can hold."""
    value: object = resource.get(name)
    return value if isinstance(value, str) and is_storable(value) else None


def _place_single(row: Row, resource: Resource, zone: tzinfo) -> None:
    starts = instant_said(resource.get("start"), zone)
    ends = instant_said(resource.get("end"), zone)
    if starts is None:
        return
    if ends is None or ends < starts:
        ends = starts
    if ends == starts and isinstance(start := read_start(resource.get("start"), zone), date):
        # A day that ends when it begins is shown as that day.
        ends = starts if isinstance(start, datetime) else _day_after(start, zone)
    _put(row, starts, ends)


def _place_series(row: Row, resource: Resource, zone: tzinfo) -> None:
    try:
        series = series_of(resource, zone)
        if series is None:
            raise ValueError("it has no start")
        first = series.first()
    except (ValueError, OverflowError) as error:
        log.warning("The series %s is shown once only: %s", row["id"], error)
        _place_single(row, resource, zone)
        return
    row["kind"] = Kind.SERIES
    if first is None:
        # Every instance is excluded; the series is still there, at its start.
        _place_single(row, resource, zone)
        return
    _put(row, instant(first, zone), _end_of(series))


def _end_of(series: Series) -> int:
    try:
        last = series.last()
        return NEVER if last is None else series.ends_at(last)
    except (RecurrenceTooLongError, OverflowError):
        return NEVER


def _put(row: Row, starts: int, ends: int) -> None:
    row["starts"], row["ends"] = starts, ends
    length = ends - starts
    row["span"] = next(number for number, longest in SPANS if longest is None or length <= longest)


def _day_after(day: date, zone: tzinfo) -> int:
    try:
        return instant(day + timedelta(days=1), zone)
    except OverflowError:
        return LATEST


def _updated(resource: Resource) -> int | None:
    text = text_of(resource, "updated")
    moment = read_moment(text) if text is not None else None
    return None if moment is None or moment.tzinfo is None else milliseconds(moment)
