"""The programs that ask users for access: how they are registered, and how they prove who they are."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote_plus

from gcsa.emulator.oauth import redirects
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.secret_values import digest, new_client_secret
from gcsa.emulator.store.oauth import Client

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gcsa.emulator.http import Request
    from gcsa.emulator.store import Store

ClientKind = Literal["installed", "web"]
# What Google writes for an installed program, and where google-auth-oauthlib and gcsa wait for the answer.
_USUAL_PLACES = {"installed": ("http://localhost",), "web": ("http://localhost:8080/",)}
ClientSecrets = dict[str, dict[str, str | list[str]]]


def register_client(
    store: Store, kind: ClientKind, address: str, redirect_uris: Sequence[str] | None
) -> ClientSecrets:
    """Register a client and return its client secrets, as Google's console lets one download them.

    Reference: https://developers.google.com/api-client-library/dotnet/guide/aaa_client_secrets

    Args:
        store: The database.
        kind: 'installed' or 'web'.
        address: Where the emulator is reached, such as http://127.0.0.1:8085.
        redirect_uris: Where a web client may be redirected to; None for the usual place on this machine.

    Raises:
        ValueError: Another kind, or a redirect address that cannot be.
    """
    if kind not in ("installed", "web"):
        raise ValueError(f"kind is 'installed' or 'web', not {kind!r}")
    if redirect_uris is None:
        redirect_uris = _USUAL_PLACES[kind]
    for uri in redirect_uris:
        if not redirects.is_registrable(uri):
            raise ValueError(
                f"a redirect address is https, or http on this machine, without a fragment: not {uri!r}"
            )
    number = 10**11 + secrets.randbelow(9 * 10**11)
    client_id = f"{number}-{secrets.token_hex(16)}.apps.googleusercontent.com"
    secret = new_client_secret()
    with store.writing():
        store.oauth.add_client(Client(client_id, digest(secret), kind, "\n".join(redirect_uris)))
    return {
        kind: {
            "client_id": client_id,
            "project_id": "calendar-emulator",
            "auth_uri": f"{address}/o/oauth2/auth",
            "token_uri": f"{address}/token",
            "auth_provider_x509_cert_url": f"{address}/oauth2/v1/certs",
            "client_secret": secret,
            "redirect_uris": list(redirect_uris),
        }
    }


def authenticated_client(store: Store, request: Request, form: Mapping[str, str]) -> Client:
    """Return the client that asks the token server, by the id and secret in its header or form.

    Reference: https://datatracker.ietf.org/doc/html/rfc6749#section-2.3.1

    Raises:
        OAuthError: `invalid_client`, for an unknown one or another secret.
    """
    client_id, secret = _basic(request) or (form.get("client_id"), form.get("client_secret"))
    if client_id is None:
        raise OAuthError("invalid_request", "Could not determine client ID from request.")
    if secret is None:
        raise OAuthError("invalid_request", "client_secret is missing.")
    client = store.oauth.client(client_id)
    if client is None:
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
    if not hmac.compare_digest(client.secret, digest(secret)):
        raise OAuthError("invalid_client", "The provided client secret is invalid.", 401)
    return client


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401) from None
    client_id, _, secret = pair.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)
