"""calendarList: get, insert, list, patch, update and delete."""

from __future__ import annotations

from datetime import timedelta

import pytest

LIST = "/users/me/calendarList"


@pytest.fixture
def ann(emulator, caller):
    return caller(emulator, "ann@example.com")


@pytest.fixture
def team(me):
    """The id of a calendar of mine."""
    return me.ok("POST", "/calendars", {"summary": "Team"})["id"]


def share(me, calendar_id, role="reader", value="ann@example.com"):
    scope = {"type": "user", "value": value}
    return me.ok("POST", f"/calendars/{calendar_id}/acl", {"role": role, "scope": scope})


def ids(caller, **query):
    return [entry["id"] for entry in caller.ok("GET", LIST, **query)["items"]]


# An entry -----------------------------------------------------------------------------------------------


def test_the_primary_calendar_is_on_the_list_from_the_start(me):
    entry = me.ok("GET", f"{LIST}/primary")
    del entry["etag"]
    assert entry == {
        "kind": "calendar#calendarListEntry",
        "id": "me@example.com",
        "summary": "me@example.com",
        "timeZone": "UTC",
        "colorId": "14",
        "backgroundColor": "#9fe1e7",
        "foregroundColor": "#000000",
        "selected": True,
        "accessRole": "owner",
        "defaultReminders": [{"method": "popup", "minutes": 10}],
        "notificationSettings": {
            "notifications": [
                {"type": "eventCreation", "method": "email"},
                {"type": "eventChange", "method": "email"},
                {"type": "eventCancellation", "method": "email"},
                {"type": "eventResponse", "method": "email"},
            ]
        },
        "primary": True,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }


def test_an_entry_shows_what_its_calendar_says(me, team):
    changes = {"description": "Plans", "location": "Prague", "timeZone": "Europe/Prague"}
    before = me.ok("GET", f"{LIST}/{team}")
    me.ok("PATCH", f"/calendars/{team}", changes)
    entry = me.ok("GET", f"{LIST}/{team}")
    assert {name: entry[name] for name in changes} == changes
    assert entry["etag"] != before["etag"]


def test_an_entry_shows_the_callers_own_role(me, ann, team):
    share(me, team, "writer")
    ann.ok("POST", LIST, {"id": team})
    entry = ann.ok("GET", f"{LIST}/{team}")
    assert entry["accessRole"] == "writer"
    assert "primary" not in entry
    share(me, team, "freeBusyReader")
    weaker = ann.ok("GET", f"{LIST}/{team}")
    assert weaker["accessRole"] == "freeBusyReader"
    assert weaker["etag"] != entry["etag"]


def test_somebody_elses_primary_calendar_is_not_the_callers_primary_one(me, ann):
    share(me, "primary")
    entry = ann.ok("POST", LIST, {"id": "me@example.com"})
    assert "primary" not in entry


def test_a_calendar_that_is_not_on_the_list_is_not_found(me, ann, team):
    share(me, team)
    assert ann.error("GET", f"{LIST}/{team}")["reason"] == "notFound"
    assert ann.error("PATCH", f"{LIST}/{team}", {"hidden": True})["reason"] == "notFound"
    assert ann.error("DELETE", f"{LIST}/{team}")["reason"] == "notFound"


# insert -------------------------------------------------------------------------------------------------


def test_a_shared_calendar_is_not_on_the_list_until_it_is_inserted(me, ann, team):
    share(me, team)
    assert team not in ids(ann)
    entry = ann.ok("POST", LIST, {"id": team, "summaryOverride": "Ours", "selected": True})
    assert entry["summary"] == "Team"
    assert entry["summaryOverride"] == "Ours"
    assert entry["selected"] is True
    assert entry["defaultReminders"] == []
    assert team in ids(ann)


def test_a_calendar_that_one_may_not_see_cannot_be_inserted(ann, team):
    error = ann.error("POST", LIST, {"id": team})
    assert (error["status"], error["reason"]) == (404, "notFound")


def test_an_insert_needs_an_id(me):
    error = me.error("POST", LIST, {"selected": True})
    assert (error["status"], error["reason"]) == (400, "required")


def test_inserting_what_is_on_the_list_changes_it(me, team):
    me.ok("POST", LIST, {"id": team, "summaryOverride": "Mine"})
    assert me.ok("GET", f"{LIST}/{team}")["summaryOverride"] == "Mine"
    assert ids(me).count(team) == 1


def test_what_is_the_calendars_own_cannot_be_set_on_the_list(me, ann, team):
    share(me, team)
    entry = ann.ok(
        "POST", LIST, {"id": team, "summary": "x", "accessRole": "owner", "primary": True}
    )
    assert entry["summary"] == "Team"
    assert entry["accessRole"] == "reader"
    assert "primary" not in entry


