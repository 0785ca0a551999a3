"""The emulator as an httpx2 transport: requests are answered in process, with no socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from gcsa.emulator.http import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.http import Response


class EmulatorTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport for `httpx2.Client` and `httpx2.AsyncClient` alike.

    Closing a client does not close the emulator: many clients may share one.

    Args:
        handle: What answers a request.
    """

    def __init__(self, handle: Callable[[Request], Response]) -> None:
        self._handle = handle

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request."""
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request of an asynchronous client."""
        return self._answer(request, await request.aread())

    def _answer(self, request: httpx2.Request, body: bytes) -> httpx2.Response:
        response = self._handle(
            Request.of(
                request.method, request.url.raw_path.decode("ascii"), request.headers.items(), body
            )
        )
        return httpx2.Response(
            response.status, headers=dict(response.headers), content=response.body, request=request
        )
