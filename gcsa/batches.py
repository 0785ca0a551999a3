"""Batches: many calls collected, sent together, and answered through futures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, InvalidStateError
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

import attrs

from gcsa.errors import GoogleCalendarError
from gcsa.operations.bulk import AT_ONCE
from gcsa.operations.operation import Listing, Operation
from gcsa.operations.page_turns import PageTurns
from gcsa.operations.runner import AsyncBatchRunner, BatchRunner
from gcsa.operations.verbs import Verbs
from gcsa.serializers.page import Page

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from gcsa.transport.wire import AsyncWire, Wire

T = TypeVar("T")

log = logging.getLogger(__name__)


class BatchFuture(Future[T]):
    """The result of a call in a batch. It cannot be waited for before the batch is sent.

    A failure that nobody asks for is logged, so that no call is lost in silence.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_sent = False
        self._is_asked_for = False

    def result(self, timeout: float | None = None) -> T:
        """Return the call's result, or raise what it failed with.

        Raises:
            InvalidStateError: The batch is not sent yet: that happens at the end of its `with` block.
        """
        self._refuse_to_wait()
        self._is_asked_for = True
        return super().result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Return what the call failed with, None if it succeeded.

        Raises:
            InvalidStateError: The batch is not sent yet: that happens at the end of its `with` block.
        """
        self._refuse_to_wait()
        self._is_asked_for = True
        return super().exception(timeout)

    def __del__(self) -> None:
        if self._is_asked_for or not self.done() or self.cancelled():
            return
        error = super().exception()
        # What was interrupted, the interruption itself has told.
        if error is not None and not isinstance(error, CancelledError):
            log.error("A call in a batch failed, and nobody asked for its result: %s", error)

    def _refuse_to_wait(self) -> None:
        if not self.is_sent and not self.done():
            raise InvalidStateError(
                "The batch is not sent yet: its results are there after the end of its `with` block."
            )


@attrs.frozen
class _Entry:
    """A call in a batch, and what to do with its result, which may be to make a further call."""

    operation: Operation[Any]
    future: BatchFuture[Any] | asyncio.Future[Any]
    succeed: Callable[[Any], _Entry | None]

    def settle(self, outcome: Any) -> _Entry | None:
        """Hand the outcome on; return the call that has to follow, if any."""
        if self.future.done():
            return None  # somebody cancelled it meanwhile
        if isinstance(outcome, Exception):
            self.future.set_exception(outcome)
            return None
        return self.succeed(outcome)


def _single(operation: Operation[T], future: BatchFuture[T] | asyncio.Future[T]) -> _Entry:
    """Return the entry of one call."""

    def succeed(result: T) -> None:
        future.set_result(result)

    return _Entry(operation, future, succeed)


def _paged(listing: Listing[T], future: BatchFuture[list[T]] | asyncio.Future[list[T]]) -> _Entry:
    """Return the entry of a listing's first page; the pages after it follow by themselves."""
    items: list[T] = []
    turns = PageTurns(str(listing.first))

    def entry(token: str | None) -> _Entry:
        return _Entry(listing.page(token), future, add)

    def add(page: Page[T]) -> _Entry | None:
        items.extend(page.items)
        try:
            token = turns.on(page.next_page_token)
        except GoogleCalendarError as error:
            future.set_exception(error)
            return None
        if token is not None:
            return entry(token)
        future.set_result(items)
        return None

    return entry(None)


def _settle(entries: Iterable[_Entry], outcomes: Iterable[Any]) -> Iterator[_Entry]:
    """Hand each outcome to its entry; yield the calls that have to follow."""
    for entry, outcome in zip(entries, outcomes, strict=True):
        following = entry.settle(outcome)
        if following is not None:
            yield following


