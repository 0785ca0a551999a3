"""Google's errors by the word for their cause, for those that are ordered and not caused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable


def _limit(reason: str, message: str) -> Callable[[], ApiError]:
    return lambda: ApiError(403, reason, message, domain="usageLimits")


# The bodies are those of https://developers.google.com/workspace/calendar/api/guides/errors
_KNOWN: Final[dict[str, Callable[[], ApiError]]] = {
    "badRequest": ApiError.bad_request,
    "invalid": ApiError.invalid,
    "parseError": ApiError.parse_error,
    "timeRangeEmpty": lambda: ApiError.time_range_empty("timeMax"),
    "required": ApiError.login_required,
    "authError": ApiError.invalid_credentials,
    "userRateLimitExceeded": _limit("userRateLimitExceeded", "User Rate Limit Exceeded"),
    "rateLimitExceeded": _limit("rateLimitExceeded", "Rate Limit Exceeded"),
    # https://support.google.com/a/answer/2905486
    "quotaExceeded": _limit("quotaExceeded", "Calendar usage limits exceeded."),
    "dailyLimitExceeded": _limit("dailyLimitExceeded", "Daily Limit Exceeded"),
    "forbidden": ApiError.forbidden,
    "insufficientPermissions": lambda: ApiError(
        403, "insufficientPermissions", "Insufficient Permission"
    ),
    "forbiddenForNonOrganizer": ApiError.forbidden_for_non_organizer,
    "notFound": ApiError.not_found,
    "conflict": lambda: ApiError(409, "conflict", "Conflict"),
    "duplicate": ApiError.duplicate,
    "deleted": ApiError.deleted,
    "fullSyncRequired": ApiError.full_sync_required,
    "updatedMinTooLongAgo": ApiError.updated_min_too_long_ago,
    "conditionNotMet": ApiError.precondition_failed,
    "uploadTooLarge": ApiError.too_large,
    "backendError": lambda: ApiError(503, "backendError", "Backend Error"),
    "internalError": lambda: ApiError(500, "internalError", "Internal Error"),
}
_OF_STATUS: Final = {
    401: "authError",
    403: "userRateLimitExceeded",
    404: "notFound",
    409: "conflict",
    410: "deleted",
    412: "conditionNotMet",
    413: "uploadTooLarge",
    429: "rateLimitExceeded",
}


def error(
    status: int | None = None,
    reason: str | None = None,
    message: str | None = None,
    retry_after: float | None = None,
) -> ApiError:
    """Return Google's error of a status, of a reason, or of both.

    Args:
        status: 400 to 599. Default: the usual one of the reason; 503 without one.
        reason: Google's word. Default: the usual one of the status.
        message: The sentence. Default: Google's for the reason.
        retry_after: Seconds for the Retry-After header.

    Raises:
        ValueError: The status is none of an error, the seconds are negative, or the reason is not known and no status
            was given with it.
    """
    if status is not None and not 400 <= status <= 599:
        raise ValueError(f"status is that of an error, 400 to 599, not {status}")
    if retry_after is not None and not 0 <= retry_after < float("inf"):
        raise ValueError(f"retry_after is in seconds, not {retry_after}")
    if reason is None:
        usual = "backendError" if status is None or status >= 500 else "badRequest"
        reason = usual if status is None else _OF_STATUS.get(status, usual)
    make = _KNOWN.get(reason)
    if make is not None:
        known = make()
    elif status is not None:
        known = ApiError(status, reason, reason)
    else:
        raise ValueError(
            f"the usual status of {reason!r} is not known here: give status, too. Known are {', '.join(_KNOWN)}"
        )
    headers = dict(known.headers or {})
    if retry_after is not None:
        headers["retry-after"] = f"{retry_after:g}"
    return ApiError(
        known.status if status is None else status,
        known.reason,
        known.message if message is None else message,
        domain=known.domain,
        location=known.location,
        location_type=known.location_type,
        headers=headers,
    )
