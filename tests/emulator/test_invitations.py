"""Copies of events on the calendars of their guests: where they are, what they show, and what becomes of them."""

import pytest


@pytest.fixture
def guests():
    return [{"email": "ann@example.com"}, {"email": "bob@example.org"}]


@pytest.fixture
def event(me, ann, bob, meeting, guests):
    return me.insert({**meeting, "location": "Here", "attendees": guests})


def own_entry(event):
    (own,) = [one for one in event["attendees"] if one.get("self")]
    return own


def responses(event):
    return {one["email"]: one["responseStatus"] for one in event["attendees"]}


# Copies -------------------------------------------------------------------------------------------------


def test_an_invitation_is_on_the_guests_primary_calendar_under_the_same_id_and_uid(event, ann, bob):
    for guest in (ann, bob):
        (copy,) = guest.items()
        assert (copy["id"], copy["iCalUID"]) == (event["id"], event["iCalUID"])
        assert (copy["summary"], copy["location"]) == ("Meeting", "Here")
        assert (copy["start"], copy["end"]) == (event["start"], event["end"])
        assert copy["created"] == event["created"]
        assert guest.get(event["id"]) == copy


def test_each_copy_says_whose_it_is(event, me, ann):
    assert event["organizer"] == {"email": "me@example.com", "self": True}
    assert [one.get("self") for one in event["attendees"]] == [None, None]
    copy = ann.get(event["id"])
    assert copy["organizer"] == copy["creator"] == {"email": "me@example.com"}
    assert [one.get("self") for one in copy["attendees"]] == [True, None]
    assert copy["htmlLink"] != event["htmlLink"]


def test_the_organizer_who_attends_is_marked_as_such_on_every_copy(me, ann, meeting):
    body = {**meeting, "attendees": [{"email": "me@example.com"}, {"email": "ann@example.com"}]}
    event = me.insert(body)
    assert event["attendees"][0] == {
        "email": "me@example.com",
        "organizer": True,
        "self": True,
        "responseStatus": "needsAction",
    }
    copy = ann.get(event["id"])
    assert copy["attendees"][0] == {
        "email": "me@example.com",
        "organizer": True,
        "responseStatus": "needsAction",
    }
    assert len(me.items()) == 1


def test_what_is_private_to_the_organizer_does_not_travel(me, ann, meeting):
    event = me.insert(
        {
            **meeting,
            "attendees": [{"email": "ann@example.com"}],
            "colorId": "5",
            "reminders": {"useDefault": False},
            "extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}},
            "source": {"url": "https://example.com"},
        }
    )
    copy = ann.get(event["id"])
    assert copy["reminders"] == {"useDefault": True}
    assert copy["extendedProperties"] == {"shared": {"b": "2"}}
    assert not {"colorId", "source"} & set(copy)


def test_times_are_those_of_the_guests_calendar_in_its_zone(me, emulator, caller, meeting):
    emulator.users.add("eva@example.com", time_zone="Europe/Prague")
    event = me.insert({**meeting, "attendees": [{"email": "eva@example.com"}]})
    copy = caller(emulator, "eva@example.com").get(event["id"])
    assert copy["start"] == {"dateTime": "2026-03-03T11:00:00+01:00", "timeZone": "UTC"}


def test_an_event_of_a_secondary_calendar_is_organised_by_it(me, ann, meeting, guests):
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    event = me.insert({**meeting, "attendees": guests}, calendar=team["id"])
    assert event["organizer"] == {"email": team["id"], "displayName": "Team", "self": True}
    copy = ann.get(event["id"])
    assert copy["organizer"] == {"email": team["id"], "displayName": "Team"}
    assert copy["creator"] == {"email": "me@example.com"}


def test_the_owner_of_a_secondary_calendar_may_be_invited_to_its_events(me, meeting):
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    body = {**meeting, "attendees": [{"email": "me@example.com"}]}
    event = me.insert(body, calendar=team["id"])
    copy = me.get(event["id"])
    assert copy["creator"] == {"email": "me@example.com", "self": True}
    assert own_entry(copy)["email"] == "me@example.com"


