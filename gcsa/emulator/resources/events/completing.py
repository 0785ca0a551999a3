"""What an insert, a patch and an update have in common: the fields of a body become those of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.attachments import attachments
from gcsa.emulator.resources.events.attendees import attendees
from gcsa.emulator.resources.events.extended_properties import extended_properties
from gcsa.emulator.resources.events.labels import settle_label
from gcsa.emulator.resources.events.reminders import reminders

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store.calendars import CalendarRow

# The ids of https://developers.google.com/workspace/calendar/api/v3/reference/colors , section event.
_COLORS: Final = frozenset(map(str, range(1, 12)))


def complete(resource: Resource, before: Resource, calendar: CalendarRow) -> None:
    """Check the fields of an event that stand for themselves, and bring them into the form in which they are stored.

    Args:
        resource: The event, changed in place.
        before: The event as it was; empty for a new one.
        calendar: The calendar that it is on.

    Raises:
        ApiError: A field breaks one of its rules.
    """
    if (color := resource.get("colorId")) and color not in _COLORS:
        raise ApiError.invalid("Invalid color ID.")
    settle_label(resource, before, calendar)
    if guests := resource.get("attendees"):
        resource["attendees"] = attendees(
            guests, before.get("attendees", []), resource["organizer"]["email"], calendar.id
        )
    resource["reminders"] = reminders(resource.get("reminders"))
    if properties := resource.get("extendedProperties"):
        resource["extendedProperties"] = extended_properties(properties)
    if files := resource.get("attachments"):
        resource["attachments"] = attachments(files)
    if gadget := resource.get("gadget"):
        _check_gadget(gadget)
    source = resource.get("source")
    if source and not str(source.get("url", "")).lower().startswith(("http://", "https://")):
        # "The URL scheme must be HTTP or HTTPS."
        # https://developers.google.com/workspace/calendar/api/v3/reference/events#source.url
        raise ApiError.invalid("Invalid source URL.")


def _check_gadget(gadget: Resource) -> None:
    """Check a gadget, which nothing shows any more.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events#gadget

    Raises:
        ApiError: A size is not "greater than 0", or an address not one of https.
    """
    for name in ("height", "width"):
        if gadget.get(name) is not None and gadget[name] <= 0:
            raise ApiError.invalid(f"Invalid gadget {name}.")
    for name in ("iconLink", "link"):
        if gadget.get(name) and not str(gadget[name]).lower().startswith("https://"):
            raise ApiError.invalid(f"Invalid gadget {name}.")
