import pytest


def starts(items):
    return [item["start"].get("dateTime", item["start"].get("date")) for item in items]


def ids(items):
    return [item["id"] for item in items]


@pytest.fixture
def series(me, timed):
    """What makes a series in Zurich from its first start, length and rule lines."""

    def make(start, end, *lines, zone="Europe/Zurich", **fields):
        body = timed(start, end, zone, summary="series", **fields)
        return me.insert({**body, "recurrence": list(lines)})

    return make


def test_a_series_keeps_its_wall_time_when_the_clocks_go_forward(me, series):
    series("2026-03-27T10:00:00", "2026-03-27T11:00:00", "RRULE:FREQ=DAILY;COUNT=4")
    assert starts(me.items(singleEvents="true", timeZone="Europe/Zurich")) == [
        "2026-03-27T10:00:00+01:00",
        "2026-03-28T10:00:00+01:00",
        "2026-03-29T10:00:00+02:00",
        "2026-03-30T10:00:00+02:00",
    ]


def test_a_series_keeps_its_wall_time_when_the_clocks_go_back(me, series):
    series("2026-10-24T10:00:00", "2026-10-24T11:00:00", "RRULE:FREQ=DAILY;COUNT=3")
    assert starts(me.items(singleEvents="true")) == [
        "2026-10-24T08:00:00Z",
        "2026-10-25T09:00:00Z",
        "2026-10-26T09:00:00Z",
    ]


def test_a_time_that_the_clock_skips_is_an_hour_later(me, series):
    series("2026-03-28T02:30:00", "2026-03-28T03:30:00", "RRULE:FREQ=DAILY;COUNT=3")
    assert starts(me.items(singleEvents="true", timeZone="Europe/Zurich")) == [
        "2026-03-28T02:30:00+01:00",
        "2026-03-29T03:30:00+02:00",
        "2026-03-30T02:30:00+02:00",
    ]


def test_an_instance_lasts_as_long_as_the_first_one_over_a_change_of_the_clocks(me, series):
    series("2026-03-27T22:00:00", "2026-03-28T06:00:00", "RRULE:FREQ=DAILY;COUNT=2")
    night = me.items(singleEvents="true", timeZone="Europe/Zurich")[1]
    assert night["start"]["dateTime"] == "2026-03-28T22:00:00+01:00"
    assert night["end"]["dateTime"] == "2026-03-29T07:00:00+02:00"


def test_two_calendars_in_two_zones_see_the_same_instants(me, series):
    series(
        "2026-03-27T10:00:00",
        "2026-03-27T11:00:00",
        "RRULE:FREQ=WEEKLY;COUNT=2",
        zone="America/New_York",
    )
    assert starts(me.items(singleEvents="true")) == ["2026-03-27T14:00:00Z", "2026-04-03T14:00:00Z"]


def test_an_instance_is_its_series_with_a_time_of_its_own(me, series):
    event = series(
        "2026-03-27T10:00:00", "2026-03-27T11:00:00", "RRULE:FREQ=DAILY;COUNT=2", description="d"
    )
    second = me.items(singleEvents="true")[1]
    start = {"dateTime": "2026-03-28T09:00:00Z", "timeZone": "Europe/Zurich"}
    expected = {
        **event,
        "id": f"{event['id']}_20260328T090000Z",
        "htmlLink": second["htmlLink"],
        "start": start,
        "end": {"dateTime": "2026-03-28T10:00:00Z", "timeZone": "Europe/Zurich"},
        "recurringEventId": event["id"],
        "originalStartTime": start,
    }
    del expected["recurrence"]
    assert second == expected
    assert second["htmlLink"] != event["htmlLink"]


def test_an_instance_reads_the_same_by_its_id_in_a_listing_and_among_the_instances(me, series):
    event = series("2026-03-27T10:00:00", "2026-03-27T11:00:00", "RRULE:FREQ=DAILY;COUNT=3")
    listed = me.items(singleEvents="true")
    assert me.instances(event["id"]) == listed
    assert [me.get(instance) for instance in ids(listed)] == listed
    assert list(me.get(listed[0]["id"])) == list(listed[0])


def test_an_all_day_series_has_days(me):
    event = me.insert(
        {
            "start": {"date": "2026-03-28"},
            "end": {"date": "2026-03-30"},
            "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"],
        }
    )
    items = me.items(singleEvents="true")
    assert [(item["start"], item["end"]) for item in items] == [
        ({"date": "2026-03-28"}, {"date": "2026-03-30"}),
        ({"date": "2026-04-04"}, {"date": "2026-04-06"}),
    ]
    assert ids(items) == [f"{event['id']}_20260328", f"{event['id']}_20260404"]
    assert items[1]["originalStartTime"] == {"date": "2026-04-04"}
    assert me.get(items[1]["id"]) == items[1]


