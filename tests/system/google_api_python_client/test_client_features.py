"""What Google's own client does besides single calls: whole batches, pages, repeats, conditions and parts."""

from __future__ import annotations

import pytest
from googleapiclient.errors import HttpError


def insert(service, body):
    return service.events().insert(calendarId="primary", body=body)


def events_of(service):
    return service.events().list(calendarId="primary").execute()["items"]


@pytest.fixture
def five(me, meeting):
    """Five events."""
    return [insert(me, {**meeting, "summary": f"No. {n}"}).execute() for n in range(5)]


# Batches -------------------------------------------------------------------------------------------------


def test_a_batch_takes_50_calls(me, meeting):
    answers = []
    batch = me.new_batch_http_request(callback=lambda _, event, error: answers.append(event))
    for number in range(50):
        batch.add(insert(me, {**meeting, "summary": str(number)}))
    batch.execute()
    assert [event["summary"] for event in answers] == [str(number) for number in range(50)]


def test_of_a_batch_of_51_calls_none_is_made(me, meeting):
    batch = me.new_batch_http_request()
    for _ in range(51):
        batch.add(insert(me, meeting))
    with pytest.raises(HttpError):
        batch.execute()
    assert events_of(me) == []


# Pages ---------------------------------------------------------------------------------------------------


def test_instances_have_pages(me, daily):
    series = insert(me, daily).execute()
    request = me.events().instances(calendarId="primary", eventId=series["id"], maxResults=3)
    sizes = []
    while request is not None:
        page = request.execute()
        sizes.append(len(page["items"]))
        request = me.events().instances_next(request, page)
    assert sizes == [3, 2]


@pytest.mark.parametrize(
    ("resource", "parameters", "total"),
    [("acl", {"calendarId": "primary"}, 7), ("calendarList", {}, 7), ("settings", {}, 12)],
)
def test_the_other_listings_have_pages_too(me, resource, parameters, total):
    for number in range(6):
        rule = {"role": "reader", "scope": {"type": "user", "value": f"{number}@example.com"}}
        me.acl().insert(calendarId="primary", body=rule).execute()
        me.calendars().insert(body={"summary": f"No. {number}"}).execute()
    collection = getattr(me, resource)()
    request = collection.list(**parameters, maxResults=3)
    found = []
    while request is not None:
        page = request.execute()
        found.append([item["id"] for item in page["items"]])
        request = collection.list_next(request, page)
    assert [len(ids) for ids in found[:-1]] == [3] * (len(found) - 1)
    assert len({item for ids in found for item in ids}) == total


def test_a_sync_token_brings_what_changed_deletions_included(me, five):
    token = me.events().list(calendarId="primary").execute()["nextSyncToken"]
    first, second = ({"calendarId": "primary", "eventId": event["id"]} for event in five[:2])
    me.events().delete(**first).execute()
    me.events().patch(**second, body={"summary": "Changed"}).execute()
    changes = me.events().list(calendarId="primary", syncToken=token).execute()
    assert [(event["id"], event["status"]) for event in changes["items"]] == [
        (five[0]["id"], "cancelled"),
        (five[1]["id"], "confirmed"),
    ]


# Repeats -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"status": 429},
        {"reason": "userRateLimitExceeded"},
        {"reason": "rateLimitExceeded"},
        {"drop": "before"},
    ],
    ids=lambda fault: str(*fault.values()),
)
def test_what_fails_for_a_passing_reason_is_repeated(me, meeting, emulator, fault):
    emulator.faults.add(**fault, times=2, on="events.insert")
    request = insert(me, meeting)
    request._sleep = lambda seconds: None
    assert request.execute(num_retries=3)["summary"] == "Meeting"
    assert len(emulator.requests.of("events.insert")) == 3
    assert len(events_of(me)) == 1


def test_what_the_caller_may_not_do_is_not_repeated(me, emulator):
    request = me.calendars().delete(calendarId="primary")
    with pytest.raises(HttpError, match="Cannot delete primary calendar"):
        request.execute(num_retries=3)
    assert len(emulator.requests.of("calendars.delete")) == 1


# Conditions ----------------------------------------------------------------------------------------------


def test_an_event_that_has_not_changed_is_not_sent_again(me, five):
    request = me.events().get(calendarId="primary", eventId=five[0]["id"])
    request.headers["If-None-Match"] = five[0]["etag"]
    # The client has no copy of its own to answer with: it says what it was told.
    with pytest.raises(HttpError) as caught:
        request.execute()
    assert (caught.value.status_code, caught.value.content) == (304, b"")


def test_an_update_with_the_right_etag_is_made(me, meeting, five):
    body = {**meeting, "summary": "Mine"}
    request = me.events().update(calendarId="primary", eventId=five[0]["id"], body=body)
    request.headers["If-Match"] = five[0]["etag"]
    updated = request.execute()
    assert updated["summary"] == "Mine"
    assert updated["etag"] != five[0]["etag"]


# Parts ---------------------------------------------------------------------------------------------------


def test_only_the_fields_that_are_asked_for_are_sent(me, five):
    fields = "items(summary,start/dateTime)"
    answer = me.events().list(calendarId="primary", fields=fields).execute()
    assert answer["items"][0] == {
        "summary": "No. 0",
        "start": {"dateTime": "2026-03-03T10:00:00Z"},
    }
    assert answer.keys() == {"items"}
