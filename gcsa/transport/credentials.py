"""Google's credentials on a request: google-auth as an authentication flow of httpx2."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator, Mapping
from typing import Any

import google.auth.exceptions
import google.auth.transport
import httpx2
from google.auth.credentials import Credentials

from gcsa.errors import AuthenticationError, TransportError


class _TokenAnswer(google.auth.transport.Response):
    """An answer of a token server, as google-auth reads it."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    @property
    def data(self) -> bytes:
        return self._response.content


class TokenRequest(google.auth.transport.Request):
    """How google-auth reaches a token server: over httpx2, like everything else.

    Args:
        client: What to send with; None opens a connection for each request.
    """

    def __init__(self, client: httpx2.Client | None = None) -> None:
        self._client = client

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = 120,
        **kwargs: Any,
    ) -> google.auth.transport.Response:
        """Send one request to a token server."""
        send = self._client.request if self._client is not None else httpx2.request
        try:
            return _TokenAnswer(
                send(method, url, content=body, headers=headers, timeout=timeout or 120, **kwargs)
            )
        except httpx2.TransportError as error:
            raise google.auth.exceptions.TransportError(error) from error


class CredentialsAuth(httpx2.Auth):
    """Puts a valid token on each request, and refreshes it when it has run out or is refused.

    Safe to share between threads: one refreshes, the others wait for it.

    Args:
        credentials: Any credentials of google-auth.
    """

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self._request = TokenRequest()
        self._refreshing = threading.Lock()

    def sync_auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Send a request with a token; refresh and send it once more when that is refused."""
        self._apply(request)
        sent = self.credentials.token
        response = yield request
        if response.status_code == 401 and self._renew(sent):
            self._apply(request)
            yield request

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Do the same under asyncio; what may wait for a token server runs in a thread."""
        if self.credentials.valid:
            self._apply(request)
        else:
            await asyncio.to_thread(self._apply, request)
        sent = self.credentials.token
        response = yield request
        if response.status_code == 401 and await asyncio.to_thread(self._renew, sent):
            self._apply(request)
            yield request

    def _apply(self, request: httpx2.Request) -> None:
        """Put a valid token on a request, refreshing the credentials first where needed."""
        headers: dict[str, str] = {}
        with _explained():
            if self.credentials.valid:
                self.credentials.apply(headers)
            else:
                with self._refreshing:
                    self.credentials.before_request(
                        self._request, request.method, str(request.url), headers
                    )
        request.headers.update(headers)

    def _renew(self, refused: str | None) -> bool:
        """Refresh after a token was refused; False where these credentials cannot be refreshed."""
        with self._refreshing:
            if self.credentials.token != refused:
                return True  # another thread was faster
            if getattr(self.credentials, "refresh_token", True) is None:
                return False
            with _explained():
                self.credentials.refresh(self._request)
            return True


class _explained:  # noqa: N801 - reads as a word in a `with`
    """Turns google-auth's failures into ours."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if isinstance(error, google.auth.exceptions.TransportError):
            raise TransportError(
                "The token server could not be reached", request="a token"
            ) from None
        if isinstance(error, google.auth.exceptions.GoogleAuthError):
            raise AuthenticationError(
                f"No valid token: {error.args[0] if error.args else kind}", request="a token"
            ) from None