def test_dates_are_added_and_left_out(me, series):
    series(
        "2026-05-04T10:00:00",
        "2026-05-04T11:00:00",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE;TZID=Europe/Zurich:20260511T100000",
        "RDATE;TZID=Europe/Zurich:20260512T100000",
        "EXRULE:FREQ=MONTHLY;BYDAY=3MO",
    )
    assert starts(me.items(singleEvents="true")) == ["2026-05-04T08:00:00Z", "2026-05-12T08:00:00Z"]


def test_a_series_without_expansion_is_one_event(me, series):
    event = series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=WEEKLY")
    (item,) = me.items()
    assert item == event
    assert item["recurrence"] == ["RRULE:FREQ=WEEKLY"]
    assert "recurringEventId" not in item


def test_a_series_without_expansion_is_in_the_windows_that_it_lasts_over(me, series):
    series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert me.items(timeMin="2026-05-18T08:30:00Z")
    assert not me.items(timeMin="2026-05-18T09:00:00Z")
    assert me.items(timeMax="2026-05-04T08:30:00Z")
    assert not me.items(timeMax="2026-05-04T08:00:00Z")


@pytest.mark.parametrize(
    ("time_min", "time_max", "expected"),
    [
        ("2026-05-11T08:59:59Z", "2026-05-18T08:00:01Z", ["2026-05-11", "2026-05-18"]),
        ("2026-05-11T09:00:00Z", "2026-05-18T08:00:00Z", []),
        ("2026-05-11T08:30:00Z", "2026-05-11T08:40:00Z", ["2026-05-11"]),
    ],
)
def test_instances_keep_to_the_bounds_of_a_window(me, series, time_min, time_max, expected):
    event = series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=WEEKLY")
    window = {"timeMin": time_min, "timeMax": time_max}
    assert [start[:10] for start in starts(me.items(singleEvents="true", **window))] == expected
    at = [start[:10] for start in starts(me.instances(event["id"], **window))]
    if time_min.endswith("09:00:00Z"):
        # "Lower bound (inclusive) for an event's end time": one second differs from list.
        assert at == ["2026-05-11"]
    else:
        assert at == expected


def test_a_week_of_a_series_that_began_ten_years_ago(me, series):
    series("2016-03-07T10:00:00", "2016-03-07T10:30:00", "RRULE:FREQ=DAILY")
    week = me.items(
        singleEvents="true", timeMin="2026-03-02T00:00:00Z", timeMax="2026-03-09T00:00:00Z"
    )
    assert starts(week) == [f"2026-03-0{day}T09:00:00Z" for day in range(2, 9)]


def test_instances_and_single_events_come_in_one_order_and_in_pages(me, series, timed):
    series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=DAILY;COUNT=4")
    series("2026-05-04T10:00:00", "2026-05-04T10:30:00", "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2")
    me.insert(timed("2026-05-05T08:00:00Z", "2026-05-05T09:00:00Z", summary="single"))
    me.insert(timed("2026-05-06T06:00:00Z", "2026-05-06T07:00:00Z", summary="early"))
    whole = me.items(singleEvents="true", orderBy="startTime")
    assert starts(whole) == sorted(starts(whole))
    assert len(whole) == 8
    for size in (1, 2, 3, 7):
        pages = me.pages(singleEvents="true", orderBy="startTime", maxResults=size)
        assert [item for page in pages for item in page] == whole
        assert all(len(page) == size for page in pages[:-1])


def test_an_endless_series_without_a_window_ends_somewhere(me, series):
    series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=YEARLY")
    assert len(me.items(singleEvents="true")) == 10


def test_a_series_with_an_end_is_expanded_to_it_however_far_away(me, series):
    series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=YEARLY;COUNT=60")
    assert starts(me.items(singleEvents="true"))[-1] == "2085-05-04T08:00:00Z"


# Exceptions ---------------------------------------------------------------------------------------------


@pytest.fixture
def daily(series):
    return series("2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=DAILY;COUNT=4")


def test_a_patched_instance_is_an_exception(me, daily, clock):
    instance = me.items(singleEvents="true")[1]
    clock.advance(60)
    changed = me.patch(instance["id"], {"summary": "special"})
    assert changed["summary"] == "special"
    assert changed["id"] == instance["id"]
    assert changed["recurringEventId"] == daily["id"]
    assert changed["etag"] != instance["etag"]
    assert changed["created"] == daily["created"]
    assert changed["updated"] == "2026-03-02T09:01:00.000Z"
    names = [item["summary"] for item in me.items(singleEvents="true")]
    assert names == ["series", "special", "series", "series"]
    assert me.get(daily["id"]) == daily
    assert ids(me.items()) == [daily["id"], instance["id"]]


