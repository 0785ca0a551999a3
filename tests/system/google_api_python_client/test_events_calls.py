"""Events, by Google's own client."""

from __future__ import annotations

import pytest


@pytest.fixture
def event(me, meeting):
    return me.events().insert(calendarId="primary", body=meeting).execute()


@pytest.fixture
def series(me, daily):
    return me.events().insert(calendarId="primary", body=daily).execute()


@pytest.fixture
def team(me):
    """The id of a secondary calendar of mine."""
    return me.calendars().insert(body={"summary": "Team"}).execute()["id"]


def items(service, calendar="primary", **parameters):
    return service.events().list(calendarId=calendar, **parameters).execute()["items"]


@pytest.mark.succeeds("events.insert")
def test_inserting_an_event_answers_it_complete(me, meeting):
    event = me.events().insert(calendarId="primary", body={**meeting, "id": "abcde"}).execute()
    assert (event["kind"], event["id"], event["status"]) == ("calendar#event", "abcde", "confirmed")
    assert event["iCalUID"] == "abcde@google.com"
    assert event["start"] == {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "UTC"}
    assert event["creator"] == {"email": "me@example.com", "self": True}
    assert event["reminders"] == {"useDefault": True}


@pytest.mark.succeeds("events.insert")
def test_a_conference_that_is_asked_for_is_made_a_moment_later(me, meeting, emulator):
    body = {**meeting, "conferenceData": {"createRequest": {"requestId": "one"}}}
    event = me.events().insert(calendarId="primary", body=body, conferenceDataVersion=1).execute()
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "pending"}
    emulator.clock.advance(1)
    event = me.events().get(calendarId="primary", eventId=event["id"]).execute()
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert event["conferenceData"]["entryPoints"][0]["uri"] == event["hangoutLink"]


@pytest.mark.refused("events.insert")
def test_an_id_is_taken_once_even_by_an_event_that_was_deleted(me, meeting, refusal):
    body = {**meeting, "id": "abcde"}
    me.events().insert(calendarId="primary", body=body).execute()
    me.events().delete(calendarId="primary", eventId="abcde").execute()
    call = me.events().insert(calendarId="primary", body=body)
    assert refusal(call) == (409, "duplicate")


@pytest.mark.succeeds("events.get")
def test_getting_an_event_answers_it_in_the_zone_that_is_asked_for(me, event):
    assert me.events().get(calendarId="primary", eventId=event["id"]).execute() == event
    there = (
        me.events()
        .get(calendarId="primary", eventId=event["id"], timeZone="Asia/Kolkata")
        .execute()
    )
    assert there["start"]["dateTime"] == "2026-03-03T15:30:00+05:30"


@pytest.mark.refused("events.get")
def test_an_event_that_is_not_there_is_not_found(me, refusal):
    call = me.events().get(calendarId="primary", eventId="nothing")
    assert refusal(call) == (404, "notFound")


@pytest.mark.succeeds("events.list")
def test_listing_expands_series_in_the_order_of_start(me, event, series):
    found = items(me, singleEvents=True, orderBy="startTime", timeMax="2026-03-05T00:00:00Z")
    assert [(item["summary"], item["start"]["dateTime"]) for item in found] == [
        ("Standup", "2026-03-03T08:00:00Z"),
        ("Meeting", "2026-03-03T10:00:00Z"),
        ("Standup", "2026-03-04T08:00:00Z"),
    ]


@pytest.mark.succeeds("events.list")
def test_listing_finds_words_and_properties(me, meeting):
    both = {"private": {"project": "gcsa"}, "shared": {"room": "7"}}
    me.events().insert(calendarId="primary", body=meeting).execute()
    me.events().insert(
        calendarId="primary", body={**meeting, "location": "Library", "extendedProperties": both}
    ).execute()
    assert len(items(me, q="library")) == 1
    assert len(items(me, q="meeting")) == 2
    assert len(items(me, privateExtendedProperty="project=gcsa")) == 1
    assert len(items(me, sharedExtendedProperty=["room=7", "room=8"])) == 0


@pytest.mark.refused("events.list")
def test_the_order_of_start_is_for_single_events(me, refusal):
    call = me.events().list(calendarId="primary", orderBy="startTime")
    assert refusal(call) == (400, "invalid")


@pytest.mark.refused("events.list")
def test_a_sync_token_does_not_last_for_ever(me, emulator, refusal):
    token = me.events().list(calendarId="primary").execute()["nextSyncToken"]
    emulator.clock.advance(60 * 86_400)
    call = me.events().list(calendarId="primary", syncToken=token)
    assert refusal(call) == (410, "fullSyncRequired")


@pytest.mark.succeeds("events.instances")
def test_instances_of_a_series_have_ids_of_their_own(me, series):
    page = me.events().instances(calendarId="primary", eventId=series["id"]).execute()
    assert len(page["items"]) == 5
    first = page["items"][0]
    assert first["id"] == f"{series['id']}_20260303T080000Z"
    assert first["recurringEventId"] == series["id"]
    assert first["originalStartTime"] == first["start"]


@pytest.mark.refused("events.instances")
def test_a_series_that_is_not_there_has_no_instances(me, refusal):
    call = me.events().instances(calendarId="primary", eventId="nothing")
    assert refusal(call) == (404, "notFound")


