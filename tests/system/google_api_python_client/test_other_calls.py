"""Channels, colours, free/busy times and settings, by Google's own client."""

from __future__ import annotations

from contextlib import closing

import pytest
from httplib2 import Http


@pytest.fixture
def window():
    return {"timeMin": "2026-03-03T00:00:00Z", "timeMax": "2026-03-04T00:00:00Z"}


@pytest.mark.succeeds("channels.stop")
def test_a_channel_that_is_stopped_is_gone(me, channel, refusal):
    opened = me.settings().watch(body=channel).execute()
    body = {"id": opened["id"], "resourceId": opened["resourceId"]}
    assert me.channels().stop(body=body).execute() == ""
    assert refusal(me.channels().stop(body=body)) == (404, "notFound")


@pytest.mark.refused("channels.stop")
def test_somebody_elses_channel_cannot_be_stopped(me, ann, channel, refusal):
    opened = me.settings().watch(body=channel).execute()
    body = {"id": opened["id"], "resourceId": opened["resourceId"]}
    assert refusal(ann.channels().stop(body=body)) == (404, "notFound")


@pytest.mark.succeeds("colors.get")
def test_the_palettes_have_googles_colours(me):
    colors = me.colors().get().execute()
    assert colors["kind"] == "calendar#colors"
    assert (len(colors["calendar"]), len(colors["event"])) == (24, 11)
    assert colors["calendar"]["9"] == {"background": "#7bd148", "foreground": "#1d1d1d"}


@pytest.mark.refused("colors.get")
def test_a_token_that_is_nobodys_is_refused(me, refusal):
    call = me.colors().get()
    call.http = Http()
    call.headers["Authorization"] = "Bearer nobody"
    with closing(call.http):
        assert refusal(call) == (401, "authError")


@pytest.mark.succeeds("freebusy.query")
def test_busy_times_are_answered_in_the_zone_that_is_asked_for(me, window, meeting):
    me.events().insert(calendarId="primary", body=meeting).execute()
    body = {**window, "timeZone": "Europe/Prague", "items": [{"id": "primary"}]}
    answer = me.freebusy().query(body=body).execute()
    assert answer["kind"] == "calendar#freeBusy"
    assert answer["calendars"] == {
        "primary": {
            "busy": [{"start": "2026-03-03T11:00:00+01:00", "end": "2026-03-03T12:00:00+01:00"}]
        }
    }


def test_the_busy_times_of_somebody_elses_calendar_are_an_error_of_that_calendar(me, ann, window):
    body = {**window, "items": [{"id": "ann@example.com"}]}
    answer = me.freebusy().query(body=body).execute()
    assert answer["calendars"]["ann@example.com"]["errors"] == [
        {"domain": "global", "reason": "notFound"}
    ]


@pytest.mark.refused("freebusy.query")
def test_a_window_that_ends_before_it_begins_is_refused(me, window, refusal):
    body = {"timeMin": window["timeMax"], "timeMax": window["timeMin"], "items": []}
    assert refusal(me.freebusy().query(body=body)) == (400, "timeRangeEmpty")


@pytest.mark.succeeds("settings.get")
def test_a_setting_has_the_value_that_it_was_given(me, emulator):
    emulator.users.add("me@example.com", settings={"weekStart": "1"})
    setting = me.settings().get(setting="weekStart").execute()
    assert (setting["kind"], setting["id"]) == ("calendar#setting", "weekStart")
    assert setting["value"] == "1"


@pytest.mark.refused("settings.get")
def test_a_setting_that_does_not_exist_is_not_found(me, refusal):
    assert refusal(me.settings().get(setting="favouriteColour")) == (404, "notFound")


@pytest.mark.succeeds("settings.list")
def test_the_settings_that_changed_are_listed(me, emulator):
    first = me.settings().list().execute()
    assert first["kind"] == "calendar#settings"
    emulator.users.add("me@example.com", settings={"locale": "cs"})
    changed = me.settings().list(syncToken=first["nextSyncToken"]).execute()
    assert {item["id"]: item["value"] for item in changed["items"]} == {"locale": "cs"}


@pytest.mark.refused("settings.list")
def test_a_page_token_that_was_made_up_is_refused(me, refusal):
    assert refusal(me.settings().list(pageToken="made-up")) == (400, "invalid")


@pytest.mark.succeeds("settings.watch")
def test_a_channel_on_settings_lasts_as_long_as_it_is_asked_to(me, channel):
    opened = me.settings().watch(body={**channel, "params": {"ttl": "3600"}}).execute()
    assert opened["expiration"] == "1772445600000"  # an hour after 2026-03-02T09:00:00Z


@pytest.mark.refused("settings.watch")
def test_a_channel_on_settings_has_a_type_that_google_knows(me, channel, refusal):
    call = me.settings().watch(body={**channel, "type": "carrier_pigeon"})
    assert refusal(call) == (400, "invalid")
