"""freebusy.query."""

from __future__ import annotations

import pytest

WINDOW = {"timeMin": "2026-03-02T00:00:00Z", "timeMax": "2026-03-07T00:00:00Z"}


def query(caller, *names, **fields):
    body = {**WINDOW, "items": [{"id": name} for name in names], **fields}
    return caller.ok("POST", "/freeBusy", body)


def busy(caller, name="primary", **fields):
    times = query(caller, name, **fields)["calendars"][name]["busy"]
    return [(time["start"], time["end"]) for time in times]


@pytest.fixture
def at(me, timed):
    """Put an event on my calendar: at("10:00", "11:00", day=3)."""

    def at(start, end, day=3, **fields):
        body = timed(f"2026-03-{day:02}T{start}:00Z", f"2026-03-{day:02}T{end}:00Z", **fields)
        return me.insert(body)

    return at


# Whose times --------------------------------------------------------------------------------------------


def test_the_whole_answer(me, at):
    at("10:00", "11:00")
    assert query(me, "primary", "nobody@example.com") == {
        "kind": "calendar#freeBusy",
        "timeMin": "2026-03-02T00:00:00.000Z",
        "timeMax": "2026-03-07T00:00:00.000Z",
        "calendars": {
            "primary": {"busy": [{"start": "2026-03-03T10:00:00Z", "end": "2026-03-03T11:00:00Z"}]},
            "nobody@example.com": {
                "errors": [{"domain": "global", "reason": "notFound"}],
                "busy": [],
            },
        },
    }


