"""How fast the calls of all workers together may follow each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx2
import pytest

from gcsa.mirror.fleet import CompanyMirror, run_worker
from gcsa.mirror.fleet.carriage import PacedTransport
from gcsa.mirror.fleet.quota import ALL, QuotaSpentError, SharedQuota

ANN, BOB = "ann@example.com", "bob@example.com"
# So few that nothing is refilled while a test runs.
SLOW = 0.001


@pytest.fixture
def database(url):
    with CompanyMirror(url) as mirror:
        yield mirror.database


def spend(quota, account, times):
    """Try to make calls, and return how many could be made without waiting."""
    made = 0
    for _ in range(times):
        with suppress(QuotaSpentError):
            made += quota.reserve(account) == 0
    return made


def test_a_tenth_of_a_minutes_calls_may_be_made_at_once(database):
    quota = SharedQuota(database, 60, None)
    assert [quota.reserve(ANN) == 0 for _ in range(6)] == [True] * 6
    assert quota.reserve(ANN) > 0


def test_no_minute_has_more_calls_than_the_quota(database, rows):
    SharedQuota(database, 600, None).reserve(ANN)
    rows("UPDATE fleet_paces SET remaining = 60 WHERE name = %s RETURNING 1", ANN)
    at_once = spend(SharedQuota(database, 600, None, longest_wait=0), ANN, 60)
    [[refilled]] = rows(
        "UPDATE fleet_paces SET counted_at = counted_at - interval '60 seconds', remaining = -540"
        " WHERE name = %s RETURNING 1",
        ANN,
    )
    assert (at_once, refilled) == (60, 1)
    # 540 more during the rest of the minute: the two are Google's 600.
    wait = SharedQuota(database, 600, None).reserve(ANN)
    assert wait == pytest.approx(1 / 9, abs=0.12)


def test_workers_share_what_there_is(database, url):
    with CompanyMirror(url) as elsewhere:
        workers = [SharedQuota(one, SLOW, None) for one in (database, elsewhere.database)]
        with ThreadPoolExecutor(8) as pool:
            made = sum(pool.map(lambda number: spend(workers[number % 2], ANN, 5), range(8)))
    assert made == 1  # a bucket holds at least one call


def test_users_do_not_share(database):
    quota = SharedQuota(database, SLOW, None)
    assert quota.reserve(ANN) == 0
    assert quota.reserve(BOB) == 0


def test_all_users_together_have_a_quota_of_their_own(database):
    quota = SharedQuota(database, None, SLOW)
    assert quota.reserve(ANN) == 0
    with pytest.raises(QuotaSpentError, match=r"there will be calls again in \d+\.\d seconds"):
        quota.reserve(BOB)


def test_a_call_that_may_not_be_made_costs_nothing(database, rows):
    quota = SharedQuota(database, 600, SLOW)
    quota.reserve(ANN)
    with pytest.raises(QuotaSpentError):
        quota.reserve(BOB)
    assert rows("SELECT name, calls FROM fleet_paces ORDER BY name") == [(ALL, 1), (ANN, 1)]


def test_calls_are_counted_without_limits_too(database, rows):
    quota = SharedQuota(database, None, None)
    assert [quota.reserve(ANN) for _ in range(3)] == [0, 0, 0]
    assert rows("SELECT name, calls FROM fleet_paces ORDER BY name") == [(ALL, 3), (ANN, 3)]


def test_a_request_waits_its_turn_and_a_token_does_not(database):
    waits = []
    network = httpx2.MockTransport(lambda request: httpx2.Response(200))
    quota = SharedQuota(database, 60, None)
    transport = PacedTransport(ANN, quota, network, waits.append)
    with httpx2.Client(transport=transport) as client:
        for _ in range(8):
            client.get("https://www.googleapis.com/calendar/v3/users/me/settings")
        for _ in range(8):
            client.post("https://oauth2.googleapis.com/token")
    assert len(waits) == 2
    assert 0 < waits[0] < waits[1]


def test_google_counts_calls_for_the_user_and_not_for_the_service_account(database):
    charged = []
    quota = SharedQuota(database, None, None)

    def answer(request):
        charged.append(request.headers.get("X-Goog-Quota-User"))
        return httpx2.Response(200)

    for account in (ANN, BOB, f"an.{'x' * 60}@example.com", ANN):
        transport = PacedTransport(account, quota, httpx2.MockTransport(answer))
        with httpx2.Client(transport=transport) as client:
            client.get("https://www.googleapis.com/calendar/v3/users/me/settings")
    ann, bob, long, ann_again = charged
    assert ann == ann_again
    assert len({ann, bob, long}) == 3
    assert all(0 < len(name) < 40 for name in charged)


def test_a_calendar_whose_user_has_no_quota_left_waits_in_the_queue(work_of, known, rows):
    known(ANN)
    work = work_of(calls_per_minute=SLOW)
    rows("UPDATE fleet_paces SET remaining = -1e9 WHERE name = %s RETURNING 1", ANN)
    run_worker(work, until_empty=True)
    assert rows("SELECT outcome FROM fleet_runs WHERE calendar_id = %s", ANN) == [
        ("waits for quota",)
    ]
    [(is_later, attempts)] = rows(
        "SELECT scheduled_at > now(), attempts FROM procrastinate_jobs WHERE lock IS NOT NULL"
    )
    assert is_later
    assert attempts == 0
    assert work.mirror.of(ANN).calendars()[0].failure is None


def test_a_fleet_keeps_within_the_quota_that_the_server_enforces(work_of, known, emulator, rows):
    emulator.quota.per_user = 100
    known(ANN)
    work = work_of(calls_per_minute=100)
    for _ in range(12):
        work.queue.sync(ANN, ANN)
        run_worker(work, until_empty=True)
        rows("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE lock IS NOT NULL RETURNING 1")
    outcomes = {outcome for (outcome,) in rows("SELECT DISTINCT outcome FROM fleet_runs")}
    assert outcomes <= {"done", "waits for quota"}
    assert {request.status for request in emulator.requests} == {200}
