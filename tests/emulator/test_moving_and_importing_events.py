import base64

import pytest


@pytest.fixture
def shared(me, caller, emulator):
    """Another calendar on which both may write."""
    team = caller(emulator, "team@example.com")
    rule = {"role": "writer", "scope": {"type": "user", "value": "me@example.com"}}
    team.ok("POST", "/calendars/primary/acl", rule)
    return "team@example.com"


def test_a_moved_event_is_on_the_other_calendar_and_organised_by_it(me, meeting, shared, clock):
    event = me.insert({**meeting, "attendees": [{"email": "me@example.com"}, {"email": shared}]})
    clock.advance(1)
    moved = me.ok("POST", f"/calendars/primary/events/{event['id']}/move", destination=shared)
    assert moved["id"] == event["id"]
    assert moved["iCalUID"] == event["iCalUID"]
    assert moved["organizer"] == {"email": shared, "self": True}
    assert moved["creator"] == {"email": "me@example.com"}
    assert moved["created"] == event["created"]
    assert moved["htmlLink"] != event["htmlLink"]
    assert [
        (one["email"], one.get("organizer"), one.get("self")) for one in moved["attendees"]
    ] == [
        ("me@example.com", None, None),
        (shared, True, True),
    ]
    assert me.get(event["id"], calendar=shared) == moved


def test_a_moved_event_leaves_nothing_but_its_id(me, meeting, shared):
    event = me.insert(meeting)
    token = me.list()["nextSyncToken"]
    me.ok("POST", f"/calendars/primary/events/{event['id']}/move", destination=shared)
    left = me.get(event["id"])
    assert (left["id"], left["status"]) == (event["id"], "cancelled")
    assert not {"summary", "start", "end"} & set(left)
    assert [item["status"] for item in me.items(syncToken=token)] == ["cancelled"]


def test_an_event_may_be_moved_back(me, meeting, shared):
    event = me.insert(meeting)
    path = f"/events/{event['id']}/move"
    me.ok("POST", f"/calendars/primary{path}", destination=shared)
    back = me.ok("POST", f"/calendars/{shared}{path}", destination="primary")
    assert back["organizer"] == {"email": "me@example.com", "self": True}
    assert len(me.items()) == 1


def test_a_series_moves_with_its_exceptions(me, timed, shared):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", summary="series")
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    me.patch(f"{series['id']}_20260303T100000Z", {"summary": "special"})
    me.delete(f"{series['id']}_20260304T100000Z")
    me.ok("POST", f"/calendars/primary/events/{series['id']}/move", destination=shared)
    assert me.items(singleEvents="true") == []
    items = me.items(shared, singleEvents="true")
    assert [item["summary"] for item in items] == ["special", "series"]
    assert {item["organizer"]["email"] for item in items} == {shared}


def test_a_moved_series_leaves_no_instances(me, timed, shared):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC")
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    me.ok("POST", f"/calendars/primary/events/{series['id']}/move", destination=shared)
    (left,) = me.items(singleEvents="true", showDeleted="true")
    assert (left["id"], left["status"]) == (series["id"], "cancelled")
    instance = f"/calendars/primary/events/{series['id']}_20260303T100000Z"
    assert me.error("GET", instance)["status"] == 404


def test_a_pending_conference_moves_too(me, meeting, shared, clock):
    body = {**meeting, "conferenceData": {"createRequest": {"requestId": "r"}}}
    event = me.insert(body, conferenceDataVersion=1)
    me.ok("POST", f"/calendars/primary/events/{event['id']}/move", destination=shared)
    clock.advance(1)
    assert me.get(event["id"], calendar=shared)["hangoutLink"]


def test_what_cannot_be_moved(me, meeting, timed, shared, caller, emulator):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC")
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    instance = f"/calendars/primary/events/{series['id']}_20260303T100000Z/move"
    assert (
        me.error("POST", instance, destination=shared)["reason"]
        == "cannotChangeOrganizerOfInstance"
    )

    event = me.insert(meeting)
    path = f"/calendars/primary/events/{event['id']}/move"
    assert me.error("POST", path)["message"] == "Required parameter: destination"
    assert me.error("POST", path, destination="nobody@example.com")["status"] == 404
    caller(emulator, "you@example.com").list()
    assert me.error("POST", path, destination="you@example.com")["status"] == 404
    me.delete(event["id"])
    assert me.error("POST", path, destination=shared)["status"] == 410


