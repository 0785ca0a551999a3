"""Notifications: for which changes, with which headers, and how often they are tried."""

from __future__ import annotations

import queue
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest

from gcsa.emulator import Clock, Emulator
from gcsa.emulator.store.watching import MOST_WAITING

ANN = {"type": "user", "value": "ann@example.com"}


@pytest.fixture
def deliver(emulator):
    return emulator.deliver_notifications


@pytest.fixture
def states(deliver, receiver):
    """Deliver what is due, and return the states that arrived."""

    def since_last():
        deliver()
        return receiver.states()

    return since_last


# What arrives ---------------------------------------------------------------------------------------------


def test_opening_a_channel_sends_sync(watch, deliver, receiver):
    channel = watch(token="target=me")
    [delivery] = deliver()
    assert delivery._asdict() == {
        "channel_id": "channel-1",
        "address": "http://127.0.0.1:9/hook",
        "state": "sync",
        "number": 1,
        "status": 200,
        "is_received": True,
        "retry_in": None,
    }
    [request] = receiver.requests
    assert request.method == "POST"
    assert str(request.url) == "http://127.0.0.1:9/hook"
    assert request.content == b""
    sent = {name: value for name, value in request.headers.items() if name.startswith("x-goog")}
    assert sent == {
        "x-goog-channel-id": "channel-1",
        "x-goog-channel-token": "target=me",
        "x-goog-channel-expiration": "Mon, 09 Mar 2026 09:00:00 GMT",
        "x-goog-resource-id": channel["resourceId"],
        "x-goog-resource-uri": channel["resourceUri"],
        "x-goog-resource-state": "sync",
        "x-goog-message-number": "1",
    }
    assert request.headers["content-length"] == "0"
    assert request.headers["user-agent"].startswith("APIs-Google")


def test_a_channel_without_a_token_sends_none(watch, deliver, receiver):
    watch()
    deliver()
    assert "x-goog-channel-token" not in receiver.headers


def test_each_change_of_an_event_is_told(watch, me, meeting, deliver, receiver):
    watch()
    event = me.insert(meeting)
    me.patch(event["id"], {"summary": "Later"})
    me.delete(event["id"])
    deliver()
    assert receiver.messages == [("sync", 1), ("exists", 2), ("exists", 3), ("exists", 4)]


def test_what_changes_nothing_is_not_told(watch, me, meeting, states):
    watch()
    event = me.insert(meeting)
    states()
    me.get(event["id"])
    me.items()
    me.call("PATCH", "/calendars/primary/events/nothing", {"summary": "x"})
    me.call("POST", "/calendars/primary/events", {"summary": "without a start"})
    assert states() == []


def test_a_change_on_another_calendar_is_not_told(watch, me, meeting, states):
    other = me.ok("POST", "/calendars", {"summary": "Other"})["id"]
    watch()
    states()
    me.insert(meeting, other)
    assert states() == []


def test_changes_before_the_channel_are_not_told(watch, me, meeting, states):
    me.insert(meeting)
    watch()
    assert states() == ["sync"]


def test_somebody_elses_change_is_told(watch, emulator, me, caller, meeting, states):
    me.ok("POST", "/calendars/primary/acl", {"role": "writer", "scope": ANN})
    watch()
    states()
    caller(emulator, "ann@example.com").insert(meeting, "me@example.com")
    assert states() == ["exists"]


def test_each_channel_counts_its_own_messages(watch, me, meeting, deliver, receiver):
    watch(id="1")
    me.insert(meeting)
    watch(id="2")
    me.insert(meeting)
    deliver()
    found = [
        (r.headers["x-goog-channel-id"], int(r.headers["x-goog-message-number"]))
        for r in receiver.requests
    ]
    assert sorted(found) == [("1", 1), ("1", 2), ("1", 3), ("2", 1), ("2", 2)]


def test_only_events_of_the_types_that_are_asked_for_are_told(watch, me, meeting, states):
    watch(query={"eventTypes": ["focusTime", "outOfOffice"]})
    states()
    me.insert(meeting)
    assert states() == []
    me.ok("POST", "/channels/stop", _channel(me))
    watch(query={"eventTypes": "default"})
    states()
    me.insert(meeting)
    assert states() == ["exists"]


def _channel(me):
    channel = me.emulator.store.channels.by_id("channel-1")
    return {"id": channel.id, "resourceId": channel.resource_id}


