from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from beautiful_date import Jan, Nov

from gcsa.recurrence import (
    DAILY,
    DEFAULT_WEEK_START,
    FR,
    FRIDAY,
    HOURLY,
    MO,
    MONDAY,
    MONTHLY,
    SA,
    SECONDLY,
    SU,
    SUNDAY,
    WE,
    WEEKLY,
    YEARLY,
    Duration,
    Recurrence,
)

EVENING = datetime(2020, 11, 21, 18)


def test_a_rule_without_arguments_is_daily_in_weeks_that_start_on_sunday() -> None:
    assert Recurrence.rule() == "RRULE:FREQ=DAILY;WKST=SU"


def test_frequencies_are_their_own_names() -> None:
    assert (SECONDLY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY) == (
        "SECONDLY",
        "HOURLY",
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
    )


def test_the_parts_of_a_rule_come_in_a_fixed_order() -> None:
    line = Recurrence.rule(
        freq=YEARLY,
        interval=2,
        until=datetime(2020, 11, 23, 10, 30),
        by_second=[0, 30],
        by_minute=[0, 15],
        by_hour=9,
        by_week_day=[MO, FR(-1)],
        by_month_day=[1, -1],
        by_year_day=[100, -366],
        by_week=[20, -53],
        by_month=[1, 12],
        by_set_pos=[1, -1],
        week_start=MONDAY,
    )
    assert line == (
        "RRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20201123T103000Z;BYSECOND=0,30;BYMINUTE=0,15;BYHOUR=9;"
        "BYDAY=MO,-1FR;BYMONTHDAY=1,-1;BYYEARDAY=100,-366;BYWEEKNO=20,-53;BYMONTH=1,12;BYSETPOS=1,-1;"
        "WKST=MO"
    )


def test_a_count_comes_where_until_would() -> None:
    assert Recurrence.rule(interval=3, count=5, by_hour=9) == (
        "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=5;BYHOUR=9;WKST=SU"
    )


def test_an_excluding_rule_differs_in_its_name_only() -> None:
    assert Recurrence.exclude_rule(WEEKLY, by_week_day=SA) == "EXRULE:FREQ=WEEKLY;BYDAY=SA;WKST=SU"


@pytest.mark.parametrize(
    ("until", "written"),
    [
        (datetime(2020, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=2))), "20201123T100000Z"),
        (datetime(2020, 11, 23, 12, 0, 5, 999), "20201123T120005Z"),
        (date(2020, 11, 23), "20201123"),
        (23 / Nov / 2020, "20201123"),
        ((23 / Nov / 2020)[12:30], "20201123T123000Z"),
    ],
)
def test_until_is_written_in_utc_and_a_day_as_a_day(until: date, written: str) -> None:
    assert Recurrence.rule(until=until) == f"RRULE:FREQ=DAILY;UNTIL={written};WKST=SU"


@pytest.mark.parametrize("days", [[SA, SU], (SA, SU), iter((SA, SU))])
def test_any_iterable_is_a_list(days: Any) -> None:
    assert Recurrence.rule(WEEKLY, by_week_day=days) == "RRULE:FREQ=WEEKLY;BYDAY=SA,SU;WKST=SU"


def test_an_empty_list_is_as_good_as_none() -> None:
    assert Recurrence.rule(by_hour=[], by_week_day=[]) == "RRULE:FREQ=DAILY;WKST=SU"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"freq": "OFTEN"},
            "freq must be one of SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, ",
        ),
        ({"interval": 0}, "interval must be 1 or more, got 0."),
        ({"count": -1}, "count must be 1 or more, got -1."),
        ({"count": 1, "until": EVENING}, "count and until cannot both be given."),
        ({"by_second": 61}, "by_second must be between 0 and 60, got 61."),
        ({"by_minute": [0, 60]}, "by_minute must be between 0 and 59, got 60."),
        ({"by_hour": -1}, "by_hour must be between 0 and 23, got -1."),
        (
            {"by_month_day": 0},
            "by_month_day must be between 1 and 31 or between -31 and -1, got 0.",
        ),
        (
            {"by_month_day": -32},
            "by_month_day must be between 1 and 31 or between -31 and -1, got -32.",
        ),
        (
            {"by_year_day": 367},
            "by_year_day must be between 1 and 366 or between -366 and -1, got 367.",
        ),
        ({"by_week": 54}, "by_week must be between 1 and 53 or between -53 and -1, got 54."),
        ({"by_month": 13}, "by_month must be between 1 and 12, got 13."),
        ({"by_month": -1}, "by_month must be between 1 and 12, got -1."),
        (
            {"by_set_pos": 367, "by_hour": 1},
            "by_set_pos must be between 1 and 366 or between -366 and -1, got 367.",
        ),
        ({"by_set_pos": 1}, "by_set_pos needs another by_… argument to choose from."),
    ],
)
def test_a_value_out_of_range_is_named_with_its_range(
    arguments: dict[str, Any], message: str
) -> None:
    for write in (Recurrence.rule, Recurrence.exclude_rule):
        with pytest.raises(ValueError, match="^" + re.escape(message)):
            write(**arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"freq": 1}, "freq must be one of the names of a frequency, such as DAILY, got 1."),
        ({"interval": "2"}, "interval must be an int, got '2'."),
        ({"interval": 2.5}, "interval must be an int, got 2.5."),
        ({"count": True}, "count must be an int, got True."),
        ({"until": "20201123"}, "until must be a date or a datetime, got '20201123'."),
        ({"by_hour": "9"}, "by_hour must be an int or ints, got '9'."),
        ({"by_hour": [9, None]}, "by_hour must be an int or ints, got None."),
        ({"by_hour": False}, "by_hour must be an int or ints, got False."),
        (
            {"by_week_day": "MO"},
            "by_week_day must be a week day or week days, such as MONDAY, got 'MO'.",
        ),
        (
            {"by_week_day": [MO, 1]},
            "by_week_day must be a week day or week days, such as MONDAY, got 1.",
        ),
        ({"week_start": 0}, "week_start must be a week day such as MONDAY, got 0."),
    ],
)
def test_a_value_of_another_type_is_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        Recurrence.rule(**arguments)
    assert str(caught.value) == message