def test_an_event_of_somebody_elses_is_not_moved(me, meeting, shared):
    imported = me.ok(
        "POST",
        "/calendars/primary/events/import",
        {
            **meeting,
            "iCalUID": "uid@x",
            "organizer": {"email": "boss@example.com"},
            "attendees": [{"email": "me@example.com"}],
        },
    )
    path = f"/calendars/primary/events/{imported['id']}/move"
    assert me.error("POST", path, destination=shared)["reason"] == "cannotChangeOrganizer"


def test_moving_an_event_to_where_it_is_changes_nothing(me, meeting):
    event = me.insert(meeting)
    path = f"/calendars/primary/events/{event['id']}/move"
    assert me.ok("POST", path, destination="me@example.com") == event


# Importing ----------------------------------------------------------------------------------------------


def imported(me, body, **query):
    return me.ok("POST", "/calendars/primary/events/import", body, **query)


def test_an_imported_event_keeps_its_uid_organizer_and_sequence(me, meeting):
    event = imported(
        me,
        {
            **meeting,
            "iCalUID": "uid-1@other.example",
            "organizer": {"email": "Boss@other.example", "displayName": "Boss"},
            "sequence": 4,
            "attendees": [{"email": "boss@other.example"}, {"email": "me@example.com"}],
        },
    )
    assert event["iCalUID"] == "uid-1@other.example"
    assert event["organizer"] == {"email": "boss@other.example", "displayName": "Boss"}
    assert event["sequence"] == 4
    assert event["attendees"][0]["organizer"] is True
    assert event["attendees"][1]["self"] is True
    assert event["creator"] == {"email": "me@example.com", "self": True}


def test_the_id_of_an_imported_event_is_made_of_its_uid(me, meeting):
    event = imported(me, {**meeting, "iCalUID": "uid-1@other.example"})
    encoded = event["id"].removeprefix("_").upper()
    encoded += "=" * (-len(encoded) % 8)
    assert base64.b32hexdecode(encoded).decode() == "uid-1@other.example"


def test_without_a_uid_nothing_is_imported(me, meeting):
    error = me.error("POST", "/calendars/primary/events/import", meeting)
    assert (error["status"], error["reason"], error["message"]) == (
        400,
        "required",
        "Missing iCalUID.",
    )


def test_importing_the_same_uid_again_replaces_the_event(me, meeting, clock):
    first = imported(me, {**meeting, "iCalUID": "uid", "sequence": 1, "location": "here"})
    clock.advance(1)
    again = imported(me, {**meeting, "iCalUID": "uid", "sequence": 1, "summary": "New"})
    assert again["id"] == first["id"]
    assert (again["summary"], again["created"]) == ("New", first["created"])
    assert "location" not in again
    assert len(me.items()) == 1
    error = me.error("POST", "/calendars/primary/events/import", {**meeting, "iCalUID": "uid"})
    assert error["message"].startswith("Invalid sequence value.")


def test_importing_a_deleted_event_brings_it_back(me, meeting):
    first = imported(me, {**meeting, "iCalUID": "uid"})
    me.delete(first["id"])
    assert imported(me, {**meeting, "iCalUID": "uid"})["status"] == "confirmed"
    assert len(me.items()) == 1


def test_importing_an_event_that_was_made_here_changes_it(me, meeting):
    event = me.insert(meeting)
    again = imported(me, {**meeting, "iCalUID": event["iCalUID"], "summary": "New"})
    assert again["id"] == event["id"]


def test_an_imported_event_is_of_the_default_type(me, meeting):
    event = imported(
        me, {**meeting, "iCalUID": "uid", "eventType": "focusTime", "focusTimeProperties": {}}
    )
    assert event["eventType"] == "default"
    assert "focusTimeProperties" not in event


def test_what_was_moved_away_can_be_imported_again(me, meeting, shared):
    event = me.insert(meeting)
    me.ok("POST", f"/calendars/primary/events/{event['id']}/move", destination=shared)
    again = imported(me, {**meeting, "iCalUID": event["iCalUID"]})
    assert (again["id"], again["status"]) == (event["id"], "confirmed")
    assert [item["id"] for item in me.items()] == [event["id"]]


