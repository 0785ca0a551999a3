"""The times of a series' instances, written as Google writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from gcsa.mirror.moments import write_moment

_DAY = timedelta(days=1)
# The longest instance that is taken to end near the day on which it starts.
_SHORT = timedelta(days=2)


# What is written of when an instance is: its start as it stands in its id, `20260301T090000Z` or `20260301` for a day;
# its start and its end, for `dateTime` or `date`.
Times: TypeAlias = tuple[str, str, str]


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
        self._is_short = elapsed <= _SHORT
        self.zone = zone
        self._rests: dict[object, _Rest] = {}

    def times(self, start: datetime) -> Times:
        """Return the times of the instance of this start."""
        # Converting to the zone that it has already would cost as much as everything else.
        shown = start if start.tzinfo is self.zone else start.astimezone(self.zone)
        day = shown.date()
        written = _written_near(self.zone, day)
        if written is None or not self._is_short:
            return self._written(shown)
        text, compact, offset = written
        key = (shown.hour, shown.minute, shown.second, offset)
        rest = self._rests.get(key)
        if rest is None:
            rest = self._rests[key] = self._rest(shown)
        if rest.stamp_days:
            compact = (day + rest.stamp_days).isoformat().replace("-", "")
        ends = (day + rest.end_days).isoformat() if rest.end_days else text
        return (f"{compact}{rest.stamp}", f"{text}{rest.start}", f"{ends}{rest.end}")

    def _rest(self, shown: datetime) -> _Rest:
        stamp, start, end = self._written(shown)
        day = shown.date()
        return _Rest(
            date.fromisoformat(stamp[:8]) - day,
            stamp[8:],
            start[10:],
            date.fromisoformat(end[:10]) - day,
            end[10:],
        )

    def _written(self, shown: datetime) -> Times:
        utc = shown.astimezone(UTC)
        stamp = utc.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")
        end = (utc + self._elapsed).astimezone(self.zone)
        return (f"{stamp}Z", write_moment(shown), write_moment(end))


@lru_cache(maxsize=4096)
def _written_near(zone: tzinfo, day: date) -> tuple[str, str, timedelta] | None:
    """Return how a day is written, in two ways, and a zone's offset from UTC on it and around it.

    Returns:
        None where the clocks change near the day.
    """
    try:
        first, last = day - _DAY, day + _DAY + _SHORT
    except OverflowError:
        return None
    before = datetime(first.year, first.month, first.day, tzinfo=zone).utcoffset()
    after = datetime(last.year, last.month, last.day, tzinfo=zone).utcoffset()
    if before is None or before != after:
        return None
    text = day.isoformat()
    return text, text.replace("-", ""), before


def days(start: date, length: timedelta) -> Times:
    """Return the times of an instance that is all day."""
    text = start.isoformat()
    return (text.replace("-", ""), text, (start + length).isoformat())
