"""Where events come from: a calendar account (Google's or an emulator's), or a local copy of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import attrs

from gcsa.calendar import CalendarListEntry
from gcsa.event import Event

if TYPE_CHECKING:
    from gcsa.free_busy import TimeRange
    from gcsa.google_calendar import GoogleCalendar


# "calendarExpansionMax" in https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
MOST_CALENDARS = 50
# Before and after everything that is on a calendar.
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
END = datetime(2200, 1, 1, tzinfo=UTC)


@attrs.frozen
class Found:
    """An event, and the calendar that it is on."""

    event: Event
    calendar: CalendarListEntry


class Source(Protocol):
    """Where events come from; both kinds answer in the same way."""

    def calendars(self) -> list[CalendarListEntry]:
        """Return the user's calendars."""
        ...

    def events(
        self, calendar_id: str, start: datetime, end: datetime, query: str | None = None
    ) -> Iterable[Event]:
        """List what is on a calendar in a window, each instance by itself, in the order of the starts."""
        ...

    def event(self, event_id: str, calendar_id: str) -> Event | None:
        """Return one event, None where there is none."""
        ...

    def stored(
        self, calendar_id: str, start: datetime | None, end: datetime | None
    ) -> Iterable[Event]:
        """List what is stored of a calendar, series as such and their changed instances; all without a window."""
        ...

    def busy(self, calendar_ids: Sequence[str], start: datetime, end: datetime) -> list[TimeRange]:
        """Return when any of the calendars is busy."""
        ...


@attrs.frozen
class Account:
    """A calendar account, through a client.

    Args:
        client: The client.
        timezone: The zone in which times are shown.
    """

    client: GoogleCalendar
    timezone: str

    def calendars(self) -> list[CalendarListEntry]:
        """Return the user's calendars, hidden ones included."""
        return list(self.client.get_calendar_list(show_hidden=True))

    def events(
        self, calendar_id: str, start: datetime, end: datetime, query: str | None = None
    ) -> Iterable[Event]:
        """List what is on a calendar in a window."""
        return self.client.get_events(
            start,
            end,
            order_by="startTime",
            single_events=True,
            timezone=self.timezone,
            query=query,
            calendar_id=calendar_id,
            maxResults=2500,
        )

    def event(self, event_id: str, calendar_id: str) -> Event | None:
        """Return one event."""
        from gcsa.errors import BadRequestError, GoneError, NotFoundError

        try:
            event = self.client.get_event(event_id, calendar_id, timeZone=self.timezone)
        except (NotFoundError, GoneError, BadRequestError):
            return None
        return None if event.status == "cancelled" else event

    def stored(
        self, calendar_id: str, start: datetime | None, end: datetime | None
    ) -> Iterable[Event]:
        """List what is stored of a calendar."""
        found = self.client.get_events(
            start or BEGINNING, end or END, calendar_id=calendar_id, maxResults=2500
        )
        # An instance that is cancelled is listed too; a whole event that is, is no longer there.
        return (one for one in found if one.status != "cancelled" or one.original_start_time)

    def busy(self, calendar_ids: Sequence[str], start: datetime, end: datetime) -> list[TimeRange]:
        """Return when any of the calendars is busy."""
        busy: list[TimeRange] = []
        for place in range(0, len(calendar_ids), MOST_CALENDARS):
            some = calendar_ids[place : place + MOST_CALENDARS]
            answer = self.client.get_free_busy(some, time_min=start, time_max=end)
            busy += [one for ranges in answer.calendars.values() for one in ranges]
        return busy
