"""The feed of changes, and listeners."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from gcsa.calendar import Calendar
from gcsa.event import Event
from gcsa.mirror import ForgottenChangesError, UnknownCalendarError, feed
from gcsa.recurrence import DAILY, Recurrence


def lunch(day=3, **fields):
    return Event("Lunch", datetime(2026, 3, day, 12, tzinfo=UTC), **fields)


def stand_up():
    rule = Recurrence.rule(freq=DAILY)
    return Event("Stand-up", datetime(2026, 3, 2, 9), timezone="UTC", recurrence=rule)


def told(changes):
    return [(change.kind, change.event_id) for change in changes]


def test_what_is_added_updated_and_deleted_is_told_in_order(mirror, client):
    one, other = client.add_event(lunch(3)), client.add_event(lunch(4))
    mirror.sync(client)
    client.patch_event(other, summary="Dinner")
    mirror.sync(client)
    client.delete_event(one)
    mirror.sync(client)
    assert told(mirror.changes()) == [
        ("added", one.id),
        ("added", other.id),
        ("updated", other.id),
        ("deleted", one.id),
    ]
    assert [change.cursor for change in mirror.changes()] == [1, 2, 3, 4]


def test_a_change_says_whose_and_when_it_is(mirror, client, clock):
    mirror.sync(client)
    clock.advance(timedelta(minutes=5))
    client.add_event(lunch())
    mirror.sync(client)
    [change] = mirror.changes()
    assert (change.account, change.calendar_id) == ("me", "me@example.com")
    assert change.at == clock.now()


def test_each_change_is_seen_once_per_cursor(mirror, client):
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror.sync(client)
    seen, cursor = [], 0
    while changes := mirror.changes(after=cursor, limit=3):
        seen += [change.event_id for change in changes]
        cursor = changes[-1].cursor
    assert len(seen) == len(set(seen)) == 7
    assert mirror.changes(after=cursor) == []


def test_who_begins_now_sees_what_changes_from_now_on(mirror, client):
    client.add_event(lunch(3))
    mirror.sync(client)
    cursor = mirror.cursor()
    later = client.add_event(lunch(4))
    mirror.sync(client)
    assert told(mirror.changes(after=cursor)) == [("added", later.id)]


def test_the_event_of_a_change_is_as_it_is_now(mirror, client):
    event = client.add_event(lunch())
    mirror.sync(client)
    client.patch_event(event, summary="Dinner")
    mirror.sync(client)
    assert [(c.kind, c.event.summary) for c in mirror.changes()] == [
        ("added", "Dinner"),
        ("updated", "Dinner"),
    ]


def test_what_was_deleted_is_told_as_it_was_last(mirror, client):
    event = client.add_event(lunch())
    mirror.sync(client)
    client.delete_event(event)
    mirror.sync(client)
    added, deleted = mirror.changes()
    assert added.event is None
    assert (deleted.event.summary, deleted.event.status) == ("Lunch", "cancelled")


@pytest.mark.parametrize("again", [False, True], ids=["by its token", "listed anew"])
def test_an_instance_that_is_cancelled_is_deleted(mirror, client, emulator, again):
    event = client.add_event(stand_up())
    mirror.sync(client)
    first, second, *_ = client.get_instances(event, time_max=datetime(2026, 3, 6, tzinfo=UTC))
    client.patch_event(second, summary="Sit-down")
    mirror.sync(client)
    cursor = mirror.cursor()
    assert [change.event.summary for change in mirror.changes()] == ["Stand-up", "Sit-down"]
    client.delete_event(first)
    client.delete_event(second)
    if again:
        emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)
    assert mirror.sync(client).deleted == 2
    changes = {change.event_id: change for change in mirror.changes(after=cursor)}
    assert {change.kind for change in changes.values()} == {"deleted"}
    assert changes[first.id].event.recurring_event_id == event.id
    assert changes[first.id].event.original_start_time == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert changes[second.id].event.summary == "Sit-down"
    # What was added is no more.
    assert [change.event for change in mirror.changes()][1] is None
    # Told once, whatever comes after.
    mirror.sync(client)
    emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)
    assert mirror.sync(client).deleted == 0


def test_an_instance_that_is_cancelled_is_deleted_though_its_series_comes_later(mirror_of, client):
    mirror = mirror_of(page_size=1)
    mirror.sync(client)
    event = client.add_event(stand_up())
    first = next(client.get_instances(event))
    client.delete_event(first)
    # So that the server lists it after its instance.
    client.patch_event(event, summary="Sit-down")
    mirror.sync(client)
    assert told(mirror.changes()) == [("added", event.id), ("deleted", first.id)]
    mirror.sync(client)
    assert mirror.cursor() == 2


def test_cancelled_instances_of_a_series_that_never_comes_are_not_told_of_and_not_kept(
    mirror_of, client
):
    mirror = mirror_of(page_size=1)
    mirror.sync(client)
    event = client.add_event(stand_up())
    for instance in client.get_instances(event, time_max=datetime(2026, 3, 6, tzinfo=UTC)):
        client.delete_event(instance)
    client.delete_event(event)
    mirror.sync(client)
    assert mirror.changes() == []
    assert list(mirror.stored_events()) == []


@pytest.mark.parametrize("again", [False, True], ids=["by its token", "listed anew"])
def test_an_instance_that_comes_back_is_added(mirror, client, emulator, again):
    event = client.add_event(stand_up())
    first = next(client.get_instances(event))
    client.delete_event(first)
    mirror.sync(client)
    cursor = mirror.cursor()
    client.patch_event(first, status="confirmed")
    if again:
        emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)
    mirror.sync(client)
    assert told(mirror.changes(after=cursor)) == [("added", first.id)]


def test_a_deleted_series_takes_with_it_what_was_told_of_its_instances(mirror, client):
    event = client.add_event(stand_up())
    first, second, *_ = client.get_instances(event, time_max=datetime(2026, 3, 6, tzinfo=UTC))
    client.patch_event(first, summary="Sit-down")
    client.delete_event(second)
    mirror.sync(client)
    cursor = mirror.cursor()
    client.delete_event(event)
    mirror.sync(client)
    assert sorted(told(mirror.changes(after=cursor))) == [
        ("deleted", event.id),
        ("deleted", first.id),
    ]


def test_changes_of_one_calendar(mirror, client):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(lunch())
    concert = client.add_event(lunch(5), calendar_id=music.id)
    mirror.sync_all(client)
    assert told(mirror.changes(calendar_id=music.id)) == [("added", concert.id)]
    assert len(mirror.changes(calendar_id="primary")) == 1
    with pytest.raises(UnknownCalendarError):
        mirror.changes(calendar_id="sports")


def test_changes_of_other_accounts_are_not_told(mirror, client, emulator):
    client.add_event(lunch())
    hers = mirror.of("ann")
    emulator.client("ann@example.com").add_event(lunch())
    hers.sync(emulator.client("ann@example.com"))
    mirror.sync(client)
    assert [change.account for change in mirror.changes()] == ["me"]
    assert [change.account for change in hers.changes()] == ["ann"]


def test_a_calendar_that_is_forgotten_is_deleted_in_the_feed(mirror, client):
    event = client.add_event(lunch())
    mirror.sync(client)
    mirror.forget("primary")
    assert told(mirror.changes(after=1)) == [("deleted", event.id)]


def test_old_changes_can_be_forgotten(mirror, client):
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror.sync(client)
    mirror.forget_changes(until=4)
    assert [change.cursor for change in mirror.changes(after=4)] == [5, 6, 7]
    with pytest.raises(ForgottenChangesError, match="The changes up to 4 are forgotten"):
        mirror.changes(after=3)
    mirror.forget_changes(until=2)
    mirror.forget_changes(until=100)
    assert mirror.changes(after=7) == []
    client.add_event(lunch(20))
    mirror.sync(client)
    assert [change.cursor for change in mirror.changes(after=7)] == [8]


def test_what_is_forgotten_is_no_longer_stored(mirror, client, url):
    import sqlalchemy

    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror.sync(client)
    mirror.forget_changes(until=4)
    engine = sqlalchemy.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        kept = connection.execute(
            sqlalchemy.text("SELECT count(*) FROM mirror_changes")
        ).scalar_one()
    engine.dispose()
    assert kept == 3


def test_changes_before_a_time_can_be_forgotten(mirror, client, clock):
    for day in (3, 4):
        client.add_event(lunch(day))
        mirror.sync(client)
        clock.advance(timedelta(days=1))
    two_days_later = clock.now()
    mirror.forget_changes(before=two_days_later - timedelta(days=2, seconds=1))
    assert [change.cursor for change in mirror.changes()] == [1, 2]
    mirror.forget_changes(before=two_days_later - timedelta(days=1, seconds=1))
    assert [change.cursor for change in mirror.changes(after=1)] == [2]
    with pytest.raises(ForgottenChangesError):
        mirror.changes(after=0)
    mirror.forget_changes(before=two_days_later)
    assert mirror.changes(after=2) == []
    assert mirror.cursor() == 2


def test_a_change_that_a_slow_clock_has_dated_back_keeps_no_later_one_from_being_told(
    mirror, client, clock
):
    times = [clock.now(), clock.now() - timedelta(hours=2), clock.now() + timedelta(hours=1)]
    for day, at in enumerate(times, 3):
        clock.set(at)
        client.add_event(lunch(day))
        mirror.sync(client)
    mirror.forget_changes(before=times[0] - timedelta(hours=1))
    assert [change.cursor for change in mirror.changes()] == [1, 2, 3]


def test_a_great_many_changes_are_forgotten_in_pieces(mirror, client, monkeypatch):
    monkeypatch.setattr(feed, "_FORGOTTEN_AT_A_TIME", 2)
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror.sync(client)
    mirror.forget_changes(until=5)
    assert [change.cursor for change in mirror.changes(after=5)] == [6, 7]


@pytest.mark.parametrize("given", [{}, {"until": 1, "before": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_what_is_to_be_forgotten_has_to_be_said_once(mirror, given):
    with pytest.raises(TypeError, match="Give a cursor, until=…, or a time, before=…"):
        mirror.forget_changes(**given)


def test_a_cursor_of_another_database_is_refused(mirror, client):
    client.add_event(lunch())
    mirror.sync(client)
    with pytest.raises(
        ForgottenChangesError, match="The last change is 1: the cursor 2 is of another"
    ):
        mirror.changes(after=2)


def test_who_has_been_away_for_too_long_can_begin_anew(mirror, client):
    for day in (3, 4):
        client.add_event(lunch(day))
    mirror.sync(client)
    mirror.forget_changes(until=1)
    with pytest.raises(ForgottenChangesError, match=r"Take `cursor\(\)`, read the calendars anew"):
        mirror.changes()
    cursor = mirror.cursor()
    known = {event.id for event in mirror.stored_events()}
    added = client.add_event(lunch(5))
    mirror.sync(client)
    assert [change.event_id for change in mirror.changes(after=cursor)] == [added.id]
    assert len(known | {added.id}) == 3


def test_nothing_is_missed_by_who_reads_while_many_write(mirror, mirror_of, emulator):
    """The position of a change that is not visible yet must not be passed by."""
    users = [f"user{number}@example.com" for number in range(4)]
    for user in users:
        mirror.of(user).sync(emulator.client(user))
    seen, done = [], threading.Event()

    def write(user):
        own, client = mirror_of().of(user), emulator.client(user)
        for day in range(3, 13):
            client.add_event(lunch(day))
            own.sync(client)

    def read():
        reader, cursor = mirror_of(), 0
        while True:
            # Whatever is there after everybody is done is read in another round.
            last = done.is_set()
            from gcsa.mirror import feed

            with reader._database.reading() as connection:
                changes = feed.read(connection, after=cursor, limit=7)
            seen.extend(change.cursor for change in changes)
            if changes:
                cursor = changes[-1].cursor
            elif last:
                return

    reading = threading.Thread(target=read)
    reading.start()
    writing = [threading.Thread(target=write, args=[user]) for user in users]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    done.set()
    reading.join()
    assert seen == list(range(1, 41))


# Listeners.


def test_a_listener_is_told_of_each_change_once_it_is_stored(mirror, mirror_of, client):
    heard = []
    other = mirror_of()

    @mirror.on_change
    def listen(change):
        heard.append((change.kind, change.event.summary, told(other.changes())[-1]))

    event = client.add_event(lunch())
    mirror.sync(client)
    client.patch_event(event, summary="Dinner")
    mirror.sync(client)
    assert heard == [
        ("added", "Lunch", ("added", event.id)),
        ("updated", "Dinner", ("updated", event.id)),
    ]


def test_a_listener_that_fails_changes_nothing(mirror, client, caplog):
    heard = []

    @mirror.on_change
    def fail(change):
        raise RuntimeError("out of coffee")

    mirror.on_change(heard.append)
    client.add_event(lunch(3))
    client.add_event(lunch(4))
    with caplog.at_level(logging.ERROR, logger="gcsa.mirror"):
        assert mirror.sync(client).added == 2
    assert len(heard) == 2
    assert "A listener failed on added of" in caplog.text
    assert "out of coffee" in caplog.text


def test_a_listener_hears_of_more_changes_than_are_read_at_a_time(mirror, client):
    heard = []
    mirror.on_change(heard.append)
    with client.batch() as batch:
        for number in range(620):
            batch.add_event(Event(str(number), datetime(2026, 3, 3, tzinfo=UTC)))
    mirror.sync(client)
    assert [change.cursor for change in heard] == list(range(1, 621))


def test_a_listener_hears_of_the_changes_of_all_accounts_that_are_synchronised_here(
    mirror, client, emulator
):
    heard = []
    mirror.on_change(heard.append)
    ann = emulator.client("ann@example.com")
    ann.add_event(lunch())
    mirror.of("ann").sync(ann)
    assert [change.account for change in heard] == ["ann"]
