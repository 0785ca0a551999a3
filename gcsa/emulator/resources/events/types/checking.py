"""What an event may have, by its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.types import birthdays, from_gmail, status_events

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow

PROPERTIES: Final = {
    "birthday": "birthdayProperties",
    "focusTime": "focusTimeProperties",
    "outOfOffice": "outOfOfficeProperties",
    "workingLocation": "workingLocationProperties",
}
_PROPERTY_NAMES: Final = frozenset(PROPERTIES.values())
_NOT_A_CHANGE: Final = frozenset({"etag", "updated"})


def check_creatable(body: Resource) -> None:
    """Check that an event is of a type that a call can create, and not only Google itself.

    Args:
        body: The event as it was sent.

    Raises:
        ApiError: It comes from a mail, or from a contact.
    """
    if body.get("eventType") == "fromGmail":
        # "This type of event cannot be created."
        # https://developers.google.com/workspace/calendar/api/v3/reference/events#eventType
        raise ApiError.invalid("Invalid event type.")
    if body.get("eventType") == "birthday":
        birthdays.check_own(body)


def check_not_batched(call: Call, event: Resource) -> None:
    """Check that an event may be written by this call, if it is one of a batch.

    Raises:
        ApiError: 400 `eventTypeRestriction`, it is a working location. The reason and the words are ours.
    """
    if call.is_batched and event["eventType"] == "workingLocation":
        # "Creating and updating working location events through the batch endpoints isn't supported."
        # https://developers.google.com/workspace/calendar/api/guides/calendar-status#create_working_location
        raise ApiError.event_type_restriction(
            "Working location events cannot be created or updated in a batch."
        )


def settle_type(event: Resource, before: Resource, calendar: CalendarRow) -> None:
    """Check that an event is what its type says, and complete what goes without saying for it.

    Args:
        event: The event, changed in place; its start and end are in the form in which they are stored.
        before: The event as it was; empty for a new one.
        calendar: The calendar that it is on.

    Raises:
        ApiError: It has what events of its type cannot have, or lacks what they need.
    """
    kind: str = event["eventType"]
    if kind == "default" and _PROPERTY_NAMES.isdisjoint(event):
        return
    for owner, name in PROPERTIES.items():
        if owner != kind and event.get(name) is not None:
            # https://github.com/dust-tt/dust/pull/25311 quotes the message.
            raise ApiError.event_type_restriction(f"{name} requires an event type of {owner}")
    if kind == "default":
        return
    if not calendar.is_primary:
        # "These features are only available on primary calendars".
        # https://developers.google.com/workspace/calendar/api/guides/calendar-status
        raise ApiError.event_type_restriction(
            f"Events of type {kind} can only be on a primary calendar."
        )
    if kind == "birthday":
        birthdays.settle(event, changed(event, before), is_new=not before)
    elif kind == "fromGmail":
        from_gmail.check(changed(event, before), is_new=not before)
    else:
        status_events.settle(event)


def changed(event: Resource, before: Resource) -> frozenset[str]:
    """Return the names of the fields in which an event differs from before."""
    left, right = ordered(event), ordered(before)
    names = (left.keys() | right.keys()) - _NOT_A_CHANGE
    return frozenset(name for name in names if left.get(name) != right.get(name))
