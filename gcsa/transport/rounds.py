"""Many calls, sent together in batches until each has succeeded, or failed for good."""

from __future__ import annotations

import copy
from collections.abc import Generator, Iterable, Sequence
from typing import Any, TypeAlias

import httpx2

from gcsa.errors import AuthenticationError, GoogleCalendarError, ServerError, TransportError
from gcsa.operations.operation import Operation
from gcsa.transport.attempts import NEVER_SENT, Attempts, BatchRefusedError, Exchange
from gcsa.transport.multipart import MOST_CALLS, join, split_responses
from gcsa.transport.refusal import refusal
from gcsa.transport.request import REFUSED_AS, SENT_AS
from gcsa.transport.retries import SomeFailed, is_passing

PARTS = "gcsa.parts"
"""The extension of a batch request that says how many calls are in it."""

BatchExchange: TypeAlias = Generator[
    list[httpx2.Request], "Sequence[httpx2.Response | Exception]", None
]
"""Yields the batches to send side by side, and is sent the answer to each, or what was raised."""


class _Call:
    """One of the calls: where it stands."""

    _steps: Exchange[Any]  # of the attempt that has begun

    def __init__(self, operation: Operation[Any]) -> None:
        self.attempts = Attempts(operation)
        self.to_send: Operation[Any] | None = None
        self.outcome: Any = None
        self.failed_passing = True  # nothing has been sent: as good as a passing failure
        self.largest_batch = MOST_CALLS
        self.token_refused: int | None = None

    def begin(self) -> None:
        """Begin the next attempt."""
        self.failed_passing = False
        self._steps = self.attempts.step()
        self._advance(None)

    def answer(self, answer: httpx2.Response | Exception) -> None:
        """Take the answer to what was sent."""
        self._advance(answer)

    def renew_token(self, token: int | None) -> None:
        """Begin again if it is for its token that the call was refused, and that was the first time.

        A batch whose token is no longer good may be answered as such, with 401 for each of its calls; Google's own
        client looks for that, too: `BatchHttpRequest.execute` in
        https://github.com/googleapis/google-api-python-client/blob/main/googleapiclient/http.py

        Args:
            token: The number of the token that it went with.
        """
        if self.to_send is not None or self.token_refused is not None:
            return
        if isinstance(self.outcome, AuthenticationError) and self.outcome.status == 401:
            self.token_refused = token
            self.begin()

    def _advance(self, answer: httpx2.Response | Exception | None) -> None:
        self.to_send = None
        try:
            self.to_send = next(self._steps) if answer is None else self._steps.send(answer)
        except StopIteration as end:
            self.outcome = end.value
        except Exception as error:
            self.outcome = error
            self.failed_passing = is_passing(error, repeatable=self.attempts.operation.repeatable)


class Rounds:
    """The rounds in which calls are sent: what failed for a passing reason takes part in the next.

    Args:
        operations: The calls, any number.
        endpoint: Scheme, host and port of the server.
    """

    def __init__(self, operations: Sequence[Operation[Any]], endpoint: str) -> None:
        self._endpoint = endpoint
        self._calls = [_Call(operation) for operation in operations]

    def outcomes(self) -> list[Any]:
        """Return the result of each call, or the exception that it failed with, in their order."""
        return [call.outcome for call in self._calls]

    def are_in_vain(self) -> bool:
        """Tell whether nothing came of any call, for a reason that may pass."""
        return all(
            isinstance(call.outcome, Exception) and is_passing(call.outcome, repeatable=True)
            for call in self._calls
        )

    def give_up(self) -> None:
        """Fail every call without sending it."""
        for call in self._calls:
            call.outcome = TransportError(
                "Not sent, as the calls before it failed until the time limit",
                request=str(call.attempts.operation),
            )

    def round(self) -> BatchExchange:
        """Send what is not done yet, in batches of at most 50.

        Raises:
            SomeFailed: Something failed for a passing reason and may be sent again.
        """
        pending = [call for call in self._calls if call.failed_passing]
        for call in pending:
            call.begin()
        # An attempt can take several requests: a repeated insert may have to be read back.
        while unsent := [call for call in pending if call.to_send is not None]:
            batches = list(_in_batches(unsent))
            requests = [self._join(batch) for batch in batches]
            answers = yield requests
            for batch, request, answer in zip(batches, requests, answers, strict=True):
                _hand_out(batch, request, answer)
        failures = [call.outcome for call in pending if call.failed_passing]
        if failures:
            raise SomeFailed(failures)

    def _join(self, batch: list[_Call]) -> httpx2.Request:
        operations = [call.to_send for call in batch if call.to_send is not None]
        joined = join(operations, self._endpoint)
        joined.extensions = {**joined.extensions, PARTS: len(operations)}
        refused = [call.token_refused for call in batch if call.token_refused is not None]
        if refused:
            joined.extensions[REFUSED_AS] = max(refused)
        return joined


def _hand_out(
    batch: list[_Call], request: httpx2.Request, answer: httpx2.Response | Exception
) -> None:
    """Give each call of a batch its part of the answer."""
    if isinstance(answer, httpx2.Response) and answer.is_success:
        parts = split_responses(answer)
        for number, call in enumerate(batch):
            missing = httpx2.RemoteProtocolError("the batch's answer has no part for this call")
            call.answer(parts.get(number, missing))
            call.renew_token(request.extensions.get(SENT_AS))
        return
    for call in batch:
        failure = _failure_of_all(call, answer)
        if _may_be_due_to_one(failure):
            # Smaller batches find out which one it is, and let the others succeed.
            call.largest_batch = max(1, call.largest_batch // 2)
        call.answer(failure)


def _failure_of_all(call: _Call, answer: httpx2.Response | Exception) -> Exception:
    """Return, for one of a batch's calls, what the batch failed with; each call gets its own."""
    if isinstance(answer, httpx2.Response):
        return BatchRefusedError(refusal(answer, f"{call.attempts.operation} (in a batch)"))
    if isinstance(answer, GoogleCalendarError):
        return BatchRefusedError(copy.copy(answer))
    return copy.copy(answer)


def _may_be_due_to_one(failure: Exception) -> bool:
    if isinstance(failure, BatchRefusedError):
        return isinstance(failure.refusal, ServerError)
    return isinstance(failure, httpx2.HTTPError) and not isinstance(failure, NEVER_SENT)


def _in_batches(calls: Iterable[_Call]) -> Generator[list[_Call]]:
    batch: list[_Call] = []
    room = MOST_CALLS
    for call in calls:
        room = min(room, call.largest_batch)
        if len(batch) >= room:
            yield batch
            batch, room = [], call.largest_batch
        batch.append(call)
    if batch:
        yield batch
