"""Many calls, sent together in batches until each has succeeded, or failed for good."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from itertools import islice
from typing import Any, TypeAlias

import httpx2

from gcsa.operations.operation import Operation
from gcsa.transport.attempts import Attempts, Exchange
from gcsa.transport.multipart import MOST_CALLS, join_requests, split_responses
from gcsa.transport.retries import SomeFailed, is_passing

PARTS = "gcsa.parts"
"""The extension of a batch request that says how many calls are in it."""

BatchExchange: TypeAlias = Generator[
    list[httpx2.Request], "Sequence[httpx2.Response | Exception]", None
]
"""Yields the batches to send side by side, and is sent the answer to each, or what was raised."""


class _Call:
    """One of the calls: where it stands."""

    def __init__(self, operation: Operation[Any], base_url: str) -> None:
        self.attempts = Attempts(operation, base_url)
        self.request: httpx2.Request | None = None
        self.outcome: Any = None
        self.failed_passing = True  # nothing has been sent: as good as a passing failure
        self._steps: Exchange[Any] | None = None

    def begin(self) -> None:
        """Begin the next attempt."""
        self.failed_passing = False
        self._steps = self.attempts.step()
        self._advance(None)

    def answer(self, answer: httpx2.Response | Exception) -> None:
        """Take the answer to what was sent."""
        self._advance(answer)

    def _advance(self, answer: httpx2.Response | Exception | None) -> None:
        self.request = None
        if self._steps is None:
            return
        try:
            self.request = next(self._steps) if answer is None else self._steps.send(answer)
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
        base_url: Where the API's paths begin.
    """

    def __init__(self, operations: Sequence[Operation[Any]], endpoint: str, base_url: str) -> None:
        self._endpoint = endpoint
        self._calls = [_Call(operation, base_url) for operation in operations]

    def outcomes(self) -> list[Any]:
        """Return the result of each call, or the exception that it failed with, in their order."""
        return [call.outcome for call in self._calls]

    def round(self) -> BatchExchange:
        """Send what is not done yet, in batches of 50.

        Raises:
            SomeFailed: Something failed for a passing reason and may be sent again.
        """
        pending = [call for call in self._calls if call.failed_passing]
        for call in pending:
            call.begin()
        # An attempt can take several requests: a repeated insert may have to be read back.
        while unsent := [call for call in pending if call.request is not None]:
            batches = list(_in_fifties(unsent))
            answers = yield [self._join(batch) for batch in batches]
            for batch, answer in zip(batches, answers, strict=True):
                _hand_out(batch, answer)
        failures = [call.outcome for call in pending if call.failed_passing]
        if failures:
            raise SomeFailed(failures)

    def _join(self, batch: list[_Call]) -> httpx2.Request:
        requests = [call.request for call in batch if call.request is not None]
        joined = join_requests(requests, self._endpoint)
        joined.extensions = {**joined.extensions, PARTS: len(requests)}
        return joined


def _hand_out(batch: list[_Call], answer: httpx2.Response | Exception) -> None:
    """Give each call of a batch its part of the answer."""
    if isinstance(answer, Exception) or not answer.is_success:
        for call in batch:
            call.answer(answer)
        return
    parts = split_responses(answer)
    for number, call in enumerate(batch):
        missing = httpx2.RemoteProtocolError("the batch's answer has no part for this call")
        call.answer(parts.get(number, missing))


def _in_fifties(calls: Iterable[_Call]) -> Generator[list[_Call]]:
    remaining = iter(calls)
    while batch := list(islice(remaining, MOST_CALLS)):
        yield batch