def test_a_calendar_needs_to_be_shared_at_least_as_free_and_busy(emulator, me, caller, at):
    at("10:00", "11:00", visibility="private")
    ann = caller(emulator, "ann@example.com")
    calendar = query(ann, "me@example.com")["calendars"]["me@example.com"]
    assert calendar == {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    scope = {"type": "user", "value": "ann@example.com"}
    me.ok("POST", "/calendars/primary/acl", {"role": "freeBusyReader", "scope": scope})
    assert busy(ann, "me@example.com") == [("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z")]


def test_no_items_is_an_empty_answer(me):
    assert query(me)["calendars"] == {}
    assert me.ok("POST", "/freeBusy", WINDOW)["calendars"] == {}


# Which events -------------------------------------------------------------------------------------------


def test_times_that_overlap_or_touch_are_one(at, me):
    at("10:00", "11:00")
    at("10:30", "12:00")
    at("12:00", "12:30")
    at("14:00", "15:00")
    assert busy(me) == [
        ("2026-03-03T10:00:00Z", "2026-03-03T12:30:00Z"),
        ("2026-03-03T14:00:00Z", "2026-03-03T15:00:00Z"),
    ]


def test_a_time_within_another_does_not_end_it(at, me):
    at("10:00", "16:00")
    at("11:00", "12:00")
    assert busy(me) == [("2026-03-03T10:00:00Z", "2026-03-03T16:00:00Z")]


def test_what_is_available_cancelled_or_declined_is_left_out(at, me):
    at("08:00", "09:00", transparency="transparent")
    me.delete(at("10:00", "11:00")["id"])
    guest = {"email": "me@example.com", "responseStatus": "declined"}
    at("12:00", "13:00", attendees=[guest, {"email": "ann@example.com"}])
    assert busy(me) == []


def test_what_is_tentative_or_unanswered_counts(at, me):
    at("08:00", "09:00", status="tentative")
    guest = {"email": "me@example.com", "responseStatus": "needsAction"}
    at("12:00", "13:00", attendees=[guest])
    others = [{"email": "ann@example.com", "responseStatus": "declined"}]
    at("15:00", "16:00", attendees=others)
    assert len(busy(me)) == 3


def test_an_event_without_length_makes_nobody_busy(at, me):
    at("10:00", "10:00")
    assert busy(me) == []


def test_times_end_where_the_window_does(at, me, timed):
    me.insert(timed("2026-03-01T20:00:00Z", "2026-03-02T01:00:00Z"))
    me.insert(timed("2026-03-06T23:00:00Z", "2026-03-07T05:00:00Z"))
    assert busy(me) == [
        ("2026-03-02T00:00:00Z", "2026-03-02T01:00:00Z"),
        ("2026-03-06T23:00:00Z", "2026-03-07T00:00:00Z"),
    ]


def test_a_series_counts_with_its_exceptions(me, timed):
    series = me.insert(
        timed(
            "2026-03-01T10:00:00",
            "2026-03-01T11:00:00",
            "Europe/Prague",
            recurrence=["RRULE:FREQ=DAILY"],
        )
    )
    me.delete(f"{series['id']}_20260303T090000Z")
    me.patch(f"{series['id']}_20260304T090000Z", {"transparency": "transparent"})
    me.patch(
        f"{series['id']}_20260305T090000Z",
        timed("2026-03-05T15:00:00Z", "2026-03-05T16:00:00Z"),
    )
    assert busy(me) == [
        ("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
        ("2026-03-05T15:00:00Z", "2026-03-05T16:00:00Z"),
        ("2026-03-06T09:00:00Z", "2026-03-06T10:00:00Z"),
    ]


def test_a_series_that_is_available_counts_only_where_an_instance_is_not(me, timed):
    series = me.insert(
        timed(
            "2026-03-02T10:00:00",
            "2026-03-02T11:00:00",
            "UTC",
            transparency="transparent",
            recurrence=["RRULE:FREQ=DAILY;COUNT=4"],
        )
    )
    me.patch(f"{series['id']}_20260304T100000Z", {"transparency": "opaque"})
    assert busy(me) == [("2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z")]


def test_a_day_is_that_of_the_calendars_zone(me):
    me.ok("PATCH", "/calendars/primary", {"timeZone": "Asia/Tokyo"})
    me.insert({"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}})
    assert busy(me) == [("2026-03-02T15:00:00Z", "2026-03-03T15:00:00Z")]


def test_the_answers_times_are_in_the_zone_that_is_asked_for(at, me):
    at("10:00", "11:00")
    assert busy(me, timeZone="America/New_York") == [
        ("2026-03-03T05:00:00-05:00", "2026-03-03T06:00:00-05:00")
    ]


def test_a_calendar_with_more_times_than_anybody_has_fails_by_itself(me, timed):
    me.insert(
        timed(
            "2026-03-02T00:00:00",
            "2026-03-02T00:00:01",
            "UTC",
            recurrence=["RRULE:FREQ=SECONDLY;INTERVAL=2"],
        )
    )
    other = me.ok("POST", "/calendars", {"summary": "x"})["id"]
    calendars = query(me, "primary", other)["calendars"]
    assert calendars["primary"]["errors"] == [{"domain": "global", "reason": "internalError"}]
    assert calendars[other] == {"busy": []}


# Groups -------------------------------------------------------------------------------------------------


@pytest.fixture
def team(emulator, me, caller):
    """A group of me, Ann, who shares her calendar, and Bob, who does not."""
    ann = caller(emulator, "ann@example.com")
    scope = {"type": "domain", "value": "example.com"}
    ann.ok("POST", "/calendars/primary/acl", {"role": "freeBusyReader", "scope": scope})
    members = ["me@example.com", "ann@example.com", "bob@example.com"]
    emulator.groups.add("team@example.com", members)
    return "team@example.com"


def test_a_group_is_its_members(me, team, at):
    at("10:00", "11:00")
    answer = query(me, team)
    assert answer["groups"] == {
        team: {"calendars": ["ann@example.com", "bob@example.com", "me@example.com"]}
    }
    assert answer["calendars"]["me@example.com"]["busy"] != []
    assert answer["calendars"]["ann@example.com"] == {"busy": []}
    assert answer["calendars"]["bob@example.com"]["errors"][0]["reason"] == "notFound"


def test_a_group_in_a_group_is_taken_apart_too(emulator, me, team):
    emulator.groups.add("all@example.com", [team, "eve@other.org"])
    assert query(me, "all@example.com")["groups"]["all@example.com"]["calendars"] == [
        "ann@example.com",
        "bob@example.com",
        "eve@other.org",
        "me@example.com",
    ]


def test_a_group_with_more_members_than_asked_for_is_too_big(me, team):
    answer = query(me, team, groupExpansionMax=2)
    assert answer["groups"] == {
        team: {"errors": [{"domain": "global", "reason": "groupTooBig"}], "calendars": []}
    }
    assert answer["calendars"] == {}
    assert "errors" not in query(me, team, groupExpansionMax=3)["groups"][team]


def test_more_than_a_hundred_members_are_always_too_many(emulator, me):
    emulator.groups.add("all@example.com", [f"user{n}@example.com" for n in range(101)])
    group = query(me, "all@example.com")["groups"]["all@example.com"]
    assert group["errors"][0]["reason"] == "groupTooBig"


def test_calendars_beyond_the_number_asked_for_fail_one_by_one(me, team):
    calendars = query(me, "primary", team, calendarExpansionMax=2)["calendars"]
    assert [calendar.get("errors") for calendar in calendars.values()] == [
        None,
        None,
        [{"domain": "global", "reason": "tooManyCalendarsRequested"}],
        [{"domain": "global", "reason": "tooManyCalendarsRequested"}],
    ]


def test_fifty_calendars_are_the_most(me):
    names = [f"user{n}@example.com" for n in range(51)]
    calendars = query(me, *names)["calendars"]
    reasons = [calendar["errors"][0]["reason"] for calendar in calendars.values()]
    assert reasons == ["notFound"] * 50 + ["tooManyCalendarsRequested"]


# Bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason", "message"),
    [
        ({"timeMin": None}, "required", "Missing timeMin parameter."),
        ({"timeMax": None}, "required", "Missing timeMax parameter."),
        ({"timeMin": "2026-03-02T00:00:00"}, "badRequest", "Bad Request"),
        ({"timeMin": "yesterday"}, "badRequest", "Bad Request"),
        (
            {"timeMax": "2026-03-02T00:00:00Z"},
            "timeRangeEmpty",
            "The specified time range is empty.",
        ),
        (
            {"timeMax": "2026-05-31T00:00:01Z"},
            "timeRangeTooLong",
            "The requested time range is too long.",
        ),
        ({"timeZone": "Mars/Olympus"}, "invalid", "Invalid time zone: Mars/Olympus"),
        (
            {"calendarExpansionMax": 51},
            "invalid",
            "Invalid value '51'. Values must be within the range: [1, 50]",
        ),
        (
            {"groupExpansionMax": 0},
            "invalid",
            "Invalid value '0'. Values must be within the range: [1, 100]",
        ),
        ({"items": [{}]}, "required", "Missing item id."),
        ({"items": [{"id": None}]}, "required", "Missing item id."),
        ({"items": ["primary"]}, "invalid", "Invalid value for: primary is not a valid value"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused(me, body, reason, message):
    error = me.error("POST", "/freeBusy", {**WINDOW, **body})
    assert (error["status"], error["reason"], error["message"]) == (400, reason, message)


def test_ninety_days_are_not_too_long(me):
    assert busy(me, timeMax="2026-05-31T00:00:00Z") == []
