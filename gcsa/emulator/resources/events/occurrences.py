"""The occurrences of a series, with a limit to the work that its recurrence lines can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.recurrence import Series

if TYPE_CHECKING:
    from datetime import date, datetime

# More than any calendar program writes; a limit to the work that one event can ask for.
_MOST_RULES: Final = 50
# Each is asked about each occurrence. RFC 5545 (A.1) does without them altogether.
_MOST_EXCLUSION_RULES: Final = 3
_MOST_CHARACTERS: Final = 100_000


def occurrences(lines: list[str], start: date | datetime) -> Series:
    """Return the occurrences of an event that repeats.

    Rules for hours, minutes and seconds are expanded as RFC 5545 says, which is all that Google's reference names.
    Google itself answered an import of FREQ=HOURLY with a server error, and shows none of its instances:
    https://github.com/googleapis/google-api-ruby-client/issues/572 and
    https://github.com/sebbo2002/ical-generator/issues/130 . Programs had better not write such rules.

    Args:
        lines: Its RRULE, EXRULE, RDATE and EXDATE lines.
        start: Its start: a day, or a time in the event's own zone.

    Raises:
        ValueError: A line cannot be read, or there are too many of them.
    """
    rules = sum(line.lstrip().upper().startswith(("RRULE", "EXRULE")) for line in lines)
    exclusion_rules = sum(line.lstrip().upper().startswith("EXRULE") for line in lines)
    if (
        rules > _MOST_RULES
        or exclusion_rules > _MOST_EXCLUSION_RULES
        or sum(map(len, lines)) > _MOST_CHARACTERS
    ):
        raise ValueError("too many recurrence lines")
    return Series.of(lines, start)
