"""Everything is in one SQLite database: kept on disk, shared between threads and processes."""

import gc
import json
import sqlite3
import subprocess
import sys
import threading

import pytest

from gcsa.emulator import Emulator
from gcsa.emulator.store import Store

OTHER_PROCESS = """
import json, sys
from gcsa.emulator import Emulator, Request
body = json.dumps({"summary": sys.argv[2], "start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}})
with Emulator(sys.argv[1]) as emulator:
    for number in range(int(sys.argv[3])):
        answer = emulator.handle(
            Request.of(
                "POST",
                "/calendar/v3/calendars/primary/events",
                [("Authorization", "Bearer me@example.com")],
                body.encode(),
            )
        )
        assert answer.status == 200, answer.body
"""


def test_a_database_on_disk_keeps_everything(tmp_path, caller, meeting):
    with Emulator(tmp_path / "calendars.db") as emulator:
        event = caller(emulator).insert(meeting)
        token = caller(emulator).list()["nextSyncToken"]
    with Emulator(str(tmp_path / "calendars.db")) as emulator:
        assert caller(emulator).items() == [event]
        assert caller(emulator).items(syncToken=token) == []


def test_a_database_in_memory_is_gone_when_it_is_closed(caller, meeting):
    with Emulator() as emulator:
        caller(emulator).insert(meeting)
    with Emulator() as emulator:
        assert caller(emulator).items() == []


def test_an_acknowledged_event_survives_the_death_of_the_process(tmp_path, caller):
    script = OTHER_PROCESS + "\n    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"
    path = str(tmp_path / "calendars.db")
    done = subprocess.run(
        [sys.executable, "-c", script, path, "x", "5"], capture_output=True, check=False
    )
    assert done.returncode == -9, done.stderr.decode()
    with Emulator(path) as emulator:
        assert len(caller(emulator).items()) == 5


def test_two_processes_on_one_file_lose_nothing(tmp_path, caller):
    path = str(tmp_path / "calendars.db")
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OTHER_PROCESS, path, name, "40"], stderr=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    with Emulator(path) as emulator:
        me = caller(emulator)
        names = [item["summary"] for item in me.items()]
        assert sorted(names) == ["one"] * 40 + ["two"] * 40


def test_what_another_process_writes_is_seen_at_once(tmp_path, caller):
    path = str(tmp_path / "calendars.db")
    with Emulator(path) as emulator:
        me = caller(emulator)
        token = me.list()["nextSyncToken"]
        subprocess.run(
            [sys.executable, "-c", OTHER_PROCESS, path, "new", "1"], check=True, timeout=60
        )
        assert [item["summary"] for item in me.items(syncToken=token)] == ["new"]


def test_threads_share_an_emulator(emulator, caller, meeting):
    failures = []

    def work(name):
        try:
            user = caller(emulator, f"{name}@example.com")
            for _ in range(20):
                event = user.insert({**meeting, "summary": name})
                user.patch(event["id"], {"location": name})
            assert {item["location"] for item in user.items()} == {name}
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"user{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_call_that_fails_changes_nothing(me, meeting, emulator):
    before = me.list()["etag"]
    me.insert_error(meeting, timeZone="x", maxAttendees=1, conferenceDataVersion=5)
    me.insert_error({**meeting, "conferenceData": {"createRequest": {"requestId": "r", "conferenceSolutionKey":
                     {"type": "addOn"}}}}, conferenceDataVersion=1)  # fmt: skip
    assert me.list()["etag"] == before


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE things (name TEXT)")
    connection.close()
    with pytest.raises(ValueError, match="another program's database"):
        Emulator(path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, today I wrote no database. " * 50)
    with pytest.raises(ValueError, match=r"notes\.txt is not a calendar database"):
        Emulator(path)


def test_a_newer_database_is_refused(tmp_path):
    path = tmp_path / "calendars.db"
    Emulator(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()
    with pytest.raises(ValueError, match="use a newer gcsa"):
        Emulator(path)


def fail(store, action):
    with store.writing():
        action()
        raise RuntimeError("no")


def test_a_part_of_a_transaction_is_undone_by_itself():
    store = Store()
    with store.writing():
        store.users.add("kept@example.com", 0)
        with pytest.raises(RuntimeError, match="no"):
            fail(store, lambda: store.users.add("undone@example.com", 0))
    with store.reading():
        assert store.users.by_email("kept@example.com")
        assert store.users.by_email("undone@example.com") is None
    store.close()


def test_what_is_to_be_done_after_a_commit_is_done_then_and_only_then():
    store = Store()
    done = []
    with store.writing():
        store.after_commit(lambda: done.append("kept"))
        with pytest.raises(RuntimeError, match="no"):
            fail(store, lambda: store.after_commit(lambda: done.append("undone")))
        assert done == []
    assert done == ["kept"]
    with store.writing():
        pass
    assert done == ["kept"]
    store.close()


def test_the_default_user_is_an_address():
    with pytest.raises(ValueError, match="e-mail address"):
        Emulator(default_user="somebody")


def test_listing_reads_an_index_and_not_the_whole_calendar(me, emulator, timed):
    """However many events there are, a page is found by seeking: no step of the plan scans or sorts the table."""
    from gcsa.emulator.store.events import State, _window_statement

    me.insert(timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z"))
    for has_min in (False, True):
        statement = _window_statement(True, True, has_min, True, (State.LIVE,), True)
        bound = {"calendar": 1, "min": 0, "max": 1, "position": 0, "key": 0, "limit": 250}
        plan = [
            row[3]
            for row in emulator.store.connection.execute(f"EXPLAIN QUERY PLAN {statement}", bound)
        ]
        searches = [step for step in plan if "events" in step]
        assert searches
        found_by = [step.partition(" USING ")[2].partition(" (")[0] for step in searches]
        # What is in the window by the index alone, unless its end matters; and each of that by its key.
        index = "INDEX events_time" if has_min else "COVERING INDEX events_time"
        assert sorted(set(found_by)) == sorted({index, "INTEGER PRIMARY KEY"})


def test_the_stored_text_is_what_is_answered(me, emulator, meeting):
    event = me.insert({**meeting, "summary": 'Žluťoučký kůň \u2028 "quoted" \U0001f600'})
    (text,) = emulator.store.connection.execute("SELECT resource FROM events").fetchone()
    assert json.loads(text) == event


def test_an_emulator_that_is_dropped_closes_its_database():
    # Since Python 3.13 a connection that nobody closed is warned of.
    emulator = Emulator()
    connection = emulator.store.connection
    del emulator
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        connection.execute("SELECT 1")
