"""The clock of a series: between wall times, instants, and the occurrences that people see.

An instant is a naive datetime here: in UTC where a series has a time, and simply midnight of its day where it
is all-day. Instants can be compared and sorted, which wall times around a change of the clock cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from heapq import heappop, heappush
from typing import Protocol

EARLIEST = datetime.combine(date.min, time.min)
LATEST = datetime.combine(date.max, time.max)

# No clock was ever moved by more than a day (Samoa left out 30 December 2011).
CLOCK_CHANGE = timedelta(days=1)

# An instant, and the occurrence at it.
Moment = tuple[datetime, date]


class Clock(Protocol):
    """What a series needs to know of its time zone."""

    def read(self, value: date, zone: tzinfo | None = None, /) -> datetime:
        """Return the instant of a date or a time in a recurrence line; the zone is the line's own."""
        ...

    def bound(self, value: date) -> datetime:
        """Return the instant of a date or a time that limits a window."""
        ...

    def moment(self, instant: datetime) -> Moment:
        """Return the instant with the occurrence at it."""
        ...

    def moments(self, walls: Iterable[datetime]) -> Iterator[Moment]:
        """Turn wall times in order into moments in order."""
        ...

    def around(self, first: datetime, last: datetime) -> tuple[datetime, datetime]:
        """Return wall times between which all wall times of these instants lie."""
        ...

    def walls(self, instant: datetime) -> Iterator[datetime]:
        """Yield the wall times that mean this instant."""
        ...


class ZoneClock:
    """The clock of a series that has a time, in its zone."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    @staticmethod
    def of(zone: tzinfo) -> ZoneClock:
        """Return the clock of a zone, the same object as last time where it is still at hand."""
        try:
            return _clock(zone)
        except TypeError:  # zones of dateutil cannot be hashed
            return ZoneClock(zone)

    def read(self, value: date, zone: tzinfo | None = None, /) -> datetime:
        """Return the instant of a time; a date means midnight UTC."""
        if not isinstance(value, datetime):
            return midnight(value)
        if value.tzinfo is None:
            value = value.replace(tzinfo=zone or self.zone)
        return _to_utc(value)

    def bound(self, value: date) -> datetime:
        """Return the instant of a time; a date means midnight in the zone."""
        if not isinstance(value, datetime):
            value = midnight(value)
        return self.read(value)

    def moment(self, instant: datetime) -> Moment:
        """Return the instant with the time in the zone."""
        return instant, self.zone.fromutc(instant.replace(tzinfo=self.zone))

    def moments(self, walls: Iterable[datetime]) -> Iterator[Moment]:
        """Turn wall times in order into moments in order."""
        zone = self.zone
        skipped: list[Moment] = []
        for wall in walls:
            steady = _steady_offset(self, wall.date())
            if steady is not None and not skipped:
                yield wall - steady, wall.replace(tzinfo=zone)
                continue
            try:
                offset = zone.utcoffset(wall) or timedelta()
                instant = wall - offset
                occurrence = zone.fromutc(instant.replace(tzinfo=zone))
            except OverflowError:
                break  # the end of the year 9999
            if occurrence.utcoffset() != offset:
                # A time that the clock skips comes out later, perhaps after the times that follow it.
                heappush(skipped, (instant, occurrence))
                continue
            while skipped and skipped[0][0] <= instant:
                yield heappop(skipped)
            yield instant, occurrence
        while skipped:
            yield heappop(skipped)

    def around(self, first: datetime, last: datetime) -> tuple[datetime, datetime]:
        """Return the wall times, with those that a change of the clock on the day before moves."""
        # A series begins in the year 2 at the earliest, so that only the end of the year 9999 is ever passed.
        try:
            low = first + min(self._offsets(first))
        except OverflowError:
            low = LATEST
        try:
            high = last + max(self._offsets(last))
        except OverflowError:
            high = LATEST
        return low, high

    def walls(self, instant: datetime) -> Iterator[datetime]:
        """Yield the wall time, and the one that the clock skipped and that came out at it."""
        now, before = self._offsets(instant)
        yield instant + now
        if before != now and self.read(instant + before) == instant:
            yield instant + before

    def _offsets(self, instant: datetime) -> tuple[timedelta, timedelta]:
        """Return the offsets from UTC at the instant and a day before."""
        return _offset(self, instant), _offset(self, instant - CLOCK_CHANGE)


class DayClock:
    """The clock of an all-day series: every zone has the same days."""

    def read(self, value: date, _zone: tzinfo | None = None, /) -> datetime:
        """Return the day; only the date of a time counts."""
        return midnight(value)

    def bound(self, value: date) -> datetime:
        """Return the wall time, in whatever zone."""
        return value.replace(tzinfo=None) if isinstance(value, datetime) else self.read(value)

    def moment(self, instant: datetime) -> Moment:
        """Return the instant with its day."""
        return instant, instant.date()

    def moments(self, walls: Iterable[datetime]) -> Iterator[Moment]:
        """Return the instants with their days."""
        return ((wall, wall.date()) for wall in walls)

    def around(self, first: datetime, last: datetime) -> tuple[datetime, datetime]:
        """Return them as they are."""
        return first, last

    def walls(self, instant: datetime) -> Iterator[datetime]:
        """Yield the instant."""
        yield instant


_clock = lru_cache(maxsize=256)(ZoneClock)


# Many series are asked for the same windows.
@lru_cache(maxsize=1024)
def _offset(clock: ZoneClock, instant: datetime) -> timedelta:
    """Return the offset from UTC at an instant."""
    local = clock.zone.fromutc(instant.replace(tzinfo=clock.zone))
    return local.replace(tzinfo=None) - instant


@lru_cache(maxsize=4096)
def _steady_offset(clock: ZoneClock, day: date) -> timedelta | None:
    """Return the offset from UTC on a day, or None where it may be another one during that day or near it."""
    try:
        midnights = [midnight(day + timedelta(days=number)) for number in (-1, 0, 1, 2)]
    except OverflowError:
        return None
    offsets = {clock.zone.utcoffset(wall) for wall in midnights}
    return offsets.pop() if len(offsets) == 1 else None


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return EARLIEST if value.year == 1 else LATEST


def midnight(day: date) -> datetime:
    """Return the wall time at which the day starts."""
    return datetime.combine(day, time())
