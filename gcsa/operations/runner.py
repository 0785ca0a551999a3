"""Who can run a call: the two clients and the two kinds of batch, as the verbs see them.

The verbs are methods of a class that knows nothing of the network. What they describe is handed to
one of these, and which one it is decides what the caller gets: the result, something to await, or a
future.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from gcsa.operations.operation import Listing, Operation
from gcsa.operations.procedure import Procedure

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")


class Caller(ABC):
    """Something that calls are made on."""

    default_calendar: str
    """The id of the calendar that is meant where a call names none."""

    @abstractmethod
    def now(self) -> datetime:
        """Return the present moment, with the machine's zone."""

    def calendar_or_default(self, calendar_id: str | None) -> str:
        """Return the id of the calendar that a call is about.

        An empty id stays: it is somebody's mistake, and must not lead to the default calendar.
        """
        return self.default_calendar if calendar_id is None else calendar_id


class SyncRunner(Caller):
    """Runs a call and returns its result."""

    @abstractmethod
    def execute(self, operation: Operation[T]) -> T:
        """Send one call and return its result."""

    @abstractmethod
    def iterate(self, listing: Listing[T]) -> Iterator[T]:
        """Iterate over the items of a listing, fetching each page when it is reached."""

    @abstractmethod
    def carry_out(self, procedure: Procedure[T]) -> T:
        """Carry out the steps of a procedure and return its result."""


class AsyncRunner(Caller):
    """Runs a call and returns its result to whoever awaits it."""

    @abstractmethod
    def execute(self, operation: Operation[T]) -> Coroutine[Any, Any, T]:
        """Send one call and return its result."""

    @abstractmethod
    def iterate(self, listing: Listing[T]) -> AsyncIterator[T]:
        """Iterate over the items of a listing, fetching each page when it is reached."""

    @abstractmethod
    def carry_out(self, procedure: Procedure[T]) -> Coroutine[Any, Any, T]:
        """Carry out the steps of a procedure and return its result."""


class BatchRunner(Caller):
    """Collects calls, and fulfils a future for each when the batch is sent."""

    @abstractmethod
    def execute(self, operation: Operation[T]) -> Future[T]:
        """Add a call to the batch."""

    @abstractmethod
    def iterate(self, listing: Listing[T]) -> Future[list[T]]:
        """Add a listing to the batch; its future is fulfilled with the items of all its pages."""


class AsyncBatchRunner(Caller):
    """Collects calls, and fulfils an asyncio future for each when the batch is sent."""

    @abstractmethod
    def execute(self, operation: Operation[T]) -> asyncio.Future[T]:
        """Add a call to the batch."""

    @abstractmethod
    def iterate(self, listing: Listing[T]) -> asyncio.Future[list[T]]:
        """Add a listing to the batch; its future is fulfilled with the items of all its pages."""
