"""A series, jumped into anywhere, has the very occurrences that dateutil finds walking from its start."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from dateutil.rrule import (
    DAILY,
    HOURLY,
    MINUTELY,
    MONTHLY,
    SECONDLY,
    WEEKLY,
    YEARLY,
    rrule,
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


def expected(
    arguments: dict[str, Any], start: datetime, low: datetime, high: datetime
) -> list[datetime]:
    found = []
    # dateutil's errors for a BYHOUR, BYMINUTE or BYSECOND that this interval never meets, and for the end
    # of the year 9999.
    with suppress(ValueError, OverflowError):
        for occurrence in rrule(dtstart=start, **arguments):
            if occurrence >= high:
                break
            if occurrence >= low:
                found.append(occurrence)
    if low <= start < high and found[:1] != [start]:
        found.insert(0, start)
    return [occurrence.replace(tzinfo=UTC) for occurrence in found]


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
