"""When a call is sent again, how often, and after how long.

Google asks for exponential back-off on rate limits and on errors of its own:
https://developers.google.com/workspace/calendar/api/guides/errors
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypedDict

import httpx2
import tenacity

from gcsa.errors import (
    AnswerTooLargeError,
    ConflictError,
    GoogleCalendarError,
    RateLimitError,
    ServerError,
    TransportError,
)
from gcsa.transport.patience import Patience

log = logging.getLogger(__name__)

# Quotas that come back within a minute; the others (dailyLimitExceeded, …) only with a new day.
# https://developers.google.com/workspace/calendar/api/guides/quota
PASSING_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"})


# What OpenSSL says of a server that is not the one it claims to be: it will not be later, either.
BAD_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"


class SomeFailed(Exception):
    """Some of many calls failed for a passing reason.

    Args:
        errors: Why.
    """

    def __init__(self, errors: list[Exception]) -> None:
        super().__init__(f"{len(errors)} calls failed for a passing reason")
        self.errors = errors


class Policy(TypedDict):
    """The settings of one call's repetitions, as tenacity takes them."""

    retry: Callable[[tenacity.RetryCallState], bool]
    stop: Callable[[tenacity.RetryCallState], bool]
    wait: Callable[[tenacity.RetryCallState], float]
    before_sleep: Callable[[tenacity.RetryCallState], None]
    reraise: bool


def policy(patience: Patience, passes: Callable[[BaseException], bool]) -> Policy:
    """Return tenacity's settings for the repetitions that begin now.

    Args:
        patience: For how long.
        passes: Tells whether it is worth trying again after this exception.
    """
    retry = patience.retry
    backoff = tenacity.wait_random_exponential(
        multiplier=retry.first_pause, max=retry.longest_pause
    )

    def goes_on(state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        return error is not None and passes(error)

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = pause_asked_for(error)
        return backoff(state) if asked is None else asked

    def stop(state: tenacity.RetryCallState) -> bool:
        patience.is_over = patience.is_over_in(state.upcoming_sleep)
        return patience.is_over or state.attempt_number >= retry.attempts

    def before_sleep(state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        # Once may happen. Whoever has no network, or no server there, should not sit and wonder.
        level = (
            logging.WARNING if state.attempt_number == 2 and is_unanswered(error) else logging.INFO
        )
        log.log(level, "%s; trying again, for %g s at most.", _said(error), retry.time_limit)

    return {
        "retry": goes_on,
        "stop": stop,
        "wait": wait,
        "before_sleep": before_sleep,
        "reraise": True,
    }


def is_passing(error: BaseException, *, repeatable: bool) -> bool:
    """Tell whether a failed call may succeed when it is sent again, and may be.

    Args:
        error: What the call raised.
        repeatable: Whether carrying it out twice leaves the same state as once.
    """
    if isinstance(error, RateLimitError):
        return error.status == 429 or error.reason in PASSING_REASONS
    if isinstance(error, TransportError):
        if isinstance(error, AnswerTooLargeError) or BAD_CERTIFICATE in error.message:
            return False
        return repeatable or not error.outcome_unknown
    return is_clash(error) or (isinstance(error, ServerError) and repeatable)


def is_unanswered(error: BaseException | None) -> bool:
    """Tell whether there was no answer; of several errors, whether there was none to any."""
    if isinstance(error, SomeFailed):
        return all(map(is_unanswered, error.errors))
    return isinstance(error, TransportError)


def is_clash(error: BaseException) -> bool:
    """Tell whether a call clashed with another one that was carried out at the same moment.

    Nothing is changed then, and the same call may succeed: "409: Conflict" in
    https://developers.google.com/workspace/calendar/api/guides/errors. An identifier that is taken is
    409 as well, but has the reason `duplicate`.
    """
    return isinstance(error, ConflictError) and error.reason == "conflict"


def may_have_been_carried_out(error: BaseException) -> bool:
    """Tell whether a call that failed like this may have changed something all the same."""
    if isinstance(error, TransportError):
        return error.outcome_unknown
    return isinstance(error, ServerError)


def pause_asked_for(error: BaseException | None) -> float | None:
    """Return the seconds that the server asked to wait, None where it did not.

    Args:
        error: What was raised; if it stands for several errors, the longest of their pauses counts.
    """
    if isinstance(error, SomeFailed):
        pauses = [pause_asked_for(one) for one in error.errors]
        return max((pause for pause in pauses if pause is not None), default=None)
    if not isinstance(error, GoogleCalendarError) or not isinstance(
        error.response, httpx2.Response
    ):
        return None
    asked = error.response.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
        answered = parsedate_to_datetime(error.response.headers.get("Date", ""))
        return max(0.0, (moment - answered).total_seconds())
    except (ValueError, TypeError, OverflowError):  # no dates, or one of them without a zone
        return None


def _said(error: BaseException | None) -> str:
    """Return what went wrong, without the advice for the one who gets the error: it is not over yet."""
    if isinstance(error, SomeFailed) and error.errors:
        return f"{error}: {_said(error.errors[0])}"
    return error.message if isinstance(error, GoogleCalendarError) else str(error)