def test_a_conference_that_is_made_later_is_told(watch, me, meeting, states, clock):
    watch()
    request = {"requestId": "1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    me.insert({**meeting, "conferenceData": {"createRequest": request}}, conferenceDataVersion=1)
    states()
    clock.advance(1)
    assert states() == ["exists"]


def test_changes_of_access_rules_are_told(watch, me, states):
    watch("/calendars/primary/acl")
    states()
    me.ok("POST", "/calendars/primary/acl", {"role": "reader", "scope": ANN})
    assert states() == ["exists"]
    me.ok("DELETE", "/calendars/primary/acl/user:ann@example.com")
    assert states() == ["exists"]


def test_changes_of_the_calendar_list_are_told(watch, me, emulator, caller, states):
    watch("/users/me/calendarList")
    states()
    caller(emulator, "ann@example.com").ok("POST", "/calendars", {"summary": "Ann's"})
    assert states() == []
    made = me.ok("POST", "/calendars", {"summary": "Mine"})
    assert states() == ["exists"]
    me.ok("PATCH", f"/users/me/calendarList/{made['id']}", {"summaryOverride": "My own"})
    assert states() == ["exists"]


def test_changes_of_settings_are_told(watch, emulator, states):
    watch("/users/me/settings")
    states()
    emulator.users.add("me@example.com", settings={"weekStart": "1"})
    assert states() == ["exists"]
    emulator.users.add("ann@example.com", settings={"weekStart": "1"})
    assert states() == []


def test_the_end_of_a_calendar_is_the_last_that_is_told_of_it(watch, me, meeting, states):
    calendar = me.ok("POST", "/calendars", {"summary": "Short-lived"})["id"]
    watch(f"/calendars/{calendar}/events")
    me.insert(meeting, calendar)
    states()
    me.ok("DELETE", f"/calendars/{calendar}")
    assert states() == ["not_exists"]


def test_who_may_not_see_the_calendar_any_more_is_told_nothing(
    watch, emulator, me, caller, meeting, states
):
    me.ok("POST", "/calendars/primary/acl", {"role": "reader", "scope": ANN})
    watch("/calendars/me@example.com/events", caller=caller(emulator, "ann@example.com"))
    assert states() == ["sync"]
    me.ok("DELETE", "/calendars/primary/acl/user:ann@example.com")
    me.insert(meeting)
    assert states() == []
    assert emulator.store.channels.waiting() == 0


# Until when -----------------------------------------------------------------------------------------------


def test_nothing_is_told_once_the_channel_is_stopped(watch, me, meeting, states):
    channel = watch()
    me.insert(meeting)
    me.ok("POST", "/channels/stop", channel)
    me.insert(meeting)
    assert states() == []


def test_nothing_is_told_once_the_channel_is_over(watch, me, meeting, states, clock):
    watch(params={"ttl": "60"})
    assert states() == ["sync"]
    clock.advance(59.999)
    me.insert(meeting)
    assert states() == ["exists"]
    me.insert(meeting)
    clock.advance(0.001)
    assert states() == []


def test_what_was_not_delivered_survives_a_restart(tmp_path, clock, caller, channel_body, meeting):
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        me = caller(emulator)
        me.ok("POST", "/calendars/primary/events/watch", channel_body())
        me.insert(meeting)
    with Emulator(tmp_path / "calendars.db", clock=Clock.frozen(clock.now())) as emulator:
        arrived = []
        emulator.push.transport = httpx2.MockTransport(
            lambda request: arrived.append(request) or httpx2.Response(200)
        )
        emulator.deliver_notifications()
    assert [r.headers["x-goog-resource-state"] for r in arrived] == ["sync", "exists"]


def test_a_change_in_another_process_is_told(tmp_path, clock, caller, channel_body, meeting):
    with (
        Emulator(tmp_path / "calendars.db", clock=clock) as one,
        Emulator(tmp_path / "calendars.db", clock=clock) as other,
    ):
        caller(one).ok("POST", "/calendars/primary/events/watch", channel_body())
        caller(other).insert(meeting)
        one.push.transport = httpx2.MockTransport(lambda request: httpx2.Response(204))
        assert [delivery.state for delivery in one.deliver_notifications()] == ["sync", "exists"]
        assert other.deliver_notifications() == []


def test_a_channel_has_a_hundred_notifications_waiting_at_most(
    watch, me, meeting, deliver, receiver
):
    watch()
    event = me.insert(meeting)
    for number in range(MOST_WAITING + 20):
        me.patch(event["id"], {"summary": str(number)})
    assert len(deliver()) == MOST_WAITING
    assert deliver() == []
    me.patch(event["id"], {"summary": "after"})
    assert [delivery.number for delivery in deliver()] == [MOST_WAITING + 1]


# Again ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_what_is_received_is_not_sent_again(watch, deliver, receiver, clock, status):
    receiver.answers = [status]
    watch()
    assert deliver()[0].is_received
    clock.advance(timedelta(days=1))
    assert deliver() == []


@pytest.mark.parametrize(
    "failure",
    [500, 502, 503, 504, httpx2.ConnectError("refused"), httpx2.ReadTimeout("too slow")],
)
def test_what_fails_for_a_passing_reason_is_sent_again_later_and_later(
    watch, deliver, receiver, clock, failure
):
    receiver.answers = [failure] * 3
    watch()
    pauses = []
    for _ in range(3):
        [delivery] = deliver()
        assert not delivery.is_received
        pauses.append(delivery.retry_in)
        clock.advance(delivery.retry_in - 0.001)
        assert deliver() == []
        clock.advance(0.001)
    assert pauses == [1, 2, 4]
    [delivery] = deliver()
    assert (delivery.is_received, delivery.number, delivery.retry_in) == (True, 1, None)
    assert deliver() == []


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410, 429, 501])
def test_what_fails_for_another_reason_is_not_sent_again(watch, deliver, receiver, clock, status):
    receiver.answers = [status]
    watch()
    [delivery] = deliver()
    assert (delivery.status, delivery.is_received, delivery.retry_in) == (status, False, None)
    clock.advance(timedelta(days=1))
    assert deliver() == []


