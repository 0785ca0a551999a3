"""The zones of iCalendar files: IANA names, Windows names, and definitions that come with the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from gcsa.ical.content import Component, warn
from gcsa.recurrence.zones import zone

# No place has changed its clocks so often; each is looked at for each time in the zone.
_MOST_CHANGES = 1000
# Outlook numbers zones of which a file has several definitions: "Eastern Standard Time 1".
# https://github.com/derekantrican/GAS-ICS-Sync/issues/219
_NUMBERED = re.compile(r" \d$")
_MICROSOFTS_UTC = "tzone://microsoft/utc"


class Zones:
    """The zones that a file's times may be in.

    Args:
        default: The zone of times that name none, if there is one.
    """

    def __init__(self, default: str | None) -> None:
        self.default = default
        self._defined: dict[str, Component] = {}
        self._found: dict[str, str | tzinfo] = {}

    def define(self, component: Component) -> None:
        """Remember a VTIMEZONE of the file."""
        name = component.first("TZID")
        if name is not None:
            self._defined[name.value] = component

    def find(self, tzid: str, line: int) -> str | tzinfo | None:
        """Return what a TZID stands for.

        Returns:
            An IANA name where it is one, or a name of Windows for one; otherwise the zone that the file
            defines under it; None where there is neither.
        """
        if tzid not in self._found:
            found = _iana(tzid) or self._read_definition(tzid)
            if found is None:
                warn(
                    line,
                    f"there is no zone {tzid!r}; the time is taken to be in {self.default or 'UTC'}.",
                )
                found = self.default or "UTC"
            self._found[tzid] = found
        return self._found[tzid]

    def _read_definition(self, tzid: str) -> str | tzinfo | None:
        component = self._defined.get(tzid)
        if component is None:
            return None
        location = component.first("X-LIC-LOCATION")
        if location is not None and (name := _iana(location.value)) is not None:
            return name
        if len(component.components) > _MOST_CHANGES:
            warn(
                component.line,
                f"the zone {tzid[:60]!r} has more than {_MOST_CHANGES} changes; it is left out.",
            )
            return None
        try:
            read = icalendar.Timezone.from_ical(_as_text(component))
            if not isinstance(read, icalendar.Timezone):
                return None
            return cast("tzinfo", read.to_tz())
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            warn(component.line, f"the zone {tzid!r} cannot be read: {error}")
            return None


def definition(name: str, first: date, last: date) -> icalendar.Timezone:
    """Return the VTIMEZONE of an IANA zone, as far as it is needed.

    Args:
        name: The IANA name.
        first: The first day that it has to hold for.
        last: The last one.
    """
    return icalendar.Timezone.from_tzid(name, first_date=first, last_date=last)


def _iana(tzid: str) -> str | None:
    """Return the IANA name in a TZID, of the many ways that programs write one."""
    # Such as /freeassociation.sourceforge.net/Europe/Prague, or "Europe/Prague".
    plain = tzid.strip().strip('"')
    parts = plain.strip("/").split("/")
    if plain.lower() == _MICROSOFTS_UTC:
        return "UTC"
    for candidate in (
        plain,
        WINDOWS_TO_OLSON.get(_NUMBERED.sub("", plain)),
        "/".join(parts[-2:]),
        "/".join(parts[-3:]),
    ):
        if candidate and _is_known(candidate):
            return candidate
    return None


def _is_known(name: str) -> bool:
    try:
        return isinstance(zone(name), ZoneInfo)
    except ValueError:
        return False


def _as_text(component: Component) -> str:
    def lines(one: Component) -> Iterable[str]:
        yield f"BEGIN:{one.name}"
        for item in one.properties:
            yield f"{item.name}:{item.value}"
        for inner in one.components:
            yield from lines(inner)
        yield f"END:{one.name}"

    return "\r\n".join(lines(component)) + "\r\n"
