"""`gcsa free`, `conflicts`, `calendars`, `import`, `export`, `copy`, `sync`, `demo`, and the configuration."""

from __future__ import annotations

import json

import pytest


def test_free_finds_when_everybody_is_free(gcsa, emulator):
    emulator.seed_from(
        {
            "users": ["ann@example.com"],
            "calendars": [{"id": "ann@example.com", "acl": {"default": "freeBusyReader"}}],
            "events": [
                {"summary": "Mine", "start": "2026-01-06T09:00+01:00", "duration": "2h"},
                {"summary": "Hers", "start": "2026-01-06T12:00+01:00", "duration": "4h", "user": "ann@example.com"},
            ],
        }
    )  # fmt: skip
    words = ["free", "tomorrow", "--for", "30m", "--with", "ann@example.com", "--between", "9-17"]
    assert gcsa.out(*words) == (
        "Tue 6 Jan 2026   11:00–12:00  1h\nTue 6 Jan 2026   16:00–17:00  1h\n"
    )
    assert gcsa.json(*words)[0] == {
        "start": "2026-01-06T11:00:00+01:00", "end": "2026-01-06T12:00:00+01:00", "minutes": 60
    }  # fmt: skip
    assert gcsa("free", "tomorrow", "--for", "2h", "--with", "ann@example.com").stderr == (
        "There is no time free for 2h.\n"
    )


def test_free_looks_at_hours_of_work_and_leaves_gaps(gcsa, settings):
    settings.write_text('timezone = "Europe/Prague"\nhours = "8-10"\n')
    gcsa.out("add", "Call", "--at", "tomorrow 8:00", "--for", "30m")
    assert gcsa.out("free", "tomorrow", "--gap", "15m") == "Tue 6 Jan 2026   08:45–10:00  1h 15m\n"
    assert gcsa.out("free", "saturday") == ""
    assert gcsa.out("free", "saturday", "--weekends").startswith("Sat 10 Jan 2026  08:00–10:00")


def test_whose_calendar_cannot_be_looked_at_is_told(gcsa):
    lines = gcsa.fails("free", "--with", "stranger@example.com")
    assert lines[0].startswith("gcsa: No free/busy of calendar 'stranger@example.com'")
    assert lines[1] == "Check the address, or ask them to share when they are busy."


def test_any_number_of_calendars_can_be_looked_at(gcsa, emulator):
    emulator.seed_from(
        {
            "calendars": [
                {"id": f"room{number}", "summary": f"Room {number}"} for number in range(60)
            ]
        }
    )
    gcsa.out("add", "Call", "--at", "tomorrow 9:00", "-c", "Room 59")
    assert gcsa.out("free", "tomorrow").startswith("Tue 6 Jan 2026   10:00–17:00")
    assert len(emulator.requests.of("freebusy.query")) == 2


def test_conflicts_lists_what_overlaps(gcsa):
    gcsa.out("add", "Review", "--at", "tomorrow 12:00", "--for", "2h")
    gcsa.out("add", "Lunch", "--at", "tomorrow 12:30")
    gcsa.out("add", "After", "--at", "tomorrow 14:00")
    gcsa.out("add", "Free", "--at", "tomorrow 12:00", "--free")
    gcsa.out("add", "Holiday", "--at", "tomorrow")
    assert gcsa.out("conflicts") == (
        "Tue 6 Jan 2026 12:30–13:30\n"
        "  Review, Tue 6 Jan 2026 12:00–14:00\n"
        "  Lunch, Tue 6 Jan 2026 12:30–13:30\n"
    )
    (clash,) = gcsa.json("conflicts")
    assert (clash["first"], clash["second"]) == ("Review", "Lunch")


def test_no_conflicts_are_told_beside_the_output(gcsa):
    done = gcsa("conflicts")
    assert (done.stdout, done.stderr) == ("", "Nothing overlaps.\n")