def test_an_organizer_has_an_address(me, meeting):
    body = {**meeting, "iCalUID": "uid", "organizer": {"email": "nobody"}}
    error = me.error("POST", "/calendars/primary/events/import", body)
    assert (error["reason"], error["message"]) == ("invalid", "Invalid organizer email.")
    named = imported(me, {**meeting, "iCalUID": "uid", "organizer": {"displayName": "Me"}})
    assert named["organizer"] == {"email": "me@example.com", "displayName": "Me", "self": True}


def test_what_has_nothing_to_do_with_the_calendar_is_not_imported_to_it(me, meeting):
    body = {**meeting, "iCalUID": "uid", "organizer": {"email": "boss@example.com"}}
    error = me.error("POST", "/calendars/primary/events/import", body)
    assert (error["status"], error["domain"], error["reason"]) == (
        400,
        "calendar",
        "participantIsNeitherOrganizerNorAttendee",
    )
    assert error["message"].startswith("The owner of the calendar must either be the organizer")


def test_a_private_copy_says_so(me, meeting):
    assert imported(me, {**meeting, "iCalUID": "uid", "privateCopy": True})["privateCopy"] is True


@pytest.fixture
def standup(me, timed):
    """A series that comes from elsewhere, on three days."""
    body = timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z", "UTC", summary="Standup")
    body |= {"iCalUID": "standup@example.com", "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
    return me.ok("POST", "/calendars/primary/events/import", body)


@pytest.fixture
def exception(timed):
    """The second day of the series, an hour later."""
    body = timed("2026-03-04T11:00:00Z", "2026-03-04T12:00:00Z", "UTC", summary="Late standup")
    original = {"dateTime": "2026-03-04T10:00:00Z", "timeZone": "UTC"}
    return {**body, "iCalUID": "standup@example.com", "originalStartTime": original}


def test_an_imported_exception_takes_the_place_of_its_instance(me, standup, exception):
    answer = me.ok("POST", "/calendars/primary/events/import", exception)
    assert answer["id"] == f"{standup['id']}_20260304T100000Z"
    assert answer["recurringEventId"] == standup["id"]
    assert answer["originalStartTime"] == {"dateTime": "2026-03-04T10:00:00Z", "timeZone": "UTC"}
    assert answer["iCalUID"] == "standup@example.com"
    assert [(one["start"]["dateTime"], one["summary"]) for one in me.items(singleEvents=True)] == [
        ("2026-03-03T10:00:00Z", "Standup"),
        ("2026-03-04T11:00:00Z", "Late standup"),
        ("2026-03-05T10:00:00Z", "Standup"),
    ]
    assert me.get(standup["id"])["recurrence"] == ["RRULE:FREQ=DAILY;COUNT=3"]


def test_an_exception_that_is_imported_again_is_replaced(me, standup, exception):
    me.ok("POST", "/calendars/primary/events/import", exception)
    again = me.ok("POST", "/calendars/primary/events/import", {**exception, "summary": "Later"})
    assert again["summary"] == "Later"
    assert len(me.instances(standup["id"])) == 3


def test_an_imported_exception_may_say_that_its_instance_is_cancelled(me, standup, exception):
    me.ok("POST", "/calendars/primary/events/import", {**exception, "status": "cancelled"})
    starts = [one["start"]["dateTime"] for one in me.instances(standup["id"])]
    assert starts == ["2026-03-03T10:00:00Z", "2026-03-05T10:00:00Z"]


def test_an_exception_of_no_instance_is_not_imported(me, standup, exception):
    exception["originalStartTime"] = {"dateTime": "2026-03-04T10:30:00Z"}
    error = me.error("POST", "/calendars/primary/events/import", exception)
    assert (error["status"], error["message"]) == (400, "Invalid original start time.")
    assert len(me.instances(standup["id"])) == 3


def test_an_instance_of_a_series_that_is_not_here_is_an_event_of_its_own(me, exception):
    answer = me.ok("POST", "/calendars/primary/events/import", exception)
    assert "recurringEventId" not in answer
    assert [one["id"] for one in me.items()] == [answer["id"]]
