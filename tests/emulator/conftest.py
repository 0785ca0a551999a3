"""An emulator on a frozen clock, and callers that speak plain JSON to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from gcsa.emulator import Clock, Emulator, Request

# A Monday.
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, Any]:
        """The first error, with the code and message that the whole answer has."""
        error = self.json["error"]
        assert error["code"] == self.status
        assert error["message"] == error["errors"][0]["message"]
        return error["errors"][0]


@dataclass
class Caller:
    """Somebody who calls the API."""

    emulator: Emulator
    user: str | None = "me@example.com"
    headers: dict[str, str] = field(default_factory=dict)

    def call(
        self, method: str, path: str, body: Any = None, headers: Any = None, **query: Any
    ) -> Reply:
        target = f"/calendar/v3{path}"
        if query:
            target += "?" + urlencode(query, doseq=True)
        sent = {**self.headers, **(headers or {})}
        if self.user is not None:
            sent.setdefault("Authorization", f"Bearer {self.user}")
        content = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        response = self.emulator.handle(Request.of(method, target, sent.items(), content))
        return Reply(response.status, dict(response.headers), response.body)

    def ok(
        self, method: str, path: str, body: Any = None, headers: Any = None, **query: Any
    ) -> Any:
        reply = self.call(method, path, body, headers, **query)
        assert reply.status in (200, 204), reply.body
        return reply.json if reply.body else None

    # Events of the primary calendar.

    def insert(self, body: dict[str, Any], calendar: str = "primary", **query: Any) -> Any:
        return self.ok("POST", f"/calendars/{calendar}/events", body, **query)

    def get(self, event_id: str, calendar: str = "primary", **query: Any) -> Any:
        return self.ok("GET", f"/calendars/{calendar}/events/{quote(event_id)}", **query)

    def patch(
        self, event_id: str, body: dict[str, Any], calendar: str = "primary", **query: Any
    ) -> Any:
        return self.ok("PATCH", f"/calendars/{calendar}/events/{event_id}", body, **query)

    def update(
        self, event_id: str, body: dict[str, Any], calendar: str = "primary", **query: Any
    ) -> Any:
        return self.ok("PUT", f"/calendars/{calendar}/events/{event_id}", body, **query)

    def delete(self, event_id: str, calendar: str = "primary", **query: Any) -> None:
        reply = self.call("DELETE", f"/calendars/{calendar}/events/{event_id}", **query)
        assert (reply.status, reply.body) == (204, b"")

    def list(self, calendar: str = "primary", **query: Any) -> Any:
        return self.ok("GET", f"/calendars/{calendar}/events", **query)

    def items(self, calendar: str = "primary", **query: Any) -> list[Any]:
        return self.list(calendar, **query)["items"]

    def pages(self, calendar: str = "primary", **query: Any) -> list[list[Any]]:
        """The items of every page."""
        pages = []
        page = self.list(calendar, **query)
        pages.append(page["items"])
        while token := page.get("nextPageToken"):
            page = self.list(calendar, **query, pageToken=token)
            pages.append(page["items"])
        return pages

    def instances(self, event_id: str, calendar: str = "primary", **query: Any) -> list[Any]:
        return self.ok("GET", f"/calendars/{calendar}/events/{event_id}/instances", **query)[
            "items"
        ]

    def error(
        self, method: str, path: str, body: Any = None, headers: Any = None, **query: Any
    ) -> Any:
        """The error that answers a call, with its status."""
        reply = self.call(method, path, body, headers, **query)
        assert reply.status >= 400, reply.body
        return {"status": reply.status, **reply.error}

    def insert_error(self, body: Any, **query: Any) -> Any:
        return self.error("POST", "/calendars/primary/events", body, **query)

    def list_error(self, **query: Any) -> Any:
        return self.error("GET", "/calendars/primary/events", **query)


@pytest.fixture
def clock() -> Clock:
    return Clock.frozen(START)


@pytest.fixture
def emulator(clock: Clock):
    with Emulator(clock=clock, seed=0) as emulator:
        yield emulator


@pytest.fixture
def me(emulator: Emulator) -> Caller:
    return Caller(emulator)


def known(emulator: Emulator, address: str) -> Caller:
    """Somebody who has an account: whoever calls gets one."""
    guest = Caller(emulator, address)
    guest.list()
    return guest


@pytest.fixture
def ann(emulator: Emulator) -> Caller:
    """A guest of the user's own domain."""
    return known(emulator, "ann@example.com")


@pytest.fixture
def bob(emulator: Emulator) -> Caller:
    """A guest of another domain."""
    return known(emulator, "bob@example.org")


@pytest.fixture
def caller():
    """What makes a caller: of another emulator, or with another token."""
    return Caller


def timed(start: str, end: str, zone: str | None = None, **fields: Any) -> dict[str, Any]:
    where = {"timeZone": zone} if zone else {}
    return {"start": {"dateTime": start, **where}, "end": {"dateTime": end, **where}, **fields}


@pytest.fixture(name="timed")
def timed_fixture():
    """What makes the body of an event with times: timed(start, end, zone=None, **fields)."""
    return timed


@pytest.fixture
def meeting() -> dict[str, Any]:
    """The body of a plain event, on the morning after the clock's."""
    return timed("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z", summary="Meeting")
