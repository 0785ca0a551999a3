"""How an event looks to who asks: how much of it, in which zone, and with how many attendees."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gcsa.emulator import times
from gcsa.emulator.answer import json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import privacy
from gcsa.emulator.resources.events.own_reminders import own_reminders
from gcsa.emulator.resources.events.schedule import shown_in_zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from gcsa.emulator.access import Access
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.own_reminders import OwnReminders

_decode = msgspec.json.Decoder().decode


class View(NamedTuple):
    """What makes an answer differ from the stored text.

    Attributes:
        zone: The zone of the answer's times; None for the calendar's, which is that of the stored text.
        max_attendees: With more attendees than this, only the one whose calendar it is is shown.
        role: The role of who asks on the calendar.
        email: Their address.
        own_reminders: Their own reminders, where the events have those of another user.
    """

    zone: tzinfo | None = None
    max_attendees: int | None = None
    role: str = "owner"
    email: str = ""
    own_reminders: OwnReminders | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the stored text is the answer."""
        return (
            self.zone is None
            and self.max_attendees is None
            and self.own_reminders is None
            and self.sees_everything
        )

    @property
    def sees_everything(self) -> bool:
        """Whether all of every event is shown."""
        return privacy.sees_everything(self.role)

    def hides(self, resource: Resource) -> bool:
        """Whether an event is not to be seen at all."""
        return privacy.sight(resource, self.role, self.email) is privacy.Sight.NOTHING

    def seen(self, resource: Resource) -> Resource:
        """Return an event with the details that may be seen."""
        if self.sees_everything:
            return resource
        return privacy.seen(resource, self.role, self.email)

    def text(self, stored: str) -> str:
        """Return the text that answers for a stored event."""
        return self.texts()(stored)

    def texts(self) -> Callable[[str], str]:
        """Return what makes the text that answers for a stored event, where there are many."""
        return self._plain_text if self.is_plain else self._other_text

    def _plain_text(self, stored: str) -> str:
        return self._other_text(stored) if '"source":' in stored else stored

    def _other_text(self, stored: str) -> str:
        return json_text(self.in_zone(self.of(_decode(stored))))

    def of(self, resource: Resource) -> Resource:
        """Return an event with the details and the attendees that are shown."""
        resource = self.seen(resource)
        if "source" in resource and resource["creator"]["email"] != self.email:
            # "Can only be seen or modified by the creator of the event."
            # https://developers.google.com/workspace/calendar/api/v3/reference/events#source
            resource = {name: value for name, value in resource.items() if name != "source"}
        if self.own_reminders is not None and "reminders" in resource:
            resource = {**resource, "reminders": self.own_reminders.of(resource)}
        attendees = resource.get("attendees", [])
        if self.max_attendees is None or len(attendees) <= self.max_attendees:
            return resource
        return {
            **resource,
            "attendees": [attendee for attendee in attendees if attendee.get("self")],
            "attendeesOmitted": True,
        }

    def in_zone(self, resource: Resource) -> Resource:
        """Return an event with its times in the answer's zone."""
        if self.zone is None:
            return resource
        zone = self.zone
        shown: Resource = {
            name: shown_in_zone(resource[name], zone)
            for name in ("start", "end", "originalStartTime")
            if name in resource
        }
        return {**resource, **shown}


def view_of(call: Call, access: Access) -> View:
    """Return how the caller wants to see events.

    Raises:
        ApiError: The parameter timeZone names no zone.
    """
    view = View(
        None,
        call.parameters.integer("maxAttendees"),
        access.role,
        call.user.email,
        own_reminders(call, access.calendar),
    )
    name = call.parameters.text("timeZone")
    if not name or name == access.calendar.time_zone:
        return view
    zone = times.zone(name)
    if zone is None:
        raise ApiError.invalid(f"Invalid time zone: {name[:100]}", location="timeZone")
    return view._replace(zone=zone)
