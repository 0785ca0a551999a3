"""Carrying out what takes several calls, step by step, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from gcsa.operations.procedure import Pause, Procedure, ReadTime, Step, Take, Together, Work

if TYPE_CHECKING:
    from gcsa.transport.patience import Patience
    from gcsa.transport.wire import AsyncWire, Wire

T = TypeVar("T")


def carry_out(procedure: Procedure[T], wire: Wire) -> T:
    """Carry out the steps of a procedure and return its result."""
    patience = wire.route.patience()
    result: Any = None
    failure: BaseException | None = None
    while True:
        try:
            step = procedure.throw(failure) if failure else procedure.send(result)
        except StopIteration as end:
            value: T = end.value
            return value
        try:
            result, failure = _take(step, wire, patience), None
        except BaseException as error:
            # The procedure may have something to undo, or to say about how far it came.
            failure = error


async def acarry_out(procedure: Procedure[T], wire: AsyncWire) -> T:
    """Carry out the steps of a procedure, letting other tasks run, and return its result."""
    patience = wire.route.patience()
    result: Any = None
    failure: BaseException | None = None
    while True:
        try:
            step = procedure.throw(failure) if failure else procedure.send(result)
        except StopIteration as end:
            value: T = end.value
            return value
        try:
            result, failure = await _atake(step, wire, patience), None
        except BaseException as error:
            failure = error


def _take(step: Step, wire: Wire, patience: Patience) -> Any:
    if isinstance(step, Pause):
        return wire.route.clock.sleep(step.seconds)
    if isinstance(step, ReadTime):
        return wire.route.clock.monotonic()
    if isinstance(step, Work):
        return step.do()
    if isinstance(step, Together):
        return wire.send_all(step.operations, patience)
    if isinstance(step, Take):
        if isinstance(step.source, AsyncIterator):
            raise TypeError(
                f"{type(step.source).__name__} is asynchronous: AsyncGoogleCalendar takes it."
            )
        return list(islice(step.source, step.most))
    return wire.send(step)


async def _atake(step: Step, wire: AsyncWire, patience: Patience) -> Any:
    if isinstance(step, Pause):
        return await wire.route.clock.asleep(step.seconds)
    if isinstance(step, ReadTime):
        return wire.route.clock.monotonic()
    if isinstance(step, Work):
        import asyncio  # whoever can await has it loaded; others need not wait for it

        return await asyncio.to_thread(step.do)
    if isinstance(step, Together):
        return await wire.send_all(step.operations, patience)
    if isinstance(step, Take):
        if not isinstance(step.source, AsyncIterator):
            return list(islice(step.source, step.most))
        taken: list[Any] = []
        while len(taken) < step.most:
            try:
                taken.append(await anext(step.source))
            except StopAsyncIteration:
                break
        return taken
    return await wire.send(step)
