"""What people do with meetings: answer an invitation, copy an event, look for a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from gcsa._checks import require_time
from gcsa.attendee import Attendee
from gcsa.availability import Hours, free_ranges
from gcsa.event import Event
from gcsa.free_busy import TimeRange
from gcsa.operations.arguments import identity, one_of, require
from gcsa.operations.events import Events, SendUpdatesMode
from gcsa.operations.free_busy import MOST_CALENDARS, TWO_WEEKS, FreeBusyQueries
from gcsa.operations.likeness import like
from gcsa.operations.method import procedure
from gcsa.operations.procedure import Procedure, ask
from gcsa.operations.runner import Caller
from gcsa.operations.windows import moment

RESPONSES = ("accepted", "declined", "tentative", "needsAction")


class Meetings(Caller):
    """The methods on meetings, of both clients."""

    @procedure
    def respond(
        self,
        /,
        event: Event | str,
        response_status: str,
        comment: str | None = None,
        *,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
    ) -> Procedure[Event]:
        """Answer an invitation for oneself, and return the event. Other guests are not touched.

        Args:
            event: The event on the user's own calendar, or its id; of a series, or of one instance.
            response_status: `'accepted'`, `'declined'`, `'tentative'` or `'needsAction'`, see
                `ResponseStatus`.
            comment: A note to the organizer; None leaves the one that is there.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.

        Raises:
            ValueError: The status is none of the four, or the user is not among the guests.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events#attendeesOmitted
        """
        one_of(response_status, RESPONSES, "response_status")
        event_id = identity(event, Event, "event")
        current = yield from ask(Events.get_event.of(self, event_id, calendar_id))
        own = next((guest for guest in current.attendees if guest.is_self), None)
        if own is None:
            raise ValueError(f"There is no invitation to answer: you are no guest of {current!r}.")
        own.response_status = response_status
        if comment is not None:
            own.comment = comment
        return (
            yield from ask(
                Events.patch_event.of(
                    self,
                    event_id,
                    send_updates=send_updates,
                    calendar_id=calendar_id,
                    attendees=[own],
                    # Says that the other guests are left out of the request, and not of the event.
                    attendees_omitted=True,
                )
            )
        )

    @procedure
    def copy_event(
        self,
        /,
        event: Event | str,
        destination_calendar_id: str | None = None,
        send_updates: str = SendUpdatesMode.NONE,
        source_calendar_id: str | None = None,
        **changes: Any,
    ) -> Procedure[Event]:
        """Store a new event that is like another one, its conference included, and return it.

        Args:
            event: The event, or its id.
            destination_calendar_id: Where the copy goes; the default calendar if None.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            source_calendar_id: Where an event that is given by its id is; the default calendar if None.
            **changes: What is to be different, under the names of `Event`'s attributes, such as
                `start=…`. With a new start and no new end the copy lasts as long as the original.

        Raises:
            TypeError: `Event` has no attribute of such a name.

        Reference: https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
        """
        if isinstance(event, Event):
            original = event
        else:
            event_id = identity(event, Event, "event")
            original = yield from ask(Events.get_event.of(self, event_id, source_calendar_id))
        copy = like(original, changes)
        return (
            yield from ask(Events.add_event.of(self, copy, send_updates, destination_calendar_id))
        )

    @procedure
    def find_free_slots(
        self,
        /,
        duration: timedelta,
        attendees: str | Attendee | Iterable[str | Attendee] | None = None,
        time_min: date | datetime | None = None,
        time_max: date | datetime | None = None,
        working_hours: Hours = None,
        *,
        timezone: str | None = None,
        buffer: timedelta = timedelta(0),
    ) -> Procedure[list[TimeRange]]:
        """Return the times at which everybody is free for long enough.

        Args:
            duration: How long the meeting is to be.
            attendees: Whose calendars have to be free: addresses, or attendees; the default calendar if None.
            time_min: From when on; now by default.
            time_max: Until when; two weeks after `time_min` by default.
            working_hours: `(time(9), time(17))` is from Monday to Friday; `WorkingHours` names the days and a
                zone; of several (people in several zones) all must hold. At any hour if None.
            timezone: The zone of naive times, of working hours that name none, and of the result; the
                machine's if None.
            buffer: How much has to be free before and after the meetings that are there.

        Returns:
            The longest free ranges, in order. A meeting of this duration fits anywhere in them.

        Raises:
            ValueError: The duration is not positive, or the window ends before it starts.
            TypeError: The duration is no timedelta, or a time is neither a date nor a datetime.
            FreeBusyQueryError: Somebody's calendar could not be looked at.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
        """
        addresses = _addresses(attendees) or [self.default_calendar]
        require(duration, timedelta, "duration")
        require_time("time_min", time_min)
        require_time("time_max", time_max)
        start = moment(self.now() if time_min is None else time_min, timezone)
        end = start + TWO_WEEKS if time_max is None else moment(time_max, timezone)
        busy: list[TimeRange] = []
        for position in range(0, len(addresses), MOST_CALENDARS):
            answer = yield from ask(
                FreeBusyQueries.get_free_busy.of(
                    self,
                    addresses[position : position + MOST_CALENDARS],
                    time_min=start,
                    time_max=end,
                )
            )
            busy += [one for ranges in answer.calendars.values() for one in ranges]
        return free_ranges(busy, TimeRange(start, end), duration, working_hours, timezone, buffer)


def _addresses(attendees: str | Attendee | Iterable[str | Attendee] | None) -> list[str]:
    if attendees is None:
        return []
    several = [attendees] if isinstance(attendees, (str, Attendee)) else list(attendees)
    found = [one.email if isinstance(one, Attendee) else one for one in several]
    addresses = [address for address in found if address]
    if len(addresses) < len(found):
        raise ValueError("An attendee without an e-mail address has no calendar to look at.")
    return addresses
