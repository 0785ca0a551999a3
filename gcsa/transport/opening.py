"""Making what a client sends with: where it sends to, as whom, and over what."""

from __future__ import annotations

import os

import httpx2

from gcsa.transport.authentication import EMULATOR_HOST, Identification, authenticate
from gcsa.transport.clear_text import refuse_clear_text
from gcsa.transport.clock import Clock, clock_of
from gcsa.transport.credentials import CredentialsAuth
from gcsa.transport.pacing import Pace
from gcsa.transport.patience import Retry
from gcsa.transport.token_request import TokenRequest
from gcsa.transport.wire import GOOGLE, AsyncWire, Route, Wire

# Seconds without a byte from the server after which a call counts as unanswered.
ANSWER_TIMEOUT = 60.0


def route_to(
    endpoint: str | None, retry: Retry | None, calls_per_minute: float | None, clock: Clock | None
) -> Route:
    """Return where a client's calls go, with what it was not told filled in.

    Args:
        endpoint: The server; by default the emulator that the variable names, and Google without one.
        retry: When calls are sent again.
        calls_per_minute: The quota to keep within; there is none on another server than Google.
        clock: What pauses and time limits are measured on; by default the server's, where it has one of its own, or the
            machine's.

    Raises:
        ValueError: The endpoint is not the address of a server.
    """
    if endpoint is None:
        endpoint = _usual_endpoint()
    if not endpoint.startswith(("http://", "https://")):
        raise ValueError(
            f"api_endpoint must be an address such as 'http://127.0.0.1:8085', not {endpoint!r}."
        )
    endpoint = endpoint.rstrip("/")
    return Route(
        endpoint,
        retry or Retry(),
        Pace(calls_per_minute if endpoint == GOOGLE else None),
        clock or clock_of(endpoint),
    )


def open_wire(
    who: Identification, route: Route, transport: httpx2.BaseTransport | None = None
) -> Wire:
    """Return what carries a client's calls.

    Args:
        who: Whom the client acts for.
        route: Where its calls go.
        transport: What carries the requests; the network by default.

    Raises:
        FileNotFoundError: There are no credentials; see `authenticate` for what else can be wrong with them.
        ValueError: A token would travel to another machine unencrypted.
    """
    auth = _auth(who, route.endpoint, transport)
    return Wire(httpx2.Client(auth=auth, transport=transport, timeout=ANSWER_TIMEOUT), route)


def open_async_wire(
    who: Identification, route: Route, transport: httpx2.AsyncBaseTransport | None = None
) -> AsyncWire:
    """Return what carries an asynchronous client's calls; otherwise as `open_wire`."""
    auth = _auth(who, route.endpoint, transport)
    return AsyncWire(
        httpx2.AsyncClient(auth=auth, transport=transport, timeout=ANSWER_TIMEOUT), route
    )


def _auth(
    who: Identification,
    endpoint: str,
    transport: httpx2.BaseTransport | httpx2.AsyncBaseTransport | None,
) -> CredentialsAuth:
    """Return what puts a token on each request, once it is sure that nobody can read it on the way."""
    auth = authenticate(who, endpoint, TokenRequest.over(transport))
    # Another transport is the caller's own, as that of an emulator in this process, and knows where it leads.
    if transport is None or isinstance(
        transport, (httpx2.HTTPTransport, httpx2.AsyncHTTPTransport)
    ):
        refuse_clear_text(endpoint, auth.credentials)
    return auth


def _usual_endpoint() -> str:
    """Return the emulator that the variable names; without one, Google."""
    host = os.environ.get(EMULATOR_HOST)
    if not host:
        return GOOGLE
    return host if "://" in host else f"http://{host}"
