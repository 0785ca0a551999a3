"""The request log: everything that a test may want to know of what was asked, and no secret."""

from __future__ import annotations

import httpx2
import pytest

from gcsa.emulator import Request
from gcsa.emulator.request_log import RequestLog

EVENTS = "/calendars/primary/events"


def test_a_request_is_recorded_with_who_asked_what(emulator, me, meeting, clock):
    me.call("POST", EVENTS, meeting, sendUpdates="all")
    [request] = emulator.requests
    assert request.method == "calendar.events.insert"
    assert request.http_method == "POST"
    assert request.path == "/calendar/v3/calendars/primary/events"
    assert request.query == {"sendUpdates": ["all"]}
    assert request.user == "me@example.com"
    assert request.status == 200
    assert request.json()["summary"] == "Meeting"
    assert request.at == clock.now()
    assert not request.in_batch


def test_requests_are_found_by_method_and_by_user(emulator, me, caller, meeting):
    event = me.insert(meeting)
    me.get(event["id"])
    caller(emulator, "ann@example.com").items()
    assert [r.method for r in emulator.requests.of("events.insert")] == ["calendar.events.insert"]
    assert len(emulator.requests.of("calendar.events.get")) == 1
    assert len(emulator.requests.of("events.*")) == 3
    assert len(emulator.requests.of("*")) == 3
    assert len(emulator.requests.of("*", user="Ann@example.com")) == 1
    assert emulator.requests.of("acl.list") == []


def test_the_log_is_a_sequence(emulator, me, meeting):
    event = me.insert(meeting)
    me.get(event["id"])
    assert len(emulator.requests) == 2
    assert emulator.requests[-1].method == "calendar.events.get"
    assert [r.method for r in emulator.requests[:1]] == ["calendar.events.insert"]
    assert repr(emulator.requests) == "<RequestLog of 2 requests>"
    assert repr(emulator.requests[0]) == (
        "<calendar.events.insert /calendar/v3/calendars/primary/events by me@example.com: 200>"
    )


def test_the_log_can_be_cleared(emulator, me):
    me.items()
    emulator.requests.clear()
    assert list(emulator.requests) == []


def test_what_failed_is_recorded_with_its_status(emulator, me, caller):
    me.call("GET", f"{EVENTS}/nothing")
    caller(emulator, None).call("GET", EVENTS)
    caller(emulator, "no address").call("GET", EVENTS)
    me.call("GET", "/no/such/method")
    found = [(r.method, r.user, r.status) for r in emulator.requests]
    assert found == [
        ("calendar.events.get", "me@example.com", 404),
        ("calendar.events.list", None, 401),
        ("calendar.events.list", None, 401),
        ("", None, 404),
    ]


def test_a_dropped_connection_is_recorded_without_a_status(emulator):
    emulator.faults.add(drop="before")
    with (
        httpx2.Client(transport=emulator.transport) as http,
        pytest.raises(httpx2.RemoteProtocolError),
    ):
        http.get(
            f"http://calendar.emulator/calendar/v3{EVENTS}",
            headers={"Authorization": "Bearer me@example.com"},
        )
    [request] = emulator.requests
    assert request.status is None
    assert repr(request).endswith("by me@example.com: connection dropped>")


def test_a_batch_is_recorded_and_so_is_each_of_its_calls(emulator):
    part = (
        "--b\r\nContent-Type: application/http\r\n\r\n"
        "GET /calendar/v3/calendars/primary/events HTTP/1.1\r\n"
        "Authorization: Bearer ann@example.com\r\n\r\n\r\n"
    )
    headers = {
        "Content-Type": "multipart/mixed; boundary=b",
        "Authorization": "Bearer me@example.com",
    }
    body = (part * 2 + "--b--").encode()
    emulator.handle(Request.of("POST", "/batch/calendar/v3", headers.items(), body))
    found = [(r.method, r.user, r.in_batch, r.status) for r in emulator.requests]
    assert found == [
        ("calendar.events.list", "ann@example.com", True, 200),
        ("calendar.events.list", "ann@example.com", True, 200),
        ("batch", None, False, 200),
    ]
    assert emulator.requests.of("batch")[0].body == b""


def test_tokens_and_keys_are_not_shown(emulator, caller):
    asker = caller(
        emulator, None, {"Authorization": "Bearer me@example.com", "X-Goog-Api-Key": "secret-1"}
    )
    asker.call("GET", EVENTS, key="secret-2", access_token="secret-3", q="lunch")
    [request] = emulator.requests
    assert request.headers["authorization"] == request.headers["x-goog-api-key"] == "…"
    assert request.query == {"key": ["…"], "access_token": ["…"], "q": ["lunch"]}
    shown = f"{request!r} {dict(request.headers)} {request.query} {request.body!r}"
    assert "secret" not in shown


def test_the_bodies_of_the_oauth_endpoints_are_not_kept(emulator):
    body = b"grant_type=refresh_token&refresh_token=secret&client_secret=secret"
    emulator.handle(Request.of("POST", "/token", [], body))
    [request] = emulator.requests
    assert (request.method, request.body) == ("POST /token", b"")


def test_control_requests_are_not_recorded(emulator):
    emulator.handle(Request.of("GET", "/emulator/clock"))
    assert list(emulator.requests) == []


def test_an_empty_body_is_none(emulator, me):
    me.items()
    assert emulator.requests[0].json() is None


def test_only_the_newest_requests_are_kept(emulator, me, clock):
    emulator.requests = RequestLog(clock, limit=3)
    for number in range(5):
        me.items(q=str(number))
    assert [r.query["q"] for r in emulator.requests] == [["2"], ["3"], ["4"]]


def test_large_bodies_are_kept_only_as_long_as_there_is_room(emulator, me, meeting, clock):
    emulator.requests = RequestLog(clock, body_limit=10_000)
    for number in range(3):
        me.insert({**meeting, "summary": str(number), "description": "x" * 4000})
    assert [r.json()["summary"] for r in emulator.requests] == ["1", "2"]
