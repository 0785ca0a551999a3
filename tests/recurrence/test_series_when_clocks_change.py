"""What a series does when the clocks change, each case after the real one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from gcsa.recurrence import Series


def times(rule: str, start: str, zone: str, *lines: str, days: int | None = None) -> list[str]:
    first = datetime.fromisoformat(start)
    series = Series([f"RRULE:{rule}", *lines], first, zone)
    window = series.between(first, first + timedelta(days=days)) if days else series
    return [f"{time:%Y-%m-%d %H:%M} {time:%z}" for time in window]


def test_a_weekly_meeting_in_prague_stays_at_nine_across_october() -> None:
    assert times("FREQ=WEEKLY;COUNT=3", "2026-10-19 09:00", "Europe/Prague") == [
        "2026-10-19 09:00 +0200",
        "2026-10-26 09:00 +0100",
        "2026-11-02 09:00 +0100",
    ]


def test_a_daily_reminder_in_new_york_at_a_time_that_does_not_exist_comes_an_hour_later() -> None:
    assert times("FREQ=DAILY;COUNT=3", "2026-03-07 02:30", "America/New_York") == [
        "2026-03-07 02:30 -0500",
        "2026-03-08 03:30 -0400",
        "2026-03-09 02:30 -0400",
    ]


def test_a_time_that_new_york_has_twice_is_its_first() -> None:
    # RFC 5545, 3.3.5: TZID=America/New_York:20071104T013000 is 1:30 A.M. EDT.
    assert times("FREQ=DAILY;COUNT=3", "2007-11-03 01:30", "America/New_York") == [
        "2007-11-03 01:30 -0400",
        "2007-11-04 01:30 -0400",
        "2007-11-05 01:30 -0500",
    ]


def test_a_start_at_the_second_of_two_equal_times_is_kept_and_its_first_is_not_added() -> None:
    start = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Prague"))
    series = Series("RRULE:FREQ=DAILY;COUNT=2", start)
    assert [time.isoformat() for time in series] == [
        "2026-10-25T02:30:00+01:00",
        "2026-10-26T02:30:00+01:00",
    ]


def test_a_series_that_starts_at_a_time_that_does_not_exist_keeps_that_time_later() -> None:
    assert times("FREQ=WEEKLY;COUNT=2", "2026-03-29 02:30", "Europe/Prague") == [
        "2026-03-29 03:30 +0200",
        "2026-04-05 02:30 +0200",
    ]


def test_santiago_moves_its_clocks_at_midnight_and_the_day_begins_at_one() -> None:
    # On the southern hemisphere spring is in September.
    assert times("FREQ=DAILY;COUNT=3", "2026-09-05 00:00", "America/Santiago") == [
        "2026-09-05 00:00 -0400",
        "2026-09-06 01:00 -0300",
        "2026-09-07 00:00 -0300",
    ]


def test_days_in_santiago_are_days_also_when_one_begins_at_one() -> None:
    series = Series("RRULE:FREQ=DAILY;COUNT=3", date(2026, 9, 5))
    assert [day.day for day in series] == [5, 6, 7]


def test_a_window_of_days_in_santiago_begins_when_the_day_begins() -> None:
    series = Series("RRULE:FREQ=DAILY", datetime(2026, 9, 1, 0, 0), "America/Santiago")
    found = list(series.between(date(2026, 9, 6), date(2026, 9, 7)))
    assert [time.isoformat() for time in found] == ["2026-09-06T01:00:00-03:00"]


def test_lord_howe_moves_its_clocks_by_half_an_hour() -> None:
    assert times("FREQ=DAILY;COUNT=3", "2026-10-03 02:15", "Australia/Lord_Howe") == [
        "2026-10-03 02:15 +1030",
        "2026-10-04 02:45 +1100",
        "2026-10-05 02:15 +1100",
    ]


def test_samoa_left_out_a_day_and_its_meeting_fell_on_the_next_where_it_counts_once() -> None:
    assert times("FREQ=DAILY;COUNT=4", "2011-12-28 10:00", "Pacific/Apia") == [
        "2011-12-28 10:00 -1000",
        "2011-12-29 10:00 -1000",
        "2011-12-31 10:00 +1400",
    ]


def test_ramadan_in_morocco_has_two_changes_in_a_month() -> None:
    found = times("FREQ=WEEKLY;COUNT=8", "2026-02-08 09:00", "Africa/Casablanca")
    assert [time[-5:] for time in found] == ["+0100", *["+0000"] * 5, "+0100", "+0100"]
    assert {time[11:16] for time in found} == {"09:00"}


def test_skipped_times_come_out_in_order_among_the_times_that_follow() -> None:
    found = times(
        "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,45", "2026-03-29 00:15", "Europe/Prague", days=1
    )
    # 02:15 and 02:45 become 03:15 and 03:45, which are there already.
    assert found == ["2026-03-29 00:15 +0100", "2026-03-29 03:15 +0200", "2026-03-29 03:45 +0200"]
    mixed = times("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=10,40;BYSECOND=0", "2026-03-29 02:10", "Europe/Prague",
                  "EXDATE;TZID=Europe/Prague:20260329T034000", days=1)  # fmt: skip
    assert mixed == ["2026-03-29 03:10 +0200"]


def test_skipped_times_between_other_times_are_sorted_in() -> None:
    found = times("FREQ=MINUTELY;INTERVAL=40", "2026-03-29 01:30", "Europe/Prague", days=1)[:5]
    assert found == [
        "2026-03-29 01:30 +0100",
        "2026-03-29 03:10 +0200",
        "2026-03-29 03:30 +0200",
        "2026-03-29 03:50 +0200",
        "2026-03-29 04:10 +0200",
    ]


def test_excluding_a_time_that_does_not_exist_excludes_what_becomes_of_it() -> None:
    found = times("FREQ=DAILY;COUNT=3", "2026-03-28 02:30", "Europe/Prague",
                  "EXDATE;TZID=Europe/Prague:20260329T023000")  # fmt: skip
    assert [time[:10] for time in found] == ["2026-03-28", "2026-03-30"]
    found = times(
        "FREQ=DAILY;COUNT=3", "2026-03-28 02:30", "Europe/Prague", "EXRULE:FREQ=WEEKLY;BYDAY=SU"
    )
    assert [time[:10] for time in found] == ["2026-03-28", "2026-03-30"]


def test_an_excluding_rule_at_the_later_time_excludes_a_skipped_one() -> None:
    found = times(
        "FREQ=DAILY;COUNT=3", "2026-03-28 02:30", "Europe/Prague", "EXRULE:FREQ=DAILY;BYHOUR=3"
    )
    assert [time[:10] for time in found] == ["2026-03-28", "2026-03-30"]


def test_both_of_two_equal_times_can_be_added() -> None:
    found = times(
        "FREQ=YEARLY;COUNT=1", "2026-10-25 02:30", "Europe/Prague", "RDATE:20261025T013000Z"
    )
    assert found == ["2026-10-25 02:30 +0200", "2026-10-25 02:30 +0100"]


def test_until_within_the_hour_that_comes_twice_is_a_moment() -> None:
    # 00:30 UTC is the first 02:30 of that night in Prague, 01:15 UTC the second 02:15.
    rule = "FREQ=MINUTELY;INTERVAL=30;UNTIL="
    start = "2026-10-25 02:00"
    first = times(rule + "20261025T003000Z", start, "Europe/Prague")
    assert first == ["2026-10-25 02:00 +0200", "2026-10-25 02:30 +0200"]
    assert times(rule + "20261025T011500Z", start, "Europe/Prague") == first


def test_the_last_of_a_series_may_be_a_skipped_time() -> None:
    series = Series(
        "RRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=4",
        datetime(2026, 3, 29, 1, 30),
        ZoneInfo("Europe/Prague"),
    )
    # 01:30, 02:00 (03:00), 02:30 (03:30), 03:00
    assert [f"{time:%H:%M}" for time in series] == ["01:30", "03:00", "03:30"]
    assert series.last() == datetime(2026, 3, 29, 3, 30, tzinfo=ZoneInfo("Europe/Prague"))


ZONES = (
    "Europe/Prague",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
)


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(2010, 1, 1), datetime(2013, 1, 1)),
    hours=st.integers(1, 30),
    skipped=st.integers(0, 400),
    length=st.timedeltas(timedelta(0), timedelta(days=40)),
)
def test_a_window_is_cut_from_the_moments_of_all_wall_times(
    zone: str, start: datetime, hours: int, skipped: int, length: timedelta
) -> None:
    start = start.replace(second=0, microsecond=0)
    where = ZoneInfo(zone)
    low = (start + timedelta(days=skipped)).replace(tzinfo=where).astimezone(UTC)
    high = low + length
    walls = (start + n * timedelta(hours=hours) for n in range(450 * 24 // hours))
    moments = {wall.replace(tzinfo=where).astimezone(UTC) for wall in walls}
    series = Series(f"RRULE:FREQ=HOURLY;INTERVAL={hours}", start, zone)
    found = list(series.between(low, high))
    assert [time.astimezone(UTC) for time in found if isinstance(time, datetime)] == sorted(
        moment for moment in moments if low <= moment < high
    )
