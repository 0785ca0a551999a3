from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcsa.recurrence import (
    FR,
    MO,
    SU,
    WE,
    WEEKLY,
    YEARLY,
    Duration,
    Period,
    Recurrence,
    RecurrenceDates,
    RecurrenceRule,
    RecurrenceSet,
    WeekDay,
)
from gcsa.recurrence.week_days import WEEK


def rule(line: str) -> RecurrenceRule:
    parsed = Recurrence.parse(line)
    assert isinstance(parsed, RecurrenceRule)
    return parsed


def dates(line: str) -> RecurrenceDates:
    parsed = Recurrence.parse(line)
    assert isinstance(parsed, RecurrenceDates)
    return parsed


def test_every_part_of_a_rule_becomes_a_field() -> None:
    parsed = rule(
        "RRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20270303T090000Z;BYSECOND=0,60;BYMINUTE=0,15;BYHOUR=9;"
        "BYDAY=MO,-1FR,+2WE;BYMONTHDAY=1,-1;BYYEARDAY=100;BYWEEKNO=-53;BYMONTH=1,12;BYSETPOS=-1;WKST=SU"
    )
    assert parsed == RecurrenceRule(
        "RRULE",
        YEARLY,
        interval=2,
        until=datetime(2027, 3, 3, 9, tzinfo=UTC),
        by_second=(0, 60),
        by_minute=(0, 15),
        by_hour=(9,),
        by_week_day=(MO, FR(-1), WE(2)),
        by_month_day=(1, -1),
        by_year_day=(100,),
        by_week=(-53,),
        by_month=(1, 12),
        by_set_pos=(-1,),
        week_start=SU,
    )


def test_what_a_rule_does_not_say_is_none_or_empty() -> None:
    parsed = rule("RRULE:FREQ=DAILY")
    assert (parsed.interval, parsed.count, parsed.until) == (1, None, None)
    assert parsed.by_week_day == ()
    assert parsed.week_start is None
    assert not parsed.is_exclusion


def test_an_exrule_is_an_exclusion() -> None:
    assert rule("EXRULE:FREQ=DAILY").is_exclusion


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("20270303", date(2027, 3, 3)),
        ("20270303T090000", datetime(2027, 3, 3, 9)),
        ("20270303T090000Z", datetime(2027, 3, 3, 9, tzinfo=UTC)),
        ("20270303t090000z", datetime(2027, 3, 3, 9, tzinfo=UTC)),
        ("20270303T090060Z", datetime(2027, 3, 3, 9, 0, 59, tzinfo=UTC)),
        ("20110701T100000+1030", datetime(2011, 7, 1, 10, tzinfo=timezone(timedelta(hours=10.5)))),
        ("20161231T235960Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("20110701T100000-07:00", datetime(2011, 7, 1, 10, tzinfo=timezone(-timedelta(hours=7)))),
    ],
)
def test_until_is_a_day_or_a_time(text: str, until: date) -> None:
    assert rule(f"RRULE:FREQ=DAILY;UNTIL={text}").until == until


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=DAILY",
        "rrule:freq=weekly;byday=mo,we",
        "RRULE:WKST=SU;COUNT=3;FREQ=DAILY",
        "RRULE:FREQ=DAILY;X-HOLIDAYS=skip;BYEASTER=0;",
        "RRULE;X-FROM=elsewhere:FREQ=DAILY",
        "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270303",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,\r\n TU",
        "EXDATE;TZID=Europe/Prague:20201121T180000,20201122T180000",
        'RDATE;X-NOTE="a:b;c";VALUE=DATE:20201121',
        "RDATE;VALUE=PERIOD:20201121T170000Z/PT2H,20201121T170000Z/20201121T190000Z",
        "EXDATE:20141002",
    ],
)
def test_a_line_comes_back_as_it_was(line: str) -> None:
    assert str(Recurrence.parse(line)) == line


def test_parts_that_we_do_not_know_are_kept() -> None:
    parsed = rule("RRULE:FREQ=DAILY;X-HOLIDAYS=skip;BYEASTER=0")
    assert parsed.other == (("X-HOLIDAYS", "skip"), ("BYEASTER", "0"))


