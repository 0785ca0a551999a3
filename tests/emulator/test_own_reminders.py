"""Reminders on shared calendars: everybody has their own."""

from __future__ import annotations

import pytest

CALENDAR = "me@example.com"
DEFAULT = {"useDefault": True}


def popup(minutes):
    return {"useDefault": False, "overrides": [{"method": "popup", "minutes": minutes}]}


@pytest.fixture
def ann(emulator, caller, me):
    """A user who may change the events on my calendar."""
    give(me, "ann@example.com", "writer")
    return caller(emulator, "ann@example.com")


def give(me, email, role):
    scope = {"type": "user", "value": email}
    me.ok("POST", "/calendars/primary/acl", {"role": role, "scope": scope})


def test_my_reminders_are_not_shown_to_others(me, ann, meeting):
    event = me.insert({**meeting, "reminders": popup(10)})
    assert event["reminders"] == popup(10)
    assert ann.get(event["id"], CALENDAR)["reminders"] == DEFAULT
    assert [item["reminders"] for item in ann.items(CALENDAR)] == [DEFAULT]


def test_those_of_others_are_not_shown_to_me(me, ann, meeting):
    event = ann.insert({**meeting, "reminders": popup(20)}, CALENDAR)
    assert event["reminders"] == popup(20)
    assert me.get(event["id"])["reminders"] == DEFAULT
    assert ann.get(event["id"], CALENDAR)["reminders"] == popup(20)
    assert [item["reminders"] for item in ann.items(CALENDAR)] == [popup(20)]


def test_each_writer_has_their_own(emulator, caller, me, ann, meeting):
    give(me, "bob@example.com", "writer")
    bob = caller(emulator, "bob@example.com")
    event = me.insert({**meeting, "reminders": popup(1)})["id"]
    ann.patch(event, {"reminders": popup(2)}, CALENDAR)
    bob.patch(event, {"reminders": popup(3)}, CALENDAR)
    seen = [one.get(event, CALENDAR)["reminders"] for one in (me, ann, bob)]
    assert seen == [popup(1), popup(2), popup(3)]


def test_a_patch_of_ones_own_is_a_change_that_updated_does_not_show(me, ann, meeting, clock):
    event = me.insert({**meeting, "reminders": popup(1)})
    clock.advance(60)
    mine = me.get(event["id"])
    patched = ann.patch(event["id"], {"reminders": popup(2)}, CALENDAR)
    assert patched["reminders"] == popup(2)
    assert patched["updated"] == event["updated"]
    assert patched["etag"] != mine["etag"]
    assert me.get(event["id"])["reminders"] == popup(1)


def test_a_patch_with_what_one_has_changes_nothing(me, ann, meeting):
    event = me.insert(meeting)
    assert ann.patch(event["id"], {"reminders": DEFAULT}, CALENDAR)["etag"] == event["etag"]


def test_a_patch_of_something_else_leaves_both_alone(me, ann, meeting):
    event = me.insert({**meeting, "reminders": popup(1)})["id"]
    ann.patch(event, {"reminders": popup(2)}, CALENDAR)
    assert ann.patch(event, {"summary": "New"}, CALENDAR)["reminders"] == popup(2)
    assert me.get(event)["reminders"] == popup(1)
    assert me.get(event)["summary"] == "New"


def test_a_patch_to_the_default_takes_ones_own_away(me, ann, meeting):
    event = ann.insert({**meeting, "reminders": popup(2)}, CALENDAR)["id"]
    assert ann.patch(event, {"reminders": None}, CALENDAR)["reminders"] == DEFAULT
    ann.patch(event, {"reminders": popup(2)}, CALENDAR)
    back = ann.patch(event, {"reminders": {"useDefault": True, "overrides": None}}, CALENDAR)
    assert back["reminders"] == DEFAULT


def test_an_update_replaces_ones_own_only(me, ann, meeting):
    event = me.insert({**meeting, "reminders": popup(1)})["id"]
    assert ann.update(event, {**meeting, "reminders": popup(2)}, CALENDAR)["reminders"] == popup(2)
    assert me.get(event)["reminders"] == popup(1)
    assert ann.update(event, meeting, CALENDAR)["reminders"] == DEFAULT
    assert me.get(event)["reminders"] == popup(1)


def test_the_rules_for_reminders_hold_for_everybody(ann, me, meeting):
    event = me.insert(meeting)["id"]
    path = f"/calendars/{CALENDAR}/events"
    both = {"reminders": {**popup(1), "useDefault": True}}
    for method, where, body in (
        ("POST", path, {**meeting, **both}),
        ("PATCH", f"{path}/{event}", both),
        ("PUT", f"{path}/{event}", {**meeting, **both}),
    ):
        error = ann.error(method, where, body)
        assert error["reason"] == "cannotUseDefaultRemindersAndSpecifyOverride"


@pytest.fixture
def series(me, timed):
    body = timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z", "UTC", summary="Daily")
    return me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"], "reminders": popup(1)})


