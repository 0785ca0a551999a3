"""Sending one operation and reading its answer, sync and async."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

import attrs
import httpx2
import tenacity

from gcsa._version import __version__
from gcsa.errors import ConflictError, GoneError, NotFoundError, ServerError, TransportError
from gcsa.operations.operation import Operation
from gcsa.transport.clock import Clock
from gcsa.transport.refusal import refusal
from gcsa.transport.request import build_request
from gcsa.transport.retries import Retry, may_have_been_carried_out, policy

T = TypeVar("T")

GOOGLE = "https://www.googleapis.com"

# Google compresses its answers for agents that say "gzip" in their name as well:
# https://developers.google.com/workspace/calendar/api/guides/performance
USER_AGENT = f"gcsa/{__version__} (gzip)"

# Failures that come before the request has left: the server cannot have seen it.
_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)


@attrs.frozen
class Route:
    """Where calls go, and how patiently.

    Args:
        endpoint: Scheme, host and port, such as `https://www.googleapis.com`.
        retry: When a call is sent again.
        clock: What pauses and time limits are measured on.
    """

    endpoint: str
    retry: Retry
    clock: Clock

    @property
    def base_url(self) -> str:
        """Where the API's paths begin."""
        return f"{self.endpoint}/calendar/v3"


class Attempts:
    """The attempts of one call: what is sent, and what an answer means after those before."""

    def __init__(self, operation: Operation[T], base_url: str) -> None:
        self._operation: Operation[Any] = operation
        self._base_url = base_url
        self._may_be_done = False

    def step(self) -> Generator[httpx2.Request, httpx2.Response, Any]:
        """Yield the requests of one attempt, be sent their answers, and return the result.

        Raises:
            GoogleCalendarError: The attempt failed; whether to make another one is the caller's
                decision.
        """
        operation = self._operation
        try:
            return (yield from self._exchange(operation))
        except (GoneError, NotFoundError):
            if self._may_be_done and operation.method == "DELETE":
                return None
            raise
        except ConflictError:
            if not self._may_be_done or operation.read_back is None:
                raise
            stored = yield from self._exchange(operation.read_back.operation)
            if not operation.read_back.is_ours(stored):
                raise
            return stored
        except (ServerError, TransportError) as error:
            self._may_be_done = self._may_be_done or may_have_been_carried_out(error)
            raise

    def _exchange(self, operation: Operation[T]) -> Generator[httpx2.Request, httpx2.Response, T]:
        """Send one request and read its answer."""
        asked = str(operation)
        try:
            response = yield build_request(operation, self._base_url)
        except httpx2.InvalidURL as error:
            raise ValueError(f"{self._base_url} is not the address of a server: {error}") from None
        except httpx2.HTTPError as error:
            reached = not isinstance(error, _NEVER_SENT)
            raise TransportError(
                f"No answer: {type(error).__name__}{f': {error}' if str(error) else ''}",
                outcome_unknown=reached and operation.method != "GET",
                request=asked,
            ) from None
        if not response.is_success:
            raise refusal(response, asked)
        try:
            return operation.decode(response.content)
        except (TypeError, ValueError) as error:  # cut off, or not JSON at all
            raise TransportError(
                f"The answer is not whole: {error}",
                outcome_unknown=operation.method != "GET",
                request=asked,
            ) from None


class Wire:
    """Sends operations and waits for their answers.

    Args:
        client: What carries the requests, with credentials on it.
        route: Where they go.
    """

    def __init__(self, client: httpx2.Client, route: Route) -> None:
        self.client = client
        self.route = route

    def send(self, operation: Operation[T]) -> T:
        """Send an operation, again where that is right, and return its result."""
        attempts = Attempts(operation, self.route.base_url)
        settings = policy(self.route.retry, operation, self.route.clock)
        result: T = tenacity.Retrying(sleep=self.route.clock.sleep, **settings)(
            self._attempt, attempts
        )
        return result

    def _attempt(self, attempts: Attempts) -> Any:
        step = attempts.step()
        try:
            request = next(step)
            while True:
                try:
                    response = self.client.send(request)
                except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                    request = step.throw(error)
                else:
                    request = step.send(response)
        except StopIteration as end:
            return end.value


class AsyncWire:
    """Sends operations, and lets other tasks run until their answers are there.

    Args:
        client: What carries the requests, with credentials on it.
        route: Where they go.
    """

    def __init__(self, client: httpx2.AsyncClient, route: Route) -> None:
        self.client = client
        self.route = route

    async def send(self, operation: Operation[T]) -> T:
        """Send an operation, again where that is right, and return its result."""
        attempts = Attempts(operation, self.route.base_url)
        settings = policy(self.route.retry, operation, self.route.clock)
        retrying = tenacity.AsyncRetrying(sleep=self.route.clock.asleep, **settings)
        result: T = await retrying(self._attempt, attempts)
        return result

    async def _attempt(self, attempts: Attempts) -> Any:
        step = attempts.step()
        try:
            request = next(step)
            while True:
                try:
                    response = await self.client.send(request)
                except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                    request = step.throw(error)
                else:
                    request = step.send(response)
        except StopIteration as end:
            return end.value