def test_a_folded_line_is_one_line() -> None:
    assert [str(day) for day in rule("RRULE:FREQ=WEEKLY;BYDAY=MO,\r\n TU").by_week_day] == [
        "MO",
        "TU",
    ]


def test_rules_that_say_the_same_are_equal() -> None:
    assert rule("RRULE:FREQ=DAILY;COUNT=3") == rule("RRULE:COUNT=3;FREQ=daily;INTERVAL=1")
    assert rule("RRULE:FREQ=DAILY;COUNT=3") != rule("EXRULE:FREQ=DAILY;COUNT=3")


def test_a_parsed_line_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rule("RRULE:FREQ=DAILY").count = 3


def test_a_parsed_line_shows_itself() -> None:
    assert repr(rule("RRULE:FREQ=DAILY")) == "<RecurrenceRule RRULE:FREQ=DAILY>"
    assert repr(dates("RDATE:20201121T170000Z")) == "<RecurrenceDates RDATE:20201121T170000Z>"
    assert repr(Recurrence.parse(["RRULE:FREQ=DAILY"])) == "<RecurrenceSet ['RRULE:FREQ=DAILY']>"


def test_dates_are_read_with_their_zone() -> None:
    parsed = dates('EXDATE;TZID="Europe/Prague";X-A=b:20201121T180000,20201122T170000Z')
    assert parsed.is_exclusion
    assert parsed.timezone == "Europe/Prague"
    assert parsed.parameters == (("X-A", "b"),)
    assert parsed.dates == (datetime(2020, 11, 21, 18), datetime(2020, 11, 22, 17, tzinfo=UTC))


def test_the_quotes_around_a_zone_are_not_part_of_it() -> None:
    assert dates('EXDATE;TZID="X-Ours":20201121T180000').timezone == "X-Ours"


def test_days_are_read_as_days() -> None:
    assert dates("RDATE;VALUE=DATE:20201121,20201122").dates == (
        date(2020, 11, 21),
        date(2020, 11, 22),
    )


def test_periods_are_read_as_periods() -> None:
    start = datetime(2020, 11, 21, 17, tzinfo=UTC)
    parsed = dates("RDATE;VALUE=PERIOD:20201121T170000Z/PT2H,20201121T170000Z/20201121T190000Z")
    assert parsed.dates == (
        Period(start, Duration(h=2)),
        Period(start, start + timedelta(hours=2)),
    )


def test_all_the_lines_of_an_event_are_read_at_once() -> None:
    lines = [
        "RRULE:FREQ=DAILY",
        "EXRULE:FREQ=WEEKLY;BYDAY=SU",
        "RDATE:20201121T170000Z",
        "EXDATE:20201122T170000Z",
    ]
    parsed = Recurrence.parse(lines)
    assert isinstance(parsed, RecurrenceSet)
    assert [str(line) for line in parsed] == lines
    assert len(parsed) == 4
    assert str(parsed) == "\n".join(lines)
    assert parsed.rules == (rule(lines[0]),)
    assert parsed.exclude_rules == (rule(lines[1]),)
    assert parsed.dates == (dates(lines[2]),)
    assert parsed.exclude_dates == (dates(lines[3]),)


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        (
            "RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO",
            "RRULE:FREQ=WEEKLY;UNTIL=20270303T090000Z;BYDAY=MO",
        ),
        (
            "RRULE;X-A=b:FREQ=DAILY;X-C=d;UNTIL=20300101",
            "RRULE;X-A=b:FREQ=DAILY;UNTIL=20270303T090000Z;X-C=d",
        ),
    ],
)
def test_a_rule_can_be_ended_and_keeps_everything_else(line: str, ending: str) -> None:
    ended = rule(line).ending(datetime(2027, 3, 3, 10, tzinfo=timezone(timedelta(hours=1))))
    assert str(ended) == ending
    assert ended.count is None
    assert ended.until == datetime(2027, 3, 3, 9, tzinfo=UTC)


