"""Faults: calls that fail, come late or get lost, as a test orders them."""

from __future__ import annotations

import itertools
import random
import threading
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, Literal, Self, get_args

from gcsa.emulator import reasons
from gcsa.emulator.contract import contract
from gcsa.emulator.exchange import ConnectionLost, Drop
from gcsa.emulator.request_log import full_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import TracebackType

    from gcsa.emulator.errors import ApiError
    from gcsa.emulator.exchange import Exchange


_LONGEST_LATENCY = 3600.0


class Fault:
    """A fault that was ordered; see `Faults.add` for what it consists of.

    It can be used as a context manager, which removes it at the end.

    Attributes:
        id: Its number.
        hits: How often it has struck.
        remaining: How often it will still strike; None is always.
    """

    def __init__(
        self,
        faults: Faults,
        number: int,
        *,
        on: str,
        error: Callable[[], ApiError] | None,
        times: int | None,
        skip: int,
        rate: float,
        user: str | None,
        latency: float,
        drop: Drop | None,
        truncate: bool,
    ) -> None:
        self.id = number
        self.on = on
        self.error = error
        self.remaining = times
        self.skip = skip
        self.rate = rate
        self.user = user
        self.latency = latency
        self.drop: Drop | None = drop
        self.truncate = truncate
        self.hits = 0
        self._pattern = full_pattern(on)
        self._faults = faults

    @property
    def decides(self) -> bool:
        """Whether it settles what becomes of a call; one that only delays does not."""
        return self.error is not None or self.drop is not None or self.truncate

    def concerns(self, exchange: Exchange) -> bool:
        """Whether it is about this call."""
        if self.user is not None and exchange.user != self.user:
            return False
        return fnmatchcase(exchange.name, self._pattern)

    def strikes(self, chance: random.Random) -> bool:
        """Whether it strikes a call that it is about."""
        if self.remaining == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.rate < 1 and chance.random() >= self.rate:
            return False
        self.hits += 1
        if self.remaining is not None:
            self.remaining -= 1
        return True

    def remove(self) -> None:
        """Let it strike no more."""
        self._faults.remove(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    def __repr__(self) -> str:
        what = [
            str(self.error()) if self.error else "",
            f"drop={self.drop}" if self.drop else "",
            "truncate" if self.truncate else "",
            f"latency={self.latency:g}s" if self.latency else "",
            f"rate={self.rate:g}" if self.rate < 1 else "",
            "" if self.remaining is None else f"{self.remaining} times more",
        ]
        return f"<Fault {self.id} on {self.on}: {', '.join(filter(None, what))}>"


class Faults:
    """The faults that are ordered, in the order in which they were added.

        emulator.faults.add(status=503, times=3, on="events.insert")
        emulator.faults.add(reason="rateLimitExceeded", rate=0.3)
        emulator.faults.add(drop="after", on="batch", times=1)

    For each call they are asked in order: delays add up, and the first that fails the call decides. A fault that is
    used up stays in the list, to be asked how often it struck.

    Args:
        seed: Makes `rate` strike the same calls each time.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (nothing secret hangs on it)
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._faults: list[Fault] = []

    def add(
        self,
        *,
        status: int | None = None,
        reason: str | None = None,
        message: str | None = None,
        retry_after: float | None = None,
        drop: Literal["connect", "before", "after"] | None = None,
        truncate: bool = False,
        latency: float = 0.0,
        on: str = "*",
        user: str | None = None,
        times: int | None = None,
        skip: int = 0,
        rate: float = 1.0,
    ) -> Fault:
        """Order a fault.

        What happens (503 `backendError`, when nothing is said):

        Args:
            status: Answer with this error status (400 to 599) instead of doing what is asked.
            reason: Google's word for the error, such as 'rateLimitExceeded', 'userRateLimitExceeded',
                'quotaExceeded', 'backendError', 'notFound', 'authError'. Default: the usual one of the status, as the
                status is the usual one of the reason.
            message: The error's sentence. Default: Google's.
            retry_after: Seconds for the Retry-After header of the error.
            drop: Lose the connection: 'before' what is asked is done, or 'after' it. 'connect': it is not even made
                (served over HTTP, and for a call inside a batch, that is the same as 'before').
            truncate: Do what is asked, and lose the connection in the middle of the answer's body.
            latency: Seconds, at most 3600, that pass before the answer or the loss comes. A frozen clock is moved by so
                many.
            on: To which calls: a method ('events.insert'), a pattern ('events.*'), '*' for every method of the API,
                'batch' for batch requests themselves, or HTTP method and path of another endpoint ('POST /token').
                What is lost for a call inside a batch is lost for the whole batch.
            user: Only to calls of this account.
            times: So often; None is always.
            skip: Not to the first so many of these calls.
            rate: The share of the calls that it strikes, above 0, up to 1. By chance, but with a seeded emulator the
                same ones each time.

        Raises:
            ValueError: A value is out of range, there is no such method, or two things exclude each other.
        """
        if drop is not None and drop not in get_args(Drop):
            raise ValueError(f"drop is 'connect', 'before' or 'after', not {drop!r}")
        if drop is not None and truncate:
            raise ValueError("drop and truncate exclude each other")
        is_error = any(said is not None for said in (status, reason, message, retry_after))
        if is_error and drop is not None:
            raise ValueError("a dropped connection carries no status, reason or message")
        error = None
        if is_error or not (drop or truncate or latency):
            error = partial(reasons.error, status, reason, message, retry_after)
            error()
        if not 0 <= latency <= _LONGEST_LATENCY:
            raise ValueError(f"latency is in seconds, at most an hour of them, not {latency}")
        if times is not None and times < 1:
            raise ValueError(f"times is at least 1, or None for always, not {times}")
        if skip < 0:
            raise ValueError(f"skip is a number of calls, not {skip}")
        if not 0 < rate <= 1:
            raise ValueError(f"rate is above 0 and at most 1, not {rate}")
        _check_on(on)
        with self._lock:
            fault = Fault(
                self,
                next(self._numbers),
                on=on,
                error=error,
                times=times,
                skip=skip,
                rate=rate,
                user=None if user is None else user.lower(),
                latency=latency,
                drop=drop,
                truncate=truncate,
            )
            self._faults = [*self._faults, fault]
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a fault off the list, if it is on it."""
        with self._lock:
            self._faults = [kept for kept in self._faults if kept is not fault]

    def clear(self) -> None:
        """Take every fault off the list."""
        with self._lock:
            self._faults = []

    @contextmanager
    def on(self, exchange: Exchange) -> Generator[None]:
        """Let the faults strike the call that is carried out within.

        Raises:
            ApiError: The call fails.
            ConnectionLost: The connection is lost, before the call or after it.
        """
        fault = self._decisive(exchange)
        if fault is None:
            yield
            return
        if fault.error is not None:
            exchange.is_cut = fault.truncate
            raise fault.error()
        if fault.drop in ("connect", "before"):
            raise ConnectionLost(fault.drop)
        try:
            yield
        except ConnectionLost:
            raise  # a call of this batch lost it already
        except Exception:
            # The answer would have been an error: it gets lost like any other.
            self._spoil(fault, exchange)
            raise
        self._spoil(fault, exchange)

    def _decisive(self, exchange: Exchange) -> Fault | None:
        """Return the fault that settles what becomes of a call; the delays of all before it are added up."""
        with self._lock:
            for fault in self._faults:
                if fault.concerns(exchange) and fault.strikes(self._chance):
                    exchange.latency += fault.latency
                    if fault.decides:
                        return fault
        return None

    @staticmethod
    def _spoil(fault: Fault, exchange: Exchange) -> None:
        if fault.drop == "after":
            raise ConnectionLost("after")
        exchange.is_cut = True

    def __getitem__(self, index: int) -> Fault:
        return self._faults[index]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def __len__(self) -> int:
        return len(self._faults)

    def __repr__(self) -> str:
        return f"<Faults {list(self)}>"


def _check_on(on: str) -> None:
    if on == "batch" or " " in on:
        return
    pattern = full_pattern(on)
    if not any(fnmatchcase(name, pattern) for name in contract().methods):
        raise ValueError(
            f"there is no method {on!r}: name one such as 'events.insert', a pattern such as 'events.*', '*',"
            " 'batch', or an endpoint such as 'POST /token'"
        )
