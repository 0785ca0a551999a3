"""Control of a served emulator, by any HTTP client."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest


@pytest.fixture
def served(emulator):
    with httpx2.Client(base_url=emulator.serve(), timeout=20, trust_env=False) as client:
        yield client


AUTHORIZATION = {"Authorization": "Bearer me@example.com"}
EVENTS = "/calendar/v3/calendars/primary/events"


def test_the_clock_is_moved(served):
    before = served.get("/emulator/clock").json()["now"]
    assert before == "2026-03-02T09:00:00.000Z"
    moved = served.post("/emulator/clock/advance", json={"hours": 1})
    assert moved.json()["now"] == "2026-03-02T10:00:00.000Z"


def test_a_fault_that_is_ordered_strikes(served):
    served.post("/emulator/faults", json={"status": 503, "times": 1, "on": "events.list"})
    statuses = [served.get(EVENTS, headers=AUTHORIZATION).status_code for _ in range(2)]
    assert statuses == [503, 200]


@pytest.mark.parametrize("drop", ["connect", "before", "after"])
def test_a_connection_is_dropped(served, drop):
    served.post("/emulator/faults", json={"drop": drop, "times": 1})
    with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
        served.get(EVENTS, headers=AUTHORIZATION)
    assert served.get(EVENTS, headers=AUTHORIZATION).status_code == 200


def test_a_body_is_cut(served):
    served.post("/emulator/faults", json={"truncate": True, "times": 1})
    with pytest.raises(httpx2.RemoteProtocolError, match="peer closed connection"):
        served.get(EVENTS, headers=AUTHORIZATION)


def test_the_state_is_kept_and_restored(served):
    event = {"summary": "Kept", "start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}}
    served.post(EVENTS, json=event, headers=AUTHORIZATION)
    state = served.get("/emulator/snapshot")
    served.post("/emulator/reset")
    assert served.get(EVENTS, headers=AUTHORIZATION).json()["items"] == []
    served.post(
        "/emulator/restore",
        content=state.content,
        headers={"Content-Type": "application/vnd.sqlite3"},
    )
    [kept] = served.get(EVENTS, headers=AUTHORIZATION).json()["items"]
    assert kept["summary"] == "Kept"


def test_a_receiver_may_call_back_before_it_answers(served):
    """A webhook that synchronizes at once must not wait for the delivery that waits for it."""
    seen = []

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(served.get(EVENTS, headers=AUTHORIZATION).status_code)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Webhook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        body = {"id": "1", "type": "web_hook", "address": address}
        served.post(f"{EVENTS}/watch", json=body, headers=AUTHORIZATION)
        deliveries = served.post("/emulator/notifications/deliver").json()["deliveries"]
        server.shutdown()
        thread.join()
    assert seen == [200]
    assert [delivery["is_received"] for delivery in deliveries] == [True]