def test_calendars_are_added_listed_coloured_and_deleted(gcsa):
    added = gcsa.json("calendars", "add", "Team", "--about", "All of us")
    assert (added["summary"], added["description"], added["timezone"]) == (
        "Team", "All of us", "Europe/Prague"
    )  # fmt: skip
    assert [one["summary"] for one in gcsa.json("calendars", "list")] == ["me@example.com", "Team"]
    gcsa.out("calendars", "color", "team", "#16a765")
    assert gcsa.json("calendars", "list")[1]["color"] == "#16a765"
    gcsa.out("calendars", "color", "team", "4")
    assert gcsa.json("calendars", "list")[1]["color"] == "#fa573c"
    assert (
        gcsa.fails("calendars", "color", "team", "pink", code=2)[0] == "gcsa: 'pink' is no colour."
    )
    assert gcsa("calendars", "delete", "team", answer="n\n").exit_code == 1
    assert gcsa.out("calendars", "delete", "team", "-y") == "Deleted the calendar Team.\n"
    assert len(gcsa.json("calendars", "list")) == 1


def test_the_primary_calendar_cannot_be_deleted(gcsa):
    assert gcsa.fails("calendars", "delete", "primary", "-y") == [
        "gcsa: Your primary calendar cannot be deleted."
    ]


def test_calendars_are_shared_and_unshared(gcsa):
    gcsa.out("calendars", "add", "Team")
    said = gcsa.out("calendars", "share", "team", "ann@example.com", "--as", "writer")
    assert said == "Shared Team with ann@example.com as writer.\n"
    gcsa.out("calendars", "share", "team", "public", "--as", "free-busy")
    rules = gcsa.json("calendars", "list", "--shared", "-c", "team")
    assert {(one["who"], one["role"]) for one in rules} == {
        ("me@example.com", "owner"), ("ann@example.com", "writer"), (None, "freeBusyReader")
    }  # fmt: skip
    gcsa.out("calendars", "unshare", "team", "ann@example.com")
    gcsa.out("calendars", "unshare", "team", "public")
    assert len(gcsa.json("calendars", "list", "--shared", "-c", "team")) == 1
    assert gcsa.fails("calendars", "share", "team", "ann", code=2)[0] == (
        "gcsa: 'ann' is nobody to share with."
    )


def test_a_calendar_is_found_by_its_id_its_name_or_the_beginning_of_either(gcsa):
    team = gcsa.json("calendars", "add", "Team Prague")["id"]
    gcsa.out("calendars", "add", "Team Brno")
    for name in (team, "team prague", "Team P", "prague", team[:12]):
        assert gcsa.json("calendars", "list", "-c", name)[0]["id"] == team
    assert gcsa.fails("agenda", "-c", "team")[0].startswith(
        "gcsa: Several calendars match 'team': "
    )
    assert gcsa.fails("agenda", "-c", "nobody") == [
        "gcsa: No calendar matches 'nobody'.", "See: gcsa calendars list"
    ]  # fmt: skip


@pytest.fixture
def team(gcsa):
    """A calendar with a series of which one instance is changed and one cancelled, and a single event."""
    gcsa.out("calendars", "add", "Team")
    gcsa.out("calendars", "add", "Copy")
    gcsa.out(
        "add",
        "Stand-up",
        "--at",
        "today 9:00",
        "--for",
        "15m",
        "--repeat",
        "weekdays",
        "-c",
        "team",
    )
    gcsa.out("add", "Retro", "--at", "friday 15:00", "-c", "team")
    gcsa.out("edit", "stand-up", "--on", "thu", "--at", "thu 9:30", "--summary", "Late stand-up")
    gcsa.out("delete", "stand-up", "--on", "wed", "-y")
    return gcsa


def on(gcsa, calendar):
    return [
        (one["summary"], one["start"]) for one in gcsa.json("agenda", "mon-fri", "-c", calendar)
    ]


def test_a_calendar_that_is_exported_and_imported_is_the_same_calendar(team, tmp_path):
    file = tmp_path / "team.ics"
    assert team.out("export", file, "-c", "team") == f"Exported 4 events of Team to {file}.\n"
    assert team.out("import", file, "-c", "copy") == "Stored 4 events in Copy.\n"
    assert on(team, "copy") == on(team, "team")
    assert len(on(team, "copy")) == 5


def test_importing_again_doubles_nothing(team, tmp_path):
    file = tmp_path / "team.ics"
    team.out("export", file, "-c", "team")
    team.out("import", file, "-c", "copy")
    team.out("import", file, "-c", "copy")
    assert on(team, "copy") == on(team, "team")


