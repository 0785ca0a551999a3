"""What of an event somebody may see, and who may change it, by their role on the calendar.

The table of https://www.connect.ucsb.edu/training-support/learning-about-google-workspace/connect-user-guides/google-workspace-calendar-5
says how each visibility looks to each role, for events that make busy and for others.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.fields import TOMBSTONE, ordered

if TYPE_CHECKING:
    from gcsa.emulator.access import Access
    from gcsa.emulator.bodies import Resource

# These see all of every event; the others see no details of what is private.
_SEE_EVERYTHING: Final = frozenset({"writer", "owner"})
_PRIVATE: Final = frozenset({"private", "confidential"})
# What https://github.com/google/googleapis.dart/issues/151 shows of an event whose details are hidden, and what says
# when a series repeats and which of its instances this is.
_BUSY_FIELDS: Final = (
    "kind",
    "etag",
    "id",
    "status",
    "htmlLink",
    "updated",
    "start",
    "end",
    "endTimeUnspecified",
    "recurrence",
    "recurringEventId",
    "originalStartTime",
    "iCalUID",
)


class Sight(Enum):
    """How much of an event somebody sees."""

    EVERYTHING = auto()
    BUSY = auto()
    NOTHING = auto()


def sees_everything(role: str) -> bool:
    """Whether a role shows all of every event."""
    return role in _SEE_EVERYTHING


def sight(resource: Resource, role: str, email: str) -> Sight:
    """Return how much of an event a user of this role sees.

    Args:
        resource: The event.
        role: The user's role on the calendar.
        email: The user's address.
    """
    visibility = resource.get("visibility")
    if (
        role in _SEE_EVERYTHING
        or visibility == "public"
        or (role != "freeBusyReader" and visibility not in _PRIVATE)
        # "private - The event is private and only event attendees may view event details."
        # https://developers.google.com/workspace/calendar/api/v3/reference/events#visibility
        or any(attendee.get("email") == email for attendee in resource.get("attendees", ()))
    ):
        return Sight.EVERYTHING
    if resource.get("transparency") == "transparent":
        return Sight.NOTHING
    return Sight.BUSY


def seen(resource: Resource, role: str, email: str) -> Resource:
    """Return what a user of this role sees of an event.

    An event that is not to be seen looks as if it had been deleted, so that whoever knew it forgets it.

    Args:
        resource: The event.
        role: The user's role on the calendar.
        email: The user's address.
    """
    match sight(resource, role, email):
        case Sight.EVERYTHING:
            return resource
        case Sight.BUSY:
            shown: Resource = {name: resource[name] for name in _BUSY_FIELDS if name in resource}
            if "start" not in shown:  # a cancelled instance
                return ordered(shown)
            # What type of event it is, is a detail too.
            return ordered({**shown, "visibility": "private", "eventType": "default"})
        case Sight.NOTHING:
            kept: Resource = {name: resource[name] for name in TOMBSTONE if name in resource}
            return ordered({**kept, "status": "cancelled"})


def check_changeable(access: Access, resource: Resource) -> None:
    """Check that an event may be changed by somebody who may change events.

    Raises:
        ApiError: 403, the event is private: "The user can't modify private events", says
            https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list of the role
            writerWithoutPrivateAccess.
    """
    if access.role not in _SEE_EVERYTHING and resource.get("visibility") in _PRIVATE:
        raise ApiError.access_level_required("writer")
