"""What takes several calls: a generator of steps, written once and run sync or async.

A procedure yields an `Operation` to have it sent, or another step, and is sent the result. So no transaction of a
database is open while the network is waited for: it begins and ends within one piece of `Work`. `yield from
ask(…)` does it with the result's type kept.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from gcsa.operations.operation import Listing, Operation
from gcsa.operations.page_turns import PageTurns

T = TypeVar("T")


@attrs.frozen
class Pause:
    """A step that lets time pass.

    Args:
        seconds: For how long.
    """

    seconds: float


@attrs.frozen
class ReadTime:
    """A step whose result is the time, in seconds since some fixed moment, that never goes back."""


@attrs.frozen
class Together:
    """A step that has many calls sent in batches; its result has one outcome for each, in order.

    Args:
        operations: The calls, any number.
    """

    operations: Sequence[Operation[Any]]


@attrs.frozen
class Take:
    """A step that takes the next items of an iterator; its result is the list of them.

    Args:
        source: The iterator. An asynchronous one can be taken from on `AsyncGoogleCalendar` only.
        most: How many items at the most; fewer are the last.
    """

    source: Iterator[Any] | AsyncIterator[Any]
    most: int


@attrs.frozen
class Work(Generic[T]):
    """A step that waits for something else than the server, such as a database; its result is what comes of it.

    An asynchronous client has it done in a thread.

    Args:
        do: What is to be done.
    """

    do: Callable[[], T]


Step: TypeAlias = "Operation[Any] | Together | Take | Pause | ReadTime | Work[Any]"
Procedure: TypeAlias = Generator[Step, Any, T]


def ask(operation: Operation[T]) -> Procedure[T]:
    """Have an operation sent, and return its result."""
    result: T = yield operation
    return result


def ask_together(operations: Sequence[Operation[T]]) -> Procedure[list[T | Exception]]:
    """Have many operations sent in batches, and return their results in order.

    Where one failed for good, the exception stands in its place.
    """
    outcomes: list[T | Exception] = yield Together(operations)
    return outcomes


def take(source: Iterator[T] | AsyncIterator[T], most: int) -> Procedure[list[T]]:
    """Take the next items of an iterator, at most so many."""
    items: list[T] = yield Take(source, most)
    return items


def ask_all(listing: Listing[T]) -> Procedure[list[T]]:
    """Fetch every page of a listing, and return the items of all."""
    items: list[T] = []
    token: str | None = None
    turns = PageTurns(str(listing.first))
    while True:
        page = yield from ask(listing.page(token))
        items += page.items
        token = turns.on(page.next_page_token)
        if token is None:
            return items


def work(do: Callable[[], T]) -> Procedure[T]:
    """Have something done that waits for something else than the server, and return its result."""
    result: T = yield Work(do)
    return result


def pause(seconds: float) -> Procedure[None]:
    """Let time pass."""
    yield Pause(seconds)


def read_time() -> Procedure[float]:
    """Return the time in seconds on a clock that never goes back."""
    seconds: float = yield ReadTime()
    return seconds
