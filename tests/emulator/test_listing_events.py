import pytest


def summaries(items):
    return [item["summary"] for item in items]


@pytest.fixture
def week(me, timed):
    """Five events on five days, at noon for an hour."""
    for day in range(2, 7):
        me.insert(
            timed(f"2026-03-0{day}T12:00:00Z", f"2026-03-0{day}T13:00:00Z", summary=f"day {day}")
        )
    return me


def test_a_listing_says_whose_calendar_it_is(week):
    listing = week.list()
    assert listing["kind"] == "calendar#events"
    assert listing["summary"] == "me@example.com"
    assert listing["timeZone"] == "UTC"
    assert listing["accessRole"] == "owner"
    assert listing["updated"] == "2026-03-02T09:00:00.000Z"
    assert listing["nextSyncToken"]
    assert "nextPageToken" not in listing


def test_the_etag_of_a_listing_changes_with_its_events(week, meeting):
    before = week.list()["etag"]
    assert week.list()["etag"] == before
    week.insert(meeting)
    assert week.list()["etag"] != before


@pytest.mark.parametrize(
    ("time_min", "time_max", "expected"),
    [
        (None, None, [2, 3, 4, 5, 6]),
        ("2026-03-04T12:30:00Z", None, [4, 5, 6]),
        ("2026-03-04T12:59:59Z", None, [4, 5, 6]),
        ("2026-03-04T13:00:00Z", None, [5, 6]),
        (None, "2026-03-04T12:30:00Z", [2, 3, 4]),
        (None, "2026-03-04T12:00:01Z", [2, 3, 4]),
        (None, "2026-03-04T12:00:00Z", [2, 3]),
        ("2026-03-03T14:00:00+01:00", "2026-03-05T13:00:01+01:00", [4, 5]),
        ("2026-03-04T12:10:00Z", "2026-03-04T12:20:00Z", [4]),
        ("2026-03-04T13:00:00Z", "2026-03-05T12:00:00Z", []),
    ],
)
@pytest.mark.parametrize("single", ["true", "false"])
def test_a_window_excludes_what_ends_at_its_start_and_what_starts_at_its_end(
    week, time_min, time_max, expected, single
):
    window = {"timeMin": time_min, "timeMax": time_max}
    query = {name: value for name, value in window.items() if value}
    items = week.items(**query, singleEvents=single)
    assert summaries(items) == [f"day {day}" for day in expected]


@pytest.mark.parametrize("length", ["1 hour", "3 days", "400 days", "9 years"])
def test_what_began_long_before_the_window_is_in_it_when_it_still_lasts(me, timed, length):
    end = {
        "1 hour": "2020-01-01T01:00:00Z",
        "3 days": "2020-01-04T00:00:00Z",
        "400 days": "2021-02-04T00:00:00Z",
        "9 years": "2029-01-01T00:00:00Z",
    }[length]
    me.insert(timed("2020-01-01T00:00:00Z", end, summary=length))
    me.insert(timed("2020-01-01T00:00:00Z", "2020-01-01T00:10:00Z", summary="short"))
    before = end.replace("00:00Z", "00:00-00:01")
    assert summaries(me.items(timeMin=before)) == []
    assert summaries(me.items(timeMin=end.replace("00:00Z", "00:00+00:01"))) == [length]


def test_an_all_day_event_is_a_day_of_the_calendars_zone(me):
    me.insert({"start": {"date": "2026-03-04"}, "end": {"date": "2026-03-05"}, "summary": "day"})
    assert me.items(timeMin="2026-03-04T23:59:00Z")
    assert not me.items(timeMin="2026-03-05T00:00:00Z")
    assert me.items(timeMax="2026-03-04T00:00:01Z")
    assert not me.items(timeMax="2026-03-04T00:00:00Z")


def test_a_day_that_ends_when_it_begins_is_found_on_that_day(me):
    me.insert({"start": {"date": "2026-03-04"}, "end": {"date": "2026-03-04"}, "summary": "day"})
    assert me.items(timeMin="2026-03-04T12:00:00Z", timeMax="2026-03-04T13:00:00Z")


