"""Times in Google's JSON as instants, and instants as times in Google's JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from math import floor
from typing import Any, cast

from gcsa.event_time import known_zone, read_moment, read_time, read_zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_TEXT = len("2026-03-01T10:00:00+01:00")

# The ends of Python's calendar, in seconds since 1970; a day of room for every zone.
EARLIEST = -62_135_596_800 + 2 * 86_400
LATEST = 253_402_300_799 - 2 * 86_400


def zone_named(name: str | None) -> tzinfo:
    """Return the zone of a calendar; UTC where it is not known, as Google takes it for a calendar without one."""
    return (known_zone(name) if name else None) or UTC


def read_start(said: object, calendar_zone: tzinfo) -> date | datetime | None:
    """Return the day or the aware moment that an event's start, end or original start says; None for what says none."""
    value = read_time(said)
    if isinstance(value, datetime) and value.tzinfo is None:
        name = read_zone(said)
        return value.replace(tzinfo=(known_zone(name) if name else None) or calendar_zone)
    return value


def instant(value: date, zone: tzinfo) -> int:
    """Return the seconds since 1970 of a moment; of a day, those of its midnight in the zone.

    Raises:
        OverflowError: It is at an end of the calendar.
    """
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    # Exact: a float has room for microseconds until long after the year 9999.
    return floor(value.timestamp())


def instant_said(said: object, zone: tzinfo) -> int | None:
    """Return the seconds since 1970 of what an event's JSON says; None for what says no time."""
    moment = _with_offset(said)
    if moment is not None:
        # So it is with most of them, and their zone makes no difference.
        return floor(moment.timestamp())
    value = read_start(said, zone)
    try:
        return None if value is None else instant(value, zone)
    except OverflowError:
        return None


def milliseconds(moment: datetime) -> int:
    """Return the milliseconds since 1970 of an aware datetime."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(value: int) -> datetime:
    """Return the datetime, in UTC, of so many milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=value)


@lru_cache(maxsize=1024)
def from_seconds(value: int, zone: tzinfo = UTC) -> datetime:
    """Return the datetime, in the zone, of so many seconds since 1970."""
    return (_EPOCH + timedelta(seconds=min(max(value, EARLIEST), LATEST))).astimezone(zone)


def write_moment(moment: datetime) -> str:
    """Return a moment as Google writes it: `2026-03-01T10:00:00+01:00`, or with Z in UTC."""
    text = moment.isoformat(timespec="seconds")
    if text.endswith("+00:00"):
        return f"{text[:-6]}Z"
    offset = moment.utcoffset()
    if len(text) > _LONGEST_TEXT and offset is not None:
        # Local mean time, before standard time came: RFC 3339 has no seconds of an offset.
        whole = timezone(offset - offset % timedelta(minutes=1))
        return moment.astimezone(whole).isoformat(timespec="seconds")
    return text


def in_zone(said: object, zone: tzinfo) -> object:
    """Return a start or an end as it is said in another zone."""
    moment = _with_offset(said)
    if moment is None:
        return said
    try:
        text = write_moment(moment.astimezone(zone))
    except OverflowError:
        return said
    return {**cast("dict[str, Any]", said), "dateTime": text}


def _with_offset(said: object) -> datetime | None:
    """Return the moment that a start or an end says, if it says one with an offset."""
    text: object = cast("dict[str, Any]", said).get("dateTime") if isinstance(said, dict) else None
    moment = read_moment(text) if isinstance(text, str) else None
    return None if moment is None or moment.tzinfo is None else moment
