"""A series expanded offline: the instances that the server would list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.event import Event
from gcsa.recurrence import DAILY, WEEKLY, Recurrence

PRAGUE = ZoneInfo("Europe/Prague")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=PRAGUE)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def standup(**kwargs):
    return Event(
        "Standup",
        start=MONDAY,
        end=MONDAY + HOUR / 2,
        timezone="Europe/Prague",
        recurrence=Recurrence.rule(freq=DAILY),
        **kwargs,
    )


def test_only_those_in_the_window_are_made():
    instances = list(standup().instances_between(MONDAY + 100 * DAY, MONDAY + 103 * DAY))
    assert [instance.start for instance in instances] == [
        datetime(2026, 6, day, 10, tzinfo=PRAGUE) for day in (10, 11, 12)
    ]


def test_an_instance_has_what_the_series_has_but_its_rule():
    (instance,) = standup(
        location="Room 5", event_id="abc123", attendees="ann@x.com"
    ).instances_between(date(2026, 3, 3), date(2026, 3, 4))
    assert instance.summary == "Standup"
    assert instance.location == "Room 5"
    assert instance.recurrence == []
    assert (instance.start, instance.end) == (MONDAY + DAY, MONDAY + DAY + HOUR / 2)


def test_an_instance_has_the_id_that_google_gives_it():
    (instance,) = standup(event_id="abc123").instances_between(MONDAY, MONDAY + HOUR)
    assert instance.id == "abc123_20260302T090000Z"
    assert instance.recurring_event_id == "abc123"
    assert instance.is_recurring_instance
    assert instance.original_start_time == MONDAY


def test_an_instance_of_a_series_that_is_not_stored_has_no_id():
    (instance,) = standup().instances_between(MONDAY, MONDAY + HOUR)
    assert instance.id is None
    assert not instance.is_recurring_instance


def test_instances_share_nothing_with_their_series():
    series = standup(attendees="ann@x.com")
    first, second = series.instances_between(MONDAY, MONDAY + 2 * DAY)
    first.attendees[0].response_status = "declined"
    first.summary = "Demo"
    assert (series.summary, second.summary) == ("Standup", "Standup")
    assert series.attendees[0].response_status is None
    assert second.attendees[0].response_status is None


def test_what_ends_where_the_window_begins_is_not_in_it():
    sunday = Event("Rest", start=date(2026, 3, 1), recurrence=Recurrence.rule(freq=WEEKLY))
    assert list(sunday.instances_between(date(2026, 3, 2), date(2026, 3, 8))) == []
    (instance,) = sunday.instances_between(date(2026, 3, 2), date(2026, 3, 9))
    assert (instance.start, instance.id) == (date(2026, 3, 8), None)


def test_what_began_before_the_window_is_in_it_while_it_lasts():
    trip = Event(
        "Trip",
        start=date(2026, 3, 2),
        end=date(2026, 3, 5),
        event_id="trip1",
        recurrence="RRULE:FREQ=WEEKLY",
    )
    (instance,) = trip.instances_between(date(2026, 3, 11), date(2026, 3, 12))
    assert (instance.start, instance.end) == (date(2026, 3, 9), date(2026, 3, 12))
    assert instance.id == "trip1_20260309"


def test_each_lasts_as_long_as_the_first_by_the_clock():
    night = Event(
        "Watch",
        start=datetime(2026, 3, 27, 23, tzinfo=PRAGUE),
        end=datetime(2026, 3, 28, 6, tzinfo=PRAGUE),
        timezone="Europe/Prague",
        recurrence="RRULE:FREQ=DAILY",
    )
    ends = [i.end for i in night.instances_between(date(2026, 3, 28), date(2026, 3, 30))]
    # The clocks go forward in the night to the 29th.
    assert [end.hour for end in ends] == [6, 7, 6]


def test_a_naive_start_is_wall_time_in_the_events_zone():
    series = Event(
        "Standup",
        start=datetime(2026, 3, 2, 10),
        timezone="Europe/Prague",
        recurrence="RRULE:FREQ=DAILY",
    )
    (instance,) = series.instances_between(MONDAY, MONDAY + HOUR)
    assert instance.start == MONDAY


def test_an_event_that_does_not_recur_is_its_own_instance():
    single = Event("Lunch", start=MONDAY)
    assert list(single.instances_between(MONDAY - DAY, MONDAY + DAY)) == [single]
    assert list(single.instances_between(MONDAY + DAY, MONDAY + 2 * DAY)) == []


def test_an_event_without_times_has_none():
    assert list(Event("Cancelled", start=None).instances_between(MONDAY, MONDAY + DAY)) == []


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match=r"end \(2026-03-01\) must be after start \(2026-03-02\)"):
        standup().instances_between(date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(TypeError, match=r"^start must be a date or a datetime, not str\.$"):
        standup().instances_between("2026-03-02", date(2026, 3, 3))


# --- equal to what the server lists

RULES = st.sampled_from(
    [
        ["RRULE:FREQ=DAILY"],
        ["RRULE:FREQ=DAILY;INTERVAL=3;COUNT=9"],
        ["RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20260501T000000Z"],
        ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
        ["RRULE:FREQ=MONTHLY;BYMONTHDAY=31,-1"],
        ["RRULE:FREQ=MONTHLY;BYDAY=-1SU"],
        ["RRULE:FREQ=YEARLY;BYMONTH=3,4,10"],
        ["RRULE:FREQ=DAILY;COUNT=20", "EXDATE;TZID=Europe/Prague:20260304T023000,20260306T170000"],
        ["RRULE:FREQ=WEEKLY", "RDATE;TZID=America/New_York:20260403T120000"],
    ]
)
TIMES = st.sampled_from(
    [
        (datetime(2026, 3, 2, 2, 30), timedelta(hours=1)),
        (datetime(2026, 3, 2, 17, 0), timedelta(minutes=45)),
        (datetime(2026, 3, 2, 22, 0), timedelta(hours=9)),
        (datetime(2026, 3, 2, 12, 0), timedelta(days=3)),
        (date(2026, 3, 2), timedelta(days=1)),
        (date(2026, 3, 2), timedelta(days=4)),
    ]
)
ZONES = st.sampled_from(["UTC", "Europe/Prague", "America/New_York", "Australia/Lord_Howe"])


@pytest.fixture(scope="module")
def calendar():
    with Emulator(clock=Clock.frozen(datetime(2026, 3, 1, tzinfo=UTC)), seed=1) as emulator:
        yield emulator.client()


@settings(deadline=None)
@given(lines=RULES, times=TIMES, zone=ZONES, first=st.integers(-5, 60), length=st.integers(1, 40))
def test_they_are_those_that_the_server_lists(calendar, lines, times, zone, first, length):
    start, lasting = times
    kwargs = {} if type(start) is date else {"timezone": zone}
    if type(start) is date:
        lines = lines[:1]
    series = calendar.add_event(
        Event(
            "Series", start=start, end=start + lasting, recurrence=lines, location="Here", **kwargs
        )
    )
    window = [
        datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in (first, first + length)
    ]

    offline = list(series.instances_between(*window))
    listed = list(
        calendar.get_events(*window, single_events=True, order_by="startTime", maxResults=2500)
    )
    calendar.delete_event(series)

    def seen(event):
        return (
            event.id,
            event.recurring_event_id,
            event.start,
            event.end,
            event.original_start_time,
            event.summary,
            event.location,
            event.recurrence,
            event.timezone,
        )

    assert [seen(event) for event in offline] == [seen(event) for event in listed]
