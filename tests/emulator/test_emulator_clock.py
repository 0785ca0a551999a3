import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gcsa.emulator import Clock, Emulator
from gcsa.emulator.clock import as_clock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_frozen_clock_stands_still():
    clock = Clock.frozen(NOON)
    assert clock.now() == NOON
    assert clock.now() == NOON
    assert clock.is_frozen


def test_a_frozen_clock_moves_when_it_is_told_to():
    clock = Clock.frozen(NOON)
    clock.advance(timedelta(minutes=1))
    assert clock.now() == NOON + timedelta(minutes=1)
    clock.advance(0.25)
    assert clock.now() == NOON + timedelta(seconds=60.25)
    clock.set(NOON)
    assert clock.now() == NOON


def test_time_is_told_in_utc_and_whole_milliseconds():
    clock = Clock.frozen(datetime(2026, 3, 2, 13, 0, 0, 1999, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == datetime(2026, 3, 2, 12, 0, 0, 1000, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_sleep_on_a_frozen_clock_moves_it_and_returns_at_once():
    clock = Clock.frozen(NOON)
    before = clock.monotonic()
    clock.sleep(90)
    assert clock.now() == NOON + timedelta(seconds=90)
    assert clock.monotonic() == pytest.approx(before + 90)


def test_an_asynchronous_sleep_on_a_frozen_clock_moves_it_too():
    clock = Clock.frozen(NOON)
    asyncio.run(clock.asleep(5))
    assert clock.now() == NOON + timedelta(seconds=5)


@pytest.mark.parametrize("started", [0.1, 12345.678901234, 987654.321987654])
def test_whole_seconds_on_a_frozen_clock_add_up_exactly(monkeypatch, started):
    """A limit of 80 seconds is over after four times 20, and not one attempt later."""
    monkeypatch.setattr("gcsa.emulator.clock.time.monotonic", lambda: started)
    clock = Clock.frozen()
    before = clock.monotonic()
    assert started <= before <= started + 0.001
    for _ in range(4):
        clock.sleep(20)
    assert clock.monotonic() - before == 80
    clock.resume()
    assert clock.monotonic() >= before + 80


def test_monotonic_time_does_not_go_back_with_the_clock():
    clock = Clock.frozen(NOON)
    before = clock.monotonic()
    clock.set(NOON - timedelta(days=1))
    assert clock.monotonic() == before


def test_a_real_clock_shows_the_machines_time_until_it_is_moved():
    clock = Clock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    clock.set(NOON)
    assert timedelta() <= clock.now() - NOON < timedelta(seconds=5)
    clock.advance(3600)
    assert timedelta() <= clock.now() - NOON - timedelta(hours=1) < timedelta(seconds=5)


def test_a_clock_runs_on_from_where_it_was_frozen():
    clock = Clock.frozen(NOON)
    before = clock.monotonic()
    clock.advance(100)
    clock.resume()
    assert not clock.is_frozen
    assert timedelta() <= clock.now() - NOON - timedelta(seconds=100) < timedelta(seconds=5)
    assert clock.monotonic() >= before + 99.9


def test_freezing_keeps_the_time_that_a_clock_shows():
    clock = Clock()
    clock.set(NOON)
    clock.freeze()
    shown = clock.now()
    assert shown - NOON < timedelta(seconds=5)
    assert clock.now() == shown


def test_a_clock_needs_an_aware_time():
    with pytest.raises(ValueError, match="aware datetime"):
        Clock.frozen(datetime(2026, 3, 2, 12))


def test_a_function_is_a_clock():
    with Emulator(clock=lambda: NOON) as emulator:
        assert emulator.clock.now() == NOON
        emulator.clock.advance(60)
        assert emulator.clock.now() == NOON + timedelta(seconds=60)


def test_a_clock_that_is_given_is_the_emulators():
    clock = Clock.frozen(NOON)
    assert as_clock(clock) is clock
