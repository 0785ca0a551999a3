"""The clients: `GoogleCalendar` returns results, `AsyncGoogleCalendar` is awaited."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import google.oauth2.credentials
import httpx2
from google.auth.credentials import Credentials

from gcsa.batches import AsyncBatch, Batch
from gcsa.event import Event
from gcsa.operations.events import SendUpdatesMode
from gcsa.operations.operation import Listing, Operation
from gcsa.operations.procedure import Pause, Procedure, ReadTime, Together
from gcsa.operations.runner import AsyncRunner, SyncRunner
from gcsa.operations.verbs import Tasks, Verbs
from gcsa.operations.windows import read_index
from gcsa.transport.clock import Clock, SystemClock
from gcsa.transport.credentials import CredentialsAuth
from gcsa.transport.pacing import CALLS_PER_MINUTE, Pace
from gcsa.transport.retries import Retry
from gcsa.transport.wire import GOOGLE, USER_AGENT, AsyncWire, Route, Wire

__all__ = ["AsyncGoogleCalendar", "GoogleCalendar", "Retry", "SendUpdatesMode"]

T = TypeVar("T")

EMULATOR_HOST = "GOOGLE_CALENDAR_EMULATOR_HOST"

# The emulator takes this token for its default user.
EMULATOR_TOKEN = "emulator"  # noqa: S105 - not a secret: it opens nothing but an emulator

# Seconds without a byte from the server after which a call counts as unanswered.
ANSWER_TIMEOUT = 60.0


class GoogleCalendar(SyncRunner, Verbs, Tasks):
    """Google Calendar, as seen by one user.

    Safe to share between threads; closed by `close()` or `with`.

    Args:
        default_calendar: Id of the calendar that is meant where a method is given none; `'primary'`
            is the user's own, and its id is usually an e-mail address.
        credentials: Any credentials of google-auth.
        api_endpoint: Another server than Google, such as `http://127.0.0.1:8085`. By default the
            emulator that the variable `GOOGLE_CALENDAR_EMULATOR_HOST` names, if it is set; no
            credentials are needed then.
        transport: What carries the requests, as httpx2 knows it; the network by default.
        retry: When calls are sent again.
        calls_per_minute: The quota to keep within, Google's default of 600 by default; a minute's
            calls may be spent in one burst. None for no limit; there is none on an emulator.
        clock: What pauses, time limits and "now" are taken from; the machine's by default.

    Raises:
        ValueError: No credentials are given, and no emulator is named.
    """

    def __init__(
        self,
        default_calendar: str = "primary",
        *,
        credentials: Credentials | None = None,
        api_endpoint: str | None = None,
        transport: httpx2.BaseTransport | None = None,
        retry: Retry | None = None,
        calls_per_minute: float | None = CALLS_PER_MINUTE,
        clock: Clock | None = None,
    ) -> None:
        self.default_calendar = default_calendar
        self._wire = Wire(
            httpx2.Client(
                auth=CredentialsAuth(_credentials(credentials)),
                transport=transport,
                timeout=ANSWER_TIMEOUT,
                headers={"User-Agent": USER_AGENT},
            ),
            _route(api_endpoint, retry, calls_per_minute, clock),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; no call can be made any more."""
        self._wire.client.close()

    def batch(self) -> Batch:
        """Collect calls and send them together: `with calendar.batch() as batch: …`."""
        return Batch(self._wire, self.default_calendar)

    def now(self) -> datetime:
        """Return the present moment on the client's clock."""
        return self._wire.route.clock.now()

    def execute(self, operation: Operation[T]) -> T:
        """Send one call and return its result."""
        return self._wire.send(operation)

    def iterate(self, listing: Listing[T]) -> Iterator[T]:
        """Iterate over the items of a listing, fetching each page when it is reached."""
        token: str | None = None
        while True:
            page = self._wire.send(listing.page(token))
            yield from page.items
            token = page.next_page_token
            if token is None:
                return

    def carry_out(self, procedure: Procedure[T]) -> T:
        """Carry out the steps of a procedure and return its result."""
        clock = self._wire.route.clock
        result: Any = None
        failure: Exception | None = None
        while True:
            try:
                step = procedure.throw(failure) if failure else procedure.send(result)
            except StopIteration as end:
                value: T = end.value
                return value
            result = failure = None
            if isinstance(step, Pause):
                clock.sleep(step.seconds)
            elif isinstance(step, ReadTime):
                result = clock.monotonic()
            elif isinstance(step, Together):
                result = self._wire.send_all(step.operations)
            else:
                try:
                    result = self._wire.send(step)
                except Exception as error:
                    failure = error

    def __iter__(self) -> Iterator[Event]:
        return self.get_events()

    def __getitem__(self, index: object) -> Iterator[Event]:
        """List events as `calendar[time_min:time_max:order_by]`, see `get_events`."""
        window = read_index(index)
        return self.get_events(
            window.time_min, window.time_max, window.order_by, single_events=window.single_events
        )


