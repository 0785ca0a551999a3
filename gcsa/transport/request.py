"""An operation as an HTTP request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import msgspec

from gcsa._version import __version__
from gcsa.operations.operation import Operation, Param
from gcsa.transport.patience import Patience
from gcsa.util.date_time_util import to_localized_iso

# Where the API's paths begin.
API = "/calendar/v3"

# Google compresses its answers for agents that accept it and say "gzip" in their name as well:
# https://developers.google.com/workspace/calendar/api/guides/performance#gzip
HEADERS = {
    "User-Agent": f"gcsa/{__version__} (gzip)",
    "Accept-Encoding": "gzip",
    "Accept": "*/*",
    "Connection": "keep-alive",
}

# Extensions of a request: which of a client's tokens it went with, by number, and which one was refused before it.
SENT_AS = "gcsa.sent_as"
REFUSED_AS = "gcsa.refused_as"

_CONTENT = {"Content-Type": "application/json"}


def encode_params(params: Mapping[str, Param]) -> list[tuple[str, str]]:
    """Write query parameters as Google reads them.

    Args:
        params: Booleans become `true` and `false`, dates and times RFC 3339 with an offset,
            iterables repeat their name, None is left out.

    Returns:
        Name and text of each parameter, in order.
    """
    written: list[tuple[str, str]] = []
    for name, value in params.items():
        if value is None:
            continue
        if isinstance(value, str):
            written.append((name, value))
        elif isinstance(value, bool):
            written.append((name, "true" if value else "false"))
        elif isinstance(value, int):
            written.append((name, str(value)))
        elif isinstance(value, (datetime, date)):
            written.append((name, to_localized_iso(value)))
        else:
            written.extend((name, item) for item in value)
    return written


def target(operation: Operation[Any]) -> str:
    """Return an operation's path and query, as a request line has them."""
    query = urlencode(encode_params(operation.params), quote_via=quote)
    return f"{API}/{operation.path}?{query}" if query else f"{API}/{operation.path}"


def encode_body(body: Mapping[str, Any]) -> bytes:
    """Write a resource as JSON."""
    return msgspec.json.encode(body)


def content_of(operation: Operation[Any]) -> tuple[dict[str, str], bytes]:
    """Return an operation's own headers, and its content."""
    if operation.body is None:
        return dict(operation.headers), b""
    return {**operation.headers, **_CONTENT}, encode_body(operation.body)


def hurry(request: httpx2.Request, usual: httpx2.Timeout, patience: Patience) -> None:
    """Let a request that is about to be sent wait for its answer no longer than there is time.

    Args:
        request: The request.
        usual: For how long it would wait otherwise.
        patience: The time that there is.

    Raises:
        PoolTimeout: There is none left: the request has waited in line until now.
    """
    left = patience.timeout()
    if left is None:
        return
    if not left:
        raise httpx2.PoolTimeout("the time limit passed before it could be sent")
    timeouts = usual.as_dict()
    if any(seconds is None or seconds > left for seconds in timeouts.values()):
        shorter = {
            phase: left if seconds is None else min(seconds, left)
            for phase, seconds in timeouts.items()
        }
        request.extensions = {**request.extensions, "timeout": shorter}


def build_request(operation: Operation[Any], endpoint: str) -> httpx2.Request:
    """Make the HTTP request of an operation.

    Args:
        operation: What to ask.
        endpoint: Scheme, host and port of the server, without a slash at the end.

    Returns:
        The request, without credentials.
    """
    headers, content = content_of(operation)
    return httpx2.Request(
        operation.method,
        f"{endpoint}{target(operation)}",
        headers={**HEADERS, **headers},
        content=content or None,
    )
