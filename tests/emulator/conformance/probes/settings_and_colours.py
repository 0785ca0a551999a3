"""Settings, and the palettes of colours."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows


@shows("Setting.{etag,id,kind,value}")
def a_setting_has_the_value_that_its_user_gave_it(stage):
    me = stage.me
    before = me.ok("settings.get", setting="weekStart")
    stage.emulator.users.add("me@example.com", settings={"weekStart": "1"})
    setting = me.ok("settings.get", setting="weekStart")
    assert {**setting, "etag": ""} == {
        "kind": "calendar#setting",
        "etag": "",
        "id": "weekStart",
        "value": "1",
    }
    assert setting["etag"] != before["etag"]


@shows(
    "settings.list?{maxResults,pageToken,syncToken}",
    "Settings.{etag,items,kind,nextPageToken,nextSyncToken}",
)
def settings_are_listed_in_pages_and_synced(stage):
    me = stage.me
    whole = me.ok("settings.list")
    assert (whole["kind"], len(whole["items"])) == ("calendar#settings", 12)
    first = me.ok("settings.list", maxResults=7)
    assert "nextSyncToken" not in first
    second = me.ok("settings.list", maxResults=7, pageToken=first["nextPageToken"])
    assert first["items"] + second["items"] == whole["items"]
    stage.emulator.users.add("me@example.com", settings={"locale": "cs"})
    changed = me.ok("settings.list", syncToken=second["nextSyncToken"])
    assert [(item["id"], item["value"]) for item in changed["items"]] == [("locale", "cs")]
    assert me.ok("settings.list")["etag"] != whole["etag"]


@shows("Colors.{calendar,event,kind,updated}", "ColorDefinition.{background,foreground}")
def the_palettes_are_those_of_google(stage):
    colors = stage.me.ok("colors.get")
    assert colors["kind"] == "calendar#colors"
    assert list(colors["calendar"]) == [str(number) for number in range(1, 25)]
    assert list(colors["event"]) == [str(number) for number in range(1, 12)]
    assert colors["event"]["1"] == {"background": "#a4bdfc", "foreground": "#1d1d1d"}
    assert colors["updated"].startswith("20")
