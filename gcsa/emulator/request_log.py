"""What was asked of the emulator: a log to assert on."""

from __future__ import annotations

import threading
from collections import deque
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, overload

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gcsa.emulator.clock import Clock
    from gcsa.emulator.exchange import Exchange
    from gcsa.emulator.http import Query, Request

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PREFIX = "calendar."
_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "x-goog-api-key"})
_SECRET_PARAMETERS = frozenset({"access_token", "oauth_token", "key", "token"})
_HIDDEN = "…"


def full_pattern(on: str) -> str:
    """Return the pattern of names that `events.insert`, `calendar.events.insert`, `events.*` or `*` stands for.

    `*` is every method of the API, but not a batch and not an endpoint that is none of its methods.
    """
    if on == "batch" or " " in on or on.startswith(_PREFIX):
        return on
    return _PREFIX + on


class RecordedRequest:
    """One request that was answered, or whose connection was lost.

    Attributes:
        method: What was called: the id of an API method such as `calendar.events.insert`; `batch` for a batch, of
            which each call is recorded too; HTTP method and path for anything else, such as `POST /token`.
        user: The address of the account that called; None when it was not known.
        status: The status of the answer; None when the connection was dropped instead.
        in_batch: Whether it came as a part of a batch.
    """

    __slots__ = ("_at", "_body", "_request", "in_batch", "method", "status", "user")

    def __init__(self, exchange: Exchange, status: int | None, at: int) -> None:
        self.method = exchange.name
        self.user = exchange.user
        self.status = status
        self.in_batch = exchange.batch is not None
        self._at = at
        self._request: Request = exchange.request
        # The bodies of batches and of the OAuth endpoints carry tokens.
        self._body = exchange.request.body if exchange.name.startswith(_PREFIX) else b""

    @property
    def at(self) -> datetime:
        """When it was answered, on the emulator's clock."""
        return _EPOCH + timedelta(milliseconds=self._at)

    @property
    def http_method(self) -> str:
        """The HTTP method."""
        return self._request.method

    @property
    def path(self) -> str:
        """The path as it came, percent-encoded."""
        return self._request.path

    @property
    def query(self) -> Query:
        """The decoded query; of keys and tokens, only that they were there."""
        return {
            name: [_HIDDEN] * len(values) if name in _SECRET_PARAMETERS else values
            for name, values in self._request.query.items()
        }

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, with names in lower case; of keys, tokens and cookies, only that they were there."""
        return {
            name: _HIDDEN if name in _SECRET_HEADERS else value
            for name, value in self._request.headers.items()
        }

    @property
    def body(self) -> bytes:
        """The body of a call of an API method; empty for a batch and for other endpoints, whose bodies carry tokens."""
        return self._body

    def json(self) -> Any:
        """Return what the body says as JSON; None for an empty one.

        Raises:
            ValueError: The body is not JSON.
        """
        return msgspec.json.decode(self._body) if self._body else None

    def __repr__(self) -> str:
        return f"<{self.method or 'no method'} {self.path} by {self.user}: {self.status or 'connection dropped'}>"


class RequestLog:
    """The requests that the emulator answered, oldest first; the newest are kept when there are too many.

        assert [request.method for request in emulator.requests] == ["calendar.events.insert"]
        assert emulator.requests.of("events.insert")[0].json()["summary"] == "Lunch"

    Control requests (`/emulator/…`) are not recorded.

    Args:
        clock: The emulator's clock.
        limit: At most so many requests are kept.
        body_limit: At most so many bytes of bodies are kept, together.
    """

    def __init__(
        self, clock: Clock, limit: int = 10_000, body_limit: int = 32 * 1024 * 1024
    ) -> None:
        self.limit = limit
        self.body_limit = body_limit
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: deque[RecordedRequest] = deque()
        self._size = 0

    def add(self, exchange: Exchange, status: int | None) -> None:
        """Record a request, unless it is one for control."""
        if exchange.request.path.startswith("/emulator/"):
            return
        entry = RecordedRequest(exchange, status, self._clock.milliseconds())
        with self._lock:
            self._entries.append(entry)
            self._size += len(entry.body)
            while len(self._entries) > self.limit or self._size > self.body_limit:
                self._size -= len(self._entries.popleft().body)

    def clear(self) -> None:
        """Forget every request."""
        with self._lock:
            self._entries.clear()
            self._size = 0

    def of(self, method: str, user: str | None = None) -> list[RecordedRequest]:
        """Return the requests for a method, oldest first.

        Args:
            method: `events.insert` or `calendar.events.insert`; `events.*`; `*` for every method of the API; `batch`;
                `POST /token`.
            user: Only those of this account.
        """
        pattern = full_pattern(method)
        return [
            entry
            for entry in self
            if fnmatchcase(entry.method, pattern) and (user is None or entry.user == user.lower())
        ]

    def __iter__(self) -> Iterator[RecordedRequest]:
        with self._lock:
            entries = list(self._entries)
        return iter(entries)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> RecordedRequest: ...
    @overload
    def __getitem__(self, index: slice) -> list[RecordedRequest]: ...
    def __getitem__(self, index: int | slice) -> RecordedRequest | list[RecordedRequest]:
        return list(self)[index]

    def __repr__(self) -> str:
        return f"<RequestLog of {len(self)} requests>"
