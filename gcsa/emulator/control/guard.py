"""What all control endpoints have in common: who may ask, how bodies are read, and how they are answered."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from gcsa.emulator.errors import JSON_HEADERS, ApiError
from gcsa.emulator.http import Response
from gcsa.emulator.routes import endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request

T = TypeVar("T")
Control = TypeVar("Control", bound="Callable[[Emulator, Request], Response | dict[str, Any]]")
_OWN_SITE = frozenset({"same-origin", "none"})


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """A body that has nothing to say."""


def control(http_method: str, path: str) -> Callable[[Control], Control]:
    """Register what answers a control request: with a response, or with what becomes JSON.

    A ValueError is the answer 400, with its message.

    Args:
        http_method: GET, POST or DELETE.
        path: The path after `/emulator`.
    """

    def register(handler: Control) -> Control:
        @endpoint(http_method, f"/emulator{path}")
        @wraps(handler)
        def guarded(emulator: Emulator, request: Request) -> Response:
            _check_origin(request)
            try:
                answer = handler(emulator, request)
            except ValueError as error:
                raise ApiError.invalid(str(error)) from None
            if isinstance(answer, Response):
                return answer
            body = msgspec.json.format(msgspec.json.encode(answer), indent=1) + b"\n"
            return Response(200, JSON_HEADERS, body)

        return handler

    return register


def read(request: Request, kind: type[T]) -> T:
    """Return what a body says; an empty one says nothing.

    Raises:
        ApiError: 400, it is not JSON, or not of this kind; 415, it does not say that it is JSON.
    """
    if request.body:
        check_type(request, "application/json")
    try:
        return msgspec.json.decode(request.body or b"{}", type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ApiError.invalid(str(error) or "The body is nested too deeply.") from None


def check_type(request: Request, expected: str) -> None:
    """Check that a body says what it is: what a foreign page can have a browser send without asking does not.

    Raises:
        ApiError: 415, it does not.
    """
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said != expected:
        raise ApiError(415, "badContent", f"The body needs the header Content-Type: {expected}")


def one(request: Request, name: str) -> str | None:
    """Return a query parameter, None when it was not given."""
    return request.query.get(name, [None])[0]


def _check_origin(request: Request) -> None:
    """Check that it is not a web page of another site that has a browser ask, nor a notification.

    Raises:
        ApiError: 403, it is.
    """
    headers = request.headers
    origin = headers.get("origin")
    host = headers.get("host")
    own = (f"http://{host}", f"https://{host}")
    if (
        (origin is not None and origin not in own)
        or headers.get("sec-fetch-site", "none") not in _OWN_SITE
        or "callback" in request.query
        or "x-goog-channel-id" in headers
    ):
        raise ApiError.forbidden("The emulator is not controlled by other sites.")
