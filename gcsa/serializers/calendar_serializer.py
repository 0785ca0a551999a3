"""Calendars and the entries of the list of calendars, to and from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.serializers._layout import (
    ABSENT,
    Attributes,
    Converted,
    Default,
    Group,
    Items,
    Layout,
    OnlyTrue,
    Texts,
    Value,
    keys_of,
)
from gcsa.serializers.base_serializer import BaseSerializer, copy_json
from gcsa.serializers.reminder_serializer import ReminderSerializer


class _Notifications(Converted):
    """What the user is notified of: a list of texts here, a list of objects at Google."""

    json_type = list

    def to_attribute(self, value: Any) -> list[str]:
        return list(_by_type(value))

    def to_json(self, attribute: Any) -> Any:
        # E-mail is the only method there is, "notificationSettings.notifications[].method" in
        # https://developers.google.com/workspace/calendar/api/v3/reference/calendarList.
        return [{"type": type_, "method": "email"} for type_ in attribute]

    def write(self, attributes: Attributes, kept: Any) -> object:
        written = super().write(attributes, kept)
        if written is kept or written is ABSENT or type(kept) is not list:
            return written
        came = _by_type(cast("list[object]", kept))
        return [came.get(new["type"], new) for new in cast("list[dict[str, Any]]", written)]


def _by_type(notifications: list[object]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for notification in notifications:
        type_: object = keys_of(notification).get("type")
        if isinstance(type_, str):
            found.setdefault(type_, keys_of(notification))
    return found


_CALENDAR_PARTS = {
    "id": Value("calendar_id"),
    "summary": Value("summary"),
    "description": Value("description"),
    "location": Value("location"),
    "timeZone": Value("timezone"),
    "conferenceProperties": Group(
        {"allowedConferenceSolutionTypes": Texts("allowed_conference_solution_types")}
    ),
}

_CALENDAR = Layout(Calendar, _CALENDAR_PARTS)

_ENTRY = Layout(
    CalendarListEntry,
    {
        **_CALENDAR_PARTS,
        "summaryOverride": Value("summary_override"),
        "colorId": Value("color_id"),
        "backgroundColor": Value("background_color"),
        "foregroundColor": Value("foreground_color"),
        "hidden": Default("hidden", False),
        "selected": Default("selected", False),
        "defaultReminders": Items("default_reminders", ReminderSerializer, or_none=True),
        "notificationSettings": Group({"notifications": _Notifications("notification_types")}),
        "accessRole": Value("access_role"),
        "primary": OnlyTrue("primary"),
        "deleted": OnlyTrue("deleted"),
    },
)


# What of them may be changed. color_id is set first, because that takes the two colors away.
_CHANGEABLE = (
    "summary",
    "description",
    "location",
    "timezone",
    "allowed_conference_solution_types",
)
_CHANGEABLE_HERE = (
    *("summary_override", "color_id", "background_color", "foreground_color", "hidden", "selected"),
    *("default_reminders", "notification_types"),
)


class CalendarSerializer(BaseSerializer[Calendar]):
    """Turns a `Calendar` into the JSON of a calendar and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars
    """

    type_ = Calendar

    def __init__(self, calendar: Calendar | dict[str, Any] | str) -> None:
        super().__init__(calendar)

    @classmethod
    def write(cls, obj: Calendar) -> dict[str, Any]:
        """Return the calendar's JSON; None is left out."""
        return _CALENDAR.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Calendar:
        """Return the calendar, whatever the values are."""
        return _CALENDAR.read(resource)

    @classmethod
    def changes_to_json(cls, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of a patch that changes only what is named, by `Calendar`'s arguments.

        Raises:
            ValueError: Nothing is named.
            TypeError: A name is none of those, or a value is of the wrong type.
        """
        return copy_json(_CALENDAR.write_changes(changes, _CHANGEABLE))


class CalendarListEntrySerializer(BaseSerializer[CalendarListEntry]):
    """Turns a `CalendarListEntry` into the JSON of an entry of the list of calendars and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList
    """

    type_ = CalendarListEntry

    def __init__(self, calendar_list_entry: CalendarListEntry | dict[str, Any] | str) -> None:
        super().__init__(calendar_list_entry)

    @classmethod
    def write(cls, obj: CalendarListEntry) -> dict[str, Any]:
        """Return the entry's JSON; None is left out, `hidden` and `selected` are always there."""
        return _ENTRY.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> CalendarListEntry:
        """Return the entry, whatever the values are."""
        return _ENTRY.read(resource)

    @classmethod
    def changes_to_json(cls, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of a patch that changes only what is named, by the entry's arguments.

        Raises:
            ValueError: Nothing is named.
            TypeError: A name is none of those, or a value is of the wrong type.
        """
        return copy_json(_ENTRY.write_changes(changes, _CHANGEABLE_HERE))
