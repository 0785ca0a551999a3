"""What each role on a calendar may see of its events, and do with them."""

from __future__ import annotations

import pytest

CALENDAR = "me@example.com"


@pytest.fixture
def ann(emulator, caller):
    return caller(emulator, "ann@example.com")


@pytest.fixture
def give(me):
    """Give a role on my calendar to Ann, or to the scope that is named."""

    def give(role, kind="user", value="ann@example.com"):
        scope = {"type": kind} if value is None else {"type": kind, "value": value}
        me.ok("POST", "/calendars/primary/acl", {"role": role, "scope": scope})

    return give


def details(meeting, **fields):
    return {
        **meeting,
        "description": "the takeover",
        "location": "Prague",
        "attendees": [{"email": "bob@example.com"}],
        **fields,
    }


# Whose role ---------------------------------------------------------------------------------------------


def test_without_a_role_there_is_no_calendar(ann, me):
    me.ok("GET", "/calendars/primary")
    error = ann.error("GET", f"/calendars/{CALENDAR}/events")
    assert (error["status"], error["reason"]) == (404, "notFound")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("user", "ann@example.com"),
        ("group", "team@example.com"),
        ("group", "all@example.com"),
        ("domain", "example.com"),
        ("default", None),
    ],
)
def test_a_role_comes_from_any_rule_that_somebody_falls_under(emulator, ann, give, kind, value):
    emulator.groups.add("team@example.com", ["ann@example.com"])
    emulator.groups.add("all@example.com", ["team@example.com"])
    give("reader", kind, value)
    assert ann.list(CALENDAR)["accessRole"] == "reader"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("user", "bob@example.com"),
        ("group", "team@example.com"),
        ("domain", "example.com"),
    ],
)
def test_rules_for_others_give_no_role(emulator, caller, give, kind, value):
    emulator.groups.add("team@example.com", ["ann@example.com"])
    give("reader", kind, value)
    eve = caller(emulator, "eve@other.org")
    assert eve.error("GET", f"/calendars/{CALENDAR}/events")["status"] == 404


def test_the_highest_of_several_roles_counts(emulator, ann, give):
    emulator.groups.add("team@example.com", ["ann@example.com"])
    give("freeBusyReader", "default", None)
    give("writer", "group", "team@example.com")
    give("reader")
    assert ann.list(CALENDAR)["accessRole"] == "writer"


def test_groups_that_contain_each_other_end(emulator, ann, give):
    emulator.groups.add("one@example.com", ["two@example.com", "ann@example.com"])
    emulator.groups.add("two@example.com", ["one@example.com"])
    give("reader", "group", "two@example.com")
    assert ann.list(CALENDAR)["accessRole"] == "reader"


# Seeing -------------------------------------------------------------------------------------------------


def test_who_sees_only_busy_times_sees_no_details(ann, me, give, meeting):
    event = me.insert(details(meeting))
    give("freeBusyReader")
    busy = {
        "kind": "calendar#event",
        "etag": event["etag"],
        "id": event["id"],
        "status": "confirmed",
        "htmlLink": event["htmlLink"],
        "updated": event["updated"],
        "start": event["start"],
        "end": event["end"],
        "visibility": "private",
        "iCalUID": event["iCalUID"],
        "eventType": "default",
    }
    listing = ann.list(CALENDAR)
    assert listing["items"] == [busy]
    assert listing["accessRole"] == "freeBusyReader"
    assert ann.get(event["id"], CALENDAR) == busy


@pytest.mark.parametrize(
    ("role", "fields", "sees"),
    [
        # https://www.connect.ucsb.edu/…/google-workspace-calendar-5
        ("freeBusyReader", {}, "busy"),
        ("freeBusyReader", {"visibility": "private"}, "busy"),
        ("freeBusyReader", {"visibility": "public"}, "all"),
        ("freeBusyReader", {"transparency": "transparent"}, "nothing"),
        ("freeBusyReader", {"transparency": "transparent", "visibility": "private"}, "nothing"),
        ("freeBusyReader", {"transparency": "transparent", "visibility": "public"}, "all"),
        ("reader", {}, "all"),
        ("reader", {"visibility": "private"}, "busy"),
        ("reader", {"visibility": "confidential"}, "busy"),
        ("reader", {"visibility": "public"}, "all"),
        ("reader", {"transparency": "transparent"}, "all"),
        ("reader", {"transparency": "transparent", "visibility": "private"}, "nothing"),
        ("writerWithoutPrivateAccess", {"visibility": "private"}, "busy"),
        ("writerWithoutPrivateAccess", {}, "all"),
        ("writer", {"visibility": "private"}, "all"),
        ("writer", {"transparency": "transparent", "visibility": "private"}, "all"),
        ("owner", {"visibility": "private"}, "all"),
    ],
)
def test_what_a_role_sees_of_an_event(ann, me, give, meeting, role, fields, sees):
    event = me.insert(details(meeting, **fields))
    give(role)
    items = ann.items(CALENDAR)
    if sees == "nothing":
        assert items == []
        assert ann.error("GET", f"/calendars/{CALENDAR}/events/{event['id']}")["status"] == 404
        return
    assert items == [ann.get(event["id"], CALENDAR)]
    assert ("summary" in items[0]) == (sees == "all")
    assert ("attendees" in items[0]) == (sees == "all")


