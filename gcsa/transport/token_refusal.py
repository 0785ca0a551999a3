"""A failure of google-auth as our exception, without any of the secrets that may be in it.

google-auth's exceptions carry the token server's whole answer, and their tracebacks the request that was sent; so they
are described here, and neither chained nor quoted whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from google.auth import exceptions
from google.auth.credentials import Credentials

from gcsa.errors import AuthenticationError, GoogleCalendarError, TransportError

_CODE = re.compile(r"[a-z][a-z_]{2,40}")
_LONGEST = 300

# What the token server's codes mean for whoever reads them.
# https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors
# https://developers.google.com/identity/protocols/oauth2/service-account#jwt-error-codes
_MEANING = {
    "invalid_grant": "The sign-in is no longer good: it was revoked, or it has expired",
    "invalid_client": "The token server does not know this client any more, or its secret was changed",
    "unauthorized_client": "The token server does not let this client have such a token",
    "invalid_scope": "The token server does not give these scopes to this client",
    "access_denied": "Access was denied",
}
_SERVICE_ACCOUNT_MEANING = {
    **_MEANING,
    "invalid_grant": "The token server does not accept this service account's key, or the user that it acts for",
    "unauthorized_client": (
        "The service account may not act for this user: an administrator of the domain has to delegate these scopes"
        " to it"
    ),
}


def token_refusal(
    error: Exception, credentials: Credentials | None, remedy: str
) -> GoogleCalendarError:
    """Return the exception for a token that could not be got.

    Args:
        error: What google-auth raised.
        credentials: Whose token it is; what they hold is kept out of the message.
        remedy: What to do about it, as a sentence.
    """
    if isinstance(error, exceptions.TransportError):
        return TransportError("The token server could not be reached")
    if getattr(error, "retryable", False):
        return TransportError("The token server could not give a token at present")
    answer = _answer(error)
    code = answer.get("error")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return AuthenticationError(_without_answer(error, remedy))
    return refused(code, answer.get("error_description"), credentials, remedy)


def refused(
    code: str, description: object, credentials: Credentials | None, remedy: str
) -> AuthenticationError:
    """Return the exception for a token that the server refused.

    Args:
        code: OAuth's code, such as 'invalid_grant'.
        description: The server's sentence.
        credentials: Whose token it is; a sentence that quotes them is left out.
        remedy: What to do about it, as a sentence.
    """
    is_account = hasattr(credentials, "service_account_email")
    meaning = (_SERVICE_ACCOUNT_MEANING if is_account else _MEANING).get(
        code, "The token server refused"
    )
    said = _shown(description, _secrets(credentials))
    message = f"{meaning} (the server says: {said})" if said else meaning
    return AuthenticationError(f"{message}. {remedy}".strip(), reason=code)


def _without_answer(error: Exception, remedy: str) -> str:
    """Return a message for a failure that is not an answer of OAuth's kind."""
    first = error.args[0] if error.args else ""
    # Two of google-auth's own sentences; anything else could be what some server sent.
    if isinstance(first, str) and first.startswith("The credentials do not contain"):
        return f"The access token has expired, and there is no refresh token to renew it with. {remedy}"
    if isinstance(first, str) and first.startswith("Reauthentication is needed"):
        return "Your organisation asks you to sign in again: run `gcloud auth application-default login`."
    return f"The token server's answer was not a token. {remedy}".strip()


def _answer(error: Exception) -> dict[str, object]:
    for argument in error.args:
        if isinstance(argument, dict):
            return cast("dict[str, object]", argument)
    return {}


def _shown(text: object, secrets: Iterable[str]) -> str:
    """Return a server's sentence as it may be shown: on one line, not too long, and with no secret in it."""
    if not isinstance(text, str) or any(secret in text for secret in secrets):
        return ""
    line = " ".join(text.split())[:_LONGEST]
    return "".join(letter for letter in line if letter.isprintable()).rstrip(".")


def _secrets(credentials: Credentials | None) -> list[str]:
    found = (
        getattr(credentials, name, None) for name in ("token", "refresh_token", "client_secret")
    )
    return [secret for secret in found if isinstance(secret, str) and secret]
