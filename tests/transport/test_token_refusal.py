"""What is said of a token that could not be got, and what is kept to itself."""

from __future__ import annotations

import google.oauth2.credentials
import pytest
from google.auth.exceptions import GoogleAuthError, MutualTLSChannelError, RefreshError
from google.auth.exceptions import TransportError as GoogleTransportError

from gcsa.errors import AuthenticationError, TransportError
from gcsa.transport.token_refusal import token_refusal

USER = google.oauth2.credentials.Credentials(
    "ya29.token", refresh_token="1//refresh", client_secret="GOCSPX-x"
)


class Account:
    """What a service account's credentials are known by."""

    service_account_email = "robot@project.example"
    token = "ya29.token"


def refusal(code, description="Said.", credentials=USER, **more):
    answer = {"error": code, "error_description": description, **more}
    return token_refusal(RefreshError(f"{code}: {description}", answer), credentials, "Do this.")


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("invalid_grant", "The sign-in is no longer good: it was revoked, or it has expired"),
        (
            "invalid_client",
            "The token server does not know this client any more, or its secret was changed",
        ),
        ("unauthorized_client", "The token server does not let this client have such a token"),
        ("invalid_scope", "The token server does not give these scopes to this client"),
        ("something_new", "The token server refused"),
    ],
)
def test_each_code_says_what_it_means_and_what_to_do(code, meaning):
    error = refusal(code)
    assert type(error) is AuthenticationError
    assert error.message == f"{meaning} (the server says: Said). Do this."
    assert error.reason == code


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("invalid_grant", "The token server does not accept this service account's key, or the user that it acts for"),
        (
            "unauthorized_client",
            "The service account may not act for this user: an administrator of the domain has to delegate",
        ),
        ("invalid_scope", "The token server does not give these scopes to this client"),
    ],
)  # fmt: skip
def test_of_a_service_account_they_mean_something_else(code, meaning):
    assert refusal(code, credentials=Account()).message.startswith(meaning)


@pytest.mark.parametrize("secret", ["ya29.token", "1//refresh", "GOCSPX-x"])
def test_a_sentence_that_quotes_a_secret_is_left_out(secret):
    error = refusal("invalid_grant", f"No such token: {secret}!")
    assert secret not in str(error)
    assert error.message.startswith(
        "The sign-in is no longer good: it was revoked, or it has expired. Do this."
    )


@pytest.mark.parametrize("description", [None, 5, {}, ""])
def test_there_may_be_no_sentence(description):
    assert "the server says" not in refusal("invalid_grant", description).message


def test_a_sentence_is_shown_on_one_line_and_not_too_long():
    message = refusal("invalid_grant", "a\nb\x1b[31m" + "c" * 1000).message
    assert "(the server says: a b[31mccc" in message
    assert len(message) < 500


@pytest.mark.parametrize("code", [None, 5, "", "<html>", "x" * 100, "ya29.token"])
def test_an_answer_of_another_kind_is_not_quoted(code):
    error = refusal(code, "1//refresh")
    assert error.message == "The token server's answer was not a token. Do this."


@pytest.mark.parametrize("page", ["<html>1//refresh</html>", "", "invalid_grant"])
def test_neither_is_a_page(page):
    error = token_refusal(RefreshError(page), USER, "Do this.")
    assert error.message == "The token server's answer was not a token. Do this."


def test_a_missing_refresh_token_is_told():
    with pytest.raises(RefreshError) as googles:
        google.oauth2.credentials.Credentials(None).refresh(None)
    assert token_refusal(googles.value, None, "Do this.").message == (
        "The access token has expired, and there is no refresh token to renew it with. Do this."
    )


def test_a_reauthentication_is_told():
    googles = RefreshError(
        "Reauthentication is needed. Please run `gcloud auth application-default login` to …"
    )
    assert token_refusal(googles, None, "").message == (
        "Your organisation asks you to sign in again: run `gcloud auth application-default login`."
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (GoogleTransportError("no route"), "The token server could not be reached"),
        (
            RefreshError("busy", {"error": "internal_failure"}, retryable=True),
            "The token server could not give a token",
        ),
    ],
)
def test_what_passes_is_worth_another_try(error, message):
    ours = token_refusal(error, USER, "")
    assert type(ours) is TransportError
    assert ours.message.startswith(message)


@pytest.mark.parametrize(
    "error", [GoogleAuthError(), MutualTLSChannelError("certificate"), RuntimeError("1//refresh")]
)
def test_whatever_else_goes_wrong_is_not_quoted(error):
    assert (
        token_refusal(error, USER, "Do this.").message
        == "The token server's answer was not a token. Do this."
    )