def test_those_for_a_series_are_those_for_its_instances(me, ann, series):
    ann.patch(series["id"], {"reminders": popup(2)}, CALENDAR)
    instances = ann.instances(series["id"], CALENDAR)
    assert [one["reminders"] for one in instances] == [popup(2)] * 3
    assert ann.get(instances[1]["id"], CALENDAR)["reminders"] == popup(2)
    expanded = ann.items(CALENDAR, singleEvents=True)
    assert [one["reminders"] for one in expanded] == [popup(2)] * 3
    assert [one["reminders"] for one in me.instances(series["id"])] == [popup(1)] * 3


def test_an_instance_may_have_ones_own(me, ann, series):
    ann.patch(series["id"], {"reminders": popup(2)}, CALENDAR)
    second = ann.instances(series["id"], CALENDAR)[1]["id"]
    assert ann.patch(second, {"reminders": popup(3)}, CALENDAR)["reminders"] == popup(3)
    seen = [one["reminders"] for one in ann.instances(series["id"], CALENDAR)]
    assert seen == [popup(2), popup(3), popup(2)]
    assert [one["reminders"] for one in me.instances(series["id"])] == [popup(1)] * 3


def test_they_go_with_an_event_that_moves(me, ann, meeting):
    there = me.ok("POST", "/calendars", {"summary": "Work"})["id"]
    scope = {"type": "user", "value": "ann@example.com"}
    me.ok("POST", f"/calendars/{there}/acl", {"role": "writer", "scope": scope})
    event = me.insert({**meeting, "reminders": popup(1)})["id"]
    ann.patch(event, {"reminders": popup(2)}, CALENDAR)
    me.ok("POST", f"/calendars/primary/events/{event}/move", destination=there)
    assert me.get(event, there)["reminders"] == popup(1)
    assert ann.get(event, there)["reminders"] == popup(2)


def test_they_go_with_an_event_that_moves_to_somebody_elses_calendar(me, ann, meeting):
    scope = {"type": "user", "value": CALENDAR}
    ann.ok("POST", "/calendars/primary/acl", {"role": "writer", "scope": scope})
    event = me.insert({**meeting, "reminders": popup(1)})["id"]
    ann.patch(event, {"reminders": popup(2)}, CALENDAR)
    path = f"/calendars/{CALENDAR}/events/{event}/move"
    moved = me.ok("POST", path, destination="ann@example.com")
    assert moved["reminders"] == popup(1)
    assert me.get(event, "ann@example.com")["reminders"] == popup(1)
    assert ann.get(event)["reminders"] == popup(2)


def test_a_mere_reader_has_the_default(emulator, caller, me, meeting):
    give(me, "eve@example.com", "reader")
    event = me.insert({**meeting, "reminders": popup(1)})["id"]
    eve = caller(emulator, "eve@example.com")
    assert eve.get(event, CALENDAR)["reminders"] == DEFAULT


def test_what_is_imported_to_somebody_elses_calendar_has_ones_own(me, ann, meeting):
    body = {**meeting, "iCalUID": "uid@example.com"}
    mine = me.ok("POST", "/calendars/primary/events/import", {**body, "reminders": popup(1)})
    path = f"/calendars/{CALENDAR}/events/import"
    hers = ann.ok("POST", path, {**body, "reminders": popup(2)})
    assert hers["id"] == mine["id"]
    assert hers["reminders"] == popup(2)
    assert me.get(mine["id"])["reminders"] == popup(1)


def test_a_quick_event_says_the_default(ann):
    path = f"/calendars/{CALENDAR}/events/quickAdd"
    assert ann.ok("POST", path, text="Lunch tomorrow at noon")["reminders"] == DEFAULT


def test_they_stay_when_the_calendar_gets_another_data_owner(emulator, caller, me, timed):
    there = me.ok("POST", "/calendars", {"summary": "Work"})["id"]
    ann = caller(emulator, "ann@example.com")
    scope = {"type": "user", "value": "ann@example.com"}
    me.ok("POST", f"/calendars/{there}/acl", {"role": "writer", "scope": scope})
    body = timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z", "UTC", summary="Größe ☕")
    daily = {**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
    plain = me.insert({**body, "reminders": popup(1)}, there)["id"]
    series = me.insert({**daily, "reminders": popup(1)}, there)["id"]
    ann.patch(series, {"reminders": popup(2)}, there)
    second = me.instances(series, there)[1]["id"]
    me.patch(second, {"reminders": DEFAULT | {"overrides": None}}, there)

    def seen(one):
        instances = [instance["reminders"] for instance in one.instances(series, there)]
        return [one.get(plain, there)["reminders"], *instances]

    mine, hers = [popup(1), popup(1), DEFAULT, popup(1)], [DEFAULT, *[popup(2)] * 3]
    before = ann.get(plain, there)
    assert (seen(me), seen(ann)) == (mine, hers)
    me.ok(
        "POST",
        f"/calendars/{there}/transferOwnership",
        newDataOwner="ann@example.com",
        useAdminAccess="true",
    )
    assert (seen(me), seen(ann)) == (mine, hers)
    assert ann.get(plain, there) == before
