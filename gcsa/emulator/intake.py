"""How a request is taken in: tunnelled methods, compressed bodies, and the types of content that are read."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from gcsa.emulator.errors import ApiError
from gcsa.emulator.http import LARGEST_BODY, parse_query

if TYPE_CHECKING:
    from gcsa.emulator.http import Request

_FORM = "application/x-www-form-urlencoded"
# zlib's number for "a gzip header and trailer, and the largest window".
_GZIP = 16 + zlib.MAX_WBITS


def unwrapped(request: Request) -> Request:
    """Return the request that a client means.

    That is the method of X-HTTP-Method-Override, which only a POST may have, and the body without its compression.
    A GET that is too long for a URL comes as a POST too, with the query for a body.

    Reference: https://developers.google.com/workspace/calendar/api/guides/performance#patch

    Raises:
        ApiError: 413, the body is larger than 10 MiB, compressed or not; 400, it cannot be decompressed.
    """
    if len(request.body) > LARGEST_BODY:
        raise ApiError.too_large()
    headers = request.headers
    if "content-encoding" in headers:
        request = replace(request, body=_decompressed(request.body, headers["content-encoding"]))
    if request.method != "POST" or "x-http-method-override" not in headers:
        return request
    method = headers["x-http-method-override"].upper()
    if method == "GET" and _kind(request) == _FORM:
        query = parse_query(request.body.decode("utf-8", "replace"))
        return replace(request, method=method, query={**request.query, **query}, body=b"")
    return replace(request, method=method)


def check_content(request: Request) -> None:
    """Check that a body is of a type that is read; one without a type is.

    Raises:
        ApiError: 400, it is not JSON.
    """
    kind = _kind(request)
    if kind in ("application/json", "") or kind.endswith("+json"):
        return
    if kind == _FORM:
        # What `curl --data` sends unless it is told otherwise; the sentence is Google's own for it.
        raise ApiError(400, "parseError", "This API does not support parsing form-encoded input.")
    # https://github.com/googleapis/elixir-google-api/issues/4266
    raise ApiError(
        400, "badContent", f"Unsupported content with type: {request.headers['content-type']}"
    )


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _decompressed(body: bytes, encoding: str) -> bytes:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding not in ("gzip", "x-gzip"):
        raise ApiError(415, "badContent", f"Unsupported content encoding: {encoding[:100]}")
    reader = zlib.decompressobj(_GZIP)
    try:
        content = reader.decompress(body, LARGEST_BODY + 1)
    except zlib.error:
        raise ApiError.parse_error() from None
    if len(content) > LARGEST_BODY:
        raise ApiError.too_large()
    if not reader.eof:
        raise ApiError.parse_error()
    return content
