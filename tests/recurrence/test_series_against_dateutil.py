"""A series, jumped into anywhere, has the very occurrences that dateutil finds walking from its start."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import (
    DAILY,
    HOURLY,
    MINUTELY,
    MONTHLY,
    SECONDLY,
    WEEKLY,
    YEARLY,
    rrule,
    rrulestr,
    weekday,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gcsa.recurrence import Series

FREQUENCIES = {
    "SECONDLY": SECONDLY,
    "MINUTELY": MINUTELY,
    "HOURLY": HOURLY,
    "DAILY": DAILY,
    "WEEKLY": WEEKLY,
    "MONTHLY": MONTHLY,
    "YEARLY": YEARLY,
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# dateutil searches until the year 9999 for the next match. Where a rule starts in its last decades, even
# one that never matches is soon done, so that rules need not be tame to be compared.
LATE_START = datetime(9970, 1, 1)


def signed(high: int) -> st.SearchStrategy[int]:
    return st.integers(1, high) | st.integers(-high, -1)


def some(numbers: st.SearchStrategy[int], most: int = 4) -> st.SearchStrategy[list[int]]:
    return st.lists(numbers, min_size=1, max_size=most, unique=True)


@st.composite
def week_days(draw: st.DrawFn, freq: str, with_month: bool) -> list[tuple[int, int | None]]:
    days = draw(some(st.integers(0, 6)))
    if freq not in ("MONTHLY", "YEARLY") or draw(st.booleans()):
        return [(day, None) for day in days]
    most = 5 if freq == "MONTHLY" or with_month else 53
    return [(day, draw(signed(most))) for day in days]


@st.composite
def rules(draw: st.DrawFn, freqs: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """A rule, as text and as arguments of dateutil's rrule."""
    freq = draw(st.sampled_from(freqs))
    parts = [f"FREQ={freq}"]
    arguments: dict[str, Any] = {"freq": FREQUENCIES[freq], "wkst": 0}

    interval = draw(st.integers(1, 5) | st.integers(1, 60))
    parts.append(f"INTERVAL={interval}")
    arguments["interval"] = interval
    if draw(st.booleans()):
        arguments["wkst"] = draw(st.integers(0, 6))
        parts.append(f"WKST={DAYS[arguments['wkst']]}")

    def maybe(name: str, numbers: st.SearchStrategy[int], odds: int) -> None:
        if draw(st.integers(1, odds)) == 1:
            arguments[name.lower()] = values = draw(some(numbers))
            parts.append(f"{name}={','.join(map(str, values))}")

    maybe("BYMONTH", st.integers(1, 12), 4)
    maybe("BYMONTHDAY", signed(31), 4)
    maybe("BYYEARDAY", signed(366), 10)
    if freq == "YEARLY":
        maybe("BYWEEKNO", signed(53), 4)
    if draw(st.integers(1, 3)) == 1:
        days = draw(week_days(freq, "bymonth" in arguments))
        arguments["byweekday"] = [weekday(*day) for day in days]
        parts.append("BYDAY=" + ",".join(f"{n or ''}{DAYS[day]}" for day, n in days))
    maybe("BYHOUR", st.integers(0, 23), 6)
    maybe("BYMINUTE", st.integers(0, 59), 6)
    maybe("BYSECOND", st.integers(0, 59), 6)
    # A fourth occurrence in a second never comes, and dateutil would look at every second for it.
    if freq not in ("MINUTELY", "SECONDLY") and any(name.startswith("by") for name in arguments):
        maybe("BYSETPOS", signed(4), 4)
    return "RRULE:" + ";".join(parts), arguments


def matches(
    arguments: dict[str, Any], start: datetime, low: datetime, high: datetime
) -> list[datetime]:
    """What dateutil finds from low on and before high, walking from the start."""
    found = []
    # dateutil's errors for a BYHOUR, BYMINUTE or BYSECOND that this interval never meets, and for the end
    # of the year 9999.
    with suppress(ValueError, OverflowError):
        for occurrence in rrule(dtstart=start, **arguments):
            if occurrence >= high:
                break
            if occurrence >= low:
                found.append(occurrence.replace(tzinfo=UTC))
    return found


def expected(
    arguments: dict[str, Any], start: datetime, low: datetime, high: datetime
) -> list[datetime]:
    found = matches(arguments, start, low, high)
    first = start.replace(tzinfo=UTC)
    return [first, *found] if low <= start < high and found[:1] != [first] else found


