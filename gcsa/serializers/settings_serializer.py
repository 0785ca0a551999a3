"""Settings to and from JSON."""

from __future__ import annotations

import re
from typing import Any, cast

from gcsa.serializers._layout import Default, Layout, keys_of
from gcsa.serializers.base_serializer import BaseSerializer
from gcsa.settings import Setting, Settings

# What a listing says about itself; it is read-only, and not a setting.
# https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
READ_ONLY = frozenset({"kind", "etag", "nextPageToken", "nextSyncToken"})

# https://developers.google.com/workspace/calendar/api/v3/reference/settings, with the defaults:
# a setting that has its default "might not be returned".
_PARTS = {
    "autoAddHangouts": Default("auto_add_hangouts", False),
    "dateFieldOrder": Default("date_field_order", "MDY"),
    "defaultEventLength": Default("default_event_length", 60),
    "format24HourTime": Default("format24_hour_time", False),
    "hideInvitations": Default("hide_invitations", False),
    "hideWeekends": Default("hide_weekends", False),
    "locale": Default("locale", "en"),
    "remindOnRespondedEventsOnly": Default("remind_on_responded_events_only", False),
    "showDeclinedEvents": Default("show_declined_events", True),
    "timezone": Default("timezone", "Etc/GMT"),
    "useKeyboardShortcuts": Default("use_keyboard_shortcuts", True),
    "weekStart": Default("week_start", 0),
}

_LAYOUT = Layout(Settings, _PARTS)

IDS = {part.attribute: id_ for id_, part in _PARTS.items()}
"""Google's ids of the settings, by the names of the attributes of `Settings`."""

_FLAGS = {"true": True, "false": False}
_NUMBER = re.compile(r"[0-9]{1,9}")


class SettingsSerializer(BaseSerializer[Settings]):
    """Turns `Settings` into JSON, a value for each setting's id, and back.

    Google's own listing, `{"items": [{"id": "weekStart", "value": "1"}, …]}`, is read as well. The
    values may be texts, as Google sends them, and are written as what they are: true, 60, "MDY".

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings
    """

    type_ = Settings

    def __init__(self, settings: Settings | dict[str, Any] | str) -> None:
        super().__init__(settings)

    @classmethod
    def write(cls, obj: Settings) -> dict[str, Any]:
        """Return the value of each setting, by its id."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Settings:
        """Return the settings; what is none of them, or has an odd value, is in their `other`."""
        values = _by_id(resource)
        return _LAYOUT.read({id_: _typed(id_, value) for id_, value in values.items()})


class SettingSerializer(BaseSerializer[Setting]):
    """Turns a `Setting` into the JSON of a single setting and back; its value has its own type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings
    """

    type_ = Setting

    def __init__(self, setting: Setting | dict[str, Any] | str) -> None:
        super().__init__(setting)

    @classmethod
    def write(cls, obj: Setting) -> dict[str, Any]:
        """Return the setting's JSON, its value as a text like Google's."""
        written = {"id": obj.setting_id, "value": _as_text(obj.value)}
        return {key: value for key, value in written.items() if value is not None} | obj.other

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Setting:
        """Return the setting, whatever the values are; what has an odd form is in its `other`."""
        other = dict(resource)
        id_: object = other.pop("id") if isinstance(other.get("id"), str) else None
        value: object = None
        if isinstance(other.get("value"), (str, bool, int)):
            value = other.pop("value")
            value = _typed(id_, value) if isinstance(id_, str) else value
        return Setting(cast("str | None", id_), cast("bool | int | str | None", value), other=other)


def _as_text(value: bool | int | str | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _by_id(resource: dict[str, Any]) -> dict[str, Any]:
    items: object = resource.get("items")
    if not isinstance(items, list):
        return resource
    values = {key: value for key, value in resource.items() if key not in READ_ONLY | {"items"}}
    odd: list[object] = []
    for item in cast("list[object]", items):
        setting = keys_of(item)
        id_: object = setting.get("id")
        if isinstance(id_, str) and "value" in setting:
            values[id_] = setting["value"]
        else:
            odd.append(item)
    if odd:
        values["items"] = odd
    return values


def _typed(id_: str, value: Any) -> Any:
    part = _PARTS.get(id_)
    if part is None or not isinstance(value, str):
        return value
    if part.json_type is bool:
        return _FLAGS.get(value, value)
    if part.json_type is int and _NUMBER.fullmatch(value):
        return int(value)
    return value