# Colours ------------------------------------------------------------------------------------------------


def test_a_colour_by_index_sets_the_rgb_colours(me, team):
    entry = me.ok("PATCH", f"{LIST}/{team}", {"colorId": "7"})
    assert (entry["colorId"], entry["backgroundColor"], entry["foregroundColor"]) == (
        "7",
        "#42d692",
        "#000000",
    )


def test_an_rgb_colour_sets_the_nearest_index(me, team):
    entry = me.ok(
        "PATCH",
        f"{LIST}/{team}",
        {"backgroundColor": "#43D593", "foregroundColor": "#ffffff", "colorId": "1"},
        colorRgbFormat=True,
    )
    assert (entry["colorId"], entry["backgroundColor"], entry["foregroundColor"]) == (
        "7",
        "#43d593",
        "#ffffff",
    )


def test_rgb_colours_are_ignored_unless_they_are_asked_for(me, team):
    before = me.ok("GET", f"{LIST}/{team}")
    entry = me.ok("PATCH", f"{LIST}/{team}", {"backgroundColor": "#000000"})
    assert entry["backgroundColor"] == before["backgroundColor"]


def test_an_update_without_colours_keeps_them(me, team):
    me.ok("PATCH", f"{LIST}/{team}", {"colorId": "7", "summaryOverride": "Mine"})
    entry = me.ok("PUT", f"{LIST}/{team}", {"selected": True})
    assert entry["colorId"] == "7"
    assert "summaryOverride" not in entry


@pytest.mark.parametrize(
    ("body", "rgb"),
    [
        ({"colorId": "25"}, False),
        ({"colorId": "red"}, False),
        ({"backgroundColor": "red"}, True),
        ({"backgroundColor": "#ff0000", "foregroundColor": "#fff"}, True),
    ],
)
def test_a_colour_that_is_none_is_refused(me, team, body, rgb):
    error = me.error("PATCH", f"{LIST}/{team}", body, colorRgbFormat=rgb)
    assert (error["status"], error["reason"]) == (400, "invalid")


# Reminders and notifications ----------------------------------------------------------------------------


def test_default_reminders_are_the_users_own_and_show_in_listings_of_events(me, ann, team):
    share(me, team)
    ann.ok("POST", LIST, {"id": team, "defaultReminders": [{"method": "email", "minutes": 30}]})
    assert ann.list(team)["defaultReminders"] == [{"method": "email", "minutes": 30}]
    assert me.list(team)["defaultReminders"] == []


def test_a_patch_with_null_removes_reminders_and_notifications(me):
    entry = me.ok(
        "PATCH", f"{LIST}/primary", {"defaultReminders": None, "notificationSettings": None}
    )
    assert entry["defaultReminders"] == []
    assert "notificationSettings" not in entry


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"defaultReminders": [{"method": "email"}]}, "Missing reminder minutes."),
        ({"defaultReminders": [{"minutes": 1}]}, "Missing reminder method."),
        (
            {"defaultReminders": [{"method": "email", "minutes": 40321}]},
            "Invalid reminder minutes: 40321. Values must be within the range: [0, 40320]",
        ),
        (
            {"defaultReminders": [{"method": "sms", "minutes": 1}]},
            "Invalid value for: sms is not a valid value",
        ),
        (
            {"defaultReminders": [{"method": "email", "minutes": 1}] * 6},
            "At most 5 default reminders are allowed.",
        ),
        (
            {"notificationSettings": {"notifications": [{"method": "email"}]}},
            "Missing notification type.",
        ),
        (
            {"notificationSettings": {"notifications": [{"type": "agenda", "method": None}]}},
            "Missing notification method.",
        ),
        (
            {"notificationSettings": {"notifications": [{"type": "x", "method": "email"}]}},
            "Invalid value for: x is not a valid value",
        ),
    ],
)
def test_reminders_and_notifications_that_cannot_be_are_refused(me, body, message):
    error = me.error("PATCH", f"{LIST}/primary", body)
    assert (error["status"], error["message"]) == (400, message)


# delete -------------------------------------------------------------------------------------------------


def test_a_calendar_of_somebody_else_can_be_taken_off_the_list(me, ann, team):
    share(me, team)
    ann.ok("POST", LIST, {"id": team, "summaryOverride": "Mine"})
    reply = ann.call("DELETE", f"{LIST}/{team}")
    assert (reply.status, reply.body) == (204, b"")
    assert team not in ids(ann)
    assert ann.ok("GET", f"/calendars/{team}")["summary"] == "Team"
    assert "summaryOverride" not in ann.ok("POST", LIST, {"id": team})