def windows(longest: timedelta) -> st.SearchStrategy[timedelta]:
    return st.timedeltas(timedelta(0), longest)


def moments(earliest: datetime, latest: datetime) -> st.SearchStrategy[datetime]:
    return st.datetimes(earliest, latest).map(lambda moment: moment.replace(microsecond=0))


@settings(deadline=None)
@given(
    rule=rules(("YEARLY", "MONTHLY", "WEEKLY", "DAILY")),
    start=moments(LATE_START, datetime(9985, 12, 31)),
    ahead=st.timedeltas(timedelta(days=-40), timedelta(days=4_000)),
    length=windows(timedelta(days=800)),
)
def test_a_window_of_any_rule_is_what_dateutil_finds_from_the_start(
    rule: tuple[str, dict[str, Any]], start: datetime, ahead: timedelta, length: timedelta
) -> None:
    line, arguments = rule
    low, high = start + ahead, start + ahead + length
    assert list(Series(line, start, UTC).between(low, high)) == expected(
        arguments, start, low, high
    )


@settings(deadline=None, max_examples=60)
@given(
    rule=rules(("HOURLY", "MINUTELY", "SECONDLY")),
    start=moments(datetime(9998, 10, 1), datetime(9998, 12, 31)),
    ahead=st.timedeltas(timedelta(days=-1), timedelta(days=2)),
    length=windows(timedelta(hours=3)),
)
def test_a_window_of_a_rule_within_days_is_what_dateutil_finds_from_the_start(
    rule: tuple[str, dict[str, Any]], start: datetime, ahead: timedelta, length: timedelta
) -> None:
    line, arguments = rule
    low, high = start + ahead, start + ahead + length
    assert list(Series(line, start, UTC).between(low, high)) == expected(
        arguments, start, low, high
    )


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO,SA",
        "FREQ=DAILY;BYMONTH=2,11;BYMONTHDAY=28,29,30,31",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE,SU;BYMONTH=1,3,5,12;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR,SU;BYSETPOS=-1,1;WKST=TH",
        "FREQ=WEEKLY;BYDAY=TU,FR,SU;BYSETPOS=2",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31,-31,15",
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR,1MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2,1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2,3",
        "FREQ=YEARLY;BYDAY=53TH,-1SU",
        "FREQ=YEARLY;BYWEEKNO=1,-1,53;WKST=SU",
        "FREQ=YEARLY;BYWEEKNO=1,20,52;BYDAY=MO,SU",
        "FREQ=YEARLY;BYYEARDAY=1,60,-1,366,-366",
        "FREQ=YEARLY;BYMONTH=2,10;BYDAY=-1SU,2TU;BYSETPOS=1,-1",
        "FREQ=HOURLY;INTERVAL=7",
        "FREQ=HOURLY;INTERVAL=5;BYHOUR=3,9,23;BYDAY=TU",
        "FREQ=MINUTELY;INTERVAL=350;BYHOUR=0,9,12",
    ],
)
@pytest.mark.parametrize(
    "start", [datetime(2019, 12, 31, 9, 30), datetime(2020, 2, 29, 23, 59, 59)]
)
def test_a_series_can_be_entered_on_any_day(rule: str, start: datetime) -> None:
    walked = rrulestr(rule if "WKST" in rule else f"{rule};WKST=MO", dtstart=start)
    everything = sorted({start, *walked.between(start, start + timedelta(days=1600), inc=True)})
    series = Series(f"RRULE:{rule}", start, UTC)
    for day in range(0, 1500, 7):
        low = start + timedelta(days=day, hours=day % 24)
        high = low + timedelta(days=20)
        expected = [moment.replace(tzinfo=UTC) for moment in everything if low <= moment < high]
        assert list(series.between(low, high)) == expected


@settings(deadline=None)
@given(
    rule=rules(("YEARLY", "MONTHLY", "WEEKLY", "DAILY")),
    start=moments(LATE_START, datetime(9985, 12, 31)),
    count=st.integers(1, 60),
)
def test_count_ends_a_series_where_dateutil_ends_it(
    rule: tuple[str, dict[str, Any]], start: datetime, count: int
) -> None:
    line, arguments = rule
    found = expected({**arguments, "count": count}, start, start, datetime.max)
    series = Series(f"{line};COUNT={count}", start, UTC)
    assert list(series) == found
    if len(matches({**arguments, "count": count}, start, start, datetime.max)) == count:
        assert series.last() == found[-1]
    else:  # the calendar ends before the count does
        assert series.last() in (found[-1], None)
