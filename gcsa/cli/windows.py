"""Stretches of time as people write them: `today`, `next week`, `mon-fri`, `march`, `7d`, `2026-03-02..2026-03-06`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import attrs

from gcsa.cli.days import later_month, read_month, read_weekday
from gcsa.cli.failure import Misunderstanding
from gcsa.cli.lengths import parse_length
from gcsa.cli.moments import at, parse_clock, parse_moment

_ONE_DAY = timedelta(days=1)
_SPAN = re.compile(r"(?:(this|next|last) )?(week|weekend|month|year)")
_MONTH = re.compile(r"([a-z]+)\.?(?: (\d{4}))?")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NUMBER = re.compile(r"(?:the )?(?:next |for )?(\d{1,4}) ?(d|days?|w|weeks?|months?)")
_WEEKDAYS = re.compile(r"([a-z]+)\.? ?(?:-|–|to) ?([a-z]+)\.?")
_FROM_TO = re.compile(r"(?:from )?(.+?)(?: ?\.\. ?| to | until | till | – | - )(.+)")
_HOURS = re.compile(r"(?:between )?(.+?) ?(?:-|–|to|and) ?(.+)")
_DIRECTIONS = {"this": 0, None: 0, "next": 1, "last": -1}


@attrs.frozen
class Window:
    """A stretch of time: from `start` up to, but not with, `end`; both are aware."""

    start: datetime
    end: datetime

    @property
    def days(self) -> list[date]:
        """The days that it touches."""
        last = (self.end - timedelta(microseconds=1)).date()
        first = self.start.date()
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def parse_window(text: str, now: datetime, week_start: int = 0) -> Window:
    """Return the stretch of time that a text names.

    Args:
        text: A day, two moments with `..`, `to` or `-` between them, weekdays such as `mon-fri`, `this`, `next` or
            `last` `week`, `weekend`, `month` or `year`, a month, or a length such as `7d` from today on.
        now: The present, in the user's zone.
        week_start: The day on which weeks start; 0 is Monday.

    Raises:
        Misunderstanding: It cannot be read, or ends before it starts.
    """
    words = " ".join(text.lower().split())
    try:
        found = _read_days(words, now.date(), week_start)
    except (ValueError, OverflowError):
        raise Misunderstanding(f"There is no such time as {text!r}.") from None
    if found is not None:
        return of_days(*found, now)
    match = _FROM_TO.fullmatch(words)
    if match is not None:
        return _between(match[1], match[2], now)
    moment = parse_moment(text, now)
    if isinstance(moment, datetime):
        return Window(moment, _midnight(moment.date() + _ONE_DAY, now))
    return of_days(moment, moment + _ONE_DAY, now)


def of_days(first: date, after: date, now: datetime) -> Window:
    """Return the window from the first day's midnight to that of the day after the last."""
    return Window(_midnight(first, now), _midnight(after, now))


def week_of(day: date, week_start: int = 0) -> date:
    """Return the first day of the week that a day is in."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def parse_hours(text: str) -> tuple[time, time]:
    """Return hours of the day, such as `9-17`, `9:30-17:00` or `9am to 5pm`.

    Raises:
        Misunderstanding: It says no hours.
    """
    match = _HOURS.fullmatch(text.strip().lower())
    start = None if match is None else parse_clock(match[1])
    end = None if match is None else parse_clock(match[2])
    if start is None or end is None or start == end:
        raise Misunderstanding(f"{text!r} are no hours.", "Write them as 9-17 or 9:30-17:00.")
    return start, end


def _read_days(words: str, today: date, week_start: int) -> tuple[date, date] | None:
    for found in (
        _read_span(words, today, week_start),
        _read_month(words, today),
        _read_number(words, today),
        _read_weekdays(words, today),
    ):
        if found is not None:
            return found
    return None


def _read_span(words: str, today: date, week_start: int) -> tuple[date, date] | None:
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    direction = _DIRECTIONS[match[1]]
    if match[2] == "week":
        first = week_of(today, week_start) + timedelta(weeks=direction)
        return first, first + timedelta(weeks=1)
    if match[2] == "weekend":
        saturday = week_of(today) + timedelta(days=5, weeks=direction)
        return saturday, saturday + timedelta(days=2)
    if match[2] == "month":
        first = later_month(today.replace(day=1), direction)
        return first, later_month(first, 1)
    first = date(today.year + direction, 1, 1)
    return first, first.replace(year=first.year + 1)


def _read_month(words: str, today: date) -> tuple[date, date] | None:
    match = _ISO_MONTH.fullmatch(words)
    if match is not None:
        first = date(int(match[1]), int(match[2]), 1)
        return first, later_month(first, 1)
    match = _MONTH.fullmatch(words)
    month = None if match is None else read_month(match[1])
    if match is None or month is None:
        return None
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    first = date(year, month, 1)
    return first, later_month(first, 1)


def _read_number(words: str, today: date) -> tuple[date, date] | None:
    match = _NUMBER.fullmatch(words)
    if match is None or int(match[1]) == 0:
        return None
    if match[2].startswith("month"):
        return today, later_month(today, int(match[1]))
    return today, today + parse_length(f"{match[1]}{match[2][0]}")


def _read_weekdays(words: str, today: date) -> tuple[date, date] | None:
    match = _WEEKDAYS.fullmatch(words)
    first = None if match is None else read_weekday(match[1])
    last = None if match is None else read_weekday(match[2])
    if first is None or last is None:
        return None
    # This week's, as long as the last of the days is not over.
    behind = (today.weekday() - first) % 7
    length = (last - first) % 7
    start = (
        today - timedelta(days=behind) if behind <= length else today + timedelta(days=7 - behind)
    )
    return start, start + timedelta(days=length + 1)


def _between(first: str, last: str, now: datetime) -> Window:
    start = parse_moment(first, now)
    begins = start if isinstance(start, datetime) else _midnight(start, now)
    clock = parse_clock(last) if isinstance(start, datetime) else None
    # Of two days the second is looked for from the first one on: "30 dec to 2 jan".
    end = (
        at(start, clock, now.tzinfo) if clock is not None else parse_moment(last, max(now, begins))
    )
    ends = end if isinstance(end, datetime) else _midnight(end + _ONE_DAY, now)
    if ends <= begins:
        raise Misunderstanding(
            f"{last!r} is not after {first!r}.", "Give the earlier one first, such as mon-fri."
        )
    return Window(begins, ends)


def _midnight(day: date, now: datetime) -> datetime:
    return at(day, time(0), now.tzinfo)
