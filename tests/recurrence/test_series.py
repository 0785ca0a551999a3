from __future__ import annotations

import time as clock
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from beautiful_date import Mar
from dateutil.tz import tzrange

from gcsa.recurrence import DAILY, FR, MO, WE, WEEKLY, Recurrence, Series

PRAGUE = ZoneInfo("Europe/Prague")
MONDAY_NINE = datetime(2026, 3, 2, 9)


def march(*days: int) -> list[date]:
    return [date(2026, 3, day) for day in days]


def all_day(*lines: str, start: date = date(2026, 3, 2)) -> Series:
    return Series(lines, start)


def timed(*lines: str, start: datetime = MONDAY_NINE, timezone: str = "Europe/Prague") -> Series:
    return Series(lines, start, timezone)


def times(series: Series) -> list[str]:
    return [occurrence.isoformat() for occurrence in series]


class TestWhatAnOccurrenceIs:
    def test_an_all_day_series_has_dates(self) -> None:
        found = list(all_day("RRULE:FREQ=DAILY;COUNT=3"))
        assert found == march(2, 3, 4)
        assert {type(day) for day in found} == {date}

    def test_a_series_with_a_time_has_aware_times_in_its_zone(self) -> None:
        [first, second] = timed("RRULE:FREQ=DAILY;COUNT=2")
        assert (first, second) == (
            MONDAY_NINE.replace(tzinfo=PRAGUE),
            datetime(2026, 3, 3, 9, tzinfo=PRAGUE),
        )
        assert isinstance(first, datetime)
        assert first.tzinfo is PRAGUE

    def test_an_aware_start_is_taken_into_the_zone(self) -> None:
        series = Series(
            "RRULE:FREQ=DAILY;COUNT=2", datetime(2026, 3, 2, 8, tzinfo=UTC), "Europe/Prague"
        )
        assert times(series) == ["2026-03-02T09:00:00+01:00", "2026-03-03T09:00:00+01:00"]

    def test_an_aware_start_brings_its_zone(self) -> None:
        series = Series("RRULE:FREQ=DAILY;COUNT=2", datetime(2026, 3, 28, 9, tzinfo=PRAGUE))
        assert times(series) == ["2026-03-28T09:00:00+01:00", "2026-03-29T09:00:00+02:00"]

    def test_a_start_with_an_offset_only_stays_at_that_offset(self) -> None:
        start = datetime(2026, 3, 28, 9, tzinfo=timezone(timedelta(hours=1)))
        assert times(Series("RRULE:FREQ=DAILY;COUNT=2", start)) == [
            "2026-03-28T09:00:00+01:00",
            "2026-03-29T09:00:00+01:00",
        ]

    def test_a_zone_of_pytz_is_the_zone_of_that_name(self) -> None:
        class PytzLike(timezone.__base__):
            zone = "Europe/Prague"

        series = Series("RRULE:FREQ=DAILY;COUNT=1", MONDAY_NINE, PytzLike())
        assert times(series) == ["2026-03-02T09:00:00+01:00"]

    @pytest.mark.parametrize("make", [Series, Series.of])
    def test_a_zone_of_dateutil_which_cannot_be_hashed_will_do(self, make: Any) -> None:
        zone = tzrange("EST", -18_000, "EDT")
        series = make("RRULE:FREQ=DAILY;COUNT=2", datetime(2026, 3, 7, 10, tzinfo=zone))
        assert times(series) == ["2026-03-07T10:00:00-05:00", "2026-03-08T10:00:00-05:00"]

    def test_beautiful_dates_are_dates(self) -> None:
        assert list(Series("RRULE:FREQ=DAILY;COUNT=2", 2 / Mar / 2026)) == march(2, 3)
        assert times(
            Series("RRULE:FREQ=DAILY;COUNT=1", (2 / Mar / 2026)[9:00], "Europe/Prague")
        ) == ["2026-03-02T09:00:00+01:00"]

    def test_microseconds_of_the_start_do_not_count(self) -> None:
        series = timed("RRULE:FREQ=DAILY;COUNT=1", start=MONDAY_NINE.replace(microsecond=5))
        assert times(series) == ["2026-03-02T09:00:00+01:00"]


