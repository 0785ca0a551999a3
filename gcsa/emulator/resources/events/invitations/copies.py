"""What a guest's copy of an event looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator import ids, times
from gcsa.emulator.resources.events.attendees import attendees
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.schedule import (
    Placement,
    read_moment,
    schedule,
    shown_in_zone,
)
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store.calendars import CalendarRow

# What is a copy's own, and what it has for as long as its owner has not said anything else.
PRIVATE: Final = frozenset({"reminders", "colorId", "eventLabelId"})
FOLLOWING: Final[dict[str, str]] = {"transparency": "opaque", "visibility": "default"}
# "Can only be seen or modified by the creator of the event."
# https://developers.google.com/workspace/calendar/api/v3/reference/events#source
_CREATORS: Final = "source"
_NOT_COPIED: Final = PRIVATE | {
    *FOLLOWING,
    _CREATORS,
    "etag",
    "updated",
    "attendees",
    "attendeesOmitted",
    "extendedProperties",
}
# "if more than 200 guests are invited to the event, response status is not propagated to the guests"
# https://developers.google.com/workspace/calendar/api/v3/reference/events#attendees.responseStatus
_MOST_WITH_RESPONSES: Final = 200


class Copy(NamedTuple):
    """A guest's copy of an event.

    Attributes:
        resource: Its fields, without etag and updated.
        placement: Where it is found.
    """

    resource: Resource
    placement: Placement


def copy_of(event: Resource, guest: CalendarRow, own: Resource, event_before: Resource) -> Copy:
    """Return the copy of an event on a guest's calendar.

    Args:
        event: The organizer's event.
        guest: The guest's calendar.
        own: The copy as its owner has it; empty for a new one.
        event_before: The organizer's event as it was when that copy was made; empty for a new one.
    """
    copy = {name: value for name, value in event.items() if name not in _NOT_COPIED}
    copy["htmlLink"] = ids.html_link(event["id"], guest.id)
    for role in ("creator", "organizer"):
        copy[role] = _person(event[role], guest)
    for name in PRIVATE:
        if name in own:
            copy[name] = own[name]
    copy.setdefault("reminders", {"useDefault": True})
    for name, default in FOLLOWING.items():
        said, followed = own.get(name, default), event_before.get(name, default)
        copy[name] = said if own and said != followed else event.get(name, default)
    if _CREATORS in event and event["creator"]["email"] == guest.id:
        copy[_CREATORS] = event[_CREATORS]
    copy["extendedProperties"] = {
        "private": own.get("extendedProperties", {}).get("private", {}),
        "shared": event.get("extendedProperties", {}).get("shared", {}),
    }
    copy["attendees"] = _attendees(event, guest, own)
    if event.get("guestsCanSeeOtherGuests") is False:
        copy["attendees"] = [one for one in copy["attendees"] if one.get("self")]
        copy["attendeesOmitted"] = True
    placement = _placed(copy, guest)
    return Copy(_as_stored(copy), placement)


def _person(given: Resource, guest: CalendarRow) -> Resource:
    person = {name: value for name, value in given.items() if name != "self"}
    return {**person, "self": True} if person["email"] == guest.id else person


def _attendees(event: Resource, guest: CalendarRow, own: Resource) -> list[Resource]:
    listed: list[Resource] = event["attendees"]
    if len(listed) > _MOST_WITH_RESPONSES:
        listed = [
            one if one["email"] == guest.id else {**one, "responseStatus": "needsAction"}
            for one in listed
        ]
    if not any(one["email"] == guest.id for one in listed):
        # A member of a group is not on the organizer's list before they have answered.
        # https://github.com/kewisch/gdata-provider/issues/8
        said = [one for one in own.get("attendees", []) if one["email"] == guest.id]
        listed = [*listed, *(said or [{"email": guest.id}])]
    return attendees(listed, [], event["organizer"]["email"], guest.id)


def _placed(copy: Resource, guest: CalendarRow) -> Placement:
    placement = schedule(copy, guest.time_zone)
    original: Resource | None = copy.get("originalStartTime")
    if original is None:
        return placement
    copy["originalStartTime"] = shown_in_zone(original, times.known_zone(guest.time_zone))
    at = read_moment(original, "start", guest.time_zone).at
    return placement._replace(
        kind=Kind.EXCEPTION, series=copy["recurringEventId"], original_start=at
    )


def _as_stored(copy: Resource) -> Resource:
    properties: Resource = copy["extendedProperties"]
    copy["extendedProperties"] = {name: value for name, value in properties.items() if value}
    return ordered(copy)
