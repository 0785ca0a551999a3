"""Days, times, windows and lengths as people write them, against a given now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcsa.cli.failure import Misunderstanding
from gcsa.cli.lengths import parse_length, write_length
from gcsa.cli.moments import parse_moment
from gcsa.cli.windows import parse_hours, parse_window

PRAGUE = ZoneInfo("Europe/Prague")
# A Monday.
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=PRAGUE)


def at(day, hour, minute=0, month=1):
    return datetime(2026, month, day, hour, minute, tzinfo=PRAGUE)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", at(5, 9)),
        ("tomorrow 12:30", at(6, 12, 30)),
        ("tomorrow at noon", at(6, 12)),
        ("Tomorrow, 12.30", at(6, 12, 30)),
        ("12:30 tomorrow", at(6, 12, 30)),
        ("today 9", at(5, 9)),
        ("friday 3pm", at(9, 15)),
        ("3pm on friday", at(9, 15)),
        ("fri 12am", at(9, 0)),
        ("tonight", at(5, 20)),
        ("in 2 hours", at(5, 11)),
        ("in half an hour", at(5, 9, 30)),
        ("in 1h30", at(5, 10, 30)),
        ("9:00", at(5, 9)),
        ("8:59", at(6, 8, 59)),
        ("14h", at(5, 14)),
        ("2026-03-02 14:00", at(2, 14, month=3)),
        ("2026-03-02T14:00", at(2, 14, month=3)),
        ("2026-03-02T14:00+01:00", at(2, 14, month=3)),
        ("2 march 14:00", at(2, 14, month=3)),
        ("march 2nd at 2pm", at(2, 14, month=3)),
        ("2.3. 14:00", at(2, 14, month=3)),
    ],
)
def test_a_time_is_a_moment_in_the_users_zone(text, moment):
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 1, 5)),
        ("tomorrow", date(2026, 1, 6)),
        ("the day after tomorrow", date(2026, 1, 7)),
        ("yesterday", date(2026, 1, 4)),
        ("monday", date(2026, 1, 5)),
        ("next monday", date(2026, 1, 12)),
        ("next friday", date(2026, 1, 9)),
        ("last friday", date(2026, 1, 2)),
        ("on wed", date(2026, 1, 7)),
        ("in 3 days", date(2026, 1, 8)),
        ("in a month", date(2026, 2, 5)),
        ("2026-03-02", date(2026, 3, 2)),
        ("2 March", date(2026, 3, 2)),
        ("March 2, 2027", date(2027, 3, 2)),
        ("4 january", date(2027, 1, 4)),
        ("5 january", date(2026, 1, 5)),
        ("29 feb", date(2028, 2, 29)),
        ("2.3.2026", date(2026, 3, 2)),
    ],
)
def test_without_a_time_it_is_a_day(text, day):
    found = parse_moment(text, NOW)
    assert found == day
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("mañana a las 15:00", at(6, 15)),
        ("morgen um 14:30", at(6, 14, 30)),
        ("zítra 9:00", at(6, 9)),
        ("demain 14h", at(6, 14)),
        ("demain à 14h30", at(6, 14, 30)),
        ("dans 2h", at(5, 11)),
        ("2. března 2026", date(2026, 3, 2)),
        ("завтра в 15:00", at(6, 15)),
        ("2026年3月2日", date(2026, 3, 2)),
    ],
)
def test_other_languages_are_read_too(text, moment):
    assert parse_moment(text, NOW) == moment


def test_the_language_of_the_machine_is_read_too(monkeypatch):
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Misunderstanding):
        parse_moment("holnap 14:00", NOW)
    monkeypatch.setenv("LANG", "hu_HU.UTF-8")
    assert parse_moment("holnap 14:00", NOW) == at(6, 14)


def test_the_day_of_a_month_is_clipped_to_the_month():
    assert parse_moment("in a month", NOW.replace(day=31)) == date(2026, 2, 28)


def test_a_time_that_the_clocks_skip_is_as_much_later():
    assert parse_moment("2026-03-29 02:30", NOW) == datetime(2026, 3, 29, 3, 30, tzinfo=PRAGUE)


def test_hours_are_counted_across_a_change_of_the_clocks():
    before = datetime(2026, 3, 29, 1, 30, tzinfo=PRAGUE)
    assert parse_moment("in 2 hours", before) == datetime(2026, 3, 29, 4, 30, tzinfo=PRAGUE)


def test_what_is_two_days_in_two_countries_is_refused():
    with pytest.raises(Misunderstanding, match="'1/2/2026' is one day in America and another"):
        parse_moment("1/2/2026", NOW)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "sometime", "30 feb", "2026-13-01", "25:00", "x" * 1000, "tomorrow 25:00", "tomorrow 12:60",
     "tomorrow 13pm",
     "tomorrow at 25", "tomorrow 12:30:99", "tomorrow 12:30 13:30", "morgen um 15 uhr", "12", "-1", "in -5"],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_examples(text):
    with pytest.raises(Misunderstanding) as refused:
        parse_moment(text, NOW)
    assert "tomorrow 12:30" in refused.value.hint
    assert refused.value.exit_code == 2


# What nobody can read is tried in the languages of dateparser, which it loads the first time.
@settings(deadline=None)
@given(st.text(max_size=12))
def test_reading_a_window_never_fails_otherwise(text):
    try:
        window = parse_window(text, NOW)
    except Misunderstanding:
        return
    assert window.start < window.end


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("today", (1, 5), (1, 6)),
        ("friday", (1, 9), (1, 10)),
        ("mon-fri", (1, 5), (1, 10)),
        ("tue to thu", (1, 6), (1, 9)),
        ("this week", (1, 5), (1, 12)),
        ("week", (1, 5), (1, 12)),
        ("next week", (1, 12), (1, 19)),
        ("last week", (12, 29), (1, 5)),
        ("weekend", (1, 10), (1, 12)),
        ("next month", (2, 1), (3, 1)),
        ("march", (3, 1), (4, 1)),
        ("2026-02", (2, 1), (3, 1)),
        ("7d", (1, 5), (1, 12)),
        ("next 3 days", (1, 5), (1, 8)),
        ("2 weeks", (1, 5), (1, 19)),
        ("2026-03-02..2026-03-05", (3, 2), (3, 6)),
        ("from 2 march to 5 march", (3, 2), (3, 6)),
    ],
)
def test_a_window_is_of_whole_days(text, first, after):
    window = parse_window(text, NOW)
    assert (window.start.month, window.start.day) == first
    assert (window.end.month, window.end.day) == after
    assert window.start.time() == window.end.time() == time(0)


def test_a_window_may_be_of_hours():
    window = parse_window("tomorrow 9:00 - 17:00", NOW)
    assert (window.start, window.end) == (at(6, 9), at(6, 17))


def test_the_second_of_two_days_is_looked_for_from_the_first_one_on():
    window = parse_window("30 dec to 2 jan", NOW)
    assert window.days[0] == date(2026, 12, 30)
    assert window.days[-1] == date(2027, 1, 2)


def test_weeks_start_when_the_user_says():
    assert parse_window("this week", NOW, week_start=6).days[0] == date(2026, 1, 4)


def test_a_window_that_ends_before_it_starts_is_refused():
    with pytest.raises(Misunderstanding, match="'2026-03-01' is not after '2026-03-05'"):
        parse_window("2026-03-05..2026-03-01", NOW)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45m", 45), ("45", 45), ("1h30", 90), ("1h 30m", 90), ("1:30", 90), ("1.5h", 90), ("2 hours", 120),
     ("an hour and 15 minutes", 75), ("half an hour", 30), ("1d", 1440), ("2w", 20160)],
)  # fmt: skip
def test_lengths(text, minutes):
    assert parse_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "0", "0m", "x", "5 apples", "-5m", "9999999w", "1h90x"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(Misunderstanding, match="is no length of time"):
        parse_length(text)


@given(st.integers(1, 10 * 365 * 24 * 60))
def test_a_length_that_is_written_is_read_again(minutes):
    length = timedelta(minutes=minutes)
    assert parse_length(write_length(length)) == length


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-17", (9, 17)),
        ("9am to 5pm", (9, 17)),
        ("between 8:00 and 16:00", (8, 16)),
        ("22-6", (22, 6)),
    ],
)
def test_hours_of_the_day(text, hours):
    assert parse_hours(text) == (time(hours[0]), time(hours[1]))


@pytest.mark.parametrize("text", ["9", "9-9", "9-25", "morning"])
def test_what_are_no_hours_is_refused(text):
    with pytest.raises(Misunderstanding, match="are no hours"):
        parse_hours(text)
