"""`gcsa agenda`, `show` and `find`: what is on, for people and for programs."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest

from gcsa.event import Event


@pytest.fixture
def week(gcsa):
    gcsa.out("add", "Stand-up", "--at", "today 09:00", "--for", "15m", "--repeat", "weekdays")
    gcsa.out("add", "Lunch with Ann", "--at", "tomorrow 12:30", "--for", "45m", "--where", "Java")
    gcsa.out("add", "Holiday", "--at", "friday", "--for", "2d")
    return gcsa


def test_it_lists_the_next_seven_days_day_by_day(week):
    assert week.out("agenda").splitlines()[:5] == [
        "Monday 5 January 2026 (today)",
        "  ■ 09:00–09:15  Stand-up",
        "",
        "Tuesday 6 January 2026",
        "  ■ 09:00–09:15  Stand-up",
    ]


def test_it_lists_the_days_that_are_asked_for(week):
    assert week.out("agenda", "fri-sat") == (
        "Friday 9 January 2026\n"
        "  ■ all day      Holiday\n"
        "  ■ 09:00–09:15  Stand-up\n"
        "\n"
        "Saturday 10 January 2026\n"
        "  ■ all day      Holiday\n"
    )


def test_what_goes_on_beyond_midnight_is_on_both_days(gcsa):
    gcsa.out("add", "Night train", "--at", "tuesday 22:00", "--for", "8h")
    lines = gcsa.out("agenda").splitlines()
    assert "  ■ 22:00→       Night train" in lines
    assert "  ■ →06:00       Night train" in lines


def test_an_empty_agenda_says_so_beside_the_output(gcsa):
    done = gcsa("agenda")
    assert (done.stdout, done.stderr, done.exit_code) == ("", "Nothing is on.\n", 0)
    assert gcsa("agenda", "--quiet").stderr == ""


def test_json_has_fields_that_stay(week):
    event = week.json("agenda", "tomorrow")[1]
    assert list(event) == [
        "id", "calendar_id", "calendar", "summary", "start", "end", "all_day", "status", "response", "location",
        "description", "organizer", "attendees", "recurrence", "series_id", "conference", "link", "color", "busy",
        "updated",
    ]  # fmt: skip
    assert event["summary"] == "Lunch with Ann"
    assert event["start"] == "2026-01-06T12:30:00+01:00"
    assert event["end"] == "2026-01-06T13:15:00+01:00"
    assert event["all_day"] is False
    assert event["location"] == "Java"


def test_json_of_nothing_is_an_empty_list(gcsa):
    assert gcsa.json("agenda") == []


def test_csv_has_the_same_fields(week):
    rows = list(csv.DictReader(io.StringIO(week.out("agenda", "friday", "--csv"))))
    assert [(row["summary"], row["start"], row["all_day"]) for row in rows] == [
        ("Holiday", "2026-01-09", "true"),
        ("Stand-up", "2026-01-09T09:00:00+01:00", "false"),
    ]


def test_it_is_either_json_or_csv(gcsa):
    assert gcsa.fails("agenda", "--json", "--csv", code=2) == [
        "gcsa: It is either --json or --csv."
    ]


def test_options_of_all_commands_may_stand_before_the_command(week):
    assert week.out("--json", "agenda", "friday") == week.out("agenda", "friday", "--json")


def test_times_are_shown_in_the_zone_that_is_asked_for(week):
    assert "■ 20:30–21:15  Lunch with Ann" in week.out("agenda", "--timezone", "Asia/Tokyo")


def test_an_unknown_zone_is_refused_in_two_lines(gcsa):
    assert gcsa.fails("agenda", "--timezone", "Nowhere/X", code=2) == [
        "gcsa: There is no time zone 'Nowhere/X'.",
        "Give an IANA name such as Europe/Prague.",
    ]


def test_what_is_declined_is_listed_when_it_is_asked_for(calendar, gcsa):
    guests = ["ann@example.com", "me@example.com"]
    calendar.add_event(
        Event("Party", datetime(2026, 1, 6, 20), timezone="Europe/Prague", attendees=guests)
    )
    assert "(?) Party" in gcsa.out("agenda")
    gcsa.out("respond", "no", "party")
    assert gcsa.out("agenda") == ""
    assert "(✗) Party" in gcsa.out("agenda", "--declined")


def test_events_of_several_calendars_say_which(gcsa):
    gcsa.out("calendars", "add", "Team")
    gcsa.out("add", "Retro", "--at", "friday 15:00", "--calendar", "team")
    gcsa.out("add", "Dentist", "--at", "friday 8:00")
    assert gcsa.out("agenda", "friday").splitlines()[1:] == [
        "  ■ 08:00–09:00  Dentist [me@example.com]",
        "  ■ 15:00–16:00  Retro [Team]",
    ]
    assert "Dentist" not in gcsa.out("agenda", "-c", "Team")


def test_show_tells_all_of_an_event(week):
    lines = week.out("show", "lunch").splitlines()
    assert lines[0] == "■ Lunch with Ann"
    assert "  When       Tue 6 Jan 2026 12:30–13:15" in lines
    assert "  Where      Java" in lines


def test_show_says_how_often_a_series_repeats(week):
    assert "  Repeats    Every week on weekdays" in week.out("show", "stand-up", "--series")


def test_show_prints_one_object_as_json(week):
    assert week.json("show", "lunch")["summary"] == "Lunch with Ann"


def test_find_looks_for_words_in_all_texts_and_tells_ids(week):
    (line,) = week.out("find", "java").splitlines()[1:]
    assert line.startswith("  ■ 12:30–13:15  Lunch with Ann · Java ")
    assert line.split()[-1] == week.json("find", "java")[0]["id"]


def test_find_lists_of_a_series_what_is_on_or_comes_next_unless_it_is_asked_for_more(gcsa):
    gcsa.out("add", "Yoga", "--at", "today 7:30", "--repeat", "daily", "-q")
    done = gcsa("find", "yoga")
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[:1]] == [
        "Tuesday 6 January 2026"
    ]
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == "Of a series it is the next instance; --all lists each.\n"
    assert len(gcsa.json("find", "yoga")) == 1
    assert len(gcsa.json("find", "yoga", "--all")) > 700
    assert len(gcsa.json("find", "yoga", "--when", "this week")) == 7


def test_find_needs_words(gcsa):
    assert gcsa.fails("find", " ", code=2)[0] == "gcsa: There are no words to look for."


def test_find_says_when_nothing_matches(gcsa):
    assert gcsa("find", "unicorn").stderr == "Nothing matches 'unicorn'.\n"


def test_a_calendar_that_cannot_be_listed_does_not_hide_the_others(week, emulator):
    week.out("calendars", "add", "Team")
    emulator.faults.add(status=404, reason="notFound", on="events.list", skip=1, times=1)
    done = week("agenda", "friday")
    assert done.exit_code == 0
    assert "Holiday" in done.stdout
    assert "cannot be listed: Not Found" in done.stderr


def test_a_calendar_that_is_asked_for_and_cannot_be_listed_is_a_failure(week, emulator):
    emulator.faults.add(status=404, reason="notFound", on="events.list", times=1)
    assert week.fails("agenda", "--calendar", "primary") == [
        "gcsa: Not Found (404).",
        "See: gcsa calendars list, and gcsa find",
    ]
