"""A series and its instances: where they are, what they look like, and what they are called."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator import ids, times
from gcsa.emulator.answer import json_text
from gcsa.emulator.resources.events.fields import ORDER, ordered
from gcsa.emulator.resources.events.schedule import (
    EARLIEST,
    LATEST,
    Placement,
    at_of,
    date_time_text,
    read_series,
)
from gcsa.emulator.store.events import Kind
from gcsa.recurrence import RecurrenceTooLongError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store.calendars import CalendarRow

_DAY = timedelta(days=1)
# An instance's id is its series' and when it would start by the rule: `…_20260301T090000Z`, `…_20260301` for a day.
_INSTANCE_ID = re.compile(r"(?P<series>.+)_(?P<stamp>\d{8}(?:T\d{6}Z)?)", re.ASCII)
# The parts of an instance that are the same in all of them, and stand between those that differ.
_BETWEEN = ORDER[ORDER.index("created") : ORDER.index("start")]
_AFTER = ORDER[ORDER.index("originalStartTime") + 1 :]


class InstanceId(NamedTuple):
    """An instance's id, taken apart."""

    series: str
    start: date | datetime


def read_instance_id(event_id: str) -> InstanceId | None:
    """Return the series and the original start that an instance's id names; None for another id."""
    match = _INSTANCE_ID.fullmatch(event_id)
    if match is None:
        return None
    series, stamp = match["series"], match["stamp"]
    try:
        if len(stamp) == 8:
            return InstanceId(series, date.fromisoformat(stamp))
        return InstanceId(series, datetime.fromisoformat(stamp))
    except ValueError:
        return None


