"""Calendars, by Google's own client."""

from __future__ import annotations

import pytest


@pytest.fixture
def team(me):
    return me.calendars().insert(body={"summary": "Team", "timeZone": "Europe/Prague"}).execute()


@pytest.mark.succeeds("calendars.insert")
def test_inserting_a_calendar_makes_one_that_the_caller_owns(me):
    calendar = me.calendars().insert(body={"summary": "Team", "description": "Ours"}).execute()
    assert (calendar["kind"], calendar["summary"]) == ("calendar#calendar", "Team")
    assert (calendar["description"], calendar["dataOwner"]) == ("Ours", "me@example.com")
    assert calendar["id"].endswith("@group.calendar.google.com")


@pytest.mark.refused("calendars.insert")
def test_a_calendar_needs_a_title(me, refusal):
    assert refusal(me.calendars().insert(body={"description": "Ours"})) == (400, "required")


@pytest.mark.succeeds("calendars.get")
def test_getting_a_calendar_answers_what_was_inserted(me, team):
    assert me.calendars().get(calendarId=team["id"]).execute() == team


@pytest.mark.refused("calendars.get")
def test_somebody_elses_calendar_is_not_found(ann, team, refusal):
    assert refusal(ann.calendars().get(calendarId=team["id"])) == (404, "notFound")


@pytest.mark.succeeds("calendars.patch")
def test_patching_a_calendar_changes_only_what_is_named(me, team):
    patched = me.calendars().patch(calendarId=team["id"], body={"location": "Prague"}).execute()
    assert (patched["location"], patched["summary"]) == ("Prague", "Team")
    cleared = me.calendars().patch(calendarId=team["id"], body={"location": None}).execute()
    assert "location" not in cleared


@pytest.mark.refused("calendars.patch")
def test_a_zone_that_is_not_there_is_refused(me, team, refusal):
    call = me.calendars().patch(calendarId=team["id"], body={"timeZone": "Europe/Nowhere"})
    assert refusal(call) == (400, "invalid")


@pytest.mark.succeeds("calendars.update")
def test_updating_a_calendar_replaces_its_fields(me, team):
    me.calendars().patch(calendarId=team["id"], body={"location": "Prague"}).execute()
    updated = me.calendars().update(calendarId=team["id"], body={"summary": "Teams"}).execute()
    assert updated["summary"] == "Teams"
    assert "location" not in updated


@pytest.mark.refused("calendars.update")
def test_a_reader_may_not_change_a_calendar(me, ann, team, refusal):
    rule = {"role": "reader", "scope": {"type": "user", "value": "ann@example.com"}}
    me.acl().insert(calendarId=team["id"], body=rule).execute()
    call = ann.calendars().update(calendarId=team["id"], body={"summary": "Mine"})
    assert refusal(call) == (403, "requiredAccessLevel")


@pytest.mark.succeeds("calendars.clear")
def test_clearing_the_primary_calendar_deletes_its_events(me, meeting):
    me.events().insert(calendarId="primary", body=meeting).execute()
    assert me.calendars().clear(calendarId="primary").execute() == ""
    assert me.events().list(calendarId="primary").execute()["items"] == []


@pytest.mark.refused("calendars.clear")
def test_a_secondary_calendar_cannot_be_cleared(me, team, refusal):
    assert refusal(me.calendars().clear(calendarId=team["id"])) == (400, "invalid")


@pytest.mark.succeeds("calendars.delete")
def test_deleting_a_calendar_leaves_nothing_of_it(me, team, refusal):
    assert me.calendars().delete(calendarId=team["id"]).execute() == ""
    assert refusal(me.calendars().get(calendarId=team["id"])) == (404, "notFound")
    assert len(me.calendarList().list().execute()["items"]) == 1


@pytest.mark.refused("calendars.delete")
def test_a_primary_calendar_cannot_be_deleted(me, refusal):
    call = me.calendars().delete(calendarId="primary")
    assert refusal(call) == (403, "cannotDeletePrimaryCalendar")


@pytest.mark.succeeds("calendars.transferOwnership")
def test_an_administrator_gives_a_calendar_to_a_colleague(me, ann, team):
    call = me.calendars().transferOwnership(
        calendarId=team["id"], newDataOwner="ann@example.com", useAdminAccess=True
    )
    assert call.execute() == ""
    calendar = ann.calendars().get(calendarId=team["id"]).execute()
    assert calendar["dataOwner"] == "ann@example.com"


@pytest.mark.refused("calendars.transferOwnership")
def test_only_an_administrator_gives_calendars_away(ann, refusal):
    hers = ann.calendars().insert(body={"summary": "Hers"}).execute()
    call = ann.calendars().transferOwnership(
        calendarId=hers["id"], newDataOwner="me@example.com", useAdminAccess=True
    )
    assert refusal(call) == (403, "forbidden")
