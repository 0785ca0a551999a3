"""The lines of an iCalendar file and the components that they form; what is broken is left out.

Reference: RFC 5545, 3.1 (content lines) and 3.4 to 3.6 (components)
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs
import icalendar

log = logging.getLogger("gcsa.ical")

MOST_BYTES = 32 * 1024 * 1024
# A name, parameters with values that may be quoted, and a value. icalendar's own reader takes the escapes out
# of every value, also where it is no text.
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)', re.DOTALL)

# Names of zones that Microsoft writes without the quotation marks that a colon needs.
# https://github.com/ecederstrand/exchangelib/issues/255
_MICROSOFTS = re.compile(r"(?i)^([A-Z-]+;TZID=)(tzone://Microsoft/\w+)(?=:)")

# A VALARM in a VEVENT in a VCALENDAR is three deep.
DEEPEST = 8
# An attachment within the file can be large; a line of this length is not from a calendar.
LONGEST_LINE = 8 * 1024 * 1024


@attrs.frozen
class Property:
    """One line.

    Args:
        name: Its name, in capitals.
        parameters: Its parameters, by their names in capitals.
        value: Its value, as it stands in the file.
        line: The number of its first line in the file.
    """

    name: str
    parameters: Mapping[str, str]
    value: str
    line: int


@attrs.define
class Component:
    """What stands between a BEGIN and its END.

    Args:
        name: Its name, in capitals, such as `'VEVENT'`.
        line: The number of its BEGIN.
        properties: Its lines, in order.
        components: The components within it, in order.
    """

    name: str
    line: int
    properties: list[Property] = attrs.field(factory=list[Property])
    components: list[Component] = attrs.field(factory=list["Component"])

    def first(self, name: str) -> Property | None:
        """Return the first line of a name."""
        return next((one for one in self.properties if one.name == name), None)

    def all(self, name: str) -> list[Property]:
        """Return all lines of a name."""
        return [one for one in self.properties if one.name == name]


def warn(line: int, problem: str) -> None:
    """Say what is wrong with a line of the file."""
    log.warning("Line %d: %s", line, problem)


def read_calendar(data: bytes | str) -> Component:
    """Return everything that a file says as one calendar.

    Files with several calendars, and components outside of any, are read as if there were one. What
    cannot be read is left out, with a warning that names the line.

    Args:
        data: The file, 32 MiB at the most.

    Raises:
        ValueError: It is larger, or components are nested more than 8 deep.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(
            f"The file has {len(data)} bytes; iCalendar files of up to {MOST_BYTES} are read."
        )
    calendar = Component("VCALENDAR", 1)
    open_components: list[Component] = []
    for number, text in _unfolded(_as_text(data)):
        found = _read_line(number, text)
        if found is None:
            continue
        if found.name == "BEGIN":
            name = found.value.strip().upper()
            open_components.append(calendar if name == "VCALENDAR" else Component(name, number))
            if len(open_components) > DEEPEST:
                raise ValueError(f"Line {number}: components are nested more than {DEEPEST} deep.")
        elif found.name == "END":
            _close(calendar, open_components, found)
        elif open_components:
            open_components[-1].properties.append(found)
        else:
            warn(number, f"{found.name} stands outside of any component; it is left out.")
    for component in reversed(open_components):
        if component is not calendar:
            warn(component.line, f"{component.name} has no END; it is left out.")
    return calendar


def _close(calendar: Component, open_components: list[Component], end: Property) -> None:
    """Close the innermost component of a name; those within it that have no END are left out."""
    name = end.value.strip().upper()
    if all(one.name != name for one in open_components):
        warn(end.line, f"END:{name} has no BEGIN; it is left out.")
        return
    closed = open_components.pop()
    while closed.name != name:
        warn(closed.line, f"{closed.name} has no END before that of {name}; it is left out.")
        closed = open_components.pop()
    if closed is not calendar:
        outer = open_components[-1] if open_components else calendar
        outer.components.append(closed)


def _as_text(data: bytes | str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        warn(line, "the file is not UTF-8; it is read as Windows-1252.")
        return data.decode("cp1252", "replace")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield each content line with its number: lines that begin with a space go on the one before."""
    number, parts = 0, list[str]()
    for position, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield number, "".join(parts)
        number, parts = position, [line] if line.strip() else []
    if parts:
        yield number, "".join(parts)


def _read_line(number: int, text: str) -> Property | None:
    if len(text) > LONGEST_LINE:
        warn(number, f"it has {len(text)} characters; it is left out.")
        return None
    found = _LINE.fullmatch(_MICROSOFTS.sub(r'\1"\2"', text))
    if found is None:
        warn(number, f"{text[:60]!r} is no line of iCalendar; it is left out.")
        return None
    name, said, value = found[1], found[2], found[3]
    reader: Any = icalendar.Parameters  # whose methods have no types
    try:
        parameters: Mapping[str, object] = reader.from_ical(said[1:])
    except ValueError:
        warn(number, f"the parameters of {name} cannot be read; they are left out.")
        parameters = {}
    return Property(
        name.upper(),
        {
            key.upper(): ",".join(map(str, cast("list[object]", one)))
            if isinstance(one, list)
            else str(one)
            for key, one in parameters.items()
        },
        value,
        number,
    )
