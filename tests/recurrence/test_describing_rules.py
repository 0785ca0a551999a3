from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcsa.recurrence import MO, WE, WEEKLY, Recurrence


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=2;COUNT=1", "Every second day, once"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=2", "Every tenth day, twice"),
        ("FREQ=DAILY;INTERVAL=14;COUNT=30", "Every 14 days, 30 times"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every day, only on weekdays"),
        ("FREQ=DAILY;BYMONTH=1,7", "Every day, only in January and July"),
        ("FREQ=DAILY;BYMONTHDAY=1,-1", "Every day, only on the 1st and the last day of the month"),
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;BYDAY=MO", "Every week on Monday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH,SA", "Every third week on Tuesday, Thursday and Saturday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every week on weekdays"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "Every week on Saturday and Sunday"),
        ("FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH,FR,SA", "Every week on every day"),
        ("FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1", "Every week on Monday and Wednesday, only the first of them"),
        ("FREQ=MONTHLY", "Every month"),
        ("FREQ=MONTHLY;BYMONTH=3", "Every month, only in March"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "On the last Friday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-2FR",
            "On the first Monday and the second to last Friday of every second month"),
        ("FREQ=MONTHLY;BYDAY=MO,-1FR", "On every Monday and the last Friday of every month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR", "On every weekday of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2,3,11,21,-1",
            "On the 1st, the 2nd, the 3rd, the 11th, the 21st and the last day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "On the 13th of every month, only on Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "On the last weekday of every month"),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1", "On the first and the last weekend day of every month"),
        ("FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=2", "On the second Tuesday or Thursday of every month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-2", "On the second to last day of every month"),
        ("FREQ=YEARLY", "Every year"),
        ("FREQ=YEARLY;BYMONTH=2,3", "Every year in February and March"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=4", "On 4 March every year"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=-1", "On the last day of February every fourth year"),
        ("FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=1,15", "On the 1st and the 15th of March and June every year"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "On the fourth Thursday of November every year"),
        ("FREQ=YEARLY;BYDAY=20MO", "On the 20th Monday of every year"),
        ("FREQ=YEARLY;BYYEARDAY=100,-1", "On the 100th day and the last day of every year"),
        ("FREQ=YEARLY;BYYEARDAY=100;BYDAY=FR", "On the 100th day of every year, only on Friday"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "On Monday of week 20 of every year"),
        ("FREQ=YEARLY;BYWEEKNO=1,-1", "On every day of the first week and the last week of every year"),
        ("FREQ=YEARLY;BYWEEKNO=20,21;BYMONTHDAY=13", "On the 13th of every year, only in weeks 20 and 21"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYSETPOS=-1", "On the last Monday of May every year"),
        ("FREQ=YEARLY;BYMONTH=5,6;BYDAY=MO;BYSETPOS=-1",
            "On every Monday of May and June every year, only the last of them"),
        ("FREQ=DAILY;BYHOUR=17,9;BYMINUTE=30", "Every day at 09:30 and 17:30"),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=5", "Every day at 09:00:05"),
        ("FREQ=DAILY;BYHOUR=9,17", "Every day at hours 9 and 17"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,15,30,45", "Every day at hours 9 and 10 at minutes 0, 15, 30 and 45"),
        ("FREQ=HOURLY;INTERVAL=6;BYDAY=MO", "Every sixth hour, only on Monday"),
        ("FREQ=MINUTELY;BYSECOND=30", "Every minute at second 30"),
        ("FREQ=SECONDLY;BYYEARDAY=1", "Every second, only on the first day of the year"),
        ("FREQ=DAILY;UNTIL=20270303", "Every day until 3 March 2027"),
        ("FREQ=DAILY;UNTIL=20270303T080000Z", "Every day until 3 March 2027 at 08:00 UTC"),
        ("FREQ=DAILY;UNTIL=20270303T080005", "Every day until 3 March 2027 at 08:00:05"),
        ("FREQ=MONTHLY;RSCALE=CHINESE", "Every month (RSCALE=CHINESE)"),
    ],
)  # fmt: skip
def test_a_rule_is_described_in_a_sentence(rule: str, sentence: str) -> None:
    assert Recurrence.parse(f"RRULE:{rule}").describe() == sentence


def test_a_rule_as_we_write_it_is_described() -> None:
    line = Recurrence.rule(WEEKLY, interval=2, by_week_day=[MO, WE], until=date(2027, 3, 3))
    assert (
        Recurrence.parse(line).describe()
        == "Every second week on Monday and Wednesday until 3 March 2027"
    )


def test_an_excluding_rule_is_an_exception() -> None:
    assert (
        Recurrence.parse("EXRULE:FREQ=WEEKLY;BYDAY=SU").describe() == "Except every week on Sunday"
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("RDATE;VALUE=DATE:20201121", "Also on 21 November 2020"),
        ("EXDATE;VALUE=DATE:20201121,20201122", "Except on 21 November 2020 and 22 November 2020"),
        ("RDATE;TZID=Europe/Prague:20201121T180000", "Also on 21 November 2020 at 18:00 (Europe/Prague)"),
        ("RDATE:20201121T170000Z", "Also on 21 November 2020 at 17:00 UTC"),
        ("RDATE;VALUE=PERIOD:20201121T170000Z/P1DT2H", "Also on 21 November 2020 at 17:00 UTC for 1 day and 2 hours"),
        ("RDATE;VALUE=PERIOD:20201121T170000Z/20201121T190000Z",
            "Also on 21 November 2020 at 17:00 UTC to 21 November 2020 at 19:00 UTC"),
        ("RDATE;VALUE=PERIOD:20201121T170000Z/P1WT1M5S",
            "Also on 21 November 2020 at 17:00 UTC for 1 week, 1 minute and 5 seconds"),
        ("RDATE;VALUE=PERIOD:20201121T170000Z/PT0S", "Also on 21 November 2020 at 17:00 UTC for no time"),
    ],
)  # fmt: skip
def test_dates_are_described(line: str, sentence: str) -> None:
    assert Recurrence.parse(line).describe() == sentence


