"""Settings, as Google sends them: every value a text."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.serializers.settings_serializer import SettingSerializer, SettingsSerializer
from gcsa.settings import Setting, Settings

TYPED = {
    "autoAddHangouts": True,
    "dateFieldOrder": "DMY",
    "defaultEventLength": 45,
    "format24HourTime": True,
    "hideInvitations": True,
    "hideWeekends": True,
    "locale": "cs",
    "remindOnRespondedEventsOnly": True,
    "showDeclinedEvents": False,
    "timezone": "Europe/Prague",
    "useKeyboardShortcuts": False,
    "weekStart": 1,
}
TEXTS = {
    "autoAddHangouts": "true",
    "dateFieldOrder": "DMY",
    "defaultEventLength": "45",
    "format24HourTime": "true",
    "hideInvitations": "true",
    "hideWeekends": "true",
    "locale": "cs",
    "remindOnRespondedEventsOnly": "true",
    "showDeclinedEvents": "false",
    "timezone": "Europe/Prague",
    "useKeyboardShortcuts": "false",
    "weekStart": "1",
}
SETTINGS = Settings(
    auto_add_hangouts=True,
    date_field_order="DMY",
    default_event_length=45,
    format24_hour_time=True,
    hide_invitations=True,
    hide_weekends=True,
    locale="cs",
    remind_on_responded_events_only=True,
    show_declined_events=False,
    timezone="Europe/Prague",
    use_keyboard_shortcuts=False,
    week_start=1,
)
LISTING = {
    "kind": "calendar#settings",
    "etag": '"1"',
    "nextSyncToken": "token",
    "items": [
        {"kind": "calendar#setting", "etag": '"2"', "id": id_, "value": value}
        for id_, value in TEXTS.items()
    ],
}


@pytest.mark.parametrize("resource", [TEXTS, TYPED, LISTING], ids=["texts", "typed", "listing"])
def test_settings_have_values_of_their_types(resource: dict[str, Any]) -> None:
    assert SettingsSerializer.to_object(resource) == SETTINGS


def test_settings_are_written_with_values_of_their_types() -> None:
    assert SettingsSerializer.to_json(SETTINGS) == TYPED


def test_settings_that_google_leaves_out_have_their_defaults() -> None:
    assert SettingsSerializer.to_object({}) == Settings()
    assert SettingsSerializer.to_object({"kind": "calendar#settings", "items": []}) == Settings()


def test_unknown_settings_are_kept() -> None:
    assert SettingsSerializer.to_object({"new": "1"}).other == {"new": "1"}
    listing = {"items": [{"id": "new", "value": "1"}]}
    assert SettingsSerializer.to_object(listing).other == {"new": "1"}
    assert SettingsSerializer.to_json(SettingsSerializer.to_object(listing))["new"] == "1"


@pytest.mark.parametrize("value", ["soon", "", "-5", "６０", "9" * 5000, "true", None, 4.5, True])
def test_an_odd_number_is_kept_as_it_came(value: object) -> None:
    settings = SettingsSerializer.to_object({"defaultEventLength": value})
    assert settings.default_event_length == 60
    assert settings.other == {"defaultEventLength": value}
    assert SettingsSerializer.to_json(settings)["defaultEventLength"] == value


@pytest.mark.parametrize("value", ["yes", "TRUE", "1", None, 1])
def test_an_odd_flag_is_kept_as_it_came(value: object) -> None:
    settings = SettingsSerializer.to_object({"hideWeekends": value})
    assert settings.hide_weekends is False
    assert SettingsSerializer.to_json(settings)["hideWeekends"] == value


def test_odd_items_of_a_listing_are_kept() -> None:
    odd = [None, "locale", {"id": 5, "value": "1"}, {"id": "locale"}, {"value": "1"}]
    listing = {"items": [*odd, {"id": "weekStart", "value": "6"}], "new": 1}
    settings = SettingsSerializer.to_object(listing)
    assert settings.week_start == 6
    assert settings.other == {"items": odd, "new": 1}


def test_settings_are_read_from_bytes() -> None:
    body = b'{"items": [{"id": "defaultEventLength", "value": "30"}]}'
    assert SettingsSerializer.from_bytes(body) == Settings(default_event_length=30)


def test_an_instance_gives_the_settings_and_their_json() -> None:
    assert SettingsSerializer(SETTINGS).get_json() == TYPED
    assert SettingsSerializer(settings=LISTING).get_object() == SETTINGS
    with pytest.raises(TypeError, match="SettingsSerializer takes Settings"):
        SettingsSerializer(5)  # type: ignore[arg-type]


# --- a single setting


@pytest.mark.parametrize(
    ("id_", "text", "value"),
    [
        ("weekStart", "1", 1),
        ("hideWeekends", "true", True),
        ("hideWeekends", "false", False),
        ("locale", "cs", "cs"),
        ("new", "1", "1"),
    ],
)
def test_a_setting_has_a_value_of_its_type_and_is_written_with_a_text(
    id_: str, text: str, value: object
) -> None:
    resource = {"kind": "calendar#setting", "etag": '"1"', "id": id_, "value": text}
    setting = SettingSerializer.to_object(resource)
    assert setting.setting_id == id_
    assert setting.value == value
    assert type(setting.value) is type(value)
    assert setting.other == {"kind": "calendar#setting", "etag": '"1"'}
    assert SettingSerializer.to_json(setting) == resource


def test_a_setting_without_an_id_or_a_value_is_read_and_written_without() -> None:
    setting = SettingSerializer.to_object({"value": "1"})
    assert (setting.setting_id, setting.value) == (None, "1")
    assert SettingSerializer.to_json(setting) == {"value": "1"}
    assert SettingSerializer.to_json(Setting("locale", None)) == {"id": "locale"}


@pytest.mark.parametrize("odd", [{"id": 5}, {"value": [1]}, {"value": None}, {"id": None}])
def test_an_odd_setting_goes_back_as_it_came(odd: dict[str, Any]) -> None:
    setting = SettingSerializer.to_object(odd)
    assert (setting.setting_id, setting.value) == (None, None)
    assert setting.other == odd
    assert SettingSerializer.to_json(setting) == odd


def test_a_setting_is_not_taken_out_of_what_it_was_read_from() -> None:
    resource = {"id": "locale", "value": "cs"}
    SettingSerializer.read(resource)
    assert resource == {"id": "locale", "value": "cs"}


def test_an_instance_gives_the_setting_and_its_json() -> None:
    assert SettingSerializer(Setting("weekStart", 1)).get_json() == {
        "id": "weekStart",
        "value": "1",
    }
    assert SettingSerializer({"id": "weekStart", "value": "1"}).get_object().value == 1
