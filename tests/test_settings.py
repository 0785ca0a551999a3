"""A user's settings."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.settings import Settings


def test_settings_have_googles_defaults() -> None:
    settings = Settings()
    assert settings.auto_add_hangouts is False
    assert settings.date_field_order == "MDY"
    assert settings.default_event_length == 60
    assert settings.format24_hour_time is False
    assert settings.hide_invitations is False
    assert settings.hide_weekends is False
    assert settings.locale == "en"
    assert settings.remind_on_responded_events_only is False
    assert settings.show_declined_events is True
    assert settings.timezone == "Etc/GMT"
    assert settings.use_keyboard_shortcuts is True
    assert settings.week_start == 0
    assert settings.other == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("auto_add_hangouts", True),
        ("date_field_order", "DMY"),
        ("default_event_length", 45),
        ("format24_hour_time", True),
        ("hide_invitations", True),
        ("hide_weekends", True),
        ("locale", "cs"),
        ("remind_on_responded_events_only", True),
        ("show_declined_events", False),
        ("timezone", "Europe/Prague"),
        ("use_keyboard_shortcuts", False),
        ("week_start", 1),
        ("other", {"new": "1"}),
    ],
)
def test_settings_with_another_value_are_others(name: str, value: Any) -> None:
    settings = Settings(**{name: value})
    assert getattr(settings, name) == value
    assert settings == Settings(**{name: value})
    assert settings != Settings()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"default_event_length": 0}, "default_event_length must be at least 1, not 0"),
        ({"week_start": 7}, "week_start must be from 0 to 6, not 7"),
    ],
)
def test_a_value_out_of_its_limits_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Settings(**values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"hide_weekends": "true"}, "hide_weekends must be True or False, not str"),
        ({"default_event_length": "60"}, "default_event_length must be a whole number, not str"),
        ({"locale": None}, "locale must be a string, not NoneType"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Settings(**values)
