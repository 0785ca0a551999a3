"""Time zones by name, and wall times in them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo


def local_zone_name() -> str:
    """Return the name of the machine's time zone, such as 'Europe/Prague'."""
    from tzlocal import get_localzone_name

    return get_localzone_name()


def zone(name: str) -> tzinfo:
    """Return the time zone of this name.

    Raises:
        ValueError: There is none.
    """
    try:
        return UTC if name in ("UTC", "Z") else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # ZoneInfoNotFoundError is a KeyError; a path or an over-long name is one of the others.
        raise ValueError(f"There is no time zone {name[:100]!r}.") from None


def zone_of(start: datetime, timezone: str | tzinfo | None) -> tzinfo:
    """Return the zone that is given, or the one of an aware start.

    Raises:
        ValueError: There is neither, or the zone is unknown.
    """
    where = start.tzinfo if timezone is None else timezone
    if where is None:
        raise ValueError("A series with a naive start needs a timezone.")
    if isinstance(where, str):
        return zone(where)
    # A zone of pytz does its own arithmetic; the zone of the same name does it as everybody else's.
    name = getattr(where, "zone", None)
    return zone(name) if isinstance(name, str) else where


def localise(time: datetime, name: str) -> datetime:
    """Return the time in the zone: a naive one is wall time there, an aware one is converted."""
    where = zone(name)
    return time.replace(tzinfo=where) if time.tzinfo is None else time.astimezone(where)