def test_a_dry_run_only_lists(team, tmp_path):
    file = tmp_path / "team.ics"
    team.out("export", file, "-c", "team")
    done = team("import", file, "-c", "copy", "--dry-run")
    assert "Fri 9 Jan 2026 15:00–16:00  Retro" in done.stdout.splitlines()
    assert done.stderr == "4 events would be stored in Copy.\n"
    assert on(team, "copy") == []


def test_an_interrupted_import_goes_on_where_it_was(team, emulator, tmp_path):
    file = tmp_path / "team.ics"
    team.out("export", file, "-c", "team")
    with emulator.faults.add(status=403, reason="forbidden", on="events.import", skip=1):
        lines = team.fails("import", file, "-c", "copy")
    assert lines[0].endswith("could not be stored:")
    assert lines[-1] == "The others are there; run it again to try these again."
    emulator.requests.clear()
    assert " had been before)" in team.out("import", file, "-c", "copy")
    assert len(emulator.requests.of("events.import")) == 1
    assert on(team, "copy") == on(team, "team")
    assert not list((tmp_path / "state").iterdir())


def test_copy_brings_a_calendar_to_another_one(team):
    assert team.out("copy", "--from", "team", "--to", "copy") == "Stored 4 events in Copy.\n"
    assert on(team, "copy") == on(team, "team")
    assert team.out("copy", "--from", "team", "--to", "copy", "--dry-run").count("\n") == 4
    assert team.fails("copy", "--from", "team", "--to", "team", code=2) == [
        "gcsa: A calendar cannot be copied to itself."
    ]


def test_export_goes_to_standard_output_and_may_be_of_a_window(team):
    said = team.out("export", "-", "friday", "-c", "team")
    assert said.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:Retro" in said


def test_export_replaces_no_file_unasked(team, tmp_path):
    file = tmp_path / "team.ics"
    file.write_text("mine")
    assert team.fails("export", file) == [
        f"gcsa: {file} is there already.", "Give --force to replace it."
    ]  # fmt: skip
    assert file.read_text() == "mine"
    team.out("export", file, "--force", "-q")


def test_what_is_no_icalendar_file_is_refused(gcsa, tmp_path):
    file = tmp_path / "x.ics"
    assert gcsa.fails("import", file) == [
        f"gcsa: {file} cannot be read: No such file or directory."
    ]
    file.write_text("hello")
    assert gcsa.fails("import", file)[-1] == "Is it an iCalendar file (.ics)?"


def test_sync_keeps_a_copy_that_is_read_instead(team, tmp_path):
    url = f"sqlite:///{tmp_path / 'copy.db'}"
    assert team.out("sync", "--mirror", url).splitlines()[0] == (
        "me@example.com: 0 added, 0 updated, 0 deleted (in full)"
    )
    report = team.json("sync", "--mirror", url, "-c", "team")
    assert [(one["calendar"], one["added"], one["full"]) for one in report] == [("Team", 0, False)]
    assert team.out("sync", "--mirror", url, "-c", "team") == (
        "Team: 0 added, 0 updated, 0 deleted (what has changed)\n"
    )
    for words in (["agenda"], ["week"], ["find", "retro"], ["show", "retro"], ["free"], ["conflicts"],
                  ["calendars", "list"], ["export", "-c", "team"]):  # fmt: skip
        with_copy = team.out(*words, "--mirror", url)
        assert with_copy == team.out(*words) or words[0] == "export"
    assert team.fails("add", "Call", "--at", "today 14:00", "--mirror", url) == [
        "gcsa: A local copy can be read only.",
        "Leave --mirror and --offline out to change anything.",
    ]


def test_offline_reads_the_copy_that_the_settings_name(team, settings, tmp_path):
    with settings.open("a") as file:
        file.write(f'mirror = "sqlite:///{tmp_path / "kept.db"}"\n')
    team.out("sync", "-q")
    team.out("delete", "retro", "-y")
    assert "Retro" in team.out("agenda", "--offline")
    assert "Retro" not in team.out("agenda")


