"""What happens to jobs: how many there are of a calendar, who does them, and what becomes of those that fail."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.exceptions import ConnectorException

from gcsa.calendar import Calendar
from gcsa.errors import AuthenticationError, NotFoundError, ServerError
from gcsa.event import Event
from gcsa.mirror.errors import ForgottenChangesError, UnknownCalendarError
from gcsa.mirror.fleet import dead_letters, read_state, run_worker, worker
from gcsa.mirror.fleet.guard import Guard
from gcsa.mirror.fleet.patience import MOST_ATTEMPTS, BackOff
from gcsa.mirror.fleet.queue import QUEUE, calendar_lock
from gcsa.mirror.fleet.worker import make_app, take_up_stalled

DAY = datetime(2026, 1, 5, tzinfo=UTC)
ANN, BOB = "ann@example.com", "bob@example.com"

WAITING = "SELECT task_name, args, priority FROM procrastinate_jobs WHERE status = 'todo'"


def with_jobs(work, do):
    """Do something with the queue's own API."""

    async def run():
        app = make_app(work)
        async with app.open_async():
            return await do(app)

    return asyncio.run(run())


async def take(app):
    """Take the next job, as a worker that will never be heard of again."""
    worker = await app.job_manager.register_worker()
    job = await app.job_manager.fetch_job(queues=[QUEUE], worker_id=worker)
    await app.job_manager.unregister_worker(worker)
    return job


def test_however_often_a_calendar_is_asked_for_there_is_one_job(work, rows):
    asked = [work.queue.sync(ANN, ANN) for _ in range(100)]
    assert asked == [True] + [False] * 99
    assert rows(WAITING) == [("gcsa.fleet.sync", {"account": ANN, "calendar_id": ANN}, 0)]


def test_a_job_that_is_under_way_does_not_hide_a_later_notification(work, rows):
    work.queue.sync(ANN, ANN)
    with_jobs(work, take)
    assert work.queue.sync(ANN, ANN)
    assert not work.queue.sync(ANN, ANN)
    assert rows("SELECT status::text FROM procrastinate_jobs ORDER BY id") == [
        ("doing",),
        ("todo",),
    ]


def test_two_jobs_of_a_calendar_are_not_handed_out_at_the_same_time(work):
    work.queue.sync(ANN, ANN)
    first = with_jobs(work, take)
    work.queue.sync(ANN, ANN)
    assert first.lock == calendar_lock(ANN, ANN)
    assert with_jobs(work, take) is None


def test_the_job_of_a_dead_worker_is_done_by_another_one(work, known, rows):
    known(ANN)
    with_jobs(work, take)
    with_jobs(work, lambda app: take_up_stalled(app.job_manager, timedelta(seconds=30)))
    run_worker(work, until_empty=True)
    assert rows("SELECT outcome FROM fleet_runs WHERE calendar_id = %s", ANN) == [("done",)]


@pytest.fixture
def other_worker(work):
    """Another worker's connection, and the job that it has taken."""
    guard = Guard(work.settings.conninfo)
    work.queue.sync(ANN, ANN)

    async def take_as_other(app):
        number = guard.register_worker()
        return await app.job_manager.fetch_job(queues=[QUEUE], worker_id=number)

    yield guard, with_jobs(work, take_as_other)
    guard.close()


def take_up(work):
    with_jobs(work, lambda app: take_up_stalled(app.job_manager, timedelta(hours=1)))


def test_a_worker_that_is_connected_keeps_its_job(work, rows, other_worker):
    take_up(work)
    assert rows("SELECT status::text, attempts FROM procrastinate_jobs") == [("doing", 0)]
    assert rows("SELECT count(*) FROM procrastinate_workers") == [(1,)]


def test_when_a_workers_connection_is_gone_its_job_is_taken_up_at_once(work, rows, other_worker):
    guard, _job = other_worker
    guard.close()
    take_up(work)
    assert rows("SELECT status::text, attempts FROM procrastinate_jobs") == [("todo", 1)]
    assert rows("SELECT count(*) FROM procrastinate_workers") == [(0,)]


def test_a_worker_that_connects_anew_is_not_taken_for_dead(work, rows, other_worker):
    guard, _job = other_worker
    guard.close()
    with guard.holding("anything"):
        take_up(work)
    assert rows("SELECT status::text, attempts FROM procrastinate_jobs") == [("doing", 0)]


def test_workers_of_other_programs_on_the_same_queue_tables_are_left_alone(work, rows):
    rows("SELECT procrastinate_register_worker_v1()")
    take_up(work)
    assert rows("SELECT count(*) FROM procrastinate_workers") == [(1,)]


