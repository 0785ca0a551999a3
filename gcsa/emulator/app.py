"""The emulator as an ASGI application: requests come in over HTTP, and `Emulator.handle` answers them."""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware

from gcsa.emulator.errors import ApiError
from gcsa.emulator.exchange import ConnectionLost
from gcsa.emulator.gate import LOCAL_ORIGIN
from gcsa.emulator.http import LARGEST_BODY, Request, Response, parse_query

if TYPE_CHECKING:
    from asyncio import BaseTransport

    from starlette.types import ASGIApp, Receive, Scope, Send

    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.gate import Gate

_HEADERS = "gcsa.headers"
_TRANSPORT = "gcsa.transport"
_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
# A compressor costs more to set up than a single event costs to send.
_SMALLEST_COMPRESSED = 2048
_GZIP = 16 + zlib.MAX_WBITS


def app_of(emulator: Emulator, gate: Gate) -> ASGIApp:
    """Return the application that serves an emulator to whom the gate lets in.

    Requests are answered on the event loop itself: they have one database connection to share, so threads would have
    nothing to do side by side, and handing a request to one costs a fifth of the time that an insert takes.
    """
    return _Front(_Endpoint(emulator), gate)


class _Front:
    """Lets requests in, and lets the browser know which pages may read the answers."""

    def __init__(self, endpoint: ASGIApp, gate: Gate) -> None:
        self._gate = gate
        self._endpoint = endpoint
        self._for_pages = CORSMiddleware(
            endpoint,
            allow_origin_regex=LOCAL_ORIGIN,
            allow_methods=_METHODS,
            allow_headers=["*"],
            allow_credentials=True,
            expose_headers=["ETag"],
            max_age=3600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope[_HEADERS] = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        try:
            self._gate.check(headers)
        except ApiError as error:
            await _send_last(error.response(), send)
            return
        # ASGI has no word for hanging up, so it is asked of the connection itself, which is uvicorn's own object.
        scope[_TRANSPORT] = getattr(getattr(send, "__self__", None), "transport", None)
        await (self._for_pages if "origin" in headers else self._endpoint)(scope, receive, send)


class _Endpoint:
    """Answers every path."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            await _send(Response(204, {"allow": ", ".join(_METHODS)}), send)
            return
        headers: dict[str, str] = scope[_HEADERS]
        try:
            body = await _read_body(headers, receive)
        except ApiError as error:
            await _send_last(error.response(), send)
            return
        if body is None:
            return
        request = Request(
            scope["method"],
            scope["raw_path"].decode("latin-1"),
            parse_query(scope["query_string"].decode("latin-1")),
            headers,
            body,
        )
        try:
            if request.path.startswith("/emulator/"):
                # Control may take long: who receives a notification may call back before answering.
                response = await run_in_threadpool(self._emulator.handle, request)
            else:
                response = self._emulator.handle(request)
        except ConnectionLost as loss:
            await self._emulator.clock.asleep(loss.latency)
            await _hang_up(scope, receive)
            return
        if response.latency:
            await self._emulator.clock.asleep(response.latency)
        if response.sent is None:
            await _send(_compressed(response, headers), send)
        else:
            await _send(response, send, response.sent)
            await _hang_up(scope, receive)


async def _read_body(headers: dict[str, str], receive: Receive) -> bytes | None:
    """Return a request's body; None when the client went away.

    Raises:
        ApiError: 413, it is, or says that it is, larger than 10 MiB.
    """
    length = headers.get("content-length", "")
    if len(length) > 20 or (length.isdigit() and int(length) > LARGEST_BODY):
        raise ApiError.too_large()
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        piece: bytes = message.get("body", b"")
        if not pieces and not message.get("more_body"):
            return piece
        size += len(piece)
        if size > LARGEST_BODY:
            raise ApiError.too_large()
        pieces.append(piece)
        if not message.get("more_body"):
            return b"".join(pieces)


def _compressed(response: Response, headers: dict[str, str]) -> Response:
    """Return an answer compressed, when the client takes that and it is worth it."""
    if len(response.body) < _SMALLEST_COMPRESSED or "content-encoding" in response.headers:
        return response
    if not _takes_gzip(headers.get("accept-encoding", "")):
        return response
    compressor = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    body = compressor.compress(response.body) + compressor.flush()
    more = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
    return Response(response.status, {**response.headers, **more}, body)


@lru_cache(maxsize=64)
def _takes_gzip(accept_encoding: str) -> bool:
    for coding in accept_encoding.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def _send(response: Response, send: Send, sent: int | None = None) -> None:
    """Send an answer, or only the first bytes of its body."""
    headers = [
        (name.encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in response.headers.items()
    ]
    if "content-length" not in response.headers and response.status not in (204, 304):
        headers.append((b"content-length", b"%d" % len(response.body)))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    is_cut = sent is not None
    await send({"type": "http.response.body", "body": response.body[:sent], "more_body": is_cut})


async def _send_last(response: Response, send: Send) -> None:
    """Send an answer before the whole request was read: its connection can carry no other one."""
    await _send(replace(response, headers={**response.headers, "connection": "close"}), send)


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """End the connection as a broken network does."""
    transport: BaseTransport | None = scope[_TRANSPORT]
    if transport is not None:
        transport.close()
        while (await receive())["type"] != "http.disconnect":
            pass
