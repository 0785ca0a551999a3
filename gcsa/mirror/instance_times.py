"""The times of a series' instances, written as Google writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from gcsa.mirror.moments import write_moment


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

    Most instances differ from each other in nothing but the date, so what follows it is written once.

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
        offset = start.utcoffset()
        # Of a time that comes twice or not at all, `fold` is another offset: then nothing is taken for granted.
        end = (start + self._elapsed).replace(fold=1)
        if start.tzinfo is not self.zone or end.utcoffset() != offset:
            return self._written(start)
        key = (start.hour, start.minute, start.second, offset)
        rest = self._rests.get(key)
        if rest is None:
            rest = self._rests[key] = self._rest(start)
        day = start.date()
        text = day.isoformat()
        stamp = (day + rest.stamp_days).isoformat() if rest.stamp_days else text
        ends = (day + rest.end_days).isoformat() if rest.end_days else text
        return Times(
            f"{stamp[:4]}{stamp[5:7]}{stamp[8:]}{rest.stamp}",
            f"{text}{rest.start}",
            f"{ends}{rest.end}",
        )

    def _rest(self, start: datetime) -> _Rest:
        written = self._written(start)
        day = start.date()
        return _Rest(
            date.fromisoformat(written.stamp[:8]) - day,
            written.stamp[8:],
            written.start[10:],
            date.fromisoformat(written.end[:10]) - day,
            written.end[10:],
        )

    def _written(self, start: datetime) -> Times:
        utc = start.astimezone(UTC)
        stamp = utc.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")
        end = (utc + self._elapsed).astimezone(self.zone)
        return Times(f"{stamp}Z", write_moment(start.astimezone(self.zone)), write_moment(end))


def days(start: date, length: timedelta) -> Times:
    """Return the times of an instance that is all day."""
    text = start.isoformat()
    return Times(text.replace("-", ""), text, (start + length).isoformat())
