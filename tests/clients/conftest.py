"""Every behavioural test runs on the synchronous and on the asynchronous client."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, datetime

import pytest

from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


class Blocking:
    """An asynchronous client, driven to the end of each call, so that a test reads as a sync one."""

    def __init__(self, client, runner):
        self._client = client
        self._runner = runner

    def _drive(self, result):
        if inspect.iscoroutine(result):
            return self._runner.run(result)
        if hasattr(result, "__anext__"):
            return self._steps(result)
        return result

    def _steps(self, iterator):
        while True:
            try:
                yield self._runner.run(anext(iterator))
            except StopAsyncIteration:
                return

    def __getattr__(self, name):
        attribute = getattr(self._client, name)
        if not callable(attribute):
            return attribute
        return lambda *args, **kwargs: self._drive(attribute(*args, **kwargs))

    def __getitem__(self, index):
        return self._drive(self._client[index])

    def __iter__(self):
        return self._drive(aiter(self._client))


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(NOW), seed=1) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def runner():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(params=["sync", "async"])
def client_for(request, emulator, runner):
    """Make a client of the kind under test for a user."""

    def make(user="me@example.com"):
        if request.param == "sync":
            return emulator.client(user)
        return Blocking(emulator.async_client(user), runner)

    return make


@pytest.fixture
def calendar(client_for):
    return client_for()
