"""An operation as an HTTP request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import httpx2
import msgspec

from gcsa.operations.operation import Operation, Param
from gcsa.util.date_time_util import to_localized_iso


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


def encode_body(body: Mapping[str, Any]) -> bytes:
    """Write a resource as JSON."""
    return msgspec.json.encode(body)


def build_request(operation: Operation[Any], base_url: str) -> httpx2.Request:
    """Make the HTTP request of an operation.

    Args:
        operation: What to ask.
        base_url: Where the API's paths begin, without a slash at the end.

    Returns:
        The request, without credentials.
    """
    headers = dict(operation.headers)
    content: bytes | None = None
    if operation.body is not None:
        content = encode_body(operation.body)
        headers["Content-Type"] = "application/json"
    return httpx2.Request(
        operation.method,
        f"{base_url}/{operation.path}",
        params=tuple(encode_params(operation.params)),
        headers=headers,
        content=content,
    )