def test_a_number_on_the_day_that_starts_the_week_does_not_matter() -> None:
    assert Recurrence.rule(week_start=MO(2)) == "RRULE:FREQ=DAILY;WKST=MO"


class TestDates:
    def test_days_are_written_as_days(self) -> None:
        days = [date(2020, 11, 21), date(2020, 11, 22)]
        assert Recurrence.dates(days) == "RDATE;VALUE=DATE:20201121,20201122"
        assert Recurrence.exclude_dates(days) == "EXDATE;VALUE=DATE:20201121,20201122"

    def test_a_single_day_needs_no_list(self) -> None:
        assert Recurrence.dates(date(2020, 11, 21)) == "RDATE;VALUE=DATE:20201121"

    def test_of_a_datetime_only_the_day_counts(self) -> None:
        assert Recurrence.dates([EVENING]) == "RDATE;VALUE=DATE:20201121"

    def test_beautiful_dates_are_dates(self) -> None:
        assert Recurrence.dates([5 / Jan / 2021]) == "RDATE;VALUE=DATE:20210105"

    def test_years_have_four_digits(self) -> None:
        assert Recurrence.dates(date(987, 1, 2)) == "RDATE;VALUE=DATE:09870102"

    @pytest.mark.parametrize("days", ["20201121", 20201121, [date(2020, 11, 21), None]])
    def test_anything_else_is_a_type_error(self, days: Any) -> None:
        with pytest.raises(TypeError, match=r"ds must be a date or dates, got "):
            Recurrence.dates(days)

    def test_no_days_are_an_error(self) -> None:
        with pytest.raises(ValueError, match="ds must hold at least one date"):
            Recurrence.exclude_dates([])


class TestTimes:
    def test_naive_times_are_wall_time_in_the_zone(self) -> None:
        assert (
            Recurrence.times(EVENING, "Europe/Prague") == "RDATE;TZID=Europe/Prague:20201121T180000"
        )
        assert Recurrence.exclude_times(
            [EVENING, EVENING + timedelta(days=1)], "Europe/Prague"
        ) == ("EXDATE;TZID=Europe/Prague:20201121T180000,20201122T180000")

    def test_aware_times_are_converted_to_the_zone(self) -> None:
        assert Recurrence.times(EVENING.replace(tzinfo=UTC), "Asia/Tokyo") == (
            "RDATE;TZID=Asia/Tokyo:20201122T030000"
        )

    def test_the_machines_zone_is_the_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Pacific/Fiji")
        assert Recurrence.times(EVENING) == "RDATE;TZID=Pacific/Fiji:20201121T180000"

    def test_beautiful_times_are_times(self) -> None:
        assert Recurrence.times([(21 / Nov / 2020)[18:00]], "Europe/Prague") == (
            "RDATE;TZID=Europe/Prague:20201121T180000"
        )

    @pytest.mark.parametrize("times", [date(2020, 11, 21), "20201121T180000", [EVENING, 5]])
    def test_anything_else_is_a_type_error(self, times: Any) -> None:
        with pytest.raises(TypeError, match=r"dts must be a datetime or datetimes, got "):
            Recurrence.times(times, "UTC")

    def test_no_times_are_an_error(self) -> None:
        with pytest.raises(ValueError, match="dts must hold at least one datetime"):
            Recurrence.times([], "UTC")

    @pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd", "Europe", "x" * 300])
    def test_an_unknown_zone_is_an_error(self, name: str) -> None:
        with pytest.raises(ValueError, match="There is no time zone "):
            Recurrence.times(EVENING, name)

    def test_a_zone_that_is_no_name_is_a_type_error(self) -> None:
        with pytest.raises(TypeError, match="timezone must be the name of a time zone, got "):
            Recurrence.times(EVENING, UTC)


