"""The occurrences of a series, with a limit to the work that its recurrence lines can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.recurrence import Series

if TYPE_CHECKING:
    from datetime import date, datetime

# More than any calendar program writes; a limit to the work that one event can ask for.
_MOST_RULES: Final = 50
_MOST_CHARACTERS: Final = 100_000


def occurrences(lines: list[str], start: date | datetime) -> Series:
    """Return the occurrences of an event that repeats.

    Args:
        lines: Its RRULE, EXRULE, RDATE and EXDATE lines.
        start: Its start: a day, or a time in the event's own zone.

    Raises:
        ValueError: A line cannot be read, or there are too many of them.
    """
    rules = sum(line.lstrip().upper().startswith(("RRULE", "EXRULE")) for line in lines)
    if rules > _MOST_RULES or sum(map(len, lines)) > _MOST_CHARACTERS:
        raise ValueError("too many recurrence lines")
    return Series.of(lines, start)
