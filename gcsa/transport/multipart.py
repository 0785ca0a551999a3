"""Many calls in one request: multipart/mixed, each part an HTTP request or answer of its own.

Reference: https://developers.google.com/workspace/calendar/api/guides/batch
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

import httpx2

from gcsa.operations.operation import Operation
from gcsa.transport.request import API, HEADERS, content_of, target

# "You're limited to 50 calls in a single batch request."
MOST_CALLS = 50

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_NUMBER = re.compile(rb"(?<!\d)(\d{1,4})>?\s*$")
_STATUS = re.compile(r"HTTP/\S+ ([1-5]\d\d)(?: .*)?", re.ASCII | re.DOTALL)
# Longer than an answer may be, and short enough to be read as a number.
_LENGTH = re.compile(r"\d{1,15}", re.ASCII)


def join(operations: Sequence[Operation[Any]], endpoint: str) -> httpx2.Request:
    """Put up to 50 calls into one request.

    Args:
        operations: The calls.
        endpoint: Scheme, host and port of the server, without a slash at the end.

    Returns:
        The batch request, without credentials: those that it gets hold for all calls.

    Raises:
        ValueError: There are none, or more than 50.
    """
    if not 0 < len(operations) <= MOST_CALLS:
        raise ValueError(f"A batch holds 1 to {MOST_CALLS} calls, not {len(operations)}.")
    boundary = f"batch_{uuid.uuid4().hex}"
    parts: list[bytes] = []
    for number, operation in enumerate(operations):
        headers, content = content_of(operation)
        head = [
            f"--{boundary}",
            "Content-Type: application/http",
            f"Content-ID: <call-{number}>",
            "",
            f"{operation.method} {target(operation)} HTTP/1.1",
            *(f"{name}: {value}" for name, value in headers.items()),
            f"Content-Length: {len(content)}",
            "",
            "",
        ]
        parts += ["\r\n".join(head).encode(), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return httpx2.Request(
        "POST",
        f"{endpoint}/batch{API}",
        headers={**HEADERS, "Content-Type": f"multipart/mixed; boundary={boundary}"},
        content=b"".join(parts),
    )


def split_responses(response: httpx2.Response) -> dict[int, httpx2.Response]:
    """Take the answers out of a batch's answer.

    Args:
        response: The server's answer to what `join` made.

    Returns:
        The answers by the number of their request. One that the server left out, or that cannot be read, is not there.
    """
    boundary = _BOUNDARY.search(response.headers.get("Content-Type", ""))
    if boundary is None:
        return {}
    answers: dict[int, httpx2.Response] = {}
    # A part is whole only when another boundary follows it.
    for part in response.content.split(b"--" + boundary.group(1).encode("latin-1"))[1:-1]:
        outer, _, inner = part.partition(b"\r\n\r\n")
        number = _number_of(outer)
        answer = _read_answer(inner)
        if number is not None and answer is not None:
            answers[number] = answer
    return answers


def _number_of(head: bytes) -> int | None:
    """Return the number in a part's Content-ID, such as `<response-call-7>`."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-id":
            number = _NUMBER.search(value)
            return int(number.group(1)) if number else None
    return None


def _read_answer(text: bytes) -> httpx2.Response | None:
    """Read an HTTP answer; None where it is not one, or is cut off."""
    head, _, body = text.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    status = _STATUS.fullmatch(line)
    if status is None:
        return None
    headers: list[tuple[bytes, bytes]] = []
    length: int | None = None
    for line in lines:
        name, colon, value = (piece.strip() for piece in line.partition(":"))
        if not colon:
            continue
        if name.lower() == "content-length":
            if _LENGTH.fullmatch(value) is None:
                return None
            length = int(value)
        elif name.lower() not in ("transfer-encoding", "content-encoding"):
            # As bytes: what is not ASCII in them is nobody's concern here.
            headers.append((name.encode("latin-1"), value.encode("latin-1")))
    if length is None:
        body = body.removesuffix(b"\r\n")
    elif len(body) < length:
        return None
    else:
        body = body[:length]
    return httpx2.Response(int(status[1]), headers=headers, content=body)
