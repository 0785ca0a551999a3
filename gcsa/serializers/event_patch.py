"""The body of a patch: only what is to change of an event.

Google merges it into what it has: a key that is left out stays, null clears, an object is merged,
a list is replaced.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/patch
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime
from typing import Any

from gcsa.event import Event, check_reminders
from gcsa.event_properties import PROPERTIES, Writable
from gcsa.event_time import check_same_kind, is_naive, write_time
from gcsa.recurrence.zones import local_zone_name
from gcsa.serializers.event_keys import KEYS

_POPUP = "minutes_before_popup_reminder"
_EMAIL = "minutes_before_email_reminder"

_TIMES = {"start", "end", "timezone", "end_timezone"}
_REMINDERS = {"reminders", "default_reminders", _POPUP, _EMAIL}

# The arguments that are a key of their own. An event keeps its id and its series.
_SINGLE = {
    attribute: key
    for key in KEYS.values()
    if len(key.attributes) == 1
    for attribute in key.attributes - {"event_id", "recurring_event_id"}
}
_SINGLE["conference_data"] = KEYS["conferenceData"]

_PROPERTIES = {name: item for name, item in PROPERTIES.items() if isinstance(item, Writable)}

_CHANGEABLE = _TIMES | _REMINDERS | _SINGLE.keys() | _PROPERTIES.keys()


def write_changes(draft: Event, changes: Mapping[str, Any], event: Event | None) -> dict[str, Any]:
    """Return the body of a patch.

    Args:
        draft: An event that has nothing yet.
        changes: New values by the names of `Event`'s arguments and properties; None clears.
        event: The event that is changed, as far as it is known.

    Raises:
        ValueError: Nothing is named, or a value is out of its limits.
        TypeError: A name is none of those, or a value is of the wrong type.
    """
    if not changes:
        raise ValueError("Name at least one thing to change, such as summary='Lunch'.")
    if unknown := sorted(changes.keys() - _CHANGEABLE):
        raise TypeError(f"{', '.join(unknown)} cannot be changed: an event has no such argument.")
    if event is not None:
        _copy_times(event, draft)
    _fill(draft, changes)

    body: dict[str, Any] = {}
    for name, value in changes.items():
        if name in _SINGLE:
            key = _SINGLE[name]
            body[key.name] = None if value is None else key.write(draft)
        elif name in _PROPERTIES:
            key_name = _PROPERTIES[name].key
            body[key_name] = draft.other.get(key_name)
    if not _TIMES.isdisjoint(changes):
        body |= _change_of_times(draft, changes.keys())
    if not _REMINDERS.isdisjoint(changes):
        body["reminders"] = _change_of_reminders(draft, changes.keys())
    return body


def _copy_times(event: Event, draft: Event) -> None:
    draft.timezone = event.timezone
    draft.end_timezone = event.end_timezone
    draft.start = event.start
    draft.end = event.end


def _fill(draft: Event, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name == _POPUP and value is not None:
            draft.add_popup_reminder(value)
        elif name == _EMAIL and value is not None:
            draft.add_email_reminder(value)
        elif value is not None or name in _TIMES:
            setattr(draft, name, value)
    end_needs_zone = is_naive(draft.end) and draft.end_timezone is None
    if draft.timezone is None and (is_naive(draft.start) or end_needs_zone):
        draft.timezone = local_zone_name()
    check_same_kind(draft.start, draft.end)
    check_reminders(draft.reminders, draft.default_reminders)


def _change_of_times(draft: Event, named: Set[str]) -> dict[str, Any]:
    start = _change_of_time(draft.start, draft.timezone, "start" in named, "timezone" in named)
    end = _change_of_time(
        draft.end,
        draft.end_timezone or draft.timezone,
        "end" in named,
        "timezone" in named or "end_timezone" in named,
    )
    return {name: time for name, time in (("start", start), ("end", end)) if time != {}}


def _change_of_time(
    value: date | datetime | None, zone: str | None, is_new: bool, is_in_new_zone: bool
) -> dict[str, Any] | None:
    change: dict[str, Any] = {}
    if is_new:
        written = write_time(value, zone)
        if written is None:
            return None
        # A date and a time do not go together, and the event may have had the other one.
        change = {"date": None, "dateTime": None} | written
    if is_in_new_zone:
        change["timeZone"] = zone
    return change


def _change_of_reminders(draft: Event, named: Set[str]) -> dict[str, Any]:
    change: dict[str, Any] = KEYS["reminders"].write(draft)
    if draft.default_reminders or not named <= {"default_reminders"}:
        change.setdefault("overrides", None)
    return change