class TestTheStart:
    def test_a_start_that_the_rule_does_not_match_is_an_occurrence_beside_its_count(self) -> None:
        # https://github.com/fmeringdal/rust-rrule/issues/119: Thursday, then three Wednesdays.
        series = Series(
            "RRULE:FREQ=WEEKLY;COUNT=3;INTERVAL=1;BYDAY=WE",
            datetime(2024, 5, 30, 20),
            "Europe/Berlin",
        )
        assert [occurrence.day for occurrence in series] == [30, 5, 12, 19]

    def test_a_start_that_the_rule_matches_is_counted(self) -> None:
        assert list(all_day("RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO")) == march(2, 9)

    def test_a_start_without_a_rule_is_an_occurrence(self) -> None:
        assert list(all_day()) == march(2)
        assert list(all_day("RDATE;VALUE=DATE:20260305")) == march(2, 5)

    def test_a_start_after_the_end_of_the_rule_is_an_occurrence(self) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;UNTIL=20260101")) == march(2)

    def test_a_start_can_be_excluded(self) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20260302")) == march(3)

    def test_nothing_of_the_first_week_comes_before_the_start(self) -> None:
        series = all_day("RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=3", start=date(2026, 3, 4))
        assert list(series) == march(4, 6, 9)


class TestEnds:
    def test_count_counts_occurrences_that_are_excluded_later(self) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260303")) == march(
            2, 4
        )

    @pytest.mark.parametrize("until", ["20260304T080000Z", "20260304T090000", "20260304T120000Z"])
    def test_until_includes_its_moment(self, until: str) -> None:
        series = timed(f"RRULE:FREQ=DAILY;UNTIL={until}")
        assert [occurrence.day for occurrence in series] == [2, 3, 4]

    def test_until_a_second_before_an_occurrence_excludes_it(self) -> None:
        # So does Google end a series: https://stackoverflow.com/questions/41572339
        series = timed("RRULE:FREQ=DAILY;UNTIL=20260304T075959Z")
        assert [occurrence.day for occurrence in series] == [2, 3]

    def test_until_a_day_includes_the_day_of_an_all_day_series(self) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;UNTIL=20260304")) == march(2, 3, 4)
        assert list(all_day("RRULE:FREQ=DAILY;UNTIL=20260304T000000Z")) == march(2, 3, 4)

    def test_until_a_day_means_midnight_utc_in_a_series_with_a_time(self) -> None:
        series = timed("RRULE:FREQ=DAILY;UNTIL=20260304")
        assert [occurrence.day for occurrence in series] == [2, 3]

    def test_a_rule_may_have_both_ends_and_the_earlier_one_wins(self) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260309")) == march(2, 3)
        assert list(all_day("RRULE:FREQ=DAILY;COUNT=9;UNTIL=20260303")) == march(2, 3)

    def test_the_last_of_a_series_without_end_is_none(self) -> None:
        assert timed("RRULE:FREQ=DAILY").last() is None
        assert timed("RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=MONTHLY;BYDAY=1MO").last() is None

    @pytest.mark.parametrize(
        ("lines", "last"),
        [
            (["RRULE:FREQ=DAILY;COUNT=3650"], date(2036, 2, 27)),
            (["RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=10"], date(2026, 12, 25)),
            (["RRULE:FREQ=YEARLY;UNTIL=21990101"], date(2198, 3, 2)),
            (["RRULE:FREQ=YEARLY;UNTIL=20270101"], date(2026, 3, 2)),
            (["RRULE:FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20260401", "EXDATE;VALUE=DATE:20260330"], date(2026, 3, 27)),
            (["RRULE:FREQ=DAILY;COUNT=2", "RDATE;VALUE=DATE:20270101"], date(2027, 1, 1)),
            (["RRULE:FREQ=DAILY;UNTIL=20260320", "EXRULE:FREQ=DAILY;BYMONTHDAY=18,19,20"], date(2026, 3, 17)),
            ([], date(2026, 3, 2)),
        ],
    )  # fmt: skip
    def test_the_last_of_a_series_is_its_last_occurrence(
        self, lines: list[str], last: date
    ) -> None:
        assert all_day(*lines).last() == last

    def test_a_series_of_which_nothing_is_left_has_no_first_and_no_last(self) -> None:
        series = all_day("RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20260302,20260303")
        assert (series.first(), series.last(), list(series)) == (None, None, [])


