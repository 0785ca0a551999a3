"""A receiver of notifications, and channels that lead to it."""

from __future__ import annotations

import httpx2
import pytest

ADDRESS = "http://127.0.0.1:9/hook"


class Receiver:
    """Receives notifications; `answers` are the statuses (or exceptions) of the next answers, then 200."""

    def __init__(self):
        self.requests = []
        self.answers = []
        self.transport = httpx2.MockTransport(self._answer)

    def _answer(self, request):
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(answer)

    @property
    def headers(self):
        """The headers of the last notification."""
        return self.requests[-1].headers

    @property
    def messages(self):
        """State and number of each notification."""
        return [
            (r.headers["X-Goog-Resource-State"], int(r.headers["X-Goog-Message-Number"]))
            for r in self.requests
        ]

    def states(self):
        """The states since the last call of this."""
        states = [state for state, _ in self.messages]
        self.requests.clear()
        return states


@pytest.fixture
def receiver(emulator):
    receiver = Receiver()
    emulator.push.transport = receiver.transport
    return receiver


@pytest.fixture
def channel_body():
    def body(**fields):
        wanted = {"id": "channel-1", "type": "web_hook", "address": ADDRESS, **fields}
        return {name: value for name, value in wanted.items() if value is not None}

    return body


@pytest.fixture
def watch(me, channel_body):
    """Open a channel: watch(path="/calendars/primary/events", caller=me, query={}, **fields of the body)."""

    def open_channel(path="/calendars/primary/events", caller=me, query=None, **fields):
        return caller.ok("POST", f"{path}/watch", channel_body(**fields), **(query or {}))

    return open_channel


@pytest.fixture
def watch_error(me, channel_body):
    def error(path="/calendars/primary/events", caller=me, query=None, **fields):
        return caller.error("POST", f"{path}/watch", channel_body(**fields), **(query or {}))

    return error
