"""A week of events, as a notebook shows it: seven days side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from gcsa._html import Markup, element, link
from gcsa.agenda import Agenda
from gcsa.event import Event
from gcsa.event_card import title_of
from gcsa.recurrence.zones import local_zone_name, zone

_TABLE = "table-layout: fixed; width: 100%"
_HEAD = "text-align: left; padding: 4px"
_CELL = "vertical-align: top; text-align: left; padding: 4px; border-left: 1px solid #8884"
_EVENT = "border-left: 3px solid #4285f4; padding: 1px 6px; margin: 2px 0; overflow: hidden"
_DAY = timedelta(days=1)


class Week:
    """The events of one week; recurring ones are shown with all their instances.

    `Week(calendar.get_events())` at the end of a notebook's cell shows this week.

    Args:
        events: Events, series among them; what is not in the week is left out.
        day: Any day of the week; today if None.
        timezone: The zone in which days and times are, such as `'Europe/Prague'`; the machine's if None.
        first_day: On which day weeks begin, as `date.weekday()` counts them: 0 is Monday, 6 Sunday.

    Raises:
        ValueError: There is no such zone, or `first_day` is not 0 to 6.
    """

    def __init__(
        self,
        events: Iterable[Event],
        day: date | None = None,
        timezone: str | None = None,
        first_day: int = 0,
    ) -> None:
        if not 0 <= first_day <= 6:
            raise ValueError(f"first_day must be 0 (Monday) to 6 (Sunday), not {first_day}.")
        here = zone(timezone or local_zone_name())
        if day is None:
            day = datetime.now(here).date()
        elif isinstance(day, datetime):
            day = day.date()
        self.first = day - timedelta(days=(day.weekday() - first_day) % 7)
        self._bounds = [
            datetime.combine(self.first + number * _DAY, time.min, here) for number in range(8)
        ]
        self.events = Agenda(_instances(list(events), self._bounds[0], self._bounds[7]), timezone)

    def on(self, day: date) -> list[Event]:
        """Return the events of one of the week's days, all-day ones first."""
        number = (day - self.first).days
        start, end = self._bounds[number], self._bounds[number + 1]
        found = [event for event in self.events if any(event.instances_between(start, end))]
        return sorted(found, key=lambda event: isinstance(event.start, datetime))

    def __repr__(self) -> str:
        return f"<Week of {self.first}: {len(self.events)} events>"

    def _repr_html_(self) -> str:
        days = [self.first + number * _DAY for number in range(7)]
        heads = [element("th", f"{day:%a} {day.day} {day:%b}", style=_HEAD) for day in days]
        cells = [element("td", *map(self._entry, self.on(day)), style=_CELL) for day in days]
        return element("table", element("tr", *heads), element("tr", *cells), style=_TABLE)

    def _entry(self, event: Event) -> Markup:
        hours = self.events.hours(event)
        return element(
            "div",
            element("div", hours, style="opacity: 0.7; font-size: 85%"),
            link(event.html_link, title_of(event)),
            style=_EVENT,
        )


def _instances(events: list[Event], start: datetime, end: datetime) -> Iterable[Event]:
    """Yield what there is in a window; instances that were changed by themselves go before the series'."""
    changed = {
        (event.recurring_event_id, event.original_start_time)
        for event in events
        if event.is_recurring_instance
    }
    for event in events:
        if event.status == "cancelled" or event.start is None:
            continue
        for instance in event.instances_between(start, end):
            is_of_series = instance is not event
            if not is_of_series or (event.event_id, instance.original_start_time) not in changed:
                yield instance
