"""calendars: insert, get, patch, update, delete, clear and transferOwnership."""

from __future__ import annotations

import pytest

LABEL = {"name": "Travel", "backgroundColor": "#039be5"}


def new(caller, **fields):
    return caller.ok("POST", "/calendars", {"summary": "Team", **fields})


# insert -------------------------------------------------------------------------------------------------


def test_a_new_calendar_has_an_id_of_its_own_and_belongs_to_its_maker(me):
    calendar = new(me)
    etag = calendar.pop("etag")
    calendar_id = calendar.pop("id")
    assert etag.startswith('"')
    assert calendar_id.startswith("c_")
    assert calendar_id.endswith("@group.calendar.google.com")
    assert calendar == {
        "kind": "calendar#calendar",
        "summary": "Team",
        "timeZone": "UTC",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        "dataOwner": "me@example.com",
    }


def test_a_new_calendar_keeps_what_is_said_of_it(me):
    given = {
        "description": "Where we plan",
        "location": "Prague",
        "timeZone": "Europe/Prague",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["eventHangout"]},
    }
    calendar = new(me, **given)
    read = me.ok("GET", f"/calendars/{calendar['id']}")
    assert read == calendar
    assert {name: read[name] for name in given} == given


def test_a_new_calendar_appears_on_its_makers_list(me):
    calendar = new(me)
    entry = me.ok("GET", f"/users/me/calendarList/{calendar['id']}")
    assert entry["accessRole"] == "owner"
    assert entry["selected"] is True
    assert entry["dataOwner"] == "me@example.com"


def test_a_calendar_needs_a_title(me):
    for body in ({}, {"summary": ""}, {"summary": None}):
        error = me.error("POST", "/calendars", body)
        assert (error["status"], error["reason"], error["message"]) == (
            400,
            "required",
            "Missing title.",
        )


def test_a_zone_that_is_none_is_refused(me):
    error = me.error("POST", "/calendars", {"summary": "x", "timeZone": "Mars/Olympus"})
    assert (error["reason"], error["message"]) == ("invalid", "Invalid time zone: Mars/Olympus")


def test_what_only_the_server_sets_is_ignored(me):
    calendar = new(me, id="mine", etag='"1"', dataOwner="other@example.com", kind="x")
    assert calendar["id"] != "mine"
    assert calendar["dataOwner"] == "me@example.com"
    assert calendar["kind"] == "calendar#calendar"


def test_automatic_acceptance_is_only_for_rooms(me):
    assert "autoAcceptInvitations" not in new(me, autoAcceptInvitations=True)


# get ----------------------------------------------------------------------------------------------------


def test_the_primary_calendar_has_the_users_address_and_no_data_owner(me):
    calendar = me.ok("GET", "/calendars/primary")
    assert calendar["id"] == "me@example.com"
    assert "dataOwner" not in calendar
    assert me.ok("GET", "/calendars/Me@Example.com") == calendar


def test_a_calendar_that_is_not_shared_is_not_there_for_others(emulator, me, caller):
    calendar = new(me)
    error = caller(emulator, "ann@example.com").error("GET", f"/calendars/{calendar['id']}")
    assert (error["status"], error["reason"]) == (404, "notFound")


def test_a_calendar_that_the_client_knows_is_not_sent_again(me):
    calendar = new(me)
    reply = me.call(
        "GET", f"/calendars/{calendar['id']}", headers={"If-None-Match": calendar["etag"]}
    )
    assert (reply.status, reply.body) == (304, b"")


# patch and update ---------------------------------------------------------------------------------------


def test_a_patch_changes_what_it_names_and_null_removes(me):
    calendar = new(me, description="old", location="Prague")
    changed = me.ok(
        "PATCH", f"/calendars/{calendar['id']}", {"description": "new", "location": None}
    )
    assert changed["description"] == "new"
    assert "location" not in changed
    assert changed["summary"] == "Team"
    assert changed["etag"] != calendar["etag"]
    assert me.ok("GET", f"/calendars/{calendar['id']}") == changed


def test_a_patch_that_changes_nothing_keeps_the_etag(me):
    calendar = new(me)
    assert me.ok("PATCH", f"/calendars/{calendar['id']}", {"summary": "Team"}) == calendar


def test_an_update_drops_texts_that_it_does_not_repeat(me):
    calendar = new(me, description="old", location="Prague", timeZone="Europe/Prague")
    changed = me.ok("PUT", f"/calendars/{calendar['id']}", {"summary": "Club"})
    assert changed["summary"] == "Club"
    assert "description" not in changed
    assert "location" not in changed
    assert changed["timeZone"] == "Europe/Prague"