def test_many_dates_are_only_counted() -> None:
    line = Recurrence.exclude_dates([date(2020, 11, day) for day in range(1, 21)])
    assert Recurrence.parse(line).describe().endswith("6 November 2020 and 14 more")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "Does not repeat"),
        (["RRULE:FREQ=WEEKLY;BYDAY=MO"], "Every week on Monday"),
        (
            ["RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE;TZID=Europe/Prague:20201123T180000"],
            "Every week on Monday, except on 23 November 2020 at 18:00 (Europe/Prague)",
        ),
        (
            ["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY;BYDAY=SU",
             "RDATE;VALUE=DATE:20201122", "EXDATE;VALUE=DATE:20201121"],
            "Every day, also on 22 November 2020, except every week on Sunday and on 21 November 2020",
        ),
        (["RRULE:FREQ=MONTHLY;BYDAY=1MO", "RRULE:FREQ=YEARLY"], "On the first Monday of every month; and every year"),
        (["RDATE;VALUE=DATE:20201122"], "Also on 22 November 2020"),
    ],
)  # fmt: skip
def test_a_whole_recurrence_is_described(lines: list[str], sentence: str) -> None:
    assert Recurrence.parse(lines).describe() == sentence


SOME = {"min_size": 1, "max_size": 4, "unique": True}


@settings(deadline=None)
@given(
    freq=st.sampled_from(
        ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    ),
    interval=st.none() | st.integers(1, 30),
    by=st.fixed_dictionaries(
        {},
        optional={
            "by_hour": st.lists(st.integers(0, 23), **SOME),
            "by_week_day": st.lists(st.sampled_from([MO, WE, WE(2), MO(-3)]), **SOME),
            "by_month_day": st.lists(st.integers(-31, -1), **SOME),
            "by_year_day": st.lists(st.integers(1, 366), **SOME),
            "by_week": st.lists(st.integers(1, 53), **SOME),
            "by_month": st.lists(st.integers(1, 12), **SOME),
        },
    ),
    until=st.none() | st.dates() | st.datetimes(),
)
def test_every_rule_has_a_sentence_without_codes(
    freq: str, interval: int | None, by: dict[str, list[int]], until: date | datetime | None
) -> None:
    sentence = Recurrence.parse(Recurrence.rule(freq, interval, until=until, **by)).describe()
    assert sentence[0].isupper()
    assert "  " not in sentence
    assert "BY" not in sentence
    assert "None" not in sentence
