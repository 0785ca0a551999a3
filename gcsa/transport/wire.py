"""Sending calls and reading their answers, one by one or many together, sync and async."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import attrs
import httpx2
import tenacity

from gcsa._version import __version__
from gcsa.operations.operation import Operation
from gcsa.transport.attempts import Attempts
from gcsa.transport.clock import Clock
from gcsa.transport.pacing import Pace
from gcsa.transport.retries import Retry, SomeFailed, is_passing, policy
from gcsa.transport.rounds import PARTS, Rounds

T = TypeVar("T")

GOOGLE = "https://www.googleapis.com"

# Google compresses its answers for agents that say "gzip" in their name as well:
# https://developers.google.com/workspace/calendar/api/guides/performance
USER_AGENT = f"gcsa/{__version__} (gzip)"

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

    @property
    def base_url(self) -> str:
        """Where the API's paths begin."""
        return f"{self.endpoint}/calendar/v3"

    def delay(self, request: httpx2.Request) -> float:
        """Count a request's calls against the quota, and return the seconds to wait before it."""
        return self.pace.reserve(request.extensions.get(PARTS, 1), self.clock.monotonic())


class Wire:
    """Sends operations and waits for their answers.

    Args:
        client: What carries the requests, with credentials on it. It is closed with the wire's last user.
        route: Where they go.
    """

    def __init__(self, client: httpx2.Client, route: Route) -> None:
        self.client = client
        self.route = route
        # A short script need not close anything for its connections to be closed properly.
        weakref.finalize(self, client.close)

    def send(self, operation: Operation[T]) -> T:
        """Send an operation, again where that is right, and return its result."""
        attempts = Attempts(operation, self.route.base_url)
        settings = policy(
            self.route.retry,
            self.route.clock,
            lambda error: is_passing(error, repeatable=operation.repeatable),
        )
        retrying = tenacity.Retrying(sleep=self.route.clock.sleep, **settings)
        result: T = retrying(self._attempt, attempts)
        return result

    def send_all(self, operations: Sequence[Operation[Any]]) -> list[Any]:
        """Send many operations in batches, side by side; a failure stands for its result."""
        rounds = Rounds(operations, self.route.endpoint, self.route.base_url)
        settings = policy(
            self.route.retry, self.route.clock, lambda error: isinstance(error, SomeFailed)
        )
        retrying = tenacity.Retrying(sleep=self.route.clock.sleep, **settings)
        with suppress(SomeFailed):  # each failure is in its call's place
            retrying(self._round, rounds)
        return rounds.outcomes()

    def _attempt(self, attempts: Attempts) -> Any:
        steps = attempts.step()
        try:
            request = next(steps)
            while True:
                request = steps.send(self._exchange(request))
        except StopIteration as end:
            return end.value

    def _round(self, rounds: Rounds) -> None:
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="gcsa-batch") as pool:
            steps = rounds.round()
            try:
                requests = next(steps)
                while True:
                    if len(requests) == 1:
                        answers = [self._exchange(requests[0])]
                    else:
                        answers = list(pool.map(self._exchange, requests))
                    requests = steps.send(answers)
            except StopIteration:
                pass

    def _exchange(self, request: httpx2.Request) -> httpx2.Response | Exception:
        delay = self.route.delay(request)
        if delay:
            self.route.clock.sleep(delay)
        try:
            return self.client.send(request)
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
        attempts = Attempts(operation, self.route.base_url)
        settings = policy(
            self.route.retry,
            self.route.clock,
            lambda error: is_passing(error, repeatable=operation.repeatable),
        )
        retrying = tenacity.AsyncRetrying(sleep=self.route.clock.asleep, **settings)
        result: T = await retrying(self._attempt, attempts)
        return result

    async def send_all(self, operations: Sequence[Operation[Any]]) -> list[Any]:
        """Send many operations in batches, side by side; a failure stands for its result."""
        rounds = Rounds(operations, self.route.endpoint, self.route.base_url)
        settings = policy(
            self.route.retry, self.route.clock, lambda error: isinstance(error, SomeFailed)
        )
        retrying = tenacity.AsyncRetrying(sleep=self.route.clock.asleep, **settings)
        with suppress(SomeFailed):  # each failure is in its call's place
            await retrying(self._round, rounds)
        return rounds.outcomes()

    async def _attempt(self, attempts: Attempts) -> Any:
        steps = attempts.step()
        try:
            request = next(steps)
            while True:
                request = steps.send(await self._exchange(request))
        except StopIteration as end:
            return end.value

    async def _round(self, rounds: Rounds) -> None:
        places = asyncio.Semaphore(SIDE_BY_SIDE)

        async def exchange(request: httpx2.Request) -> httpx2.Response | Exception:
            async with places:
                return await self._exchange(request)

        steps = rounds.round()
        try:
            requests = next(steps)
            while True:
                requests = steps.send(list(await asyncio.gather(*map(exchange, requests))))
        except StopIteration:
            pass

    async def _exchange(self, request: httpx2.Request) -> httpx2.Response | Exception:
        delay = self.route.delay(request)
        if delay:
            await self.route.clock.asleep(delay)
        try:
            return await self.client.send(request)
        except Exception as error:
            return error
