"""Notifications that reach a fleet, and the channels they come on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from gcsa.event import Event
from gcsa.mirror.fleet import fleet_webhook, run_worker

ANN = "ann@example.com"
ADDRESS = "http://127.0.0.1:9/calendars"  # nobody listens there: the tests say what Google would
WAITING = "SELECT args ->> 'calendar_id', priority FROM procrastinate_jobs WHERE status = 'todo'"


@pytest.fixture
def work(work_of):
    return work_of(address=ADDRESS)


@pytest.fixture
def web_hook(work):
    with TestClient(fleet_webhook(work.mirror, work.queue)) as client:
        yield client


def notification(rows, state="exists", **changed):
    [(channel, token, resource, uri)] = rows(
        "SELECT id, token, resource_id, resource_uri FROM mirror_channels"
    )
    return {
        "X-Goog-Channel-ID": channel,
        "X-Goog-Channel-Token": token,
        "X-Goog-Resource-ID": resource,
        "X-Goog-Resource-URI": uri,
        "X-Goog-Resource-State": state,
        "X-Goog-Message-Number": "2",
    } | {name.replace("_", "-"): value for name, value in changed.items()}


def test_a_hundred_notifications_make_one_job_that_goes_first(work, known, web_hook, rows):
    known(ANN)
    run_worker(work, until_empty=True)
    answers = {web_hook.post("/", headers=notification(rows)).status_code for _ in range(100)}
    assert answers == {204}
    assert rows(WAITING) == [(ANN, 10)]


def test_a_notification_brings_the_copy_up_to_date(work, known, web_hook, rows, emulator):
    known(ANN)
    run_worker(work, until_empty=True)
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    made = emulator.client(ANN).add_event(Event("Lunch", at))
    web_hook.post("/", headers=notification(rows))
    run_worker(work, until_empty=True)
    assert work.mirror.of(ANN).event(made.id, ANN).summary == "Lunch"


def test_the_first_message_of_a_channel_makes_no_job(work, known, web_hook, rows):
    known(ANN)
    run_worker(work, until_empty=True)
    assert web_hook.post("/", headers=notification(rows, "sync")).status_code == 204
    assert rows(WAITING) == []


def test_a_forged_notification_makes_no_job(work, known, web_hook, rows):
    known(ANN)
    run_worker(work, until_empty=True)
    forged = notification(rows, X_Goog_Channel_Token="guessed")
    assert web_hook.post("/", headers=forged).status_code == 404
    assert rows(WAITING) == []


def test_a_calendar_is_watched_once(work, known, emulator):
    known(ANN)
    for _ in range(3):
        work.sync(ANN, ANN)
    assert len(emulator.requests.of("events.watch")) == 1


def test_a_channel_that_ends_soon_is_renewed(work, known, rows):
    known(ANN)
    work.sync(ANN, ANN)
    [(before,)] = rows("SELECT id FROM mirror_channels")
    work.discover(ANN)
    assert rows("SELECT id FROM mirror_channels") == [(before,)]
    rows(
        "UPDATE mirror_channels SET expires_at = EXTRACT(EPOCH FROM now()) * 1000 + 3600000 RETURNING 1"
    )
    work.discover(ANN)
    [(after,)] = rows("SELECT id FROM mirror_channels")
    assert after != before


def test_a_calendar_that_has_no_notifications_is_synchronised_all_the_same(
    work, known, emulator, rows
):
    emulator.faults.add(
        status=400, reason="pushNotSupportedForRequestedResource", on="events.watch"
    )
    known(ANN)
    work.sync(ANN, ANN)
    assert work.mirror.of(ANN).calendars()[0].synced_at is not None
    assert rows("SELECT * FROM mirror_channels") == []
