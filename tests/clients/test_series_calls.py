"""Recurring events: one instance changed or cancelled, or all from one on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gcsa.errors import GoneError, PreconditionFailedError, TransportError
from gcsa.event import Event
from gcsa.google_calendar import Retry
from gcsa.recurrence import DAILY, MO, TU, WEEKLY, Recurrence

PRAGUE = ZoneInfo("Europe/Prague")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=PRAGUE)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def calendar(unbatched):
    return unbatched


@pytest.fixture
def standup(calendar):
    """Six days from Monday on, from 10 to 10:30."""
    return calendar.add_event(
        Event(
            "Standup",
            start=MONDAY,
            end=MONDAY + HOUR / 2,
            timezone="Europe/Prague",
            location="Room 5",
            attendees=["ann@example.com"],
            recurrence=Recurrence.rule(freq=DAILY, count=6),
        )
    )


def agenda(calendar):
    """Day, hour and title of everything that is to come."""
    listed = calendar.get_events(
        MONDAY - DAY, MONDAY + 30 * DAY, order_by="startTime", single_events=True
    )
    return [
        (event.start.astimezone(PRAGUE).strftime("%d %H:%M"), event.summary) for event in listed
    ]


def days(*numbers, hour="10:00", summary="Standup"):
    return [(f"{number:02} {hour}", summary) for number in numbers]


class TestOneInstance:
    def test_it_changes_and_the_others_stay(self, calendar, standup):
        changed = calendar.update_instance(standup, MONDAY + 2 * DAY, summary="Demo")
        assert changed.summary == "Demo"
        assert changed.recurring_event_id == standup.id
        assert agenda(calendar) == [*days(2, 3), ("04 10:00", "Demo"), *days(5, 6, 7)]

    @pytest.mark.parametrize("series", ["object", "id"])
    @pytest.mark.parametrize(
        "start", [MONDAY + DAY, (MONDAY + DAY).astimezone(UTC), datetime(2026, 3, 3, 10)]
    )
    def test_it_is_found_by_its_start_in_any_zone(self, calendar, standup, series, start):
        given = standup if series == "object" else standup.id
        calendar.update_instance(given, start, summary="Demo")
        assert agenda(calendar)[1] == ("03 10:00", "Demo")

    def test_the_instance_itself_needs_no_start(self, calendar, standup):
        instance = list(calendar.get_instances(standup))[3]
        calendar.update_instance(instance, summary="Demo")
        assert agenda(calendar)[3] == ("05 10:00", "Demo")

    def test_a_moved_instance_lasts_as_long_as_before(self, calendar, standup):
        moved = calendar.update_instance(standup, MONDAY + DAY, start=MONDAY + DAY + 5 * HOUR)
        assert moved.end - moved.start == HOUR / 2
        assert moved.original_start_time == MONDAY + DAY
        assert agenda(calendar)[1] == ("03 15:00", "Standup")

    def test_a_moved_instance_is_still_found_by_its_original_start(self, calendar, standup):
        calendar.update_instance(standup, MONDAY + DAY, start=MONDAY + DAY + 5 * HOUR)
        calendar.update_instance(standup, MONDAY + DAY, summary="Demo")
        assert agenda(calendar)[1] == ("03 15:00", "Demo")

    def test_it_can_be_cancelled(self, calendar, standup):
        assert calendar.cancel_instance(standup, MONDAY + 2 * DAY) is None
        assert agenda(calendar) == days(2, 3, 5, 6, 7)

    def test_an_all_day_instance_is_found_by_its_date(self, calendar):
        trip = calendar.add_event(
            Event("Trip", start=date(2026, 3, 2), recurrence=Recurrence.rule(freq=WEEKLY, count=3))
        )
        calendar.cancel_instance(trip, date(2026, 3, 9))
        assert [event.start for event in calendar.get_instances(trip)] == [
            date(2026, 3, 2),
            date(2026, 3, 16),
        ]

    def test_a_start_that_is_none_of_the_series_is_refused(self, calendar, standup):
        with pytest.raises(ValueError, match=r"has no instance that starts at 2026-03-03 11:00"):
            calendar.update_instance(standup, MONDAY + DAY + HOUR, summary="Demo")
        with pytest.raises(ValueError, match="has no instance that starts"):
            calendar.cancel_instance(standup, MONDAY + 6 * DAY)

    def test_without_a_start_it_is_not_known_which_one_is_meant(self, calendar, standup):
        for call in (
            calendar.update_instance,
            calendar.cancel_instance,
            calendar.update_following,
            calendar.cancel_following,
        ):
            with pytest.raises(
                ValueError, match="Say which instance is meant: give original_start"
            ):
                call(standup)


class TestThisAndFollowing:
    def test_the_old_series_ends_and_a_new_one_begins(self, calendar, standup):
        following = calendar.update_following(standup, MONDAY + 2 * DAY, summary="Demo")
        assert following.id != standup.id
        assert following.recurrence == ["RRULE:FREQ=DAILY;COUNT=4;WKST=SU"]
        assert agenda(calendar) == days(2, 3) + days(4, 5, 6, 7, summary="Demo")

    def test_what_does_not_change_comes_along(self, calendar, standup):
        following = calendar.update_following(standup, MONDAY + 2 * DAY, summary="Demo")
        assert following.location == "Room 5"
        assert [guest.email for guest in following.attendees] == ["ann@example.com"]
        assert following.end - following.start == HOUR / 2
        assert following.timezone == "Europe/Prague"

    def test_the_instance_itself_needs_no_start(self, calendar, standup):
        instance = list(calendar.get_instances(standup))[4]
        calendar.update_following(instance, location="Room 6")
        assert [event.location for event in calendar.get_events(single_events=True)] == [
            *["Room 5"] * 4,
            *["Room 6"] * 2,
        ]

    def test_a_new_start_moves_all_that_follow(self, calendar, standup):
        calendar.update_following(standup, MONDAY + 2 * DAY, start=MONDAY + 2 * DAY + HOUR)
        assert agenda(calendar) == days(2, 3) + days(4, 5, 6, 7, hour="11:00")

    def test_cancelled_dates_and_ends_move_along(self, calendar):
        series = calendar.add_event(
            Event(
                "Standup",
                start=MONDAY,
                timezone="Europe/Prague",
                recurrence=[
                    "RRULE:FREQ=DAILY;UNTIL=20260308T090000Z",
                    "EXDATE;TZID=Europe/Prague:20260306T100000",
                ],
            )
        )
        assert agenda(calendar) == days(2, 3, 4, 5, 7, 8)
        calendar.update_following(series, MONDAY + 2 * DAY, start=MONDAY + 2 * DAY + 2 * HOUR)
        assert agenda(calendar) == days(2, 3) + days(4, 5, 7, 8, hour="12:00")

    def test_from_the_first_instance_on_it_is_the_whole_series(self, calendar, standup):
        following = calendar.update_following(standup, MONDAY, start=MONDAY + HOUR, summary="Demo")
        assert following.id == standup.id
        assert agenda(calendar) == days(2, 3, 4, 5, 6, 7, hour="11:00", summary="Demo")

    def test_a_new_rule_can_be_given(self, calendar, standup):
        calendar.update_following(
            standup, MONDAY + 3 * DAY, recurrence=Recurrence.rule(freq=WEEKLY, count=2)
        )
        assert agenda(calendar) == days(2, 3, 4, 5, 12)

    def test_a_start_on_a_day_that_the_rule_does_not_name_needs_a_new_rule(self, calendar):
        series = calendar.add_event(
            Event(
                "Review",
                start=MONDAY,
                timezone="Europe/Prague",
                recurrence=Recurrence.rule(freq=WEEKLY, by_week_day=MO, count=4),
            )
        )
        second = MONDAY + 7 * DAY
        with pytest.raises(ValueError, match="give the new recurrence as well"):
            calendar.update_following(series, second, start=second + DAY)
        calendar.update_following(
            series,
            second,
            start=second + DAY,
            recurrence=Recurrence.rule(freq=WEEKLY, by_week_day=TU, count=3),
        )
        assert agenda(calendar) == days(2, 10, 17, 24, summary="Review")

    def test_an_all_day_series_is_cut_by_date(self, calendar):
        trip = calendar.add_event(
            Event(
                "Trip",
                start=date(2026, 3, 2),
                end=date(2026, 3, 4),
                recurrence=Recurrence.rule(freq=WEEKLY, count=3),
            )
        )
        following = calendar.update_following(trip, date(2026, 3, 9), start=date(2026, 3, 10))
        assert [(e.start.day, e.end.day) for e in calendar.get_instances(trip)] == [(2, 4)]
        assert [(e.start.day, e.end.day) for e in calendar.get_instances(following)] == [
            (10, 12),
            (17, 19),
        ]

    def test_the_time_on_the_wall_stays_when_the_clocks_change(self, calendar):
        series = calendar.add_event(
            Event(
                "Review",
                start=MONDAY,
                timezone="Europe/Prague",
                recurrence=Recurrence.rule(freq=WEEKLY, count=6),
            )
        )
        following = calendar.update_following(
            series, datetime(2026, 3, 30, 10, tzinfo=PRAGUE), summary="Summer"
        )
        instances = calendar.get_instances(following, timezone="Europe/Prague")
        assert [event.start.hour for event in instances] == [10, 10]

    def test_a_start_that_is_none_of_the_series_is_refused(self, calendar, standup):
        with pytest.raises(ValueError, match="has no instance that starts at"):
            calendar.update_following(standup, MONDAY + 6 * DAY, summary="Demo")

    def test_an_event_that_does_not_recur_has_nothing_that_follows(self, calendar):
        single = calendar.add_event(Event("Lunch", start=MONDAY))
        with pytest.raises(ValueError, match=r"<Event .* - Lunch> does not recur"):
            calendar.update_following(single, MONDAY, summary="Dinner")

    def test_a_single_date_of_a_series_is_changed_by_itself(self, calendar):
        series = calendar.add_event(
            Event(
                "Review",
                start=MONDAY,
                timezone="Europe/Prague",
                recurrence=[
                    "RRULE:FREQ=WEEKLY;COUNT=2",
                    "RDATE;TZID=Europe/Prague:20260304T100000",
                ],
            )
        )
        with pytest.raises(ValueError, match="is a single date of the series"):
            calendar.update_following(series, MONDAY + 2 * DAY, summary="Demo")
        calendar.update_instance(series, MONDAY + 2 * DAY, summary="Demo")
        assert agenda(calendar) == [
            *days(2, summary="Review"),
            ("04 10:00", "Demo"),
            ("09 10:00", "Review"),
        ]

    def test_a_change_of_what_an_event_has_not_is_a_type_error(self, calendar, standup):
        with pytest.raises(TypeError, match="sumary cannot be changed"):
            calendar.update_following(standup, MONDAY + DAY, sumary="Demo")
        assert agenda(calendar) == days(2, 3, 4, 5, 6, 7)


class TestCancellingThisAndFollowing:
    def test_the_series_ends_before_it(self, calendar, standup):
        assert calendar.cancel_following(standup, MONDAY + 2 * DAY) is None
        assert agenda(calendar) == days(2, 3)
        assert calendar.get_event(standup.id).location == "Room 5"

    def test_the_instance_itself_needs_no_start(self, calendar, standup):
        calendar.cancel_following(list(calendar.get_instances(standup))[4])
        assert agenda(calendar) == days(2, 3, 4, 5)

    def test_with_the_first_instance_the_series_is_deleted(self, calendar, standup):
        calendar.cancel_following(standup, MONDAY)
        assert agenda(calendar) == []
        with pytest.raises(GoneError):
            calendar.delete_event(standup.id)

    def test_later_instances_that_were_moved_go_too(self, calendar, standup):
        calendar.update_instance(standup, MONDAY + 3 * DAY, start=MONDAY + 3 * DAY + 5 * HOUR)
        calendar.cancel_following(standup, MONDAY + 2 * DAY)
        assert agenda(calendar) == days(2, 3)

    def test_an_event_that_does_not_recur_has_nothing_that_follows(self, calendar):
        single = calendar.add_event(Event("Lunch", start=MONDAY))
        with pytest.raises(ValueError, match=r"<Event .* - Lunch> does not recur"):
            calendar.cancel_following(single, MONDAY)

    @pytest.mark.parametrize("first", [0, 2])
    def test_what_somebody_changed_meanwhile_stays(self, calendar, emulator, standup, first):
        emulator.faults.add(reason="conditionNotMet", on="events.patch")
        emulator.faults.add(reason="conditionNotMet", on="events.delete")
        with pytest.raises(PreconditionFailedError):
            calendar.cancel_following(standup, MONDAY + first * DAY)
        assert agenda(calendar) == days(2, 3, 4, 5, 6, 7)


class TestThisAndFollowingWhenSomethingFails:
    def test_if_the_old_series_cannot_be_ended_nothing_is_changed(
        self, calendar, emulator, standup
    ):
        emulator.faults.add(reason="conditionNotMet", on="events.patch")
        with pytest.raises(PreconditionFailedError):
            calendar.update_following(standup, MONDAY + 2 * DAY, summary="Demo")
        assert agenda(calendar) == days(2, 3, 4, 5, 6, 7)

    def test_an_unanswered_end_that_was_made_is_one(self, calendar, emulator, standup):
        emulator.faults.add(drop="after", on="events.patch", times=1)
        calendar.update_following(standup, MONDAY + 2 * DAY, summary="Demo")
        assert agenda(calendar) == days(2, 3) + days(4, 5, 6, 7, summary="Demo")

    def test_an_unanswered_end_that_was_not_made_is_none(self, calendar, emulator, standup):
        emulator.faults.add(drop="before", on="events.patch", times=1)
        with pytest.raises(TransportError):
            calendar.update_following(standup, MONDAY + 2 * DAY, summary="Demo")
        assert agenda(calendar) == days(2, 3, 4, 5, 6, 7)

    def test_if_it_cannot_be_known_nothing_is_taken_away(self, connect, emulator):
        calendar = connect(retry=Retry(attempts=2))
        series = calendar.add_event(
            Event(
                "Standup",
                start=MONDAY,
                timezone="Europe/Prague",
                recurrence=Recurrence.rule(freq=DAILY, count=3),
            )
        )
        emulator.faults.add(drop="before", on="events.patch")
        emulator.faults.add(status=503, on="events.get", skip=1)
        with pytest.raises(TransportError) as raised:
            calendar.update_following(series, MONDAY + DAY, summary="Demo")
        emulator.faults.clear()
        (note,) = raised.value.__notes__
        assert note.startswith("The new series ")
        assert note.endswith(" is stored; the old one may go on.")
        assert len(agenda(calendar)) == 5
