"""The calendars on a user's list, by Google's own client."""

from __future__ import annotations

import pytest

PUBLIC = {"role": "reader", "scope": {"type": "default"}}
RGB = {"backgroundColor": "#0088aa", "foregroundColor": "#ffffff"}


@pytest.fixture
def public(ann):
    """The id of a calendar that everybody may read."""
    calendar = ann.calendars().insert(body={"summary": "Holidays"}).execute()
    ann.acl().insert(calendarId=calendar["id"], body=PUBLIC).execute()
    return calendar["id"]


@pytest.fixture
def listed(me, public):
    """That calendar, on my list."""
    return me.calendarList().insert(body={"id": public}).execute()


def ids(service, **parameters):
    return {item["id"] for item in service.calendarList().list(**parameters).execute()["items"]}


@pytest.mark.succeeds("calendarList.insert")
def test_inserting_a_calendar_puts_it_on_the_list(me, public):
    body = {"id": public, "summaryOverride": "Days off", **RGB}
    entry = me.calendarList().insert(body=body, colorRgbFormat=True).execute()
    assert (entry["kind"], entry["accessRole"]) == ("calendar#calendarListEntry", "reader")
    assert (entry["summary"], entry["summaryOverride"]) == ("Holidays", "Days off")
    assert {name: entry[name] for name in RGB} == RGB
    assert ids(me) == {"me@example.com", public}


@pytest.mark.refused("calendarList.insert")
def test_a_calendar_that_one_may_not_see_cannot_be_put_on_the_list(me, ann, refusal):
    call = me.calendarList().insert(body={"id": "ann@example.com"})
    assert refusal(call) == (404, "notFound")


@pytest.mark.succeeds("calendarList.get")
def test_the_primary_calendar_is_on_the_list(me):
    entry = me.calendarList().get(calendarId="primary").execute()
    assert (entry["id"], entry["primary"], entry["accessRole"]) == ("me@example.com", True, "owner")
    assert entry["defaultReminders"] == [{"method": "popup", "minutes": 10}]


@pytest.mark.refused("calendarList.get")
def test_a_calendar_that_is_not_on_the_list_is_not_found_there(me, public, refusal):
    assert refusal(me.calendarList().get(calendarId=public)) == (404, "notFound")


@pytest.mark.succeeds("calendarList.list")
def test_hidden_calendars_are_listed_when_asked_for(me, listed):
    me.calendarList().patch(calendarId=listed["id"], body={"hidden": True}).execute()
    assert ids(me) == {"me@example.com"}
    assert ids(me, showHidden=True) == {"me@example.com", listed["id"]}
    assert ids(me, showHidden=True, minAccessRole="writer") == {"me@example.com"}


@pytest.mark.refused("calendarList.list")
def test_a_sync_token_of_another_list_needs_a_full_sync(me, ann, refusal):
    token = ann.calendarList().list().execute()["nextSyncToken"]
    assert refusal(me.calendarList().list(syncToken=token)) == (410, "fullSyncRequired")


@pytest.mark.succeeds("calendarList.patch")
def test_patching_an_entry_changes_only_what_is_named(me, listed):
    body = {"colorId": "9", "defaultReminders": [{"method": "email", "minutes": 60}]}
    patched = me.calendarList().patch(calendarId=listed["id"], body=body).execute()
    assert {name: patched[name] for name in body} == body
    assert patched["summary"] == listed["summary"]
    assert patched["backgroundColor"] != listed["backgroundColor"]


@pytest.mark.refused("calendarList.patch")
def test_a_colour_that_is_not_there_is_refused(me, refusal):
    call = me.calendarList().patch(calendarId="primary", body={"colorId": "25"})
    assert refusal(call) == (400, "invalid")


@pytest.mark.succeeds("calendarList.update")
def test_updating_an_entry_replaces_what_is_the_users_own(me, listed):
    body = {"selected": True, "summaryOverride": "Days off"}
    me.calendarList().update(calendarId=listed["id"], body=body).execute()
    updated = me.calendarList().update(calendarId=listed["id"], body={"hidden": True}).execute()
    assert updated["hidden"] is True
    assert "summaryOverride" not in updated
    assert "selected" not in updated


@pytest.mark.refused("calendarList.update")
def test_an_entry_that_somebody_changed_meanwhile_is_not_overwritten(me, listed, refusal):
    me.calendarList().patch(calendarId=listed["id"], body={"colorId": "9"}).execute()
    call = me.calendarList().update(calendarId=listed["id"], body={"hidden": True})
    call.headers["If-Match"] = listed["etag"]
    assert refusal(call) == (412, "conditionNotMet")


@pytest.mark.succeeds("calendarList.delete")
def test_deleting_an_entry_takes_the_calendar_off_the_list(me, listed):
    assert me.calendarList().delete(calendarId=listed["id"]).execute() == ""
    assert ids(me) == {"me@example.com"}
    everything = me.calendarList().list(showDeleted=True).execute()["items"]
    assert [item["id"] for item in everything if item.get("deleted")] == [listed["id"]]


@pytest.mark.refused("calendarList.delete")
def test_ones_own_calendar_stays_on_the_list(me, refusal):
    call = me.calendarList().delete(calendarId="primary")
    assert refusal(call) == (403, "cannotChangeOwnPrimarySubscription")


@pytest.mark.succeeds("calendarList.watch")
def test_watching_the_list_opens_a_channel(me, channel):
    opened = me.calendarList().watch(body={**channel, "token": "a secret"}).execute()
    assert (opened["id"], opened["token"]) == ("channel-1", "a secret")
    assert "/users/me/calendarList?" in opened["resourceUri"]


@pytest.mark.refused("calendarList.watch")
def test_a_channel_needs_an_address(me, channel, refusal):
    del channel["address"]
    assert refusal(me.calendarList().watch(body=channel)) == (400, "required")
