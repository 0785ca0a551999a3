"""The calls on settings."""

from __future__ import annotations

import pytest

from gcsa.errors import NotFoundError


@pytest.fixture
def calendar(client_for, emulator):
    emulator.users.add(
        "me@example.com",
        settings={"weekStart": "1", "format24HourTime": "true", "locale": "cs"},
        time_zone="Europe/Prague",
    )
    return client_for()


def test_settings_have_values_of_their_types(calendar):
    settings = calendar.get_settings()
    assert settings.week_start == 1
    assert settings.format24_hour_time is True
    assert settings.locale == "cs"
    assert settings.timezone == "Europe/Prague"
    assert settings.default_event_length == 60


@pytest.mark.parametrize("name", ["week_start", "weekStart"])
def test_a_single_setting_is_asked_for_by_either_name(calendar, name):
    setting = calendar.get_setting(name)
    assert setting.id == "weekStart"
    assert setting.value == 1
    assert repr(setting) == "<Setting weekStart: 1>"


def test_a_setting_that_is_either_true_or_false_is_so(calendar):
    assert calendar.get_setting("format24_hour_time").value is True


def test_a_setting_that_does_not_exist_is_not_found(calendar):
    with pytest.raises(NotFoundError, match="users/me/settings/darkMode"):
        calendar.get_setting("darkMode")
