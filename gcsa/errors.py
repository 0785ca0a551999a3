"""Every exception a caller of Google Calendar can meet.

Each carries what the server said and a sentence on what to do about it. Bad arguments are not among
them: those are plain `ValueError` and `TypeError`, raised before anything is sent.
"""

from __future__ import annotations

from typing import Any, ClassVar

_UNKNOWN = "Whether the call was carried out is unknown: look before you send it again."


class GoogleCalendarError(Exception):
    """Google Calendar refused a call, or could not be reached.

    Args:
        message: What the server said, in its words.
        status: HTTP status, such as 404. None when there was no answer.
        reason: Google's reason, such as `'notFound'`. None when it gave none.
        errors: The server's list of single errors, each with `domain`, `reason`, `message` and,
            where it applies, `location` and `locationType`.
        response: The answer as it came (an `httpx2.Response`). None when there was none.
        request: What was asked, such as `'GET calendars/primary/events/abc'`.
        outcome_unknown: Whether the call, or an earlier attempt of it, may have been carried out all
            the same, because it was not answered or the server failed over it.
    """

    advice: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        reason: str | None = None,
        errors: list[dict[str, Any]] | None = None,
        response: object = None,
        request: str | None = None,
        outcome_unknown: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.reason = reason
        self.errors: list[dict[str, Any]] = errors or []
        self.response = response
        self.request = request
        self.outcome_unknown = outcome_unknown

    def __str__(self) -> str:
        facts = " ".join(str(fact) for fact in (self.status, self.reason) if fact is not None)
        said = f"{self.message.rstrip('.')} ({facts})" if facts else self.message.rstrip(".")
        asked = f" on {self.request}" if self.request else ""
        return f"{said}{asked}. {self._what_to_do()}".rstrip()

    def _what_to_do(self) -> str:
        if not self.outcome_unknown:
            return self.advice
        return f"{self.advice} An earlier attempt was not answered. {_UNKNOWN}"


# Reasons of a 403 that more access, or wider scopes, would remove; None for one that is not said.
# https://developers.google.com/workspace/calendar/api/guides/errors
_LACKING_ACCESS = (None, "forbidden", "insufficientPermissions", "requiredAccessLevel")


class BadRequestError(GoogleCalendarError):
    """400: the call itself is wrong, and would be wrong again."""

    advice = "Correct the value that the message names; the same call cannot succeed."


class AuthenticationError(GoogleCalendarError):
    """401: the credentials are missing, wrong, expired or revoked."""

    advice = "Sign in again, or give valid `credentials`."


class PermissionDeniedError(GoogleCalendarError):
    """403: the user may not do this, or the token's scopes do not cover it."""

    advice = "Ask the calendar's owner for the access it needs, or sign in with wider scopes."

    def _what_to_do(self) -> str:
        # What nobody may do, such as deleting a primary calendar, needs no other advice than its message.
        if self.reason in _LACKING_ACCESS or self.outcome_unknown:
            return super()._what_to_do()
        return ""


class RateLimitError(GoogleCalendarError):
    """403 or 429: a quota is used up, also after the client's own repetitions."""

    advice = "Wait a minute before more calls, or ask for more quota in the Google Cloud console."


class NotFoundError(GoogleCalendarError):
    """404: there is no such calendar, event or rule, or the user may not know of it."""

    advice = "Check the id and the calendar it is on; what one may not see is not found either."


class ConflictError(GoogleCalendarError):
    """409: the identifier is taken, by something deleted perhaps."""

    advice = "Choose another id; an id stays taken after its event is deleted."


class GoneError(GoogleCalendarError):
    """410: it was there and is deleted, or what the call refers to is too old."""

    advice = "It no longer exists on the server."


class SyncTokenExpiredError(GoneError):
    """410 `fullSyncRequired`: the sync token is no longer good."""

    advice = "Drop what was stored, and call again without a sync token for a full synchronisation."


class PreconditionFailedError(GoogleCalendarError):
    """412: the resource changed since its etag was read."""

    advice = "Somebody was faster: read it again, apply the change to what is there now, and retry."


class ServerError(GoogleCalendarError):
    """5xx: Google Calendar failed, also after the client's own repetitions."""

    advice = "The fault is on the server's side; try again later."

    def _what_to_do(self) -> str:
        return _UNKNOWN if self.outcome_unknown else self.advice


class TransportError(GoogleCalendarError):
    """There was no answer: the connection failed, or the time limit passed.

    Args:
        message: What went wrong on the way.
        outcome_unknown: True when the server may have carried the call out all the same.
        request: What was asked.
    """

    advice = "Nothing is known to have changed; check the connection and try again."

    def __init__(
        self, message: str, *, outcome_unknown: bool = False, request: str | None = None
    ) -> None:
        super().__init__(message, request=request, outcome_unknown=outcome_unknown)

    def _what_to_do(self) -> str:
        return _UNKNOWN if self.outcome_unknown else self.advice


class AnswerTooLargeError(TransportError):
    """The answer is larger than any that Google Calendar gives, so it was not read to its end."""

    advice = "Ask for less at once, for example with a smaller `maxResults`."


class BulkError(GoogleCalendarError):
    """Some of many calls failed; the others were carried out.

    Args:
        results: One for each call, in order: its result, or the exception that it failed with.
    """

    def __init__(self, results: list[object]) -> None:
        failures = [result for result in results if isinstance(result, Exception)]
        first = next(
            number for number, result in enumerate(results) if isinstance(result, Exception)
        )
        super().__init__(
            f"{len(failures)} of {len(results)} calls failed. The first is results[{first}]: {failures[0]}"
        )
        self.results = results
        self.failures = failures

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.results,)

    def __str__(self) -> str:
        return f"{self.message} What happened to each call is in `results`, in order."
