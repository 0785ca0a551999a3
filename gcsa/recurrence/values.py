"""iCalendar's dates, times and periods, written and read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from gcsa.recurrence.duration import Duration

_VALUE = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})"
    # An offset is not RFC 5545, but Google's guide once showed one:
    # https://developers.google.com/google-apps/calendar/recurringevents
    r"(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


class Period(NamedTuple):
    """A stretch of time that a series has beside its rule: its start, and its end or its length."""

    start: datetime
    end: datetime | Duration


def write_date(value: date) -> str:
    """Return the date as '20201121'."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def write_time(value: datetime) -> str:
    """Return the wall time as '20201121T180000'."""
    return f"{write_date(value)}T{value.hour:02}{value.minute:02}{value.second:02}"


def write_utc(value: datetime) -> str:
    """Return the moment as '20201121T170000Z'; a naive time is taken as UTC."""
    return write_time(value if value.tzinfo is None else value.astimezone(UTC)) + "Z"


def read_value(text: str) -> date | datetime:
    """Read a date ('20201121'), a wall time ('20201121T180000') or a moment ('20201121T170000Z').

    Raises:
        ValueError: It is none of them.
    """
    found = _VALUE.fullmatch(text.upper())
    if found is None:
        raise ValueError(f"{text!r} is not a date or a time, such as '20201121T180000Z'.")
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            # RFC 5545, 3.3.12: a leap second counts as the second before it.
            min(int(second), 59) if second == "60" else int(second),
            tzinfo=_read_offset(zone),
        )
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date or a time: {error}.") from None


def read_period(text: str) -> Period:
    """Read '20201121T170000Z/20201121T180000Z' or '20201121T170000Z/PT1H'.

    Raises:
        ValueError: It is not a period.
    """
    first, slash, second = text.partition("/")
    start = read_value(first)
    if not slash or not isinstance(start, datetime):
        raise ValueError(f"{text!r} is not a period, such as '20201121T170000Z/PT1H'.")
    if second[:1] in ("P", "p", "+"):
        return Period(start, Duration.parse(second))
    end = read_value(second)
    if not isinstance(end, datetime):
        raise ValueError(f"{text!r} is not a period, such as '20201121T170000Z/PT1H'.")
    return Period(start, end)


def _read_offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)
