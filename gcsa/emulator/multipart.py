"""Many HTTP messages in one: multipart/mixed, each part an HTTP request or the answer to one.

Reference: https://developers.google.com/workspace/calendar/api/guides/batch
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.http import Request, split_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gcsa.emulator.http import Response

CONTENT_TYPE = "multipart/mixed"
# https://datatracker.ietf.org/doc/html/rfc2046#section-5.1.1
_LONGEST_BOUNDARY = 70
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_REASONS = {status.value: status.phrase for status in HTTPStatus}


class Part(NamedTuple):
    """One part of a batch.

    Attributes:
        content_id: Its Content-ID, as it was given; None without one.
        request: The request in it; None where it holds none that can be read.
    """

    content_id: str | None
    request: Request | None


def boundary_of(content_type: str) -> str | None:
    """Return the boundary that a Content-Type header names; None when it is no multipart/mixed, or names none."""
    kind, _, parameters = content_type.partition(";")
    if kind.strip().lower() != CONTENT_TYPE:
        return None
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "boundary":
            boundary = value.strip().strip('"')
            return boundary if 0 < len(boundary) <= _LONGEST_BOUNDARY else None
    return None


def split_parts(body: bytes, boundary: str) -> list[bytes]:
    """Return the parts of a batch, unread: what stands between the delimiters, without the line ends of those.

    Args:
        body: The batch's body. Lines may end as those of HTTP do, or with a bare line feed, as Python's own mail
            library writes them.
        boundary: What stands between the parts.
    """
    delimiter = b"\n--" + boundary.encode("latin-1", "replace")
    # What stands before the first delimiter is nobody's.
    pieces = (b"\n" + body).split(delimiter)[1:]
    parts: list[list[bytes]] = []
    for piece in pieces:
        line, newline, content = piece.partition(b"\n")
        if line.startswith(b"--"):
            break
        if newline and not line.strip(b" \t\r"):
            parts.append([content])
        elif parts:  # a longer line that only begins as a delimiter does
            parts[-1] += (delimiter, piece)
    return [b"".join(part).removesuffix(b"\r") for part in parts]


def read_part(part: bytes, inherited: Mapping[str, str]) -> Part:
    """Return what is in a part of a batch.

    Args:
        part: The part.
        inherited: The headers that its request has unless it has its own: names in lower case.
    """
    outer, content = _read_headers(part)
    content_id = outer.get("content-id")
    if outer.get("content-type", "").partition(";")[0].strip().lower() != "application/http":
        return Part(content_id, None)
    line, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    words = line.decode("latin-1").split()
    # Google takes a request line without the protocol too:
    # https://tanaikech.github.io/2018/01/19/batching-requests-for-google-apps-script/
    if len(words) not in (2, 3) or not words[0].isalpha():
        return Part(content_id, None)
    try:
        path, query = split_target(words[1])
    except ValueError:
        return Part(content_id, None)
    headers, body = _read_headers(rest)
    # Content-Length says nothing that the delimiter does not, and some clients count characters.
    return Part(
        content_id,
        Request(words[0].upper(), path, query, {**inherited, **headers}, body.strip(b"\r\n")),
    )


def write_parts(responses: Iterable[tuple[str | None, Response]]) -> tuple[str, bytes]:
    """Return the Content-Type and the body of a batch's answer.

    Args:
        responses: Each part's Content-ID, as the request had it, and the answer.
    """
    boundary = f"batch_{secrets.token_urlsafe(24)}"
    delimiter = f"--{boundary}".encode()
    pieces: list[bytes] = []
    for content_id, response in responses:
        head = ["", "Content-Type: application/http"]
        if content_id is not None:
            head.append(f"Content-ID: {_answered_id(content_id)}")
        head += ["", f"HTTP/1.1 {response.status} {_REASONS.get(response.status, '')}"]
        head += [f"{_header_name(name)}: {value}" for name, value in response.headers.items()]
        head += [f"Content-Length: {len(response.body)}", "", ""]
        pieces += [
            delimiter,
            "\r\n".join(head).encode("latin-1", "replace"),
            response.body,
            b"\r\n",
        ]
    pieces += [delimiter, b"--\r\n"]
    return f"{CONTENT_TYPE}; boundary={boundary}", b"".join(pieces)


def _read_headers(text: bytes) -> tuple[dict[str, str], bytes]:
    """Return the headers that a text begins with, their names in lower case, and what follows the empty line."""
    if text.startswith((b"\n", b"\r\n")):
        return {}, text
    end = _EMPTY_LINE.search(text)
    lines = text if end is None else text[: end.start()]
    headers: dict[str, str] = {}
    for line in lines.decode("latin-1").split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers, b"" if end is None else text[end.end() :]


def _answered_id(content_id: str) -> str:
    """Return the Content-ID of the answer: `<item1>` becomes `<response-item1>`.

    What is not printable is left out: some readers take a lone carriage return for the end of the line.
    """
    content_id = "".join(letter for letter in content_id if " " <= letter <= "~")
    if content_id.startswith("<"):
        return f"<response-{content_id[1:]}"
    return f"response-{content_id}"


@lru_cache(maxsize=64)
def _header_name(name: str) -> str:
    return "-".join(word.capitalize() for word in name.split("-"))
