"""Keeping within Google's quota: so many calls in any minute, for each client.

Google's default is 600 calls a minute for each user and project, "calculated per minute using a sliding
window": https://developers.google.com/workspace/calendar/api/guides/quota
"""

from __future__ import annotations

import threading
from collections import deque

CALLS_PER_MINUTE = 600.0

# Seconds. A second more than the window, because calls do not all take the same time to arrive.
WINDOW = 61.0


class Pace:
    """How fast calls may follow each other. A minute's calls may be spent in one burst.

    It only counts; whoever asks does the waiting. Safe to share between threads.

    Args:
        calls_per_minute: The quota; None for no limit.
    """

    def __init__(self, calls_per_minute: float | None) -> None:
        if calls_per_minute is not None and calls_per_minute <= 0:
            raise ValueError(f"calls_per_minute must be above 0 or None, not {calls_per_minute}.")
        self._lock = threading.Lock()
        self._now = 0.0
        self._most = 0 if calls_per_minute is None else max(1, int(calls_per_minute))
        # Of less than one call a minute, one in a longer window.
        self._window = WINDOW * self._most / calls_per_minute if calls_per_minute else WINDOW
        # When the last calls of a window were, or will be, made.
        self._made = deque[float](maxlen=self._most)

    def reserve(self, calls: int, now: float) -> float:
        """Count calls that are about to be made together.

        Args:
            calls: How many.
            now: Seconds on a clock that never goes back.

        Returns:
            Seconds to wait before making them.
        """
        if not self._most:
            return 0.0
        with self._lock:
            # Threads read the clock in one order and may come here in another.
            self._now = max(self._now, now)
            when = self._now
            for _ in range(calls):
                if len(self._made) == self._most:
                    when = max(when, self._made[0] + self._window)
                self._made.append(when)
            # They are made together, at the time of the last.
            for number in range(1, min(calls, self._most) + 1):
                self._made[-number] = when
            return when - now
