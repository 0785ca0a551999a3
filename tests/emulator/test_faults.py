"""Faults: what was ordered happens to the calls it was ordered for, and to no other."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import httpx2
import pytest

from gcsa.emulator import Clock, Emulator

EVENTS = "/calendar/v3/calendars/primary/events"
EVENTS_URL = f"http://calendar.emulator{EVENTS}"
BATCH_URL = "http://calendar.emulator/batch/calendar/v3"
AUTHORIZATION = {"Authorization": "Bearer me@example.com"}


@pytest.fixture
def faults(emulator):
    return emulator.faults


@pytest.fixture
def http(emulator):
    with httpx2.Client(transport=emulator.transport, headers=AUTHORIZATION) as client:
        yield client


def batch_of(*calls):
    """The content and headers of a batch of (method, path, JSON text) calls."""
    parts = [
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <{number}>\r\n\r\n"
        f"{method} {path} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}\r\n"
        for number, (method, path, body) in enumerate(calls)
    ]
    return {
        "content": ("".join(parts) + "--b--").encode(),
        "headers": {"Content-Type": "multipart/mixed; boundary=b"},
    }


def meeting_named(name):
    start, end = ({"dateTime": f"2026-03-03T{hour}:00:00Z"} for hour in (10, 11))
    return json.dumps({"summary": name, "start": start, "end": end})


def inserts(*names):
    return batch_of(*(("POST", EVENTS, meeting_named(name)) for name in names))


def names(me):
    return [event["summary"] for event in me.items()]


# What happens ---------------------------------------------------------------------------------------------


def test_a_fault_of_which_nothing_is_said_is_503_backend_error(faults, me):
    faults.add()
    assert me.list_error() == {
        "status": 503,
        "domain": "global",
        "reason": "backendError",
        "message": "Backend Error",
    }


@pytest.mark.parametrize(
    ("ordered", "status", "domain", "reason", "message"),
    [
        ({"status": 500}, 500, "global", "backendError", "Backend Error"),
        (
            {"reason": "userRateLimitExceeded"},
            403,
            "usageLimits",
            "userRateLimitExceeded",
            "User Rate Limit Exceeded",
        ),
        ({"status": 429}, 429, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded"),
        (
            {"reason": "rateLimitExceeded"},
            403,
            "usageLimits",
            "rateLimitExceeded",
            "Rate Limit Exceeded",
        ),
        (
            {"reason": "quotaExceeded"},
            403,
            "usageLimits",
            "quotaExceeded",
            "Calendar usage limits exceeded.",
        ),
        ({"status": 404}, 404, "global", "notFound", "Not Found"),
        ({"status": 418, "reason": "teapot"}, 418, "global", "teapot", "teapot"),
        ({"status": 500, "message": "Oh no"}, 500, "global", "backendError", "Oh no"),
        ({"status": 501}, 501, "global", "backendError", "Backend Error"),
        ({"status": 422}, 422, "global", "badRequest", "Bad Request"),
    ],
)
def test_an_error_has_googles_body_for_its_status_and_reason(
    faults, me, ordered, status, domain, reason, message
):
    faults.add(**ordered)
    error = me.list_error()
    assert (error["status"], error["domain"]) == (status, domain)
    assert (error["reason"], error["message"]) == (reason, message)


def test_an_error_of_authentication_names_the_header_to_blame(faults, me):
    faults.add(status=401)
    reply = me.call("GET", "/calendars/primary/events")
    assert reply.error["location"] == "Authorization"
    assert "www-authenticate" in reply.headers


def test_an_error_may_say_when_to_come_back(faults, me):
    faults.add(status=503, retry_after=7)
    assert me.call("GET", "/calendars/primary/events").headers["retry-after"] == "7"


def test_what_an_error_is_answered_to_is_not_done(faults, me, meeting):
    with faults.add(status=500, on="events.insert"):
        assert me.insert_error(meeting)["status"] == 500
    assert me.items() == []


def test_a_connection_that_is_dropped_before_leaves_no_change(faults, http, me):
    with faults.add(drop="before", on="events.insert"), pytest.raises(httpx2.RemoteProtocolError):
        http.post(EVENTS_URL, content=meeting_named("Lost"))
    assert names(me) == []


def test_a_connection_that_is_dropped_after_leaves_the_change(faults, http, me):
    with (
        faults.add(drop="after", on="events.insert"),
        pytest.raises(
            httpx2.RemoteProtocolError, match="Server disconnected without sending a response"
        ),
    ):
        http.post(EVENTS_URL, content=meeting_named("Done"))
    assert names(me) == ["Done"]


def test_a_connection_may_not_even_be_made(faults, http, me):
    with faults.add(drop="connect"), pytest.raises(httpx2.ConnectError):
        http.post(EVENTS_URL, content=meeting_named("Never"))
    assert names(me) == []


def test_a_connection_by_which_a_batch_has_come_was_made(faults, http, me):
    # A client would take a refused connection for a promise that none of the calls was carried out.
    faults.add(drop="connect", on="events.insert", skip=1)
    with pytest.raises(httpx2.RemoteProtocolError, match="Server disconnected"):
        http.post(BATCH_URL, **inserts("Done", "Never"))
    assert names(me) == ["Done"]


def test_the_answer_that_is_an_error_gets_lost_as_well(faults, http):
    with faults.add(drop="after"), pytest.raises(httpx2.RemoteProtocolError):
        http.post(EVENTS_URL, content="no JSON")


def test_an_asynchronous_client_sees_the_same_losses(emulator):
    async def run():
        async with httpx2.AsyncClient(
            transport=emulator.transport, headers=AUTHORIZATION
        ) as client:
            with emulator.faults.add(drop="before"), pytest.raises(httpx2.RemoteProtocolError):
                await client.get(EVENTS_URL)
            with (
                emulator.faults.add(truncate=True),
                pytest.raises(httpx2.RemoteProtocolError, match="peer closed connection"),
            ):
                await client.get(EVENTS_URL)

    asyncio.run(run())


def test_a_truncated_body_has_the_length_of_the_whole_one(faults, http):
    whole = http.get(EVENTS_URL)
    with faults.add(truncate=True), http.stream("GET", EVENTS_URL) as response:
        assert response.status_code == 200
        assert response.headers["content-length"] == str(len(whole.content))
        arriving = response.iter_raw()
        assert next(arriving) == whole.content[: len(whole.content) // 2]
        with pytest.raises(httpx2.RemoteProtocolError, match="peer closed connection"):
            next(arriving)


def test_what_a_truncated_answer_tells_of_is_done(faults, http, me):
    with faults.add(truncate=True, on="events.insert"), pytest.raises(httpx2.RemoteProtocolError):
        http.post(EVENTS_URL, content=meeting_named("Done"))
    assert names(me) == ["Done"]


def test_an_answer_without_a_body_is_lost_where_it_would_be_truncated(faults, http, me, meeting):
    event = me.insert(meeting)
    with faults.add(truncate=True), pytest.raises(httpx2.RemoteProtocolError):
        http.delete(f"{EVENTS_URL}/{event['id']}")
    assert me.items() == []


def test_an_error_may_be_truncated_too(faults, http):
    faults.add(status=500, truncate=True)
    with http.stream("GET", EVENTS_URL) as response:
        assert response.status_code == 500
        with pytest.raises(httpx2.RemoteProtocolError):
            response.read()


def test_latency_moves_a_frozen_clock(faults, http, clock):
    before = clock.now()
    faults.add(latency=1.5)
    assert http.get(EVENTS_URL).status_code == 200
    assert clock.now() - before == timedelta(seconds=1.5)


def test_a_client_waits_no_longer_than_it_says(emulator, clock, me):
    before = clock.now()
    emulator.faults.add(latency=3600, on="events.insert")

    async def insert():
        async with httpx2.AsyncClient(transport=emulator.transport, timeout=7) as client:
            await client.post(EVENTS_URL, content=meeting_named("Two"), headers=AUTHORIZATION)

    with (
        httpx2.Client(transport=emulator.transport, headers=AUTHORIZATION, timeout=7) as client,
        pytest.raises(httpx2.ReadTimeout, match="The read operation timed out"),
    ):
        client.post(EVENTS_URL, content=meeting_named("One"))
    with pytest.raises(httpx2.ReadTimeout):
        asyncio.run(insert())
    assert clock.now() - before == timedelta(seconds=14)
    # What nobody waited for was done all the same.
    assert names(me) == ["One", "Two"]


def test_an_asynchronous_client_waits_too(emulator, clock):
    async def run():
        async with httpx2.AsyncClient(
            transport=emulator.transport, headers=AUTHORIZATION
        ) as client:
            await client.get(EVENTS_URL)

    before = clock.now()
    emulator.faults.add(latency=2)
    asyncio.run(run())
    assert clock.now() - before == timedelta(seconds=2)


def test_delays_add_up_until_a_fault_decides(faults, http, clock):
    before = clock.now()
    faults.add(latency=1)
    faults.add(latency=2, status=500)
    faults.add(latency=4)
    assert http.get(EVENTS_URL).status_code == 500
    assert clock.now() - before == timedelta(seconds=3)


def test_a_loss_comes_late_as_well(faults, http, clock):
    before = clock.now()
    faults.add(latency=3, drop="before")
    with pytest.raises(httpx2.RemoteProtocolError):
        http.get(EVENTS_URL)
    assert clock.now() - before == timedelta(seconds=3)


# To which calls -------------------------------------------------------------------------------------------


def test_a_fault_strikes_so_often_and_no_more(faults, me):
    fault = faults.add(times=2)
    statuses = [me.call("GET", "/calendars/primary/events").status for _ in range(4)]
    assert statuses == [503, 503, 200, 200]
    assert (fault.hits, fault.remaining) == (2, 0)


def test_a_fault_strikes_always_unless_told_otherwise(faults, me):
    fault = faults.add()
    assert {me.call("GET", "/calendars/primary/events").status for _ in range(5)} == {503}
    assert (fault.hits, fault.remaining) == (5, None)


def test_a_fault_may_skip_the_first_calls(faults, me):
    faults.add(skip=2, times=1)
    statuses = [me.call("GET", "/calendars/primary/events").status for _ in range(4)]
    assert statuses == [200, 200, 503, 200]


@pytest.mark.parametrize("on", ["events.insert", "calendar.events.insert", "events.i*", "*.insert"])
def test_a_fault_is_for_the_methods_that_it_names(faults, me, meeting, on):
    faults.add(on=on)
    assert me.insert_error(meeting)["status"] == 503
    assert me.items() == []


def test_a_fault_may_be_for_one_account(faults, me, emulator, caller):
    faults.add(user="Ann@example.com")
    assert me.items() == []
    assert caller(emulator, "ann@example.com").list_error()["status"] == 503


def test_a_fault_may_be_for_an_endpoint_that_is_no_method(faults, http):
    faults.add(on="GET /discovery/v1/apis/calendar/v3/rest", status=502)
    assert (
        http.get("http://calendar.emulator/discovery/v1/apis/calendar/v3/rest").status_code == 502
    )
    assert http.get(EVENTS_URL).status_code == 200


def test_the_first_fault_that_strikes_decides(faults, me):
    faults.add(status=500, times=1)
    faults.add(status=429)
    statuses = [me.call("GET", "/calendars/primary/events").status for _ in range(2)]
    assert statuses == [500, 429]


def test_a_share_of_the_calls_is_struck_the_same_ones_with_the_same_seed():
    def statuses(seed):
        with Emulator(clock=Clock.frozen(), seed=seed) as emulator:
            emulator.faults.add(rate=0.3)
            with httpx2.Client(transport=emulator.transport, headers=AUTHORIZATION) as client:
                return [client.get(EVENTS_URL).status_code for _ in range(200)]

    assert statuses(1) == statuses(1) != statuses(2)
    assert 30 <= statuses(1).count(503) <= 90


def test_a_call_without_a_known_user_is_answered_before_any_fault(faults, emulator, caller):
    fault = faults.add()
    assert caller(emulator, None).list_error()["status"] == 401
    assert fault.hits == 0


def test_control_is_out_of_reach_of_faults(faults, http):
    faults.add(on="*")
    assert http.get("http://calendar.emulator/emulator/clock").status_code == 200


# Batches --------------------------------------------------------------------------------------------------


def test_a_call_inside_a_batch_fails_by_itself(faults, http, me):
    faults.add(status=503, on="events.insert", skip=1, times=1)
    response = http.post(BATCH_URL, **inserts("First", "Second", "Third"))
    assert response.status_code == 200
    assert response.text.count("HTTP/1.1 200") == 2
    assert response.text.count("HTTP/1.1 503") == 1
    assert sorted(names(me)) == ["First", "Third"]


def test_a_batch_may_fail_as_a_whole(faults, http, me):
    faults.add(status=503, on="batch", times=1)
    assert http.post(BATCH_URL, **inserts("First", "Second")).status_code == 503
    assert names(me) == []


def test_a_fault_for_every_method_is_none_for_the_batch_itself(faults, http):
    faults.add(on="*", status=500)
    response = http.post(BATCH_URL, **inserts("First"))
    assert response.status_code == 200
    assert "HTTP/1.1 500" in response.text


def test_a_batch_that_is_dropped_before_does_nothing(faults, http, me):
    with faults.add(drop="before", on="batch"), pytest.raises(httpx2.RemoteProtocolError):
        http.post(BATCH_URL, **inserts("First", "Second"))
    assert names(me) == []


def test_a_batch_that_is_dropped_after_has_done_everything(faults, http, me):
    with faults.add(drop="after", on="batch"), pytest.raises(httpx2.RemoteProtocolError):
        http.post(BATCH_URL, **inserts("First", "Second"))
    assert sorted(names(me)) == ["First", "Second"]


def test_the_loss_of_one_call_ends_the_batch_where_it_happens(faults, http, me):
    with (
        faults.add(drop="after", on="events.insert", skip=1, times=1),
        pytest.raises(httpx2.RemoteProtocolError),
    ):
        http.post(BATCH_URL, **inserts("First", "Second", "Third"))
    assert sorted(names(me)) == ["First", "Second"]


def test_the_loss_before_a_call_leaves_what_the_calls_before_it_did(faults, http, me):
    with (
        faults.add(drop="before", on="events.insert", skip=1, times=1),
        pytest.raises(httpx2.RemoteProtocolError),
    ):
        http.post(BATCH_URL, **inserts("First", "Second", "Third"))
    assert names(me) == ["First"]


def test_a_batch_is_as_late_as_its_calls_together(faults, http, clock):
    before = clock.now()
    faults.add(latency=1, on="events.insert")
    http.post(BATCH_URL, **inserts("First", "Second"))
    assert clock.now() - before == timedelta(seconds=2)


# The list of faults ---------------------------------------------------------------------------------------


def test_faults_are_listed_removed_and_cleared(faults, me):
    first, second = faults.add(status=500), faults.add(status=503)
    assert list(faults) == [first, second]
    assert (faults[1], len(faults)) == (second, 2)
    first.remove()
    assert list(faults) == [second]
    faults.clear()
    assert not faults
    assert me.items() == []


def test_a_fault_says_what_it_does(faults):
    fault = faults.add(status=503, times=3, on="events.insert", latency=2, rate=0.5)
    assert repr(fault) == (
        "<Fault 1 on events.insert: 503 backendError: Backend Error, latency=2s, rate=0.5, 3 times more>"
    )
    assert repr(faults.add(drop="after")) == "<Fault 2 on *: drop=after>"


@pytest.mark.parametrize(
    ("ordered", "message"),
    [
        ({"on": "event.insert"}, "there is no method 'event.insert'"),
        ({"status": 200}, "status is that of an error, 400 to 599, not 200"),
        ({"status": 600}, "status is that of an error, 400 to 599, not 600"),
        ({"reason": "sunspots"}, "the usual status of 'sunspots' is not known here"),
        ({"drop": "never"}, "drop is 'connect', 'before' or 'after', not 'never'"),
        ({"drop": "after", "truncate": True}, "drop and truncate exclude each other"),
        ({"drop": "after", "status": 500}, "a dropped connection carries no status"),
        ({"times": 0}, "times is at least 1, or None for always, not 0"),
        ({"skip": -1}, "skip is a number of calls, not -1"),
        ({"rate": 0}, "rate is above 0 and at most 1, not 0"),
        ({"rate": 1.5}, "rate is above 0 and at most 1, not 1.5"),
        ({"latency": -1}, "latency is in seconds, at most an hour of them, not -1"),
        ({"latency": float("nan")}, "latency is in seconds"),
        ({"retry_after": -1}, "retry_after is in seconds, not -1"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(faults, ordered, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        faults.add(**ordered)
    assert not faults
