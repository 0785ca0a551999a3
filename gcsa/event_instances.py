"""The instances of a recurring event, worked out from its rule without asking anybody."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from gcsa.event import Event
from gcsa.event_time import moment, same_length_later
from gcsa.recurrence import Series
from gcsa.recurrence.zones import local_zone_name


def instances_between(
    event: Event, start: date | datetime, end: date | datetime
) -> Iterator[Event]:
    """Yield the instances of an event in a window, in order; see `Event.instances_between`."""
    begins, ends = event.start, event.end
    if begins is None:
        return iter(())
    last = begins if ends is None else ends
    window = _Window(start, end, event.timezone)
    if not event.recurrence:
        return iter([event] if window.has(begins, last) else [])
    timezone = event.timezone
    if isinstance(begins, datetime) and begins.tzinfo is None and timezone is None:
        timezone = local_zone_name()
    series = Series.of(event.recurrence, begins, timezone)
    return _instances(event, series, begins, last, window)


class _Window:
    """A window of time: what ends after it begins, and starts before it ends, is in it."""

    def __init__(self, start: date | datetime, end: date | datetime, timezone: str | None) -> None:
        self._timezone = timezone
        self.start = moment(start, timezone)
        self.end = moment(end, timezone)
        if self.end <= self.start:
            raise ValueError(f"end ({end}) must be after start ({start}).")

    def has(self, begins: date | datetime, ends: date | datetime) -> bool:
        """Tell whether an event is in it; days are days in the zone of the window."""
        return self._moment(ends) > self.start and self._moment(begins) < self.end

    def _moment(self, value: date | datetime) -> datetime:
        if isinstance(value, datetime):
            return moment(value, self._timezone)
        return datetime(value.year, value.month, value.day, tzinfo=self.start.tzinfo)


def _instances(
    event: Event, series: Series, begins: date | datetime, ends: date | datetime, window: _Window
) -> Iterator[Event]:
    length = moment(ends, event.timezone) - moment(begins, event.timezone)
    # A day more, because days may begin at different moments in different zones.
    first = window.start - length - timedelta(days=1)
    for occurrence in series.between(first, window.end):
        last = same_length_later(begins, ends, occurrence, event.timezone)
        if window.has(occurrence, last):
            yield _instance(event, occurrence, last)


def _instance(event: Event, start: date | datetime, end: date | datetime) -> Event:
    instance = copy.deepcopy(event)
    instance.recurrence = []
    instance.start, instance.end = start, end
    instance.original_start_time = start
    if event.event_id is not None:
        instance.event_id = f"{event.event_id}_{_suffix(start)}"
        instance.recurring_event_id = event.event_id
    return instance


def _suffix(start: date | datetime) -> str:
    """Return what Google appends to the id of a series for one of its instances."""
    if isinstance(start, datetime):
        return f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{start:%Y%m%d}"
