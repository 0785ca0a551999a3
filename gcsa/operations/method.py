"""`@operation`, `@listing` and `@procedure`: a method written once, that is run three ways.

Each decorator turns a method that *describes* a call into one that *makes* it, on whatever it is
called: on `GoogleCalendar` it returns the result, on `AsyncGoogleCalendar` something to await, in a
batch a future. The classes below say this to type checkers, one overload of `__get__` for each; at
run time the decorated method is a plain function, so that `help()`, editors and the API reference
show its own signature and docstring.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    Self,
    TypeVar,
    cast,
    overload,
)

from gcsa.operations.operation import Listing, Operation
from gcsa.operations.procedure import Procedure
from gcsa.operations.runner import (
    AsyncBatchRunner,
    AsyncRunner,
    BatchRunner,
    Caller,
    SyncRunner,
)

if TYPE_CHECKING:
    import asyncio
    from types import FunctionType

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=Caller)


class OperationMethod(Generic[P, T]):
    """A method that makes one call."""

    of: Callable[Concatenate[Caller, P], Operation[T]]
    """Describe the call without making it."""

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: SyncRunner, owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, instance: AsyncRunner, owner: type
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, instance: BatchRunner, owner: type) -> Callable[P, Future[T]]: ...
    @overload
    def __get__(
        self, instance: AsyncBatchRunner, owner: type
    ) -> Callable[P, asyncio.Future[T]]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        """Tell type checkers what the method is on each kind of runner."""


class ListingMethod(Generic[P, T]):
    """A method that lists, page by page."""

    of: Callable[Concatenate[Caller, P], Listing[T]]
    """Describe the listing without fetching it."""

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: SyncRunner, owner: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, instance: AsyncRunner, owner: type) -> Callable[P, AsyncIterator[T]]: ...
    @overload
    def __get__(self, instance: BatchRunner, owner: type) -> Callable[P, Future[list[T]]]: ...
    @overload
    def __get__(
        self, instance: AsyncBatchRunner, owner: type
    ) -> Callable[P, asyncio.Future[list[T]]]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        """Tell type checkers what the method is on each kind of runner."""


class ProcedureMethod(Generic[P, T]):
    """A method that takes several calls; there is none in a batch."""

    of: Callable[Concatenate[Caller, P], Procedure[T]]
    """Describe the steps without taking them."""

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: SyncRunner, owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, instance: AsyncRunner, owner: type
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        """Tell type checkers what the method is on each kind of runner."""


def operation(describe: Callable[Concatenate[S, P], Operation[T]]) -> OperationMethod[P, T]:
    """Make a method that describes one call into one that makes it."""

    @functools.wraps(describe)
    def call(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        return self.execute(describe(self, *args, **kwargs))

    return cast("OperationMethod[P, T]", _finish(call, describe))


def listing(describe: Callable[Concatenate[S, P], Listing[T]]) -> ListingMethod[P, T]:
    """Make a method that describes a listing into one that iterates over it."""

    @functools.wraps(describe)
    def call(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        return self.iterate(describe(self, *args, **kwargs))

    return cast("ListingMethod[P, T]", _finish(call, describe))


def procedure(describe: Callable[Concatenate[S, P], Procedure[T]]) -> ProcedureMethod[P, T]:
    """Make a method that yields steps into one that takes them."""

    @functools.wraps(describe)
    def call(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        return self.carry_out(describe(self, *args, **kwargs))

    return cast("ProcedureMethod[P, T]", _finish(call, describe))


def _finish(call: Callable[..., Any], describe: Callable[..., Any]) -> FunctionType:
    """Give the caller's view of a method: its signature returns the result, not the description."""
    function = cast("FunctionType", call)
    signature = inspect.signature(describe)
    result = str(signature.return_annotation)
    for wrapper, shown in (("Operation", "{}"), ("Listing", "Iterator[{}]"), ("Procedure", "{}")):
        if result.startswith(f"{wrapper}["):
            result = shown.format(result[len(wrapper) + 1 : -1])
    vars(function)["__signature__"] = signature.replace(return_annotation=result)
    vars(function)["of"] = describe
    return function
