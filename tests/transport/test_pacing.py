"""How calls are kept within a quota."""

from __future__ import annotations

import threading

import pytest

from gcsa.transport.pacing import Pace


def test_a_minutes_calls_may_be_spent_in_one_burst():
    pace = Pace(600)
    assert [pace.reserve(1, 0.0) for _ in range(600)] == [0.0] * 600


def test_after_the_burst_calls_follow_at_the_rate_of_the_quota():
    pace = Pace(600)
    pace.reserve(600, 0.0)
    assert [pace.reserve(1, 0.0) for _ in range(3)] == pytest.approx([0.1, 0.2, 0.3])


def test_what_was_not_spent_comes_back_but_no_more_than_a_minutes_worth():
    pace = Pace(60)
    pace.reserve(60, 0.0)
    assert pace.reserve(10, 10.0) == 0.0
    assert pace.reserve(60, 10_000.0) == 0.0
    assert pace.reserve(1, 10_000.0) == pytest.approx(1.0)


def test_a_batch_waits_for_all_its_calls():
    pace = Pace(60)
    pace.reserve(60, 0.0)
    assert pace.reserve(50, 0.0) == pytest.approx(50.0)


def test_a_clock_that_stands_still_or_goes_back_refills_nothing():
    pace = Pace(60)
    pace.reserve(60, 100.0)
    assert pace.reserve(1, 40.0) == pytest.approx(1.0)


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
    assert sorted(delays)[:100] == [0.0] * 100
    assert max(delays) == pytest.approx(60.0)


@pytest.mark.parametrize("quota", [0, -1])
def test_a_quota_of_nothing_is_refused(quota):
    with pytest.raises(ValueError, match="calls_per_minute"):
        Pace(quota)
