"""Waiting for a conference: Google makes them asynchronously.

Reference: https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
"""

from __future__ import annotations

from gcsa.conference import ConferenceSolutionCreateRequest
from gcsa.event import Event
from gcsa.operations.arguments import identity
from gcsa.operations.events import Events
from gcsa.operations.method import procedure
from gcsa.operations.procedure import Procedure, ask, pause, read_time
from gcsa.operations.runner import Caller

# Seconds between two looks: few at first, because most conferences are made at once.
FIRST_POLL = 0.25
LONGEST_POLL = 5.0


class Conferences(Caller):
    """The method on conferences, of both clients."""

    @procedure
    def wait_for_conference(
        self,
        /,
        event: Event | str,
        timeout: float = 60,
        calendar_id: str | None = None,
    ) -> Procedure[Event]:
        """Wait until the conference that was asked for is made, and return the event with it.

        Its `conference_solution.status` then says `'success'`, or `'failure'`.

        Args:
            event: The event, or its id.
            timeout: Seconds to wait at the most.
            calendar_id: The calendar; the default one if None.

        Raises:
            ValueError: The event has neither a conference nor a request for one.
            TimeoutError: The request is still pending at the end of that time.

        Reference: https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
        """
        event_id = identity(event, Event, "event")
        began = yield from read_time()
        interval = FIRST_POLL
        while True:
            current = yield from ask(Events.get_event.of(self, event_id, calendar_id))
            conference = current.conference_solution
            if conference is None:
                raise ValueError(
                    f"The event {event_id!r} has no conference and no request for one: "
                    "there is nothing to wait for."
                )
            if (
                not isinstance(conference, ConferenceSolutionCreateRequest)
                or conference.status == "failure"
            ):
                return current
            left = timeout - ((yield from read_time()) - began)
            if left <= 0:
                raise TimeoutError(
                    f"The conference of {event_id!r} is still pending after {timeout:g} s."
                )
            yield from pause(min(interval, left))
            interval = min(interval * 2, LONGEST_POLL)