def test_a_receiver_that_never_answers_is_given_up_after_days(watch, deliver, receiver, clock):
    receiver.answers = [503] * 1000
    watch(params={"ttl": str(30 * 86_400)})
    began, attempts = clock.now(), 0
    while deliveries := deliver():
        attempts += 1
        clock.advance(deliveries[0].retry_in or 0)
    assert attempts == 84
    assert timedelta(days=2, hours=20) < clock.now() - began < timedelta(days=3, hours=4)


def test_a_redirection_is_not_followed(watch, emulator, deliver):
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx2.Response(307, headers={"Location": "http://169.254.169.254/"})

    emulator.push.transport = httpx2.MockTransport(answer)
    watch()
    deliver()
    assert asked == ["http://127.0.0.1:9/hook"]


def test_an_address_that_is_not_allowed_any_more_is_not_sent_to(watch, emulator, deliver, receiver):
    watch(address="https://example.com/hook")
    emulator.push.transport = None
    assert deliver() == []
    assert emulator.store.channels.waiting() == 0


def test_a_receiver_may_call_back(watch, emulator, me, meeting, deliver):
    def answer(request):
        if request.headers["x-goog-resource-state"] == "sync":
            me.insert(meeting)
        return httpx2.Response(200)

    emulator.push.transport = httpx2.MockTransport(answer)
    watch()
    assert [delivery.state for delivery in deliver()] == ["sync"]
    assert [delivery.state for delivery in deliver()] == ["exists"]


def test_a_receiver_that_calls_back_is_no_part_of_what_delivers_to_it(watch, emulator, me):
    from gcsa.emulator import Request

    def answer(request):
        me.items()
        return httpx2.Response(200)

    emulator.push.transport = httpx2.MockTransport(answer)
    watch()
    emulator.handle(Request.of("POST", "/emulator/notifications/deliver"))
    [called_back] = emulator.requests.of("events.list")
    assert not called_back.in_batch


def test_a_notification_cannot_control_the_emulator(emulator, watch, deliver):
    from gcsa.emulator import Request

    statuses = []

    def answer(request):
        response = emulator.handle(
            Request.of("POST", "/emulator/reset", request.headers.items(), request.content)
        )
        statuses.append(response.status)
        return httpx2.Response(200)

    emulator.push.transport = httpx2.MockTransport(answer)
    watch(address="http://127.0.0.1:8085/emulator/reset")
    deliver()
    assert statuses == [403]
    assert emulator.store.channels.any()


# Over HTTP, in the background -----------------------------------------------------------------------------


@pytest.fixture
def arrivals():
    """A server on this machine, and a queue of the headers that it receives."""
    received = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            received.put(dict(self.headers))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", received
        server.shutdown()
        thread.join()


def test_in_real_time_notifications_arrive_by_themselves(arrivals, caller, channel_body, meeting):
    address, received = arrivals
    with Emulator() as emulator:
        me = caller(emulator)
        body = channel_body(address=address, token="žluťoučký")
        me.ok("POST", "/calendars/primary/events/watch", body)
        first = received.get(timeout=10)
        assert first["X-Goog-Resource-State"] == "sync"
        assert first["X-Goog-Channel-Token"].encode("latin-1").decode() == "žluťoučký"
        me.insert(meeting)
        assert received.get(timeout=10)["X-Goog-Message-Number"] == "2"


def test_in_real_time_notifications_go_on_after_a_restart(
    arrivals, tmp_path, caller, channel_body, meeting
):
    address, received = arrivals
    with Emulator(tmp_path / "calendars.db") as emulator:
        caller(emulator).ok(
            "POST", "/calendars/primary/events/watch", channel_body(address=address)
        )
        received.get(timeout=10)
    with Emulator(tmp_path / "calendars.db") as emulator:
        caller(emulator).insert(meeting)
        assert received.get(timeout=10)["X-Goog-Resource-State"] == "exists"


def test_on_a_frozen_clock_nothing_is_sent_by_itself(arrivals, emulator, watch, me, meeting):
    address, received = arrivals
    watch(address=address)
    me.insert(meeting)
    assert len(emulator.deliver_notifications()) == 2
    assert received.qsize() == 2
    threads = [thread.name for thread in threading.enumerate()]
    assert "gcsa.emulator push" not in threads


def test_closing_the_emulator_ends_the_delivery(arrivals, caller, channel_body):
    address, received = arrivals
    with Emulator() as emulator:
        caller(emulator).ok(
            "POST", "/calendars/primary/events/watch", channel_body(address=address)
        )
        received.get(timeout=10)
    assert "gcsa.emulator push" not in [thread.name for thread in threading.enumerate()]
