"""What an error answer becomes."""

from __future__ import annotations

import httpx2
import pytest

from gcsa import errors
from gcsa.transport.refusal import refusal

ASKED = "GET calendars/primary/events"


def answer(status, reason=None, domain="global", message="Said by the server."):
    one = {"domain": domain, "reason": reason, "message": message}
    return httpx2.Response(
        status, json={"error": {"errors": [one], "code": status, "message": message}}
    )


@pytest.mark.parametrize(
    ("status", "reason", "domain", "expected"),
    [
        (400, "badRequest", "global", errors.BadRequestError),
        (401, "authError", "global", errors.AuthenticationError),
        (403, "forbidden", "global", errors.PermissionDeniedError),
        (403, "insufficientPermissions", "global", errors.PermissionDeniedError),
        (403, "rateLimitExceeded", "usageLimits", errors.RateLimitError),
        (403, "userRateLimitExceeded", "usageLimits", errors.RateLimitError),
        (403, "quotaExceeded", "usageLimits", errors.RateLimitError),
        (403, "accessNotConfigured", "usageLimits", errors.PermissionDeniedError),
        (429, "rateLimitExceeded", "usageLimits", errors.RateLimitError),
        (404, "notFound", "global", errors.NotFoundError),
        (409, "duplicate", "global", errors.ConflictError),
        (410, "deleted", "global", errors.GoneError),
        (410, "updatedMinTooLongAgo", "calendar", errors.GoneError),
        (410, "fullSyncRequired", "calendar", errors.SyncTokenExpiredError),
        (412, "conditionNotMet", "global", errors.PreconditionFailedError),
        (500, "backendError", "global", errors.ServerError),
        (503, "backendError", "global", errors.ServerError),
        (418, "teapot", "global", errors.BadRequestError),
    ],
)
def test_each_answer_becomes_the_exception_of_its_meaning(status, reason, domain, expected):
    error = refusal(answer(status, reason, domain), ASKED)
    assert type(error) is expected
    assert (error.status, error.reason) == (status, reason)
    assert error.message == "Said by the server."


def test_the_message_says_what_was_said_what_was_asked_and_what_to_do():
    error = refusal(answer(412, "conditionNotMet", message="Precondition Failed"), ASKED)
    assert str(error) == (
        "Precondition Failed (412 conditionNotMet) on GET calendars/primary/events. Somebody was "
        "faster: read it again, apply the change to what is there now, and retry."
    )


def test_the_single_errors_and_the_response_are_kept():
    response = answer(400, "invalid")
    error = refusal(response, ASKED)
    assert error.errors == [
        {"domain": "global", "reason": "invalid", "message": "Said by the server."}
    ]
    assert error.response is response


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>Bad gateway</html>", b'"text"', b"[1]", b"{", b'{"error": null}', b"\xff"],
)
def test_a_body_that_is_not_googles_still_gives_a_readable_error(body):
    error = refusal(httpx2.Response(502, content=body), ASKED)
    assert type(error) is errors.ServerError
    assert str(error).startswith("Bad Gateway (502) on GET calendars/primary/events.")


@pytest.mark.parametrize(
    "errors_field", [None, "x", [], [None], [5], [{"reason": 7}], {"reason": "x"}]
)
def test_odd_lists_of_errors_do_not_raise(errors_field):
    body = {"error": {"code": 404, "message": "Gone", "errors": errors_field}}
    error = refusal(httpx2.Response(404, json=body), ASKED)
    assert isinstance(error, errors.NotFoundError)
    assert error.reason is None


def test_the_token_servers_errors_are_read():
    body = {"error": "invalid_grant", "error_description": "Token has been revoked."}
    assert refusal(httpx2.Response(400, json=body), ASKED).message == "Token has been revoked."
