"""How often, and for how long, a client tries to get an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from gcsa.transport.clock import Clock


@attrs.frozen
class Retry:
    """How a client repeats what failed for a passing reason.

    Rate limits, errors of the server (5xx) and broken connections pass. What might have been
    carried out already is only sent again where that changes nothing.

    Args:
        attempts: How often a call is sent at the most, the first time included. 1 never repeats.
        time_limit: Seconds after which a call that nobody answers is given up, pauses included; waiting
            for the quota does not count, nor does reading an answer that is arriving. Of many calls that
            are sent some at a time, seconds without any answer. 0 never repeats.
        first_pause: Seconds of the longest first pause. Each following one may be twice as long;
            the actual pause is drawn between 0 and that ("full jitter"), unless the server says
            `Retry-After`.
        longest_pause: Seconds that no pause exceeds.
    """

    attempts: int = attrs.field(default=10, validator=attrs.validators.ge(1))
    time_limit: float = attrs.field(default=120.0, validator=attrs.validators.ge(0))
    first_pause: float = attrs.field(default=1.0, validator=attrs.validators.ge(0))
    longest_pause: float = attrs.field(default=32.0, validator=attrs.validators.ge(0))


class Patience:
    """The time that a call, or several together, may take until they are given up.

    Args:
        retry: The client's settings.
        clock: What the time is measured on.

    Attributes:
        is_over: Whether there was no time left for one more attempt.
        is_in_vain: Whether none of the calls that were sent last got an answer.
    """

    def __init__(self, retry: Retry, clock: Clock) -> None:
        self.retry = retry
        self.is_in_vain = False
        self._clock = clock
        self.begin()

    def begin(self) -> None:
        """Let the time begin now."""
        self._began = self._clock.monotonic()
        self._waited = 0.0
        self.is_over = False

    def resume(self) -> bool:
        """Let the time begin anew for calls that follow others, or go on where those got no answer at all.

        Returns:
            Whether there is any left.
        """
        if not self.is_in_vain:
            self.begin()
            return True
        return not (self.is_over or self.is_over_in(0))

    def wait_for_quota(self, seconds: float) -> None:
        """Take note of seconds that were spent waiting for the quota: they do not count."""
        self._waited += seconds

    def is_over_in(self, seconds: float) -> bool:
        """Tell whether the time will be up after so many seconds."""
        return seconds >= self._left()

    def timeout(self) -> float | None:
        """Return for how many seconds an attempt that begins now may wait for an answer.

        None where no limit was asked for but that on repetitions; 0 where the time is up.
        """
        return max(0.0, self._left()) if self.retry.time_limit else None

    def _left(self) -> float:
        spent = self._clock.monotonic() - self._began - self._waited
        return self.retry.time_limit - spent