def test_somebody_without_an_account_finds_their_invitations_when_they_have_one(
    me, emulator, caller, meeting
):
    event = me.insert({**meeting, "attendees": [{"email": "new@example.net"}]})
    called_off = me.insert({**meeting, "attendees": [{"email": "new@example.net"}]})
    me.delete(called_off["id"])
    withdrawn = me.insert({**meeting, "attendees": [{"email": "new@example.net"}]})
    me.patch(withdrawn["id"], {"attendees": []})
    me.patch(event["id"], {"summary": "Renamed"})
    (copy,) = caller(emulator, "new@example.net").items()
    assert (copy["id"], copy["summary"]) == (event["id"], "Renamed")


def test_addresses_are_the_same_in_any_case(me, ann, meeting):
    event = me.insert({**meeting, "attendees": [{"email": "Ann@Example.COM"}]})
    assert own_entry(ann.get(event["id"]))["email"] == "ann@example.com"


def test_a_quick_event_invites_too(me, ann):
    event = me.ok(
        "POST", "/calendars/primary/events/quickAdd", text="Lunch tomorrow 1pm with ann@example.com"
    )
    assert ann.get(event["id"])["summary"] == event["summary"]


def test_a_private_copy_and_an_import_invite_nobody(me, ann, meeting):
    body = {**meeting, "attendees": [{"email": "ann@example.com"}]}
    private = me.insert({**body, "privateCopy": True})
    imported = me.ok("POST", "/calendars/primary/events/import", {**body, "iCalUID": "uid"})
    me.patch(private["id"], {"summary": "New"})
    me.patch(imported["id"], {"summary": "New"})
    assert ann.items() == []


def test_an_event_of_the_guests_own_is_not_touched_by_an_invitation_of_the_same_id(
    me, ann, meeting
):
    ann.insert({**meeting, "id": "sameid", "summary": "Mine"})
    me.insert({**meeting, "id": "sameid", "attendees": [{"email": "ann@example.com"}]})
    assert ann.get("sameid")["summary"] == "Mine"
    me.delete("sameid")
    assert ann.get("sameid")["status"] == "confirmed"


def test_a_guest_hears_of_an_invitation_by_synchronising(me, ann, meeting, guests):
    token = ann.list()["nextSyncToken"]
    event = me.insert({**meeting, "attendees": guests})
    (item,) = ann.items(syncToken=token)
    assert item["id"] == event["id"]


# What organizers do -------------------------------------------------------------------------------------


def test_changes_of_the_organizer_travel(event, me, ann, bob, clock):
    clock.advance(60)
    me.patch(event["id"], {"summary": "New", "location": None, "status": "tentative"})
    for guest in (ann, bob):
        copy = guest.get(event["id"])
        assert (copy["summary"], copy["status"]) == ("New", "tentative")
        assert "location" not in copy
        assert copy["updated"] == "2026-03-02T09:01:00.000Z"


def test_a_new_time_travels_with_its_sequence(event, me, ann):
    times = {
        "start": {"dateTime": "2026-03-04T10:00:00Z"},
        "end": {"dateTime": "2026-03-04T11:00:00Z"},
    }
    me.patch(event["id"], times)
    copy = ann.get(event["id"])
    assert (copy["start"]["dateTime"], copy["sequence"]) == ("2026-03-04T10:00:00Z", 1)
    assert ann.items(timeMax="2026-03-04T00:00:00Z") == []


def test_what_changes_for_the_organizer_alone_leaves_the_copies_as_they_are(event, me, ann):
    copy = ann.get(event["id"])
    me.patch(event["id"], {"colorId": "3", "reminders": {"useDefault": False}})
    assert ann.get(event["id"]) == copy