def test_a_rule_of_an_all_day_event_ends_on_a_day() -> None:
    assert (
        str(rule("RRULE:FREQ=DAILY").ending(date(2027, 3, 3))) == "RRULE:FREQ=DAILY;UNTIL=20270303"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "",
            "'' is not a recurrence line: it must start with 'RRULE:', 'EXRULE:', 'RDATE' or 'EXDATE'.",
        ),
        ("FREQ=DAILY", "'FREQ=DAILY' is not a recurrence line: "),
        ("DTSTART:20201121T180000", "'DTSTART:20201121T180000' is not a recurrence line: "),
        ("RRULE", "'RRULE' is not a recurrence line: "),
        ("RRULE:", "'RRULE:' has no FREQ."),
        ("RRULE:COUNT=3", "'RRULE:COUNT=3' has no FREQ."),
        (
            "RRULE=WEEKLY;UNTIL=2019-07-16T00:00:00+08:00",
            "'RRULE=WEEKLY;UNTIL=2019-07-16T00:00:00+08:00' is not a recurrence line: ",
        ),
        (
            "RRULE:FREQ=OFTEN",
            "FREQ=OFTEN in 'RRULE:FREQ=OFTEN': it must be one of SECONDLY, MINUTELY, ",
        ),
        ("RRULE:FREQ=DAILY;COUNT", "'COUNT' in 'RRULE:FREQ=DAILY;COUNT' is not a part such as "),
        ("RRULE:FREQ=DAILY;COUNT=", "'COUNT=' in 'RRULE:FREQ=DAILY;COUNT=' is not a part such as "),
        ("RRULE:FREQ=DAILY;FREQ=DAILY", "FREQ occurs twice in "),
        (
            "RRULE:FREQ=DAILY;COUNT=0",
            "COUNT=0 in 'RRULE:FREQ=DAILY;COUNT=0': it must be a whole number, 1 or more.",
        ),
        (
            "RRULE:FREQ=DAILY;INTERVAL=x",
            "INTERVAL=x in 'RRULE:FREQ=DAILY;INTERVAL=x': it must be a whole ",
        ),
        ("RRULE:FREQ=DAILY;COUNT=³", "COUNT=³ in "),
        (
            "RRULE:FREQ=DAILY;BYHOUR=24",
            "BYHOUR=24 in 'RRULE:FREQ=DAILY;BYHOUR=24': it must be between 0 and 23.",
        ),
        (
            "RRULE:FREQ=DAILY;BYHOUR=1,,2",
            "BYHOUR=1,,2 in 'RRULE:FREQ=DAILY;BYHOUR=1,,2': it must be whole ",
        ),
        ("RRULE:FREQ=DAILY;BYMONTHDAY=-32", "BYMONTHDAY=-32 in "),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=XX",
            "BYDAY=XX in 'RRULE:FREQ=WEEKLY;BYDAY=XX': it must be week days such as MO or -1FR.",
        ),
        (
            "RRULE:FREQ=MONTHLY;BYDAY=54MO",
            "BYDAY=54MO in 'RRULE:FREQ=MONTHLY;BYDAY=54MO': a week day's number ",
        ),
        (
            "RRULE:FREQ=DAILY;WKST=1",
            "WKST=1 in 'RRULE:FREQ=DAILY;WKST=1': it must be week days such as ",
        ),
        (
            "RRULE:FREQ=DAILY;UNTIL=2019-07-16",
            "UNTIL=2019-07-16 in 'RRULE:FREQ=DAILY;UNTIL=2019-07-16': '2019-07-16' is not a date or a time",
        ),
        (
            "RRULE:FREQ=DAILY;UNTIL=20190231",
            "UNTIL=20190231 in 'RRULE:FREQ=DAILY;UNTIL=20190231': '20190231' ",
        ),
        (
            "EXDATE:20190231T000000Z",
            "'EXDATE:20190231T000000Z': '20190231T000000Z' is not a date or a time: ",
        ),
        ("EXDATE:", "'EXDATE:': '' is not a date or a time"),
        (
            "RDATE;VALUE=PERIOD:20201121T170000Z/",
            "'RDATE;VALUE=PERIOD:20201121T170000Z/': '' is not a date",
        ),
        (
            "RDATE;VALUE=PERIOD:20201121/PT2H",
            "'RDATE;VALUE=PERIOD:20201121/PT2H': '20201121/PT2H' is not a period",
        ),
        (
            "RDATE;VALUE=PERIOD:20201121T170000Z/P",
            "'RDATE;VALUE=PERIOD:20201121T170000Z/P': 'P' is not a duration",
        ),
    ],
)
def test_what_cannot_be_read_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        Recurrence.parse(line)


