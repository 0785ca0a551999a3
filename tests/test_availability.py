"""When several people are free: what is left of working hours once busy times are taken out."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.availability import WorkingHours, free_ranges
from gcsa.free_busy import TimeRange

PRAGUE = ZoneInfo("Europe/Prague")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(hour, day=0):
    return MONDAY + day * DAY + hour * HOUR


def between(*hours, day=0):
    return TimeRange(at(hours[0], day), at(hours[1], day))


def free(busy, window=None, duration=HOUR / 4, **kwargs):
    window = window or TimeRange(at(8), at(18))
    return free_ranges(busy, window, duration, timezone="UTC", **kwargs)


def test_without_busy_times_the_window_is_free():
    assert free([]) == [between(8, 18)]


def test_busy_times_are_taken_out():
    assert free([between(9, 10), between(12, 13)]) == [
        between(8, 9),
        between(10, 12),
        between(13, 18),
    ]


@pytest.mark.parametrize(
    "busy",
    [
        [between(9, 12), between(10, 11)],
        [between(10, 12), between(9, 11)],
        [between(9, 10), between(10, 12)],
        [between(9, 12), between(9, 10), between(9, 12)],
    ],
)
def test_busy_times_may_overlap_touch_and_come_in_any_order(busy):
    assert free(busy) == [between(8, 9), between(12, 18)]


def test_busy_times_that_reach_over_the_window_end_with_it():
    assert free([between(0, 9), between(17, 23)]) == [between(9, 17)]


def test_a_window_that_is_all_busy_has_nothing_free():
    assert free([between(0, 23)]) == []


def test_a_gap_is_long_enough_when_it_is_exactly_as_long():
    busy = [between(8, 9), between(10, 18)]
    assert free(busy, duration=HOUR) == [between(9, 10)]
    assert free(busy, duration=HOUR + timedelta(seconds=1)) == []


def test_a_buffer_makes_busy_times_longer_on_both_sides():
    assert free([between(10, 11)], buffer=HOUR / 2) == [between(8, 9.5), between(11.5, 18)]


def test_a_pair_of_times_is_from_monday_to_friday():
    week = TimeRange(MONDAY, MONDAY + 7 * DAY)
    found = free([], week, working_hours=(time(9), time(17)))
    assert found == [between(9, 17, day=day) for day in range(5)]


def test_days_can_be_named():
    week = TimeRange(MONDAY, MONDAY + 7 * DAY)
    weekend = WorkingHours(time(9), time(17), days=(5, 6))
    assert free([], week, working_hours=weekend) == [
        between(9, 17, day=5),
        between(9, 17, day=6),
    ]


def test_a_night_shift_ends_on_the_next_day():
    night = WorkingHours(time(22), time(6), days=(0,))
    found = free([between(23, 24)], TimeRange(MONDAY, MONDAY + 2 * DAY), working_hours=night)
    assert found == [between(22, 23), between(24, 30)]


def test_midnight_as_the_end_is_the_end_of_the_day():
    evening = WorkingHours(time(20), time(0), days=(0,))
    found = free([], TimeRange(MONDAY, MONDAY + 2 * DAY), working_hours=evening)
    assert found == [between(20, 24)]


def test_hours_are_those_on_the_wall_when_the_clocks_change():
    # In the night to Sunday 29 March 2026 the clocks of Prague go from 2 to 3.
    weekend = WorkingHours(time(9), time(17), days=(5, 6), timezone="Europe/Prague")
    window = TimeRange(datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC))
    found = free_ranges([], window, HOUR, weekend, "Europe/Prague")
    assert [(slot.start.hour, slot.end.hour) for slot in found] == [(9, 17), (9, 17)]
    assert [slot.start.astimezone(UTC).hour for slot in found] == [8, 7]


def test_a_shift_over_the_change_of_the_clocks_is_as_long_as_it_is():
    night = WorkingHours(time(22), time(6), days=(5,), timezone="Europe/Prague")
    window = TimeRange(datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC))
    (slot,) = free_ranges([], window, HOUR, night, "UTC")
    assert slot.end - slot.start == 7 * HOUR


def test_of_several_working_hours_all_must_hold():
    hours = [WorkingHours(time(9), time(15)), WorkingHours(time(12), time(18))]
    assert free([], working_hours=hours) == [between(12, 15)]


def test_the_result_is_in_the_zone_that_was_asked_for():
    (slot,) = free_ranges([], between(8, 18), HOUR, timezone="Europe/Prague")
    assert slot.start.tzinfo == PRAGUE
    assert slot.start.hour == 9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"duration": timedelta(0)}, "duration must be above zero, not 0:00:00"),
        ({"buffer": -HOUR}, "buffer must not be negative"),
        ({"window": TimeRange(at(9), at(8))}, "The window ends at .*, before it starts at"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        free([], **arguments)


@pytest.mark.parametrize("hours", [("9", "17"), [time(9), time(17)], 9, [(time(9), time(17))]])
def test_working_hours_of_another_kind_are_a_type_error(hours):
    with pytest.raises(TypeError):
        free([], working_hours=hours)


def test_empty_hours_and_days_that_are_none_are_refused():
    with pytest.raises(ValueError, match="Working hours from 09:00:00 to 09:00:00 are empty"):
        WorkingHours(time(9), time(9))
    with pytest.raises(ValueError, match=r"days must be 0 \(Monday\) to 6 \(Sunday\)"):
        WorkingHours(time(9), time(17), days=(7,))


HOURS = st.integers(0, 30)
RANGES = st.lists(st.tuples(HOURS, st.integers(1, 8)), max_size=8)


@given(busy=RANGES, first=HOURS, length=st.integers(1, 20))
def test_every_moment_of_the_window_is_either_free_or_busy(busy, first, length):
    taken = [between(start, start + lasting) for start, lasting in busy]
    window = TimeRange(at(first), at(first + length))
    found = free(taken, window, duration=timedelta(minutes=1))

    def is_in(moment, ranges):
        return any(one.start <= moment < one.end for one in ranges)

    for quarter in range(length * 4):
        moment = window.start + quarter * HOUR / 4
        assert is_in(moment, found) != is_in(moment, taken)
    assert all(one.end < other.start for one, other in pairwise(found))
