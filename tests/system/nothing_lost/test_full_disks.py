"""Full disks, and databases that may only be read: it is said, what was stored stays, and later all goes on."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Engine, event

from gcsa.emulator import Emulator
from gcsa.errors import ServerError
from gcsa.event import Event
from gcsa.mirror import Mirror
from gcsa.mirror.errors import DatabaseError


def lunches(clock, number):
    return [
        Event(f"Lunch {n}", clock.now() + timedelta(hours=n), description="x" * 3000)
        for n in range(number)
    ]


@contextmanager
def connections(statement):
    """Let each new connection to a database begin with a statement."""

    def connected(connection, _record):
        connection.execute(statement)

    event.listen(Engine, "connect", connected)
    try:
        yield
    finally:
        event.remove(Engine, "connect", connected)


def titles(events):
    return sorted(event.summary for event in events)


# A mirror -----------------------------------------------------------------------------------------------------


@pytest.fixture
def sqlite_url(sqlite_databases):
    url = sqlite_databases.make()
    yield url
    sqlite_databases.drop(url)


@pytest.mark.parametrize("pages", range(60, 160, 20))
def test_a_mirror_whose_disk_is_full_keeps_what_it_has_and_goes_on_there(
    emulator, clock, sqlite_url, pages
):
    calendar = emulator.client()
    calendar.add_events(lunches(clock, 60))
    full = r"sqlite:///.*\.db cannot be used: database or disk is full"
    with (
        connections(f"PRAGMA max_page_count = {pages}"),
        Mirror(sqlite_url, page_size=5) as mirror,
        pytest.raises(DatabaseError, match=full),
    ):
        mirror.sync(calendar)
    calendar.delete_event(next(calendar.get_events()))
    with Mirror(sqlite_url, page_size=5) as mirror:
        mirror.sync(calendar)
        assert titles(mirror.stored_events()) == titles(calendar.get_events())


def test_a_mirror_whose_disk_gets_full_later_answers_as_before(emulator, clock, sqlite_url):
    calendar = emulator.client()
    old, *_ = calendar.add_events(lunches(clock, 5))
    with Mirror(sqlite_url) as mirror:
        mirror.sync(calendar)
        cursor = mirror.cursor()
    calendar.add_events(lunches(clock, 400))
    calendar.delete_event(old)
    with connections("PRAGMA max_page_count = 100"), Mirror(sqlite_url) as mirror:
        with pytest.raises(DatabaseError, match="database or disk is full"):
            mirror.sync(calendar)
        assert len(list(mirror.stored_events())) == 5
        assert mirror.event(old.id).summary == old.summary
        assert mirror.changes(after=cursor) == []
    with Mirror(sqlite_url) as mirror:
        assert mirror.sync(calendar).deleted == 1
        assert titles(mirror.stored_events()) == titles(calendar.get_events())
        assert len(mirror.changes(after=cursor)) == 401


@contextmanager
def read_only(url, postgresql):
    if url.startswith("sqlite"):
        with connections("PRAGMA query_only = ON"):
            yield
        return
    name = url.partition("@/")[2].partition("?")[0]
    alter = f'ALTER DATABASE "{name}" SET default_transaction_read_only = %s'
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        connection.execute(alter % "on")
        try:
            yield
        finally:
            connection.execute(alter % "off")


def test_a_mirror_that_may_only_be_read_is_read(emulator, clock, url, request):
    postgresql = None if url.startswith("sqlite") else request.getfixturevalue("postgresql")
    calendar = emulator.client()
    calendar.add_events(lunches(clock, 5))
    with Mirror(url) as mirror:
        mirror.sync(calendar)
    calendar.add_event(Event("New", clock.now()))
    with read_only(url, postgresql), Mirror(url) as mirror:
        assert len(list(mirror.stored_events())) == 5
        with pytest.raises(DatabaseError, match=r"cannot be used: .*(readonly|read-only)"):
            mirror.sync(calendar)
        assert len(list(mirror.stored_events())) == 5
    with Mirror(url) as mirror:
        assert mirror.sync(calendar).added == 1


# An emulator, and its client ----------------------------------------------------------------------------------


def test_what_an_emulator_acknowledges_before_its_files_may_grow_no_more_is_there(
    tmp_path, nursery, clock
):
    path = tmp_path / "calendars.db"
    Emulator(path).close()
    headers = [("Authorization", "Bearer me@example.com")]
    requests = []
    for number in range(120):
        start, end = ({"date": f"2026-03-0{day}"} for day in (2, 3))
        body = {"summary": f"{number}", "description": "x" * 3000, "start": start, "end": end}
        requests.append(
            ("POST", "/calendar/v3/calendars/primary/events", headers, json.dumps(body))
        )
    said, ended = nursery.child(
        "write", path=str(path), requests=requests, at=0, largest_file=400_000
    ).to_its_end()
    assert ended == 0
    answers = said[:-1]
    assert {answer["status"] for answer in answers} == {200, 503}
    failures = [
        json.loads(each["body"])["error"]["message"] for each in answers if each["status"] == 503
    ]
    assert set(failures) <= {
        "The calendar database cannot be used: the disk is full.",
        "The calendar database cannot be used: its disk fails to read or write.",
    }
    acknowledged = [
        json.loads(each["body"])["summary"] for each in answers if each["status"] == 200
    ]
    with Emulator(path, clock=clock) as emulator:
        there = emulator.client().get_events(clock.now() - timedelta(9), clock.now() + timedelta(9))
        assert titles(there) == sorted(acknowledged)


def test_a_client_of_an_emulator_whose_disk_is_full_is_told(tmp_path, clock):
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        connection = emulator.store.connection
        calendar = emulator.client()
        calendar.get_calendar()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        outcomes = []
        for lunch in lunches(clock, 12):
            try:
                outcomes.append(calendar.add_event(lunch).summary)
            except ServerError as error:
                outcomes.append(error)
        added = [outcome for outcome in outcomes if isinstance(outcome, str)]
        assert 0 < len(added) < 12
        assert "The calendar database cannot be used: the disk is full" in str(outcomes[-1])
        assert titles(calendar.get_events()) == sorted(added)
        connection.execute("PRAGMA max_page_count = 1000000")
        calendar.add_event(Event("At last", clock.now()))
        assert titles(calendar.get_events()) == sorted([*added, "At last"])
