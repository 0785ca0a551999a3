"""PKCE: whoever exchanges a code must be the one who asked for it.

Reference: https://datatracker.ietf.org/doc/html/rfc7636
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from gcsa.emulator.oauth.refusals import OAuthError

_VALUE = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)


def challenge_of(challenge: str | None, method: str | None) -> str | None:
    """Return the challenge of an authorization request as it is stored: method and value.

    Raises:
        OAuthError: It is not one.
    """
    if challenge is None:
        if method is not None:
            raise OAuthError("invalid_request", "code_challenge_method without code_challenge")
        return None
    method = method or "plain"  # https://datatracker.ietf.org/doc/html/rfc7636#section-4.3
    if method not in ("S256", "plain"):
        raise OAuthError("invalid_request", "Invalid code_challenge_method: use S256 or plain")
    if _VALUE.fullmatch(challenge) is None:
        raise OAuthError("invalid_request", "Invalid code_challenge")
    return f"{method} {challenge}"


def check(challenge: str | None, verifier: str | None) -> None:
    """Check the verifier that comes with a code.

    The messages are Google's.
    Sources: https://github.com/googleapis/google-api-php-client/issues/2669 (missing),
    https://github.com/googleapis/google-api-java-client/issues/1479 (invalid),
    https://github.com/googleapis/google-api-nodejs-client/issues/3680 (not needed)

    Raises:
        OAuthError: It is missing, does not fit, or was not asked for.
    """
    if challenge is None:
        if verifier is not None:
            raise OAuthError.invalid_grant("code_verifier or verifier is not needed.")
        return
    if verifier is None:
        raise OAuthError.invalid_grant("Missing code verifier.")
    method, _, expected = challenge.partition(" ")
    if _VALUE.fullmatch(verifier) is None or not hmac.compare_digest(
        _transformed(verifier, method).encode(), expected.encode()
    ):
        raise OAuthError.invalid_grant("Invalid code verifier.")


def _transformed(verifier: str, method: str) -> str:
    if method == "plain":
        return verifier
    hashed = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(hashed).decode().rstrip("=")
