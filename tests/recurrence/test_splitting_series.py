"""A series cut in two: both parts together are the series that was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.recurrence import Series
from gcsa.recurrence.splitting import split

PRAGUE = "Europe/Prague"
START = datetime(2026, 3, 2, 9, 0)

RULES = [
    "RRULE:FREQ=DAILY",
    "RRULE:FREQ=DAILY;COUNT=10",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9",
    "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5",  # the start is none of its days
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231T000000Z",
    "RRULE:FREQ=DAILY;INTERVAL=3;WKST=SU",
]


def first_hundred(lines, start):
    occurrences = Series(lines, start, PRAGUE).between(None, start + timedelta(days=120))
    return list(occurrences)


@given(st.sampled_from(RULES), st.integers(min_value=1, max_value=12))
def test_both_parts_together_are_the_series_that_was(rule, position):
    whole = first_hundred([rule], START)
    if position >= len(whole):
        return
    at = whole[position]
    before, following = split([rule], START, at, PRAGUE)
    earlier = first_hundred(before, START)
    later = list(Series(following, at, PRAGUE).between(None, START + timedelta(days=120)))
    assert earlier == whole[:position]
    assert later == whole[position:]


def test_an_unlimited_rule_ends_a_second_before_the_second_part():
    before, following = split(
        ["RRULE:FREQ=WEEKLY;BYDAY=MO"], START, datetime(2026, 3, 16, 9, 0), PRAGUE
    )
    assert before == ["RRULE:FREQ=WEEKLY;UNTIL=20260316T075959Z;BYDAY=MO"]
    assert following == ["RRULE:FREQ=WEEKLY;BYDAY=MO"]


def test_an_all_day_rule_ends_on_the_day_before():
    before, _ = split(["RRULE:FREQ=DAILY"], date(2026, 3, 2), date(2026, 3, 5))
    assert before == ["RRULE:FREQ=DAILY;UNTIL=20260304"]


def test_a_count_is_divided():
    _, following = split(["RRULE:FREQ=DAILY;COUNT=10"], START, datetime(2026, 3, 6, 9, 0), PRAGUE)
    assert following == ["RRULE:FREQ=DAILY;COUNT=6"]


def test_single_dates_go_to_the_part_that_they_are_in():
    lines = [
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Prague:20260309T090000,20260330T090000",
        "RDATE:20260310T080000Z",
    ]
    before, following = split(lines, START, datetime(2026, 3, 23, 9, 0), PRAGUE)
    assert before[1:] == ["EXDATE;TZID=Europe/Prague:20260309T090000", "RDATE:20260310T080000Z"]
    assert following[1:] == ["EXDATE;TZID=Europe/Prague:20260330T090000"]


def test_an_aware_occurrence_of_another_zone_cuts_at_the_same_moment():
    at = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
    before, _ = split(["RRULE:FREQ=WEEKLY"], START, at, PRAGUE)
    assert before == ["RRULE:FREQ=WEEKLY;UNTIL=20260316T075959Z"]


def test_a_line_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="not a recurrence line"):
        split(["FREQ=DAILY"], START, START, PRAGUE)
