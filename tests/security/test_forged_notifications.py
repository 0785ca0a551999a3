"""Anybody can send a request to a web hook; only Google's notifications on open channels are heard.

What a real notification does is in tests/mirror/test_mirror_push.py and tests/mirror/fleet/.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from gcsa.channel import Channel, UnknownNotificationError, parse_notification
from gcsa.emulator import Clock, Emulator
from gcsa.mirror import Mirror
from gcsa.mirror.webhook import webhook
from tests.security.conftest import START

TOKEN = "the-secret-of-the-channel"


class Hook:
    """The web hook of a mirror that watches a calendar, with what Google would send to it."""

    def __init__(self, mirror):
        self.heard = []
        self.app = webhook(mirror, self.heard.append)
        with Emulator(clock=Clock.frozen(START), seed=1) as emulator:
            client = emulator.client()
            mirror.sync(client)
            channel = mirror.watch(client, "primary", "http://127.0.0.1:9/")
        self.real = {
            "x-goog-channel-id": channel.channel_id,
            "x-goog-channel-token": channel.token or "",
            "x-goog-resource-id": channel.resource_id or "",
            "x-goog-resource-uri": channel.resource_uri or "",
            "x-goog-resource-state": "exists",
            "x-goog-message-number": "2",
        }

    def send(self, headers, method="POST", path="/", chunks=()):
        """Send a request; returns the status, and how much of its body was read."""
        read, said = 0, []

        async def receive():
            nonlocal read
            if read < len(chunks):
                read += 1
                return {"type": "http.request", "body": chunks[read - 1], "more_body": True}
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            said.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()],
        }
        asyncio.run(self.app(scope, receive, send))
        return said[0]["status"], read


@pytest.fixture
def mirror(tmp_path):
    with Mirror(f"sqlite:///{tmp_path}/mirror.db") as mirror:
        yield mirror


@pytest.fixture
def hook(mirror):
    return Hook(mirror)


def test_a_real_notification_is_heard(hook):
    assert hook.send(hook.real)[0] == 204
    assert [one.calendar_id for one in hook.heard] == ["me@example.com"]


@pytest.mark.parametrize(
    "forged",
    [
        {"x-goog-channel-token": ""},
        {"x-goog-channel-token": "guess"},
        {"x-goog-channel-token": "\xff" * 100},
        {"x-goog-channel-token": "a" * 60_000},
        {"x-goog-channel-id": "another"},
        {"x-goog-channel-id": ""},
        {"x-goog-channel-id": "' OR '1'='1"},
        {"x-goog-channel-id": "%"},
        {"x-goog-channel-id": "a" * 60_000},
        {"x-goog-channel-id": "x\nINFO gcsa: all is well"},
        {"x-goog-resource-id": "another"},
        {"x-goog-resource-state": ""},
        {"x-goog-message-number": ""},
        {"x-goog-message-number": "-1"},
        {"x-goog-message-number": "1e9"},
        {"x-goog-message-number": "\xb2"},
        {"x-goog-message-number": "9" * 5_000},
    ],
)
def test_a_forged_notification_is_not_heard(hook, mirror, caplog, forged):
    with caplog.at_level(logging.WARNING):
        assert hook.send({**hook.real, **forged})[0] == 404
    assert hook.heard == []
    # What is logged has no line of the sender's, and not the secret that would have been right.
    assert all("\n" not in record.getMessage() for record in caplog.records)
    assert hook.real["x-goog-channel-token"] not in caplog.text
    with Emulator(clock=Clock.frozen(START)) as emulator:
        due = mirror.sync_due(emulator.client(), every=timedelta(days=365))
    assert due.reports == {}


def test_without_any_of_its_headers_it_is_not_heard(hook):
    for name in hook.real:
        if name != "x-goog-resource-uri":
            assert hook.send({k: v for k, v in hook.real.items() if k != name})[0] == 404
    assert hook.heard == []


@pytest.mark.parametrize("uri", ["http://[", "x" * 60_000, "https://a/calendars/../../etc/events"])
def test_the_calendar_is_the_channels_whatever_a_notification_says_that_it_is(hook, uri):
    assert hook.send({**hook.real, "x-goog-resource-uri": uri})[0] == 204
    assert [one.calendar_id for one in hook.heard] == ["me@example.com"]


def test_the_body_of_a_request_is_not_read(hook):
    assert hook.send(hook.real, chunks=[b"x" * 1_000_000] * 50) == (204, 0)
    assert hook.send({"x-goog-channel-id": "x"}, chunks=[b"x" * 1_000_000] * 50) == (404, 0)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_only_a_post_is_a_notification(hook, method):
    assert hook.send(hook.real, method)[0] == 405
    assert hook.heard == []


def test_the_secret_of_a_channel_is_not_shown(mirror, hook):
    channel = Channel("id", "resource", token=TOKEN)
    with pytest.raises(UnknownNotificationError) as error:
        parse_notification({"X-Goog-Channel-ID": "id", "X-Goog-Channel-Token": "x"}, [channel])
    assert TOKEN not in f"{channel!r} {channel} {error.value!r} {error.value}"
