"""Control over HTTP: each part of it does what its Python counterpart does."""

from __future__ import annotations

import base64
import sqlite3
from datetime import UTC, datetime

import pytest

# The clock --------------------------------------------------------------------------------------------------


def test_the_clock_is_shown(control):
    assert control("GET", "/clock") == {"now": "2026-03-02T09:00:00.000Z", "frozen": True}


def test_the_clock_is_set(control, clock):
    shown = control("POST", "/clock/set", {"at": "2026-04-01T10:00:00+02:00"})
    assert shown["now"] == "2026-04-01T08:00:00.000Z"
    assert clock.now() == datetime(2026, 4, 1, 8, tzinfo=UTC)


def test_the_clock_is_moved(control):
    by = {"days": 1, "hours": 2, "minutes": 3, "seconds": 4.5}
    assert control("POST", "/clock/advance", by)["now"] == "2026-03-03T11:03:04.500Z"
    assert control("POST", "/clock/advance", {"days": -1})["now"] == "2026-03-02T11:03:04.500Z"


def test_the_clock_is_let_go_and_stopped(control, clock):
    assert control("POST", "/clock/resume")["frozen"] is False
    assert not clock.is_frozen
    assert control("POST", "/clock/freeze", {"at": "2026-05-01T00:00:00Z"}) == {
        "now": "2026-05-01T00:00:00.000Z",
        "frozen": True,
    }
    assert control("POST", "/clock/freeze")["now"] == "2026-05-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/clock/set", {}, "missing required field `at`"),
        ("/clock/set", {"at": "tomorrow"}, "Invalid RFC3339 encoded datetime"),
        ("/clock/set", {"at": "2026-04-01T10:00:00"}, "with a timezone component"),
        ("/clock/set", {"at": "1960-01-01T00:00:00Z"}, "The clock goes from 1970 to 9990."),
        ("/clock/freeze", {"at": "9999-12-31T00:00:00Z"}, "The clock goes from 1970 to 9990."),
        ("/clock/advance", {"days": 1e300}, "The clock goes from 1970 to 9990."),
        ("/clock/advance", {"days": -100_000}, "The clock goes from 1970 to 9990."),
        ("/clock/advance", {"weeks": 1}, "unknown field `weeks`"),
        ("/clock/advance", {"hours": "2"}, "Expected `float`, got `str` - at `$.hours`"),
        ("/clock/resume", {"at": 1}, "unknown field `at`"),
        ("/clock/advance", b"{", "Input data was truncated"),
        ("/clock/advance", b"\xff", "malformed"),
        ("/clock/advance", [], "Expected `object`, got `array`"),
    ],
)
def test_a_body_that_cannot_be_is_400_and_says_why(control, path, body, message):
    if body == []:
        body = b"[]"
    status, said = control.error("POST", path, body)
    assert status == 400
    assert message in said
    assert control("GET", "/clock")["now"] == "2026-03-02T09:00:00.000Z"


# Faults -----------------------------------------------------------------------------------------------------


def test_faults_are_ordered_listed_and_taken_off(control, me):
    ordered = control("POST", "/faults", {"status": 503, "times": 2, "on": "events.list"})
    assert ordered == {
        "id": 1,
        "on": "events.list",
        "user": None,
        "status": 503,
        "reason": "backendError",
        "message": "Backend Error",
        "drop": None,
        "truncate": False,
        "latency": 0.0,
        "rate": 1.0,
        "skip": 0,
        "remaining": 2,
        "hits": 0,
    }
    assert me.list_error()["status"] == 503
    [listed] = control("GET", "/faults")["faults"]
    assert (listed["hits"], listed["remaining"]) == (1, 1)
    assert control("DELETE", "/faults?id=1") == {"faults": []}
    assert me.items() == []


