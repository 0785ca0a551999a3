"""The attendees of an event, as its body gives them and as Google answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.auth import is_address
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

_ORDER: Final = (
    "id",
    "email",
    "displayName",
    "organizer",
    "self",
    "resource",
    "optional",
    "responseStatus",
    "comment",
    "additionalGuests",
)
_DEFAULTS: Final[tuple[object, ...]] = (None, False, 0, "")


def attendees(
    given: list[Resource], before: list[Resource], organizer: str, calendar_id: str
) -> list[Resource]:
    """Return the attendees as they are stored.

    Args:
        given: What the body says.
        before: Who was there before: whether somebody is a resource never changes.
        organizer: The organizer's address.
        calendar_id: The calendar that this copy of the event is on.

    Raises:
        ApiError: An attendee has no address, or something that is none.
    """
    resources = {attendee["email"]: attendee.get("resource", False) for attendee in before}
    kept: dict[str, Resource] = {}
    for attendee in given:
        email = attendee.get("email")
        if not email:
            raise ApiError.required("Missing attendee email.")
        if not is_address(email):
            raise ApiError.invalid("Invalid attendee email.")
        address = email.lower()
        complete = {
            **attendee,
            "email": address,
            "organizer": address == organizer,
            "self": address == calendar_id,
            "resource": resources.get(address, attendee.get("resource", False)),
            "responseStatus": attendee.get("responseStatus") or "needsAction",
        }
        kept[address] = {
            name: value for name in _ORDER if (value := complete.get(name)) not in _DEFAULTS
        }
    return list(kept.values())


def only_responses(given: list[Resource], before: list[Resource]) -> list[Resource]:
    """Return who was there before, with what is given of some of them: what attendeesOmitted means in an update."""
    changes = {str(attendee.get("email", "")).lower(): attendee for attendee in given}
    return [{**attendee, **changes.get(attendee["email"], {})} for attendee in before]
