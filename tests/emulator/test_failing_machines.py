"""Disks that are full, files that may not be written, and clocks that are set back."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gcsa.emulator import Emulator, Request

FULL = "The calendar database cannot be used: the disk is full."
READ_ONLY = "The calendar database cannot be used: it can be read, but not written."
NOBODY = 65534


def fill(emulator):
    """Let the database grow by not a single page more."""
    connection = emulator.store.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def make_room(emulator):
    emulator.store.connection.execute("PRAGMA max_page_count = 1000000")


@pytest.fixture
def stored(tmp_path, clock):
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        yield emulator


def test_a_full_disk_is_said_to_be_full_and_nothing_is_half_done(stored, caller, meeting, caplog):
    me = caller(stored)
    first = me.insert(meeting)
    fill(stored)
    with caplog.at_level(logging.ERROR):
        error = me.insert_error({**meeting, "description": "x" * 8000})
    assert error == {
        "status": 503,
        "domain": "global",
        "reason": "backendError",
        "message": FULL,
    }
    (record,) = caplog.records
    assert record.message == (
        f"POST /calendar/v3/calendars/primary/events could not be answered. {FULL}"
    )
    assert record.exc_info is None
    assert [item["id"] for item in me.items()] == [first["id"]]


def test_with_room_on_the_disk_everything_goes_on(stored, caller, meeting):
    me = caller(stored)
    me.insert(meeting)
    fill(stored)
    large = {**meeting, "description": "x" * 8000}
    assert me.insert_error(large)["status"] == 503
    make_room(stored)
    me.insert(large)
    assert len(me.items()) == 2


def test_a_batch_on_a_full_disk_says_so_of_each_call(stored, caller, meeting):
    me = caller(stored)
    me.insert(meeting)
    fill(stored)
    body = json.dumps({**meeting, "description": "x" * 8000})
    part = (
        "--b\r\nContent-Type: application/http\r\n\r\nPOST /calendar/v3/calendars/primary/events\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}\r\n"
    )
    headers = [
        ("Authorization", "Bearer me@example.com"),
        ("Content-Type", "multipart/mixed; boundary=b"),
    ]
    content = f"{part}{part}--b--".encode()
    answer = stored.handle(Request.of("POST", "/batch/calendar/v3", headers, content))
    assert answer.status == 200
    assert answer.body.decode().count(FULL) >= 2
    assert len(me.items()) == 1


def test_what_can_only_be_read_is_read(stored, caller, meeting):
    me = caller(stored)
    event = me.insert(meeting)
    stored.store.connection.execute("PRAGMA query_only = ON")
    assert me.get(event["id"])["summary"] == "Meeting"
    assert (
        me.error("PATCH", f"/calendars/primary/events/{event['id']}", {"summary": "New"})["message"]
        == READ_ONLY
    )
    stored.store.connection.execute("PRAGMA query_only = OFF")
    assert me.patch(event["id"], {"summary": "New"})["summary"] == "New"


def test_a_database_that_another_process_keeps_is_said_to_be_busy(
    stored, caller, meeting, tmp_path
):
    me = caller(stored)
    me.items()
    stored.store.connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(tmp_path / "calendars.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    error = me.insert_error(meeting)
    assert (error["status"], error["message"]) == (
        503,
        ("The calendar database cannot be used: another process has kept it busy for too long."),
    )
    other.execute("ROLLBACK")
    other.close()
    assert me.insert(meeting)["summary"] == "Meeting"


@contextmanager
def folder_of_a_plain_user() -> Iterator[Path]:
    """A folder, and meanwhile not being root, who may write everything."""
    with TemporaryDirectory() as folder:
        root = os.geteuid() == 0
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_that_may_not_be_written_is_refused_at_once():
    with folder_of_a_plain_user() as folder:
        path = folder / "calendars.db"
        Emulator(path).close()
        path.chmod(0o400)
        with pytest.raises(OSError, match=r"calendars\.db cannot be used: .*readonly"):
            Emulator(path)


def test_a_folder_that_is_not_there_is_refused_at_once(tmp_path):
    with pytest.raises(OSError, match=r"the database .*calendars\.db cannot be used: "):
        Emulator(tmp_path / "nowhere" / "calendars.db")


@pytest.mark.parametrize("kind", ["newer", "foreign"])
def test_the_command_says_in_a_line_which_database_it_cannot_use(tmp_path, kind):
    path = tmp_path / "calendars.db"
    connection = sqlite3.connect(path)
    if kind == "newer":
        Emulator(path).close()
        connection.execute("PRAGMA user_version = 9999")
    else:
        connection.execute("CREATE TABLE notes (text)")
    connection.commit()
    connection.close()
    command = [sys.executable, "-m", "gcsa", "emulator", "--port", "0", "--database", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    expected = {"newer": "use a newer gcsa", "foreign": "another program's database"}[kind]
    assert expected in done.stderr


# Clocks -----------------------------------------------------------------------------------------------------


def test_a_clock_that_is_set_back_does_not_make_a_change_look_older(me, meeting, clock):
    event = me.insert(meeting)
    clock.set(datetime(2020, 1, 1, tzinfo=UTC))
    changed = me.patch(event["id"], {"summary": "New"})
    assert changed["updated"] == event["updated"]
    assert int(changed["etag"].strip('"')) > int(event["etag"].strip('"'))
    assert me.list()["updated"] == event["updated"]


def test_a_sync_token_still_brings_what_changed_after_the_clock_was_set_back(me, meeting, clock):
    event = me.insert(meeting)
    token = me.list()["nextSyncToken"]
    clock.set(datetime(2020, 1, 1, tzinfo=UTC))
    me.patch(event["id"], {"summary": "New"})
    assert [item["summary"] for item in me.items(syncToken=token)] == ["New"]


def test_nothing_is_lost_of_what_is_listed_by_update_after_the_clock_was_set_back(
    me, meeting, clock
):
    event = me.insert(meeting)
    clock.set(datetime(2026, 3, 2, 8, 59, tzinfo=UTC))
    me.patch(event["id"], {"summary": "New"})
    found = me.items(updatedMin=event["updated"], orderBy="updated")
    assert [item["summary"] for item in found] == ["New"]


def test_what_an_import_says_of_its_update_does_not_count(me, meeting, clock):
    body = {**meeting, "iCalUID": "uid@example.com", "updated": "2099-01-01T00:00:00Z"}
    me.ok("POST", "/calendars/primary/events/import", body)
    clock.advance(60)
    again = me.ok("POST", "/calendars/primary/events/import", {**body, "sequence": 1})
    assert again["updated"] == "2026-03-02T09:01:00.000Z"
