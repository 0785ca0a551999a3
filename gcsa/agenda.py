"""Events day by day, as text and as a notebook shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import overload

from gcsa._html import Markup, element, link
from gcsa.event import Event
from gcsa.event_card import title_of
from gcsa.event_time import moment
from gcsa.recurrence.zones import zone

_TIME = "white-space: nowrap; padding: 2px 12px 2px 0; vertical-align: top; text-align: left"
_DAY = "padding: 8px 0 2px 0; text-align: left; font-weight: bold"


class Agenda(Sequence[Event]):
    """Events in the order of their starts, shown day by day.

    `Agenda(calendar["…"])` at the end of a notebook's cell shows a table, `print` of it a text.

    Args:
        events: The events, in any order; those without a start are left out.
        timezone: The zone in which times are shown, such as `'Europe/Prague'`. By default each event's times are
            shown as they are.

    Raises:
        ValueError: There is no such zone.
    """

    def __init__(self, events: Iterable[Event], timezone: str | None = None) -> None:
        self._zone = None if timezone is None else zone(timezone)
        self._events = sorted(event for event in events if event.start is not None)

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        return self._events[index]

    def local(self, event: Event) -> tuple[date | datetime | None, date | datetime | None]:
        """Return when an event starts and ends, in the agenda's zone."""
        return self._local(event.start, event), self._local(event.end, event)

    def hours(self, event: Event) -> str:
        """Return the hours of an event, such as '10:00–11:00', or 'all day'."""
        start, end = self.local(event)
        if not isinstance(start, datetime):
            return "all day"
        if not isinstance(end, datetime) or end == start:
            return f"{start:%H:%M}"
        later = f"+{days}" if (days := (end.date() - start.date()).days) else ""
        return f"{start:%H:%M}–{end:%H:%M}{later}"

    def __str__(self) -> str:
        lines: list[str] = []
        for day, events in groupby(self._events, self._day):
            lines.append(f"{day:%A} {day.day} {day:%B} {day.year}")
            for event in events:
                place = f"  ({event.location})" if event.location else ""
                lines.append(f"  {self.hours(event):<12}  {event.summary or '(no title)'}{place}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Agenda of {len(self)} events>"

    def _repr_html_(self) -> str:
        rows: list[Markup] = []
        for day, events in groupby(self._events, self._day):
            head = f"{day:%A} {day.day} {day:%B} {day.year}"
            rows.append(element("tr", element("th", head, colspan="3", style=_DAY)))
            rows += [
                element(
                    "tr",
                    element("td", self.hours(event), style=_TIME),
                    element("td", link(event.html_link, title_of(event)), style=_TIME),
                    element("td", event.location, style="text-align: left"),
                )
                for event in events
            ]
        return element("table", *rows)

    def _day(self, event: Event) -> date:
        start, _ = self.local(event)
        if start is None:
            raise AssertionError("events without a start are left out")
        return start.date() if isinstance(start, datetime) else start

    def _local(self, value: date | datetime | None, event: Event) -> date | datetime | None:
        if not isinstance(value, datetime) or self._zone is None:
            return value
        return moment(value, event.timezone).astimezone(self._zone)