def test_a_moved_instance_is_where_it_was_moved_to_and_says_where_it_was(me, daily):
    instance = me.items(singleEvents="true")[0]
    moved = me.patch(
        instance["id"],
        {
            "start": {"dateTime": "2026-05-05T20:00:00Z"},
            "end": {"dateTime": "2026-05-05T21:00:00Z"},
        },
    )
    assert moved["originalStartTime"] == instance["originalStartTime"]
    assert moved["sequence"] == daily["sequence"] + 1
    assert starts(me.items(singleEvents="true")) == [
        "2026-05-05T08:00:00Z",
        "2026-05-05T20:00:00Z",
        "2026-05-06T08:00:00Z",
        "2026-05-07T08:00:00Z",
    ]
    assert starts(me.instances(daily["id"])) == starts(me.items(singleEvents="true"))
    assert me.instances(daily["id"], originalStart="2026-05-04T10:00:00+02:00") == [moved]


def test_an_updated_instance_cannot_repeat(me, daily):
    instance = me.items(singleEvents="true")[0]
    changed = me.update(instance["id"], {**instance, "recurrence": ["RRULE:FREQ=DAILY"]})
    assert "recurrence" not in changed


def test_a_deleted_instance_is_gone_from_the_expanded_series_only(me, daily):
    instance = me.items(singleEvents="true")[2]
    me.delete(instance["id"])
    assert starts(me.items(singleEvents="true")) == [
        "2026-05-04T08:00:00Z",
        "2026-05-05T08:00:00Z",
        "2026-05-07T08:00:00Z",
    ]
    assert me.error("DELETE", f"/calendars/primary/events/{instance['id']}")["status"] == 410


def test_a_cancelled_instance_is_listed_with_its_series_although_deleted_ones_are_not(me, daily):
    instance = me.items(singleEvents="true")[2]
    me.delete(instance["id"])
    cancelled = me.items()[1]
    assert set(cancelled) == {
        "kind", "etag", "id", "status", "recurringEventId", "originalStartTime",
    }  # fmt: skip
    assert cancelled["status"] == "cancelled"
    assert cancelled["originalStartTime"] == instance["originalStartTime"]
    assert me.get(instance["id"]) == cancelled
    assert len(me.instances(daily["id"])) == 3
    assert me.instances(daily["id"], showDeleted="true")[2] == cancelled


def test_a_cancelled_instance_can_be_brought_back(me, daily):
    instance = me.items(singleEvents="true")[2]
    me.delete(instance["id"])
    back = me.patch(instance["id"], {"status": "confirmed"})
    assert (back["summary"], back["start"]) == ("series", instance["start"])
    assert len(me.items(singleEvents="true")) == 4


def test_deleting_the_series_deletes_its_exceptions(me, daily):
    first, second, *_ = ids(me.items(singleEvents="true"))
    me.patch(first, {"summary": "special"})
    me.delete(second)
    me.delete(daily["id"])
    assert me.items() == me.items(singleEvents="true") == []
    assert me.get(first)["status"] == "cancelled"


def test_deleted_series_are_shown_as_deleted_instances_when_expanded(me, daily):
    me.delete(daily["id"])
    items = me.items(singleEvents="true", showDeleted="true")
    assert len(items) == 4
    assert {item["status"] for item in items} == {"cancelled"}
    assert ids(me.items(showDeleted="true")) == [daily["id"]]


def test_an_exception_follows_its_series_where_it_did_not_differ(me, daily):
    first = me.items(singleEvents="true")[0]["id"]
    me.patch(first, {"summary": "special"})
    me.patch(daily["id"], {"summary": "renamed", "location": "Room 1"})
    exception = me.get(first)
    assert exception["summary"] == "special"
    assert exception["location"] == "Room 1"


def test_the_properties_of_an_exception_follow_those_of_its_series_one_by_one(me, daily):
    first = me.items(singleEvents="true")[0]["id"]
    me.patch(daily["id"], {"extendedProperties": {"private": {"room": "1", "floor": "2"}}})
    me.patch(first, {"extendedProperties": {"private": {"room": "5"}}})
    changed = {"private": {"room": "3", "floor": "4", "wing": "west"}, "shared": {"open": "yes"}}
    me.patch(daily["id"], {"extendedProperties": changed})
    assert me.get(first)["extendedProperties"] == {
        "private": {"room": "5", "floor": "4", "wing": "west"},
        "shared": {"open": "yes"},
    }


