"""The times of an event, between Python's dates and the three fields in which Google says them.

Google says a time as `{"date": "2020-11-22"}` for a whole day and as
`{"dateTime": "2020-11-22T18:00:00+01:00", "timeZone": "Europe/Prague"}` for a moment. The two parts
of a moment need not agree: the offset is that of the zone in which the answer was asked for, the
zone is that in which the event was planned.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, cast

from gcsa.recurrence.zones import local_zone_name, zone
from gcsa.util.date_time_util import as_plain


def read_time(said: object) -> date | datetime | None:
    """Return the date or the datetime that Google says; None for what is neither.

    A moment with an offset is an aware datetime. Its `tzinfo` is the zone beside it, where there is
    such a zone and the zone has this offset at this wall time and no other; then adding days keeps
    the time of day across a change of the clocks. Otherwise it is the offset alone: the zone may
    have been unknown, or not the one in which the answer was asked for, or the moment may lie in an
    hour that happens twice (where Python's datetimes in a zone equal no datetime outside of it). It
    is the same moment in each case. A moment without an offset stays naive, as wall time in the
    zone beside it.
    """
    if not isinstance(said, dict):
        return None
    fields = cast("dict[str, Any]", said)
    moment: object = fields.get("dateTime")
    if isinstance(moment, str):
        read = read_moment(moment)
        if read is not None:
            name: object = fields.get("timeZone")
            return _in_zone(read, name) if isinstance(name, str) else read
    day: object = fields.get("date")
    if isinstance(day, str):
        try:
            return date.fromisoformat(day)
        except ValueError:
            return None
    return None


def read_moment(text: str) -> datetime | None:
    """Return the datetime of RFC 3339 text, or None for other text."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        # Section 5.6 allows a small "t" and "z", too.
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def read_zone(said: object) -> str | None:
    """Return the name of the zone that Google says beside a time, if it does."""
    name: object = cast("dict[str, Any]", said).get("timeZone") if isinstance(said, dict) else None
    return name if isinstance(name, str) else None


def write_time(value: date | datetime | None, timezone: str | None) -> dict[str, Any] | None:
    """Return a time as Google says it: a naive one without an offset, an aware one with its own."""
    if value is None:
        return None
    text = value.isoformat()
    key = "dateTime" if isinstance(value, datetime) else "date"
    return {key: text} if timezone is None else {key: text, "timeZone": timezone}


def as_event_time(value: date | datetime | None) -> date | datetime | None:
    """Return a time as a plain date or datetime, of whatever subclass it is.

    Raises:
        TypeError: It is neither a date nor a datetime.
    """
    return None if value is None else as_plain(value)


def check_same_kind(start: date | datetime | None, end: date | datetime | None) -> None:
    """Check that both are days or both are moments, unless one is missing.

    Raises:
        TypeError: One is a date and the other a datetime.
    """
    if start is None or end is None or isinstance(start, datetime) == isinstance(end, datetime):
        return
    raise TypeError(
        "start and end must be either both dates or both datetimes,"
        f" not {type(start).__name__} and {type(end).__name__}."
    )


def is_naive(value: date | datetime | None) -> bool:
    """Return whether this is a datetime that is wall time in some zone."""
    return isinstance(value, datetime) and value.tzinfo is None


def one_later(start: date | datetime | None) -> date | datetime | None:
    """Return when an event ends whose end nobody said: a day after a date, an hour after a time."""
    if not isinstance(start, datetime):
        return None if start is None else start + timedelta(days=1)
    if start.tzinfo is None:
        return start + timedelta(hours=1)
    # An hour by the clock on the wall is two hours, or none, when the clocks change.
    return (start.astimezone(UTC) + timedelta(hours=1)).astimezone(start.tzinfo)


def same_length_later(
    begin: date | datetime, end: date | datetime, start: date | datetime, timezone: str | None
) -> date | datetime:
    """Return when an event ends that starts at another time and lasts as long as before.

    Args:
        begin: When it started.
        end: When it ended.
        start: When it starts, a date or a time as `begin` was.
        timezone: The zone of naive times.
    """
    if not isinstance(start, datetime):
        return start + timedelta(days=end.toordinal() - begin.toordinal())
    # In UTC, because a difference of times in one zone leaves out that its clock may have changed.
    length = moment(end, timezone).astimezone(UTC) - moment(begin, timezone).astimezone(UTC)
    here = moment(start, timezone)
    later = (here.astimezone(UTC) + length).astimezone(here.tzinfo)
    return later if start.tzinfo is not None else later.replace(tzinfo=None)


def moment(value: date | datetime, timezone: str | None) -> datetime:
    """Return a time as an aware datetime; a date is its midnight in the zone.

    Args:
        value: The time.
        timezone: The name of the zone of a date and of a naive datetime; the machine's own if it is
            None or unknown.
    """
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if value.tzinfo is not None:
        return value
    where = known_zone(timezone) if timezone is not None else None
    return value.replace(tzinfo=where or zone(local_zone_name()))


@lru_cache(maxsize=1024)
def known_zone(name: str) -> tzinfo | None:
    """Return the zone of this name, or None where there is none."""
    try:
        return zone(name)
    except ValueError:
        return None


def _in_zone(read: datetime, name: str) -> datetime:
    offset = read.utcoffset()
    where = known_zone(name)
    if offset is None or where is None or offset != where.utcoffset(read):
        return read
    # By hand, because datetime.replace() takes three times as long, and listings are long.
    time_again = datetime(
        read.year, read.month, read.day, read.hour, read.minute, read.second, tzinfo=where, fold=1
    )
    if offset == where.utcoffset(time_again):
        return datetime.combine(read, read.time(), where)
    return read