def test_the_primary_calendar_stays_on_the_list(me):
    error = me.error("DELETE", f"{LIST}/primary")
    assert (error["status"], error["reason"]) == (403, "cannotChangeOwnPrimarySubscription")


def test_a_calendar_that_one_owns_stays_on_the_list(me, team):
    error = me.error("DELETE", f"{LIST}/{team}")
    assert (error["status"], error["reason"], error["message"]) == (
        403,
        "cannotUnsubscribeFromOwnedCalendar",
        "The data owner of a calendar cannot remove such a calendar from their calendar list.",
    )


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_an_outdated_version_of_an_entry_is_not_changed(me, team, method):
    etag = me.ok("GET", f"{LIST}/{team}")["etag"]
    me.ok("PATCH", f"{LIST}/{team}", {"summaryOverride": "x"})
    error = me.error(method, f"{LIST}/{team}", {}, headers={"If-Match": etag})
    assert error["status"] == 412


# list ---------------------------------------------------------------------------------------------------


def test_hidden_calendars_are_listed_only_on_request(me, team):
    me.ok("PATCH", f"{LIST}/{team}", {"hidden": True})
    assert team not in ids(me)
    entries = me.ok("GET", LIST, showHidden=True)["items"]
    assert [entry["hidden"] for entry in entries if entry["id"] == team] == [True]
    entry = me.ok("PATCH", f"{LIST}/{team}", {"hidden": False})
    assert "hidden" not in entry
    assert team in ids(me)


def test_deleted_entries_are_listed_only_on_request(me, ann, team):
    share(me, team)
    ann.ok("POST", LIST, {"id": team})
    ann.ok("DELETE", f"{LIST}/{team}")
    assert team not in ids(ann)
    (entry,) = [
        entry for entry in ann.ok("GET", LIST, showDeleted=True)["items"] if entry["id"] == team
    ]
    assert entry["deleted"] is True
    assert "summary" not in entry


def test_a_least_role_leaves_out_the_calendars_of_lesser_ones(me, ann, team):
    share(me, team, "reader")
    ann.ok("POST", LIST, {"id": team})
    assert set(ids(ann, minAccessRole="reader")) == {"ann@example.com", team}
    assert ids(ann, minAccessRole="writer") == ["ann@example.com"]
    error = ann.error("GET", LIST, minAccessRole="none")
    assert (error["reason"], error["location"]) == ("invalidParameter", "minAccessRole")


def test_calendars_of_other_organizations_can_be_left_out(emulator, me, caller):
    eve = caller(emulator, "eve@other.org")
    share(eve, "primary", value="me@example.com")
    me.ok("POST", LIST, {"id": "eve@other.org"})
    assert "eve@other.org" in ids(me)
    assert "eve@other.org" not in ids(me, showOwnOrganizationOnly=True)
    assert "me@example.com" in ids(me, showOwnOrganizationOnly=True)


def test_the_list_comes_in_pages(me):
    made = [me.ok("POST", "/calendars", {"summary": str(n)})["id"] for n in range(4)]
    seen, page = [], me.ok("GET", LIST, maxResults=2)
    while True:
        seen.append([entry["id"] for entry in page["items"]])
        if "nextPageToken" not in page:
            break
        assert "nextSyncToken" not in page
        page = me.ok("GET", LIST, maxResults=2, pageToken=page["nextPageToken"])
    assert seen == [["me@example.com", made[0]], made[1:3], made[3:]]
    assert "nextSyncToken" in page


def test_a_page_is_a_hundred_entries_and_never_more_than_250(emulator, me, caller):
    for number in range(260):
        me.ok("POST", "/calendars", {"summary": str(number)})
    assert len(ids(me)) == 100
    assert len(ids(me, maxResults=1000)) == 250
    error = me.error("GET", LIST, maxResults=0)
    assert (error["reason"], error["location"]) == ("invalidParameter", "maxResults")


def test_a_page_token_of_another_listing_is_refused(me, ann, team):
    token = me.ok("GET", LIST, maxResults=1)["nextPageToken"]
    for user, query in ((me, {"showHidden": True}), (ann, {}), (me, {"pageToken": "x"})):
        error = user.error("GET", LIST, **{"pageToken": token, "maxResults": 1, **query})
        assert (error["status"], error["location"]) == (400, "pageToken")


# Sync ---------------------------------------------------------------------------------------------------


def synced(caller, token, **query):
    return caller.ok("GET", LIST, syncToken=token, **query)


