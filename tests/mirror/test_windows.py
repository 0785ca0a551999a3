"""Windows of time: what a mirror says is what a live listing of single events says, field by field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from gcsa.attendee import Attendee
from gcsa.calendar import Calendar
from gcsa.conference import ConferenceSolutionCreateRequest, SolutionType
from gcsa.event import Event
from gcsa.mirror import UnknownCalendarError
from gcsa.recurrence import DAILY, MO, MONTHLY, SECONDLY, TU, WEEKLY, YEARLY, Recurrence

PRAGUE = ZoneInfo("Europe/Prague")
NEW_YORK = ZoneInfo("America/New_York")
MARCH = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def same(mirror, client, sent, live, in_order):
    """What checks that the mirror says of a window what the server says; and returns the summaries."""

    def check(start, end, calendar_id=None, **parameters):
        mirror.sync(client, calendar_id or "primary")
        query, timezone = parameters.get("query"), parameters.get("timezone")
        found = list(mirror.events(calendar_id or "primary", start, end, query, timezone=timezone))
        assert in_order(sent(found)) == live(start, end, calendar_id, **parameters)
        starts = [event.start for event in found]
        assert starts == sorted(starts, key=_moment)
        return [event.summary for event in found]

    return check


def _moment(start):
    if isinstance(start, datetime):
        return start
    return datetime(start.year, start.month, start.day, tzinfo=UTC)


def series(summary, start, end=None, **rule):
    fields = rule.pop("fields", {})
    return Event(summary, start, end, recurrence=Recurrence.rule(**rule), **fields)


# Single events.


def test_single_events(client, same):
    client.add_event(Event("Lunch", datetime(2026, 3, 3, 12, tzinfo=PRAGUE)))
    client.add_event(Event("Holiday", date(2026, 3, 10), date(2026, 3, 15)))
    client.add_event(
        Event(
            "Planning",
            datetime(2026, 3, 4, 10, 30),
            timezone="America/New_York",
            attendees=[Attendee("ann@example.com"), Attendee("bob@example.org", optional=True)],
            description="<b>All</b> of it",
            color_id="4",
            minutes_before_popup_reminder=10,
            conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET),
        )
    )
    assert same(*MARCH) == ["Lunch", "Planning", "Holiday"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 3, 3, 12, tzinfo=UTC), datetime(2026, 3, 3, 13, tzinfo=UTC)),
        (datetime(2026, 3, 3, 12, 59, 59, tzinfo=UTC), datetime(2026, 3, 3, 14, tzinfo=UTC)),
        (datetime(2026, 3, 3, 13, tzinfo=UTC), datetime(2026, 3, 3, 14, tzinfo=UTC)),
        (datetime(2026, 3, 3, 11, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC)),
        (datetime(2026, 3, 3, 11, tzinfo=UTC), datetime(2026, 3, 3, 12, 0, 1, tzinfo=UTC)),
    ],
    ids=["the same", "its last second", "from its end", "until its start", "its first second"],
)
def test_the_ends_of_a_window(client, same, start, end):
    client.add_event(Event("Lunch", datetime(2026, 3, 3, 12, tzinfo=UTC)))
    client.add_event(
        series(
            "Daily", datetime(2026, 1, 1, 12, tzinfo=UTC), freq=DAILY, fields={"timezone": "UTC"}
        )
    )
    same(start, end)


def test_an_event_that_takes_no_time_is_in_the_windows_around_it(client, same):
    moment = datetime(2026, 3, 3, 12, tzinfo=UTC)
    client.add_event(Event("Now", moment, moment))
    second = timedelta(seconds=1)
    assert same(moment - second, moment + second) == ["Now"]
    assert same(moment - second, moment) == []
    assert same(moment, moment + second) == []


def test_a_day_that_ends_when_it_begins_is_that_day(client, same):
    client.add_event(Event("Today", date(2026, 3, 3), date(2026, 3, 3)))
    noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert same(noon, noon + timedelta(hours=1)) == ["Today"]
    assert same(noon + timedelta(days=1), noon + timedelta(days=2)) == []


def test_long_events_are_in_windows_within_them(client, same):
    for days in (1, 7, 30, 400, 4000):
        client.add_event(
            Event(f"{days} days", date(2020, 1, 1), date(2020, 1, 1) + timedelta(days))
        )
    day = timedelta(days=1)
    for past in (0, 6, 29, 399, 3999):
        start = datetime(2020, 1, 1, 12, tzinfo=UTC) + timedelta(past)
        expected = [f"{days} days" for days in (1, 7, 30, 400, 4000) if days > past]
        assert sorted(same(start, start + timedelta(hours=1))) == sorted(expected)
    assert same(datetime(2019, 12, 31, tzinfo=UTC) - day, datetime(2019, 12, 31, tzinfo=UTC)) == []


def test_days_begin_at_midnight_of_the_calendars_zone(client, same):
    far = client.add_calendar(Calendar("Far", timezone="Pacific/Auckland"))
    client.add_event(Event("Day off", date(2026, 3, 3)), calendar_id=far.id)
    client.add_event(series("Sundays", date(2026, 3, 1), freq=WEEKLY), calendar_id=far.id)
    begins = datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert same(begins - timedelta(hours=1), begins, far.id) == []
    assert same(begins, begins + timedelta(hours=1), far.id) == ["Day off"]
    assert same(*MARCH, far.id) == ["Sundays", "Day off", *["Sundays"] * 4]


# Series.


def test_a_daily_series_across_a_change_of_the_clocks(client, same):
    client.add_event(
        series(
            "Stand-up", datetime(2025, 10, 1, 9), freq=DAILY, fields={"timezone": "Europe/Prague"}
        )
    )
    assert len(same(*MARCH)) == 31
    assert len(same(*YEAR)) == 365


def test_series_of_other_zones_than_the_calendars(client, same):
    where = client.add_calendar(Calendar("Prague", timezone="Europe/Prague"))
    for zone in ("America/New_York", "Europe/Prague", "Asia/Kolkata", "UTC"):
        client.add_event(
            series(zone, datetime(2026, 1, 5, 8, 30), freq=WEEKLY, fields={"timezone": zone}),
            calendar_id=where.id,
        )
    # New York's clocks change three weeks before those of Prague.
    assert len(same(*MARCH, where.id)) == 20
    assert len(same(*YEAR, where.id)) == 208


def test_a_series_at_the_hour_that_comes_twice_and_at_the_one_that_does_not_come(client, same):
    where = client.add_calendar(Calendar("Prague", timezone="Europe/Prague"))
    for minutes in (5, 30, 55, 120, 600):
        start = datetime(2026, 3, 1, 1, 45)
        client.add_event(
            series(
                f"{minutes} minutes",
                start,
                start + timedelta(minutes=minutes),
                freq="HOURLY",
                count=24 * 35,
                fields={"timezone": "Europe/Prague"},
            ),
            calendar_id=where.id,
        )
    for day in (datetime(2026, 3, 29, tzinfo=PRAGUE), datetime(2026, 10, 25, tzinfo=PRAGUE)):
        same(day - timedelta(days=2), day + timedelta(days=3), where.id)


def test_a_series_whose_instances_last_over_a_change_of_the_clocks(client, same):
    where = client.add_calendar(Calendar("Prague", timezone="Europe/Prague"))
    start = datetime(2026, 3, 1, 22)
    client.add_event(
        series(
            "Night",
            start,
            start + timedelta(hours=8),
            freq=DAILY,
            fields={"timezone": "Europe/Prague"},
        ),
        calendar_id=where.id,
    )
    assert len(same(*MARCH, where.id)) == 31


def test_all_day_series(client, same):
    client.add_event(series("Rent", date(2025, 1, 31), freq=MONTHLY, by_month_day=-1))
    client.add_event(series("Trip", date(2026, 1, 5), date(2026, 1, 9), freq=WEEKLY, interval=2))
    client.add_event(series("Birthday", date(1980, 2, 29), freq=YEARLY))
    assert same(*MARCH) == ["Trip", "Trip", "Trip", "Rent"]
    same(*YEAR)
    same(datetime(2026, 1, 8, 12, tzinfo=UTC), datetime(2026, 1, 8, 13, tzinfo=UTC))


def test_series_that_end(client, same):
    client.add_event(
        series("Ten times", datetime(2026, 2, 25, 9, tzinfo=UTC), freq=DAILY, count=10,
               fields={"timezone": "UTC"})
    )  # fmt: skip
    client.add_event(
        series("Until", datetime(2026, 2, 2, 9, tzinfo=UTC), freq=WEEKLY,
               until=datetime(2026, 3, 16, 9, tzinfo=UTC), fields={"timezone": "UTC"})
    )  # fmt: skip
    assert same(*MARCH).count("Ten times") == 6
    assert same(*MARCH).count("Until") == 3
    assert same(datetime(2026, 3, 17, tzinfo=UTC), MARCH[1]) == []


def test_series_with_dates_and_without_some(client, same):
    start = datetime(2026, 3, 2, 9)
    lines = [
        Recurrence.rule(freq=WEEKLY, by_week_day=[MO, TU], count=6),
        Recurrence.times(datetime(2026, 3, 5, 15, tzinfo=PRAGUE)),
        Recurrence.exclude_times(datetime(2026, 3, 9, 9), timezone="Europe/Prague"),
    ]
    client.add_event(Event("Course", start, timezone="Europe/Prague", recurrence=lines))
    assert len(same(*MARCH)) == 6


def test_a_series_of_which_nothing_is_left(client, same):
    lines = [
        Recurrence.rule(freq=DAILY, count=2),
        Recurrence.exclude_dates([date(2026, 3, 3), date(2026, 3, 4)]),
    ]
    client.add_event(Event("Nothing", date(2026, 3, 3), recurrence=lines))
    assert same(*MARCH) == []


def test_a_series_of_every_second_costs_what_lies_in_the_window(client, same):
    client.add_event(
        series("Tick", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC),
               freq=SECONDLY, interval=10, fields={"timezone": "UTC"})
    )  # fmt: skip
    start = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert len(same(start, start + timedelta(minutes=2))) == 11


def test_of_a_series_of_every_second_whose_instances_last_for_a_year_some_are_made_at_a_time(
    client, mirror
):
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    client.add_event(
        series("Tick", begins, begins + timedelta(days=365), freq=SECONDLY,
               fields={"timezone": "UTC"})
    )  # fmt: skip
    mirror.sync(client)
    start = datetime(2026, 3, 3, 12, tzinfo=UTC)
    some = islice(mirror.events("primary", start, start + timedelta(minutes=2)), 20_000)
    assert [event.start for event in some] == [begins + timedelta(seconds=n) for n in range(20_000)]


# Exceptions and cancellations.


@pytest.fixture
def stand_up(client):
    return client.add_event(
        series(
            "Stand-up", datetime(2026, 1, 5, 9), freq=DAILY, fields={"timezone": "Europe/Prague"}
        )
    )


def instances(client, event, start=MARCH[0]):
    return list(client.get_instances(event, start, MARCH[1]))


def test_an_instance_that_was_changed_stands_for_the_one_of_its_series(client, same, stand_up):
    instance = instances(client, stand_up)[3]
    client.patch_event(instance, summary="Sit-down", location="Sofa")
    found = same(*MARCH)
    assert found.index("Sit-down") == 3
    assert len(found) == 31


def test_an_instance_that_was_moved_is_where_it_was_moved_to(client, same, stand_up):
    instance = instances(client, stand_up)[3]
    there = instance.start + timedelta(days=60)
    client.patch_event(instance, start=there, end=there + timedelta(minutes=30))
    assert len(same(*MARCH)) == 30
    assert same(there, there + timedelta(minutes=1)) == ["Stand-up"]


def test_an_instance_that_was_moved_into_the_window_is_in_it(client, same, stand_up):
    instance = instances(client, stand_up)[3]
    client.patch_event(
        instance,
        start=datetime(2026, 1, 10, 12, tzinfo=PRAGUE),
        end=datetime(2026, 1, 10, 13, tzinfo=PRAGUE),
    )
    start = datetime(2026, 1, 10, tzinfo=UTC)
    assert len(same(start, start + timedelta(days=1))) == 2


def test_an_instance_that_was_cancelled_is_not_there(client, same, stand_up):
    same(*MARCH)
    for instance in instances(client, stand_up)[3:6]:
        client.delete_event(instance)
    assert len(same(*MARCH)) == 28


def test_cancelled_instances_are_known_from_the_first_listing_on(client, same, stand_up):
    for instance in instances(client, stand_up)[3:6]:
        client.delete_event(instance)
    assert len(same(*MARCH)) == 28


def test_an_instance_that_came_back_is_there_again(client, same, stand_up):
    instance = instances(client, stand_up)[3]
    client.delete_event(instance)
    assert len(same(*MARCH)) == 30
    client.patch_event(instance, status="confirmed")
    assert len(same(*MARCH)) == 31


def test_exceptions_of_all_day_series(client, same):
    event = client.add_event(series("Duty", date(2026, 1, 5), freq=WEEKLY))
    same(*MARCH)
    first, second, *_ = instances(client, event)
    client.delete_event(first)
    client.patch_event(second, start=date(2026, 3, 11), end=date(2026, 3, 12))
    assert len(same(*MARCH)) == 4


def test_an_instance_that_was_cancelled_is_not_there_in_a_window_after_its_start(client, same):
    start = datetime(2026, 3, 2, 22, tzinfo=UTC)
    night = client.add_event(
        series("Night", start, start + timedelta(hours=8), freq=DAILY, fields={"timezone": "UTC"})
    )
    trip = client.add_event(series("Trip", date(2026, 3, 2), date(2026, 3, 6), freq=WEEKLY))
    client.delete_event(instances(client, night)[2])
    client.delete_event(instances(client, trip)[1])
    two = datetime(2026, 3, 5, 2, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert same(two, two + hour) == ["Trip"]
    assert same(two + timedelta(days=7), two + timedelta(days=7) + hour) == ["Night"]


def test_a_series_that_is_deleted_takes_its_exceptions_with_it(client, same, stand_up, mirror):
    first, second, third, *_ = instances(client, stand_up)
    client.patch_event(first, summary="Sit-down")
    client.delete_event(second)
    same(*MARCH)
    client.patch_event(third, summary="Lie-down")
    client.delete_event(stand_up)
    assert same(*MARCH) == []
    assert list(mirror.stored_events()) == []


def test_a_series_whose_rule_changes(client, same, stand_up):
    first, second, *_ = instances(client, stand_up)
    client.patch_event(first, summary="Sit-down")
    client.delete_event(second)
    assert len(same(*MARCH)) == 30
    # On Mondays only: the first one is on a Sunday, and the second one on a Monday.
    client.patch_event(stand_up, recurrence=[Recurrence.rule(freq=WEEKLY, by_week_day=MO)])
    assert len(same(*MARCH)) == 4


def test_a_series_whose_rule_changes_and_changes_back(client, same, stand_up, mirror):
    instance = instances(client, stand_up)[1]
    client.delete_event(instance)
    same(*MARCH)
    for rule in (Recurrence.rule(freq=DAILY, interval=50), Recurrence.rule(freq=DAILY)):
        client.patch_event(stand_up, recurrence=[rule])
        same(*MARCH)
    # With the rule that did not have it, the instance's cancellation was gone.
    assert len(same(*MARCH)) == 31


def test_a_series_that_comes_after_what_its_new_rule_does_to_its_instances(
    client, mirror_of, sent, live, in_order, stand_up
):
    mirror = mirror_of(page_size=1)
    client.delete_event(instances(client, stand_up)[1])
    mirror.sync(client)
    client.patch_event(stand_up, recurrence=[Recurrence.rule(freq=DAILY, interval=50)])
    client.patch_event(stand_up, summary="Rarely")
    mirror.sync(client)
    client.patch_event(stand_up, recurrence=[Recurrence.rule(freq=DAILY)])
    mirror.sync(client)
    found = in_order(sent(mirror.events("primary", *MARCH)))
    assert len(found) == 31
    assert found == live(*MARCH)


def test_a_series_whose_time_changes(client, same, stand_up):
    first, *_ = instances(client, stand_up)
    client.patch_event(first, summary="Sit-down")
    same(*MARCH)
    client.patch_event(
        stand_up,
        start=datetime(2026, 1, 5, 10, tzinfo=PRAGUE),
        end=datetime(2026, 1, 5, 11, tzinfo=PRAGUE),
    )
    same(*MARCH)


def test_a_series_that_is_cut_in_two(client, same, stand_up):
    third = instances(client, stand_up)[2]
    client.patch_event(instances(client, stand_up)[8], summary="Late")
    same(*MARCH)
    client.update_following(third, summary="New")
    assert same(*MARCH).count("New") > 20


def test_an_invitation_to_one_instance_of_a_series_only(client, same, emulator):
    ann = emulator.client("ann@example.com")
    event = ann.add_event(
        series(
            "Stand-up", datetime(2026, 3, 2, 9), freq=DAILY, fields={"timezone": "Europe/Prague"}
        )
    )
    instance = list(ann.get_instances(event, *MARCH))[3]
    ann.patch_event(instance, attendees=["me@example.com"])
    same(*MARCH)
    ann.patch_event(instance, attendees=[])
    same(*MARCH)


def test_changes_in_small_pages_come_to_the_same(client, mirror_of, sent, live, in_order, stand_up):
    mirror = mirror_of(page_size=1)
    mirror.sync(client)
    for number, instance in enumerate(instances(client, stand_up)[:9]):
        if number % 3:
            client.delete_event(instance)
        else:
            client.patch_event(instance, summary="Sit-down")
    # The series comes after its instances.
    client.patch_event(stand_up, summary="Daily")
    other = client.add_event(series("Other", date(2026, 3, 2), freq=DAILY))
    client.delete_event(instances(client, other)[2])
    client.patch_event(other, summary="Another")
    mirror.sync(client)
    assert in_order(sent(mirror.events("primary", *MARCH))) == live(*MARCH)


# How the window is asked for.


def test_words_in_a_window(client, same, stand_up):
    client.add_event(Event("Lunch", datetime(2026, 3, 3, 12, tzinfo=UTC), location="Café Savoy"))
    client.patch_event(instances(client, stand_up)[3], summary="Lunch together")
    assert same(*MARCH, query="lun") == ["Lunch", "Lunch together"]
    assert len(same(*MARCH, query="stand-up")) == 30
    assert same(*MARCH, query="savoy lunch") == ["Lunch"]
    assert same(*MARCH, query="unch") == []
    assert same(*MARCH, query="???") == []


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC", "Europe/Prague"])
def test_times_in_another_zone(client, same, stand_up, zone):
    client.add_event(Event("Lunch", datetime(2026, 3, 3, 12, tzinfo=UTC)))
    client.add_event(Event("Day off", date(2026, 3, 4)))
    client.patch_event(instances(client, stand_up)[3], summary="Sit-down")
    same(*MARCH, timezone=zone)


def test_a_window_of_days_and_of_wall_times(client, same):
    client.add_event(Event("Early", datetime(2026, 3, 3, 0, 30, tzinfo=PRAGUE)))
    client.add_event(Event("Late", datetime(2026, 3, 3, 23, 30, tzinfo=NEW_YORK)))
    assert same(date(2026, 3, 3), date(2026, 3, 4), timezone="Europe/Prague") == ["Early"]
    assert same(datetime(2026, 3, 3, 20), datetime(2026, 3, 4), timezone="America/New_York") == [
        "Late"
    ]


def test_a_window_without_time_in_it_is_refused(mirror, client):
    mirror.sync(client)
    with pytest.raises(ValueError, match="The window is empty: it ends at 2026-03-01"):
        mirror.events("primary", MARCH[0], MARCH[0])


def test_a_zone_that_does_not_exist_is_refused(mirror, client):
    mirror.sync(client)
    with pytest.raises(ValueError, match="There is no time zone 'Europe/Atlantis'"):
        mirror.events("primary", *MARCH, timezone="Europe/Atlantis")


def test_a_calendar_that_is_not_there_is_said_to_be_so_at_once(mirror):
    with pytest.raises(UnknownCalendarError, match=r"`sync\(client, 'music'\)` brings it in"):
        mirror.events("music", *MARCH)


def test_a_very_long_window_is_gone_through_in_order(client, mirror, stand_up):
    client.add_event(Event("Lunch", datetime(2029, 3, 3, 12, tzinfo=UTC)))
    mirror.sync(client)
    found = list(mirror.events("primary", date(1, 1, 3), date(2031, 1, 1), timezone="UTC"))
    assert len(found) == 1823
    starts = [event.start for event in found]
    assert starts == sorted(starts)


def test_events_are_objects_as_a_live_client_returns_them(client, mirror, stand_up):
    mirror.sync(client)
    listed = list(client.get_events(*MARCH, single_events=True, order_by="startTime"))
    assert list(mirror.events("primary", *MARCH)) == listed
    assert {type(event) for event in mirror.events("primary", *MARCH)} == {Event}
    instance = next(mirror.events("primary", *MARCH))
    assert instance.is_recurring_instance
    assert instance.recurring_event_id == stand_up.id