def test_a_guest_sees_a_private_event_on_a_calendar_that_they_may_read(ann, me, give, meeting):
    guests = [{"email": "ann@example.com"}]
    me.insert(details(meeting, visibility="private", attendees=guests))
    give("reader")
    assert [event["summary"] for event in ann.items(CALENDAR)] == ["Meeting"]


def test_hidden_details_cannot_be_found_by_searching(ann, me, give, meeting):
    me.insert(
        details(
            meeting,
            visibility="private",
            extendedProperties={"shared": {"deal": "yes"}},
        )
    )
    give("reader")
    for query in (
        {"q": "takeover"},
        {"q": "Meeting"},
        {"sharedExtendedProperty": "deal=yes"},
    ):
        assert ann.items(CALENDAR, **query) == []
        assert len(me.items(**query)) == 1


def test_the_instances_of_a_private_series_are_busy_times(ann, me, give, timed):
    series = me.insert(
        timed(
            "2026-03-03T10:00:00",
            "2026-03-03T11:00:00",
            "Europe/Prague",
            summary="Secret",
            visibility="private",
            recurrence=["RRULE:FREQ=DAILY;COUNT=3"],
        )
    )
    me.patch(f"{series['id']}_20260304T090000Z", {"summary": "Secret too"})
    give("reader")
    expanded = ann.items(CALENDAR, singleEvents=True, orderBy="startTime")
    assert [event["start"]["dateTime"] for event in expanded] == [
        "2026-03-03T09:00:00Z",
        "2026-03-04T09:00:00Z",
        "2026-03-05T09:00:00Z",
    ]
    assert ann.instances(series["id"], CALENDAR) == expanded
    assert {event["recurringEventId"] for event in expanded} == {series["id"]}
    assert not any("summary" in event for event in expanded)
    assert ann.get(series["id"], CALENDAR)["recurrence"] == series["recurrence"]


def test_an_instance_that_is_not_busy_is_not_seen(ann, me, give, timed):
    series = me.insert(
        timed(
            "2026-03-03T10:00:00",
            "2026-03-03T11:00:00",
            "UTC",
            recurrence=["RRULE:FREQ=DAILY;COUNT=2"],
        )
    )
    free = f"{series['id']}_20260304T100000Z"
    me.patch(free, {"transparency": "transparent"})
    give("freeBusyReader")
    assert len(ann.items(CALENDAR, singleEvents=True)) == 1
    assert len(ann.instances(series["id"], CALENDAR)) == 1
    assert ann.error("GET", f"/calendars/{CALENDAR}/events/{free}")["status"] == 404


def test_a_series_that_is_not_seen_has_no_instances(ann, me, give, timed):
    series = me.insert(
        timed(
            "2026-03-03T10:00:00",
            "2026-03-03T11:00:00",
            "UTC",
            transparency="transparent",
            recurrence=["RRULE:FREQ=DAILY;COUNT=2"],
        )
    )
    give("freeBusyReader")
    for query in ({"singleEvents": True}, {"singleEvents": True, "showDeleted": True}, {}):
        assert [e for e in ann.items(CALENDAR, **query) if e["status"] != "cancelled"] == []
    path = f"/calendars/{CALENDAR}/events/{series['id']}/instances"
    assert ann.error("GET", path)["status"] == 404


def test_an_event_that_is_not_to_be_seen_any_more_is_gone_in_a_sync(ann, me, give, meeting):
    event = me.insert(details(meeting))
    give("freeBusyReader")
    token = ann.list(CALENDAR)["nextSyncToken"]
    expanded = ann.list(CALENDAR, singleEvents=True)["nextSyncToken"]
    me.patch(event["id"], {"transparency": "transparent"})
    gone = {"kind": "calendar#event", "id": event["id"], "status": "cancelled"}
    for items in (
        ann.items(CALENDAR, syncToken=token),
        ann.items(CALENDAR, syncToken=expanded, singleEvents=True),
    ):
        assert [{name: item.get(name) for name in gone} for item in items] == [gone]
        assert "start" not in items[0]


