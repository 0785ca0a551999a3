"""What a week of a series costs: ours against plain dateutil, for an old series and for a young one.

Run it with: python benchmarks/recurrence.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from timeit import repeat
from zoneinfo import ZoneInfo

from _table import figure
from dateutil.rrule import rrulestr

from gcsa.recurrence import Series

ZONE = ZoneInfo("Europe/Prague")
MONDAY = date(2026, 3, 2)
WEEK = tuple(
    datetime(day.year, day.month, day.day, tzinfo=ZONE)
    for day in (MONDAY, MONDAY + timedelta(days=7))
)
STARTS = {
    "ten years old": datetime(2016, 2, 29, 9, tzinfo=ZONE),
    "began this week": datetime(2026, 3, 2, 9, tzinfo=ZONE),
}
RULES = {
    "daily": "FREQ=DAILY",
    "weekly on three days": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "monthly on the first Tuesday": "FREQ=MONTHLY;BYDAY=1TU",
    "yearly in March": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=4",
}


def microseconds(run: Callable[[], object], times: int) -> float:
    run()
    return min(repeat(run, number=times, repeat=5)) / times * 1e6


def measure(rule: str, start: datetime) -> tuple[float, float]:
    series = Series(f"RRULE:{rule}", start)
    walked = rrulestr(rule, dtstart=start)
    ours = [*series.between(*WEEK)]
    theirs = [*walked.between(*WEEK, inc=True)]
    # A rule that does not match the start has it beside its own occurrences.
    assert [moment for moment in ours if moment != start] == [x for x in theirs if x != start]
    return (
        microseconds(lambda: list(series.between(*WEEK)), 500),
        microseconds(lambda: walked.between(*WEEK, inc=True), 5),
    )


def main() -> None:
    print("A week of one unlimited series, in microseconds")
    print(f"{'rule':30}{'series':18}{'gcsa':>8}{'dateutil':>11}{'ratio':>9}{'flatness':>10}")
    for name, rule in RULES.items():
        costs = {age: measure(rule, start) for age, start in STARTS.items()}
        young = costs["began this week"][0]
        for age, (ours, theirs) in costs.items():
            print(
                f"{name:30}{age:18}{ours:8.1f}{theirs:11.1f}{theirs / ours:8.1f}x{ours / young:10.2f}"
            )
        ours, theirs = costs["ten years old"]
        figure(
            f"a week of a series that began ten years ago, {name}",
            f"{ours:.0f} µs",
            f"dateutil: {theirs:,.0f} µs",
            theirs / ours,
        )
        figure(
            f"a week of a series that began ten years ago, {name}",
            f"{ours:.0f} µs",
            f"one that began this week: {young:.0f} µs",
            ours / young,
            at_most=2,
        )
    line, start = "RRULE:FREQ=DAILY", STARTS["ten years old"]
    print(f"Making a series:           {microseconds(lambda: Series(line, start), 500):6.1f} µs")
    print(
        f"Finding it made (Series.of): {microseconds(lambda: Series.of(line, start), 500):4.1f} µs"
    )


if __name__ == "__main__":
    main()