def test_properties_that_leave_the_series_leave_an_exception_that_has_none_of_its_own(me, daily):
    first = me.items(singleEvents="true")[0]["id"]
    me.patch(daily["id"], {"extendedProperties": {"private": {"room": "1", "floor": "2"}}})
    me.patch(first, {"extendedProperties": {"private": {"room": None}}})
    me.patch(daily["id"], {"extendedProperties": {"private": {"room": None, "floor": None}}})
    assert "extendedProperties" not in me.get(first)


def test_an_exception_that_the_series_has_no_place_for_any_more_is_deleted(me, daily):
    last = me.items(singleEvents="true")[3]["id"]
    me.patch(last, {"summary": "special"})
    token = me.list()["nextSyncToken"]
    me.patch(daily["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
    assert len(me.items(singleEvents="true")) == 2
    assert [(item["id"], item["status"]) for item in me.items(syncToken=token)] == [
        (daily["id"], "confirmed"),
        (last, "cancelled"),
    ]


def test_an_instance_is_the_series_own_again_when_the_series_comes_back_to_it(me, daily):
    last = me.items(singleEvents="true")[3]["id"]
    me.patch(last, {"summary": "special"})
    me.patch(daily["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
    me.patch(daily["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]})
    assert [item["summary"] for item in me.items(singleEvents="true")] == ["series"] * 5
    assert me.get(last)["summary"] == "series"


def test_a_series_may_become_a_single_event_and_the_other_way_round(me, daily):
    single = me.patch(daily["id"], {"recurrence": None})
    assert "recurrence" not in single
    assert len(me.items(singleEvents="true")) == 1
    me.patch(daily["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})
    assert len(me.items(singleEvents="true")) == 3


def test_this_and_following_is_an_earlier_end_and_a_new_series(me, daily, timed):
    me.patch(daily["id"], {"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20260505T215959Z"]})
    body = timed("2026-05-06T12:00:00", "2026-05-06T13:00:00", "Europe/Zurich", summary="later")
    me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
    items = me.items(singleEvents="true", orderBy="startTime")
    assert [(item["summary"], item["start"]["dateTime"]) for item in items] == [
        ("series", "2026-05-04T08:00:00Z"),
        ("series", "2026-05-05T08:00:00Z"),
        ("later", "2026-05-06T10:00:00Z"),
        ("later", "2026-05-07T10:00:00Z"),
    ]


@pytest.mark.parametrize(
    "stamp",
    ["_20260508T080000Z", "_20260504T090000Z", "_20260504", "_2026", "_99999999T999999Z", "_"],
)
def test_an_instance_that_the_series_has_not_is_not_found(me, daily, stamp):
    assert me.error("GET", f"/calendars/primary/events/{daily['id']}{stamp}")["status"] == 404


def test_a_single_event_has_no_instances(me, meeting):
    event = me.insert(meeting)
    assert me.error("GET", f"/calendars/primary/events/{event['id']}/instances")["status"] == 404


def test_an_unknown_series_has_no_instances(me):
    assert me.error("GET", "/calendars/primary/events/abcde/instances")["status"] == 404


def test_instances_are_answered_in_the_zone_that_is_asked_for(me, daily):
    instance = me.instances(daily["id"], timeZone="Asia/Tokyo", maxResults=1)[0]
    assert instance["start"]["dateTime"] == "2026-05-04T17:00:00+09:00"
    assert instance["originalStartTime"]["dateTime"] == "2026-05-04T17:00:00+09:00"


def test_instances_without_attendees_that_are_too_many(me, series):
    guests = [{"email": f"guest{number}@example.com"} for number in range(3)]
    event = series(
        "2026-05-04T10:00:00", "2026-05-04T11:00:00", "RRULE:FREQ=DAILY;COUNT=1", attendees=guests
    )
    assert me.instances(event["id"], maxAttendees=2)[0]["attendeesOmitted"] is True


def test_searching_finds_the_instances_of_a_series_and_exceptions_by_themselves(me, daily):
    first = me.items(singleEvents="true")[0]["id"]
    me.patch(first, {"summary": "special"})
    assert ids(me.items(singleEvents="true", q="special")) == [first]
    assert len(me.items(singleEvents="true", q="series")) == 3


def test_a_series_all_of_whose_instances_are_excluded_has_none(me, series):
    event = series(
        "2026-05-04T10:00:00",
        "2026-05-04T11:00:00",
        "RRULE:FREQ=DAILY;COUNT=1",
        "EXDATE;TZID=Europe/Zurich:20260504T100000",
    )
    assert me.items(singleEvents="true") == []
    assert me.instances(event["id"]) == []
    assert me.get(event["id"])["summary"] == "series"
