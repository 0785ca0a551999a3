"""How google-auth reaches a token server: over httpx2, like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import google.auth.exceptions
import google.auth.transport
import httpx2

# Seconds without a byte from the token server after which it counts as out of reach; google-auth's own default.
_TIMEOUT = 120.0


class TokenAnswer(google.auth.transport.Response):
    """An answer of a token server, as google-auth reads it."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers."""
        return self._response.headers

    @property
    def data(self) -> bytes:
        """The body."""
        return self._response.content


class TokenRequest(google.auth.transport.Request):
    """Sends google-auth's requests to a token server.

    No redirect is followed: what is sent here are secrets, meant for this server only.

    Args:
        client: What to send with; None opens a connection for each request.
    """

    def __init__(self, client: httpx2.Client | None = None) -> None:
        self._client = client

    @classmethod
    def over(
        cls, transport: httpx2.BaseTransport | httpx2.AsyncBaseTransport | None
    ) -> TokenRequest:
        """Return what sends over a calendar client's transport; one that is only asynchronous is not used."""
        if isinstance(transport, httpx2.BaseTransport):
            return cls(httpx2.Client(transport=transport))
        return cls()

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = _TIMEOUT,
        **kwargs: Any,
    ) -> TokenAnswer:
        """Send one request to a token server.

        Raises:
            google.auth.exceptions.TransportError: There was no answer.
        """
        send = self._client.request if self._client is not None else httpx2.request
        try:
            response = send(
                method,
                url,
                content=body,
                headers=headers,
                timeout=timeout or _TIMEOUT,
                follow_redirects=False,
                **kwargs,
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise google.auth.exceptions.TransportError(error) from error
        return TokenAnswer(response)
