"""When a calendar's owner is busy."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

# More than anybody does in three months: a limit to the work that one calendar can ask for.
MOST_TIMES: Final = 20_000


class TooManyTimesError(Exception):
    """There is more on a calendar than is looked at."""


class Busy(NamedTuple):
    """A time in which a calendar's owner is busy, in seconds since 1970; the end is no part of it."""

    start: int
    end: int


class _Attendee(msgspec.Struct):
    self: bool = False
    response: str = msgspec.field(default="", name="responseStatus")


class _Event(msgspec.Struct):
    """What of an event says whether it makes busy."""

    transparency: str = "opaque"
    attendees: tuple[_Attendee, ...] = ()

    @property
    def makes_busy(self) -> bool:
        if self.transparency == "transparent":
            return False
        return not any(
            attendee.self and attendee.response == "declined" for attendee in self.attendees
        )


_decode = msgspec.json.Decoder(_Event).decode


class Patience:
    """How many times are still looked at for one question, whatever number of calendars it is about.

    Args:
        most: How many.
    """

    def __init__(self, most: int) -> None:
        self.left = most


def busy_times(
    store: Store, calendar: CalendarRow, time_min: int, time_max: int, patience: Patience
) -> list[Busy]:
    """Return when a calendar's owner is busy within a window, in order; what overlaps or touches is one.

    Events that are cancelled, that are shown as available, or that the owner declined do not count.

    Args:
        store: The database.
        calendar: The calendar.
        time_min: The window's start, in seconds.
        time_max: Its end.
        patience: What is left of it for the question; less, afterwards.

    Raises:
        TooManyTimesError: There is too much on the calendar to look at.
    """
    most = min(MOST_TIMES, patience.left)
    rows = store.events.in_window(
        calendar.key, series=True, time_min=time_min, time_max=time_max, limit=most
    )
    times = (
        busy
        for row in rows
        if _decode(row.resource).makes_busy
        for busy in _times(store, calendar, row, time_min, time_max)
    )
    looked_at = list(islice(times, most))
    patience.left -= len(looked_at)
    if len(looked_at) == most:
        raise TooManyTimesError
    return _merged(
        Busy(max(busy.start, time_min), min(busy.end, time_max))
        for busy in looked_at
        if busy.start < busy.end
    )


def _times(
    store: Store, calendar: CalendarRow, row: EventRow, time_min: int, time_max: int
) -> Iterator[Busy]:
    if row.kind != Kind.SERIES:
        yield Busy(row.starts, row.ends)
        return
    event = RecurringEvent(decoded(row), calendar)
    exceptions = store.events.exception_starts(calendar.key, row.id)
    for at, start in event.starts(time_min, time_max):
        if at not in exceptions:
            yield Busy(at, event.placement(start).ends)


def _merged(times: Iterable[Busy]) -> list[Busy]:
    merged: list[Busy] = []
    for busy in sorted(times):
        if merged and busy.start <= merged[-1].end:
            merged[-1] = Busy(merged[-1].start, max(merged[-1].end, busy.end))
        else:
            merged.append(busy)
    return merged