def test_pages_have_every_event_once(me, timed):
    for number in range(23):
        hour = 10 + number % 3
        me.insert(
            timed(f"2026-03-03T{hour}:00:00Z", f"2026-03-03T{hour}:30:00Z", summary=str(number))
        )
    pages = me.pages(maxResults=5)
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    names = [name for page in pages for name in summaries(page)]
    assert sorted(names, key=int) == [str(number) for number in range(23)]
    assert summaries(me.items()) == names


def test_a_page_that_takes_the_last_events_is_the_last_page(week):
    page = week.list(maxResults=5)
    assert "nextPageToken" not in page
    assert "nextSyncToken" in page


def test_only_the_last_page_has_a_sync_token(week):
    first = week.list(maxResults=3)
    assert "nextSyncToken" not in first
    assert "nextSyncToken" in week.list(maxResults=3, pageToken=first["nextPageToken"])


def test_a_page_has_250_events_by_default_and_never_more_than_2500(me, timed):
    body = timed("2026-03-03T10:00:00", "2026-03-03T10:00:01", "UTC")
    me.insert({**body, "recurrence": ["RRULE:FREQ=MINUTELY;COUNT=2600"]})
    assert len(me.items(singleEvents="true")) == 250
    assert len(me.items(singleEvents="true", maxResults=100000)) == 2500


def test_a_page_token_is_good_for_its_own_listing_only(week):
    token = week.list(maxResults=2)["nextPageToken"]
    week.list(maxResults=4, pageToken=token)
    for query in ({"q": "day"}, {"singleEvents": "true"}, {"timeMin": "2026-03-01T00:00:00Z"}):
        error = week.list_error(pageToken=token, **query)
        assert (error["status"], error["reason"], error["location"]) == (
            400,
            "invalid",
            "pageToken",
        )


def test_the_next_page_may_be_presented_otherwise(week):
    token = week.list(maxResults=2, userIp="10.0.0.1")["nextPageToken"]
    page = week.list(pageToken=token, fields="items(id)", userIp="10.0.0.2", unknown="1")
    assert [event.keys() for event in page["items"]] == [{"id"}] * 3


@pytest.mark.parametrize("token", ["x", "é", "AAAAAAAA", "====", "a" * 5000])
def test_a_page_token_that_was_not_given_out_is_invalid(me, token):
    error = me.list_error(pageToken=token)
    assert (error["status"], error["reason"], error["location"]) == (400, "invalid", "pageToken")


def test_events_come_in_the_order_of_their_start(me, timed):
    for hour in (14, 9, 23, 11):
        me.insert(
            timed(f"2026-03-03T{hour:02}:00:00Z", f"2026-03-03T{hour:02}:30:00Z", summary=str(hour))
        )
    assert summaries(me.items(singleEvents="true", orderBy="startTime")) == ["9", "11", "14", "23"]


@pytest.mark.parametrize("single", ["true", "false"])
def test_events_come_in_the_order_of_their_last_change_when_asked_for(week, clock, single):
    by_name = {item["summary"]: item["id"] for item in week.items()}
    for name in ("day 5", "day 3"):
        clock.advance(1)
        week.patch(by_name[name], {"description": "changed"})
    pages = week.pages(orderBy="updated", maxResults=2, singleEvents=single)
    names = [name for page in pages for name in summaries(page)]
    assert names == ["day 2", "day 4", "day 6", "day 5", "day 3"]


def test_deleted_events_are_left_out_unless_asked_for(week):
    event = week.items()[0]
    week.delete(event["id"])
    assert summaries(week.items()) == ["day 3", "day 4", "day 5", "day 6"]
    first = week.items(showDeleted="true")[0]
    assert (first["summary"], first["status"]) == ("day 2", "cancelled")


def test_the_answer_may_be_in_another_zone(week):
    listing = week.list(timeZone="Asia/Tokyo", maxResults=1)
    assert listing["timeZone"] == "Asia/Tokyo"
    assert listing["items"][0]["start"] == {
        "dateTime": "2026-03-02T21:00:00+09:00",
        "timeZone": "UTC",
    }
    event = week.get(listing["items"][0]["id"], timeZone="America/New_York")
    assert event["end"] == {"dateTime": "2026-03-02T08:00:00-05:00", "timeZone": "UTC"}


