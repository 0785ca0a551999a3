"""A refusal of the server as our exception.

Reference: https://developers.google.com/workspace/calendar/api/guides/errors
"""

from __future__ import annotations

from typing import Any, cast

import httpx2
import msgspec

from gcsa.errors import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    GoneError,
    GoogleCalendarError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionFailedError,
    RateLimitError,
    ServerError,
    SyncTokenExpiredError,
)

RATE_LIMIT_REASONS = frozenset(
    {
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
        "calendarLimitsExceeded",
    }
)

_BY_STATUS: dict[int, type[GoogleCalendarError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    410: GoneError,
    412: PreconditionFailedError,
    429: RateLimitError,
}


def refusal(response: httpx2.Response, request: str) -> GoogleCalendarError:
    """Return the exception that an error answer stands for.

    Args:
        response: An answer with a status of 300 or more, read to its end. Any body is understood:
            Google's JSON error, the OAuth server's, or a page of a proxy on the way.
        request: What was asked, such as `'GET calendars/primary/events/abc'`.

    Returns:
        The exception, to be raised.
    """
    if response.is_redirect:
        return GoogleCalendarError(
            _redirection(response), status=response.status_code, request=request
        )
    message, errors = _read(response)
    reason = errors[0].get("reason") if errors else None
    kind = _kind(response.status_code, reason, errors)
    return kind(
        message or response.reason_phrase or f"HTTP status {response.status_code}",
        status=response.status_code,
        reason=reason if isinstance(reason, str) else None,
        errors=errors,
        response=response,
        request=request,
    )


def _redirection(response: httpx2.Response) -> str:
    """Say where an answer redirects to; only the server, as the rest may be anything."""
    try:
        there = httpx2.URL(response.headers.get("Location", ""))
        where = f" to {there.scheme}://{there.netloc.decode('ascii')}" if there.host else ""
    except (httpx2.InvalidURL, ValueError):
        where = ""
    return (
        f"The server redirects{where}, which is not followed: "
        "the call and its token are meant for Google Calendar only"
    )


def is_rate_limit(status: int, errors: list[dict[str, Any]]) -> bool:
    """Tell whether an error answer means that a quota is used up."""
    if status == 429:
        return True
    return status == 403 and any(
        error.get("domain") == "usageLimits" and error.get("reason") in RATE_LIMIT_REASONS
        for error in errors
    )


def _kind(status: int, reason: object, errors: list[dict[str, Any]]) -> type[GoogleCalendarError]:
    if is_rate_limit(status, errors):
        return RateLimitError
    if status == 410 and reason == "fullSyncRequired":
        return SyncTokenExpiredError
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, BadRequestError if 400 <= status < 500 else GoogleCalendarError)


def _read(response: httpx2.Response) -> tuple[str, list[dict[str, Any]]]:
    """Return the message and the single errors of an error answer."""
    try:
        body: object = msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "", []
    if not isinstance(body, dict):
        return "", []
    answer = cast("dict[str, object]", body)
    error = answer.get("error")
    if not isinstance(error, dict):
        # The OAuth server's shape: {"error": "invalid_grant", "error_description": "…"}
        described = answer.get("error_description", error)
        return (described if isinstance(described, str) else ""), []
    found = cast("dict[str, object]", error)
    message = found.get("message")
    listed = found.get("errors")
    errors = [
        cast("dict[str, Any]", one)
        for one in (cast("list[object]", listed) if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]
    return (message if isinstance(message, str) else ""), errors