def test_a_deleted_private_event_keeps_its_details_to_itself(ann, me, give, meeting):
    event = me.insert(details(meeting, visibility="private"))
    give("reader")
    token = ann.list(CALENDAR)["nextSyncToken"]
    me.delete(event["id"])
    for items in (
        ann.items(CALENDAR, syncToken=token, showDeleted=True),
        ann.items(CALENDAR, showDeleted=True),
        [ann.get(event["id"], CALENDAR)],
    ):
        assert [item["status"] for item in items] == ["cancelled"]
        assert "summary" not in items[0]


def test_a_new_role_means_a_full_sync(ann, me, give, meeting):
    me.insert(details(meeting))
    give("freeBusyReader")
    listing = ann.list(CALENDAR)
    give("reader")
    error = ann.error("GET", f"/calendars/{CALENDAR}/events", syncToken=listing["nextSyncToken"])
    assert (error["status"], error["reason"]) == (410, "fullSyncRequired")
    known = {"If-None-Match": listing["etag"]}
    assert ann.call("GET", f"/calendars/{CALENDAR}/events", headers=known).status == 200


def test_times_are_hidden_in_no_zone(ann, me, give, meeting):
    me.insert(details(meeting))
    give("freeBusyReader")
    (busy,) = ann.items(CALENDAR, timeZone="Asia/Tokyo")
    assert busy["start"]["dateTime"] == "2026-03-03T19:00:00+09:00"


# Changing -----------------------------------------------------------------------------------------------


def changes(event_id, body):
    events = f"/calendars/{CALENDAR}/events"
    return [
        ("POST", events, body, {}),
        ("POST", f"{events}/import", {**body, "iCalUID": "x@y"}, {}),
        ("POST", f"{events}/quickAdd", None, {"text": "Lunch"}),
        ("PATCH", f"{events}/{event_id}", {"summary": "x"}, {}),
        ("PUT", f"{events}/{event_id}", body, {}),
        ("POST", f"{events}/{event_id}/move", None, {"destination": "ann@example.com"}),
        ("DELETE", f"{events}/{event_id}", None, {}),
    ]


@pytest.mark.parametrize("role", ["freeBusyReader", "reader"])
def test_who_may_only_read_changes_nothing(ann, me, give, meeting, role):
    event = me.insert(meeting)
    give(role)
    for method, path, body, query in changes(event["id"], meeting):
        error = ann.error(method, path, body, **query)
        assert (error["status"], error["reason"], error["message"]) == (
            403,
            "requiredAccessLevel",
            "You need to have writer access to this calendar.",
        )
    assert me.items() == [event]


def test_without_a_role_there_is_nothing_to_change(ann, me, meeting):
    event = me.insert(meeting)
    for method, path, body, query in changes(event["id"], meeting):
        assert ann.error(method, path, body, **query)["status"] == 404
    assert me.items() == [event]


@pytest.mark.parametrize("role", ["writerWithoutPrivateAccess", "writer", "owner"])
def test_who_may_write_makes_changes_and_deletes_events(ann, me, give, meeting, role):
    give(role)
    event = ann.insert(meeting, CALENDAR)
    assert event["creator"] == {"email": "ann@example.com"}
    assert event["organizer"]["email"] == CALENDAR
    assert ann.patch(event["id"], {"summary": "x"}, CALENDAR)["summary"] == "x"
    ann.delete(event["id"], CALENDAR)
    assert me.items() == []


def test_private_events_are_not_changed_without_private_access(ann, me, give, meeting):
    event = me.insert({**meeting, "visibility": "private"})
    give("writerWithoutPrivateAccess")
    for method, path, body, query in changes(event["id"], meeting)[3:]:
        error = ann.error(method, path, body, **query)
        assert (error["status"], error["reason"]) == (403, "requiredAccessLevel")
    assert me.items() == [event]


def test_an_event_moves_only_to_a_calendar_that_one_may_write(ann, me, give, meeting):
    event = ann.insert(meeting)
    give("reader")
    path = f"/calendars/primary/events/{event['id']}/move"
    assert ann.error("POST", path, destination=CALENDAR)["reason"] == "requiredAccessLevel"


# The calendar itself ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["freeBusyReader", "reader", "writer"])
def test_only_an_owner_changes_the_calendar(ann, give, role):
    give(role)
    assert ann.ok("GET", f"/calendars/{CALENDAR}")["id"] == CALENDAR
    for method, path in (
        ("PATCH", f"/calendars/{CALENDAR}"),
        ("PUT", f"/calendars/{CALENDAR}"),
        ("DELETE", f"/calendars/{CALENDAR}"),
        ("POST", f"/calendars/{CALENDAR}/clear"),
    ):
        error = ann.error(method, path, {"summary": "x"})
        assert (error["status"], error["reason"], error["message"]) == (
            403,
            "requiredAccessLevel",
            "You need to have owner access to this calendar.",
        )
    give("owner")
    assert ann.ok("PATCH", f"/calendars/{CALENDAR}", {"summary": "x"})["summary"] == "x"
