"""A series cut in two, and moved: together both parts are what the whole was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gcsa.recurrence import Series
from gcsa.recurrence.splitting import moved, split

PRAGUE = ZoneInfo("Europe/Prague")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=PRAGUE)
DAY = timedelta(days=1)


def parts(lines, at, start=MONDAY, timezone="Europe/Prague"):
    return split(lines, start, at, timezone)


def test_a_rule_without_end_ends_just_before_and_goes_on_after():
    assert parts(["RRULE:FREQ=DAILY"], MONDAY + 3 * DAY) == (
        ["RRULE:FREQ=DAILY;UNTIL=20260305T085959Z"],
        ["RRULE:FREQ=DAILY"],
    )


def test_a_count_is_shared_out():
    assert parts(["RRULE:FREQ=DAILY;COUNT=10"], MONDAY + 3 * DAY) == (
        ["RRULE:FREQ=DAILY;UNTIL=20260305T085959Z"],
        ["RRULE:FREQ=DAILY;COUNT=7"],
    )


def test_an_until_stays_that_of_the_second_part():
    lines = ["RRULE:FREQ=WEEKLY;UNTIL=20260601T080000Z;BYDAY=MO"]
    assert parts(lines, MONDAY + 14 * DAY) == (
        ["RRULE:FREQ=WEEKLY;UNTIL=20260316T085959Z;BYDAY=MO"],
        lines,
    )


def test_an_all_day_series_ends_the_day_before():
    assert parts(["RRULE:FREQ=WEEKLY;COUNT=4"], date(2026, 3, 16), date(2026, 3, 2), None) == (
        ["RRULE:FREQ=WEEKLY;UNTIL=20260315"],
        ["RRULE:FREQ=WEEKLY;COUNT=2"],
    )


def test_single_dates_go_to_the_part_that_they_are_in():
    lines = [
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Prague:20260309T100000,20260323T100000",
        "RDATE;TZID=America/New_York:20260304T040000,20260401T040000",
        "EXDATE:20260406T080000Z",
    ]
    assert parts(lines, MONDAY + 14 * DAY) == (
        [
            "RRULE:FREQ=WEEKLY;UNTIL=20260316T085959Z",
            "EXDATE;TZID=Europe/Prague:20260309T100000",
            "RDATE;TZID=America/New_York:20260304T040000",
        ],
        [
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=Europe/Prague:20260323T100000",
            "RDATE;TZID=America/New_York:20260401T040000",
            "EXDATE:20260406T080000Z",
        ],
    )


def test_a_single_date_at_the_cut_goes_to_the_second_part():
    lines = ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Prague:20260316T100000"]
    assert parts(lines, MONDAY + 14 * DAY) == (["RRULE:FREQ=WEEKLY;UNTIL=20260316T085959Z"], lines)


def test_a_start_beside_the_rule_is_not_counted():
    # Ten Tuesdays, begun on a Monday: that one is none of the ten.
    lines = ["RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=TU"]
    _, following = parts(lines, MONDAY + 8 * DAY)
    assert following == ["RRULE:FREQ=WEEKLY;COUNT=9;BYDAY=TU"]


def test_a_rule_that_is_used_up_before_does_not_go_on():
    lines = ["RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY"]
    _, following = parts(lines, MONDAY + 7 * DAY)
    assert following == ["RRULE:FREQ=WEEKLY"]


def test_a_single_date_is_no_place_to_cut_at():
    # From a Wednesday on, the rule would be of Wednesdays.
    lines = ["RRULE:FREQ=WEEKLY;INTERVAL=2", "RDATE;TZID=Europe/Prague:20260311T100000"]
    with pytest.raises(
        ValueError, match="is a single date of the series: it can be changed by itself"
    ):
        parts(lines, MONDAY + 9 * DAY)


RULES = st.sampled_from(
    [
        "FREQ=DAILY;COUNT=30",
        "FREQ=DAILY;INTERVAL=3;COUNT=12",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=20",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=15",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=15",
        "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=9",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=9",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=9",
        "FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU;COUNT=8",
        "FREQ=DAILY;UNTIL=20260420T080000Z",
        "FREQ=WEEKLY;UNTIL=20270101T000000Z;BYDAY=MO,TH",
        "FREQ=HOURLY;INTERVAL=7;COUNT=40",
    ]
)


@given(rule=RULES, days=st.integers(0, 40), place=st.integers(1, 39), excluded=st.integers(0, 39))
def test_the_two_parts_have_the_occurrences_of_the_whole(rule, days, place, excluded):
    start = MONDAY + days * DAY
    by_rule = list(Series([f"RRULE:{rule}"], start, "Europe/Prague"))
    lines = [f"RRULE:{rule}"]
    if excluded < len(by_rule):
        lines.append(f"EXDATE;TZID=Europe/Prague:{by_rule[excluded]:%Y%m%dT%H%M%S}")
    whole = list(Series(lines, start, "Europe/Prague"))
    assume(place < len(whole))
    at = whole[place]
    # An hour that the clocks leave out is not the one that the rule goes on with.
    assume(at.astimezone(UTC).astimezone(PRAGUE).time() == start.time() or "HOURLY" in rule)

    before, following = split(lines, start, at, "Europe/Prague")
    first = list(Series(before, start, "Europe/Prague"))
    second = list(Series(following, at, "Europe/Prague"))

    assert first == whole[:place]
    assert second == whole[place:]


# --- moving


def test_single_dates_and_ends_move_along():
    lines = [
        "RRULE:FREQ=WEEKLY;UNTIL=20260601T080000Z",
        "EXDATE;TZID=Europe/Prague:20260309T100000,20260316T100000",
        "RDATE;VALUE=PERIOD:20260304T090000Z/PT1H,20260305T090000Z/20260305T100000Z",
    ]
    assert moved(lines, MONDAY, MONDAY + timedelta(hours=1, minutes=30), "Europe/Prague") == [
        "RRULE:FREQ=WEEKLY;UNTIL=20260601T093000Z",
        "EXDATE;TZID=Europe/Prague:20260309T113000,20260316T113000",
        "RDATE;VALUE=PERIOD:20260304T103000Z/PT1H,20260305T103000Z/20260305T113000Z",
    ]


def test_a_date_that_ends_a_series_of_times_moves_by_hours_as_well():
    lines = ["RRULE:FREQ=DAILY;UNTIL=20260310"]
    assert moved(lines, MONDAY, MONDAY + timedelta(hours=2), "Europe/Prague") == [
        "RRULE:FREQ=DAILY;UNTIL=20260310T020000Z"
    ]


def test_an_all_day_series_moves_by_days():
    lines = ["RRULE:FREQ=DAILY;UNTIL=20260310", "EXDATE;VALUE=DATE:20260305"]
    assert moved(lines, date(2026, 3, 2), date(2026, 3, 4)) == [
        "RRULE:FREQ=DAILY;UNTIL=20260312",
        "EXDATE;VALUE=DATE:20260307",
    ]


def test_a_rule_that_names_no_day_follows_its_start():
    assert moved(["RRULE:FREQ=WEEKLY;COUNT=3"], MONDAY, MONDAY + DAY, "Europe/Prague") == [
        "RRULE:FREQ=WEEKLY;COUNT=3"
    ]


def test_a_rule_that_names_its_days_does_not():
    with pytest.raises(ValueError, match="give the new recurrence as well"):
        moved(["RRULE:FREQ=WEEKLY;BYDAY=MO"], MONDAY, MONDAY + DAY, "Europe/Prague")
    assert moved(["RRULE:FREQ=WEEKLY;BYDAY=MO"], MONDAY, MONDAY + 7 * DAY, "Europe/Prague") == [
        "RRULE:FREQ=WEEKLY;BYDAY=MO"
    ]


def test_the_move_is_by_the_clock_on_the_wall():
    # The 16th is in winter time, the 30th in summer time.
    lines = ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Prague:20260330T100000"]
    assert moved(lines, MONDAY, MONDAY + timedelta(days=28), "Europe/Prague")[1] == (
        "EXDATE;TZID=Europe/Prague:20260427T100000"
    )