def test_a_long_line_is_cut_in_the_message() -> None:
    with pytest.raises(ValueError, match="X…' is not a recurrence line") as caught:
        Recurrence.parse("X" * 10_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("line", [None, 5, b"RRULE:FREQ=DAILY", {}])
def test_a_line_that_is_no_text_is_a_type_error(line: Any) -> None:
    with pytest.raises(TypeError, match="A recurrence line must be a str, got "):
        Recurrence.parse([line])


@settings(deadline=None)
@given(line=st.text() | st.builds("{}:{}".format, st.sampled_from(["RRULE", "EXDATE"]), st.text()))
def test_any_text_is_read_or_refused(line: str) -> None:
    with suppress(ValueError):
        assert str(Recurrence.parse(line)) == line


def numbers(low: int, high: int, from_end: bool = False) -> st.SearchStrategy[list[int]]:
    values = st.integers(low, high)
    return st.lists(values | values.map(lambda number: -number) if from_end else values, max_size=5)


@settings(deadline=None)
@given(
    freq=st.sampled_from(
        ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    ),
    interval=st.none() | st.integers(1, 10**9),
    end=st.fixed_dictionaries({})
    | st.fixed_dictionaries({"count": st.integers(1, 10**9)})
    | st.fixed_dictionaries({"until": st.dates() | st.datetimes(timezones=st.just(UTC))}),
    by=st.fixed_dictionaries(
        {
            "by_second": numbers(0, 60),
            "by_minute": numbers(0, 59),
            "by_hour": numbers(0, 23),
            "by_month_day": numbers(1, 31, from_end=True),
            "by_year_day": numbers(1, 366, from_end=True),
            "by_week": numbers(1, 53, from_end=True),
            "by_month": numbers(1, 12),
        }
    ),
    days=st.lists(st.sampled_from(WEEK) | st.builds(FR, st.integers(1, 53)), max_size=5),
    week_start=st.sampled_from(WEEK),
)
def test_what_is_written_is_read_back(
    freq: str,
    interval: int | None,
    end: dict[str, Any],
    by: dict[str, list[int]],
    days: list[WeekDay],
    week_start: WeekDay,
) -> None:
    line = Recurrence.rule(
        freq,
        interval,
        **end,
        **by,
        by_week_day=days,
        week_start=week_start,
    )
    parsed = rule(line)
    assert str(parsed) == line
    assert (parsed.freq, parsed.interval, parsed.week_start) == (freq, interval or 1, week_start)
    assert parsed.count == end.get("count")
    until = end.get("until")
    assert parsed.until == (until.replace(microsecond=0) if isinstance(until, datetime) else until)
    assert {name: list(getattr(parsed, name)) for name in by} == by
    assert list(parsed.by_week_day) == days


@settings(deadline=None)
@given(
    days=st.lists(st.dates(), min_size=1),
    times=st.lists(
        st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)), min_size=1
    ),
)
def test_dates_and_times_are_read_back(days: list[date], times: list[datetime]) -> None:
    assert dates(Recurrence.dates(days)).dates == tuple(days)
    parsed = dates(Recurrence.exclude_times(times, "Australia/Lord_Howe"))
    assert parsed.timezone == "Australia/Lord_Howe"
    assert parsed.dates == tuple(time.replace(microsecond=0) for time in times)


def test_the_default_frequency_is_read_as_such() -> None:
    assert rule(Recurrence.rule(WEEKLY)).freq == WEEKLY