class Batch(BatchRunner, Verbs):
    """Calls that are collected in a `with` block and sent at its end, 50 in a request, side by side.

    Each method returns a future of its result; a listing's is the list of all its items. Calls
    are independent of each other: the server may carry them out in any order.

    Made by `GoogleCalendar.batch()`.
    """

    def __init__(self, wire: Wire, default_calendar: str) -> None:
        self.default_calendar = default_calendar
        self._wire = wire
        self._entries: list[_Entry] = []
        self._futures: list[BatchFuture[Any]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self.send()
        else:
            self.cancel()

    def now(self) -> datetime:
        """Return the present moment on the client's clock."""
        return self._wire.route.clock.now()

    def execute(self, operation: Operation[T]) -> Future[T]:
        """Add a call to the batch."""
        future = self._future(BatchFuture[T]())
        self._entries.append(_single(operation, future))
        return future

    def iterate(self, listing: Listing[T]) -> Future[list[T]]:
        """Add a listing to the batch; its future is fulfilled with the items of all its pages."""
        future = self._future(BatchFuture[list[T]]())
        self._entries.append(_paged(listing, future))
        return future

    def send(self) -> None:
        """Send what has been collected, and fulfil the futures. Failures are in their futures."""
        collected, self._entries = self._entries, []
        futures, self._futures = self._futures, []
        for future in futures:
            future.is_sent = True
            future.set_running_or_notify_cancel()
        # Whoever has cancelled a future does not want its call to be made.
        entries = [entry for entry in collected if not entry.future.cancelled()]
        patience = self._wire.route.patience()
        try:
            while entries:
                first, entries = entries[:AT_ONCE], entries[AT_ONCE:]
                operations = [entry.operation for entry in first]
                entries += _settle(first, self._wire.send_all(operations, patience))
        finally:
            for future in futures:
                if not future.done():
                    future.set_exception(CancelledError("The batch was interrupted."))

    def cancel(self) -> None:
        """Drop what has been collected; its futures are cancelled."""
        for future in self._futures:
            future.cancel()
        self._entries, self._futures = [], []

    def _future(self, future: BatchFuture[T]) -> BatchFuture[T]:
        self._futures.append(future)
        return future


class AsyncBatch(AsyncBatchRunner, Verbs):
    """The batch of `AsyncGoogleCalendar`: collected in an `async with` block, sent at its end.

    Each method returns an asyncio future of its result.
    """

    def __init__(self, wire: AsyncWire, default_calendar: str) -> None:
        self.default_calendar = default_calendar
        self._wire = wire
        self._entries: list[_Entry] = []
        self._futures: list[asyncio.Future[Any]] = []

    def __len__(self) -> int:
        return len(self._entries)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            await self.send()
        else:
            self.cancel()

    def now(self) -> datetime:
        """Return the present moment on the client's clock."""
        return self._wire.route.clock.now()

    def execute(self, operation: Operation[T]) -> asyncio.Future[T]:
        """Add a call to the batch."""
        future: asyncio.Future[T] = _awaitable()
        self._futures.append(future)
        self._entries.append(_single(operation, future))
        return future

    def iterate(self, listing: Listing[T]) -> asyncio.Future[list[T]]:
        """Add a listing to the batch; its future is fulfilled with the items of all its pages."""
        future: asyncio.Future[list[T]] = _awaitable()
        self._futures.append(future)
        self._entries.append(_paged(listing, future))
        return future

    async def send(self) -> None:
        """Send what has been collected, and fulfil the futures. Failures are in their futures."""
        collected, self._entries = self._entries, []
        futures, self._futures = self._futures, []
        # Whoever has cancelled a future does not want its call to be made.
        entries = [entry for entry in collected if not entry.future.cancelled()]
        patience = self._wire.route.patience()
        try:
            while entries:
                first, entries = entries[:AT_ONCE], entries[AT_ONCE:]
                operations = [entry.operation for entry in first]
                entries += _settle(first, await self._wire.send_all(operations, patience))
        finally:
            for future in futures:
                future.cancel()  # only those that an interruption left without an outcome

    def cancel(self) -> None:
        """Drop what has been collected; its futures are cancelled."""
        for future in self._futures:
            future.cancel()
        self._entries, self._futures = [], []


def _awaitable() -> asyncio.Future[Any]:
    import asyncio  # whoever can await has it loaded; others need not wait for it

    return asyncio.get_running_loop().create_future()
