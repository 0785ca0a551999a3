"""Keeping within Google's quota: a token bucket for each client.

Google's default is 600 calls a minute for each user and project:
https://developers.google.com/workspace/calendar/api/guides/quota
"""

from __future__ import annotations

import threading

CALLS_PER_MINUTE = 600.0


class Pace:
    """How fast calls may follow each other. A minute's calls may be spent in one burst.

    It only counts; whoever asks does the waiting. Safe to share between threads.

    Args:
        calls_per_minute: The quota; None for no limit.
    """

    def __init__(self, calls_per_minute: float | None) -> None:
        if calls_per_minute is not None and calls_per_minute <= 0:
            raise ValueError(f"calls_per_minute must be above 0 or None, not {calls_per_minute}.")
        self._burst = calls_per_minute
        self._left = calls_per_minute or 0.0
        self._counted_at: float | None = None
        self._lock = threading.Lock()

    def reserve(self, calls: int, now: float) -> float:
        """Count calls that are about to be made.

        Args:
            calls: How many.
            now: Seconds on a clock that never goes back.

        Returns:
            Seconds to wait before making them.
        """
        if self._burst is None:
            return 0.0
        per_second = self._burst / 60
        with self._lock:
            if self._counted_at is None:
                self._counted_at = now
            # Threads read the clock in one order and may come here in another.
            now = max(now, self._counted_at)
            refilled = self._left + (now - self._counted_at) * per_second
            self._left = min(self._burst, refilled)
            self._counted_at = now
            self._left -= calls
            return max(0.0, -self._left / per_second)
