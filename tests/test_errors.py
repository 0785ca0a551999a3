"""What people read when a call fails, and what programs decide on."""

from __future__ import annotations

import copy
import pickle

import httpx2
import pytest

from gcsa import errors
from gcsa.errors import (
    AnswerTooLargeError,
    BulkError,
    ConflictError,
    GoneError,
    GoogleCalendarError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    SyncTokenExpiredError,
    TransportError,
)
from gcsa.free_busy import FreeBusyQueryError

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, GoogleCalendarError)
]


def test_the_message_says_what_was_said_on_what_call_and_what_to_do():
    error = NotFoundError(
        "Not Found.", status=404, reason="notFound", request="GET calendars/primary/events/abc"
    )
    assert str(error) == (
        "Not Found (404 notFound) on GET calendars/primary/events/abc. "
        "Check the id and the calendar it is on; what one may not see is not found either."
    )


def test_what_is_not_known_is_left_out():
    assert str(GoogleCalendarError("Something odd")) == "Something odd."
    assert str(ServerError("Backend Error", status=503)) == (
        "Backend Error (503). The fault is on the server's side; try again later."
    )


def test_what_nobody_may_do_is_not_advised_to_be_tried_with_more_access():
    def said(reason):
        return str(PermissionDeniedError("Not here.", status=403, reason=reason))

    assert said("cannotDeletePrimaryCalendar") == "Not here (403 cannotDeletePrimaryCalendar)."
    assert said("accessNotConfigured") == "Not here (403 accessNotConfigured)."
    for reason in ("forbidden", "insufficientPermissions", "requiredAccessLevel"):
        assert said(reason).endswith(
            "Ask the calendar's owner for the access it needs, or sign in with wider scopes."
        )


def test_a_program_can_decide_on_its_attributes():
    response = httpx2.Response(409)
    one = {"domain": "global", "reason": "duplicate", "message": "Taken."}
    error = ConflictError(
        "Taken.", status=409, reason="duplicate", errors=[one], response=response, request="POST x"
    )
    assert (error.status, error.reason, error.message) == (409, "duplicate", "Taken.")
    assert error.errors == [one]
    assert error.response is response
    assert error.request == "POST x"
    assert not error.outcome_unknown


def test_without_an_answer_nothing_is_known_to_have_changed():
    assert str(TransportError("No answer: ConnectError", request="GET colors")) == (
        "No answer: ConnectError on GET colors. "
        "Nothing is known to have changed; check the connection and try again."
    )


@pytest.mark.parametrize("kind", [TransportError, ServerError])
def test_a_call_that_may_have_been_carried_out_is_not_to_be_sent_again_blindly(kind):
    error = kind("No", request="POST x", outcome_unknown=True)
    assert str(error) == (
        "No on POST x. Whether the call was carried out is unknown: look before you send it again."
    )


def test_a_refusal_after_an_unanswered_attempt_says_both():
    error = RateLimitError("Too fast", status=429, outcome_unknown=True)
    assert str(error) == (
        "Too fast (429). Wait a minute before more calls, or ask for more quota in the Google Cloud"
        " console. An earlier attempt was not answered. Whether the call was carried out is unknown:"
        " look before you send it again."
    )


def test_an_expired_sync_token_is_something_gone():
    assert issubclass(SyncTokenExpiredError, GoneError)
    assert issubclass(AnswerTooLargeError, TransportError)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not GoogleCalendarError])
def test_every_kind_says_what_to_do(kind):
    assert kind.advice or kind is BulkError


@pytest.mark.parametrize(
    "error",
    [
        NotFoundError("No", status=404, reason="notFound", errors=[{"reason": "notFound"}]),
        TransportError("No answer", outcome_unknown=True, request="POST x"),
        AnswerTooLargeError("Too large"),
        BulkError([None, NotFoundError("No")]),
        FreeBusyQueryError({}, {"ann@example.com": [{"reason": "notFound"}]}),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_can_be_copied_and_sent_to_another_process(error):
    for copied in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(copied) is type(error)
        assert str(copied) == str(error)
        assert copied.outcome_unknown == error.outcome_unknown
