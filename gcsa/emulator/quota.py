"""The quota: how many calls a minute the emulator takes, of one user and of all together."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from gcsa.emulator import reasons

if TYPE_CHECKING:
    from gcsa.emulator.http import Request

# "Quotas are calculated per minute using a sliding window."
# https://developers.google.com/workspace/calendar/api/guides/quota
_WINDOW = 60_000
# More users than any test has; a limit to what is remembered of those who no longer call.
_MOST_USERS = 10_000


class Quota:
    """The limits on calls a minute, measured on the emulator's clock; there are none unless they are set.

        emulator.quota.per_user = 600

    A call inside a batch counts like any other, and the batch itself does not; a call that is refused does not either.
    Google's own limits are 600 for a user and 10,000 for a project.

    Reference: https://developers.google.com/workspace/calendar/api/guides/quota
    """

    def __init__(self) -> None:
        self._per_user: int | None = None
        self._per_project: int | None = None
        self._status = 403
        self._lock = threading.Lock()
        self._of_user: dict[str, deque[int]] = {}
        self._of_project: deque[int] = deque()

    @property
    def per_user(self) -> int | None:
        """Calls a minute of one user, or of one `quotaUser`; None is no limit."""
        return self._per_user

    @per_user.setter
    def per_user(self, limit: int | None) -> None:
        self._per_user = _checked(limit)

    @property
    def per_project(self) -> int | None:
        """Calls a minute of all users together; None is no limit."""
        return self._per_project

    @per_project.setter
    def per_project(self, limit: int | None) -> None:
        self._per_project = _checked(limit)

    @property
    def status(self) -> int:
        """The status of a refusal: 403, or 429, of which the reason is always `rateLimitExceeded`."""
        return self._status

    @status.setter
    def status(self, status: int) -> None:
        if status not in (403, 429):
            raise ValueError(f"Google refuses with 403 or 429, not {status}")
        self._status = status

    @property
    def is_limited(self) -> bool:
        """Whether there is any limit."""
        return self._per_user is not None or self._per_project is not None

    def clear(self) -> None:
        """Forget the calls that were counted; the limits stay."""
        with self._lock:
            self._of_user.clear()
            self._of_project.clear()

    def count(self, request: Request, account: str, now: int) -> None:
        """Count a call, if there is room for it.

        Args:
            request: The call; its `quotaUser` counts instead of the account, and so do `userIp`, its older name, and
                the header `X-Goog-Quota-User`.
            account: Who calls.
            now: The time, in milliseconds.

        Raises:
            ApiError: A limit is reached.
        """
        # "Deprecated. Please use quotaUser instead.", says the discovery document of userIp.
        named = request.query.get("quotaUser") or request.query.get("userIp")
        # https://developers.google.com/workspace/calendar/api/guides/quota#service-accounts
        in_header = request.headers.get("x-goog-quota-user", account)
        user = in_header if named is None else named[0]
        with self._lock:
            if len(self._of_user) > _MOST_USERS:
                self._of_user = {
                    name: calls for name, calls in self._of_user.items() if _recent(calls, now)
                }
            own = _recent(self._of_user.setdefault(user, deque()), now)
            if self._per_user is not None and len(own) >= self._per_user:
                raise reasons.error(
                    self._status,
                    "userRateLimitExceeded" if self._status == 403 else "rateLimitExceeded",
                )
            everybodys = _recent(self._of_project, now)
            if self._per_project is not None and len(everybodys) >= self._per_project:
                raise reasons.error(self._status, "rateLimitExceeded")
            own.append(now)
            everybodys.append(now)

    def __repr__(self) -> str:
        return f"<Quota per_user={self._per_user} per_project={self._per_project} status={self._status}>"


def _recent(calls: deque[int], now: int) -> deque[int]:
    """Return the times of calls without those that the window has left behind."""
    if calls and calls[-1] > now:
        calls.clear()  # the clock was set back: what was counted then has not happened yet
    while calls and calls[0] <= now - _WINDOW:
        calls.popleft()
    return calls


def _checked(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise ValueError(f"a limit is at least one call a minute, or None, not {limit}")
    return limit
