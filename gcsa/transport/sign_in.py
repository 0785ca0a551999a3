"""Signing in as a user: the browser asks, a small server here takes the answer, and a code becomes tokens.

This is OAuth for installed programs, with PKCE. google-auth-oauthlib is not used for it: the libraries that it stands
on log codes and tokens, put tokens into exceptions, and refuse to talk to an emulator over http.

Reference: https://developers.google.com/identity/protocols/oauth2/native-app
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import attrs
import msgspec
from google.auth.exceptions import GoogleAuthError

from gcsa.errors import AuthenticationError, TransportError
from gcsa.transport.credentials_file import ClientSecrets
from gcsa.transport.redirect_server import RedirectServer, SignInAnswer
from gcsa.transport.saved_token import SavedToken
from gcsa.transport.scopes import missing_scopes
from gcsa.transport.sign_in_place import SignInPlace
from gcsa.transport.token_refusal import refused
from gcsa.transport.token_request import TokenRequest

_REMEDY = "Sign in again."


class _TokenAnswer(msgspec.Struct, frozen=True):
    """What the token server answers with, whether it gives tokens or not."""

    access_token: str | None = None
    refresh_token: str | None = None
    expires_in: int | None = None
    scope: str | None = None
    error: str | None = None
    error_description: str | None = None

    def __repr__(self) -> str:
        return "<_TokenAnswer>"


@attrs.frozen
class _Asked:
    """What is kept of the question until the answer comes."""

    state: str = attrs.field(factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = attrs.field(factory=lambda: secrets.token_urlsafe(64), repr=False)

    @property
    def challenge(self) -> str:
        """The verifier's hash, which the sign-in page is told (PKCE)."""
        hashed = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(hashed).decode().rstrip("=")


def sign_in(
    client: ClientSecrets, scopes: Sequence[str], place: SignInPlace, request: TokenRequest
) -> SavedToken:
    """Let a user sign in, and return the tokens.

    Args:
        client: The program that asks.
        scopes: What it asks for.
        place: The browser, and the server that it comes back to.
        request: How the token server is reached.

    Raises:
        webbrowser.Error: There is no browser, and one is insisted on.
        OSError: The port on which the browser would come back is taken.
        AuthenticationError: The user did not allow it, or not all of it, or the token server refused.
        TransportError: The token server could not be reached.
    """
    asked = _Asked()
    with RedirectServer(place.host, place.port, place.bind_addr, asked.state) as server:
        _show(_page(client, scopes, asked, server.uri), place.open_browser)
        answer = server.wait()
    if answer.code is None:
        raise AuthenticationError("The sign-in was not allowed in the browser", reason=answer.error)
    tokens = _exchange(client, asked, answer, server.uri, request)
    if tokens is None:
        raise TransportError("The token server could not be reached")
    if tokens.access_token is None:
        raise refused(tokens.error or "no_token", tokens.error_description, None, _REMEDY)
    granted = tokens.scope.split() if tokens.scope else list(scopes)
    missing = missing_scopes(scopes, granted)
    if missing:
        raise AuthenticationError(
            f"The sign-in does not allow all that is asked for; these scopes were left out: {', '.join(missing)}"
        )
    return _saved(client, tokens, granted)


def _page(client: ClientSecrets, scopes: Sequence[str], asked: _Asked, redirect_uri: str) -> str:
    """Return the address of the page on which the user is asked."""
    parameters = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(scopes),
        "state": asked.state,
        "code_challenge": asked.challenge,
        "code_challenge_method": "S256",
        "access_type": "offline",
        # Without it a client of the web type gets a refresh token only the first time.
        "prompt": "consent",
    }
    separator = "&" if "?" in client.auth_uri else "?"
    return f"{client.auth_uri}{separator}{urlencode(parameters)}"


def _show(page: str, open_browser: bool | None) -> None:
    """Open the page in a browser, where that is wanted, and print its address in any case."""
    opened = False
    if open_browser is not False:
        try:
            opened = webbrowser.get().open(page, new=1, autoraise=True)
        except webbrowser.Error:
            if open_browser:
                raise
    if open_browser and not opened:
        raise webbrowser.Error("the browser could not be opened")
    sys.stdout.write(f"To sign in, visit this address: {page}\n")
    sys.stdout.flush()


def _exchange(
    client: ClientSecrets,
    asked: _Asked,
    answer: SignInAnswer,
    redirect_uri: str,
    request: TokenRequest,
) -> _TokenAnswer | None:
    """Exchange the code for tokens; None when there is no answer. No exception here can carry what is sent."""
    form = {
        "grant_type": "authorization_code",
        "code": answer.code,
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "redirect_uri": redirect_uri,
        "code_verifier": asked.verifier,
    }
    try:
        response = request(
            client.token_uri,
            "POST",
            urlencode(form).encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        return msgspec.json.decode(response.data, type=_TokenAnswer)
    except GoogleAuthError:
        return None
    except msgspec.MsgspecError:
        return _TokenAnswer()


def _saved(client: ClientSecrets, tokens: _TokenAnswer, granted: list[str]) -> SavedToken:
    lifetime = timedelta(seconds=tokens.expires_in or 0)
    return SavedToken(
        token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        token_uri=client.token_uri,
        client_id=client.client_id,
        client_secret=client.client_secret,
        scopes=granted,
        expiry=datetime.now(UTC) + lifetime,
    )