def test_a_guest_who_is_added_gets_a_copy_and_the_others_see_them(me, ann, bob, meeting):
    event = me.insert({**meeting, "attendees": [{"email": "ann@example.com"}]})
    assert bob.items() == []
    guests = [{"email": "ann@example.com"}, {"email": "bob@example.org"}]
    me.patch(event["id"], {"attendees": guests})
    assert (
        responses(ann.get(event["id"]))
        == responses(bob.get(event["id"]))
        == {
            "ann@example.com": "needsAction",
            "bob@example.org": "needsAction",
        }
    )


def test_a_guest_who_is_removed_loses_their_copy(event, me, ann, bob):
    token = ann.list()["nextSyncToken"]
    me.patch(event["id"], {"attendees": [{"email": "bob@example.org"}]})
    assert ann.items() == []
    left = ann.get(event["id"])
    assert (left["id"], left["status"]) == (event["id"], "cancelled")
    assert not {"summary", "start", "attendees"} & set(left)
    assert [item["status"] for item in ann.items(syncToken=token)] == ["cancelled"]
    assert list(responses(bob.get(event["id"]))) == ["bob@example.org"]


def test_what_is_left_of_a_withdrawn_invitation_cannot_be_changed(event, me, ann):
    me.patch(event["id"], {"attendees": []})
    path = f"/calendars/primary/events/{event['id']}"
    for method, body in (("PATCH", {"status": "confirmed"}), ("PUT", {}), ("DELETE", None)):
        error = ann.error(method, path, body)
        assert (error["status"], error["reason"]) == (410, "deleted")


def test_a_guest_may_be_invited_again(event, me, ann, guests):
    me.patch(event["id"], {"attendees": []})
    me.patch(event["id"], {"attendees": guests})
    assert [copy["summary"] for copy in ann.items()] == ["Meeting"]


def test_calling_an_event_off_takes_it_off_every_calendar(event, me, ann, bob):
    me.delete(event["id"])
    assert ann.items() == bob.items() == []
    assert me.get(event["id"])["summary"] == "Meeting"
    assert "summary" not in ann.get(event["id"])


def test_an_event_that_is_brought_back_is_back_for_everybody(event, me, ann):
    me.delete(event["id"])
    me.patch(event["id"], {"status": "confirmed"})
    assert [copy["id"] for copy in ann.items()] == [event["id"]]


def test_a_moved_event_has_another_organizer_on_every_copy(event, me, ann, bob):
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    path = f"/calendars/primary/events/{event['id']}/move"
    me.ok("POST", path, destination=team["id"])
    assert ann.get(event["id"])["organizer"]["email"] == team["id"]
    me.patch(event["id"], {"summary": "New"}, calendar=team["id"])
    assert bob.get(event["id"])["summary"] == "New"
    assert me.items() == []


def test_an_organizer_who_attends_an_event_keeps_a_copy_when_it_moves(me, ann, meeting):
    guests = [{"email": "me@example.com"}, {"email": "ann@example.com"}]
    event = me.insert({**meeting, "colorId": "4", "attendees": guests})
    ann.ok(
        "POST",
        "/calendars/primary/acl",
        {"role": "writer", "scope": {"type": "user", "value": "me@example.com"}},
    )
    path = f"/calendars/primary/events/{event['id']}/move"
    me.ok("POST", path, destination="ann@example.com")
    mine, anns = me.get(event["id"]), ann.get(event["id"])
    assert (mine["organizer"], mine["colorId"]) == ({"email": "ann@example.com"}, "4")
    assert anns["organizer"] == {"email": "ann@example.com", "self": True}
    ann.patch(event["id"], {"summary": "Ann's now"})
    assert me.get(event["id"])["summary"] == "Ann's now"


def test_clearing_a_calendar_calls_its_events_off_and_declines_the_others(event, me, ann):
    other = ann.insert(
        {
            "start": {"date": "2026-03-05"},
            "end": {"date": "2026-03-06"},
            "attendees": [{"email": "me@example.com"}],
        }
    )
    me.ok("POST", "/calendars/primary/clear")
    assert [copy["id"] for copy in ann.items()] == [other["id"]]
    assert responses(ann.get(other["id"])) == {"me@example.com": "declined"}


