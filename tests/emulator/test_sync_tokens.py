import pytest


def ids(items):
    return [item["id"] for item in items]


def test_nothing_has_changed_right_after_a_listing(me, meeting):
    me.insert(meeting)
    token = me.list()["nextSyncToken"]
    again = me.list(syncToken=token)
    assert again["items"] == []
    assert again["nextSyncToken"]


def test_a_sync_token_gives_new_changed_and_deleted_events_in_the_order_of_their_change(
    me, meeting
):
    old = me.insert({**meeting, "summary": "old"})
    gone = me.insert({**meeting, "summary": "gone"})
    me.insert({**meeting, "summary": "untouched"})
    token = me.list()["nextSyncToken"]
    new = me.insert({**meeting, "summary": "new"})
    me.delete(gone["id"])
    me.patch(old["id"], {"summary": "changed"})
    items = me.items(syncToken=token)
    assert ids(items) == [new["id"], gone["id"], old["id"]]
    assert [item["status"] for item in items] == ["confirmed", "cancelled", "confirmed"]


def test_a_deleted_event_comes_without_details_unless_deleted_ones_are_asked_for(me, meeting):
    event = me.insert(meeting)
    token = me.list()["nextSyncToken"]
    me.delete(event["id"])
    (item,) = me.items(syncToken=token)
    assert set(item) == {"kind", "etag", "id", "status"}
    (item,) = me.items(syncToken=token, showDeleted="true")
    assert item["summary"] == "Meeting"


def test_a_sync_token_may_be_used_more_than_once(me, meeting):
    token = me.list()["nextSyncToken"]
    event = me.insert(meeting)
    assert ids(me.items(syncToken=token)) == ids(me.items(syncToken=token)) == [event["id"]]


def test_what_changes_between_two_pages_is_not_lost(me, meeting):
    events = [me.insert(meeting) for _ in range(4)]
    first = me.list(maxResults=2)
    me.patch(events[0]["id"], {"summary": "changed meanwhile"})
    last = me.list(maxResults=2, pageToken=first["nextPageToken"])
    assert ids(me.items(syncToken=last["nextSyncToken"])) == [events[0]["id"]]


def test_changes_come_in_pages_too(me, meeting):
    token = me.list()["nextSyncToken"]
    events = [me.insert(meeting) for _ in range(5)]
    pages = me.pages(syncToken=token, maxResults=2)
    assert [ids(page) for page in pages] == [
        [event["id"] for event in events[start : start + 2]] for start in (0, 2, 4)
    ]


def test_a_first_listing_may_have_a_window(me, meeting):
    token = me.list(timeMin="2026-03-01T00:00:00Z", singleEvents="true")["nextSyncToken"]
    event = me.insert(meeting)
    assert ids(me.items(syncToken=token, singleEvents="true")) == [event["id"]]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"updatedMin": "2026-03-01T00:00:00Z"},
    ],
)
def test_a_selection_has_no_sync_token(me, query):
    assert "nextSyncToken" not in me.list(**query)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"updatedMin": "2026-03-01T00:00:00Z"},
        {"timeMin": "2026-03-01T00:00:00Z"},
        {"timeMax": "2026-03-01T00:00:00Z"},
        {"showDeleted": "false"},
    ],
)
def test_a_sync_token_excludes_what_would_select(me, query):
    token = me.list()["nextSyncToken"]
    error = me.list_error(syncToken=token, **query)
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["location"] == next(iter(query))


@pytest.mark.parametrize("token", ["x", "CPDAlvWDx70CEPDAlvWDx70CGAU=", "é"])
def test_a_sync_token_that_was_not_given_out_asks_for_a_full_sync(me, token):
    error = me.list_error(syncToken=token)
    assert (error["status"], error["reason"]) == (410, "fullSyncRequired")
    assert error["message"] == "Sync token is no longer valid, a full sync is required."
    assert error["location"] == "syncToken"


def test_the_token_of_another_calendar_asks_for_a_full_sync(me, caller, emulator):
    token = caller(emulator, "you@example.com").list()["nextSyncToken"]
    assert me.list_error(syncToken=token)["status"] == 410


def test_a_page_token_is_no_sync_token(me, meeting):
    me.insert(meeting)
    me.insert(meeting)
    token = me.list(maxResults=1)["nextPageToken"]
    assert me.list_error(syncToken=token)["status"] == 410


def test_a_sync_token_expires(me, clock):
    token = me.list()["nextSyncToken"]
    clock.advance(27 * 86_400)
    me.list(syncToken=token)
    clock.advance(2 * 86_400)
    assert me.list_error(syncToken=token)["reason"] == "fullSyncRequired"


def test_a_changed_series_comes_as_itself_or_as_its_instances(me, timed):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", summary="daily")
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    token = me.list()["nextSyncToken"]
    me.patch(series["id"], {"summary": "changed"})
    assert ids(me.items(syncToken=token)) == [series["id"]]
    pages = me.pages(syncToken=token, singleEvents="true", maxResults=2)
    assert [ids(page) for page in pages] == [
        [f"{series['id']}_20260303T100000Z", f"{series['id']}_20260304T100000Z"],
        [f"{series['id']}_20260305T100000Z"],
    ]