class TestDates:
    def test_dates_are_added_in_order_and_only_once(self) -> None:
        series = all_day(
            "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=3", "RDATE;VALUE=DATE:20260306,20260305,20260306"
        )
        assert list(series) == march(2, 5, 6, 8)

    def test_two_rules_are_merged(self) -> None:
        lines = ("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4")
        assert list(all_day(*lines)) == march(2, 3, 9, 10)

    def test_a_date_of_another_zone_is_the_same_moment(self) -> None:
        lines = ("RDATE;TZID=America/New_York:20260305T100000", "RDATE:20260306T100000Z")
        assert times(timed(*lines)) == [
            "2026-03-02T09:00:00+01:00",
            "2026-03-05T16:00:00+01:00",
            "2026-03-06T11:00:00+01:00",
        ]

    def test_a_date_without_a_zone_is_in_the_series_zone(self) -> None:
        assert times(timed("RDATE:20260305T100000"))[1] == "2026-03-05T10:00:00+01:00"

    def test_a_date_may_come_before_the_start(self) -> None:
        series = all_day("RDATE;VALUE=DATE:20260101")
        assert list(series) == [date(2026, 1, 1), date(2026, 3, 2)]
        assert series.first() == date(2026, 1, 1)

    def test_of_a_period_its_start_counts(self) -> None:
        assert times(timed("RDATE;VALUE=PERIOD:20260305T090000Z/PT3H")) == [
            "2026-03-02T09:00:00+01:00",
            "2026-03-05T10:00:00+01:00",
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "EXDATE;TZID=Europe/Prague:20260303T090000",
            "EXDATE:20260303T080000Z",
            "EXDATE:20260303T090000",
            "EXDATE;TZID=America/New_York:20260303T030000",
            "EXDATE;VALUE=PERIOD:20260303T080000Z/PT1H",
        ],
    )
    def test_an_excluded_time_is_a_moment_in_whatever_zone(self, line: str) -> None:
        series = timed("RRULE:FREQ=DAILY;COUNT=3", line)
        assert [occurrence.day for occurrence in series] == [2, 4]

    def test_an_excluded_time_takes_nothing_else_away(self) -> None:
        series = timed("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Prague:20260303T090001")
        assert [occurrence.day for occurrence in series] == [2, 3, 4]

    def test_an_excluded_day_takes_nothing_away_from_a_series_with_a_time(self) -> None:
        # https://stackoverflow.com/questions/25171709
        series = timed("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260303")
        assert [occurrence.day for occurrence in series] == [2, 3, 4]

    def test_a_day_added_to_a_series_with_a_time_is_midnight_utc(self) -> None:
        # https://github.com/yuhong90/node-google-calendar/issues/31: 17:00 in Los Angeles.
        series = Series(
            "RDATE;VALUE=DATE:20190408", datetime(2019, 4, 6, 19), "America/Los_Angeles"
        )
        assert times(series) == ["2019-04-06T19:00:00-07:00", "2019-04-07T17:00:00-07:00"]

    @pytest.mark.parametrize(
        "line", ["EXDATE:20260303T000000", "EXDATE;TZID=Asia/Tokyo:20260303T100000"]
    )
    def test_of_a_time_excluded_from_an_all_day_series_the_day_counts(self, line: str) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;COUNT=3", line)) == march(2, 4)

    def test_an_excluding_rule_takes_away_what_it_matches(self) -> None:
        series = timed(
            Recurrence.rule(DAILY, count=7), Recurrence.exclude_rule(WEEKLY, by_week_day=[WE, FR])
        )
        assert [occurrence.day for occurrence in series] == [2, 3, 5, 7, 8]

    def test_an_excluding_rule_ends_too(self) -> None:
        assert list(all_day("RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;COUNT=2")) == march(4, 5)
        assert list(
            all_day("RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;UNTIL=20260304")
        ) == march(5)

    def test_an_excluding_rule_begins_at_the_start(self) -> None:
        lines = ("RDATE;VALUE=DATE:20260223", "EXRULE:FREQ=WEEKLY;BYDAY=MO")
        assert list(all_day(*lines)) == [date(2026, 2, 23)]
        lines = ("RDATE;VALUE=DATE:20260202", "EXRULE:FREQ=MONTHLY;BYMONTHDAY=2")
        assert list(all_day(*lines)) == [date(2026, 2, 2)]

    def test_an_excluding_rule_of_every_second_costs_little_and_takes_all_away(self) -> None:
        series = timed("RRULE:FREQ=DAILY", "EXRULE:FREQ=SECONDLY;BYHOUR=9")
        assert list(series.between(date(2030, 1, 1), date(2030, 1, 8))) == []

    def test_exclusion_wins_over_an_added_date(self) -> None:
        assert list(all_day("RDATE;VALUE=DATE:20260305", "EXDATE;VALUE=DATE:20260305")) == march(2)


