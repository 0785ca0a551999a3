"""Tests of `booking.py`, with gcsa's fixtures for pytest: Google Calendar runs in the test's own process.

Beside `booking.py` in a folder of your own they need `pip install pytest fastapi "gcsa[emulator]"`; `pytest` runs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import booking
import httpx2
import pytest
from fastapi.testclient import TestClient

from gcsa.emulator import Emulator
from gcsa.emulator.faults import Faults

ANN = "/ann@example.com"
NOON = {"start": "2026-01-05T12:00:00+01:00", "guest": "guest@elsewhere.org"}


@pytest.fixture
def page(
    served_calendar_emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    key = tmp_path / "key.json"
    key.write_text(json.dumps(served_calendar_emulator.service_account_info()))
    monkeypatch.setenv("SERVICE_ACCOUNT", str(key))
    monkeypatch.setenv("PUBLIC_ADDRESS", "http://localhost:8000")
    with TestClient(booking.app) as client:
        yield client


def free_on_monday(page: TestClient) -> list[str]:
    slots = page.get(f"{ANN}/free", params={"day": "2026-01-05"}).json()
    return [f"{start[11:16]}-{end[11:16]}" for start, end in slots]


def test_a_call_has_a_meet_and_takes_its_time(
    page: TestClient, served_calendar_emulator: Emulator
) -> None:
    answer = page.post(f"{ANN}/calls", json=NOON)
    assert answer.status_code == 201
    assert answer.json()["link"].startswith("https://meet.google.com/")
    assert free_on_monday(page) == ["09:00-12:00", "12:30-17:00"]
    assert [(mail.kind, mail.to) for mail in served_calendar_emulator.outbox] == [
        ("invitation", "guest@elsewhere.org")
    ]


@pytest.mark.calendar(
    now="2026-01-05T08:00+01:00",
    seed={
        "events": [
            {"user": "ann@example.com", "summary": "Dentist", "start": "2026-01-05T13:00+01:00"}
        ]
    },
)
def test_what_is_on_the_calendar_is_not_free(page: TestClient) -> None:
    assert free_on_monday(page) == ["09:00-13:00", "14:00-17:00"]


def test_of_eight_who_want_the_same_time_one_gets_it(page: TestClient) -> None:
    with ThreadPoolExecutor(8) as guests:
        asked = [guests.submit(page.post, f"{ANN}/calls", json=NOON) for _ in range(8)]
    assert sorted(one.result().status_code for one in asked) == [201] + [409] * 7


def test_a_cancelled_time_can_be_booked_again(page: TestClient) -> None:
    call = page.post(f"{ANN}/calls", json=NOON).json()
    assert page.delete(f"{ANN}/calls/{call['id']}").status_code == 204
    assert page.delete(f"{ANN}/calls/{call['id']}").status_code == 404
    assert page.post(f"{ANN}/calls", json=NOON).status_code == 201


def test_a_call_is_moved_with_its_meet_and_not_onto_another(page: TestClient) -> None:
    call = page.post(f"{ANN}/calls", json=NOON).json()
    page.post(f"{ANN}/calls", json={**NOON, "start": "2026-01-05T14:00:00+01:00"})

    def move(to: str) -> httpx2.Response:
        return page.patch(f"{ANN}/calls/{call['id']}", json={"start": f"2026-01-05T{to}+01:00"})

    assert move("13:45:00").status_code == 409
    assert move("12:15:00").json()["link"] == call["link"]


def test_a_lost_answer_does_not_book_twice(
    page: TestClient, calendar_faults: Faults, served_calendar_emulator: Emulator
) -> None:
    calendar_faults.add(drop="after", times=1, on="events.insert")
    assert page.post(f"{ANN}/calls", json=NOON).status_code == 201
    assert len(list(served_calendar_emulator.client("ann@example.com"))) == 1


def test_an_outage_is_told_without_waiting(page: TestClient, calendar_faults: Faults) -> None:
    calendar_faults.add(status=503)
    assert page.post(f"{ANN}/calls", json=NOON).status_code == 503


def test_changes_arrive_by_push(page: TestClient, served_calendar_emulator: Emulator) -> None:
    def receive(request: httpx2.Request) -> httpx2.Response:
        answer = page.post(request.url.path, headers=dict(request.headers))
        return httpx2.Response(answer.status_code)

    served_calendar_emulator.push.transport = httpx2.MockTransport(receive)
    assert page.put(f"{ANN}/watch").status_code == 204
    served_calendar_emulator.client("ann@example.com").add_quick_event("Lunch tomorrow at noon")
    served_calendar_emulator.deliver_notifications()
    assert page.get("/changes").json() == ["Lunch: confirmed"]
    assert page.post("/notifications", headers={"X-Goog-Channel-ID": "?"}).status_code == 404


def test_strangers_have_no_calendar_here(page: TestClient) -> None:
    assert page.get("/ann@elsewhere.org/free", params={"day": "2026-01-05"}).status_code == 404