def test_a_worker_that_is_connected_and_silent_is_given_up_after_a_while(work, rows, other_worker):
    rows("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 hours' RETURNING 1")
    take_up(work)
    assert rows("SELECT status::text, attempts FROM procrastinate_jobs") == [("todo", 1)]


def test_the_job_of_a_dead_worker_is_dropped_if_another_one_waits(work, rows):
    work.queue.sync(ANN, ANN)
    dead = with_jobs(work, take)
    work.queue.sync(ANN, ANN)
    with_jobs(work, lambda app: take_up_stalled(app.job_manager, timedelta(seconds=30)))
    [(left, status)] = rows("SELECT id, status::text FROM procrastinate_jobs")
    assert left != dead.id
    assert status == "todo"


def test_a_job_that_kills_its_workers_is_given_up(work, rows):
    work.queue.sync(ANN, ANN)

    async def die(app):
        await take(app)
        await take_up_stalled(app.job_manager, timedelta(seconds=30))

    for _ in range(MOST_ATTEMPTS):
        with_jobs(work, die)
    assert rows("SELECT status::text FROM procrastinate_jobs") == [("failed",)]


def test_a_calendar_that_somebody_is_still_busy_with_is_left_for_later(work, known, rows):
    known(ANN)
    other = Guard(work.settings.conninfo)
    with other.holding(calendar_lock(ANN, ANN)) as is_held:
        assert is_held
        run_worker(work, until_empty=True)
        assert rows("SELECT count(*) FROM fleet_runs WHERE calendar_id = %s", ANN) == [(0,)]
        assert rows("SELECT count(*) FROM procrastinate_jobs WHERE scheduled_at > now()") == [(1,)]
    other.close()
    work.sync(ANN, ANN)
    assert work.mirror.of(ANN).calendars()[0].synced_at is not None


def test_a_passing_failure_is_repeated_with_longer_and_longer_pauses(work, rows):
    work.queue.sync(ANN, ANN)
    job = with_jobs(work, take)
    pauses = [
        BackOff().get_retry_decision(
            exception=ServerError("Backend Error"), job=job.evolve(attempts=attempts)
        )
        for attempts in range(MOST_ATTEMPTS)
    ]
    assert pauses[-1] is None
    at = [pause.retry_at for pause in pauses[:-1]]
    first, last = at[0], at[-1]
    assert last - first > timedelta(minutes=5)


@pytest.mark.parametrize("error", [NotFoundError("Not Found"), AuthenticationError("Gone")])
def test_a_final_refusal_is_not_repeated(work, error):
    work.queue.sync(ANN, ANN)
    job = with_jobs(work, take)
    assert BackOff().get_retry_decision(exception=error, job=job) is None


def test_an_unknown_calendar_is_a_dead_letter_and_the_others_go_on(work, known, emulator):
    known(ANN)
    work.queue.sync(ANN, "nobody@example.com")
    run_worker(work, until_empty=True)
    [letter] = dead_letters(work.mirror.database)
    assert (letter.account, letter.calendar_id) == (ANN, "nobody@example.com")
    assert letter.kind == "NotFoundError"
    assert letter.failure is not None
    assert letter.failure.startswith("Not Found (404 notFound)")
    assert [calendar.failure for calendar in work.mirror.of(ANN).calendars()] == [None]


def test_a_calendar_that_is_well_again_is_no_dead_letter(work, known, emulator):
    known(ANN)
    fault = emulator.faults.add(status=404, reason="notFound", on="events.list")
    run_worker(work, until_empty=True)
    assert read_state(work.mirror.database, QUEUE).dead_letters == 1
    fault.remove()
    work.sync(ANN, ANN)
    assert dead_letters(work.mirror.database) == []


def test_an_account_whose_access_is_revoked_fails_alone_and_keeps_its_copy(work, known, emulator):
    known(ANN, BOB)
    emulator.client(ANN).add_event(Event("Lunch", DAY))
    run_worker(work, until_empty=True)
    emulator.client(BOB).add_event(Event("Dinner", DAY))
    emulator.faults.add(status=401, user=ANN)
    for account in (ANN, BOB):
        work.queue.discover(account)
        work.queue.sync(account, account)
    run_worker(work, until_empty=True)
    letters = dead_letters(work.mirror.database)
    assert {(letter.account, letter.kind) for letter in letters} == {(ANN, "AuthenticationError")}
    assert {letter.calendar_id for letter in letters} == {"", ANN}
    for account, summary in ((ANN, "Lunch"), (BOB, "Dinner")):
        events = work.mirror.of(account).events(account, DAY, DAY + timedelta(days=1))
        assert [event.summary for event in events] == [summary]


