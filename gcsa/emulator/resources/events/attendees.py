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
# Google says from how many guests on answers do not travel (200), but not how many there may be; a limit to the work
# that one event can ask for.
_MOST: Final = 1000
# What an answer to an invitation consists of.
RESPONSE: Final = ("responseStatus", "comment", "additionalGuests")
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
        ApiError: An attendee has no address, or something that is none; or there are too many.
    """
    if len(given) > _MOST:
        raise ApiError.invalid(f"Too many attendees. At most {_MOST} are allowed.")
    resources = {attendee["email"]: attendee.get("resource", False) for attendee in before}
    kept: dict[str, Resource] = {}
    for attendee in given:
        email = attendee.get("email")
        if not email:
            raise ApiError.required("Missing attendee email.")
        if not is_address(email):
            raise ApiError.invalid("Invalid attendee email.")
        if (attendee.get("additionalGuests") or 0) < 0:
            raise ApiError.invalid("Invalid number of additional guests.")
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


def only_own_response(
    given: list[Resource], before: list[Resource], calendar_id: str
) -> list[Resource]:
    """Return who was there before, with the answer that is given of the calendar's own entry.

    "When updating an event, this can be used to only update the participant's response."
    https://developers.google.com/workspace/calendar/api/v3/reference/events#attendeesOmitted

    Args:
        given: What the body says.
        before: Who was there before.
        calendar_id: The calendar.
    """
    own = [one for one in given if str(one.get("email", "")).lower() == calendar_id]
    changes: Resource = {name: one[name] for one in own for name in RESPONSE if name in one}
    return [{**one, **changes} if one["email"] == calendar_id else one for one in before]
