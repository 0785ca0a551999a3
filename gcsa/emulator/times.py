"""Times on the wire: RFC 3339 text, milliseconds since 1970, and zones by name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MILLISECOND = timedelta(milliseconds=1)
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Names of zones are paths below a folder of the system: only these characters reach it.
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+){0,3}", re.ASCII)


def parse_date_time(text: str) -> datetime | None:
    """Return the date and time that RFC 3339 text says, to the second; naive where it has no offset.

    None for other text. Fractions of a second are dropped, as Google's calendar does.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    day, time, offset = match.groups()
    if offset is None:
        offset = ""
    elif offset in "Zz":
        offset = "+00:00"
    try:
        return datetime.fromisoformat(f"{day}T{time}{offset}")
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """Return the day that `yyyy-mm-dd` says; None for other text."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo | None:
    """Return the zone of this IANA name; None when there is none."""
    if _ZONE_NAME.fullmatch(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def known_zone(name: str) -> tzinfo:
    """Return the zone of a name that was checked before.

    Raises:
        ValueError: There is no such zone (any more).
    """
    found = zone(name)
    if found is None:
        raise ValueError(f"no time zone {name!r}: is the package tzdata installed?")
    return found


def known_date_time(text: str) -> datetime:
    """Return the date and time of RFC 3339 text that was written here.

    Raises:
        ValueError: It is no such text.
    """
    found = parse_date_time(text)
    if found is None:
        raise ValueError(f"not an RFC 3339 time: {text!r}")
    return found


def seconds(moment: datetime) -> int:
    """Return the whole seconds since 1970 of an aware datetime."""
    return (moment - _EPOCH) // _SECOND


def milliseconds(moment: datetime) -> int:
    """Return the whole milliseconds since 1970 of an aware datetime."""
    return (moment - _EPOCH) // _MILLISECOND


def from_seconds(value: int) -> datetime:
    """Return the datetime in UTC of so many seconds since 1970."""
    return _EPOCH + timedelta(seconds=value)


def rfc3339_milliseconds(value: int) -> str:
    """Return `2026-03-01T09:00:00.000Z` for milliseconds since 1970, as in `created` and `updated`."""
    moment = _EPOCH + timedelta(milliseconds=value)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


def rfc3339(moment: datetime) -> str:
    """Return `2026-03-01T10:00:00+01:00`, or with Z in UTC, as in `start.dateTime`.

    An offset with seconds (local mean time, before standard time came) is written to the minute, which is all that
    RFC 3339 has.
    """
    offset = moment.utcoffset()
    if not offset:
        return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    if offset % timedelta(minutes=1):
        whole = timedelta(minutes=offset // timedelta(minutes=1))
        moment = moment.astimezone(timezone(whole))
    return moment.isoformat(timespec="seconds")
