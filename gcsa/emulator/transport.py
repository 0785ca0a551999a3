"""The emulator as an httpx2 transport: requests are answered in process, with no socket."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import httpx2

from gcsa.emulator.exchange import ConnectionLost
from gcsa.emulator.http import Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from gcsa.emulator.clock import Clock
    from gcsa.emulator.http import Response


class EmulatorTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport for `httpx2.Client` and `httpx2.AsyncClient` alike.

    A client waits no longer than its timeout says, on the emulator's clock. Closing a client does not close the
    emulator: many clients may share one.

    Args:
        handle: What answers a request.
        clock: The time that passes before an answer that comes late.
    """

    def __init__(self, handle: Callable[[Request], Response], clock: Clock) -> None:
        self._handle = handle
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request.

        Raises:
            TransportError: The connection is dropped, or the answer comes too late; with the words that it has over a
                network.
        """
        outcome = self._outcome(request, request.read())
        if outcome.latency:
            self._clock.sleep(_waited_for(outcome, request))
        return _received(outcome, request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request of an asynchronous client.

        Raises:
            TransportError: The connection is dropped, or the answer comes too late; with the words that it has over a
                network.
        """
        outcome = self._outcome(request, await request.aread())
        if outcome.latency:
            await self._clock.asleep(_waited_for(outcome, request))
        return _received(outcome, request)

    def _outcome(self, request: httpx2.Request, body: bytes) -> Response | ConnectionLost:
        try:
            return self._handle(
                Request.of(
                    request.method,
                    request.url.raw_path.decode("ascii"),
                    request.headers.items(),
                    body,
                )
            )
        except ConnectionLost as loss:
            return loss


class _CutBody(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body whose end never comes."""

    def __init__(self, received: bytes, expected: int) -> None:
        self._received = received
        self._expected = expected

    def __iter__(self) -> Iterator[bytes]:
        yield self._received
        raise self._error()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._received
        raise self._error()

    def _error(self) -> httpx2.RemoteProtocolError:
        return httpx2.RemoteProtocolError(
            "peer closed connection without sending complete message body"
            f" (received {len(self._received)} bytes, expected {self._expected})"
        )


def _timeout(request: httpx2.Request) -> float:
    """Return how many seconds of silence a client takes."""
    timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
    seconds = timeouts.get("read")
    return inf if seconds is None else seconds


def _waited_for(outcome: Response | ConnectionLost, request: httpx2.Request) -> float:
    """Return how many seconds a client waits for an outcome."""
    return min(outcome.latency, _timeout(request))


def _received(outcome: Response | ConnectionLost, request: httpx2.Request) -> httpx2.Response:
    """Return an outcome as a client of a network sees it."""
    if outcome.latency > _timeout(request):
        raise httpx2.ReadTimeout("The read operation timed out", request=request)
    if isinstance(outcome, ConnectionLost):
        if outcome.drop == "connect":
            raise httpx2.ConnectError("[Errno 111] Connection refused", request=request)
        raise httpx2.RemoteProtocolError(
            "Server disconnected without sending a response.", request=request
        )
    if outcome.sent is not None:
        size = len(outcome.body)
        return httpx2.Response(
            outcome.status,
            headers={**outcome.headers, "content-length": str(size)},
            stream=_CutBody(outcome.body[: outcome.sent], size),
            request=request,
        )
    return httpx2.Response(
        outcome.status, headers=dict(outcome.headers), content=outcome.body, request=request
    )
