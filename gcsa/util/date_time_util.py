"""Dates and times with their time zones."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import overload
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@overload
def as_plain(dt: datetime) -> datetime: ...
@overload
def as_plain(dt: date) -> date: ...
def as_plain(dt: date) -> date:
    """Return a date or a datetime as one of the standard library's own classes.

    Subclasses, such as those of the beautiful_date package, compare and print in ways of their own.
    What is stored in an object of gcsa is the plain one; the zone and the fold are kept.

    Args:
        dt: A `date`, a `datetime` or an instance of a subclass of them.

    Raises:
        TypeError: `dt` is neither.
    """
    if type(dt) is datetime or type(dt) is date:
        return dt
    if isinstance(dt, datetime):
        return datetime.combine(date(dt.year, dt.month, dt.day), dt.timetz())
    _require_date(dt)
    return date(dt.year, dt.month, dt.day)


@overload
def ensure_localisation(dt: datetime, timezone: str | None = None) -> datetime: ...
@overload
def ensure_localisation(dt: date, timezone: str | None = None) -> date: ...
def ensure_localisation(dt: date, timezone: str | None = None) -> date:
    """Return the datetime with a time zone, and a date as it is.

    Args:
        dt: A `date`, which has no zone, or a `datetime`. An aware one keeps the zone that it has.
        timezone: Name of the zone in which a naive datetime is meant, such as `'Europe/Prague'`.
            By default the machine's own.

    Returns:
        A plain `date`, or a plain and aware `datetime`.

    Raises:
        TypeError: `dt` is neither a date nor a datetime.
        ValueError: There is no zone of that name.
    """
    plain = as_plain(dt)
    if isinstance(plain, datetime) and plain.tzinfo is None:
        return plain.replace(tzinfo=_zone(timezone))
    return plain


def to_localized_iso(dt: date | datetime, timezone: str | None = None) -> str:
    """Return the moment as RFC 3339 text with an offset, as the API's time parameters want it.

    That is text such as `'2020-11-22T18:00:00+01:00'`.

    Args:
        dt: A `datetime`, or a `date`, which is the midnight that it begins with.
        timezone: Name of the zone in which a date or a naive datetime is meant, by default the
            machine's own.

    Raises:
        TypeError: `dt` is neither a date nor a datetime.
        ValueError: There is no zone of that name.
    """
    plain = as_plain(dt)
    if not isinstance(plain, datetime):
        plain = datetime.combine(plain, time.min)
    return ensure_localisation(plain, timezone).isoformat()


def _require_date(dt: object) -> None:
    if not isinstance(dt, date):
        raise TypeError(f"A date or a datetime is needed, not {type(dt).__name__}.")


def _zone(name: str | None) -> ZoneInfo:
    if name is None:
        # Here and not above: few scripts need the machine's zone, and finding it takes a while.
        from tzlocal import get_localzone_name

        name = get_localzone_name()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f"There is no time zone {name!r}; give an IANA name such as 'Europe/Prague'."
        ) from error