def test_events_are_found_by_their_ical_uid(me, meeting):
    event = me.insert({**meeting, "iCalUID": "uid-1@example.com"})
    me.insert(meeting)
    assert [item["id"] for item in me.items(iCalUID="uid-1@example.com")] == [event["id"]]
    assert me.items(iCalUID="uid-2@example.com") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("budget", True),
        ("BUDGET", True),
        ("budg", True),
        ("udget", False),
        ("annual budget", True),
        ("budget cathedral", True),
        ("budget nothing", False),
        ('"annual budget"', True),
        ('"budget annual"', False),
        ("prague", True),
        ("ann@example.com", True),
        ("Novák", True),
        ("me@example.com", True),
        ("nobody@example.com", False),
        ("(", False),
    ],
)
@pytest.mark.parametrize("single", ["true", "false"])
def test_words_are_searched_in_title_text_place_and_people(me, meeting, query, found, single):
    me.insert(
        {
            **meeting,
            "summary": "Annual Budget",
            "description": "in the cathedral",
            "location": "Prague",
            "attendees": [{"email": "ann@example.com", "displayName": "Ann Novák"}],
        }
    )
    names = summaries(me.items(q=query, singleEvents=single))
    assert ("Annual Budget" in names) is found


def test_a_search_fills_its_pages(me, meeting):
    for number in range(30):
        me.insert({**meeting, "summary": "wanted" if number % 3 == 0 else "other"})
    pages = me.pages(q="wanted", maxResults=4)
    assert [len(page) for page in pages] == [4, 4, 2]


def test_extended_properties_select_events(me, meeting):
    def insert(name, **properties):
        me.insert({**meeting, "summary": name, "extendedProperties": properties})

    insert("both", private={"a": "1", "b": "2"}, shared={"c": "3"})
    insert("one", private={"a": "1"})
    insert("shared", shared={"a": "1"})
    assert summaries(me.items(privateExtendedProperty="a=1")) == ["both", "one"]
    assert summaries(me.items(privateExtendedProperty=["a=1", "b=2"])) == ["both"]
    assert summaries(me.items(sharedExtendedProperty="a=1")) == ["shared"]
    assert summaries(me.items(sharedExtendedProperty="c=3", privateExtendedProperty="b=2")) == [
        "both"
    ]
    assert me.items(privateExtendedProperty="a=2") == []


def test_a_property_may_have_an_equals_sign_in_its_value(me, meeting):
    me.insert({**meeting, "extendedProperties": {"private": {"a": "b=c"}}})
    assert len(me.items(privateExtendedProperty="a=b=c")) == 1


def test_event_types_select_events(me, meeting):
    me.insert(meeting)
    assert len(me.items(eventTypes=["default", "birthday"])) == 1
    assert me.items(eventTypes="birthday") == []
    assert me.list_error(eventTypes="party")["reason"] == "invalidParameter"


def test_updated_min_gives_what_changed_since_deleted_ones_too(week, clock):
    ids = {item["summary"]: item["id"] for item in week.items()}
    clock.advance(60)
    week.patch(ids["day 3"], {"summary": "day 3 changed"})
    week.delete(ids["day 5"])
    items = week.items(updatedMin="2026-03-02T09:00:30Z")
    assert [(item["summary"], item["status"]) for item in items] == [
        ("day 3 changed", "confirmed"),
        ("day 5", "cancelled"),
    ]


def test_updated_min_from_before_deleted_events_are_kept_is_gone(me):
    error = me.list_error(updatedMin="2026-01-01T00:00:00Z")
    assert (error["status"], error["reason"]) == (410, "updatedMinTooLongAgo")
    assert error["location"] == "updatedMin"


def test_a_listing_that_has_not_changed_is_not_sent_again(week):
    etag = week.call("GET", "/calendars/primary/events").headers["etag"]
    reply = week.call("GET", "/calendars/primary/events", headers={"If-None-Match": etag})
    assert (reply.status, reply.body) == (304, b"")


def test_an_event_that_has_not_changed_is_not_sent_again(week):
    event = week.items()[0]
    path = f"/calendars/primary/events/{event['id']}"
    assert week.call("GET", path, headers={"If-None-Match": event["etag"]}).status == 304
    week.patch(event["id"], {"summary": "new"})
    assert week.call("GET", path, headers={"If-None-Match": event["etag"]}).status == 200
