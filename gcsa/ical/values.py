"""The values of iCalendar lines: texts, times and lengths of time.

Reference: RFC 5545, 3.3
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gcsa.ical.content import Property
from gcsa.ical.zones import Zones
from gcsa.recurrence import Duration

_ESCAPED = re.compile(r"\\([\\;,nN])")
# The parameters that Google keeps of lines such as EXDATE.
_SAID = ("TZID", "VALUE")
# What a TEXT may not have: control characters other than a tab. RFC 5545, 3.1 ("CONTROL")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def write_text(text: str) -> str:
    """Write a TEXT; characters that it may not have are left out."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    for character in ("\\", ";", ","):
        plain = plain.replace(character, f"\\{character}")
    return plain.replace("\n", "\\n")


def read_text(text: str) -> str:
    """Read a TEXT."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def read_time(found: Property, zones: Zones) -> dict[str, Any]:
    """Return a time as Google's JSON says it.

    Args:
        found: A line such as DTSTART.
        zones: The zones of the file.

    Returns:
        `{'date': …}`, or `{'dateTime': …}` with a `timeZone` where the line has a named one.

    Raises:
        ValueError: The value is no time.
    """
    value = found.value.strip()
    if len(value) == 8 or found.parameters.get("VALUE") == "DATE":
        return {"date": read_date(value).isoformat()}
    moment = datetime.strptime(value[:15].upper(), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - see below
    if value[15:].upper() == "Z":
        return {"dateTime": moment.isoformat() + "Z"}
    tzid = found.parameters.get("TZID")
    where = zones.find(tzid, found.line) if tzid else zones.default
    if where is None:
        return {"dateTime": moment.isoformat()}
    if isinstance(where, str):
        return {"dateTime": moment.isoformat(), "timeZone": where}
    return {"dateTime": _utc(moment.replace(tzinfo=where))}


def read_recurrence(found: Property, zones: Zones) -> str:
    """Return a line such as RRULE or EXDATE as Google's JSON has it, with zones that Google knows.

    Args:
        found: The line.
        zones: The zones of the file.

    Raises:
        ValueError: It is about times in a zone that the file defines, and these cannot be read.
    """
    parameters = {name: found.parameters[name] for name in _SAID if name in found.parameters}
    value, tzid = found.value, parameters.pop("TZID", None)
    where = None if tzid is None else zones.find(tzid, found.line)
    if isinstance(where, str):
        parameters["TZID"] = where
    elif where is not None:
        moments = (
            datetime.strptime(one.strip()[:15].upper(), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - set next
            for one in value.split(",")
        )
        utc = (moment.replace(tzinfo=where).astimezone(UTC) for moment in moments)
        value = ",".join(f"{moment:%Y%m%dT%H%M%SZ}" for moment in utc)
    said = "".join(f";{name}={parameters[name]}" for name in _SAID if name in parameters)
    return f"{found.name}{said}:{value}"


def read_date(value: str) -> date:
    """Read a DATE, or the day of a DATE-TIME."""
    return datetime.strptime(value[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


def read_duration(value: str) -> timedelta:
    """Read a DURATION, such as `PT1H30M` or `-P1D`."""
    text = value.strip().upper()
    try:
        length = Duration.parse(text.lstrip("+-")).to_timedelta()
    except OverflowError:
        raise ValueError(f"{text[:40]!r} is longer than the calendar.") from None
    return -length if text.startswith("-") else length


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
