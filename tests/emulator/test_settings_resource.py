"""settings: get and list."""

from __future__ import annotations

import pytest

from gcsa.emulator import Emulator

PATH = "/users/me/settings"
DEFAULTS = {
    "autoAddHangouts": "false",
    "dateFieldOrder": "MDY",
    "defaultEventLength": "60",
    "format24HourTime": "false",
    "hideInvitations": "false",
    "hideWeekends": "false",
    "locale": "en",
    "remindOnRespondedEventsOnly": "false",
    "showDeclinedEvents": "true",
    "timezone": "Etc/GMT",
    "useKeyboardShortcuts": "true",
    "weekStart": "0",
}


def values(page):
    return {setting["id"]: setting["value"] for setting in page["items"]}


def test_a_new_account_has_the_default_settings(me):
    page = me.ok("GET", PATH)
    assert page["kind"] == "calendar#settings"
    assert values(page) == DEFAULTS


def test_one_setting(emulator, me):
    emulator.users.add("me@example.com", settings={"weekStart": "1"})
    setting = me.ok("GET", f"{PATH}/weekStart")
    assert setting.pop("etag").startswith('"')
    assert setting == {"kind": "calendar#setting", "id": "weekStart", "value": "1"}


def test_a_setting_that_does_not_exist_is_not_found(me):
    error = me.error("GET", f"{PATH}/favouriteColour")
    assert (error["status"], error["reason"]) == (404, "notFound")


def test_everybody_has_their_own_settings(emulator, me, caller):
    emulator.users.add("ann@example.com", settings={"locale": "cs"})
    assert caller(emulator, "ann@example.com").ok("GET", f"{PATH}/locale")["value"] == "cs"
    assert me.ok("GET", f"{PATH}/locale")["value"] == "en"


def test_settings_come_in_pages(me):
    first = me.ok("GET", PATH, maxResults=10)
    assert "nextSyncToken" not in first
    last = me.ok("GET", PATH, maxResults=10, pageToken=first["nextPageToken"])
    assert {**values(first), **values(last)} == DEFAULTS
    assert "nextSyncToken" in last


def test_a_sync_brings_the_settings_that_changed(emulator, me):
    token = me.ok("GET", PATH)["nextSyncToken"]
    assert values(me.ok("GET", PATH, syncToken=token)) == {}
    emulator.users.add("me@example.com", settings={"weekStart": "1", "locale": "en"})
    page = me.ok("GET", PATH, syncToken=token)
    assert values(page) == {"weekStart": "1"}
    emulator.users.add("me@example.com", settings={"weekStart": "0"})
    assert values(me.ok("GET", PATH, syncToken=page["nextSyncToken"])) == {"weekStart": "0"}


def test_a_sync_token_of_somebody_else_means_a_full_sync(emulator, me, caller):
    token = caller(emulator, "ann@example.com").ok("GET", PATH)["nextSyncToken"]
    error = me.error("GET", PATH, syncToken=token)
    assert (error["status"], error["reason"]) == (410, "fullSyncRequired")


def test_settings_that_the_client_knows_are_not_sent_again(emulator, me):
    known = {"If-None-Match": me.ok("GET", PATH)["etag"]}
    assert me.call("GET", PATH, headers=known).status == 304
    emulator.users.add("me@example.com", settings={"weekStart": "1"})
    assert me.call("GET", PATH, headers=known).status == 200


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"favouriteColour": "red"}, "there is no setting 'favouriteColour'; there are autoAdd"),
        ({"weekStart": "2"}, "the setting weekStart cannot be '2'"),
        ({"defaultEventLength": "0"}, "the setting defaultEventLength cannot be '0'"),
        ({"dateFieldOrder": "DYM"}, "the setting dateFieldOrder cannot be 'DYM'"),
        ({"hideWeekends": "yes"}, "the setting hideWeekends cannot be 'yes'"),
        ({"locale": "tlh"}, "the setting locale cannot be 'tlh'"),
        ({"timezone": "Mars/Olympus"}, "the setting timezone cannot be 'Mars/Olympus'"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(emulator, settings, message):
    with pytest.raises(ValueError, match=message):
        emulator.users.add("me@example.com", settings=settings)


def test_settings_are_kept_in_the_database(tmp_path, caller):
    path = tmp_path / "calendars.db"
    with Emulator(path) as emulator:
        emulator.users.add("me@example.com", settings={"weekStart": "6"})
    with Emulator(path) as emulator:
        assert caller(emulator).ok("GET", f"{PATH}/weekStart")["value"] == "6"
