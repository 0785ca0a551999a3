"""What takes several calls and several transactions: written once, and taken sync or async.

A generator yields a call to have it sent, or `Work` to have it done, and is sent the result. An asynchronous client
awaits the calls, and has the work done in a thread, as it waits for a database. So no transaction is ever open while
the network is waited for: it begins and ends within one piece of work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeAlias, TypeVar, overload

import attrs

from gcsa.operations.operation import Operation
from gcsa.operations.runner import AsyncRunner, SyncRunner

T = TypeVar("T")


@attrs.frozen
class Work(Generic[T]):
    """A step that waits for a database, or for a function of the user's.

    Args:
        do: What is to be done.
    """

    do: Callable[[], T]


Step: TypeAlias = "Operation[Any] | Work[Any]"
Steps: TypeAlias = Generator[Step, Any, T]


def call(operation: Operation[T]) -> Steps[T]:
    """Have a call sent, and return its result."""
    result: T = yield operation
    return result


def work(do: Callable[[], T]) -> Steps[T]:
    """Have something done, and return its result."""
    result: T = yield Work(do)
    return result


@overload
def take(client: SyncRunner, steps: Steps[T]) -> T: ...
@overload
def take(client: AsyncRunner, steps: Steps[T]) -> Coroutine[Any, Any, T]: ...
def take(client: SyncRunner | AsyncRunner, steps: Steps[T]) -> T | Coroutine[Any, Any, T]:
    """Take steps with a client, and return their result; with an asynchronous one, something to await."""
    if isinstance(client, AsyncRunner):
        return _take_async(client, steps)
    return _take_sync(client, steps)


def _take_sync(client: SyncRunner, steps: Steps[T]) -> T:
    result: Any = None
    failure: Exception | None = None
    try:
        while True:
            step = steps.throw(failure) if failure else steps.send(result)
            result = failure = None
            try:
                result = step.do() if isinstance(step, Work) else client.execute(step)
            except Exception as error:
                failure = error
    except StopIteration as end:
        value: T = end.value
        return value
    finally:
        steps.close()


async def _take_async(client: AsyncRunner, steps: Steps[T]) -> T:
    result: Any = None
    failure: Exception | None = None
    try:
        while True:
            step = steps.throw(failure) if failure else steps.send(result)
            result = failure = None
            try:
                if isinstance(step, Work):
                    result = await asyncio.to_thread(step.do)
                else:
                    result = await client.execute(step)
            except Exception as error:
                failure = error
    except StopIteration as end:
        value: T = end.value
        return value
    finally:
        steps.close()
