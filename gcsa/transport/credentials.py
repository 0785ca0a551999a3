"""Google's credentials on a request: google-auth as an authentication flow of httpx2."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager
from typing import cast

import httpx2
from google.auth.credentials import AnonymousCredentials, Credentials

from gcsa.errors import GoogleCalendarError
from gcsa.transport.google_auth import UsableCredentials
from gcsa.transport.request import REFUSED_AS, SENT_AS
from gcsa.transport.token_refusal import token_refusal
from gcsa.transport.token_request import TokenRequest


class CredentialsAuth(httpx2.Auth):
    """Puts a valid token on each request, and refreshes it when it has run out or is refused.

    Safe to share between threads and between tasks: one refreshes, the others wait for it.

    Args:
        credentials: Any credentials of google-auth.
        request: How the token server is reached.
        refreshed: What is called with the credentials each time that they have been refreshed.
        remedy: What a person can do when there is no token, as a sentence.
    """

    def __init__(
        self,
        credentials: Credentials,
        request: TokenRequest | None = None,
        *,
        refreshed: Callable[[Credentials], None] | None = None,
        remedy: str = "",
    ) -> None:
        self.credentials = credentials
        self._usable = cast("UsableCredentials", credentials)
        self._request = request or TokenRequest()
        self._refreshed = refreshed
        self._remedy = remedy
        self._refreshing = threading.Lock()
        # Counts the refreshes, so that whoever was refused knows whether somebody else has been faster.
        self._generation = 0

    def sync_auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Send a request with a token; refresh and send it once more when that is refused."""
        refused = request.extensions.get(REFUSED_AS)
        if refused is not None:
            self._renew(refused)
        elif not self._usable.valid:
            self._ensure()
        with self._applied(request) as generation:
            response = yield request
        if response.status_code == 401 and self._renew(generation):
            with self._applied(request):
                yield request

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Do the same under asyncio; what may wait for a token server runs in a thread."""
        refused = request.extensions.get(REFUSED_AS)
        if refused is not None:
            await asyncio.to_thread(self._renew, refused)
        elif not self._usable.valid:
            await asyncio.to_thread(self._ensure)
        with self._applied(request) as generation:
            response = yield request
        if response.status_code == 401 and await asyncio.to_thread(self._renew, generation):
            with self._applied(request):
                yield request

    @contextmanager
    def _applied(self, request: httpx2.Request) -> Generator[int]:
        """Have the token on a request while it is sent, and not when it is kept with its answer afterwards."""
        headers: dict[str, str] = {}
        self._usable.apply(headers)
        request.headers.update(headers)
        request.extensions = {**request.extensions, SENT_AS: self._generation}
        try:
            yield self._generation
        finally:
            for name in headers:
                request.headers.pop(name, None)

    def _ensure(self) -> None:
        """Refresh credentials that are not valid, unless another thread has just done so."""
        with self._refreshing:
            if not self._usable.valid:
                self._refresh()

    def _renew(self, generation: int) -> bool:
        """Refresh after a token was refused; False where these credentials cannot be refreshed."""
        with self._refreshing:
            if self._generation != generation:
                return True  # another thread was faster
            if not _can_be_refreshed(self.credentials):
                return False
            self._refresh()
            return True

    def _refresh(self) -> None:
        failure: GoogleCalendarError | None = None
        try:
            self._usable.refresh(self._request)
        except Exception as error:
            failure = token_refusal(error, self.credentials, self._remedy)
        if failure is not None:
            # Raised out here, so that what google-auth raised, with the request in its traceback, is not chained to it.
            raise failure
        self._generation += 1
        if self._refreshed is not None:
            self._refreshed(self.credentials)


def _can_be_refreshed(credentials: Credentials) -> bool:
    if isinstance(credentials, AnonymousCredentials):
        return False
    # Credentials of a user that are nothing but an access token.
    return any(
        getattr(credentials, name, True) is not None
        for name in ("refresh_token", "refresh_handler")
    )
