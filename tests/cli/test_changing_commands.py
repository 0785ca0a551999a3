"""`gcsa add`, `quick`, `edit`, `move`, `delete`, `respond` and `meet`."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gcsa.event import Event

PRAGUE = ZoneInfo("Europe/Prague")


@pytest.fixture
def only(calendar):
    """The only event on the calendar, the series itself if it is one."""

    def find():
        (event,) = calendar.get_events(date(2025, 1, 1), date(2030, 1, 1))
        return event

    return find


def test_add_takes_all_that_people_say_of_an_event(gcsa, only):
    said = gcsa.out(
        "add", "Lunch with Ann", "--at", "tomorrow 12:30", "--for", "45m", "--where", "Java", "--with",
        "ann@example.com,bob@example.com", "--meet", "--repeat", "weekly", "--remind", "10m", "--about", "Bring ideas",
        "--color", "tomato", "--private", "--free",
    )  # fmt: skip
    event = only()
    assert event.summary == "Lunch with Ann"
    assert event.start == datetime(2026, 1, 6, 12, 30, tzinfo=PRAGUE)
    assert event.end == datetime(2026, 1, 6, 13, 15, tzinfo=PRAGUE)
    assert event.timezone == "Europe/Prague"
    assert event.location == "Java"
    assert [guest.email for guest in event.attendees] == ["ann@example.com", "bob@example.com"]
    assert event.recurrence == ["RRULE:FREQ=WEEKLY;WKST=SU"]
    assert [(one.method, one.minutes_before_start) for one in event.reminders] == [("popup", 10)]
    assert event.description == "Bring ideas"
    assert (event.color_id, event.visibility, event.transparency) == (
        "11",
        "private",
        "transparent",
    )
    assert said.splitlines() == [
        "Added the series Lunch with Ann, Tue 6 Jan 2026 12:30–13:15",
        f"  id    {event.event_id}",
        f"  join  {event.conference_solution.entry_points[0].uri}",
    ]


def test_a_day_alone_is_an_all_day_event(gcsa, only):
    gcsa.out("add", "Holiday", "--at", "friday", "--for", "3d")
    assert (only().start, only().end) == (date(2026, 1, 9), date(2026, 1, 12))


def test_an_event_lasts_an_hour_unless_it_is_said_otherwise(gcsa, only):
    gcsa.out("add", "Call", "--at", "tomorrow 9:00")
    assert only().end == datetime(2026, 1, 6, 10, tzinfo=PRAGUE)


def test_the_calendars_reminders_apply_unless_others_are_given(gcsa, only):
    gcsa.out("add", "Call", "--at", "tomorrow 9:00")
    assert only().default_reminders


def test_no_reminders_can_be_wanted(gcsa, only):
    gcsa.out("add", "Call", "--at", "tomorrow 9:00", "--remind", "none")
    assert not only().default_reminders
    assert only().reminders == []


def test_quiet_prints_the_id_alone(gcsa, only):
    assert gcsa.out("add", "Call", "--at", "today 14:00", "-q") == f"{only().event_id}\n"


def test_json_prints_what_was_stored(gcsa, only):
    assert gcsa.json("add", "Call", "--at", "today 14:00")["id"] == only().event_id


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ([], ["gcsa: When is it?", "Say so with --at, such as --at 'tomorrow 12:30'."]),
        (
            ["--at", "friday", "--for", "45m"],
            [
                "gcsa: What begins on a day cannot last 45m.",
                "Give --at a time of day, or --for whole days.",
            ],
        ),
        (
            ["--at", "today 9:00", "--with", "ann"],
            ["gcsa: 'ann' is no e-mail address.", "Write it as ann@example.com."],
        ),
    ],
)
def test_what_cannot_be_added_is_refused_in_two_lines(gcsa, words, lines):
    assert gcsa.fails("add", "Call", *words, code=2) == lines


def test_quick_lets_google_read_the_time(gcsa, only):
    gcsa.out("quick", "Tea tomorrow at 5pm")
    assert (only().summary, only().start) == ("Tea", datetime(2026, 1, 6, 17, tzinfo=PRAGUE))


@pytest.fixture
def lunch(gcsa):
    gcsa.out(
        "add", "Lunch", "--at", "tomorrow 12:30", "--for", "45m", "--with", "ann@example.com", "--remind", "10m"
    )  # fmt: skip
    return gcsa


def test_edit_changes_what_is_named_and_keeps_the_rest(lunch, only):
    lunch.out("edit", "lunch", "--where", "Java")
    event = only()
    assert event.location == "Java"
    assert event.start == datetime(2026, 1, 6, 12, 30, tzinfo=PRAGUE)
    assert [one.minutes_before_start for one in event.reminders] == [10]


def test_edit_changes_what_an_event_is_called_and_says_and_looks_like(lunch, only):
    words = ["--summary", "Brunch", "--about", "Bring ideas", "--color", "Basil", "--free"]
    lunch.out("edit", "lunch", *words)
    event = only()
    assert (event.summary, event.description) == ("Brunch", "Bring ideas")
    assert (event.color_id, event.transparency) == ("10", "transparent")
    lunch.out("edit", "brunch", "--about", "", "--color", "", "--busy")
    event = only()
    # That one is busy goes without saying.
    assert (event.description, event.color_id, event.transparency) == (None, None, None)


def test_a_colour_that_there_is_not_is_refused_with_those_that_there_are(lunch, only):
    refused = lunch.fails("edit", "lunch", "--color", "plum", code=2)
    assert refused[0] == "gcsa: There is no colour 'plum'."
    assert "basil" in refused[1]
    assert only().color_id is None


def test_an_event_that_is_moved_in_time_lasts_as_long_as_before(lunch, only):
    lunch.out("edit", "lunch", "--at", "friday 13:00")
    assert only().start == datetime(2026, 1, 9, 13, tzinfo=PRAGUE)
    assert only().end == datetime(2026, 1, 9, 13, 45, tzinfo=PRAGUE)


def test_edit_takes_guests_on_and_off(lunch, only):
    lunch.out("edit", "lunch", "--with", "bob@example.com", "--without", "ANN@example.com")
    assert [guest.email for guest in only().attendees] == ["bob@example.com"]


def test_a_guest_that_is_none_cannot_be_taken_off(lunch):
    assert lunch.fails("edit", "lunch", "--without", "eve@example.com") == [
        "gcsa: No guest of this event: eve@example.com."
    ]


def test_an_empty_text_clears_what_it_is_given_for(lunch, only):
    lunch.out("edit", "lunch", "--where", "Java")
    lunch.out("edit", "lunch", "--where", "")
    assert only().location is None


def test_an_event_can_be_made_to_repeat_and_to_repeat_no_more(lunch, only):
    lunch.out("edit", "lunch", "--repeat", "weekly")
    assert only().recurrence == ["RRULE:FREQ=WEEKLY;WKST=SU"]
    lunch.out("edit", "lunch", "--repeat", "never", "--series")
    assert only().recurrence == []


def test_edit_of_nothing_is_refused(lunch):
    assert lunch.fails("edit", "lunch", code=2)[0] == "gcsa: Nothing is to be changed."


def test_move_takes_an_event_to_another_calendar(lunch):
    lunch.out("calendars", "add", "Team")
    lunch.out("move", "lunch", "--to", "team")
    assert [one["calendar"] for one in lunch.json("agenda")] == ["Team"]


def test_delete_asks_first(lunch):
    done = lunch("delete", "lunch", answer="n\n")
    assert (
        done.stderr == "Delete Lunch, Tue 6 Jan 2026 12:30–13:15? [y/N] gcsa: Nothing was done.\n"
    )
    assert done.exit_code == 1
    assert len(lunch.json("agenda")) == 1
    assert lunch("delete", "lunch", answer="y\n").exit_code == 0
    assert lunch.json("agenda") == []


def test_delete_does_nothing_where_nobody_can_be_asked(lunch):
    assert lunch.fails("delete", "lunch", answer="")[-1] == "Give --yes to agree beforehand."
    assert len(lunch.json("agenda")) == 1


def test_delete_takes_one_instance_or_the_whole_series(gcsa):
    gcsa.out("add", "Stand-up", "--at", "today 9:00", "--repeat", "weekdays")
    gcsa.out("delete", "stand-up", "--on", "wed", "--yes")
    assert len(gcsa.json("agenda", "mon-fri")) == 4
    assert gcsa.out("delete", "stand-up", "--series", "-y").startswith(
        "Deleted the series Stand-up"
    )
    assert gcsa.json("agenda", "mon-fri") == []


@pytest.fixture
def standup(gcsa):
    """The command, with a series on the calendar: each weekday from today on, at nine."""
    gcsa.out("add", "Stand-up", "--at", "today 9:00", "--for", "15m", "--repeat", "weekdays")
    return gcsa


def this_week(gcsa):
    return [(one["start"][8:16], one["summary"]) for one in gcsa.json("agenda", "mon-fri")]


def test_edit_can_be_of_an_instance_and_all_that_follow_it(standup):
    told = standup.out("edit", "stand-up", "--on", "wed", "--following", "--at", "wed 10:30")
    assert told.startswith("Changed the series Stand-up, Wed 7 Jan 2026 10:30–10:45\n")
    assert this_week(standup) == [
        ("05T09:00", "Stand-up"),
        ("06T09:00", "Stand-up"),
        ("07T10:30", "Stand-up"),
        ("08T10:30", "Stand-up"),
        ("09T10:30", "Stand-up"),
    ]


def test_what_follows_can_repeat_otherwise_or_no_more(standup):
    standup.out("edit", "stand-up", "--on", "tue", "--following", "--repeat", "every 2 days")
    assert [start for start, _ in this_week(standup)] == ["05T09:00", "06T09:00", "08T09:00"]
    standup.out("edit", "stand-up", "--on", "thu", "--following", "--repeat", "never")
    assert len(standup.json("agenda", "3 weeks")) == 3


def test_delete_can_be_of_an_instance_and_all_that_follow_it(standup):
    asked = standup("delete", "stand-up", "--on", "wed", "--following", answer="y\n")
    what = "Stand-up, Wed 7 Jan 2026 09:00–09:15, and all that follow it"
    assert asked.stderr == f"Delete {what}? [y/N] "
    assert asked.stdout == f"Deleted {what}.\n"
    assert [start for start, _ in this_week(standup)] == ["05T09:00", "06T09:00"]


def test_what_follows_has_to_follow_something(standup, only):
    whole = only().event_id
    assert standup.fails("delete", whole, "--following", "-y") == [
        "gcsa: This is the id of the whole series.",
        "Give the id of an instance, or words and --on; or --series for all of it.",
    ]
    assert standup.fails("edit", "stand-up", "--series", "--following", code=2) == [
        "gcsa: It is either --series or --following."
    ]
    standup.out("add", "Lunch", "--at", "today 12:00")
    assert standup.fails("delete", "lunch", "--following", "-y") == [
        "gcsa: This event does not repeat: nothing follows it.",
        "Leave --following out.",
    ]
    assert len(this_week(standup)) == 6


@pytest.mark.parametrize(
    ("answer", "status"), [("yes", "accepted"), ("no", "declined"), ("maybe", "tentative")]
)
def test_respond_answers_for_oneself_alone(gcsa, calendar, only, answer, status):
    guests = ["ann@example.com", "me@example.com"]
    calendar.add_event(Event("Party", datetime(2026, 1, 6, 20), timezone="UTC", attendees=guests))
    gcsa.out("respond", answer, "party", "--comment", "See you")
    ann, me = only().attendees
    assert (ann.response_status, me.response_status, me.comment) == (
        "needsAction",
        status,
        "See you",
    )


def test_there_is_no_invitation_to_answer_where_one_is_no_guest(lunch):
    assert lunch.fails("respond", "yes", "lunch") == [
        "gcsa: You are no guest of Lunch, Tue 6 Jan 2026 12:30–13:15.",
        "Only who is invited can answer.",
    ]


@pytest.mark.parametrize("words", [["add", " ", "--at", "noon"], ["quick", ""]], ids=" ".join)
def test_an_event_without_a_name_is_asked_for_one(gcsa, words):
    assert gcsa.fails(*words, code=2)[0] == "gcsa: What is it?"


def test_moving_to_where_it_is_says_so(lunch):
    assert lunch.fails("move", "lunch", "--to", "primary")[0] == (
        "gcsa: Lunch, Tue 6 Jan 2026 12:30–13:15 is on me@example.com already."
    )


def test_an_answer_is_one_of_three(lunch):
    assert "'yes', 'no', 'maybe'" in " ".join(lunch.fails("respond", "perhaps", "lunch", code=2))


def test_meet_adds_a_conference_once_and_prints_how_to_join(lunch, only):
    said = lunch.out("meet", "lunch")
    uri = only().conference_solution.entry_points[0].uri
    assert said.splitlines()[:2] == ["Lunch", f"  Join       {uri}"]
    assert lunch.out("meet", "lunch") == said


def test_meet_says_when_google_cannot_make_the_conference(lunch, emulator):
    emulator.conference_failure = True
    assert lunch.fails("meet", "lunch")[0] == "gcsa: Google could not make the conference."


def test_an_event_is_found_by_its_id_and_by_the_beginning_of_it(lunch, only):
    event_id = only().event_id
    assert lunch.json("show", event_id)["id"] == event_id
    assert lunch.json("show", event_id[:6])["id"] == event_id


def test_a_whole_summary_goes_before_words_of_one(lunch):
    lunch.out("add", "Lunch with Bob", "--at", "friday 12:00")
    assert lunch.json("show", "lunch")["summary"] == "Lunch"


def test_what_could_be_several_events_is_listed(gcsa):
    gcsa.out("add", "Lunch with Ann", "--at", "tomorrow 12:00")
    gcsa.out("add", "Lunch with Bob", "--at", "friday 12:00")
    lines = gcsa.fails("delete", "lunch", "-y")
    assert lines[0] == "gcsa: 2 events match 'lunch':"
    assert [line.split("  ")[-1] for line in lines[1:3]] == ["Lunch with Ann", "Lunch with Bob"]
    assert lines[3] == "Give the id of one, or say when it is with --on."
    assert len(gcsa.json("agenda")) == 2


def test_of_a_series_the_next_instance_is_meant(gcsa):
    gcsa.out("add", "Stand-up", "--at", "yesterday 9:00", "--repeat", "daily")
    assert gcsa.json("show", "stand-up")["start"] == "2026-01-06T09:00:00+01:00"


def test_a_refusal_of_googles_is_told_in_two_lines(gcsa, emulator):
    emulator.faults.add(status=403, reason="forbidden", message="Forbidden", on="events.insert")
    assert gcsa.fails("add", "Call", "--at", "today 14:00") == [
        "gcsa: Forbidden (403).",
        "Ask the calendar's owner for access; gcsa auth status says who you are.",
    ]
