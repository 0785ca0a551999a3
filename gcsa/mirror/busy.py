"""When the owners of calendars are busy, as Google's free/busy query would say.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from gcsa.free_busy import TimeRange
from gcsa.mirror.calendars import Shown
from gcsa.mirror.moments import from_seconds
from gcsa.mirror.reader import Condition, Reader
from gcsa.mirror.window import look

_IS_BUSY = Condition("e.is_busy", {})


def busy_times(
    reader: Reader, calendar: Shown, time_min: int, time_max: int, zone: tzinfo
) -> list[TimeRange]:
    """Return when a calendar's owner is busy, in order; times that overlap or touch each other are one.

    What is shown as available, is cancelled, or was declined does not count.

    Args:
        reader: A transaction.
        calendar: The calendar.
        time_min: The start of the window, in seconds since 1970.
        time_max: Its end.
        zone: The zone of the answer.
    """
    window = look(reader, calendar, time_min, time_max, condition=_IS_BUSY)
    times = (
        (max(item.starts, time_min), min(item.ends, time_max))
        for item in window.items()
        if item.starts < item.ends
    )
    return [
        TimeRange(from_seconds(start, zone), from_seconds(end, zone))
        for start, end in _merged(times)
    ]


def _merged(times: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in times:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
