"""How often an event repeats, as people write it: `weekly`, `every 2 weeks`, `weekdays`, `daily until 1 May`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from gcsa.cli.days import read_weekday
from gcsa.cli.failure import Misunderstanding
from gcsa.cli.moments import at, parse_moment
from gcsa.recurrence import (
    DAILY,
    FR,
    MO,
    MONTHLY,
    SA,
    SU,
    TH,
    TU,
    WE,
    WEEKLY,
    YEARLY,
    Recurrence,
    WeekDay,
)

_FREQUENCIES = {
    "daily": DAILY, "day": DAILY, "days": DAILY,
    "weekly": WEEKLY, "week": WEEKLY, "weeks": WEEKLY,
    "monthly": MONTHLY, "month": MONTHLY, "months": MONTHLY,
    "yearly": YEARLY, "year": YEARLY, "years": YEARLY, "annually": YEARLY,
}  # fmt: skip
_DAYS = (MO, TU, WE, TH, FR, SA, SU)
_UNTIL = re.compile(r"(.+?) (?:until|till) (.+)")
_TIMES = re.compile(r"(.+?) (?:x ?(\d{1,4})|(\d{1,4}) ?(?:x|times))")
_ON = re.compile(r"(.+?) on (.+)")
_EVERY = re.compile(r"every (?:(\d{1,3}|other|second) )?(.+)")
_PREFIXES = ("RRULE:", "RDATE", "EXDATE", "EXRULE:")


def parse_repeat(text: str, start: date | datetime, now: datetime) -> str:
    """Return the recurrence line that a text stands for.

    Args:
        text: Such as `daily`, `weekly`, `every 2 weeks`, `every monday`, `mon,wed,fri`, `weekdays`,
            `monthly until 1 may`, `weekly 10 times`; or a line of iCalendar, `RRULE:…`.
        start: When the event starts first; the last day is of the same kind.
        now: The present, in the user's zone.

    Raises:
        Misunderstanding: It cannot be read.
    """
    if text.upper().startswith(_PREFIXES):
        return _checked(text)
    if text.upper().startswith("FREQ="):
        return _checked(f"RRULE:{text}")
    words = " ".join(text.lower().split())
    until: date | datetime | None = None
    count: int | None = None
    match = _UNTIL.fullmatch(words)
    if match is not None:
        words, until = match[1], _last(match[2], start, now)
    match = _TIMES.fullmatch(words)
    if match is not None:
        words, count = match[1], int(match[2] or match[3])
    frequency, interval, days = _read(words, text)
    try:
        return Recurrence.rule(
            frequency,
            interval=interval,
            count=count,
            until=until,
            by_week_day=days or None,
        )
    except (ValueError, TypeError) as error:
        raise Misunderstanding(f"{text!r}: {error}") from None


def _read(words: str, text: str) -> tuple[str, int | None, list[WeekDay]]:
    days: list[WeekDay] = []
    match = _ON.fullmatch(words)
    if match is not None:
        words, days = match[1], _days(match[2], text)
    interval: int | None = None
    match = _EVERY.fullmatch(words)
    if match is not None:
        words = match[2]
        if match[1]:
            interval = int(match[1]) if match[1].isdigit() else 2
    if words in _FREQUENCIES:
        return _FREQUENCIES[words], interval, days
    if words in ("weekdays", "weekday", "workdays", "workday"):
        return WEEKLY, interval, list(_DAYS[:5])
    if words in ("weekends", "weekend"):
        return WEEKLY, interval, list(_DAYS[5:])
    return WEEKLY, interval, _days(words, text)


def _days(words: str, text: str) -> list[WeekDay]:
    found = [read_weekday(word.removesuffix("s")) for word in re.split(r"[ ,]+(?:and )?", words)]
    numbers = [number for number in found if number is not None]
    if not numbers or len(numbers) < len(found):
        raise _not_understood(text)
    return [_DAYS[number] for number in sorted(set(numbers))]


def _last(text: str, start: date | datetime, now: datetime) -> date | datetime:
    day = parse_moment(text, now)
    if not isinstance(start, datetime):
        return day.date() if isinstance(day, datetime) else day
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    return at(day, time(23, 59, 59), start.tzinfo or now.tzinfo).astimezone(UTC)


def _checked(line: str) -> str:
    try:
        Recurrence.parse(line)
    except (ValueError, TypeError) as error:
        raise Misunderstanding(f"{line!r} is no recurrence: {error}") from None
    return line


def _not_understood(text: str) -> Misunderstanding:
    return Misunderstanding(
        f"{text!r} says not how often.",
        "Write it as daily, weekly, every 2 weeks, mon,wed, weekdays, 'monthly until 1 may' or RRULE:…",
    )
