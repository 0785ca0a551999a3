"""Focus time, out of office and working location: events that say where somebody is, or what they are doing.

Reference: https://developers.google.com/workspace/calendar/api/guides/calendar-status
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

STATUS_TYPES: Final = frozenset({"focusTime", "outOfOffice", "workingLocation"})
_NAMES: Final = {
    "focusTime": "A focus time event",
    "outOfOffice": "An out of office event",
    "workingLocation": "A working location event",
}
_REASONS: Final = {
    "focusTime": "malformedFocusTimeEvent",
    "outOfOffice": "malformedOutOfOfficeEvent",
    "workingLocation": "malformedWorkingLocationEvent",
}
# "Google Calendar event types that CANNOT have a Meet room or attendees", and that an absence has no description
# either, is what programs found out: https://github.com/macro-inc/macro/pull/6183 among them.
_WITHOUT: Final = {
    "focusTime": ("attendees", "conferenceData"),
    "outOfOffice": ("attendees", "conferenceData", "description", "location", "attachments"),
    "workingLocation": ("attendees", "conferenceData", "attachments"),
}
_DECLINE_MODES: Final = (
    "declineNone",
    "declineAllConflictingInvitations",
    "declineOnlyNewConflictingInvitations",
)
_CHAT_STATUSES: Final = ("available", "doNotDisturb")
_LOCATIONS: Final = ("homeOffice", "officeLocation", "customLocation")
_DAY: Final = timedelta(days=1)


def settle(event: Resource) -> None:
    """Check a status event, and complete it.

    Raises:
        ApiError: It lacks what its type needs, or has what it cannot have.
    """
    kind: str = event["eventType"]
    for name in _WITHOUT[kind]:
        if event.get(name):
            raise _malformed(kind, f"cannot have the property {name}")
    if kind == "workingLocation":
        _settle_location(event)
    else:
        _settle_absence(event)


def _malformed(kind: str, message: str) -> ApiError:
    # The wording is that of "A working location event must have a visibility setting of public.", which
    # https://github.com/GAM-team/GAM/wiki/GamUpdates quotes with its reason.
    return ApiError(400, _REASONS[kind], f"{_NAMES[kind]} {message}.", domain="calendar")


# Focus time, out of office ------------------------------------------------------------------------------


def _settle_absence(event: Resource) -> None:
    kind: str = event["eventType"]
    name = "focusTimeProperties" if kind == "focusTime" else "outOfOfficeProperties"
    properties: Resource | None = event.get(name)
    if properties is None:
        raise _malformed(kind, f"must have the property {name}")
    if event.get("transparency", "opaque") != "opaque":
        raise _malformed(kind, "must have a transparency setting of opaque")
    if "date" in event["start"]:
        # "Focus times cannot be all-day events." "Out of office events cannot be all-day events."
        raise _malformed(kind, "cannot be an all-day event")
    mode = properties.get("autoDeclineMode") or "declineNone"
    if mode not in _DECLINE_MODES:
        raise ApiError.invalid(f"Invalid value for: {mode[:100]} is not a valid value")
    chat_status = properties.get("chatStatus")
    if chat_status and chat_status not in _CHAT_STATUSES:
        raise ApiError.invalid(f"Invalid value for: {chat_status[:100]} is not a valid value")
    event[name] = {**properties, "autoDeclineMode": mode}
    if not event.get("summary"):
        event["summary"] = "Focus time" if kind == "focusTime" else "Out of office"


# Working location ---------------------------------------------------------------------------------------


def _settle_location(event: Resource) -> None:
    kind: str = event["eventType"]
    properties: Resource | None = event.get("workingLocationProperties")
    if properties is None:
        raise _malformed(kind, "must have the property workingLocationProperties")
    where = properties.get("type")
    if not where:
        # "Required when adding working location properties."
        raise _malformed(kind, "must have a type of working location")
    if event.get("visibility") != "public":
        raise _malformed(kind, "must have a visibility setting of public")
    if event.get("transparency") != "transparent":
        raise _malformed(kind, "must have a transparency setting of transparent")
    start, end = event["start"], event["end"]
    if "date" in start and _length(start["date"], end["date"]) != _DAY:
        # "An all-day event […] which spans exactly one day. All-day working location events cannot span multiple days,
        # but timed events can."
        raise ApiError(
            400,
            _REASONS[kind],
            "An all-day working location event must be exactly one day long.",
            domain="calendar",
        )
    # "Any details are specified in a sub-field of the specified name, but this field may be missing if empty. Any other
    # fields are ignored."
    # https://developers.google.com/workspace/calendar/api/v3/reference/events#workingLocationProperties.type
    given: object = properties.get(where)
    details: Resource = {}
    if where != "homeOffice" and isinstance(given, dict):
        details = cast("Resource", given)
    event["workingLocationProperties"] = {"type": where, where: details}
    if not event.get("summary"):
        event["summary"] = _place(where, details)


def _length(start: str, end: str) -> timedelta:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    # A day that ends when it begins is that day.
    return last - first or _DAY


def _place(where: str, details: Resource) -> str:
    """Return what a working location is called that nobody has named."""
    if where == "homeOffice":
        return "Home"
    label: str = details.get("label") or ""
    return label or ("Office" if where == "officeLocation" else "Other location")