class TestWindows:
    def test_a_window_includes_its_start_and_excludes_its_end(self) -> None:
        series = timed("RRULE:FREQ=DAILY")
        found = series.between(datetime(2026, 3, 4, 9), datetime(2026, 3, 6, 9))
        assert [occurrence.day for occurrence in found] == [4, 5]

    def test_an_all_day_window_includes_its_first_day_and_excludes_its_last(self) -> None:
        assert list(
            all_day("RRULE:FREQ=DAILY").between(date(2026, 3, 4), date(2026, 3, 6))
        ) == march(4, 5)

    def test_dates_limit_a_window_at_midnight_in_the_zone(self) -> None:
        series = timed("RRULE:FREQ=DAILY", start=datetime(2026, 3, 2, 0, 0))
        found = series.between(date(2026, 3, 4), date(2026, 3, 6))
        assert [occurrence.day for occurrence in found] == [4, 5]

    def test_aware_times_limit_a_window_as_moments(self) -> None:
        series = timed("RRULE:FREQ=DAILY")
        found = series.between(
            datetime(2026, 3, 4, 8, tzinfo=UTC), datetime(2026, 3, 6, 8, 0, 1, tzinfo=UTC)
        )
        assert [occurrence.day for occurrence in found] == [4, 5, 6]

    def test_the_days_of_an_all_day_series_start_at_midnight_of_a_times_own_zone(self) -> None:
        series = all_day("RRULE:FREQ=DAILY")
        tokyo = ZoneInfo("Asia/Tokyo")
        found = series.between(
            datetime(2026, 3, 4, 0, 0, tzinfo=tokyo), datetime(2026, 3, 5, 0, 0, 1, tzinfo=tokyo)
        )
        assert list(found) == march(4, 5)

    def test_a_window_may_be_open(self) -> None:
        series = timed("RRULE:FREQ=DAILY")
        assert [occurrence.day for occurrence in series.between(before=date(2026, 3, 4))] == [2, 3]
        assert next(iter(series.between(after=date(2030, 1, 1)))).year == 2030
        assert len(list(islice(series, 5))) == 5

    def test_a_window_before_the_start_or_inside_out_is_empty(self) -> None:
        series = timed("RRULE:FREQ=DAILY")
        assert list(series.between(date(2020, 1, 1), date(2020, 2, 1))) == []
        assert list(series.between(date(2026, 4, 2), date(2026, 4, 1))) == []

    def test_the_first_moments_of_the_calendar_and_the_last_are_good_limits(self) -> None:
        series = timed("RRULE:FREQ=WEEKLY;INTERVAL=520", timezone="Pacific/Kiritimati")
        everything = list(series)
        assert len(everything) == 801
        assert list(series.between(datetime.min, datetime.max)) == everything
        aware = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
        assert list(series.between(*aware)) == everything

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
    @pytest.mark.parametrize(
        "rule", ["FREQ=DAILY", "FREQ=DAILY;BYMONTH=12", "FREQ=WEEKLY;BYDAY=FR,SU"]
    )
    def test_a_series_runs_out_with_the_calendar(self, zone: str, rule: str) -> None:
        series = timed("RRULE:" + rule, start=datetime(9998, 12, 20, 12), timezone=zone)
        last = list(series)[-1]
        assert (last.year, last.month) == (9999, 12)

    def test_an_occurrence_is_in_the_series(self) -> None:
        series = timed("RRULE:FREQ=DAILY", "EXDATE:20260303T080000Z")
        assert datetime(2026, 3, 4, 9) in series
        assert datetime(2026, 3, 4, 8, tzinfo=UTC) in series
        assert datetime(2026, 3, 4, 9, 1) not in series
        assert datetime(2026, 3, 3, 9) not in series
        assert date(2026, 3, 4) in all_day("RRULE:FREQ=DAILY")
        assert "2026-03-04" not in series