class TestPeriods:
    def test_periods_are_written_in_utc(self) -> None:
        period = (EVENING, EVENING + timedelta(hours=2))
        assert Recurrence.periods(period, "Europe/Prague") == (
            "RDATE;VALUE=PERIOD:20201121T170000Z/20201121T190000Z"
        )
        assert Recurrence.exclude_periods([period], "Europe/Prague") == (
            "EXDATE;VALUE=PERIOD:20201121T170000Z/20201121T190000Z"
        )

    def test_a_period_may_have_a_length(self) -> None:
        assert Recurrence.periods([(EVENING, Duration(h=2)), (EVENING, Duration(w=1))], "UTC") == (
            "RDATE;VALUE=PERIOD:20201121T180000Z/PT2H,20201121T180000Z/P1W"
        )

    def test_two_periods_in_a_tuple_are_two_periods(self) -> None:
        period = (EVENING, Duration(h=2))
        assert Recurrence.periods((period, period), "UTC").count("/PT2H") == 2

    def test_a_period_that_ends_before_it_starts_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="A period must not end before it starts"):
            Recurrence.periods((EVENING, EVENING - timedelta(seconds=1)), "UTC")

    @pytest.mark.parametrize(
        ("periods", "message"),
        [
            (EVENING, "ps must be tuples of a start and an end or a Duration, got "),
            ([(EVENING,)], "ps must be tuples of a start and an end or a Duration, got "),
            ([(date(2020, 11, 21), EVENING)], "The start of a period must be a datetime, got "),
            ([(EVENING, 5)], "The end of a period must be a datetime or a Duration, got 5."),
        ],
    )
    def test_anything_else_is_a_type_error(self, periods: Any, message: str) -> None:
        with pytest.raises(TypeError) as caught:
            Recurrence.periods(periods, "UTC")
        assert str(caught.value).startswith(message)

    def test_no_periods_are_an_error(self) -> None:
        with pytest.raises(ValueError, match="ps must hold at least one period"):
            Recurrence.periods([], "UTC")


class TestWeekDays:
    def test_a_week_day_is_two_letters(self) -> None:
        assert str(SU) == "SU"
        assert SUNDAY is SU
        assert DEFAULT_WEEK_START is SUNDAY

    def test_a_week_day_can_be_counted(self) -> None:
        assert str(FR(-1)) == "-1FR"
        assert str(WE(2)) == "2WE"
        assert repr(FR(-1)) == "<WeekDay -1FR>"

    def test_counting_a_counted_day_counts_the_day(self) -> None:
        assert FR(2)(-1) == FRIDAY(-1)

    def test_week_days_compare_by_value(self) -> None:
        assert FR(2) == FRIDAY(2)
        assert FR(2) != FR
        assert {FR(2): 1}[FRIDAY(2)] == 1

    @pytest.mark.parametrize("number", [0, 54, -54])
    def test_its_number_has_a_range(self, number: int) -> None:
        with pytest.raises(ValueError, match="must be between 1 and 53 or between -53 and -1"):
            FR(number)

    def test_its_number_is_an_int(self) -> None:
        with pytest.raises(TypeError, match="must be an int, got str"):
            FR("1")


class TestDurations:
    @pytest.mark.parametrize(
        ("duration", "written"),
        [
            (Duration(d=1, h=2), "P1DT2H"),
            (Duration(w=2), "P2W"),
            (Duration(m=90), "PT90M"),
            (Duration(d=3), "P3D"),
            (Duration(d=1, h=2, m=3, s=4), "P1DT2H3M4S"),
            # RFC 5545, 3.3.6: weeks stand alone, and there are no seconds of hours without minutes.
            (Duration(w=1, d=2), "P9D"),
            (Duration(h=1, s=5), "PT1H0M5S"),
            (Duration(), "PT0S"),
            (Duration(h=0), "PT0S"),
        ],
    )
    def test_a_duration_is_written_as_icalendar_does(
        self, duration: Duration, written: str
    ) -> None:
        assert str(duration) == written
        assert Duration.parse(written).to_timedelta() == duration.to_timedelta()

    def test_a_duration_can_be_added_to_a_time(self) -> None:
        assert EVENING + Duration(w=1, h=2, s=3).to_timedelta() == datetime(2020, 11, 28, 20, 0, 3)

    def test_a_negative_part_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="h of a Duration must be 0 or more, got -1"):
            Duration(h=-1)

    @pytest.mark.parametrize("value", ["1", 1.5, True])
    def test_a_part_that_is_no_whole_number_is_a_type_error(self, value: Any) -> None:
        with pytest.raises(TypeError, match="d of a Duration must be an int, got "):
            Duration(d=value)

    @pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "1D", "P-1D", "P1H", "PT1D", "P1.5D"])
    def test_what_is_no_duration_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="is not a duration, such as 'PT1H30M'"):
            Duration.parse(text)
