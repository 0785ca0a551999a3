"""A recurring event and its instances, as a listing with single events has them.

Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple, TypeAlias, cast

from gcsa import recurrence
from gcsa.event_time import known_zone, read_zone
from gcsa.mirror.instance_times import Moments, days
from gcsa.mirror.moments import LATEST, from_seconds, instant, read_start
from gcsa.recurrence import RecurrenceTooLongError

Resource = dict[str, Any]

_DAY = timedelta(days=1)
_NIGHT = 86_400

# Base64 as it stands in links, in one step: there is one link for each instance.
_FOR_LINKS = bytes.maketrans(b"+/", b"-_")
_PADDING = b"="


# An instance of a series: its start and its end, in seconds since 1970 (of a day, those of its midnight in the
# calendar's zone), and its start as a day or in the zone of the series. A plain tuple, because there are many of them.
Occurrence: TypeAlias = tuple[int, int, date | datetime]


class Series:
    """A recurring event and its instances, exceptions or not.

    Args:
        resource: The event.
        start: Its start.
        end: Its end.
        zone: The zone of its calendar.

    Raises:
        ValueError: Its recurrence cannot be read.
    """

    def __init__(
        self, resource: Resource, start: date | datetime, end: date | datetime, zone: tzinfo
    ) -> None:
        self.id: str = resource["id"]
        self._zone = zone
        self._start_said, self._end_said = (
            _fields(resource.get("start")),
            _fields(resource.get("end")),
        )
        self._days, self._elapsed = timedelta(), timedelta()
        self._is_all_day = not isinstance(start, datetime)
        if isinstance(start, datetime):
            name = read_zone(resource["start"])
            start = start.astimezone((known_zone(name) if name else None) or zone)
            if isinstance(end, datetime):
                # In UTC, because differences of times in one zone ignore its changes of the clock.
                self._elapsed = max(end.astimezone(UTC) - start.astimezone(UTC), timedelta())
        elif not isinstance(end, datetime):
            self._days = max(end - start, timedelta())
        self._seconds = int(self._elapsed.total_seconds())
        lines = [line for line in _list(resource["recurrence"]) if isinstance(line, str)]
        self._dates = recurrence.Series.of(lines, start)
        # With places for what each instance adds: a copy of them is cheaper than one that has to grow.
        self._shared: Resource = {
            **resource,
            "id": None,
            "start": None,
            "end": None,
            "recurringEventId": self.id,
            "originalStartTime": None,
        }
        del self._shared["recurrence"]
        self._link = _Link.read(resource)
        self._moments: Moments | None = None

    def first(self) -> date | datetime | None:
        """Return the start of the first instance, None where all are excluded."""
        return self._dates.first()

    def last(self) -> date | datetime | None:
        """Return the start of the last instance, None where there is no end."""
        return self._dates.last()

    def ends_at(self, start: date | datetime) -> int:
        """Return when the instance of this start ends, in seconds since 1970.

        Raises:
            OverflowError: It is beyond the end of the calendar.
        """
        if isinstance(start, datetime):
            return instant(start, self._zone) + self._seconds
        return instant(start + max(self._days, _DAY), self._zone)

    def has(self, at: int) -> bool:
        """Whether an instance starts at this second."""
        return next(self.between(at, at + 1), None) is not None

    def between(
        self, time_min: int, time_max: int, *, ends_after: int | None = None
    ) -> Iterator[Occurrence]:
        """Yield the instances that start from one second on until before another one, in order.

        Args:
            time_min: The one second.
            time_max: The other one.
            ends_after: Only those that end after this second.
        """
        if time_min >= time_max:
            return
        if ends_after is None:
            ends_after = time_min - 1
        zone, seconds = self._zone, self._seconds
        # Midnight may be an hour later than it should on the day on which the clocks change.
        after = from_seconds(time_min - (_NIGHT if self._is_all_day else 0), zone)
        before = from_seconds(time_max, zone)
        try:
            for start in self._dates.between(after, before):
                if isinstance(start, datetime):
                    at = int(start.timestamp())
                    ends = at + seconds
                else:
                    at, ends = instant(start, zone), self.ends_at(start)
                if time_min <= at < time_max and ends_after < ends <= LATEST:
                    yield at, ends, start
        except (RecurrenceTooLongError, OverflowError):
            # The rule matches nothing for so long that nobody looks any further, or the calendar ends.
            return

    @property
    def reach(self) -> int:
        """How many seconds before a window an instance may start that is still in it."""
        if self._is_all_day:
            return int((max(self._days, _DAY) + _DAY).total_seconds())
        return self._seconds

    def instance(self, start: date | datetime, shown_in: tzinfo | None = None) -> Resource:
        """Return the JSON of an instance, as a listing of single events has it.

        Args:
            start: When it starts, as a day or in the zone of the series.
            shown_in: The zone in which its times are said. Default: the calendar's.
        """
        if isinstance(start, datetime):
            stamp, begin, end = self._moments_in(shown_in or self._zone).times(start)
            key = "dateTime"
        else:
            stamp, begin, end = days(start, self._days)
            key = "date"
        event_id = f"{self.id}_{stamp}"
        begins = {**self._start_said, key: begin}
        instance = self._shared.copy()
        instance["id"] = event_id
        instance["start"] = instance["originalStartTime"] = begins
        instance["end"] = {**self._end_said, key: end}
        if self._link is not None:
            instance["htmlLink"] = self._link.to(event_id)
        return instance

    def _moments_in(self, zone: tzinfo) -> Moments:
        # Threads may ask for other zones at the same time.
        moments = self._moments
        if moments is None or zone is not moments.zone:
            moments = self._moments = Moments(self._elapsed, zone)
        return moments


class _Link(NamedTuple):
    """The address of an event in the web's Google Calendar, whose `eid` is the base64 of event id and calendar id.

    Attributes:
        before: What stands before the `eid`.
        calendar: What follows the event's id in it.
        after: What stands after it.
    """

    before: str
    calendar: str
    after: str

    @classmethod
    def read(cls, resource: Resource) -> _Link | None:
        """Return an event's link taken apart; None for one that is built in another way."""
        link, event_id = resource.get("htmlLink"), resource["id"]
        if not isinstance(link, str):
            return None
        before, found, rest = link.partition("eid=")
        eid, ampersand, after = rest.partition("&")
        try:
            named = base64.urlsafe_b64decode(eid + "=" * (-len(eid) % 4)).decode()
        except ValueError:
            return None
        if not found or not named.startswith(f"{event_id} "):
            return None
        return cls(before + found, named[len(event_id) :], ampersand + after)

    def to(self, event_id: str) -> str:
        """Return the address of another event of the same calendar."""
        eid = binascii.b2a_base64(f"{event_id}{self.calendar}".encode(), newline=False)
        return f"{self.before}{eid.translate(_FOR_LINKS, _PADDING).decode()}{self.after}"


def series_of(resource: Resource, zone: tzinfo) -> Series | None:
    """Return the series that a recurring event is, or None where it has no start.

    Args:
        resource: The event.
        zone: The zone of its calendar.

    Raises:
        ValueError: Its recurrence cannot be read.
    """
    start = read_start(resource.get("start"), zone)
    if start is None:
        return None
    end = read_start(resource.get("end"), zone)
    return Series(resource, start, start if end is None else end, zone)


def _list(said: object) -> list[object]:
    return cast("list[object]", said) if isinstance(said, list) else [said]


def _fields(said: object) -> Resource:
    return cast("Resource", said) if isinstance(said, dict) else {}