class TestRules:
    def test_weeks_start_on_monday_unless_the_rule_says_otherwise(self) -> None:
        # RFC 5545, 3.8.5.3: the example where WKST makes a difference.
        start = date(1997, 8, 5)
        line = "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU"
        monday = [date(1997, 8, 5), date(1997, 8, 10), date(1997, 8, 19), date(1997, 8, 24)]
        sunday = [date(1997, 8, 5), date(1997, 8, 17), date(1997, 8, 19), date(1997, 8, 31)]
        assert list(all_day(line, start=start)) == monday
        assert list(all_day(line + ";WKST=MO", start=start)) == monday
        assert list(all_day(line + ";WKST=SU", start=start)) == sunday

    @pytest.mark.parametrize(
        ("rule", "start", "days"),
        [
            # RFC 5545, 3.8.5.3
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-13", ["1997-09-13", "1998-02-13", "1998-03-13"]),
            ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", ["1997-09-04", "1997-10-07", "1997-11-06"]),
            ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", ["1997-05-19", "1998-05-18", "1999-05-17"]),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", ["1997-05-12", "1998-05-11", "1999-05-17"]),
            ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", ["2007-01-15", "2007-01-30", "2007-02-15"]),
            # Months without the day are left out (RFC 5545, 3.3.10).
            ("FREQ=MONTHLY", "2026-01-31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
            ("FREQ=YEARLY", "2024-02-29", ["2024-02-29", "2028-02-29", "2032-02-29"]),
            ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2", "2023-02-28", ["2023-02-28", "2025-02-28", "2027-02-28"]),
            ("FREQ=MONTHLY;INTERVAL=12", "2024-02-29", ["2024-02-29", "2028-02-29", "2032-02-29"]),
            ("FREQ=DAILY;BYHOUR=9,17", "2026-03-02", ["2026-03-02", "2026-03-03", "2026-03-04"]),
        ],
    )  # fmt: skip
    def test_a_rule_means_what_rfc_5545_says(self, rule: str, start: str, days: list[str]) -> None:
        series = all_day(f"RRULE:{rule}", start=date.fromisoformat(start))
        assert [day.isoformat() for day in islice(series, 3)] == days

    def test_a_day_of_the_week_and_a_counted_one_are_either_or(self) -> None:
        series = all_day("RRULE:FREQ=MONTHLY;BYDAY=MO,-1FR", start=date(2026, 3, 2))
        assert list(islice(series, 6)) == march(2, 9, 16, 23, 27, 30)

    def test_the_twentieth_monday_of_a_month_never_comes(self) -> None:
        series = all_day("RRULE:FREQ=MONTHLY;BYDAY=20MO,1TU")
        assert list(islice(series, 2)) == march(2, 3)
        assert list(all_day("RRULE:FREQ=MONTHLY;BYDAY=20MO")) == march(2)

    def test_a_leap_second_is_the_second_before(self) -> None:
        series = timed("RRULE:FREQ=DAILY;BYSECOND=60;COUNT=1")
        assert times(series)[1] == "2026-03-02T09:00:59+01:00"

    def test_every_second_day_if_it_is_one_of_some_week_days(self) -> None:
        series = all_day("RRULE:FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU")
        assert list(islice(series, 4)) == march(2, 10, 16, 24)

    def test_a_day_of_the_year_says_all(self) -> None:
        series = all_day("RRULE:FREQ=YEARLY;BYYEARDAY=100;COUNT=1")
        assert list(series) == [date(2026, 3, 2), date(2026, 4, 10)]

    def test_a_week_of_the_year_is_all_its_days(self) -> None:
        series = all_day("RRULE:FREQ=YEARLY;BYWEEKNO=11;COUNT=7;WKST=MO")
        assert list(series) == march(2, 9, 10, 11, 12, 13, 14, 15)

    def test_several_seconds_of_a_minute(self) -> None:
        series = timed("RRULE:FREQ=DAILY;BYSECOND=0,10,20;COUNT=4")
        window = series.between(datetime(2026, 3, 2), datetime(2026, 3, 4))
        assert [f"{time:%d %S}" for time in window] == ["02 00", "02 10", "02 20", "03 00"]

    def test_every_so_many_seconds_from_within_a_minute(self) -> None:
        start = datetime(2026, 3, 2, 9, 0, 40)
        series = timed("RRULE:FREQ=SECONDLY;INTERVAL=50;BYMONTH=3", start=start)
        window = series.between(datetime(2026, 3, 3, 9), datetime(2026, 3, 3, 9, 2))
        assert [f"{time:%H:%M:%S}" for time in window] == ["09:00:40", "09:01:30"]

    def test_several_times_a_day(self) -> None:
        series = timed("RRULE:FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;COUNT=4")
        assert [f"{time:%H:%M}" for time in series] == ["09:00", "09:30", "17:00", "17:30"]

    def test_every_second_hour_during_work(self) -> None:
        series = timed("RRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=9,10,11,12,13;BYDAY=MO,WE;COUNT=4")
        assert [f"{time:%d %H}" for time in series] == ["02 09", "02 11", "02 13", "04 09"]

    def test_gregorian_is_the_calendar_that_is_meant_anyway(self) -> None:
        # RFC 7529
        assert list(all_day("RRULE:RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT;X-A=b;COUNT=2")) == march(
            2, 3
        )

    @pytest.mark.parametrize("part", ["RSCALE=CHINESE", "SKIP=FORWARD", "BYEASTER=0"])
    def test_a_part_that_changes_the_meaning_is_not_ignored(self, part: str) -> None:
        with pytest.raises(
            ValueError, match=f"{part} in 'RRULE:FREQ=DAILY;{part}' cannot be expanded"
        ):
            all_day(f"RRULE:FREQ=DAILY;{part}")


