"""Rules that would go on for ever, and how soon we are done with them.

How long is counted, not timed: in the calls that a rule makes to go from one period to the next.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gcsa.recurrence import RecurrenceTooLongError, Series

START = datetime(2016, 3, 2, 9)
WEEK = (date(2026, 3, 2), date(2026, 3, 9))


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Fail as soon as more Python functions are called."""
    made = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal made
        if event in ("call", "c_call"):
            made += 1
            if made > calls:
                sys.setprofile(None)
                raise AssertionError(f"More than {calls} calls were made.")

    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(previous)


def series(rule: str, *lines: str, start: datetime = START) -> Series:
    return Series([f"RRULE:{rule}", *lines], start, "Europe/Prague")


def week(rule: str, start: datetime = START) -> list[date]:
    return list(series(rule, start=start).between(*WEEK))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231T000000Z",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;INTERVAL=4;BYYEARDAY=366;BYMONTH=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
        "FREQ=SECONDLY;INTERVAL=60;BYSECOND=1",
        "FREQ=DAILY;INTERVAL=1000000000",
        "FREQ=WEEKLY;INTERVAL=9999999999",
        "FREQ=YEARLY;INTERVAL=9999999999",
        "FREQ=MONTHLY;INTERVAL=9999999999;BYDAY=MO",
        "FREQ=SECONDLY;INTERVAL=9999999999;BYMONTH=3",
    ],
)
def test_a_rule_that_matches_nothing_in_a_week_is_soon_done_with_it(rule: str) -> None:
    with at_most(2_000):
        assert week(rule) == []


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
        "FREQ=YEARLY;INTERVAL=9999999999",
    ],
)
def test_a_rule_that_never_matches_again_ends(rule: str) -> None:
    with at_most(250_000):
        assert [time.year for time in series(rule)] == [2016]


def test_a_day_that_comes_once_in_eight_years_is_waited_for() -> None:
    leap_days = series("FREQ=YEARLY", start=datetime(1896, 2, 29))
    assert [day.year for day in islice(leap_days, 3)] == [1896, 1904, 1908]


def test_a_monday_leap_day_that_comes_once_in_a_generation_is_waited_for() -> None:
    rule = "FREQ=DAILY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29"
    mondays = series(rule, start=datetime(2016, 2, 29))
    assert [day.year for day in islice(mondays, 3)] == [2016, 2044, 2072]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda found: list(found),
        lambda found: list(found.between(date(2026, 3, 2))),
    ],
)  # fmt: skip
def test_a_rule_that_keeps_us_waiting_is_an_error(rule: str, ask: Callable[[Series], Any]) -> None:
    message = f"RRULE:{rule} takes too long to expand: it matches nothing for a long time."
    with at_most(250_000), pytest.raises(RecurrenceTooLongError) as caught:
        ask(series(rule))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("rule", "excluded", "until"),
    [
        ("FREQ=DAILY", ["FREQ=DAILY"], "2070-12-04"),
        ("FREQ=DAILY", ["FREQ=DAILY;BYHOUR=9"], "2029-11-09"),
        (
            "FREQ=DAILY",
            ["FREQ=WEEKLY;BYDAY=SA,SU", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"],
            "2048-02-10",
        ),
        ("FREQ=SECONDLY", ["FREQ=SECONDLY"], "2016-03-02 14:33:20+01:00"),
        ("FREQ=DAILY;UNTIL=99991231T000000Z", ["FREQ=DAILY"], "2070-12-04"),
    ],
)
@pytest.mark.parametrize("ask", [list, Series.first])
def test_rules_that_take_everything_away_are_an_error(
    rule: str, excluded: list[str], until: str, ask: Callable[[Series], Any]
) -> None:
    nothing = series(rule, *(f"EXRULE:{line}" for line in excluded))
    with at_most(1_000_000), pytest.raises(RecurrenceTooLongError) as caught:
        ask(nothing)
    assert str(caught.value).startswith(
        "The recurrence takes too long to expand: its EXRULE lines take away all occurrences for a"
        f" long time, until {until}"
    )


def test_what_ends_soon_may_be_taken_away_altogether() -> None:
    assert series("FREQ=DAILY;COUNT=5000", "EXRULE:FREQ=DAILY").first() is None


def test_a_week_in_which_everything_is_taken_away_is_empty() -> None:
    nothing = series("FREQ=DAILY", "EXRULE:FREQ=DAILY")
    with at_most(2_000):
        assert list(nothing.between(*WEEK)) == []


def test_each_occurrence_that_is_left_renews_our_patience() -> None:
    # Two hours of three are taken away: in a year more than patience would last for.
    others = series(
        "FREQ=HOURLY", "EXRULE:FREQ=HOURLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,13,14,15,16"
    )
    later = others.between(date(2016, 3, 3), date(2017, 3, 3))
    assert sum(1 for _ in later) == 365 * 8


def test_a_thousand_excluded_dates_are_only_left_out() -> None:
    days = [f"{START + timedelta(days=day):%Y%m%dT%H%M%S}" for day in range(5000)]
    rest = series("FREQ=DAILY", f"EXDATE;TZID=Europe/Prague:{','.join(days)}")
    with at_most(700_000):
        assert rest.first() == START.replace(tzinfo=ZoneInfo("Europe/Prague")) + timedelta(5000)


