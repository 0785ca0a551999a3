"""A request and its response, as plain values: what every way into the emulator speaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Query = dict[str, list[str]]

# No body may be larger, compressed or not.
LARGEST_BODY = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request.

    Attributes:
        method: The HTTP method, in upper case.
        path: The path as it came, still percent-encoded.
        query: The decoded query: each name with its values, in order.
        headers: The headers, with names in lower case. Of a repeated one, the last.
        body: The body, decoded from any transfer encoding.
    """

    method: str
    path: str
    query: Query = field(default_factory=dict[str, list[str]])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""

    @classmethod
    def of(
        cls,
        method: str,
        target: str,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> Request:
        """Return the request for a URL, or for the part of it that a request line has.

        Args:
            method: The HTTP method, in any case.
            target: `/calendar/v3/…?maxResults=1`, with or without scheme and host.
            headers: Pairs of name (in any case) and value.
            body: The body.
        """
        path, query = split_target(target)
        return cls(
            method.upper(), path, query, {name.lower(): value for name, value in headers}, body
        )


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response.

    Attributes:
        status: The status code.
        headers: The headers, with names in lower case.
        body: The body.
        latency: Seconds of the emulator's clock to wait before it is sent.
        sent: How many bytes of the body get through before the connection is lost, with a Content-Length of all of
            them; None for the whole body.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    latency: float = 0.0
    sent: int | None = None

    def without_body(self) -> Response:
        """Return the answer to HEAD: the headers of this one, and no body."""
        headers = {**self.headers, "content-length": str(len(self.body))}
        return replace(self, headers=headers, body=b"")


def parse_query(query: str) -> Query:
    """Return the names and values of a query string; what is not UTF-8 is replaced, not refused."""
    if not query:
        return {}
    return parse_qs(query, keep_blank_values=True, errors="replace")


def split_target(target: str) -> tuple[str, Query]:
    """Return the path, still percent-encoded, and the decoded query of a request's target.

    Args:
        target: What a request line has, or a whole URL.
    """
    if target.startswith("/"):
        path, _, query = target.partition("#")[0].partition("?")
        return path, parse_query(query)
    parts = urlsplit(target)
    return parts.path or "/", parse_query(parts.query)
