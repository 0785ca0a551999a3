"""Series: the occurrences of an event that repeats, in its own time zone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from heapq import merge
from itertools import chain
from typing import Protocol

from attrs import evolve, frozen

from gcsa.recurrence.clock import (
    CLOCK_CHANGE,
    EARLIEST,
    LATEST,
    Clock,
    DayClock,
    Moment,
    ZoneClock,
    midnight,
)
from gcsa.recurrence.cycle import Cycle
from gcsa.recurrence.parts import HOURLY, MINUTELY, SECONDLY
from gcsa.recurrence.reading import RecurrenceDates, RecurrenceRule, read_lines
from gcsa.recurrence.values import Period
from gcsa.recurrence.walk import RecurrenceTooLongError, Walk
from gcsa.recurrence.zones import zone, zone_of

# Longer lines are not kept, in characters: few series have them, and they would fill the memory.
_REMEMBERED = 1000
# EXRULEs may take away everything that is left. So often they are asked about occurrences that they take away, one
# after the other, before we stop looking: 55 years of days.
_PATIENCE = 20_000
# Asking a rule that has to be walked takes so many times longer than one that simply goes round.
_DEAR = 4


class Series:
    """The occurrences of an event that repeats.

    An occurrence is the start of one: a date for an all-day event, otherwise an aware datetime in the
    event's zone. Wall-clock time is kept across changes of the clock:

    - a time that the clock skips is taken with the offset before the change, so that 02:30 becomes 03:30
      (RFC 5545, 3.3.5; Google Calendar does the same: https://github.com/mangstadt/biweekly/issues/38);
    - of a time that comes twice, the first is meant (RFC 5545, 3.3.5).

    The start is always an occurrence, even where the rule does not match it, and then COUNT does not
    count it (Google Calendar: https://github.com/fmeringdal/rust-rrule/issues/119), unless EXDATE or
    EXRULE takes it away. What comes twice counts once.

    In a series with a time, a date without one is midnight UTC, so that EXDATE;VALUE=DATE takes nothing
    away (Google Calendar: https://github.com/yuhong90/node-google-calendar/issues/31 and
    https://stackoverflow.com/questions/25171709). In an all-day series only the date of a time counts. Of
    a period only its start counts.

    A Series never changes. Asking for a window costs what lies in the window, however old the series is;
    only a rule with COUNT may have to be counted from its start, once.

    Args:
        lines: The event's recurrence lines, RRULE, EXRULE, RDATE and EXDATE.
        start: The event's start: a date for an all-day event, otherwise a datetime (naive: wall time in
            `timezone`), in the years 2 to 9998.
        timezone: The event's zone, as a name or a tzinfo. Default: the zone of an aware start.

    Raises:
        TypeError: The start is not a date or a datetime.
        ValueError: A line cannot be read or has a part that cannot be expanded; a zone is unknown; the
            start is naive and there is no zone; the start is out of range; an all-day series has a rule
            for hours, minutes or seconds.
    """

    def __init__(
        self,
        lines: str | Iterable[str],
        start: date | datetime,
        timezone: str | tzinfo | None = None,
    ) -> None:
        _check_start(start)
        self._clock: Clock
        if isinstance(start, datetime):
            where = zone_of(start, timezone)
            self._clock = ZoneClock.of(where)
            local = start if start.tzinfo is None else start.astimezone(where)
            wall = local.replace(tzinfo=None, fold=0, microsecond=0)
            start = start.replace(microsecond=0)
        else:
            self._clock = DayClock()
            wall = midnight(start)
        self._start = self._clock.read(start)

        recurrence = read_lines([lines] if isinstance(lines, str) else lines)
        self._rules = [_Rule.of(x, wall, self._clock) for x in recurrence.rules]
        self._exclude_rules = [_Rule.of(x, wall, self._clock) for x in recurrence.exclude_rules]
        dates = {self._start, *self._instants(recurrence.dates)}
        self._dates = [self._clock.moment(instant) for instant in sorted(dates)]
        self._exclude_dates = frozenset(self._instants(recurrence.exclude_dates))

    @classmethod
    def of(
        cls,
        lines: str | Iterable[str],
        start: date | datetime,
        timezone: str | tzinfo | None = None,
    ) -> Series:
        """Return the series of these lines, the same object as last time where it is still at hand.

        Args:
            lines: As for `Series`.
            start: As for `Series`.
            timezone: As for `Series`.

        Raises:
            TypeError: As for `Series`.
            ValueError: As for `Series`.
        """
        _check_start(start)
        known = (lines,) if isinstance(lines, str) else tuple(lines)
        if len("".join(known)) > _REMEMBERED:
            return cls(known, start, timezone)
        if not isinstance(start, datetime):
            return _series(known, start, 0, None)
        where = zone_of(start, timezone)
        local = start if start.tzinfo is None else start.astimezone(where)
        try:
            # Two equal datetimes may be in two zones, or be the first and the second 02:30 of a night.
            return _series(known, local.replace(tzinfo=None, fold=0), local.fold, where)
        except TypeError:  # zones of dateutil cannot be hashed
            return cls(known, start, timezone)

    def between(
        self, after: date | datetime | None = None, before: date | datetime | None = None
    ) -> Iterator[date | datetime]:
        """Yield the occurrences in a window, in order.

        Args:
            after: They start then or later. Default: from the first on.
            before: They start earlier than then. Default: without end.
                Both are dates (from midnight in the event's zone on), naive datetimes (wall time in the
                event's zone) or aware ones. In an all-day series, days start at midnight of the zone of an
                aware one.

        Returns:
            Dates for an all-day event, otherwise aware datetimes in the event's zone.

        Raises:
            RecurrenceTooLongError: While iterating: the next one takes too long to find.
        """
        first = EARLIEST if after is None else self._clock.bound(after)
        last = LATEST if before is None else _just_before(self._clock.bound(before))
        return self._within(first, last)

    def first(self) -> date | datetime | None:
        """Return the first occurrence, None where all are excluded.

        Raises:
            RecurrenceTooLongError: It takes too long to find.
        """
        return next(self.between(), None)

    def last(self) -> date | datetime | None:
        """Return the last occurrence.

        Returns:
            None where there is no end, or none that can be counted (COUNT over 20,000 in a rule that is more
            than daily, or weekly on some days), or where all are excluded.

        Raises:
            RecurrenceTooLongError: It takes too long to find.
        """
        ends = [self._dates[-1][0]]
        for rule in self._rules:
            end = rule.end(self._clock)
            if end is None:
                return None
            ends.append(end)
        # Look at a short time before the end, then at longer and longer times before that.
        high, step = max(ends), timedelta(hours=1)
        earliest = self._dates[0][0]
        while high >= earliest:
            low = max(earliest, high - step) if high - EARLIEST > step else earliest
            found = deque(self._within(low, high), maxlen=1)
            if found:
                return found[0]
            high, step = _just_before(low), step * 8
        return None

    def __iter__(self) -> Iterator[date | datetime]:
        return self.between()

    def __contains__(self, moment: object) -> bool:
        if not isinstance(moment, date):
            return False
        instant = self._clock.bound(moment)
        return any(True for _ in self._within(instant, instant))

    def _instants(self, lines: Iterable[RecurrenceDates]) -> Iterator[datetime]:
        for line in lines:
            where = zone(line.timezone) if line.timezone else None
            for value in line.dates:
                yield self._clock.read(value.start if isinstance(value, Period) else value, where)

    def _within(self, first: datetime, last: datetime) -> Iterator[date | datetime]:
        """Yield the occurrences from the first instant to the last, both included, in order."""
        previous = None
        patience = _PATIENCE
        has_exclude_rules = bool(self._exclude_rules)
        for instant, occurrence in self._candidates(first, last):
            if instant == previous or instant in self._exclude_dates:
                continue
            previous = instant
            if has_exclude_rules and (price := self._price_of_excluding(instant)):
                patience -= price
                if patience < 0:
                    raise RecurrenceTooLongError(
                        "The recurrence takes too long to expand: its EXRULE lines take away all"
                        f" occurrences for a long time, until {occurrence} at least."
                    )
                continue
            patience = _PATIENCE
            yield occurrence

    def _price_of_excluding(self, instant: datetime) -> int:
        """Return what it took to learn that a rule takes an occurrence away, 0 where none does."""
        price = 0
        for rule in self._exclude_rules:
            price += rule.price
            if rule.has(self._clock, instant):
                return price
        return 0

    def _candidates(self, first: datetime, last: datetime) -> Iterable[Moment]:
        from_rules = [
            rule.moments(self._clock, max(first, self._start), last) for rule in self._rules
        ]
        low = bisect_left(self._dates, first, key=_instant)
        high = bisect_right(self._dates, last, key=_instant)
        dates = self._dates[low:high]
        if len(from_rules) == 1 and (not dates or dates[-1][0] <= self._start):
            return chain(dates, from_rules[0])  # the common case: a rule and its start
        return merge(dates, *from_rules, key=_instant)


class _Occurrences(Protocol):
    """The occurrences of one rule, as naive wall times of the event's zone."""

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]: ...

    def end(self) -> datetime | None: ...


@frozen
class _Rule:
    """A rule's occurrences, and the last instant that its UNTIL allows."""

    occurrences: _Occurrences
    until: datetime

    @classmethod
    def of(cls, rule: RecurrenceRule, start: datetime, clock: Clock) -> _Rule:
        for name, value in rule.other:
            # RFC 7529: a rule of another calendar than ours; of ours, RSCALE and SKIP change nothing.
            ours = (name, value.upper()) in (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT"))
            if not ours and not name.startswith("X-"):
                raise ValueError(f"{name}={value} in '{rule.line}' cannot be expanded.")
        if isinstance(clock, DayClock):
            if rule.freq in (HOURLY, MINUTELY, SECONDLY):
                raise ValueError(f"FREQ={rule.freq} in '{rule.line}' needs a start with a time.")
            # RFC 5545, 3.3.10: to be ignored where the start is a date.
            rule = evolve(rule, by_hour=(), by_minute=(), by_second=())
        until = LATEST if rule.until is None else clock.read(rule.until)
        return cls(Cycle.of(rule, start) or Walk(rule, start), until)

    def moments(self, clock: Clock, first: datetime, last: datetime) -> Iterator[Moment]:
        """Yield the rule's moments from the first instant to the last, both included, in order."""
        last = min(last, self.until)
        if first > last:
            return
        for moment in clock.moments(self.occurrences.between(*clock.around(first, last))):
            if moment[0] > last:
                return
            if moment[0] >= first:
                yield moment

    @property
    def price(self) -> int:
        """How much patience it takes to ask whether it has an occurrence."""
        return _DEAR if isinstance(self.occurrences, Walk) else 1

    def has(self, clock: Clock, instant: datetime) -> bool:
        """Return whether the rule has an occurrence at this instant."""
        return instant <= self.until and any(
            True for wall in clock.walls(instant) for _ in self.occurrences.between(wall, wall)
        )

    def end(self, clock: Clock) -> datetime | None:
        """Return an instant after which the rule has no occurrence, None when it goes on."""
        last = self.occurrences.end()
        if last is None:
            return None if self.until == LATEST else self.until
        try:
            # A time before it, that the clock skips, may come out after it.
            latest = clock.read(last) + CLOCK_CHANGE
        except OverflowError:
            latest = LATEST
        return min(latest, self.until)


@lru_cache(maxsize=2048)
def _series(lines: tuple[str, ...], start: date, fold: int, timezone: tzinfo | None) -> Series:
    return Series(
        lines, start.replace(fold=fold) if isinstance(start, datetime) else start, timezone
    )


def _check_start(start: date) -> None:
    if not isinstance(start, date):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"The start of a series must be a date or a datetime, got {start!r}.")
    if not 2 <= start.year <= 9998:
        raise ValueError(f"The start of a series must be in the years 2 to 9998, got {start}.")


def _instant(moment: Moment) -> datetime:
    return moment[0]


def _just_before(instant: datetime) -> datetime:
    return instant if instant == EARLIEST else instant - datetime.resolution