def test_an_update_needs_a_title(me):
    calendar = new(me)
    error = me.error("PUT", f"/calendars/{calendar['id']}", {"description": "x"})
    assert error["message"] == "Missing title."


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_a_change_of_an_outdated_version_is_refused(me, method):
    calendar = new(me)
    me.ok("PATCH", f"/calendars/{calendar['id']}", {"summary": "Club"})
    error = me.error(
        method,
        f"/calendars/{calendar['id']}",
        {"summary": "Mine"},
        headers={"If-Match": calendar["etag"]},
    )
    assert (error["status"], error["reason"]) == (412, "conditionNotMet")


def test_a_new_zone_shows_the_events_in_it(me, timed):
    calendar_id = new(me)["id"]
    event = me.insert(timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z"), calendar_id)
    me.ok("PATCH", f"/calendars/{calendar_id}", {"timeZone": "Asia/Tokyo"})
    shown = me.get(event["id"], calendar_id)
    assert shown["start"] == {"dateTime": "2026-03-03T19:00:00+09:00", "timeZone": "UTC"}
    assert (shown["etag"], shown["updated"]) == (event["etag"], event["updated"])


def test_a_new_zone_moves_whole_days_to_its_midnights(me):
    calendar_id = new(me)["id"]
    me.insert({"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}}, calendar_id)
    window = {"timeMin": "2026-03-02T15:00:00Z", "timeMax": "2026-03-02T16:00:00Z"}
    assert me.items(calendar_id, **window) == []
    me.ok("PATCH", f"/calendars/{calendar_id}", {"timeZone": "Asia/Tokyo"})
    assert len(me.items(calendar_id, **window)) == 1


def test_a_new_zone_leaves_the_exceptions_of_a_daily_series_in_their_places(me):
    calendar_id = new(me)["id"]
    series = me.insert(
        {
            "summary": "Day",
            "start": {"date": "2026-03-02"},
            "end": {"date": "2026-03-03"},
            "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"],
        },
        calendar_id,
    )
    me.delete(f"{series['id']}_20260303", calendar_id)
    me.patch(f"{series['id']}_20260304", {"summary": "Other"}, calendar_id)
    me.ok("PATCH", f"/calendars/{calendar_id}", {"timeZone": "Asia/Tokyo"})
    days = [
        (event["start"]["date"], event["summary"])
        for event in me.items(calendar_id, singleEvents=True, orderBy="startTime")
    ]
    assert days == [("2026-03-02", "Day"), ("2026-03-04", "Other"), ("2026-03-05", "Day")]


# Labels -------------------------------------------------------------------------------------------------


def test_a_new_label_gets_an_id(me):
    calendar = new(me, labelProperties={"eventLabels": [LABEL]})
    (label,) = calendar["labelProperties"]["eventLabels"]
    assert len(label.pop("id")) == 36
    assert label == LABEL


def test_a_label_keeps_the_id_that_it_is_given(me):
    label = {"id": "0e37d1d6-2d8c-4f57-8f6b-0d4a5e0f3a11", **LABEL}
    calendar = new(me, labelProperties={"eventLabels": [label]})
    assert calendar["labelProperties"] == {"eventLabels": [label]}


def test_labels_stay_when_a_change_does_not_mention_them_and_go_when_it_leaves_them_out(me):
    calendar = new(me, labelProperties={"eventLabels": [LABEL, LABEL]})
    path = f"/calendars/{calendar['id']}"
    kept = me.ok("PUT", path, {"summary": "Club"})
    assert kept["labelProperties"] == calendar["labelProperties"]
    first = calendar["labelProperties"]["eventLabels"][0]
    changed = me.ok("PATCH", path, {"labelProperties": {"eventLabels": [first]}})
    assert changed["labelProperties"] == {"eventLabels": [first]}
    assert "labelProperties" not in me.ok("PATCH", path, {"labelProperties": {"eventLabels": []}})


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([{"name": "x"}], "Missing label background color."),
        ([{"backgroundColor": "blue"}], "Invalid label background color."),
        ([{**LABEL, "id": "1"}], "Invalid label ID."),
        (
            [{**LABEL, "id": "0e37d1d6-2d8c-4f57-8f6b-0d4a5e0f3a11"}] * 2,
            "Duplicate label ID.",
        ),
        (
            [{**LABEL, "name": "x" * 51}],
            "Invalid value for: name. The maximum length is 50 characters.",
        ),
        ([LABEL] * 201, "Invalid value for: eventLabels. At most 200 are allowed."),
    ],
)
def test_a_label_that_cannot_be_is_refused(me, labels, message):
    error = me.error(
        "POST", "/calendars", {"summary": "x", "labelProperties": {"eventLabels": labels}}
    )
    assert (error["status"], error["message"]) == (400, message)


