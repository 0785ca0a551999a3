"""The batch endpoint: up to 50 calls in one request, each with its own headers and its own outcome.

Reference: https://developers.google.com/workspace/calendar/api/guides/batch
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from gcsa.emulator import multipart
from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError
from gcsa.emulator.http import Request, Response
from gcsa.emulator.routes import endpoint

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator

# "You're limited to 50 calls in a single batch request."
MOST_CALLS = 50
_READS = frozenset({"GET", "HEAD"})


@endpoint("POST", "/batch")
@endpoint("POST", contract().batch_path)
def batch(emulator: Emulator, request: Request) -> Response:
    """Answer the calls of a batch, in order.

    They share one transaction, which is on disk before the batch is answered; a call that fails is undone by itself,
    and leaves the others as they are.
    """
    content_type = request.headers.get("content-type", "")
    boundary = multipart.boundary_of(content_type)
    if boundary is None:
        raise ApiError(400, "badContent", f"Unsupported content with type: {content_type}")
    texts = multipart.split_parts(request.body, boundary)
    if not texts:
        raise ApiError.bad_request(
            "Failed to parse batch request, error: 0 items."
            f" Received batch body: ({len(request.body)}) bytes redacted"
        )
    if len(texts) > MOST_CALLS:
        # https://developers.google.com/youtube/v3/docs/core_errors
        raise ApiError(
            400, "tooManyParts", f"The batch has {len(texts)} calls, more than {MOST_CALLS}."
        )
    inherited = _inherited(request)
    parts = [multipart.read_part(text, inherited) for text in texts]
    writes = any(part.request and part.request.method not in _READS for part in parts)
    with emulator.store.writing() if writes else nullcontext():
        responses = [(part.content_id, _answer(emulator, part.request)) for part in parts]
    answered_type, body = multipart.write_parts(responses)
    return Response(200, {"content-type": answered_type}, body)


def _inherited(request: Request) -> dict[str, str]:
    """Return the headers that hold for every call: all of the batch's but those about its content."""
    return {
        name: value for name, value in request.headers.items() if not name.startswith("content-")
    }


def _answer(emulator: Emulator, request: Request | None) -> Response:
    if request is None:
        return ApiError.bad_request("The part is not an HTTP request.").response()
    if not request.path.startswith("/"):  # relative to the API
        base = contract().base_path
        path = request.path.removeprefix(base.lstrip("/"))
        request = replace(request, path=base + path)
    return emulator.call(request)