def test_a_copy_that_is_not_there_yet_is_told_how_to_be_made(gcsa, tmp_path):
    assert gcsa.fails("agenda", "--mirror", f"sqlite:///{tmp_path / 'new.db'}") == [
        "gcsa: There is nothing in the local copy.", "Make it with: gcsa sync"
    ]  # fmt: skip
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    "words",
    ["edit x --at noon", "delete x", "move x --to y", "respond yes x", "meet x"],
)
def test_what_changes_something_is_refused_on_a_copy_before_anything_is_looked_for(gcsa, words):
    assert gcsa.fails(*words.split(), "--offline")[0] == "gcsa: A local copy can be read only."


def test_who_one_is_can_be_asked_for_offline(gcsa):
    assert gcsa.json("auth", "status", "--offline")["account"] == "me@example.com"


def test_whoever_has_no_access_cannot_lose_it(team):
    assert team.fails("calendars", "unshare", "Team", "bob@example.com")[0] == (
        "gcsa: Team is not shared with bob@example.com."
    )


def test_a_file_that_is_no_calendar_is_not_complained_of_line_by_line(gcsa, tmp_path):
    file = tmp_path / "hello.txt"
    file.write_text("hello\n" * 1000)
    told = gcsa.fails("import", file)
    assert len(told) == 13
    assert told[10:] == [
        "… and 990 more such lines.",
        f"gcsa: There are no events in {file}.",
        "Is it an iCalendar file (.ics)?",
    ]


def test_a_cancelled_instance_in_a_file_is_told_as_such(gcsa, tmp_path):
    gcsa.out("add", "Yoga", "--at", "tomorrow 7:30", "--repeat", "daily 3 times", "-q")
    gcsa.out("delete", "yoga", "--on", "2026-01-07", "-y")
    file = tmp_path / "yoga.ics"
    gcsa.out("export", file)
    assert gcsa.out("import", file, "--dry-run").splitlines() == [
        "Tue 6 Jan 2026 07:30–08:30  Yoga", "Wed 7 Jan 2026 07:30  (cancelled in a series)"
    ]  # fmt: skip


def test_what_has_passed_is_not_free(gcsa):
    assert gcsa("free", "yesterday").stderr == "That is over.\n"


def test_a_zone_in_the_settings_that_there_is_not_is_a_fault_of_theirs(gcsa, settings):
    settings.write_text('timezone = "Nowhere"\n')
    assert (
        gcsa.fails("agenda")[0] == f"gcsa: {settings}: timezone: There is no time zone 'Nowhere'."
    )


def test_the_demo_shows_a_week_and_can_be_kept(gcsa, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Project" in gcsa.out("demo")
    assert gcsa.out("demo", "--keep", "demo.db").endswith(
        "It is yours to play with: gcsa --emulator demo.db week\n"
    )
    ours = gcsa.surroundings._replace(emulator=None)
    assert json.loads(
        gcsa.out("--emulator", "demo.db", "calendars", "list", "--json", surroundings=ours)
    )
    assert gcsa.fails("demo", "--keep", "demo.db")[0] == "gcsa: demo.db is there already."


def test_the_settings_say_what_is_wanted_each_time(gcsa, settings):
    gcsa.out("calendars", "add", "Team")
    settings.write_text('timezone = "Asia/Tokyo"\ncalendar = "Team"\nweek_start = "sunday"\n')
    gcsa.out("add", "Call", "--at", "tomorrow 9:00")
    (event,) = gcsa.json("agenda")
    assert (event["calendar"], event["start"]) == ("Team", "2026-01-06T09:00:00+09:00")
    assert gcsa.out("month").splitlines()[1].split()[0] == "Sun"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("timezone = ", "is not TOML"),
        ('colour = "red"', "there is no setting 'colour'."),
        ("timezone = 1", "timezone must be a text"),
        ('week_start = "someday"', "week_start must be a weekday, not 'someday'."),
        ('hours = "always"', "hours: 'always' are no hours."),
        ("calendars = [1]", "calendars must be a list of texts."),
    ],
)
def test_settings_that_cannot_be_are_refused(gcsa, settings, text, message):
    settings.write_text(text)
    line = gcsa.fails("agenda")[0]
    assert line.startswith(f"gcsa: {settings}")
    assert message in line
