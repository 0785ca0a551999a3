"""The same with an asynchronous client: the work on the database is done in threads."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from gcsa.calendar import Calendar
from gcsa.errors import NotFoundError
from gcsa.event import Event
from gcsa.mirror import SyncReport

START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def lunch(day=3):
    return Event("Lunch", datetime(2026, 3, day, 12, tzinfo=UTC))


@pytest.fixture
def async_client(emulator):
    return emulator.async_client("me@example.com")


def test_a_calendar_is_synchronised(mirror_of, client, async_client, emulator, runner):
    mirror = mirror_of(page_size=3)
    for day in range(3, 10):
        client.add_event(lunch(day))
    report = runner.run(mirror.sync(async_client))
    assert report == SyncReport(added=7, updated=0, deleted=0, pages=3, full=True)
    client.delete_event(next(mirror.events("primary", START, END)))
    assert runner.run(mirror.sync(async_client)).deleted == 1
    emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)
    assert runner.run(mirror.sync(async_client)).full
    assert len(list(mirror.events("primary", START, END))) == 6


def test_all_calendars_and_those_that_are_due(mirror, client, async_client, clock, runner):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(lunch(), calendar_id=music.id)
    assert runner.run(mirror.sync_all(async_client)).added == 1
    client.delete_calendar(music)
    clock.advance(timedelta(hours=2))
    report = runner.run(mirror.sync_due(async_client))
    assert report.reports.keys() == {"me@example.com"}
    assert isinstance(report.failures[music.id], NotFoundError)


def test_a_failure_is_raised_where_it_is_awaited(mirror, async_client, runner):
    with pytest.raises(NotFoundError):
        runner.run(mirror.sync(async_client, "nobody@example.com"))


def test_channels(mirror, client, async_client, runner, emulator, clock):
    emulator.push.transport = httpx2.MockTransport(lambda request: httpx2.Response(204))
    mirror.sync(client)
    channel = runner.run(mirror.watch(async_client, "primary", "https://example.com/hook"))
    assert channel.address == "https://example.com/hook"
    clock.advance(timedelta(days=6, hours=12))
    assert runner.run(mirror.renew(async_client)).channels.keys() == {"me@example.com"}
    runner.run(mirror.unwatch(async_client, "primary"))
    assert runner.run(mirror.renew(async_client, timedelta(days=30))).channels == {}


def test_tasks_may_share_a_mirror_and_a_client(mirror, client, async_client, runner):
    calendars = [client.add_calendar(Calendar(f"Number {number}")).id for number in range(3)]
    for calendar_id in calendars:
        client.add_event(lunch(), calendar_id=calendar_id)

    async def synchronise():
        return await asyncio.gather(*(mirror.sync(async_client, id_) for id_ in calendars * 3))

    assert sum(report.added for report in runner.run(synchronise())) == 3


def test_the_event_loop_runs_on_while_the_database_is_waited_for(
    mirror, client, async_client, runner
):
    client.add_event(lunch())
    threads = []
    mirror.on_change(lambda change: threads.append(threading.current_thread()))
    runner.run(mirror.sync(async_client))
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_a_task_that_is_cancelled_is_taken_up_by_the_next_one(
    mirror_of, client, async_between, runner
):
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror = mirror_of(page_size=2)

    async def cancelled():
        def cancel(request):
            if request.url.params.get("pageToken"):
                task.cancel()

        slow, _ = async_between(cancel)
        task = asyncio.ensure_future(mirror.sync(slow))
        with pytest.raises(asyncio.CancelledError):
            await task

    runner.run(cancelled())
    report = mirror.sync(client)
    assert (report.added, report.full) == (7, True)
    assert [change.kind for change in mirror.changes()] == ["added"] * 7
