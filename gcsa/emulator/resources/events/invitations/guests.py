"""Who is invited to an event: on which calendars it has a copy, and for whom it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.organization import is_room

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow


class Guest(NamedTuple):
    """Somebody who is invited and has a calendar here.

    Attributes:
        address: Their address, which is the calendar's id.
        calendar: The calendar that their copy is on: their primary one.
    """

    address: str
    calendar: CalendarRow


class Guests(NamedTuple):
    """Those who are invited to an event.

    Attributes:
        here: Those who have a calendar here, by its key; members of invited groups among them.
        elsewhere: The addresses of the others.
    """

    here: dict[int, Guest]
    elsewhere: list[str]


NOBODY = Guests({}, [])


def is_shared(resource: Resource, calendar: CalendarRow) -> bool:
    """Whether an event travels from a calendar to its guests: it is organised there, and no private copy.

    "This operation is used to add a private copy of an existing event to a calendar", says
    https://developers.google.com/workspace/calendar/api/v3/reference/events/import ; the id of what was imported
    begins with an underscore.
    """
    return (
        resource.get("organizer", {}).get("email") == calendar.id
        and not resource.get("privateCopy")
        and not resource["id"].startswith("_")
    )


def guests_of(store: Store, resource: Resource) -> Guests:
    """Return who is invited to an event, its organizer aside.

    A group stands for everybody in it: each of them has a copy, and answers for themselves.
    https://github.com/googleapis/google-api-ruby-client/issues/881
    """
    if "attendees" not in resource:
        return NOBODY
    organizer = resource["organizer"]["email"]
    addresses = [guest["email"] for guest in resource["attendees"] if guest["email"] != organizer]
    calendars = store.calendars.of_ids(addresses)
    elsewhere = [address for address in addresses if address not in calendars]
    if elsewhere and (groups := store.groups.among(elsewhere)):
        people = [person for group in groups for person in store.groups.people(group)]
        members = [person for person in people if person != organizer]
        calendars = {**store.calendars.of_ids(members), **calendars}
        addresses = list(dict.fromkeys([*elsewhere, *members]))
        elsewhere = [
            address for address in addresses if address not in calendars and address not in groups
        ]
    here = {calendar.key: Guest(calendar.id, calendar) for calendar in calendars.values()}
    return Guests(here, elsewhere)


def rooms_elsewhere(guests: Guests) -> list[str]:
    """Return the addresses of those rooms that have no calendar here yet."""
    return [address for address in guests.elsewhere if is_room(address)]
