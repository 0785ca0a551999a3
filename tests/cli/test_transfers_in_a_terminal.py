"""`gcsa import` and `gcsa copy` in a real pseudo-terminal: the bar, and what becomes of one that is interrupted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gcsa.emulator import Emulator
from gcsa.event import Event
from gcsa.ical import to_ical
from tests.cli.terminals import interrupt, spawn

pyte = pytest.importorskip("pyte")

HERE = Path(__file__).parent
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
# Four batches of fifty.
EVENTS = 200
# The terminal's bell, which is nowhere on its screen: an answer is late from now on.
IS_LATE = "\a"
SHOW_CURSOR, HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"


@pytest.fixture
def folder(tmp_path):
    """What a run of the command works in: an emulator's database, a configuration, and a file of 200 events."""
    with Emulator(tmp_path / "calendars.db", seed=0) as emulator:
        emulator.seed_from(
            {
                "calendars": [
                    {"id": "team", "summary": "Team", "timeZone": "UTC"},
                    {"id": "archive", "summary": "Archive", "timeZone": "UTC"},
                ],
                "events": [
                    {"summary": f"Talk {number}", "start": f"2026-03-02T{number:02}:00", "calendar": "team"}
                    for number in range(20)
                ],
            }
        )  # fmt: skip
    events = (
        Event(f"Event {number}", START + timedelta(hours=number), ical_uid=f"{number}@example.com")
        for number in range(EVENTS)
    )
    (tmp_path / "year.ics").write_bytes(to_ical(events))
    (tmp_path / "config.toml").write_text('timezone = "UTC"\n')
    return tmp_path


def spawned(folder, *words, **environment):
    program = HERE / "on_kept_emulator.py"
    return spawn(program, *words, cwd=str(folder), GCSA_TEST_FOLDER=str(folder), **environment)


def lines_on_screen(written):
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(written)
    return [line.rstrip() for line in screen.display if line.strip()]


def summaries(folder, calendar_id="me@example.com"):
    with Emulator(folder / "calendars.db") as emulator, emulator.client() as client:
        return Counter(
            event.summary for event in client.get_events(START - timedelta(days=99), calendar_id=calendar_id)
        )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "year.ics"), "Stored 200 events in me@example.com."),
        (("copy", "--from", "Team", "--to", "Archive"), "Stored 20 events in Archive."),
    ],
    ids=lambda value: value[0],
)
def test_a_bar_shows_how_far_it_is_and_goes_when_it_is_done(folder, words, said):
    child = spawned(folder, *words)
    written = child.read()
    child.close()
    assert child.exitstatus == 0
    assert "Storing" in written
    assert "100%" in written
    assert written.rfind(SHOW_CURSOR) > written.rfind(HIDE_CURSOR)
    assert lines_on_screen(written) == [said]


def test_there_is_no_bar_where_silence_is_asked_for(folder):
    child = spawned(folder, "import", "year.ics", "--quiet")
    assert child.read() == ""
    child.close()
    assert child.exitstatus == 0


def test_an_interrupted_import_goes_on_where_it_was_and_doubles_nothing(folder):
    # The answer to the third batch does not come: what is in it is stored, and nobody knows.
    child = spawned(folder, "import", "year.ics", GCSA_TEST_LATE="events.import 120")
    child.expect_exact("50%")
    written = child.before + child.after
    child.expect_exact(IS_LATE)
    written += child.before + interrupt(child)
    assert child.exitstatus == 130
    assert lines_on_screen(written) == [
        "100 events are stored. Run it again to go on from there.",
        "Interrupted.",
    ]
    assert written.rfind(SHOW_CURSOR) > written.rfind(HIDE_CURSOR)
    assert summaries(folder).total() == 150

    again = spawned(folder, "import", "year.ics")
    written = again.read()
    again.close()
    assert again.exitstatus == 0
    assert lines_on_screen(written) == [
        "Stored 100 events in me@example.com (100 had been before)."
    ]
    assert summaries(folder) == Counter(f"Event {number}" for number in range(EVENTS))
    assert list((folder / "state").iterdir()) == []


def test_an_interrupted_copy_goes_on_where_it_was_and_doubles_nothing(folder):
    words = ("copy", "--from", "Team", "--to", "Archive")
    child = spawned(folder, *words, GCSA_TEST_LATE="events.import 0")
    child.expect_exact(IS_LATE)
    assert "Interrupted." in interrupt(child)
    assert child.exitstatus == 130
    again = spawned(folder, *words)
    assert "Stored 20 events in Archive." in again.read()
    again.close()
    assert summaries(folder, "archive@group.calendar.google.com") == Counter(
        f"Talk {number}" for number in range(20)
    )