def test_deleting_a_calendar_calls_its_events_off(me, ann, meeting, guests):
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    me.insert({**meeting, "attendees": guests}, calendar=team["id"])
    me.ok("DELETE", f"/calendars/{team['id']}")
    assert ann.items() == []


def test_a_conference_reaches_every_copy_when_it_is_made(me, ann, meeting, guests, clock):
    body = {**meeting, "attendees": guests, "conferenceData": {"createRequest": {"requestId": "r"}}}
    event = me.insert(body, conferenceDataVersion=1)
    pending = ann.get(event["id"])["conferenceData"]["createRequest"]
    assert pending["status"] == {"statusCode": "pending"}
    clock.advance(1)
    made = me.get(event["id"])
    copy = ann.get(event["id"])
    assert copy["conferenceData"] == made["conferenceData"]
    assert copy["hangoutLink"] == made["hangoutLink"]


def test_transparency_and_visibility_follow_the_organizer_until_the_guest_says_otherwise(
    event, me, ann, bob
):
    ann.patch(event["id"], {"transparency": "transparent"})
    me.patch(event["id"], {"visibility": "private", "transparency": "opaque"})
    me.patch(event["id"], {"visibility": "public"})
    assert ann.get(event["id"])["transparency"] == "transparent"
    assert ann.get(event["id"])["visibility"] == bob.get(event["id"])["visibility"] == "public"
    assert "transparency" not in bob.get(event["id"])


# Who sees whom ------------------------------------------------------------------------------------------


def test_guests_who_may_not_see_each_other_see_themselves(me, ann, bob, meeting, guests):
    event = me.insert({**meeting, "attendees": guests, "guestsCanSeeOtherGuests": False})
    assert len(event["attendees"]) == 2
    copy = ann.get(event["id"])
    assert list(responses(copy)) == ["ann@example.com"]
    assert copy["attendeesOmitted"] is True
    assert bob.items(q="ann@example.com") == []
    ann.patch(event["id"], {"attendees": [{**own_entry(copy), "responseStatus": "accepted"}]})
    assert responses(me.get(event["id"])) == {
        "ann@example.com": "accepted",
        "bob@example.org": "needsAction",
    }
    me.patch(event["id"], {"guestsCanSeeOtherGuests": True})
    assert len(bob.get(event["id"])["attendees"]) == 2


def test_a_guest_may_ask_for_fewer_attendees_and_sees_themselves(event, ann):
    copy = ann.get(event["id"], maxAttendees=1)
    assert [one["email"] for one in copy["attendees"]] == ["ann@example.com"]
    assert copy["attendeesOmitted"] is True


def test_beyond_200_guests_answers_are_the_organizers_to_know(me, ann, bob, meeting, guests):
    crowd = [{"email": f"guest{number}@example.net"} for number in range(199)]
    event = me.insert({**meeting, "attendees": [*guests, *crowd]})
    bobs = bob.get(event["id"])
    ann.patch(
        event["id"],
        {
            "attendeesOmitted": True,
            "attendees": [{"email": "ann@example.com", "responseStatus": "accepted"}],
        },
    )
    assert responses(me.get(event["id"]))["ann@example.com"] == "accepted"
    assert own_entry(ann.get(event["id"]))["responseStatus"] == "accepted"
    assert bob.get(event["id"]) == bobs


# Groups -------------------------------------------------------------------------------------------------


@pytest.fixture
def team(emulator):
    emulator.groups.add("all@example.com", members=["inner@example.com", "me@example.com"])
    emulator.groups.add("inner@example.com", members=["ann@example.com", "new@example.com"])
    return "all@example.com"


def test_everybody_in_a_group_is_invited_and_the_group_stays_one_attendee(
    me, ann, team, meeting, caller, emulator
):
    event = me.insert({**meeting, "attendees": [{"email": team}]})
    assert responses(event) == {team: "needsAction"}
    copy = ann.get(event["id"])
    assert responses(copy) == {team: "needsAction", "ann@example.com": "needsAction"}
    assert own_entry(copy)["email"] == "ann@example.com"
    assert caller(emulator, "new@example.com").get(event["id"])["summary"] == "Meeting"
    assert len(me.items()) == 1


