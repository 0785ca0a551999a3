"""The calendars on somebody's list: their fields, and the parameters of their methods."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows

RGB = {"backgroundColor": "#0088aa", "foregroundColor": "#fefefe"}
OWN = {
    "summaryOverride": "Mine",
    "colorId": "9",
    "selected": True,
    "defaultReminders": [{"method": "email", "minutes": 60}, {"method": "popup", "minutes": 5}],
    "notificationSettings": {"notifications": [{"type": "agenda", "method": "email"}]},
}


def shared_calendar(stage, **fields):
    """The id of a calendar that a colleague has shared with me."""
    ann = stage.ann
    calendar = ann.new_calendar(**fields)
    ann.share("me@example.com", "reader", calendar)
    return calendar


@shows(
    "CalendarListEntry.{summaryOverride,colorId,selected,defaultReminders,notificationSettings}",
    "CalendarListEntry.notificationSettings.notifications",
    "CalendarListEntry.hidden",
    "EventReminder.{method,minutes}",
    "CalendarNotification.{method,type}",
)
def what_somebody_sets_of_an_entry_is_kept(stage):
    calendar = shared_calendar(stage)
    entry = stage.me.ok("calendarList.insert", {"id": calendar, **OWN})
    assert {name: entry[name] for name in OWN} == OWN
    assert stage.me.ok("calendarList.get", calendarId=calendar) == entry
    hidden = stage.me.ok("calendarList.patch", {"hidden": True}, calendarId=calendar)
    # "The attribute is only returned when the calendar is hidden, in which case the value is true."
    assert hidden["hidden"] is True
    assert "hidden" not in entry
    assert {name: hidden[name] for name in OWN if name != "selected"} == {
        name: OWN[name] for name in OWN if name != "selected"
    }


@shows(
    "CalendarListEntry.{accessRole,conferenceProperties,dataOwner,description,etag,id,kind}",
    "CalendarListEntry.{location,summary,timeZone}",
)
def the_rest_of_an_entry_comes_from_the_calendar_whatever_is_said_of_it(stage):
    fields = {
        "summary": "Team",
        "description": "Ours",
        "location": "Prague",
        "timeZone": "Europe/Prague",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }
    calendar = shared_calendar(stage, **fields)
    lies = {"accessRole": "owner", "summary": "Not so", "timeZone": "UTC", "dataOwner": "x@y.z"}
    entry = stage.me.ok("calendarList.insert", {"id": calendar, **lies})
    assert {name: entry[name] for name in fields} == fields
    assert {name: entry[name] for name in ("kind", "id", "accessRole", "dataOwner")} == {
        "kind": "calendar#calendarListEntry",
        "id": calendar,
        "accessRole": "reader",
        "dataOwner": "ann@example.com",
    }
    stage.ann.share("me@example.com", "writer", calendar)
    again = stage.me.ok("calendarList.get", calendarId=calendar)
    assert again["accessRole"] == "writer"
    assert again["etag"] != entry["etag"]


@shows("CalendarListEntry.primary")
def only_the_first_calendar_of_an_account_is_primary(stage):
    entries = stage.me.ok("calendarList.list")["items"]
    assert [(entry["id"], entry["primary"]) for entry in entries] == [("me@example.com", True)]
    assert "primary" not in stage.me.ok("calendarList.get", calendarId=_new(stage))


def _new(stage):
    return stage.me.new_calendar()


@shows("CalendarListEntry.autoAcceptInvitations", "Calendar.autoAcceptInvitations")
def a_room_says_that_it_accepts_invitations_by_itself(stage):
    room = "c_1234@resource.calendar.google.com"
    stage.emulator.seed_from(
        {"calendars": [{"id": room, "summary": "Room", "autoAcceptInvitations": True}]}
    )
    assert stage.me.ok("calendars.get", calendarId=room)["autoAcceptInvitations"] is True
    entry = stage.me.ok("calendarList.insert", {"id": room})
    assert entry["autoAcceptInvitations"] is True
    # "Only valid for resource calendars."
    team = stage.me.ok("calendars.insert", {"summary": "Team", "autoAcceptInvitations": True})
    assert "autoAcceptInvitations" not in team


@shows(
    "calendarList.{insert,patch,update}?colorRgbFormat",
    "CalendarListEntry.{backgroundColor,foregroundColor,colorId}",
)
def colours_count_by_index_or_by_their_parts(stage):
    calendar = shared_calendar(stage)
    colors = stage.me.ok("colors.get")["calendar"]
    by_index = stage.me.ok("calendarList.insert", {"id": calendar, "colorId": "9", **RGB})
    assert by_index["colorId"] == "9"
    assert by_index["backgroundColor"] == colors["9"]["background"]
    by_parts = {"colorRgbFormat": True}
    at = {"calendarId": calendar}
    for method, parameters in (
        ("insert", {}),
        ("patch", at),
        ("update", at),
    ):
        plain = stage.me.ok(
            f"calendarList.{method}", {"id": calendar, "colorId": "9"}, **parameters
        )
        assert plain["backgroundColor"] == colors["9"]["background"]
        body = {"id": calendar, **RGB}
        entry = stage.me.ok(f"calendarList.{method}", body, **parameters, **by_parts)
        assert {name: entry[name] for name in RGB} == RGB
        # "the index-based colorId field will be set to the best matching option automatically"
        assert entry["colorId"] in colors


@shows(
    "calendarList.list?{maxResults,pageToken}",
    "CalendarList.{etag,items,kind,nextPageToken,nextSyncToken}",
)
def the_list_comes_in_pages(stage):
    me = stage.me
    for _ in range(2):
        me.new_calendar()
    whole = me.ok("calendarList.list")
    assert (whole["kind"], len(whole["items"])) == ("calendar#calendarList", 3)
    first = me.ok("calendarList.list", maxResults=2)
    assert "nextSyncToken" not in first
    second = me.ok("calendarList.list", maxResults=2, pageToken=first["nextPageToken"])
    assert first["items"] + second["items"] == whole["items"]
    me.new_calendar()
    changed = me.ok("calendarList.list", syncToken=second["nextSyncToken"])
    assert len(changed["items"]) == 1
    assert me.ok("calendarList.list")["etag"] != whole["etag"]


@shows("calendarList.list?minAccessRole")
def calendars_of_a_lesser_role_are_left_out(stage):
    me = stage.me
    calendar = shared_calendar(stage)
    me.ok("calendarList.insert", {"id": calendar})

    def ids(**parameters):
        return {entry["id"] for entry in me.ok("calendarList.list", **parameters)["items"]}

    assert ids() == ids(minAccessRole="reader") == {"me@example.com", calendar}
    assert ids(minAccessRole="writerWithoutPrivateAccess") == {"me@example.com"}
    token = me.ok("calendarList.list")["nextSyncToken"]
    refused = me.refused("calendarList.list", syncToken=token, minAccessRole="reader")
    assert refused == (400, "invalid")


@shows(
    "calendarList.list?{showDeleted,showHidden,syncToken}",
    "CalendarListEntry.{deleted,hidden}",
)
def entries_that_are_hidden_or_deleted_are_listed_when_asked_for_and_when_synced(stage):
    me = stage.me
    calendar = shared_calendar(stage)
    me.ok("calendarList.insert", {"id": calendar})
    token = me.ok("calendarList.list")["nextSyncToken"]
    mine = "me@example.com"

    def found(**parameters):
        entries = me.ok("calendarList.list", **parameters)["items"]
        return {entry["id"]: entry.get("deleted", False) for entry in entries}

    me.ok("calendarList.patch", {"hidden": True}, calendarId=calendar)
    assert found() == {mine: False}
    assert found(showHidden=True) == {mine: False, calendar: False}
    me.ok("calendarList.delete", calendarId=calendar)
    assert found(showHidden=True) == {mine: False}
    assert found(showDeleted=True) == {mine: False, calendar: True}
    assert found(syncToken=token) == {calendar: True}
    assert me.refused("calendarList.list", syncToken=token, showHidden=False) == (400, "invalid")


@shows("calendarList.list?showOwnOrganizationOnly")
def calendars_of_other_organizations_are_left_out(stage):
    me, eve = stage.me, stage.person("eve@elsewhere.example")
    me.new_calendar()
    hers = eve.new_calendar()
    eve.share("me@example.com", "reader", hers)
    me.ok("calendarList.insert", {"id": hers})
    everything = me.ok("calendarList.list")["items"]
    own = me.ok("calendarList.list", showOwnOrganizationOnly=True)["items"]
    assert [entry["id"] for entry in everything if entry not in own] == [hers]