def test_credentials_that_cannot_be_had_are_a_failure_of_that_account(work_of, rows):
    def credentials_for(account):
        raise LookupError(f"There are no credentials for {account}")

    work = work_of(credentials_for)
    work.accounts.add([ANN])
    with pytest.raises(LookupError, match="There are no credentials"):
        work.discover(ANN)
    assert rows("SELECT name, failure_kind, failure FROM fleet_accounts") == [
        (ANN, "LookupError", "There are no credentials for ann@example.com")
    ]


def test_what_a_failure_says_is_written_down_without_what_the_database_cannot_hold(work_of, rows):
    def credentials_for(account):
        raise LookupError("none \0\ud83d for Ann")

    work = work_of(credentials_for)
    work.accounts.add([ANN])
    with pytest.raises(LookupError):
        work.discover(ANN)
    assert rows("SELECT failure FROM fleet_accounts") == [("none ? for Ann",)]
    assert rows("SELECT failure FROM fleet_runs") == [("none ? for Ann",)]


def test_an_account_that_was_removed_is_no_longer_synchronised(work, known, emulator):
    known(ANN)
    assert work.accounts.remove(ANN)
    run_worker(work, until_empty=True)
    assert emulator.requests.of("events.list") == []
    with pytest.raises(UnknownCalendarError):
        list(work.mirror.of(ANN).events(ANN, DAY, DAY + timedelta(days=1)))


def test_what_is_due_is_asked_for_once(work, known):
    known(ANN, BOB)
    assert work.ask_for_what_is_due() == 0  # discovering has asked for them
    run_worker(work, until_empty=True)
    assert work.ask_for_what_is_due() == 0


def test_a_lost_notification_is_healed(work, work_of, known, emulator):
    known(ANN)
    run_worker(work, until_empty=True)
    emulator.client(ANN).add_event(Event("Lunch", DAY))
    assert work_of(heal_every=timedelta(milliseconds=1)).ask_for_what_is_due() == 1
    run_worker(work, until_empty=True)
    events = work.mirror.of(ANN).events(ANN, DAY, DAY + timedelta(days=1))
    assert [event.summary for event in events] == ["Lunch"]


def test_a_new_calendar_is_discovered(work, work_of, known, emulator):
    known(ANN)
    run_worker(work, until_empty=True)
    made = emulator.client(ANN).add_calendar(Calendar("Holidays"))
    assert work_of(discover_every=timedelta(milliseconds=1)).ask_for_what_is_due() == 1
    for _ in range(2):  # first the list, then what is new on it
        run_worker(work, until_empty=True)
    ids = {calendar.id for calendar in work.mirror.of(ANN).calendars() if calendar.synced_at}
    assert ids == {ANN, made.id}


def test_changes_are_forgotten_when_they_have_been_kept_for_long_enough(
    work, work_of, known, emulator, rows
):
    known(ANN)
    for summary in ("Lunch", "Dinner"):
        emulator.client(ANN).add_event(Event(summary, DAY))
        work.sync(ANN, ANN)
    rows("UPDATE mirror_changes SET at = at - 31 * 86400000::bigint WHERE position = 1 RETURNING 1")
    mirror = work.mirror.of(ANN)
    work_of(keep_changes_for=None).forget_what_is_old()
    assert [change.event.summary for change in mirror.changes()] == ["Lunch", "Dinner"]
    work.forget_what_is_old()
    assert [change.event.summary for change in mirror.changes(after=1)] == ["Dinner"]
    with pytest.raises(ForgottenChangesError, match="The changes up to 1 are forgotten"):
        mirror.changes()


def test_what_is_old_is_forgotten_now_and_then(work, known, rows):
    known(ANN)
    work.sync(ANN, ANN)
    rows("UPDATE fleet_runs SET ended_at = ended_at - interval '29 days' RETURNING 1")

    async def tidy(app):
        await app.tasks["gcsa.fleet.tidy"].defer_async(timestamp=0)

    with_jobs(work, tidy)
    run_worker(work, until_empty=True)
    assert rows("SELECT account FROM fleet_runs WHERE ended_at < now() - interval '1 day'") == []


def test_a_worker_whose_database_is_gone_ends_with_an_error(
    work, rows, url, fleet_databases, wait_until, monkeypatch
):
    monkeypatch.setattr(worker, "CONNECTION_TIMEOUT", 0.2)

    def drop():
        wait_until(lambda: rows("SELECT id FROM procrastinate_workers"), seconds=20)
        fleet_databases.drop(url)

    with ThreadPoolExecutor(1) as pool:
        dropped = pool.submit(drop)
        with pytest.raises(ConnectorException):
            run_worker(work)
        dropped.result()