def test_a_member_of_a_group_who_answers_is_an_attendee_of_their_own(me, ann, team, meeting):
    event = me.insert({**meeting, "attendees": [{"email": team}]})
    answer = {"email": "ann@example.com", "responseStatus": "accepted"}
    ann.patch(event["id"], {"attendees": [{"email": team}, answer]})
    expected = {team: "needsAction", "ann@example.com": "accepted"}
    assert responses(me.get(event["id"])) == responses(ann.get(event["id"])) == expected


def test_a_group_that_is_removed_takes_its_members_along(me, ann, team, meeting):
    event = me.insert({**meeting, "attendees": [{"email": team}]})
    me.patch(event["id"], {"attendees": []})
    assert ann.items() == []


# Series -------------------------------------------------------------------------------------------------


@pytest.fixture
def series(me, ann, bob, timed, guests):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "Europe/Prague", summary="Standup")
    return me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"], "attendees": guests})


def instance(series, day):
    return f"{series['id']}_202603{day:02}T090000Z"


def test_a_series_is_a_series_on_every_calendar(series, me, ann):
    copy = ann.get(series["id"])
    assert copy["recurrence"] == series["recurrence"]
    assert [item["id"] for item in ann.items(singleEvents="true")] == [
        item["id"] for item in me.items(singleEvents="true")
    ]
    assert ann.get(instance(series, 4))["attendees"][0]["self"] is True


def test_an_exception_of_the_organizers_is_one_on_every_calendar(series, me, ann, bob):
    me.patch(instance(series, 4), {"summary": "Special"})
    for guest in (ann, bob):
        summaries = [item["summary"] for item in guest.items(singleEvents="true")]
        assert summaries == ["Standup", "Special", "Standup", "Standup"]
    copy = ann.get(instance(series, 4))
    assert copy["recurringEventId"] == series["id"]
    assert copy["originalStartTime"]["dateTime"] == "2026-03-04T09:00:00Z"


def test_an_instance_that_is_called_off_is_so_for_everybody(series, me, ann):
    me.delete(instance(series, 4))
    assert len(ann.items(singleEvents="true")) == 3
    assert ann.get(instance(series, 4))["status"] == "cancelled"
    me.patch(instance(series, 4), {"status": "confirmed"})
    assert len(ann.items(singleEvents="true")) == 4


