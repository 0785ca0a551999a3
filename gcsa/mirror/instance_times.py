"""The times of a series' instances, written as Google writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from gcsa.mirror.moments import write_moment

_DAY = timedelta(days=1)
# The longest instance that is taken to end near the day on which it starts.
_SHORT = timedelta(days=2)


class Times(NamedTuple):
    """What is written of when an instance is.

    Attributes:
        stamp: Its start as it stands in its id: `20260301T090000Z`, or `20260301` for a day.
        start: Its start, for `dateTime` or `date`.
        end: Its end.
    """

    stamp: str
    start: str
    end: str


class _Rest(NamedTuple):
    """What stands after the dates, and how many days from that of the start these are."""

    stamp_days: timedelta
    stamp: str
    start: str
    end_days: timedelta
    end: str


class Moments:
    """Writes the times of instances that have a time of day.

    Most instances differ from each other in nothing but the date, so what follows it is written once for as long as the
    clocks are not changed.

    Args:
        elapsed: How long an instance lasts.
        zone: The zone in which the times are said.
    """

    def __init__(self, elapsed: timedelta, zone: tzinfo) -> None:
        self._elapsed = elapsed
        self.zone = zone
        self._rests: dict[object, _Rest] = {}

    def times(self, start: datetime) -> Times:
        """Return the times of the instance of this start."""
        # Converting to the zone that it has already would cost as much as everything else.
        shown = start if start.tzinfo is self.zone else start.astimezone(self.zone)
        day = shown.date()
        offset = _offset_near(self.zone, day) if self._elapsed <= _SHORT else None
        if offset is None:
            return self._written(shown)
        key = (shown.hour, shown.minute, shown.second, offset)
        rest = self._rests.get(key)
        if rest is None:
            rest = self._rests[key] = self._rest(shown)
        text = day.isoformat()
        stamp = (day + rest.stamp_days).isoformat() if rest.stamp_days else text
        ends = (day + rest.end_days).isoformat() if rest.end_days else text
        return Times(
            f"{stamp[:4]}{stamp[5:7]}{stamp[8:]}{rest.stamp}",
            f"{text}{rest.start}",
            f"{ends}{rest.end}",
        )

    def _rest(self, shown: datetime) -> _Rest:
        written = self._written(shown)
        day = shown.date()
        return _Rest(
            date.fromisoformat(written.stamp[:8]) - day,
            written.stamp[8:],
            written.start[10:],
            date.fromisoformat(written.end[:10]) - day,
            written.end[10:],
        )

    def _written(self, shown: datetime) -> Times:
        utc = shown.astimezone(UTC)
        stamp = utc.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")
        end = (utc + self._elapsed).astimezone(self.zone)
        return Times(f"{stamp}Z", write_moment(shown), write_moment(end))


@lru_cache(maxsize=4096)
def _offset_near(zone: tzinfo, day: date) -> timedelta | None:
    """Return a zone's offset from UTC on a day and around it; None where the clocks change near it."""
    try:
        first, last = day - _DAY, day + _DAY + _SHORT
    except OverflowError:
        return None
    before = datetime(first.year, first.month, first.day, tzinfo=zone).utcoffset()
    after = datetime(last.year, last.month, last.day, tzinfo=zone).utcoffset()
    return before if before == after else None


def days(start: date, length: timedelta) -> Times:
    """Return the times of an instance that is all day."""
    text = start.isoformat()
    return Times(text.replace("-", ""), text, (start + length).isoformat())
