"""The thread that delivers notifications while time runs."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.clock import Clock

_log = logging.getLogger("gcsa.emulator")
# Seconds after which it looks for what fell due, or what another process wrote into the same database.
_ROUND = 1.0
# Seconds that closing waits for the delivery that is under way.
_FAREWELL = 2.0


class Courier:
    """Calls a function in a thread of its own: when it is woken, and every second.

    Args:
        deliver: What delivers all that is due.
        clock: While it is frozen, nothing is delivered.
    """

    def __init__(self, deliver: Callable[[], object], clock: Clock) -> None:
        self._deliver = deliver
        self._clock = clock
        self._lock = threading.Lock()
        self._called = threading.Event()
        self._is_stopped = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Have everything that is due delivered soon; the first call starts the thread."""
        if self._thread is None:
            with self._lock:
                if self._thread is None and not self._is_stopped:
                    self._thread = threading.Thread(
                        target=self._run, name="gcsa.emulator push", daemon=True
                    )
                    self._thread.start()
        self._called.set()

    def stop(self) -> None:
        """End the thread; a delivery that is under way is given two seconds."""
        with self._lock:
            self._is_stopped = True
            thread = self._thread
        self._called.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_FAREWELL)

    def _run(self) -> None:
        while not self._is_stopped:
            if self._called.wait(_ROUND):
                self._called.clear()
            if self._is_stopped or self._clock.is_frozen:
                continue
            try:
                self._deliver()
            except Exception:
                if not self._is_stopped:
                    _log.exception("Notifications could not be delivered")