def test_changes_of_a_series_reach_copies_and_their_exceptions(series, me, ann):
    me.patch(instance(series, 4), {"summary": "Special"})
    me.patch(series["id"], {"location": "Room 1", "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    items = ann.items(singleEvents="true")
    assert [item["summary"] for item in items] == ["Standup", "Special", "Standup"]
    assert {item["location"] for item in items} == {"Room 1"}


def test_calling_a_series_off_takes_all_of_it_off_every_calendar(series, me, ann):
    me.patch(instance(series, 4), {"summary": "Special"})
    me.delete(series["id"])
    assert ann.items(singleEvents="true") == ann.items() == []


def test_a_guest_of_a_single_instance_has_that_instance_alone(series, me, caller, emulator, guests):
    eva = caller(emulator, "eva@example.com")
    eva.list()
    everybody = [*guests, {"email": "eva@example.com"}]
    me.patch(instance(series, 4), {"attendees": everybody})
    (item,) = eva.items()
    assert item["id"] == instance(series, 4)
    assert eva.error("GET", f"/calendars/primary/events/{series['id']}")["status"] == 404
    eva.patch(
        item["id"], {"attendees": [{**own_entry(item), "responseStatus": "tentative"}, *guests]}
    )
    assert responses(me.get(item["id"]))["eva@example.com"] == "tentative"
    me.delete(series["id"])
    assert eva.items() == []


def test_a_guest_of_a_single_instance_without_an_account_finds_it_later(
    series, me, caller, emulator, guests
):
    me.patch(instance(series, 4), {"attendees": [*guests, {"email": "new@example.com"}]})
    (item,) = caller(emulator, "new@example.com").items()
    assert item["id"] == instance(series, 4)


def test_a_guest_may_be_removed_from_a_single_instance(series, me, ann, bob):
    me.patch(instance(series, 4), {"attendees": [{"email": "bob@example.org"}]})
    assert len(ann.items(singleEvents="true")) == 3
    assert len(bob.items(singleEvents="true")) == 4
    me.patch(series["id"], {"summary": "Renamed"})
    assert len(ann.items(singleEvents="true")) == 3


def test_a_guest_who_joins_a_series_late_finds_its_exceptions(series, me, caller, emulator, guests):
    me.patch(instance(series, 4), {"summary": "Special"})
    me.delete(instance(series, 5))
    everybody = [*guests, {"email": "eva@example.com"}]
    eva = caller(emulator, "eva@example.com")
    eva.list()
    me.patch(series["id"], {"attendees": everybody})
    summaries = [item["summary"] for item in eva.items(singleEvents="true")]
    assert summaries == ["Standup", "Special", "Standup"]


def test_somebody_without_an_account_finds_a_series_with_its_exceptions(
    me, caller, emulator, timed
):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "Europe/Prague", summary="Standup")
    guests = [{"email": "new@example.com"}]
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"], "attendees": guests})
    me.patch(instance(series, 4), {"summary": "Special"})
    me.delete(instance(series, 5))
    new = caller(emulator, "new@example.com")
    summaries = [item["summary"] for item in new.items(singleEvents="true")]
    assert summaries == ["Standup", "Special", "Standup"]


def test_a_series_moves_with_the_exceptions_of_every_copy(series, me, ann):
    me.patch(instance(series, 4), {"summary": "Special"})
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    me.ok("POST", f"/calendars/primary/events/{series['id']}/move", destination=team["id"])
    items = ann.items(singleEvents="true")
    assert [item["summary"] for item in items] == ["Standup", "Special", "Standup", "Standup"]
    assert {item["organizer"]["email"] for item in items} == {team["id"]}


def test_a_series_that_is_withdrawn_leaves_no_instances(series, me, ann):
    ann.patch(instance(series, 5), {"colorId": "3"})
    me.patch(series["id"], {"attendees": []})
    (left,) = ann.items(showDeleted="true", singleEvents="true", q="")[:1]
    assert left["status"] == "cancelled"
    path = f"/calendars/primary/events/{instance(series, 4)}"
    assert ann.error("GET", path)["status"] == 404
    assert ann.error("GET", f"/calendars/primary/events/{series['id']}/instances")["status"] == 404


def test_a_guest_who_is_invited_to_a_series_again_has_all_of_it(series, me, ann, guests):
    ann.patch(instance(series, 5), {"colorId": "3"})
    me.patch(instance(series, 4), {"summary": "Special"})
    me.patch(series["id"], {"attendees": []})
    me.patch(series["id"], {"attendees": guests})
    me.patch(instance(series, 4), {"attendees": guests})
    summaries = [item["summary"] for item in ann.items(singleEvents="true")]
    assert summaries == ["Standup", "Special", "Standup", "Standup"]


def test_a_series_that_is_not_any_more_leaves_one_event_everywhere(series, me, ann):
    me.patch(series["id"], {"recurrence": None})
    assert len(ann.items(singleEvents="true")) == 1


def test_this_and_following_ends_one_series_and_begins_another_for_everybody(series, me, ann):
    me.patch(series["id"], {"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20260304T225959Z"]})
    later = {name: series[name] for name in ("attendees", "recurrence")} | {
        "summary": "Later",
        "start": {"dateTime": "2026-03-05T12:00:00", "timeZone": "Europe/Prague"},
        "end": {"dateTime": "2026-03-05T13:00:00", "timeZone": "Europe/Prague"},
    }
    me.insert({**later, "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
    items = ann.items(singleEvents="true", orderBy="startTime")
    assert [item["summary"] for item in items] == ["Standup", "Standup", "Later", "Later"]