# Working hours ------------------------------------------------------------------------------------------

MONDAY = {"dayOfWeek": "monday", "periodStart": 540, "periodEnd": 1020}


def test_a_primary_calendar_has_working_hours(me):
    hours = {"workingHoursEnabled": True, "availableTimes": [MONDAY]}
    calendar = me.ok("PATCH", "/calendars/primary", {"workingHours": hours})
    assert calendar["workingHours"] == hours


def test_working_hours_stay_when_they_are_null_or_empty(me):
    hours = {"workingHoursEnabled": True, "availableTimes": [MONDAY]}
    me.ok("PATCH", "/calendars/primary", {"workingHours": hours})
    for method in ("PATCH", "PUT"):
        for given in (None, {}):
            body = {"summary": "Me", "workingHours": given}
            assert me.ok(method, "/calendars/primary", body)["workingHours"] == hours


def test_working_hours_are_replaced_as_a_whole(me):
    me.ok(
        "PATCH",
        "/calendars/primary",
        {"workingHours": {"workingHoursEnabled": True, "availableTimes": [MONDAY]}},
    )
    off = {"workingHoursEnabled": False}
    calendar = me.ok("PATCH", "/calendars/primary", {"workingHours": off})
    assert calendar["workingHours"] == off


def test_a_secondary_calendar_has_no_working_hours(me):
    calendar = new(me)
    error = me.error(
        "PATCH",
        f"/calendars/{calendar['id']}",
        {"workingHours": {"workingHoursEnabled": True, "availableTimes": [MONDAY]}},
    )
    assert error["message"] == "Working hours are only available for primary calendars."


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        (
            {"workingHoursEnabled": True},
            "Working hours cannot be enabled without available times.",
        ),
        (
            {"availableTimes": [{"periodStart": 1, "periodEnd": 2}]},
            "Missing dayOfWeek of working hours.",
        ),
        (
            {"availableTimes": [{**MONDAY, "periodEnd": 540}]},
            "Invalid period of working hours.",
        ),
        (
            {"availableTimes": [{**MONDAY, "periodEnd": 1441}]},
            "Invalid period of working hours.",
        ),
        (
            {"availableTimes": [MONDAY, {**MONDAY, "periodStart": 600}]},
            "Overlapping periods of working hours.",
        ),
        (
            {"availableTimes": [{**MONDAY, "dayOfWeek": "someday"}]},
            "Invalid value for: someday is not a valid value",
        ),
    ],
)
def test_working_hours_that_cannot_be_are_refused(me, hours, message):
    error = me.error("PATCH", "/calendars/primary", {"workingHours": hours})
    assert (error["status"], error["message"]) == (400, message)


# delete -------------------------------------------------------------------------------------------------


def test_a_deleted_calendar_is_gone_with_its_events_and_from_every_list(
    emulator, me, caller, meeting
):
    ann = caller(emulator, "ann@example.com")
    calendar_id = new(me)["id"]
    me.insert(meeting, calendar_id)
    scope = {"type": "user", "value": "ann@example.com"}
    me.ok("POST", f"/calendars/{calendar_id}/acl", {"role": "reader", "scope": scope})
    ann.ok("POST", "/users/me/calendarList", {"id": calendar_id})
    me.ok("DELETE", f"/calendars/{calendar_id}")
    for path in (
        f"/calendars/{calendar_id}",
        f"/calendars/{calendar_id}/events",
        f"/calendars/{calendar_id}/acl",
        f"/users/me/calendarList/{calendar_id}",
    ):
        assert me.error("GET", path)["reason"] == "notFound"
    for user in (me, ann):
        entries = user.ok("GET", "/users/me/calendarList", showDeleted=True)["items"]
        assert [entry["id"] for entry in entries if entry.get("deleted")] == [calendar_id]


def test_a_primary_calendar_cannot_be_deleted(me):
    error = me.error("DELETE", "/calendars/primary")
    assert (error["status"], error["reason"]) == (403, "cannotDeletePrimaryCalendar")