class TestArguments:
    def test_a_naive_start_needs_a_zone(self) -> None:
        with pytest.raises(ValueError, match="A series with a naive start needs a timezone"):
            Series("RRULE:FREQ=DAILY", MONDAY_NINE)

    def test_an_unknown_zone_is_named(self) -> None:
        with pytest.raises(ValueError, match="There is no time zone 'Europe/Atlantis'"):
            timed("RRULE:FREQ=DAILY", timezone="Europe/Atlantis")
        with pytest.raises(ValueError, match="There is no time zone 'Mars'"):
            timed("EXDATE;TZID=Mars:20260303T090000")

    @pytest.mark.parametrize("start", ["2026-03-02", None, 5])
    def test_a_start_of_another_type_is_a_type_error(self, start: Any) -> None:
        for make in (Series, Series.of):
            with pytest.raises(
                TypeError, match="The start of a series must be a date or a datetime"
            ):
                make("RRULE:FREQ=DAILY", start)

    @pytest.mark.parametrize("start", [date(1, 1, 1), date(9999, 1, 1), datetime.max, datetime.min])
    def test_a_start_at_the_edge_of_the_calendar_is_out_of_range(self, start: date) -> None:
        for make in (Series, Series.of):
            with pytest.raises(ValueError, match="must be in the years 2 to 9998"):
                make("RRULE:FREQ=DAILY", start, "UTC")

    def test_an_all_day_series_cannot_repeat_by_the_hour(self) -> None:
        with pytest.raises(
            ValueError, match="FREQ=HOURLY in 'RRULE:FREQ=HOURLY' needs a start with a time"
        ):
            all_day("RRULE:FREQ=HOURLY")

    def test_a_line_that_cannot_be_read_is_named(self) -> None:
        with pytest.raises(ValueError, match="FREQ=OFTEN in 'RRULE:FREQ=OFTEN'"):
            all_day("RRULE:FREQ=OFTEN")

    def test_a_line_that_is_no_text_is_a_type_error(self) -> None:
        for make in (Series, Series.of):
            with pytest.raises(TypeError):
                make([5], date(2026, 3, 2))


