"""The attempts of one call: what is sent, and what an answer means after the ones before it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias, TypeVar

import httpx2

from gcsa.errors import (
    AnswerTooLargeError,
    ConflictError,
    GoneError,
    GoogleCalendarError,
    NotFoundError,
    TransportError,
)
from gcsa.operations.operation import Operation, ReadBack
from gcsa.transport.refusal import refusal
from gcsa.transport.retries import is_clash, is_passing, may_have_been_carried_out

T = TypeVar("T")

Exchange: TypeAlias = Generator[Operation[Any], "httpx2.Response | Exception", T]
"""Yields what is to be sent, and is sent the answer to it, or what was raised instead."""

# Failures that come before the request has left: the server cannot have seen it.
NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)


class BatchRefusedError(Exception):
    """A batch was refused as a whole, so that none of its calls was looked at by itself.

    Args:
        refusal: What the server said.
    """

    def __init__(self, refusal: GoogleCalendarError) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class Attempts:
    """Makes the attempts of one call, and remembers whether an earlier one may have been carried out.

    Args:
        operation: The call.
    """

    def __init__(self, operation: Operation[Any]) -> None:
        self.operation = operation
        self._may_be_done = False
        # What a repeated insert met: from then on it is only to be found out whose it is.
        self._conflict: ConflictError | None = None

    def step(self) -> Exchange[Any]:
        """Make one attempt and return the call's result.

        Raises:
            GoogleCalendarError: It failed; whether to make another one is the caller's decision.
        """
        read_back = self.operation.read_back
        if read_back and self._conflict:
            return (yield from self._read_back(read_back, self._conflict))
        try:
            return (yield from self._exchange(self.operation))
        except BatchRefusedError as refused:
            raise self._in_view_of_the_past(refused.refusal) from None
        except GoogleCalendarError as error:
            failure = error
        if self._may_be_done:
            if self.operation.done_when_gone and isinstance(failure, (GoneError, NotFoundError)):
                return None
            if read_back and isinstance(failure, ConflictError) and not is_clash(failure):
                self._conflict = failure
                return (yield from self._read_back(read_back, failure))
        raise self._in_view_of_the_past(failure) from None

    def _read_back(self, read_back: ReadBack[Any], conflict: ConflictError) -> Exchange[Any]:
        """Return what an earlier, unanswered attempt of an insert has stored.

        Raises:
            ConflictError: What is there is something else.
            GoogleCalendarError: It could not be read, for a passing reason.
        """
        try:
            stored = yield from self._exchange(read_back.operation)
        except (BatchRefusedError, GoogleCalendarError) as raised:
            error = raised.refusal if isinstance(raised, BatchRefusedError) else raised
            if not is_passing(error, repeatable=True):
                raise self._in_view_of_the_past(conflict) from None
            error.request = str(self.operation)
            raise self._in_view_of_the_past(error) from None
        if not read_back.is_ours(stored):
            raise conflict from None
        return stored

    def _in_view_of_the_past(self, error: GoogleCalendarError) -> GoogleCalendarError:
        """Say in an error whether the call may have been carried out in spite of it."""
        if not self.operation.reads:
            self._may_be_done = self._may_be_done or may_have_been_carried_out(error)
        error.outcome_unknown = self._may_be_done
        return error

    def _exchange(self, operation: Operation[T]) -> Exchange[T]:
        """Send one operation and read its answer."""
        asked = str(operation)
        response = yield operation
        if isinstance(response, httpx2.HTTPError):
            said = f": {response}" if str(response) else ""
            raise TransportError(
                f"No answer{_from_whom(response)}: {type(response).__name__}{said}",
                outcome_unknown=not isinstance(response, NEVER_SENT),
                request=asked,
            ) from None
        if isinstance(response, AnswerTooLargeError):
            response.request = asked
        if isinstance(response, Exception):
            raise response
        if not response.is_success:
            raise refusal(response, asked)
        try:
            return operation.decode(response.content)
        except (TypeError, ValueError, RecursionError) as error:
            # It is cut off, not JSON at all, or nested as nothing of Google's is.
            raise TransportError(
                f"The answer is not whole: {error}", outcome_unknown=True, request=asked
            ) from None


def _from_whom(failure: httpx2.HTTPError) -> str:
    """Name the server if it was not even reached: its address, as a test's, may be what is wrong."""
    if not isinstance(failure, (httpx2.ConnectError, httpx2.ConnectTimeout)):
        return ""
    try:
        url = failure.request.url
    except RuntimeError:  # raised by a transport of the caller's own, which did not say of what
        return ""
    return f" from {url.host}" + (f":{url.port}" if url.port else "")
