"""An authorization code is exchanged for tokens, once.

Reference: https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from gcsa.emulator.oauth import pkce
from gcsa.emulator.oauth.clients import authenticated_client
from gcsa.emulator.oauth.forms import required
from gcsa.emulator.oauth.issuing import issue_for_grant
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.secret_values import digest, new_refresh_token

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request
    from gcsa.emulator.oauth.forms import Form
    from gcsa.emulator.oauth.issuing import TokenAnswer
    from gcsa.emulator.store.oauth import Code, Grant


def exchange_code(emulator: Emulator, request: Request, form: Form) -> TokenAnswer:
    """Return the tokens that an authorization code stands for.

    Raises:
        OAuthError: It is unknown, expired, somebody else's, or used before, which also takes back what was
            given for it (https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2).
    """
    store = emulator.store
    now = emulator.clock.milliseconds()
    with store.writing():
        client = authenticated_client(store, request, form)
        hashed = digest(required(form, "code"))
        code = store.oauth.code(hashed)
        grant = None if code is None else store.oauth.grant(code.grant)
        if code is None or grant is None:
            raise OAuthError.invalid_grant("Malformed auth code.")
        if grant.client != client.id:
            raise OAuthError.invalid_grant()
        if not code.spent:
            _check(code, grant, form, now)
            store.oauth.spend_code(hashed)
            answer = issue_for_grant(store, grant, grant.scopes, now)
            if code.refreshable:
                refresh_token = new_refresh_token()
                store.oauth.add_refresh_token(digest(refresh_token), grant.key)
                answer["refresh_token"] = refresh_token
            return answer
        store.oauth.revoke(grant.key)
    raise OAuthError.invalid_grant()


def _check(code: Code, grant: Grant, form: Form, now: int) -> None:
    if grant.revoked or code.expires <= now:
        raise OAuthError.invalid_grant()
    if not hmac.compare_digest(required(form, "redirect_uri").encode(), code.redirect_uri.encode()):
        raise OAuthError("redirect_uri_mismatch", "Bad Request")
    pkce.check(code.challenge, form.get("code_verifier"))