class RecurringEvent:
    """A recurring event as it is stored, and its instances.

    Args:
        resource: The event.
        calendar: The calendar it is on.
        shown_in: The zone of the answer. Default: the calendar's.
    """

    def __init__(
        self, resource: Resource, calendar: CalendarRow, shown_in: tzinfo | None = None
    ) -> None:
        self.resource = resource
        self.id: str = resource["id"]
        self._calendar = calendar
        self._calendar_zone = times.known_zone(calendar.time_zone)
        self._shown_in = shown_in or self._calendar_zone
        start, end = resource["start"], resource["end"]
        self._is_all_day = "date" in start
        if self._is_all_day:
            first = date.fromisoformat(start["date"])
            self._days = date.fromisoformat(end["date"]) - first
            self._start: date | datetime = first
            self._elapsed = timedelta()
            # No change of a clock makes a day longer than two.
            longest = max(self._days, _DAY) + _DAY
        else:
            zone = times.known_zone(start["timeZone"])
            self._end_zone: str = end["timeZone"]
            timed = times.known_date_time(start["dateTime"]).astimezone(zone)
            self._elapsed = times.known_date_time(end["dateTime"]) - timed
            self._start = timed
            self._days = timedelta()
            longest = self._elapsed
        self._longest = int(longest.total_seconds())
        self._series = read_series(resource["recurrence"], self._start)

    def starts(
        self,
        time_min: int | None = None,
        time_max: int | None = None,
        *,
        starting: int | None = None,
    ) -> Iterator[tuple[int, date | datetime]]:
        """Yield where the instances are that overlap a window, in order, exceptions or not.

        Args:
            time_min: They end after this second.
            time_max: They start before this second.
            starting: They start at this second or later.

        Returns:
            Their starts, in seconds and as days or times.
        """
        if time_min is not None:
            earliest = time_min - self._longest
            starting = earliest if starting is None else max(earliest, starting)
        try:
            for start in self._series.between(self._bound(starting), self._bound(time_max)):
                at = at_of(start, self._calendar_zone)
                if time_max is not None and at >= time_max:
                    return
                if starting is not None and at < starting:
                    continue
                ends = self._ends_at(start, at)
                if ends > LATEST:
                    return
                if time_min is None or ends > time_min:
                    yield at, start
        except (RecurrenceTooLongError, OverflowError):
            # The rule matches nothing for so long that nobody looks any further.
            return

    def has(self, start: date | datetime) -> bool:
        """Whether the series has an instance that starts at this day, or at this time."""
        if isinstance(start, datetime) == self._is_all_day:
            return False
        try:
            at = at_of(start, self._calendar_zone)
            return start in self._series and self._ends_at(start, at) <= LATEST
        except (RecurrenceTooLongError, OverflowError):
            return False

    def has_start(self, original: Resource) -> bool:
        """Whether the series has an instance whose originalStartTime is this."""
        return self.has(_original_start(original))

    def instance_at(self, original: Resource) -> tuple[Resource, Placement]:
        """Return the instance whose originalStartTime is this, as the series has it, and where it is found."""
        start = _original_start(original)
        if isinstance(start, datetime) and isinstance(self._start, datetime):
            start = start.astimezone(self._start.tzinfo)
        return self.instance(start), self.placement(start)

    def placement(self, start: date | datetime) -> Placement:
        """Return where the instance of this start is found."""
        at = at_of(start, self._calendar_zone)
        return Placement(Kind.EXCEPTION, at, self._ends_at(start, at), self.id, at)

    def instance(self, start: date | datetime) -> Resource:
        """Return the instance of this start, as the series has it."""
        resource = {**self.resource, **self.own_fields(start)}
        del resource["recurrence"]
        return resource

    def own_fields(self, start: date | datetime) -> Resource:
        """Return the fields in which the instance of this start differs from its series."""
        event_id = self._instance_id(start)
        first = self._moment(start, self._start_zone)
        return {
            "id": event_id,
            "htmlLink": ids.html_link(event_id, self._calendar.id),
            "start": first,
            "end": self._end(start),
            "recurringEventId": self.id,
            "originalStartTime": first,
        }

    def texts(self) -> InstanceTexts:
        """Return what writes the JSON text of instances, many at a time."""
        return InstanceTexts(self)

    @property
    def _start_zone(self) -> str | None:
        return None if self._is_all_day else self.resource["start"]["timeZone"]

    def _bound(self, at: int | None) -> datetime | None:
        if at is None:
            return None
        within = min(max(at, EARLIEST), LATEST)
        return times.from_seconds(within).astimezone(self._calendar_zone)

    def _ends_at(self, start: date | datetime, at: int) -> int:
        if isinstance(start, datetime):
            return at + int(self._elapsed.total_seconds())
        return at_of(start + max(self._days, _DAY), self._calendar_zone)

    def _instance_id(self, start: date | datetime) -> str:
        if isinstance(start, datetime):
            start = start.astimezone(UTC).replace(tzinfo=None)
            return f"{self.id}_{_compact(start)}Z"
        return f"{self.id}_{_compact(start)}"

    def _end(self, start: date | datetime) -> Resource:
        if isinstance(start, datetime):
            return self._moment((start.astimezone(UTC) + self._elapsed), self._end_zone)
        return self._moment(start + self._days, None)

    def _moment(self, value: date | datetime, zone: str | None) -> Resource:
        if isinstance(value, datetime):
            return {"dateTime": date_time_text(value, self._shown_in), "timeZone": zone}
        return {"date": value.isoformat()}


class InstanceTexts:
    """Writes the JSON text of a series' instances: what they share is encoded once."""

    def __init__(self, event: RecurringEvent) -> None:
        self._event = event
        shared = ordered(event.resource)
        self._head = json_text({"kind": shared["kind"], "etag": shared["etag"]})[:-1]
        self._between = _part(shared, _BETWEEN)
        self._after = _part(shared, _AFTER)
        self._status = json_text(shared["status"])

    def text(self, start: date | datetime) -> str:
        """Return the text of the instance of this start; the same as that of `instance(start)`."""
        own = json_text(self._event.own_fields(start))
        # {"id":…,"htmlLink":…,"start":…} is cut where the shared fields stand in Google's order.
        link, times_at = own.index(',"htmlLink":'), own.index(',"start":')
        return (
            f'{self._head},{own[1:link]},"status":{self._status}{own[link:times_at]}'
            f"{self._between}{own[times_at:-1]}{self._after}}}"
        )


def _original_start(original: Resource) -> date | datetime:
    if "date" in original:
        return date.fromisoformat(original["date"])
    return times.known_date_time(original["dateTime"])


def _compact(start: date | datetime) -> str:
    return start.isoformat().replace("-", "").replace(":", "")


def _part(resource: Resource, names: tuple[str, ...]) -> str:
    fields = {name: resource[name] for name in names if name in resource}
    return f",{json_text(fields)[1:-1]}" if fields else ""
