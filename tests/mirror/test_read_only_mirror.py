"""A mirror that only reads: it answers as the other one does, of a file of SQLite, and loads nothing of SQLAlchemy."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from gcsa.event import Event
from gcsa.mirror import (
    DatabaseError,
    Mirror,
    NewerSchemaError,
    ReadOnlyMirror,
    UnknownCalendarError,
)
from gcsa.recurrence import Recurrence

WEEK = (date(2026, 3, 2), date(2026, 3, 9))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A file with a copy of a calendar, which no test changes, and the address of it."""
    from gcsa.emulator import Emulator
    from gcsa.emulator.clock import Clock

    path = tmp_path_factory.mktemp("mirror") / "calendars.db"
    url = f"sqlite:///{path}"
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with Emulator(clock=Clock.frozen(nine), seed=1) as emulator, Mirror(url) as mirror:
        client = emulator.client("me@example.com")
        weekly = client.add_event(
            Event(
                "Stand-up",
                nine,
                timezone="UTC",
                recurrence=Recurrence.rule(freq="DAILY"),
                event_id="standup",
            )
        )
        client.add_event(Event("Lunch with Ann", nine + timedelta(hours=3), event_id="lunch0"))
        client.add_event(Event("Fair", date(2026, 3, 4), event_id="fair00"))
        tuesday = next(iter(client.get_instances(weekly, nine + timedelta(days=1))))
        tuesday.summary = "Stand-up, later"
        client.update_event(tuesday)
        mirror.sync(client)
    return url


@pytest.fixture
def copied(filled, tmp_path):
    """A copy of that file, for tests that change it."""
    path = tmp_path / "calendars.db"
    shutil.copy(filled.removeprefix("sqlite:///"), path)
    return path


QUESTIONS = {
    "events": lambda mirror: mirror.events("primary", *WEEK),
    "events in a zone": lambda mirror: mirror.events(
        "me@example.com", *WEEK, timezone="Asia/Tokyo"
    ),
    "events by words": lambda mirror: mirror.events("primary", *WEEK, query="stand"),
    "an instance": lambda mirror: [mirror.event("standup_20260305T090000Z")],
    "stored events": lambda mirror: mirror.stored_events(),
    "what was updated": lambda mirror: mirror.stored_events(
        "primary", datetime(2026, 3, 1, tzinfo=UTC)
    ),
    "words": lambda mirror: mirror.search("ann"),
    "words on a calendar": lambda mirror: mirror.search('"with ann"', "primary"),
    "an iCalendar id": lambda mirror: mirror.by_ical_uid("standup@google.com"),
    "busy times": lambda mirror: mirror.free_busy("primary", *WEEK).calendars["primary"],
    "calendars": lambda mirror: mirror.calendars(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_answers_as_the_mirror_does(filled, question):
    with Mirror(filled) as mirror, ReadOnlyMirror.open(filled) as read_only:
        answer = list(QUESTIONS[question](read_only))
        assert answer
        assert answer == list(QUESTIONS[question](mirror))


def test_it_loads_no_sqlalchemy(filled):
    code = f"""import sys
from datetime import date
from gcsa.mirror import ReadOnlyMirror
with ReadOnlyMirror.open({filled!r}) as mirror:
    assert len(list(mirror.events("primary", date(2026, 3, 2), date(2026, 3, 9), "stand"))) == 7
print(*sys.modules)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"sqlalchemy", "alembic", "httpx2"}.isdisjoint(done.stdout.split())


def test_what_is_unknown_is_said_as_the_mirror_says_it(filled):
    with (
        ReadOnlyMirror.open(filled) as mirror,
        pytest.raises(UnknownCalendarError, match=r"'ann@example\.com' is not in this mirror"),
    ):
        mirror.events("ann@example.com", *WEEK)


def test_accounts_are_kept_apart(filled):
    with ReadOnlyMirror.open(filled, account="ann") as mirror:
        assert mirror.calendars() == []
        assert repr(mirror) == f"<ReadOnlyMirror {filled} of ann>"


def test_it_cannot_write(filled):
    with (
        ReadOnlyMirror.open(filled) as mirror,
        pytest.raises(DatabaseError, match="attempt to write a readonly database"),
        mirror._reading() as reader,
    ):
        reader.rows("DELETE FROM mirror_events")


def test_it_sees_one_state_of_the_database_throughout(copied):
    writer = sqlite3.connect(copied)
    count = "SELECT count(*) FROM mirror_events"
    with ReadOnlyMirror.open(f"sqlite:///{copied}") as mirror:
        with mirror._reading() as reader:
            before = reader.rows(count)
            with writer:
                writer.execute("DELETE FROM mirror_events WHERE id = 'lunch0'")
            assert reader.rows(count) == before
        with mirror._reading() as reader:
            assert reader.rows(count) == [(before[0][0] - 1,)]
    writer.close()


def test_what_was_committed_before_a_crash_is_there(copied, tmp_path):
    writer = sqlite3.connect(copied)
    writer.execute("UPDATE mirror_events SET resource = replace(resource, 'Ann', 'Bob')")
    writer.commit()
    # As a crash leaves it: the log of what was committed beside the file, and nobody who has it open.
    after = tmp_path / "after" / copied.name
    after.parent.mkdir()
    for name in (copied.name, f"{copied.name}-wal"):
        shutil.copy(copied.with_name(name), after.with_name(name))
    writer.close()
    with ReadOnlyMirror.open(f"sqlite:///{after}") as mirror:
        assert mirror.event("lunch0").summary == "Lunch with Bob"


@pytest.mark.parametrize("name", ["a b.db", "it's #1.db", "ča.db"])
def test_any_name_of_a_file_is_the_one_that_the_mirror_takes_it_for(copied, name):
    path = copied.rename(copied.with_name(name))
    with (
        Mirror(f"sqlite:///{path}") as mirror,
        ReadOnlyMirror.open(f"sqlite:///{path}") as read_only,
    ):
        assert mirror.calendars() == read_only.calendars() != []


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x.db?uri=true",
        "sqlite:///50%20.db",
        "postgresql://host/name",
        "",
    ],
)
def test_what_is_not_a_file_of_sqlite_takes_the_other_one(url):
    assert ReadOnlyMirror.open(url) is None


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    assert ReadOnlyMirror.open(f"sqlite:///{tmp_path / 'new.db'}") is None
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_the_tables_takes_the_other_one(tmp_path):
    (tmp_path / "empty.db").touch()
    assert ReadOnlyMirror.open(f"sqlite:///{tmp_path / 'empty.db'}") is None


def test_a_newer_database_is_refused(copied):
    with sqlite3.connect(copied) as connection:
        connection.execute("UPDATE mirror_version SET version_num = '9000'")
    connection.close()
    with pytest.raises(NewerSchemaError, match="is of version 9000, made by a newer gcsa"):
        ReadOnlyMirror.open(f"sqlite:///{copied}")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "letter.db").write_text("Dear Ann, " * 100)
    with pytest.raises(DatabaseError, match=r"letter\.db cannot be used: file is not a database"):
        ReadOnlyMirror.open(f"sqlite:///{tmp_path / 'letter.db'}")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(DatabaseError, match="cannot be used: unable to open database file"):
        ReadOnlyMirror.open(f"sqlite:///{tmp_path}")
