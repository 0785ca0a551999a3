"""The emulator's clock: the only source of time for timestamps, due times and expiry."""

from __future__ import annotations

import math
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Clock:
    """A clock that tests may freeze, set and move.

    It starts in real time. `Clock.frozen(datetime(2026, 3, 1, 9, tzinfo=UTC))` is one that stands still
    until it is moved. A sleep on a frozen clock moves it forward and returns at once, so a client that
    waits (for a conference, for a retry) does so without waiting.

    Args:
        source: Where the time comes from instead of the machine's clock: a function that returns an aware
            datetime. `set` and `advance` then move this clock relative to it.
    """

    def __init__(self, source: Callable[[], datetime] | None = None) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._offset = 0
        self._frozen_at: int | None = None
        # Monotonic time only ever grows, also when a test sets the clock back.
        self._monotonic_leaps = 0
        self._monotonic_frozen_at: float | None = None

    @classmethod
    def frozen(cls, at: datetime | None = None) -> Clock:
        """Return a clock that stands still.

        Args:
            at: The time it shows, aware. Default: now.
        """
        clock = cls()
        clock.freeze(at)
        return clock

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._frozen_at is not None

    def now(self) -> datetime:
        """Return the time, in UTC, in whole milliseconds."""
        return _EPOCH + timedelta(milliseconds=self.milliseconds())

    def milliseconds(self) -> int:
        """Return the time in milliseconds since 1970-01-01 UTC."""
        if self._frozen_at is not None:
            return self._frozen_at
        return self._running_milliseconds() + self._offset

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock.

        Args:
            at: The time it shows from then on, aware. Default: the time it shows now.

        Raises:
            ValueError: `at` has no time zone.
        """
        shown = self.milliseconds() if at is None else _milliseconds_of(at)
        with self._lock:
            if self._monotonic_frozen_at is None:
                shows = time.monotonic() + self._monotonic_leaps / 1000
                # Of these parts of a second floats have whole numbers, so that what a test adds up is exact.
                self._monotonic_frozen_at = math.ceil(shows * 1024) / 1024
            self._frozen_at = shown

    def resume(self) -> None:
        """Let a frozen clock run on from the time it shows."""
        with self._lock:
            if self._frozen_at is None or self._monotonic_frozen_at is None:
                return
            self._offset = self._frozen_at - self._running_milliseconds()
            behind = self._monotonic_frozen_at - time.monotonic()
            self._monotonic_leaps = max(self._monotonic_leaps, math.ceil(behind * 1000))
            self._frozen_at = self._monotonic_frozen_at = None

    def set(self, at: datetime) -> None:
        """Set the time shown; a running clock runs on from there, a frozen one stands there.

        Raises:
            ValueError: `at` has no time zone.
        """
        self._move(_milliseconds_of(at) - self.milliseconds())

    def advance(self, by: timedelta | float) -> None:
        """Move the clock forward (or, by a negative time, back).

        Args:
            by: A timedelta, or seconds.
        """
        delta = by if isinstance(by, timedelta) else timedelta(seconds=by)
        self._move(delta // _MILLISECOND)

    def monotonic(self) -> float:
        """Return seconds that never go back, for measuring how long something takes on this clock."""
        if self._monotonic_frozen_at is not None:
            return self._monotonic_frozen_at
        return time.monotonic() + self._monotonic_leaps / 1000

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this clock: really in real time, by moving it when it is frozen."""
        if self.is_frozen:
            self.advance(max(0.0, seconds))
        else:
            time.sleep(max(0.0, seconds))

    async def asleep(self, seconds: float) -> None:
        """Wait as `sleep` does, without blocking the event loop."""
        import anyio

        if self.is_frozen:
            self.advance(max(0.0, seconds))
            await anyio.lowlevel.checkpoint()
        else:
            await anyio.sleep(max(0.0, seconds))

    def _running_milliseconds(self) -> int:
        if self._source is not None:
            return _milliseconds_of(self._source())
        return time.time_ns() // 1_000_000

    def _move(self, by: int) -> None:
        with self._lock:
            if self._frozen_at is None:
                self._offset += by
                self._monotonic_leaps += max(0, by)
            else:
                self._frozen_at += by
                if self._monotonic_frozen_at is not None:
                    self._monotonic_frozen_at += max(0, by) / 1000


def as_clock(clock: Clock | Callable[[], datetime] | None) -> Clock:
    """Return the clock itself, one that follows the function, or one in real time for None."""
    if clock is None:
        return Clock()
    return clock if isinstance(clock, Clock) else Clock(clock)


def _milliseconds_of(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError(
            "a clock needs an aware datetime, such as datetime(2026, 1, 1, tzinfo=UTC)"
        )
    return (moment - _EPOCH) // _MILLISECOND
