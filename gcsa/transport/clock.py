"""The client's sense of time: real by default, another one in tests."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What a client needs of time. `gcsa.emulator`'s clock is one."""

    def now(self) -> datetime:
        """Return the present moment, with a zone."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some fixed moment; it never goes back."""
        ...

    def sleep(self, seconds: float, /) -> None:
        """Return after so many seconds."""
        ...

    async def asleep(self, seconds: float, /) -> None:
        """Return after so many seconds, letting other tasks run."""
        ...


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Return the present moment, with the machine's present offset."""
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        """Return seconds since some fixed moment; it never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float, /) -> None:
        """Return after so many seconds."""
        time.sleep(seconds)

    async def asleep(self, seconds: float, /) -> None:
        """Return after so many seconds, letting other tasks run."""
        await asyncio.sleep(seconds)


CLOCKS_OF_SERVERS: dict[str, Clock] = {}
"""Servers whose time is not the machine's, by their addresses: emulators that stand still for a test."""


def clock_of(endpoint: str) -> Clock:
    """Return the clock that a client of this server goes by, unless it is told another one."""
    return CLOCKS_OF_SERVERS.get(endpoint) or SystemClock()
