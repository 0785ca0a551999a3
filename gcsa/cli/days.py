"""Days as people write them: `tomorrow`, `next monday`, `2 March`, `2026-03-02`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_OFFSETS = {
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_WEEKDAY = re.compile(r"(?:(this|next|last|on|coming) )?([a-z]+)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?")
_DAY_MONTH = re.compile(
    r"(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ([a-z]+)\.?(?: (\d{4}))?"
)
_MONTH_DAY = re.compile(r"(?:on )?([a-z]+)\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_IN = re.compile(r"in (an?|\d{1,4}) (day|week|month|year)s?")


def read_day(text: str, today: date) -> date | None:
    """Return the day that a text names and nothing else, or None.

    A weekday is the next one, today included; with `next` it is never today; `last` looks back. A day and a month
    without a year are the next such day, today included.

    Args:
        text: Lower-case words with single spaces between them.
        today: The day on which it is said.

    Raises:
        ValueError: There is no such day, as the 30th of February.
    """
    text = text.removeprefix("the ")
    if text in _OFFSETS:
        return today + timedelta(days=_OFFSETS[text])
    for read in (_read_weekday, _read_numbers, _read_month_name, _read_distance):
        day = read(text, today)
        if day is not None:
            return day
    return None


def read_weekday(word: str) -> int | None:
    """Return the number of a weekday by its name or the first two to four letters of it; 0 is Monday."""
    return _index_of(word, WEEKDAYS, 2)


def read_month(word: str) -> int | None:
    """Return the number of a month by its name or the first letters of it; 1 is January."""
    index = _index_of(word, MONTHS, 3)
    return None if index is None else index + 1


def later_month(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _index_of(word: str, names: tuple[str, ...], least: int) -> int | None:
    word = word.removesuffix(".")
    if len(word) < least:
        return None
    found = [index for index, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _read_weekday(text: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(text)
    weekday = None if match is None else read_weekday(match[2])
    if match is None or weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7
    if match[1] == "last":
        return today + timedelta(days=ahead - 7)
    return today + timedelta(days=ahead or (7 if match[1] == "next" else 0))


def _read_numbers(text: str, today: date) -> date | None:
    match = _ISO.fullmatch(text)
    if match is not None:
        return date(int(match[1]), int(match[2]), int(match[3]))
    match = _DOTTED.fullmatch(text)
    if match is not None:
        return _in_year(match[3], int(match[2]), int(match[1]), today)
    return None


def _read_month_name(text: str, today: date) -> date | None:
    match = _DAY_MONTH.fullmatch(text)
    if match is not None:
        day, word, year = match.groups()
    else:
        match = _MONTH_DAY.fullmatch(text)
        if match is None:
            return None
        word, day, year = match.groups()
    month = read_month(word)
    return None if month is None else _in_year(year, month, int(day), today)


def _read_distance(text: str, today: date) -> date | None:
    match = _IN.fullmatch(text)
    if match is None:
        return None
    number = 1 if match[1] in ("a", "an") else int(match[1])
    if match[2] in ("month", "year"):
        return later_month(today, number * (12 if match[2] == "year" else 1))
    return today + timedelta(days=number * (7 if match[2] == "week" else 1))


def _in_year(year: str | None, month: int, day: int, today: date) -> date:
    if year is not None:
        return date(int(year), month, day)
    if (month, day) == (2, 29):
        return _next_leap_day(today)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def _next_leap_day(today: date) -> date:
    year = today.year
    while monthrange(year, 2)[1] < 29 or date(year, 2, 29) < today:
        year += 1
    return date(year, 2, 29)
