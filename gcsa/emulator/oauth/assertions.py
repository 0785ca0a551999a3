"""The assertion of a service account: a signed JSON Web Token, checked as Google checks it.

Reference: https://developers.google.com/identity/protocols/oauth2/service-account#jwt-error-codes
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Annotated

import msgspec

from gcsa.emulator.oauth.refusals import OAuthError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gcsa.emulator.store.oauth import ServiceAccountKey

_LARGEST = 16_384
_LONGEST_LIFE = 3600
# How far the clocks of signer and server may be apart, in seconds.
_SKEW = 300

_Seconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]  # until the end of year 9999


class Header(msgspec.Struct, frozen=True):
    """The header of an assertion."""

    alg: str
    kid: str | None = None


class Claims(msgspec.Struct, frozen=True):
    """What an assertion says.

    Attributes:
        iss: The service account's address.
        aud: Whom it is for: the token server.
        exp: Until when it is good, in seconds since 1970.
        iat: When it was made.
        scope: What is asked for, separated by spaces.
        sub: The user to impersonate.
    """

    iss: str
    aud: str
    exp: _Seconds
    iat: _Seconds
    scope: str = ""
    sub: str | None = None


class Assertion(msgspec.Struct, frozen=True):
    """An assertion, read but not yet believed."""

    header: Header
    claims: Claims
    signed: bytes
    signature: bytes


def read_assertion(text: str) -> Assertion:
    """Read an assertion.

    Raises:
        OAuthError: It is not one, or not signed with RS256.
    """
    parts = text.split(".")
    if len(text) > _LARGEST or len(parts) != 3:
        raise OAuthError.invalid_grant("Bad Request")
    try:
        header = msgspec.json.decode(_decoded(parts[0]), type=Header)
        claims = msgspec.json.decode(_decoded(parts[1]), type=Claims)
        signature = _decoded(parts[2])
    except (ValueError, binascii.Error):  # also what msgspec says of JSON that does not fit
        raise OAuthError.invalid_grant(
            "Invalid JWT: Failed to read header or claims: iss, scope, aud, exp and iat are required."
        ) from None
    if header.alg != "RS256":
        raise OAuthError.invalid_grant("Invalid JWT: Unsupported algorithm, use RS256.")
    return Assertion(header, claims, f"{parts[0]}.{parts[1]}".encode(), signature)


def check_signature(assertion: Assertion, keys: Iterable[ServiceAccountKey]) -> None:
    """Check that an assertion is signed with one of an account's keys.

    Raises:
        OAuthError: It is not.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    for key in keys:
        if assertion.header.kid not in (None, key.id):
            continue
        public_key = load_pem_public_key(key.public_key)
        if not isinstance(public_key, RSAPublicKey):
            continue
        try:
            public_key.verify(assertion.signature, assertion.signed, PKCS1v15(), SHA256())
        except InvalidSignature:
            continue
        return
    raise OAuthError.invalid_grant("Invalid JWT Signature.")


def check_claims(claims: Claims, audiences: Iterable[str], clocks: Iterable[float]) -> None:
    """Check whom an assertion is for, and when.

    Args:
        claims: What it says.
        audiences: The addresses of this token server.
        clocks: The present time in seconds since 1970, on each clock that the signer may have lived by; one that
            fits is enough.

    Raises:
        OAuthError: It is for another server, too old, too new or good for too long.
    """
    audiences = tuple(audiences)
    if claims.aud not in audiences:
        raise OAuthError.invalid_grant(
            f"Invalid JWT: Failed audience check. The right audience is {audiences[0]}"
        )
    short = 0 < claims.exp - claims.iat <= _LONGEST_LIFE
    timely = any(claims.iat - _SKEW <= now < claims.exp + _SKEW for now in clocks)
    if not (short and timely):
        raise OAuthError.invalid_grant(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
            " timeframe. Check your iat and exp values in the JWT claim."
        )


def _decoded(part: str) -> bytes:
    return base64.b64decode(part.encode("ascii") + b"=" * (-len(part) % 4), b"-_", validate=True)