def test_the_last_before_a_long_exclusion_takes_too_long_to_find() -> None:
    nothing = series("FREQ=DAILY;UNTIL=22000101T000000Z", "EXRULE:FREQ=DAILY")
    with at_most(1_500_000), pytest.raises(RecurrenceTooLongError):
        nothing.last()


def test_the_error_is_a_value_error() -> None:
    assert issubclass(RecurrenceTooLongError, ValueError)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=1000000000", 7),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=1000000000", 2),
        ("FREQ=HOURLY;COUNT=1000000000", 168),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=1000000000", 5),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", 7),
        ("FREQ=MONTHLY;BYDAY=1FR;UNTIL=99991231T235959Z", 1),
        ("FREQ=MONTHLY;BYDAY=1FR;COUNT=1000000000", 1),
        ("FREQ=HOURLY;BYMINUTE=0;COUNT=1000000000", 168),
    ],
)
def test_an_end_far_away_does_not_matter(rule: str, expected: int) -> None:
    with at_most(5_000):
        assert len(week(rule)) == expected


def test_what_is_beyond_counting_is_an_error() -> None:
    hours = "FREQ=HOURLY;BYMINUTE=0,30;COUNT=100000"
    near = series(hours).between(date(2016, 4, 1), date(2016, 4, 2))
    assert len(list(near)) == 48
    with pytest.raises(RecurrenceTooLongError) as caught:
        week(hours)
    assert str(caught.value) == (
        f"RRULE:{hours} counts too far: only the first 20000 occurrences, until 2017-04-23, are expanded."
    )


def test_a_count_that_ends_before_the_window_leaves_it_empty() -> None:
    assert week("FREQ=MONTHLY;BYDAY=1FR;COUNT=100") == []
    assert week("FREQ=DAILY;COUNT=100") == []


def test_the_last_of_an_end_far_away_is_found_soon() -> None:
    with at_most(5_000):
        assert series("FREQ=DAILY;UNTIL=99981231T235959Z").last() == series(
            "FREQ=DAILY"
        ).first().replace(year=9998, month=12, day=31)
    with at_most(50_000):
        yearly = series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=99981231T235959Z").last()
        assert yearly is not None
        assert (yearly.year, yearly.month, yearly.day) == (9996, 2, 29)


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;COUNT=1000000000", "FREQ=MONTHLY;BYDAY=1FR;COUNT=1000000000"]
)
def test_the_last_of_a_count_that_outlives_the_calendar_is_none(rule: str) -> None:
    assert series(rule).last() is None


def test_a_week_costs_the_same_however_old_the_series_is() -> None:
    def calls(rule: str, start: datetime) -> int:
        old = Series(f"RRULE:{rule}", start, "Europe/Prague")
        made = 0

        def count(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal made
            made += 1

        list(old.between(*WEEK))  # dateutil is imported, and what can be remembered is
        sys.setprofile(count)
        try:
            list(old.between(*WEEK))
        finally:
            sys.setprofile(None)
        return made

    for rule in (
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=DAILY;BYMONTH=1,3",
        "FREQ=MONTHLY;BYMONTHDAY=3",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=1TU",
        "FREQ=HOURLY;BYHOUR=9",
        "FREQ=DAILY;UNTIL=20400101T000000Z",
        "FREQ=DAILY;COUNT=40000",
    ):
        young = calls(rule, datetime(2026, 2, 23, 9))
        old = calls(rule, datetime(1926, 2, 22, 9))
        assert old <= young * 1.2 + 20, rule


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=DAILY;BYMONTH=12", "FREQ=MONTHLY;BYDAY=-1FR"])
def test_the_last_hours_of_the_calendar_are_not_looked_for_from_the_start(rule: str) -> None:
    # There it is the year 10000 already, which Python does not have.
    east = Series(f"RRULE:{rule}", START, "Asia/Tokyo")
    with at_most(20_000):
        assert list(east.between(datetime(9999, 12, 31, 20, tzinfo=UTC))) == []


def test_a_series_ends_with_the_calendar() -> None:
    # The evening of the last day there is in the year 10000 elsewhere.
    west = Series("RRULE:FREQ=DAILY", datetime(2026, 3, 2, 20), "America/New_York")
    last = list(west.between(datetime(9999, 12, 29, tzinfo=UTC)))
    assert [f"{one:%d %H:%M}" for one in last] == ["28 20:00", "29 20:00", "30 20:00"]


def test_bounds_beyond_the_calendar_are_its_ends() -> None:
    def bound(moment: datetime, hours: int) -> datetime:
        return moment.replace(tzinfo=timezone(timedelta(hours=hours)))

    days = series("FREQ=DAILY;COUNT=3", start=datetime(2026, 3, 2, 9))
    assert len(list(days.between(bound(datetime.min, 5), bound(datetime.max, -5)))) == 3
    assert list(days.between(before=bound(datetime.min, 5))) == []


def test_seconds_are_yielded_one_by_one() -> None:
    with at_most(2_000):
        seconds = series("FREQ=SECONDLY").between(date(2026, 3, 2))
        assert [f"{time:%H:%M:%S}" for time in islice(seconds, 2)] == ["00:00:00", "00:00:01"]


def test_a_century_of_days_is_all_there() -> None:
    days = Series("RRULE:FREQ=DAILY", date(1926, 1, 1)).between(before=date(2026, 1, 1))
    assert sum(1 for _ in days) == (date(2026, 1, 1) - date(1926, 1, 1)) // timedelta(days=1)
