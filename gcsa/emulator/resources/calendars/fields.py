"""The fields of a calendar: how they are checked, stored and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from gcsa.emulator import ids, times
from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.opening import DEFAULT_CONFERENCE_TYPES, DEFAULT_TIME_ZONE
from gcsa.emulator.organization import is_room
from gcsa.emulator.resources.calendars.labels import check_labels
from gcsa.emulator.resources.calendars.working_hours import check_working_hours

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow

# What a calendar's row keeps, in the order of
# https://developers.google.com/workspace/calendar/api/v3/reference/calendars#resource
STORED: Final = (
    "summary",
    "description",
    "location",
    "timeZone",
    "conferenceProperties",
    "autoAcceptInvitations",
    "labelProperties",
    "workingHours",
)
_EMPTY: Final[tuple[object, ...]] = (None, "", [], {})


def decoded(calendar: CalendarRow) -> Resource:
    """Return the fields that a calendar's row keeps."""
    fields: Resource = msgspec.json.decode(calendar.resource)
    return fields


def answer(store: Store, calendar: CalendarRow) -> Answer:
    """Return the answer that shows a calendar."""
    etag = ids.etag(calendar.version)
    resource: Resource = {
        "kind": "calendar#calendar",
        "etag": etag,
        "id": calendar.id,
        **decoded(calendar),
        **data_owner(store, calendar),
    }
    return Answer(json_text(resource), etag)


def data_owner(store: Store, calendar: CalendarRow) -> Resource:
    """Return the field dataOwner: "Set only for secondary calendars."."""
    owner = None if calendar.is_primary else store.users.by_key(calendar.data_owner)
    return {} if owner is None else {"dataOwner": owner.email}


def completed(fields: Resource, *, calendar_id: str, is_primary: bool) -> Resource:
    """Return a calendar's fields as they are stored: checked, in order, with what is always there.

    Args:
        fields: What is said of the calendar, without nulls.
        calendar_id: Its id.
        is_primary: Whether it is somebody's primary calendar.

    Raises:
        ApiError: There is no summary, or a value that cannot be.
    """
    if not fields.get("summary"):
        raise ApiError.required("Missing title.")
    zone = fields.get("timeZone") or DEFAULT_TIME_ZONE
    if times.zone(zone) is None:
        raise ApiError.invalid(f"Invalid time zone: {zone[:100]}")
    complete = {**fields, "timeZone": zone, "conferenceProperties": _conferences(fields)}
    if not is_room(calendar_id):
        # "Only valid for resource calendars."
        complete.pop("autoAcceptInvitations", None)
    if hours := fields.get("workingHours"):
        if not is_primary:
            # "Only available for primary calendars of Google Workspace users."
            raise ApiError.invalid("Working hours are only available for primary calendars.")
        check_working_hours(hours)
    return {name: value for name in STORED if (value := complete.get(name)) not in _EMPTY}


def with_labels(fields: Resource, new_id: ids.Ids) -> Resource:
    """Return a calendar's fields with its labels checked, each with an id.

    Raises:
        ApiError: A label cannot be.
    """
    properties: Resource = fields.get("labelProperties") or {}
    labels: list[Resource] = properties.get("eventLabels") or []
    if not labels:
        return {name: value for name, value in fields.items() if name != "labelProperties"}
    return {**fields, "labelProperties": {"eventLabels": check_labels(labels, new_id)}}


def _conferences(fields: Resource) -> Resource:
    properties: Resource = fields.get("conferenceProperties") or {}
    allowed: list[str] = properties.get("allowedConferenceSolutionTypes", DEFAULT_CONFERENCE_TYPES)
    return {"allowedConferenceSolutionTypes": list(dict.fromkeys(allowed))}
