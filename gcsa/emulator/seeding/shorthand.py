"""The short ways in which a seed may write an event: `start: 2026-01-05T09:00` for what Google writes as an object."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from gcsa.emulator import times

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# The fields of an event in a seed that are none of Google's.
OWN_FIELDS: Final = frozenset({"calendar", "user", "timeZone", "duration"})

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII
)
_DURATION: Final = re.compile(
    r"(?:(?P<weeks>\d+)w)?\s*(?:(?P<days>\d+)d)?\s*(?:(?P<hours>\d+)h)?\s*(?:(?P<minutes>\d+)m(?:in)?)?",
    re.ASCII,
)


class ShorthandError(ValueError):
    """A value that is not of a form that a seed may have.

    Args:
        field: The field.
        message: Why.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def event_body(fields: Resource, zone: str) -> Resource:
    """Return the event that a seed describes, as the API takes it.

    Args:
        fields: What the seed says of it.
        zone: The zone of its calendar, for times that name none.

    Raises:
        ShorthandError: A value can be read in none of the ways in which it may be written.
    """
    body = {name: value for name, value in fields.items() if name not in OWN_FIELDS}
    zone = _text(fields, "timeZone") or zone
    for name in ("start", "end"):
        if isinstance(body.get(name), (str, date)):
            body[name] = _moment(name, body[name], zone)
    if "end" not in body or "duration" in fields:
        body |= _end(body, fields)
    if isinstance(lines := body.get("recurrence"), str):
        body["recurrence"] = [lines]
    if isinstance(body.get("recurrence"), list):
        body["recurrence"] = [_rule(line) for line in body["recurrence"]]
    if isinstance(body.get("attendees"), list):
        body["attendees"] = [
            {"email": guest} if isinstance(guest, str) else guest for guest in body["attendees"]
        ]
    if isinstance(body.get("reminders"), (int, list)):
        body["reminders"] = _reminders(body["reminders"])
    return body


def _text(fields: Resource, name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ShorthandError(name, f"expected text, not {value!r}")
    return value


def _moment(name: str, value: str | date, zone: str) -> Resource:
    """Return the day or time that is written in one piece; a time without an offset is one in the zone."""
    if isinstance(value, datetime):
        value = value.isoformat(timespec="seconds")
    elif isinstance(value, date):
        value = value.isoformat()
    if times.parse_date(value) is not None:
        return {"date": value}
    match = _TIME.fullmatch(value.strip())
    if match is None:
        raise ShorthandError(
            name,
            f"{value!r} is neither a day such as 2026-01-05 nor a time such as 2026-01-05T09:00",
        )
    day, minutes, seconds, offset = match.groups()
    text = f"{day}T{minutes}{seconds or ':00'}{offset or ''}"
    if times.parse_date_time(text) is None:
        raise ShorthandError(name, f"there is no time {value!r}")
    return {"dateTime": text, "timeZone": zone}


def _end(body: Resource, fields: Resource) -> Resource:
    """Return the end of an event that says how long it is, or nothing: a day, or an hour."""
    if "end" in body:
        raise ShorthandError("duration", "an event has an end or a duration, not both")
    if not isinstance(body.get("start"), dict):
        return {}
    start = cast("Resource", body["start"])
    day, time = start.get("date"), start.get("dateTime")
    if isinstance(day, str) and (first := times.parse_date(day)) is not None:
        length = _duration(fields["duration"]) if "duration" in fields else _DAY
        if length % _DAY:
            raise ShorthandError("duration", "an event of whole days lasts whole days")
        return {"end": {"date": _added("duration", first, length).isoformat()}}
    if isinstance(time, str) and (at := times.parse_date_time(time)) is not None:
        length = _duration(fields["duration"]) if "duration" in fields else _HOUR
        ends = _added("duration", at, length)
        return {"end": {**start, "dateTime": ends.isoformat(timespec="seconds")}}
    return {}


def _added(name: str, start: Any, length: timedelta) -> Any:
    try:
        return start + length
    except OverflowError:
        raise ShorthandError(name, "the event ends after the year 9999") from None


def _duration(value: object) -> timedelta:
    """Return a duration: `1h30m`, `2d`, or a number of minutes."""
    try:
        if type(value) is int and value >= 0:
            return timedelta(minutes=value)
        if isinstance(value, str) and value and (match := _DURATION.fullmatch(value.strip())):
            return timedelta(**{unit: int(count) for unit, count in match.groupdict("0").items()})
    except OverflowError:
        pass
    raise ShorthandError(
        "duration", f"{value!r} is neither a number of minutes nor a duration such as 1h30m or 2d"
    )


def _rule(line: object) -> object:
    """Return a recurrence line; `FREQ=…` alone is a rule."""
    if isinstance(line, str) and line.upper().startswith("FREQ="):
        return f"RRULE:{line}"
    return line


def _reminders(value: int | list[Any]) -> Resource:
    """Return reminders that are written as minutes: pop-ups so long before."""
    listed = value if isinstance(value, list) else [value]
    overrides = [
        {"method": "popup", "minutes": item} if isinstance(item, int) else item for item in listed
    ]
    return {"useDefault": False, "overrides": overrides}
