"""Sending calls and reading their answers, one by one or many together, sync and async."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import attrs
import httpx2
import tenacity

from gcsa.operations.operation import Operation
from gcsa.transport.answer import aread_answer, read_answer
from gcsa.transport.attempts import Attempts
from gcsa.transport.clock import Clock
from gcsa.transport.pacing import Pace
from gcsa.transport.patience import Patience, Retry
from gcsa.transport.request import build_request, hurry
from gcsa.transport.retries import SomeFailed, is_passing, policy
from gcsa.transport.rounds import PARTS, Rounds

T = TypeVar("T")

GOOGLE = "https://www.googleapis.com"

# Batches that are under way at the same time.
SIDE_BY_SIDE = 4


@attrs.frozen
class Route:
    """Where calls go, how fast and how patiently.

    Args:
        endpoint: Scheme, host and port, such as `https://www.googleapis.com`.
        retry: When a call is sent again.
        pace: How fast calls may follow each other.
        clock: What pauses and time limits are measured on.
    """

    endpoint: str
    retry: Retry
    pace: Pace
    clock: Clock

    def patience(self) -> Patience:
        """Return the time that the calls which begin now may take."""
        return Patience(self.retry, self.clock)

    def delay(self, request: httpx2.Request, patience: Patience) -> float:
        """Count a request's calls against the quota, and return the seconds to wait before it."""
        seconds = self.pace.reserve(request.extensions.get(PARTS, 1), self.clock.monotonic())
        patience.wait_for_quota(seconds)
        return seconds