def test_a_sync_brings_what_changed_since(me, team):
    token = me.ok("GET", LIST)["nextSyncToken"]
    assert synced(me, token)["items"] == []
    me.ok("PATCH", f"{LIST}/{team}", {"summaryOverride": "Mine"})
    (entry,) = synced(me, token)["items"]
    assert entry == me.ok("GET", f"{LIST}/{team}")
    assert synced(me, synced(me, token)["nextSyncToken"])["items"] == []


def test_a_sync_brings_new_hidden_and_deleted_entries(me, ann, team):
    share(me, team)
    ann.ok("POST", LIST, {"id": team})
    token = ann.ok("GET", LIST)["nextSyncToken"]
    made = ann.ok("POST", "/calendars", {"summary": "New"})["id"]
    ann.ok("PATCH", f"{LIST}/primary", {"hidden": True})
    ann.ok("DELETE", f"{LIST}/{team}")
    changes = synced(ann, token)["items"]
    assert [entry["id"] for entry in changes] == [made, "ann@example.com", team]
    assert changes[1]["hidden"] is True
    assert changes[2] == {
        "kind": "calendar#calendarListEntry",
        "etag": changes[2]["etag"],
        "id": team,
        "defaultReminders": [],
        "deleted": True,
    }


def test_a_sync_says_nothing_of_changes_that_are_the_calendars_own(me, team):
    token = me.ok("GET", LIST)["nextSyncToken"]
    me.ok("PATCH", f"/calendars/{team}", {"summary": "Club"})
    assert synced(me, token)["items"] == []


def test_a_calendar_that_one_may_not_see_any_more_leaves_the_list(me, ann, team):
    share(me, team)
    ann.ok("POST", LIST, {"id": team})
    token = ann.ok("GET", LIST)["nextSyncToken"]
    me.ok("DELETE", f"/calendars/{team}/acl/user:ann@example.com")
    assert team not in ids(ann)
    assert [entry.get("deleted") for entry in synced(ann, token)["items"]] == [True]


def test_the_pages_of_a_sync_end_where_they_began(me):
    token = me.ok("GET", LIST)["nextSyncToken"]
    made = [me.ok("POST", "/calendars", {"summary": str(n)})["id"] for n in range(3)]
    first = synced(me, token, maxResults=2)
    late = me.ok("POST", "/calendars", {"summary": "late"})["id"]
    last = synced(me, token, maxResults=2, pageToken=first["nextPageToken"])
    assert [entry["id"] for entry in first["items"] + last["items"]] == made
    changes = synced(me, last["nextSyncToken"])["items"]
    assert [entry["id"] for entry in changes] == [late]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minAccessRole", "reader"),
        ("showOwnOrganizationOnly", "true"),
        ("showDeleted", "false"),
        ("showHidden", "false"),
    ],
)
def test_what_would_leave_out_changes_does_not_go_with_a_sync_token(me, name, value):
    token = me.ok("GET", LIST)["nextSyncToken"]
    error = me.error("GET", LIST, syncToken=token, **{name: value})
    assert (error["status"], error["location"]) == (400, name)


def test_a_sync_token_that_is_old_or_from_elsewhere_means_a_full_sync(emulator, me, ann, clock):
    token = me.ok("GET", LIST)["nextSyncToken"]
    of_settings = me.ok("GET", "/users/me/settings")["nextSyncToken"]
    of_ann = ann.ok("GET", LIST)["nextSyncToken"]
    for wrong in ("x", of_settings, of_ann):
        error = me.error("GET", LIST, syncToken=wrong)
        assert (error["status"], error["reason"], error["location"]) == (
            410,
            "fullSyncRequired",
            "syncToken",
        )
    clock.advance(timedelta(days=29))
    assert me.error("GET", LIST, syncToken=token)["reason"] == "fullSyncRequired"


def test_what_belongs_to_the_calendar_itself_is_not_changed_by_an_entry(me):
    # The reference marks summaryOverride, colours, hidden, selected, defaultReminders and notificationSettings as
    # writable, and no other property: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList
    before = me.ok("GET", "/users/me/calendarList/primary")
    given = {
        "summary": "Other",
        "timeZone": "Asia/Tokyo",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["eventHangout"]},
        "accessRole": "reader",
        "primary": False,
    }
    after = me.ok("PATCH", "/users/me/calendarList/primary", given)
    assert {name: after[name] for name in given} == {name: before[name] for name in given}
    assert me.ok("GET", "/calendars/primary")["conferenceProperties"] == {
        "allowedConferenceSolutionTypes": ["hangoutsMeet"]
    }
