"""Starting again, and coming back to what was kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gcsa.emulator import Clock, Emulator


@pytest.fixture(params=["in memory", "on disk"])
def emulator(request, clock, tmp_path):
    database = ":memory:" if request.param == "in memory" else tmp_path / "calendars.db"
    with Emulator(database, clock=clock, seed=0) as emulator:
        yield emulator


# Reset ------------------------------------------------------------------------------------------------------


def test_reset_takes_accounts_calendars_events_groups_and_mails(emulator, me, meeting):
    me.insert(meeting)
    emulator.groups.add("team@example.com", ["me@example.com"])
    scope = {"type": "user", "value": "ann@example.com"}
    me.ok("POST", "/calendars/primary/acl", {"role": "reader", "scope": scope})
    emulator.reset()
    assert (list(emulator.users), list(emulator.groups), list(emulator.outbox)) == ([], [], [])
    assert me.items() == []


def test_reset_leaves_no_row_anywhere_but_its_own_secret(emulator, me, meeting):
    me.ok(
        "POST",
        "/calendars/primary/events/watch",
        {"id": "1", "type": "web_hook", "address": "http://localhost/"},
    )
    me.insert(meeting)
    emulator.reset()
    connection = emulator.store.connection
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for (table,) in tables
    }
    assert {table: count for table, count in counts.items() if count} == {"meta": 1}


def test_reset_forgets_faults_requests_and_counted_calls_and_keeps_limits_and_time(
    emulator, me, clock
):
    emulator.faults.add(on="events.insert")
    emulator.quota.per_user = 1
    me.items()
    clock.advance(timedelta(days=1))
    emulator.reset()
    assert not emulator.faults
    assert not list(emulator.requests)
    assert emulator.quota.per_user == 1
    assert me.items() == []
    assert me.list_error()["reason"] == "userRateLimitExceeded"
    assert clock.now().day == 3


def test_after_a_reset_ids_begin_anew(emulator, me, meeting):
    first = me.insert(meeting)["id"]
    second = me.insert(meeting)["id"]
    emulator.reset()
    assert [me.insert(meeting)["id"], me.insert(meeting)["id"]] == [first, second]


def test_sync_tokens_from_before_a_reset_are_known_to_be_old(emulator, me, meeting):
    me.insert(meeting)
    token = me.list()["nextSyncToken"]
    emulator.reset()
    me.insert(meeting)
    assert me.list_error(syncToken=token)["reason"] == "fullSyncRequired"


def test_what_a_reset_took_stays_away_after_a_restart(tmp_path, clock, caller, meeting):
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        caller(emulator).insert(meeting)
        emulator.reset()
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        assert list(emulator.users) == []


# Snapshots --------------------------------------------------------------------------------------------------


def test_a_snapshot_brings_everything_back(emulator, me, meeting):
    kept = me.insert(meeting)
    snapshot = emulator.snapshot()
    me.delete(kept["id"])
    me.insert({**meeting, "summary": "New"})
    emulator.groups.add("team@example.com")
    emulator.restore(snapshot)
    assert me.items() == [kept]
    assert list(emulator.groups) == []


def test_a_snapshot_can_be_restored_again_and_again(emulator, me, meeting):
    me.insert(meeting)
    snapshot = emulator.snapshot()
    for _ in range(3):
        me.insert(meeting)
        emulator.restore(snapshot)
    assert len(me.items()) == 1
    assert emulator.snapshot() == snapshot


def test_sync_tokens_of_a_snapshot_are_good_after_it_is_restored(emulator, me, meeting):
    token = me.list()["nextSyncToken"]
    snapshot = emulator.snapshot()
    emulator.reset()
    emulator.restore(snapshot)
    event = me.insert(meeting)
    assert [item["id"] for item in me.items(syncToken=token)] == [event["id"]]


def test_a_snapshot_can_be_restored_elsewhere(emulator, me, meeting, caller, tmp_path):
    me.insert(meeting)
    with Emulator(tmp_path / "other.db", clock=Clock.frozen()) as other:
        other.restore(emulator.snapshot())
        assert caller(other).items() == me.items()
    with Emulator(tmp_path / "other.db", clock=Clock.frozen()) as other:
        assert caller(other).items() == me.items()


def test_restoring_keeps_the_clock_the_faults_and_the_log(emulator, me, clock):
    me.items()
    snapshot = emulator.snapshot()
    fault = emulator.faults.add(on="events.insert")
    clock.advance(60)
    now = clock.now()
    emulator.restore(snapshot)
    assert (list(emulator.faults), len(emulator.requests), clock.now()) == ([fault], 1, now)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda snapshot: b"", "the bytes are not a snapshot of an emulator"),
        (lambda snapshot: b"x" * 4096, "the bytes are not a snapshot of an emulator"),
        (lambda snapshot: snapshot[:9000], "the bytes are not a snapshot of an emulator"),
        (
            lambda snapshot: snapshot.replace(b"CREATE TABLE meta", b"CREATE TABLE Meta"),
            "the snapshot is not one of this version of the emulator",
        ),
    ],
)
def test_what_is_no_snapshot_is_refused_and_changes_nothing(emulator, me, meeting, spoil, message):
    event = me.insert(meeting)
    with pytest.raises(ValueError, match=message):
        emulator.restore(spoil(emulator.snapshot()))
    assert me.items() == [event]


def test_the_database_of_another_program_is_no_snapshot(emulator, tmp_path):
    import sqlite3

    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE notes (text)")
    other.commit()
    with pytest.raises(ValueError, match="the snapshot is not one of this version"):
        emulator.restore(other.serialize())
    other.close()


def test_a_snapshot_cannot_bring_triggers_of_its_own(emulator, tmp_path):
    import sqlite3

    (tmp_path / "snapshot.db").write_bytes(emulator.snapshot())
    changed = sqlite3.connect(tmp_path / "snapshot.db")
    changed.execute("CREATE TRIGGER wipe AFTER INSERT ON events BEGIN DELETE FROM events; END")
    changed.commit()
    with pytest.raises(ValueError, match="the snapshot is not one of this version"):
        emulator.restore(changed.serialize())
    changed.close()


def test_the_database_cannot_be_copied_within_a_transaction(emulator):
    with (
        emulator.store.writing(),
        pytest.raises(RuntimeError, match="cannot be copied within a transaction"),
    ):
        emulator.snapshot()