class AsyncGoogleCalendar(AsyncRunner, Verbs, Tasks):
    """Google Calendar, as seen by one user, for asyncio: the methods of `GoogleCalendar`, awaited.

    Listings are asynchronous iterators. Safe to share between tasks of one event loop; closed by
    `aclose()` or `async with`.

    Args:
        default_calendar: Id of the calendar that is meant where a method is given none.
        credentials: Any credentials of google-auth; they are refreshed in a thread.
        api_endpoint: Another server than Google; by default the emulator that
            `GOOGLE_CALENDAR_EMULATOR_HOST` names.
        transport: What carries the requests, as httpx2 knows it; the network by default.
        retry: When calls are sent again.
        calls_per_minute: The quota to keep within, Google's default of 600 by default; a minute's
            calls may be spent in one burst. None for no limit; there is none on an emulator.
        clock: What pauses, time limits and "now" are taken from; the machine's by default.

    Raises:
        ValueError: No credentials are given, and no emulator is named.
    """

    def __init__(
        self,
        default_calendar: str = "primary",
        *,
        credentials: Credentials | None = None,
        api_endpoint: str | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        retry: Retry | None = None,
        calls_per_minute: float | None = CALLS_PER_MINUTE,
        clock: Clock | None = None,
    ) -> None:
        self.default_calendar = default_calendar
        self._wire = AsyncWire(
            httpx2.AsyncClient(
                auth=CredentialsAuth(_credentials(credentials)),
                transport=transport,
                timeout=ANSWER_TIMEOUT,
                headers={"User-Agent": USER_AGENT},
            ),
            _route(api_endpoint, retry, calls_per_minute, clock),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; no call can be made any more."""
        await self._wire.client.aclose()

    def batch(self) -> AsyncBatch:
        """Collect calls and send them together: `async with calendar.batch() as batch: …`."""
        return AsyncBatch(self._wire, self.default_calendar)

    def now(self) -> datetime:
        """Return the present moment on the client's clock."""
        return self._wire.route.clock.now()

    async def execute(self, operation: Operation[T]) -> T:
        """Send one call and return its result."""
        return await self._wire.send(operation)

    async def iterate(self, listing: Listing[T]) -> AsyncIterator[T]:
        """Iterate over the items of a listing, fetching each page when it is reached."""
        token: str | None = None
        while True:
            page = await self._wire.send(listing.page(token))
            for item in page.items:
                yield item
            token = page.next_page_token
            if token is None:
                return

    async def carry_out(self, procedure: Procedure[T]) -> T:
        """Carry out the steps of a procedure and return its result."""
        clock = self._wire.route.clock
        result: Any = None
        failure: Exception | None = None
        while True:
            try:
                step = procedure.throw(failure) if failure else procedure.send(result)
            except StopIteration as end:
                value: T = end.value
                return value
            result = failure = None
            if isinstance(step, Pause):
                await clock.asleep(step.seconds)
            elif isinstance(step, ReadTime):
                result = clock.monotonic()
            elif isinstance(step, Together):
                result = await self._wire.send_all(step.operations)
            else:
                try:
                    result = await self._wire.send(step)
                except Exception as error:
                    failure = error

    def __aiter__(self) -> AsyncIterator[Event]:
        return self.get_events()

    def __getitem__(self, index: object) -> AsyncIterator[Event]:
        """List events as `calendar[time_min:time_max:order_by]`, see `get_events`."""
        window = read_index(index)
        return self.get_events(
            window.time_min, window.time_max, window.order_by, single_events=window.single_events
        )


def _route(
    endpoint: str | None, retry: Retry | None, calls_per_minute: float | None, clock: Clock | None
) -> Route:
    if endpoint is None:
        host = os.environ.get(EMULATOR_HOST)
        endpoint = f"http://{host}" if host else GOOGLE
    if not endpoint.startswith(("http://", "https://")):
        raise ValueError(
            f"api_endpoint must be an address such as 'http://127.0.0.1:8085', not {endpoint!r}."
        )
    return Route(
        endpoint.rstrip("/"),
        retry or Retry(),
        Pace(calls_per_minute if endpoint == GOOGLE else None),
        clock or SystemClock(),
    )


def _credentials(given: Credentials | None) -> Credentials:
    if given is not None:
        return given
    if os.environ.get(EMULATOR_HOST):
        return google.oauth2.credentials.Credentials(token=EMULATOR_TOKEN)
    raise ValueError(
        "Give credentials (any of google-auth), "
        f"or set {EMULATOR_HOST} to the address of an emulator."
    )
