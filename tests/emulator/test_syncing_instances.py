"""What an incremental synchronisation with singleEvents says of instances that are gone."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest


@pytest.fixture
def series(me, timed):
    body = timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z", "UTC", summary="Daily")
    return me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})


def instance(series, stamp):
    return f"{series['id']}_{stamp}"


def times(start, end):
    return {
        "start": {"dateTime": start, "timeZone": "UTC"},
        "end": {"dateTime": end, "timeZone": "UTC"},
    }


LATER = times("2026-03-03T12:00:00Z", "2026-03-03T13:00:00Z")


def synchronised(me, copy, token=None):
    """Bring a copy, as a client keeps one, up to date; return the next token."""
    query = {"syncToken": token} if token else {}
    page = me.list(singleEvents="true", **query)
    for item in page["items"]:
        if item["status"] == "cancelled":
            copy.pop(item["id"], None)
        else:
            copy[item["id"]] = item["start"]
    return page["nextSyncToken"]


def test_when_a_series_moves_its_instances_of_before_are_cancelled(me, series):
    token = me.list(singleEvents="true")["nextSyncToken"]
    moved = me.patch(series["id"], LATER)
    items = me.items(singleEvents="true", syncToken=token)
    assert [(item["id"], item["status"]) for item in items] == [
        (instance(series, f"2026030{day}T{hour}0000Z"), status)
        for day in (3, 4, 5)
        for hour, status in ((10, "cancelled"), (12, "confirmed"))
    ]
    assert items[0] == {
        "kind": "calendar#event",
        "etag": moved["etag"],
        "id": instance(series, "20260303T100000Z"),
        "status": "cancelled",
        "recurringEventId": series["id"],
        "originalStartTime": {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "UTC"},
    }


@pytest.mark.parametrize(
    "change",
    [
        LATER,
        {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]},
        {"recurrence": ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3"]},
        {"recurrence": None},
        {"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}},
        {"status": "cancelled"},
    ],
)
def test_a_copy_that_follows_has_what_a_new_one_has(me, series, change):
    copy, fresh = {}, {}
    token = synchronised(me, copy)
    if "date" in change.get("start", {}):
        change = {name: {"dateTime": None, "timeZone": None, **change[name]} for name in change}
    me.patch(series["id"], change)
    synchronised(me, copy, token)
    synchronised(me, fresh)
    assert copy == fresh


def test_a_copy_that_missed_several_changes_catches_up(me, series):
    copy, fresh = {}, {}
    token = synchronised(me, copy)
    me.patch(series["id"], LATER)
    me.patch(series["id"], {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]})
    me.patch(series["id"], times("2026-03-03T14:00:00Z", "2026-03-03T15:00:00Z"))
    synchronised(me, copy, token)
    synchronised(me, fresh)
    assert copy == fresh


def test_an_event_that_becomes_a_series_is_only_its_instances(me, meeting):
    copy, fresh = {}, {}
    zoned = {
        name: {**meeting[name], "timeZone": "UTC"} if name in ("start", "end") else meeting[name]
        for name in meeting
    }
    event = me.insert(zoned)
    token = synchronised(me, copy)
    me.patch(event["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
    synchronised(me, copy, token)
    synchronised(me, fresh)
    assert copy == fresh
    assert len(copy) == 2


def test_what_did_not_move_is_not_cancelled(me, series):
    token = me.list(singleEvents="true")["nextSyncToken"]
    me.patch(series["id"], {"summary": "New"})
    items = me.items(singleEvents="true", syncToken=token)
    assert [item["status"] for item in items] == ["confirmed"] * 3


def test_pages_have_each_once(me, series):
    token = me.list(singleEvents="true")["nextSyncToken"]
    me.patch(series["id"], LATER)
    whole = me.items(singleEvents="true", syncToken=token)
    pages = me.pages(singleEvents="true", syncToken=token, maxResults=2)
    assert [len(page) for page in pages] == [2, 2, 2]
    assert [item for page in pages for item in page] == whole


def test_without_single_events_only_the_series_has_changed(me, series):
    token = me.list()["nextSyncToken"]
    me.patch(series["id"], LATER)
    assert [item["id"] for item in me.items(syncToken=token)] == [series["id"]]


@pytest.mark.parametrize(
    "exception",
    [{"status": "cancelled"}, {"summary": "Longer than usual"}],
    ids=["cancelled", "changed"],
)
@pytest.mark.parametrize("expanded", ["true", "false"])
def test_an_exception_to_which_its_series_comes_back_is_told_of_as_the_series_has_it(
    me, series, exception, expanded
):
    second = instance(series, "20260304T100000Z")
    me.patch(second, exception)
    token = me.list(singleEvents=expanded)["nextSyncToken"]
    me.patch(series["id"], LATER)
    me.patch(series["id"], times("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z"))
    told = {item["id"]: item for item in me.items(singleEvents=expanded, syncToken=token)}
    assert (told[second]["status"], told[second]["summary"]) == ("confirmed", "Daily")
    listed = {item["id"]: item for item in me.items(singleEvents="true")}
    assert listed[second] == told[second]
    me.patch(series["id"], {"summary": "Every day"})
    assert me.get(second)["summary"] == "Every day"


def test_a_series_that_goes_to_another_calendar_takes_its_instances_along(me, series):
    there = me.ok("POST", "/calendars", {"summary": "Work"})["id"]
    copy = {}
    token = synchronised(me, copy)
    assert len(copy) == 3
    me.ok("POST", f"/calendars/primary/events/{series['id']}/move", destination=there)
    synchronised(me, copy, token)
    assert copy == {}


def test_looking_for_what_is_gone_of_a_series_of_seconds_has_an_end(me, timed):
    body = timed("2026-03-03T10:00:00Z", "2026-03-03T10:00:01Z", "UTC")
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=SECONDLY"]})
    token = me.list(singleEvents="true", maxResults=2500, timeMax="2026-03-03T10:00:09Z")
    token = token["nextSyncToken"]
    me.patch(series["id"], {"recurrence": ["RRULE:FREQ=SECONDLY;INTERVAL=1;WKST=MO"]})
    page = me.list(singleEvents="true", syncToken=token, maxResults=5)
    assert [item["status"] for item in page["items"]] == ["confirmed"] * 5


def test_what_series_were_is_forgotten_when_no_sync_token_is_as_old(me, series, emulator, clock):
    def former():
        return emulator.store.connection.execute("SELECT count(*) FROM former_series").fetchone()[0]

    hours = [f"2026-03-03T{hour}:00:00Z" for hour in range(10, 15)]
    for start, end in pairwise(hours[1:]):
        clock.advance(timedelta(days=13))
        me.patch(series["id"], times(start, end))
    assert former() == 3
    clock.advance(timedelta(days=13))
    copy, fresh = {}, {}
    token = synchronised(me, copy)
    clock.advance(timedelta(days=27))
    me.patch(series["id"], {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]})
    assert former() == 1
    synchronised(me, copy, token)
    synchronised(me, fresh)
    assert copy == fresh