@pytest.mark.succeeds("events.patch")
def test_patching_an_instance_makes_an_exception(me, series):
    instance = (
        me.events().instances(calendarId="primary", eventId=series["id"]).execute()["items"][1]
    )
    body = {"summary": "Longer", "end": {"dateTime": "2026-03-04T10:00:00Z"}}
    me.events().patch(calendarId="primary", eventId=instance["id"], body=body).execute()
    found = me.events().instances(calendarId="primary", eventId=series["id"]).execute()["items"]
    assert [item["summary"] for item in found] == ["Standup", "Longer", *["Standup"] * 3]
    assert found[1]["originalStartTime"] == instance["start"]


@pytest.mark.refused("events.patch")
def test_a_patch_of_what_somebody_changed_meanwhile_fails(me, event, refusal):
    me.events().patch(
        calendarId="primary", eventId=event["id"], body={"summary": "Changed"}
    ).execute()
    call = me.events().patch(calendarId="primary", eventId=event["id"], body={"summary": "Mine"})
    call.headers["If-Match"] = event["etag"]
    assert refusal(call) == (412, "conditionNotMet")


@pytest.mark.succeeds("events.update")
def test_updating_an_event_replaces_its_fields(me, event, meeting):
    me.events().patch(
        calendarId="primary", eventId=event["id"], body={"location": "Prague"}
    ).execute()
    updated = (
        me.events()
        .update(calendarId="primary", eventId=event["id"], body={**meeting, "summary": "Talk"})
        .execute()
    )
    assert (updated["id"], updated["summary"]) == (event["id"], "Talk")
    assert "location" not in updated


@pytest.mark.refused("events.update")
def test_an_event_cannot_end_before_it_starts(me, event, meeting, refusal):
    body = {**meeting, "end": {"dateTime": "2026-03-03T09:00:00Z"}}
    call = me.events().update(calendarId="primary", eventId=event["id"], body=body)
    assert refusal(call) == (400, "timeRangeEmpty")


@pytest.mark.succeeds("events.delete")
def test_an_event_that_was_deleted_is_cancelled(me, event):
    assert me.events().delete(calendarId="primary", eventId=event["id"]).execute() == ""
    assert items(me) == []
    gone = me.events().get(calendarId="primary", eventId=event["id"]).execute()
    assert gone["status"] == "cancelled"


@pytest.mark.refused("events.delete")
def test_an_event_is_deleted_once(me, event, refusal):
    me.events().delete(calendarId="primary", eventId=event["id"]).execute()
    call = me.events().delete(calendarId="primary", eventId=event["id"])
    assert refusal(call) == (410, "deleted")


@pytest.mark.succeeds("events.import")
def test_importing_twice_is_the_same_event(me, meeting):
    body = {**meeting, "iCalUID": "lunch@elsewhere.example"}
    first = me.events().import_(calendarId="primary", body=body).execute()
    again = me.events().import_(calendarId="primary", body={**body, "summary": "Again"}).execute()
    assert (again["id"], again["iCalUID"]) == (first["id"], "lunch@elsewhere.example")
    assert [item["summary"] for item in items(me, iCalUID="lunch@elsewhere.example")] == ["Again"]


@pytest.mark.refused("events.import")
def test_an_import_needs_an_ical_uid(me, meeting, refusal):
    call = me.events().import_(calendarId="primary", body=meeting)
    assert refusal(call) == (400, "required")


@pytest.mark.succeeds("events.move")
def test_moving_an_event_makes_the_other_calendar_its_organizer(me, event, team):
    moved = me.events().move(calendarId="primary", eventId=event["id"], destination=team).execute()
    assert moved["organizer"] == {"email": team, "displayName": "Team", "self": True}
    assert items(me) == []
    assert [item["id"] for item in items(me, team)] == [event["id"]]


@pytest.mark.refused("events.move")
def test_one_instance_alone_cannot_be_moved(me, series, team, refusal):
    call = me.events().move(
        calendarId="primary", eventId=f"{series['id']}_20260303T080000Z", destination=team
    )
    assert refusal(call) == (400, "cannotChangeOrganizerOfInstance")


@pytest.mark.succeeds("events.quickAdd")
def test_a_phrase_becomes_an_event(me):
    event = me.events().quickAdd(calendarId="primary", text="Dinner tomorrow 7pm-9pm").execute()
    assert event["summary"] == "Dinner"
    assert event["start"]["dateTime"] == "2026-03-03T19:00:00Z"
    assert event["end"]["dateTime"] == "2026-03-03T21:00:00Z"


@pytest.mark.refused("events.quickAdd")
def test_somebody_elses_calendar_is_not_there_to_write_to(me, ann, refusal):
    call = me.events().quickAdd(calendarId="ann@example.com", text="Dinner tomorrow")
    assert refusal(call) == (404, "notFound")


@pytest.mark.succeeds("events.watch")
def test_a_channel_is_told_of_the_listing_that_it_watches(me, channel):
    opened = me.events().watch(calendarId="primary", body=channel, q="lunch").execute()
    assert opened["resourceUri"].endswith("/calendars/primary/events?q=lunch&alt=json")
    assert opened["expiration"] == "1773046800000"  # a week after 2026-03-02T09:00:00Z


@pytest.mark.refused("events.watch")
def test_a_channel_cannot_have_expired_already(me, channel, refusal):
    call = me.events().watch(calendarId="primary", body={**channel, "expiration": "1"})
    assert refusal(call) == (400, "invalid")
