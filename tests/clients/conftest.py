"""Every behavioural test runs on both clients, in batches of both, and over HTTP."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, datetime

import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.google_calendar import GoogleCalendar

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


class Batching:
    """A client each of whose calls is made in a batch; what a batch does not have, without one."""

    def __init__(self, client):
        self._client = client

    def __getattr__(self, name):
        if not hasattr(type(self._client.batch()), name):
            return getattr(self._client, name)

        def call(*args, **kwargs):
            with self._client.batch() as batch:
                future = getattr(batch, name)(*args, **kwargs)
            return future.result()

        return call

    def __getitem__(self, index):
        return self._client[index]

    def __iter__(self):
        return iter(self._client)


class AsyncBatching(Batching):
    """The same for an asynchronous client."""

    def __init__(self, client, runner):
        super().__init__(Blocking(client, runner))
        self._runner = runner
        self._async_client = client

    def __getattr__(self, name):
        if not hasattr(type(self._async_client.batch()), name):
            return getattr(self._client, name)

        async def call(*args, **kwargs):
            async with self._async_client.batch() as batch:
                future = getattr(batch, name)(*args, **kwargs)
            return await future

        return lambda *args, **kwargs: self._runner.run(call(*args, **kwargs))


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(NOW), seed=1) as emulator:
        yield emulator


@pytest.fixture
def connect(emulator):
    """Make a client with settings of its own."""

    def make(user="me@example.com", **settings):
        return GoogleCalendar(
            credentials=Credentials(user),
            api_endpoint=emulator.address,
            clock=emulator.clock,
            **{"transport": emulator.transport, **settings},
        )

    return make


@pytest.fixture(scope="session")
def runner():
    with asyncio.Runner() as runner:
        yield runner


def _client_for(kind, emulator, runner):
    def make(user="me@example.com"):
        if kind == "sync":
            return emulator.client(user)
        if kind == "async":
            return Blocking(emulator.async_client(user), runner)
        if kind == "batch":
            return Batching(emulator.client(user))
        if kind == "http":
            return GoogleCalendar(
                credentials=Credentials(user), api_endpoint=emulator.serve(), clock=emulator.clock
            )
        return AsyncBatching(emulator.async_client(user), runner)

    return make


@pytest.fixture(params=["sync", "async", "batch", "async batch", "http"])
def client_for(request, emulator, runner):
    """Make a client of the kind under test for a user."""
    return _client_for(request.param, emulator, runner)


@pytest.fixture
def calendar(client_for):
    return client_for()


@pytest.fixture(params=["sync", "async"])
def unbatched_for(request, emulator, runner):
    """Make a client for a user, for what is not done in batches."""
    return _client_for(request.param, emulator, runner)


@pytest.fixture
def unbatched(unbatched_for):
    return unbatched_for()
