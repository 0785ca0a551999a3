"""The fields of an event: their order in an answer, who sets them, and the values that go without saying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from gcsa.emulator.answer import json_text

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# As in the resource representation of https://developers.google.com/workspace/calendar/api/v3/reference/events
ORDER: Final = (
    "kind",
    "etag",
    "id",
    "status",
    "htmlLink",
    "created",
    "updated",
    "summary",
    "description",
    "location",
    "colorId",
    "eventLabelId",
    "creator",
    "organizer",
    "start",
    "end",
    "endTimeUnspecified",
    "recurrence",
    "recurringEventId",
    "originalStartTime",
    "transparency",
    "visibility",
    "iCalUID",
    "sequence",
    "attendees",
    "attendeesOmitted",
    "extendedProperties",
    "hangoutLink",
    "conferenceData",
    "gadget",
    "anyoneCanAddSelf",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "privateCopy",
    "locked",
    "reminders",
    "source",
    "workingLocationProperties",
    "outOfOfficeProperties",
    "focusTimeProperties",
    "birthdayProperties",
    "attachments",
    "eventType",
)

# What the server decides, whatever a body says; an update keeps what was there.
SERVER_FIELDS: Final = frozenset(
    {
        "kind",
        "etag",
        "id",
        "htmlLink",
        "created",
        "updated",
        "creator",
        "organizer",
        "recurringEventId",
        "originalStartTime",
        "iCalUID",
        "hangoutLink",
        "privateCopy",
        "locked",
        "eventType",
        "birthdayProperties",
        "conferenceData",
    }
)

# Google leaves out a field that has its default.
_DEFAULTS: Final[dict[str, object]] = {
    "endTimeUnspecified": False,
    "transparency": "opaque",
    "visibility": "default",
    "attendeesOmitted": False,
    "anyoneCanAddSelf": False,
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "privateCopy": False,
    "locked": False,
}
_CANCELLED_INSTANCE: Final = frozenset(
    {"kind", "etag", "id", "status", "recurringEventId", "originalStartTime"}
)
# What stays of an event that is no longer on a calendar: "only guaranteed to have the id field populated".
# https://developers.google.com/workspace/calendar/api/v3/reference/events#status
TOMBSTONE: Final = ("kind", "etag", "id", "recurringEventId", "originalStartTime")
# False and 0 say something; null and empty texts, lists and objects do not.
_NEVER_EMPTY: Final = (bool, int)


def ordered(resource: Resource) -> Resource:
    """Return an event's fields in Google's order, without those that go without saying."""
    return {
        name: value
        for name in ORDER
        if name in resource
        and ((value := resource[name]) or value.__class__ in _NEVER_EMPTY)
        and _DEFAULTS.get(name) != value
    }


def event_text(resource: Resource) -> str:
    """Return the JSON text of an event, as it is stored and answered."""
    fields = ordered(resource)
    if "recurringEventId" in fields and fields["status"] == "cancelled":
        # "Cancelled exceptions are only guaranteed to have values for the id, recurringEventId and originalStartTime
        # fields populated."  https://developers.google.com/workspace/calendar/api/v3/reference/events#status
        fields = {name: value for name, value in fields.items() if name in _CANCELLED_INSTANCE}
    return json_text(fields)


def merged(resource: Resource, changes: Resource) -> Resource:
    """Return a resource after a patch: null removes, lists are replaced, objects are merged.

    Reference: https://developers.google.com/workspace/calendar/api/guides/performance#patch
    """
    result = dict(resource)
    for name, value in changes.items():
        if value.__class__ is str:  # most are
            result[name] = value
        elif value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            before = result.get(name)
            result[name] = merged(
                cast("Resource", before) if isinstance(before, dict) else {},
                cast("Resource", value),
            )
        else:
            result[name] = without_nulls(value)
    return result


def without_nulls(value: Any) -> Any:
    """Return a value without its nulls, at any depth: in what is new, null is the same as absent."""
    if isinstance(value, dict):
        return merged({}, cast("Resource", value))
    if value.__class__ is list:
        return [without_nulls(item) for item in value]
    return value
