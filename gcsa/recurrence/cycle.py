"""Rules that simply go round, such as daily, or weekly on some days: answered by arithmetic."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta

from gcsa.recurrence.parts import DAILY, HOURLY, MINUTELY, NUMBER_PARTS, SECONDLY, WEEKLY
from gcsa.recurrence.reading import RecurrenceRule

_LENGTHS = {
    SECONDLY: timedelta(seconds=1),
    MINUTELY: timedelta(minutes=1),
    HOURLY: timedelta(hours=1),
    DAILY: timedelta(days=1),
    WEEKLY: timedelta(weeks=1),
}
# Longer than the calendar of Python, which has the years 1 to 9999: the next round never comes.
_NEVER = timedelta(days=4_000_000)


class Cycle:
    """The occurrences of a rule that puts the same few of them into every round.

    Args:
        first: The first occurrence, or the moment from which on they count.
        base: The start of the round in which that is.
        length: How long a round is.
        offsets: How far into a round its occurrences are, in order.
        count: How many occurrences there are. None: without end.
    """

    def __init__(
        self,
        first: datetime,
        base: datetime,
        length: timedelta,
        offsets: tuple[timedelta, ...],
        count: int | None,
    ) -> None:
        self._base = base
        self._length = length
        self._offsets = offsets
        self._start = self._index(first)
        self._stop = None if count is None else self._start + count

    @classmethod
    def of(cls, rule: RecurrenceRule, start: datetime) -> Cycle | None:
        """Return the rule as a cycle, or None where it is more than that."""
        if any(getattr(rule, part.field) for part in NUMBER_PARTS.values()):
            return None
        freq, interval, days = rule.freq, rule.interval, rule.by_week_day
        if freq == DAILY and days and interval == 1:
            freq = WEEKLY  # every day, if it is one of these week days
        if freq not in _LENGTHS or (days and freq != WEEKLY):
            return None
        length = _NEVER if interval > _NEVER // _LENGTHS[freq] else _LENGTHS[freq] * interval
        if freq != WEEKLY:
            return cls(start, start, length, (timedelta(),), rule.count)
        # RFC 5545, 3.3.10: the default of WKST is Monday.
        week_start = rule.week_start.index if rule.week_start else 0
        on = {day.index for day in days} or {start.weekday()}
        offsets = sorted(timedelta(days=(day - week_start) % 7) for day in on)
        base = start - timedelta(days=(start.weekday() - week_start) % 7)
        return cls(start, base, length, tuple(offsets), rule.count)

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the occurrences from first to last, both included, in order."""
        index = max(self._index(first), self._start)
        rounds, place = divmod(index, len(self._offsets))
        try:
            start_of_round = self._base + self._length * rounds
            while self._stop is None or index < self._stop:
                occurrence = start_of_round + self._offsets[place]
                if occurrence > last:
                    return
                yield occurrence
                index += 1
                place += 1
                if place == len(self._offsets):
                    place = 0
                    start_of_round += self._length
        except OverflowError:  # the calendar ends with the year 9999
            return

    def end(self) -> datetime | None:
        """Return the last occurrence, None when there are more without end."""
        if self._stop is None:
            return None
        rounds, place = divmod(self._stop - 1, len(self._offsets))
        try:
            return self._base + self._length * rounds + self._offsets[place]
        except OverflowError:
            return None

    def _index(self, moment: datetime) -> int:
        """Return the number of the first occurrence not before the moment."""
        rounds, rest = divmod(moment - self._base, self._length)
        return rounds * len(self._offsets) + bisect_left(self._offsets, rest)
