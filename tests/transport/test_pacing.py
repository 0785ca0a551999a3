"""How calls are kept within a quota."""

from __future__ import annotations

import threading
from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.transport.pacing import WINDOW, Pace


def test_a_minutes_calls_may_be_spent_in_one_burst():
    pace = Pace(600)
    assert [pace.reserve(1, 0.0) for _ in range(600)] == [0.0] * 600


def test_after_the_burst_the_next_call_waits_until_a_minute_has_passed():
    # Google counts in a sliding window: a call a tenth of a second would be refused all the while.
    pace = Pace(600)
    pace.reserve(600, 0.0)
    assert pace.reserve(1, 0.5) == pytest.approx(WINDOW - 0.5)


def test_calls_that_are_spread_out_never_wait():
    pace = Pace(60)
    assert [pace.reserve(1, number * 1.1) for number in range(600)] == [0.0] * 600


def test_a_call_that_waited_counts_from_when_it_is_made():
    pace = Pace(1)
    assert pace.reserve(1, 0.0) == 0.0
    assert pace.reserve(1, 10.0) == pytest.approx(WINDOW - 10)
    assert pace.reserve(1, 10.0) == pytest.approx(2 * WINDOW - 10)


def test_a_batch_waits_until_there_is_room_for_all_its_calls():
    pace = Pace(60)
    pace.reserve(30, 0.0)
    pace.reserve(30, 20.0)
    assert pace.reserve(50, 30.0) == pytest.approx(20 + WINDOW - 30)


def test_a_batch_that_is_larger_than_the_quota_waits_as_if_its_calls_were_made_one_by_one():
    pace = Pace(20)
    assert pace.reserve(50, 0.0) == pytest.approx(2 * WINDOW)


def test_less_than_one_call_a_minute_is_a_longer_window():
    pace = Pace(0.5)
    pace.reserve(1, 0.0)
    assert pace.reserve(1, 0.0) == pytest.approx(2 * WINDOW)


def test_threads_that_read_the_clock_in_another_order_gain_nothing():
    pace = Pace(60)
    pace.reserve(60, 100.0)
    assert pace.reserve(1, 99.9) == pytest.approx(WINDOW + 0.1)


def test_no_quota_never_waits():
    assert Pace(None).reserve(10**9, 0.0) == 0.0


def test_threads_share_one_quota():
    pace = Pace(100)
    delays = []
    threads = [
        threading.Thread(target=lambda: delays.extend(pace.reserve(1, 0.0) for _ in range(50)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(delays) == [0.0] * 100 + [WINDOW] * 100


@pytest.mark.parametrize("quota", [0, -1])
def test_a_quota_of_nothing_is_refused(quota):
    with pytest.raises(ValueError, match="calls_per_minute"):
        Pace(quota)


@given(
    quota=st.integers(1, 40),
    asked=st.lists(st.tuples(st.integers(1, 30), st.floats(0, 30)), max_size=30),
)
def test_no_window_ever_has_more_calls_than_the_quota(quota, asked):
    pace, now, made = Pace(quota), 0.0, []
    for calls, pause in asked:
        now += pause
        made += [now + pace.reserve(min(calls, quota), now)] * min(calls, quota)
    made.sort()
    for number, moment in enumerate(made):
        within = bisect_right(made, moment) - bisect_right(made, moment - WINDOW + 1e-6)
        assert within <= quota, number