def test_all_faults_are_taken_off_at_once(control, emulator):
    control("POST", "/faults", {"drop": "after"})
    control(
        "POST", "/faults", {"truncate": True, "latency": 1, "rate": 0.5, "user": "me@example.com"}
    )
    assert control("DELETE", "/faults") == {"faults": []}
    assert not emulator.faults


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"on": "event.insert"}, "there is no method 'event.insert'"),
        ({"status": 200}, "status is that of an error"),
        ({"status": "503"}, "Expected `int | null`, got `str` - at `$.status`"),
        ({"drop": "sometimes"}, "Invalid enum value 'sometimes' - at `$.drop`"),
        ({"tymes": 3}, "unknown field `tymes`"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(control, emulator, body, message):
    status, said = control.error("POST", "/faults", body)
    assert (status, message in said) == (400, True)
    assert not emulator.faults


def test_a_fault_that_is_not_there_cannot_be_taken_off(control):
    assert control.error("DELETE", "/faults?id=7") == (404, "There is no fault 7.")


# The quota --------------------------------------------------------------------------------------------------


def test_the_quota_is_set_piece_by_piece_and_taken_off(control, me):
    assert control("GET", "/quota") == {"per_user": None, "per_project": None, "status": 403}
    control("POST", "/quota", {"per_user": 1})
    limits = control("POST", "/quota", {"per_project": 100, "status": 429})
    assert limits == {"per_user": 1, "per_project": 100, "status": 429}
    me.items()
    assert me.list_error()["status"] == 429
    assert control("POST", "/quota", {"per_user": None})["per_user"] is None
    control("DELETE", "/quota")
    assert control("GET", "/quota")["per_project"] is None


@pytest.mark.parametrize(
    "body", [{"per_user": 0}, {"status": 500}, {"per_hour": 1}, {"per_user": "1"}]
)
def test_a_quota_that_cannot_be_is_refused(control, body):
    assert control.error("POST", "/quota", body)[0] == 400


# Requests and mails -----------------------------------------------------------------------------------------


def test_requests_are_shown_without_secrets(control, me, meeting, caller, emulator):
    me.insert(meeting, sendUpdates="all")
    caller(emulator, "ann@example.com").items()
    [request] = control("GET", "/requests?method=events.insert")["requests"]
    assert request == {
        "method": "calendar.events.insert",
        "user": "me@example.com",
        "status": 200,
        "in_batch": False,
        "at": "2026-03-02T09:00:00.000Z",
        "http_method": "POST",
        "path": "/calendar/v3/calendars/primary/events",
        "query": {"sendUpdates": ["all"]},
        "headers": {"authorization": "…"},
        "body": meeting,
    }
    assert len(control("GET", "/requests")["requests"]) == 2
    assert len(control("GET", "/requests?user=ANN@example.com")["requests"]) == 1
    assert [r["method"] for r in control("GET", "/requests?limit=1")["requests"]] == [
        "calendar.events.list"
    ]
    assert control("GET", "/requests?limit=0") == {"requests": []}


def test_a_body_that_is_no_json_is_shown_as_text(control, me):
    me.call("POST", "/calendars/primary/events", b"no JSON \xff")
    [request] = control("GET", "/requests")["requests"]
    assert request["body"] == "no JSON \ufffd"


def test_requests_are_forgotten(control, me):
    me.items()
    assert control("DELETE", "/requests") == control("GET", "/requests") == {"requests": []}


def test_a_limit_that_is_no_number_is_refused(control):
    assert control.error("GET", "/requests?limit=few") == (400, "limit is a number of requests.")


def test_mails_are_shown_and_forgotten(control, me):
    scope = {"type": "user", "value": "ann@example.com"}
    me.ok("POST", "/calendars/primary/acl", {"role": "reader", "scope": scope})
    [mail] = control("GET", "/outbox?to=ann@example.com")["mails"]
    assert (mail["kind"], mail["sender"], mail["to"]) == (
        "calendarShared",
        "me@example.com",
        "ann@example.com",
    )
    assert mail["sent"] == "2026-03-02T09:00:00.000+00:00"
    assert control("GET", "/outbox?to=bob@example.com") == {"mails": []}
    assert control("DELETE", "/outbox") == control("GET", "/outbox") == {"mails": []}


# Push -------------------------------------------------------------------------------------------------------


def test_channels_are_shown_without_their_tokens_and_deliver_on_demand(control, me, clock):
    body = {"id": "1", "type": "web_hook", "address": "http://127.0.0.1:9/hook", "token": "secret"}
    made = me.ok("POST", "/calendars/primary/events/watch", body)
    assert control("GET", "/channels") == {
        "channels": [
            {
                "id": "1",
                "user": "me@example.com",
                "address": "http://127.0.0.1:9/hook",
                "resource_id": made["resourceId"],
                "resource_uri": made["resourceUri"],
                "expiration": "2026-03-09T09:00:00.000Z",
                "messages": 1,
            }
        ],
        "waiting": 1,
    }
    [delivery] = control("POST", "/notifications/deliver")["deliveries"]
    assert (delivery["state"], delivery["is_received"], delivery["retry_in"]) == ("sync", False, 1)
    clock.advance(604_800)
    assert control("GET", "/channels")["channels"] == []


# Everything -------------------------------------------------------------------------------------------------


def test_reset_empties_the_emulator(control, me, meeting):
    me.insert(meeting)
    assert control("POST", "/reset") == {}
    assert me.items() == []


def test_a_snapshot_is_a_database_that_restore_takes_back(control, me, meeting, tmp_path):
    me.insert(meeting)
    response = control.response("GET", "/snapshot")
    assert response.headers["content-type"] == "application/vnd.sqlite3"
    (tmp_path / "state.db").write_bytes(response.body)
    with sqlite3.connect(tmp_path / "state.db") as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
    connection.close()
    control("POST", "/reset")
    body = response.body
    assert control("POST", "/restore", body, **{"content-type": "application/vnd.sqlite3"}) == {}
    assert [event["summary"] for event in me.items()] == ["Meeting"]


def test_what_is_no_snapshot_is_refused(control):
    status, said = control.error(
        "POST", "/restore", b"nonsense", **{"content-type": "application/vnd.sqlite3"}
    )
    assert status == 400
    assert said.startswith("the bytes are not a snapshot of an emulator")


def test_a_seed_says_what_it_brought(control, me):
    event = {"summary": "Lunch", "start": "2026-03-03T12:00"}
    seeded = control("POST", "/seed", {"users": ["ann@example.com"], "events": [event]})
    assert seeded["users"] == ["ann@example.com"]
    assert [event["id"] for event in me.items()] == seeded["events"]


def test_a_seed_that_cannot_be_says_where(control):
    assert control.error("POST", "/seed", {"events": [{"summary": "Lunch"}]}) == (
        400,
        "events[0]: Missing start time.",
    )
    assert control.error("POST", "/seed", b"[]")[0] == 400


# Who may ----------------------------------------------------------------------------------------------------


def test_no_credentials_are_asked_for(control):
    assert control.response("GET", "/clock").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:8085", "origin": "https://evil.example"},
        {"host": "localhost:8085", "origin": "http://localhost:3000"},
        {"host": "localhost:8085", "origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-goog-channel-id": "1"},
    ],
)
def test_pages_of_other_sites_control_nothing(control, me, meeting, headers):
    me.insert(meeting)
    message = (403, "The emulator is not controlled by other sites.")
    assert control.error("POST", "/reset", **headers) == message
    assert control.error("GET", "/requests", **headers) == message
    assert len(me.items()) == 1


def test_scripts_of_other_sites_read_nothing(control, me):
    me.items()
    response = control.response("GET", "/requests?callback=steal")
    assert b"events.list" not in response.body


def test_a_page_of_its_own_may_control_it(control):
    headers = {"host": "localhost:8085", "origin": "http://localhost:8085"}
    assert control("POST", "/reset", **headers, **{"sec-fetch-site": "same-origin"}) == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_has_to_say_that_it_is_json(control, kind):
    assert control.error("POST", "/faults", b"{}", **{"content-type": kind}) == (
        415,
        "The body needs the header Content-Type: application/json",
    )


def test_a_snapshot_has_to_say_what_it_is(control):
    body = base64.b64encode(b"x")
    assert control.error("POST", "/restore", body) == (
        415,
        "The body needs the header Content-Type: application/vnd.sqlite3",
    )


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nothing"), ("PUT", "/clock"), ("GET", "/reset")]
)
def test_what_is_no_control_is_404(control, method, path):
    assert control.error(method, path)[0] == 404