class TestRememberedSeries:
    def test_the_same_series_is_made_once(self) -> None:
        first = Series.of(["RRULE:FREQ=DAILY"], MONDAY_NINE, "Europe/Prague")
        assert Series.of(iter(["RRULE:FREQ=DAILY"]), MONDAY_NINE, PRAGUE) is first
        assert (
            Series.of("RRULE:FREQ=DAILY", datetime(2026, 3, 2, 8, tzinfo=UTC), "Europe/Prague")
            is first
        )

    def test_equal_starts_in_two_zones_are_two_series(self) -> None:
        here = Series.of("RRULE:FREQ=DAILY;COUNT=1", MONDAY_NINE.replace(tzinfo=PRAGUE))
        there = Series.of("RRULE:FREQ=DAILY;COUNT=1", datetime(2026, 3, 2, 8, tzinfo=UTC))
        assert times(here) == ["2026-03-02T09:00:00+01:00"]
        assert times(there) == ["2026-03-02T08:00:00+00:00"]

    def test_the_two_same_times_of_an_autumn_night_are_two_series(self) -> None:
        night = datetime(2026, 10, 25, 2, 30, tzinfo=PRAGUE)
        first, second = (
            Series.of("RRULE:FREQ=DAILY;COUNT=1", night.replace(fold=n)) for n in (0, 1)
        )
        assert times(first) == ["2026-10-25T02:30:00+02:00"]
        assert times(second) == ["2026-10-25T02:30:00+01:00"]

    def test_a_day_and_its_midnight_are_two_series(self) -> None:
        assert Series.of("RRULE:FREQ=DAILY;COUNT=1", date(2026, 3, 2)).first() == date(2026, 3, 2)
        midnight = Series.of("RRULE:FREQ=DAILY;COUNT=1", datetime(2026, 3, 2), UTC)
        assert midnight.first() == datetime(2026, 3, 2, tzinfo=UTC)

    def test_long_lines_are_not_kept(self) -> None:
        line = Recurrence.exclude_dates([date(2026, 3, 2) + timedelta(days=n) for n in range(200)])
        series = Series.of([line], date(2026, 3, 1))
        assert Series.of([line], date(2026, 3, 1)) is not series
        assert list(series) == march(1)


def test_fridays_are_fridays() -> None:
    series = all_day(Recurrence.rule(WEEKLY, by_week_day=[MO, FR]), start=date(2026, 3, 2))
    assert {day.weekday() for day in islice(series, 500)} == {0, 4}


def test_the_machines_zone_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    clock.tzset()
    try:
        series = timed("RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260303T080000Z")
        assert times(series) == ["2026-03-02T09:00:00+01:00"]
    finally:
        monkeypatch.undo()
        clock.tzset()


@pytest.mark.parametrize("name", ["UTC", "Z"])
def test_utc_has_two_names(name: str) -> None:
    series = timed("RRULE:FREQ=DAILY;COUNT=1", timezone=name)
    assert times(series) == ["2026-03-02T09:00:00+00:00"]