def test_only_the_data_owner_deletes_a_calendar(emulator, me, caller):
    calendar_id = new(me)["id"]
    for role, reason in (("writer", "requiredAccessLevel"), ("owner", "forbidden")):
        scope = {"type": "user", "value": "ann@example.com"}
        me.ok("POST", f"/calendars/{calendar_id}/acl", {"role": role, "scope": scope})
        error = caller(emulator, "ann@example.com").error("DELETE", f"/calendars/{calendar_id}")
        assert (error["status"], error["reason"]) == (403, reason)


# clear --------------------------------------------------------------------------------------------------


def test_clearing_deletes_all_events_of_the_primary_calendar(me, meeting):
    me.insert(meeting)
    series = me.insert(
        {
            **meeting,
            "recurrence": ["RRULE:FREQ=DAILY"],
            "start": {"dateTime": "2026-03-03T10:00:00", "timeZone": "UTC"},
            "end": {"dateTime": "2026-03-03T11:00:00", "timeZone": "UTC"},
        }
    )
    me.patch(f"{series['id']}_20260304T100000Z", {"summary": "Other"})
    token = me.list()["nextSyncToken"]
    reply = me.call("POST", "/calendars/primary/clear")
    assert (reply.status, reply.body) == (204, b"")
    assert me.items() == []
    changes = me.items(syncToken=token)
    assert len(changes) == 3
    assert {event["status"] for event in changes} == {"cancelled"}


def test_only_a_primary_calendar_can_be_cleared(me):
    error = me.error("POST", f"/calendars/{new(me)['id']}/clear")
    assert (error["status"], error["reason"], error["message"]) == (
        400,
        "invalid",
        "Invalid Value",
    )


# transferOwnership --------------------------------------------------------------------------------------


def transfer(caller, calendar_id, new_data_owner, admin="true"):
    return caller.call(
        "POST",
        f"/calendars/{calendar_id}/transferOwnership",
        newDataOwner=new_data_owner,
        useAdminAccess=admin,
    )


def test_an_administrator_gives_a_calendar_to_a_colleague(emulator, me, caller):
    ann, bob = caller(emulator, "ann@example.com"), caller(emulator, "bob@example.com")
    calendar_id = new(ann)["id"]
    reply = transfer(me, calendar_id, "bob@example.com")
    assert (reply.status, reply.body) == (204, b"")
    assert bob.ok("GET", f"/calendars/{calendar_id}")["dataOwner"] == "bob@example.com"
    assert bob.ok("GET", f"/users/me/calendarList/{calendar_id}")["accessRole"] == "owner"
    assert ann.ok("GET", f"/users/me/calendarList/{calendar_id}")["accessRole"] == "owner"
    assert ann.error("DELETE", f"/calendars/{calendar_id}")["reason"] == "forbidden"
    bob.ok("DELETE", f"/calendars/{calendar_id}")


def test_only_an_administrator_transfers_calendars(emulator, caller):
    ann = caller(emulator, "ann@example.com")
    reply = transfer(ann, new(ann)["id"], "bob@example.com")
    assert (reply.status, reply.error["reason"]) == (403, "forbidden")


def test_a_transfer_needs_admin_access_and_a_new_owner(me):
    calendar_id = new(me)["id"]
    reply = transfer(me, calendar_id, "bob@example.com", admin="false")
    assert (reply.status, reply.error["reason"]) == (400, "invalid")
    assert reply.error["location"] == "useAdminAccess"
    error = me.error("POST", f"/calendars/{calendar_id}/transferOwnership", useAdminAccess="true")
    assert (error["reason"], error["message"]) == (
        "required",
        "Required parameter: newDataOwner",
    )


@pytest.mark.parametrize("address", ["bob@other.org", "nobody", "team@example.com"])
def test_a_calendar_stays_with_users_of_the_organization(emulator, me, address):
    emulator.groups.add("team@example.com")
    reply = transfer(me, new(me)["id"], address)
    assert (reply.status, reply.error["location"]) == (400, "newDataOwner")


def test_a_calendar_of_another_organization_is_not_there_for_the_administrator(
    emulator, me, caller
):
    calendar_id = new(caller(emulator, "eve@other.org"))["id"]
    assert transfer(me, calendar_id, "bob@example.com").error["reason"] == "notFound"


def test_a_primary_calendar_is_not_transferred(emulator, me, caller):
    caller(emulator, "ann@example.com").ok("GET", "/calendars/primary")
    reply = transfer(me, "ann@example.com", "bob@example.com")
    assert reply.error["message"] == "Only secondary calendars can be transferred."
