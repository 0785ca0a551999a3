"""A refresh token is exchanged for a new access token, as often as one likes, until it is revoked.

Reference: https://developers.google.com/identity/protocols/oauth2/web-server#offline
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.oauth.clients import authenticated_client
from gcsa.emulator.oauth.forms import required
from gcsa.emulator.oauth.issuing import issue_for_grant
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.scopes import read_scopes, write_scopes
from gcsa.emulator.oauth.secret_values import digest

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request
    from gcsa.emulator.oauth.forms import Form
    from gcsa.emulator.oauth.issuing import TokenAnswer


def refresh(emulator: Emulator, request: Request, form: Form) -> TokenAnswer:
    """Return a new access token.

    Args:
        emulator: The emulator.
        request: The request.
        form: Its form; `scope` may ask for less than was granted.

    Raises:
        OAuthError: The refresh token is unknown, revoked or another client's, or does not cover the scopes.
    """
    store = emulator.store
    with store.writing():
        client = authenticated_client(store, request, form)
        grant = store.oauth.refresh_grant(digest(required(form, "refresh_token")))
        if grant is None:
            raise OAuthError.invalid_grant()
        if grant.client != client.id:
            raise OAuthError("unauthorized_client", "Unauthorized", 401)
        if grant.revoked:
            # https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors-invalid-grant
            raise OAuthError.invalid_grant("Token has been expired or revoked.")
        return issue_for_grant(
            store, grant, _scopes(grant.scopes, form.get("scope")), emulator.clock.milliseconds()
        )


def _scopes(granted: str, asked: str | None) -> str:
    if asked is None:
        return granted
    scopes = read_scopes(asked)
    if not set(scopes) <= set(granted.split()):
        raise OAuthError("invalid_scope", "Bad Request")
    return write_scopes(scopes)
