"""The attempts of one call: what is sent, and what an answer means after the ones before it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias, TypeVar

import httpx2

from gcsa.errors import (
    ConflictError,
    GoneError,
    GoogleCalendarError,
    NotFoundError,
    TransportError,
)
from gcsa.operations.operation import Operation
from gcsa.transport.refusal import refusal
from gcsa.transport.request import build_request
from gcsa.transport.retries import may_have_been_carried_out

T = TypeVar("T")

Exchange: TypeAlias = Generator[httpx2.Request, "httpx2.Response | Exception", T]
"""Yields requests, and is sent the answer to each, or what was raised instead."""

# Failures that come before the request has left: the server cannot have seen it.
_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)


class Attempts:
    """Makes the attempts of one call, and remembers whether an earlier one may have been carried out.

    Args:
        operation: The call.
        base_url: Where the API's paths begin.
    """

    def __init__(self, operation: Operation[Any], base_url: str) -> None:
        self.operation = operation
        self._base_url = base_url
        self._may_be_done = False

    def step(self) -> Exchange[Any]:
        """Make one attempt and return the call's result.

        Raises:
            GoogleCalendarError: It failed; whether to make another one is the caller's decision.
        """
        operation = self.operation
        try:
            return (yield from self._exchange(operation))
        except (GoneError, NotFoundError):
            if self._may_be_done and operation.done_when_gone:
                return None
            raise
        except ConflictError:
            if not self._may_be_done or operation.read_back is None:
                raise
            stored = yield from self._exchange(operation.read_back.operation)
            if not operation.read_back.is_ours(stored):
                raise
            return stored
        except GoogleCalendarError as error:
            self._may_be_done = self._may_be_done or may_have_been_carried_out(error)
            raise

    def _exchange(self, operation: Operation[T]) -> Exchange[T]:
        """Send one request and read its answer."""
        asked = str(operation)
        response = yield build_request(operation, self._base_url)
        if isinstance(response, httpx2.HTTPError):
            said = f": {response}" if str(response) else ""
            raise TransportError(
                f"No answer: {type(response).__name__}{said}",
                outcome_unknown=not isinstance(response, _NEVER_SENT) and operation.method != "GET",
                request=asked,
            ) from None
        if isinstance(response, Exception):
            raise response
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
