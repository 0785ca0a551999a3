"""Rules of every kind, walked with python-dateutil from a place near the window that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from attrs import frozen

from gcsa.recurrence.clock import LATEST, midnight
from gcsa.recurrence.parts import (
    BY_DATE,
    BY_TIME,
    DAILY,
    FREQUENCIES,
    HOURLY,
    MINUTELY,
    MONTHLY,
    SECONDLY,
    WEEKLY,
    YEARLY,
)
from gcsa.recurrence.reading import RecurrenceRule

# The Gregorian calendar repeats itself, week days included, after 400 years. A rule that matched in
# none of so many of its periods, whatever its interval, never will.
_FULL_CIRCLE = {YEARLY: 400, MONTHLY: 400 * 12, WEEKLY: 146_097 // 7}
# For the others a full circle is too far to look. Their limits take some tenths of a second, and let a
# rule of hours, minutes or seconds skip any number of days and find its time within one.
_PATIENCE = {DAILY: 20_000, HOURLY: 20_000, MINUTELY: 20_000, SECONDLY: 100_000}
# Skipping the rest of a day takes so many times longer than a step within it.
_DEAR = 4
# How many occurrences are counted to find where a COUNT ends: 55 years of days.
_COUNTED = 20_000


class RecurrenceTooLongError(ValueError):
    """A recurrence would take too long to expand: it matches next to nothing, or counts too far."""


class _PastWindow(Exception):
    """The next period of the rule lies beyond the window."""


class _OutOfPatience(Exception):
    """The rule matched nothing for a long time."""


class _MeteredInterval(int):
    """An interval that counts how often a rule adds it, and stops the rule when that is enough.

    dateutil searches for the next match until the year 9999, and a rule that never matches keeps it
    there for seconds to minutes. It moves from one period to the next by adding its interval, so the
    interval is where the search can be ended.
    """

    periods: int
    patience: int

    @classmethod
    def of(cls, interval: int, periods: int, patience: int) -> _MeteredInterval:
        self = cls(interval)
        self.periods = periods
        self.patience = patience
        return self

    def _pass(self, periods: int) -> None:
        self.periods -= periods
        self.patience -= 1
        if self.periods < 0:
            raise _PastWindow
        if self.patience < 0:
            raise _OutOfPatience

    def __radd__(self, other: int) -> int:
        self._pass(1)
        return other + int(self)

    def __mul__(self, other: Any) -> Any:  # a week's interval is added as days: interval * 7
        self._pass(1)
        return int(self) * other

    def __rfloordiv__(self, other: int) -> int:  # periods that are skipped at once
        skipped = other // int(self)
        self.patience -= _DEAR
        self._pass(skipped)
        return skipped


@frozen
class _Periods:
    """How a frequency divides time: the number of the period of a moment, and its start."""

    number: Callable[[datetime, int], int]
    start: Callable[[int, int], datetime]


def _day(ordinal: int, seconds: int = 0) -> datetime:
    minutes, second = divmod(seconds, 60)
    return datetime.combine(date.fromordinal(ordinal), time(minutes // 60, minutes % 60, second))


def _seconds(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


# The second argument of each is the index of the day on which a week starts.
_PERIODS = {
    YEARLY: _Periods(
        lambda moment, _: moment.year,
        lambda number, _: midnight(date(number, 1, 1)),
    ),
    MONTHLY: _Periods(
        lambda moment, _: moment.year * 12 + moment.month - 1,
        lambda number, _: midnight(date(number // 12, number % 12 + 1, 1)),
    ),
    WEEKLY: _Periods(
        lambda moment, start: (moment.toordinal() - 1 - start) // 7,
        lambda number, start: _day(number * 7 + 1 + start),
    ),
    DAILY: _Periods(
        lambda moment, _: moment.toordinal(),
        lambda number, _: _day(number),
    ),
    HOURLY: _Periods(
        lambda moment, _: moment.toordinal() * 24 + moment.hour,
        lambda number, _: _day(number // 24, number % 24 * 3600),
    ),
    MINUTELY: _Periods(
        lambda moment, _: moment.toordinal() * 1440 + _seconds(moment) // 60,
        lambda number, _: _day(number // 1440, number % 1440 * 60),
    ),
    SECONDLY: _Periods(
        lambda moment, _: moment.toordinal() * 86400 + _seconds(moment),
        lambda number, _: _day(number // 86400, number % 86400),
    ),
}


class Walk:
    """The occurrences of any rule, in wall time.

    Args:
        rule: The rule. Its UNTIL is the caller's business.
        start: The event's start.
    """

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self._rule = rule
        self._start = start
        # RFC 5545, 3.3.10: the default of WKST is Monday.
        self._week_start = rule.week_start.index if rule.week_start else 0
        self._periods = _PERIODS[rule.freq]
        self._first_period = self._periods.number(start, self._week_start)
        self._arguments = self._explicit()

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the occurrences from first to last, both included, in order.

        Raises:
            RecurrenceTooLongError: They are too far apart, or too far from the start to be counted.
        """
        if self._rule.count is not None and self._rule.count < self._most(last):
            end, complete = self._counted
            if end is None:
                return
            if complete:
                last = min(last, end)
            elif last > end:
                raise RecurrenceTooLongError(
                    f"{self._rule.line} counts too far: only the first {_COUNTED} occurrences, "
                    f"until {end:%Y-%m-%d}, are expanded."
                )
        yield from self._unlimited(max(first, self._start), last)

    def end(self) -> datetime | None:
        """Return a time after which there are no occurrences, None when there is no (countable) end."""
        if self._rule.count is None or self._rule.count >= self._most(LATEST):
            return None
        end, complete = self._counted
        return (end or self._start) if complete else None

    def _most(self, last: datetime) -> int:
        """Return a number that the occurrences until then cannot exceed, quickly."""
        time = last - self._start
        if self._rule.freq in (HOURLY, MINUTELY, SECONDLY):
            return time // timedelta(seconds=1) + 1
        seconds = max(1, len(self._rule.by_hour)) * max(1, len(self._rule.by_minute))
        return (time.days + 2) * seconds * max(1, len(self._rule.by_second))

    @cached_property
    def _counted(self) -> tuple[datetime | None, bool]:
        """The last occurrence that COUNT allows, or as far as we count; and whether it is the last."""
        count = self._rule.count or 0
        end = None
        counted = 0
        for occurrence in self._unlimited(self._start, LATEST):
            end = occurrence
            counted += 1
            if counted == min(count, _COUNTED):
                break
        return end, counted < _COUNTED or count <= _COUNTED

    def _unlimited(self, first: datetime, last: datetime) -> Iterator[datetime]:
        rule, week_start = self._rule, self._week_start
        if first > last:
            return
        period = self._first_period
        anchor = self._start
        rounds = (self._periods.number(first, week_start) - period) // rule.interval
        if rounds > 0:
            period += rounds * rule.interval
            anchor = self._periods.start(period, week_start)
        ahead = (self._periods.number(last, week_start) - period) // rule.interval
        patience = _FULL_CIRCLE.get(rule.freq) or _PATIENCE[rule.freq]
        interval = _MeteredInterval.of(rule.interval, ahead, patience)
        try:
            for occurrence in self._anchored(anchor, interval):
                if occurrence > last:
                    return
                interval.patience = patience
                if occurrence >= first:
                    yield occurrence
        except _PastWindow:
            return
        except _OutOfPatience:
            if rule.freq in _FULL_CIRCLE:
                return
            raise RecurrenceTooLongError(
                f"{rule.line} takes too long to expand: it matches nothing for a long time."
            ) from None

    def _anchored(self, anchor: datetime, interval: int) -> Iterator[datetime]:
        from dateutil.rrule import rrule

        if self._arguments is None:
            return
        try:
            yield from rrule(
                # dateutil numbers the frequencies from YEARLY, 0, to SECONDLY, 6.
                6 - FREQUENCIES.index(self._rule.freq),  # type: ignore[arg-type]
                dtstart=anchor,
                interval=interval,
                wkst=self._week_start,
                **self._arguments,
            )
        except (ValueError, OverflowError):
            # dateutil says so when a BYHOUR, BYMINUTE or BYSECOND is never met with this interval, and
            # when it comes to the end of the year 9999.
            return

    def _explicit(self) -> dict[str, Any] | None:
        """Return the rule's parts for dateutil, None when the rule can never match.

        What a rule leaves open is taken from the start (RFC 5545, 3.3.10). It is spelled out here,
        since the rule may be walked from elsewhere.
        """
        rule, start = self._rule, self._start
        arguments: dict[str, Any] = {
            part.name.lower(): sorted(set(getattr(rule, part.field))) or None
            for part in BY_TIME + BY_DATE
        }
        if rule.by_week_day:
            arguments["byweekday"] = _week_days(rule)
            if not arguments["byweekday"]:
                return None
        elif not (rule.by_week or rule.by_year_day or rule.by_month_day):
            if rule.freq == WEEKLY:
                arguments["byweekday"] = start.weekday()
            elif rule.freq in (MONTHLY, YEARLY):
                arguments["bymonthday"] = start.day
                if rule.freq == YEARLY and not rule.by_month:
                    arguments["bymonth"] = start.month
        frequency = FREQUENCIES.index(rule.freq)
        if not rule.by_second and frequency > FREQUENCIES.index(SECONDLY):
            arguments["bysecond"] = start.second
        if not rule.by_minute and frequency > FREQUENCIES.index(MINUTELY):
            arguments["byminute"] = start.minute
        if not rule.by_hour and frequency > FREQUENCIES.index(HOURLY):
            arguments["byhour"] = start.hour
        if rule.by_second:
            # RFC 5545, 3.3.12: a leap second counts as the second before it.
            arguments["bysecond"] = sorted({min(second, 59) for second in rule.by_second})
        return arguments


def _week_days(rule: RecurrenceRule) -> list[Any]:
    """Return BYDAY for dateutil.

    dateutil wants both where RFC 5545 wants either of 'MO,-1FR', so that a day without a number is given
    all its numbers there. And it stumbles over the twentieth Monday of a month, which is left out.
    """
    from dateutil.rrule import weekday

    days = rule.by_week_day
    if rule.freq not in (MONTHLY, YEARLY):
        return [day.index for day in days]
    if not any(day.number for day in days):
        return [day.index for day in days]
    most = 53 if rule.freq == YEARLY and not rule.by_month else 5
    return [
        weekday(day.index, number)
        for day in days
        for number in ([day.number] if day.number else range(1, most + 1))
        if abs(number) <= most
    ]
