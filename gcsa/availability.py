"""When several people are free: what is left of working hours once busy times are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

import attrs

from gcsa.free_busy import TimeRange
from gcsa.recurrence.zones import local_zone_name, zone

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


@attrs.frozen
class WorkingHours:
    """The hours of the week in which a meeting may be.

    Args:
        start: When the day begins, as wall time in `timezone`.
        end: When it ends; 00:00 is the end of the day. Before `start` it means the next day: a night shift.
        days: On which days, as `date.weekday()` counts them: 0 is Monday.
        timezone: The zone of both times, such as `'Europe/Prague'`; the one that is asked in if None.

    Raises:
        ValueError: `start` and `end` are the same, or a day is not 0 to 6.
    """

    start: time
    end: time
    days: tuple[int, ...] = attrs.field(default=MONDAY_TO_FRIDAY, converter=tuple)
    timezone: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError(f"Working hours from {self.start} to {self.end} are empty.")
        if not set(self.days) <= set(range(7)):
            raise ValueError(f"days must be 0 (Monday) to 6 (Sunday), not {self.days}.")


Hours: TypeAlias = "WorkingHours | tuple[time, time] | Sequence[WorkingHours] | None"
"""Working hours as people give them: a pair is from Monday to Friday, of several all must hold."""


def free_ranges(
    busy: Iterable[TimeRange],
    window: TimeRange,
    duration: timedelta,
    working_hours: Hours = None,
    timezone: str | None = None,
    buffer: timedelta = timedelta(0),
) -> list[TimeRange]:
    """Return the longest ranges of a window in which nobody is busy.

    Args:
        busy: When anybody is busy, in any order, overlapping or not.
        window: Where to look; aware times.
        duration: Ranges shorter than this are left out.
        working_hours: Only within these; at any hour if None.
        timezone: The zone of working hours that name none, and of the result; the machine's if None.
        buffer: How much time has to be left free before and after each busy time.

    Returns:
        The ranges, in order.

    Raises:
        ValueError: The duration is not positive, the buffer is negative, or the window ends before it starts.
    """
    if duration <= timedelta(0):
        raise ValueError(f"duration must be above zero, not {duration}.")
    if buffer < timedelta(0):
        raise ValueError(f"buffer must not be negative, but is {buffer}.")
    if window.end < window.start:
        raise ValueError(f"The window ends at {window.end}, before it starts at {window.start}.")
    local = zone(timezone or local_zone_name())
    # In UTC, because differences of times in one zone ignore its changes of the clock.
    window = TimeRange(window.start.astimezone(UTC), window.end.astimezone(UTC))
    open_ranges = [window]
    for hours in _as_hours(working_hours):
        open_ranges = list(_both(open_ranges, list(_shifts(hours, window, local))))
    taken = [
        TimeRange(one.start.astimezone(UTC) - buffer, one.end.astimezone(UTC) + buffer)
        for one in busy
    ]
    return [
        TimeRange(found.start.astimezone(local), found.end.astimezone(local))
        for found in _without(open_ranges, sorted(taken))
        if found.end - found.start >= duration
    ]


def _as_hours(given: Hours) -> list[WorkingHours]:
    if given is None:
        return []
    if isinstance(given, WorkingHours):
        return [given]
    if isinstance(given, tuple) and len(given) == 2:
        start, end = given
        if isinstance(start, time) and isinstance(end, time):
            return [WorkingHours(start, end)]
    hours = [one for one in given if isinstance(one, WorkingHours)]
    if len(hours) != len(given):
        raise TypeError(
            f"working_hours must be a pair of times, WorkingHours or a list of them, not {given!r}."
        )
    return hours


def _shifts(hours: WorkingHours, window: TimeRange, local: tzinfo) -> Iterator[TimeRange]:
    """Yield the shifts that touch a window, in order."""
    where = zone(hours.timezone) if hours.timezone else local
    day = window.start.astimezone(where).date() - timedelta(days=1)
    last = window.end.astimezone(where).date()
    until_tomorrow = timedelta(days=1 if hours.end <= hours.start else 0)
    while day <= last:
        if day.weekday() in hours.days:
            yield TimeRange(
                _at(day, hours.start, where), _at(day + until_tomorrow, hours.end, where)
            )
        day += timedelta(days=1)


def _at(day: date, wall: time, where: tzinfo) -> datetime:
    return datetime.combine(day, wall.replace(tzinfo=None), where).astimezone(UTC)


def _both(some: Sequence[TimeRange], others: Sequence[TimeRange]) -> Iterator[TimeRange]:
    """Yield where two lists of ranges overlap; both are in order and without overlaps."""
    one = other = 0
    while one < len(some) and other < len(others):
        start = max(some[one].start, others[other].start)
        end = min(some[one].end, others[other].end)
        if start < end:
            yield TimeRange(start, end)
        if some[one].end < others[other].end:
            one += 1
        else:
            other += 1


def _without(ranges: Sequence[TimeRange], taken: Sequence[TimeRange]) -> Iterator[TimeRange]:
    """Yield what is left of ranges; those that are taken are in order of their starts."""
    position = 0
    for start, end in ranges:
        while position < len(taken) and taken[position].end <= start:
            position += 1
        free_from = start
        for busy in taken[position:]:
            if busy.start >= end:
                break
            if busy.start > free_from:
                yield TimeRange(free_from, busy.start)
            free_from = max(free_from, busy.end)
        if free_from < end:
            yield TimeRange(free_from, end)
