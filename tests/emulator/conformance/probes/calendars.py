"""Calendars: their fields, their labels and hours, and giving them away."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows

FIELDS = {
    "summary": "Team",
    "description": "Ours",
    "location": "Prague",
    "timeZone": "Europe/Prague",
    "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet", "eventHangout"]},
}
LABEL = {
    "id": "12345678-1234-4234-8234-123456789abc",
    "name": "Urgent",
    "backgroundColor": "#039be5",
}
HOURS = {
    "workingHoursEnabled": True,
    "availableTimes": [{"dayOfWeek": "monday", "periodStart": 540, "periodEnd": 1020}],
}


@shows(
    "Calendar.{conferenceProperties,dataOwner,description,etag,id,kind,location,summary,timeZone}",
    "ConferenceProperties.allowedConferenceSolutionTypes",
)
def a_calendar_is_answered_as_it_was_given(stage):
    calendar = stage.me.ok("calendars.insert", {**FIELDS, "dataOwner": "x@y.z", "id": "x"})
    assert {name: calendar[name] for name in FIELDS} == FIELDS
    assert calendar["kind"] == "calendar#calendar"
    assert calendar["dataOwner"] == "me@example.com"
    assert calendar["id"].endswith("@group.calendar.google.com")
    at = {"calendarId": calendar["id"]}
    assert stage.me.ok("calendars.get", **at) == calendar
    changed = stage.me.ok("calendars.patch", {"summary": "Teams"}, **at)
    assert changed == {**calendar, "summary": "Teams", "etag": changed["etag"]}
    assert changed["etag"] != calendar["etag"]
    assert "dataOwner" not in stage.me.ok("calendars.get", calendarId="primary")


@shows(
    "Calendar.labelProperties",
    "LabelProperties.eventLabels",
    "EventLabel.{backgroundColor,id,name}",
)
def labels_are_kept_until_they_are_replaced(stage):
    at = {"calendarId": "primary"}

    def labels(body):
        return stage.me.ok("calendars.patch", body, **at)["labelProperties"]["eventLabels"]

    assert labels({"labelProperties": {"eventLabels": [LABEL]}}) == [LABEL]
    assert labels({"description": "Mine"}) == [LABEL]
    made = labels({"labelProperties": {"eventLabels": [{"backgroundColor": "#ffffff"}]}})
    assert [label.keys() for label in made] == [{"id", "backgroundColor"}]
    too_long = {**LABEL, "name": "x" * 51}
    body = {"labelProperties": {"eventLabels": [too_long]}}
    assert stage.me.refused("calendars.patch", body, **at) == (400, "invalid")


@shows(
    "Calendar.workingHours",
    "Calendar.workingHours.{availableTimes,workingHoursEnabled}",
    "Calendar.workingHours.availableTimes.{dayOfWeek,periodEnd,periodStart}",
)
def working_hours_are_kept_whole(stage):
    at = {"calendarId": "primary"}
    hours = stage.me.ok("calendars.patch", {"workingHours": HOURS}, **at)["workingHours"]
    assert hours == HOURS
    # "If not specified (or passed as null or an empty object), the existing working hours remain unchanged."
    kept = stage.me.ok("calendars.patch", {"workingHours": None}, **at)["workingHours"]
    assert kept == HOURS
    off = {"workingHours": {"workingHoursEnabled": False}}
    cleared = stage.me.ok("calendars.patch", off, **at)["workingHours"]
    assert cleared == {"workingHoursEnabled": False}
    empty = {"workingHours": {"workingHoursEnabled": True}}
    assert stage.me.refused("calendars.patch", empty, **at) == (400, "invalid")


@shows("calendars.transferOwnership?{newDataOwner,useAdminAccess}", "Calendar.dataOwner")
def an_administrator_gives_a_calendar_to_a_colleague(stage):
    me, ann = stage.me, stage.ann
    calendar = me.new_calendar()
    give = {"calendarId": calendar, "newDataOwner": "ann@example.com", "useAdminAccess": True}
    refused = me.refused("calendars.transferOwnership", **{**give, "useAdminAccess": False})
    assert refused == (400, "invalid")
    stranger = {**give, "newDataOwner": "eve@elsewhere.example"}
    assert me.refused("calendars.transferOwnership", **stranger) == (400, "invalid")
    assert me.call("calendars.transferOwnership", **give).status == 204
    assert ann.ok("calendars.get", calendarId=calendar)["dataOwner"] == "ann@example.com"
