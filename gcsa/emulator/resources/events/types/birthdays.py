"""Birthdays: whole days that come back each year.

Reference: https://developers.google.com/workspace/calendar/api/guides/event-types#birthday
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

_DAY: Final = timedelta(days=1)
_YEARLY: Final = "RRULE:FREQ=YEARLY"
# "Birthday events falling on 29th of February must have the following recurrence rule".
_LEAP_DAY: Final = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
# What every event has, and what a birthday may have besides: "Can have a colorId, summary and reminders. Can have
# birthdayProperties. […] Cannot have any other event properties."
_HAS: Final = frozenset(
    {
        "kind",
        "id",
        "status",
        "htmlLink",
        "created",
        "creator",
        "organizer",
        "iCalUID",
        "sequence",
        "eventType",
        "start",
        "end",
        "recurrence",
        "visibility",
        "transparency",
        "birthdayProperties",
        "summary",
        "colorId",
        "eventLabelId",
        "reminders",
    }
)
# "The API allows updating the colorId, summary and reminders of birthday events […]. start and end fields can also be
# updated to change the event date. In this case, the new values need to define an all-day event which spans exactly one
# day. Timing details of a birthday event cannot be updated if the event is linked to a contact, or its type is 'self'."
_CHANGEABLE: Final = frozenset({"colorId", "eventLabelId", "summary", "reminders", "sequence"})
_DATE: Final = frozenset({"start", "end"})


def check_own(event: Resource) -> None:
    """Check that a new birthday does not claim to be that of a contact, whose birthdays only Google makes.

    Raises:
        ApiError: 400 `eventTypeRestriction`, it names a contact.
    """
    properties: Resource = event.get("birthdayProperties") or {}
    for name in ("contact", "customTypeName"):
        if properties.get(name):
            # "If specified, type must be 'birthday', and both customTypeName and contact must be empty."
            raise ApiError.event_type_restriction(
                f"A birthday event cannot be created with the property {name}."
            )


def settle(event: Resource, changes: frozenset[str], *, is_new: bool) -> None:
    """Check a birthday, and complete it.

    Args:
        event: The event, changed in place.
        changes: The fields that differ from before; of a new one, all that it has.
        is_new: Whether it is new.

    Raises:
        ApiError: 400 `eventTypeRestriction`, it has what birthdays cannot have, or changes what stays.
    """
    properties: Resource = event.get("birthdayProperties") or {}
    kind = properties.get("type") or "birthday"
    if event["status"] == "cancelled":
        return
    if is_new:
        _check_new(event, changes, properties, kind)
        event["birthdayProperties"] = {**properties, "type": kind}
        if not event.get("summary"):
            event["summary"] = "Happy birthday!"
        return
    changeable = _CHANGEABLE | {"status"}
    is_linked = kind == "self" or "contact" in properties
    if not is_linked and "recurringEventId" not in event:
        changeable |= _DATE
    for name in sorted(changes - changeable):
        raise ApiError.event_type_restriction(
            f"The property {name} of a birthday event cannot be changed."
        )
    if changes & _DATE:
        event["recurrence"] = [_check_day(event)]


def _check_new(event: Resource, given: frozenset[str], properties: Resource, kind: str) -> None:
    for name in sorted(given - _HAS):
        raise ApiError.event_type_restriction(f"A birthday event cannot have the property {name}.")
    if kind != "birthday" and "contact" not in properties:
        # The others come from contacts, which only a seed can name.
        raise ApiError.event_type_restriction(
            "Only birthday events of the type birthday can be created."
        )
    if event.get("visibility") != "private":
        raise ApiError.event_type_restriction(
            "A birthday event must have a visibility setting of private."
        )
    if event.get("transparency") != "transparent":
        raise ApiError.event_type_restriction(
            "A birthday event must have a transparency setting of transparent."
        )
    rule = _check_day(event)
    if event.get("recurrence") != [rule]:
        raise ApiError.event_type_restriction(
            f"A birthday event of this day must have the recurrence {rule}."
        )


def _check_day(event: Resource) -> str:
    """Return the recurrence of a birthday, which has to be one day."""
    start, end = event["start"].get("date"), event["end"].get("date")
    if start is not None and end is not None:
        day = date.fromisoformat(start)
        if date.fromisoformat(end) - day == _DAY:
            return _LEAP_DAY if (day.month, day.day) == (2, 29) else _YEARLY
    raise ApiError.event_type_restriction(
        "A birthday event must be an all-day event that is exactly one day long."
    )