class Wire:
    """Sends operations and waits for their answers.

    Args:
        client: What carries the requests, with credentials on it.
        route: Where they go.
    """

    def __init__(self, client: httpx2.Client, route: Route) -> None:
        self.client = client
        self.route = route
        # A script that closes nothing leaves no open connections behind when it drops its calendar.
        weakref.finalize(self, client.close)

    def send(self, operation: Operation[T]) -> T:
        """Send an operation, again where that is right, and return its result."""
        patience = self.route.patience()
        retrying = self._retrying(
            patience, lambda error: is_passing(error, repeatable=operation.repeatable)
        )
        result: T = retrying(self._attempt, Attempts(operation), patience)
        return result

    def send_all(
        self, operations: Sequence[Operation[Any]], patience: Patience | None = None
    ) -> list[Any]:
        """Send operations in batches, side by side; a failure stands for its result.

        The time limit holds for all of them together: give as many as are sent in a few rounds.

        Args:
            operations: The calls.
            patience: That of the calls before them, where there are some: it goes on for as long as nothing is
                answered, and once it is at its end nothing is sent any more.
        """
        rounds = Rounds(operations, self.route.endpoint)
        patience = patience or self.route.patience()
        if not patience.resume():
            rounds.give_up()
            return rounds.outcomes()
        retrying = self._retrying(patience, lambda error: isinstance(error, SomeFailed))
        with suppress(SomeFailed):  # each failure is in its call's place
            retrying(self._round, rounds, patience)
        patience.is_in_vain = rounds.are_in_vain()
        return rounds.outcomes()

    def _retrying(
        self, patience: Patience, passes: Callable[[BaseException], bool]
    ) -> tenacity.Retrying:
        # What a closed client fails with says more than that it is closed.
        settings = policy(patience, lambda error: not self.client.is_closed and passes(error))
        return tenacity.Retrying(sleep=self.route.clock.sleep, **settings)

    def _attempt(self, attempts: Attempts, patience: Patience) -> Any:
        steps = attempts.step()
        try:
            operation = next(steps)
            while True:
                request = build_request(operation, self.route.endpoint)
                self._wait_for_quota(request, patience)
                operation = steps.send(self._exchange(request, patience))
        except StopIteration as end:
            return end.value

    def _round(self, rounds: Rounds, patience: Patience) -> None:
        pool = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="gcsa-batch")
        try:
            steps = rounds.round()
            requests = next(steps)
            while True:
                answers: list[httpx2.Response | Exception] = []
                if len(requests) == 1:
                    self._wait_for_quota(requests[0], patience)
                    answers = [self._exchange(requests[0], patience)]
                else:
                    under_way = [
                        pool.submit(
                            self._exchange, self._wait_for_quota(request, patience), patience
                        )
                        for request in requests
                    ]
                    answers = [future.result() for future in under_way]
                requests = steps.send(answers)
        except StopIteration:
            pass
        finally:
            # After an interruption no further batch may leave.
            pool.shutdown(cancel_futures=True)

    def _wait_for_quota(self, request: httpx2.Request, patience: Patience) -> httpx2.Request:
        delay = self.route.delay(request, patience)
        if delay:
            self.route.clock.sleep(delay)
        return request

    def _exchange(self, request: httpx2.Request, patience: Patience) -> httpx2.Response | Exception:
        try:
            hurry(request, self.client.timeout, patience)
            response = self.client.send(request, stream=True)
            try:
                return read_answer(response)
            finally:
                response.close()
        except Exception as error:
            return error


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
        patience = self.route.patience()
        retrying = self._retrying(
            patience, lambda error: is_passing(error, repeatable=operation.repeatable)
        )
        attempts = Attempts(operation)
        result: T = await retrying(self._attempt, attempts, patience)
        return result

    async def send_all(
        self, operations: Sequence[Operation[Any]], patience: Patience | None = None
    ) -> list[Any]:
        """Send operations in batches, side by side; as `Wire.send_all`."""
        rounds = Rounds(operations, self.route.endpoint)
        patience = patience or self.route.patience()
        if not patience.resume():
            rounds.give_up()
            return rounds.outcomes()
        retrying = self._retrying(patience, lambda error: isinstance(error, SomeFailed))
        with suppress(SomeFailed):  # each failure is in its call's place
            await retrying(self._round, rounds, patience)
        patience.is_in_vain = rounds.are_in_vain()
        return rounds.outcomes()

    def _retrying(
        self, patience: Patience, passes: Callable[[BaseException], bool]
    ) -> tenacity.AsyncRetrying:
        # What a closed client fails with says more than that it is closed.
        settings = policy(patience, lambda error: not self.client.is_closed and passes(error))
        return tenacity.AsyncRetrying(sleep=self.route.clock.asleep, **settings)

    async def _attempt(self, attempts: Attempts, patience: Patience) -> Any:
        steps = attempts.step()
        try:
            operation = next(steps)
            while True:
                request = build_request(operation, self.route.endpoint)
                await self._wait_for_quota(request, patience)
                operation = steps.send(await self._exchange(request, patience))
        except StopIteration as end:
            return end.value

    async def _round(self, rounds: Rounds, patience: Patience) -> None:
        places = asyncio.Semaphore(SIDE_BY_SIDE)

        async def exchange(request: httpx2.Request) -> httpx2.Response | Exception:
            async with places:
                return await self._exchange(request, patience)

        steps = rounds.round()
        try:
            requests = next(steps)
            while True:
                under_way: list[asyncio.Task[httpx2.Response | Exception]] = []
                async with asyncio.TaskGroup() as group:
                    for request in requests:
                        await self._wait_for_quota(request, patience)
                        under_way.append(group.create_task(exchange(request)))
                requests = steps.send([task.result() for task in under_way])
        except StopIteration:
            pass

    async def _wait_for_quota(self, request: httpx2.Request, patience: Patience) -> None:
        delay = self.route.delay(request, patience)
        if delay:
            await self.route.clock.asleep(delay)

    async def _exchange(
        self, request: httpx2.Request, patience: Patience
    ) -> httpx2.Response | Exception:
        try:
            hurry(request, self.client.timeout, patience)
            response = await self.client.send(request, stream=True)
            try:
                return await aread_answer(response)
            finally:
                await response.aclose()
        except Exception as error:
            return error
