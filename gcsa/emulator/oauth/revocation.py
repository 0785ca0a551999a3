"""POST /revoke: a token, and what it was given for, is taken back.

Reference: https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.oauth.endpoint import endpoint
from gcsa.emulator.oauth.forms import fields_of, required, single_values
from gcsa.emulator.oauth.refusals import OAuthError, json_response
from gcsa.emulator.oauth.secret_values import digest

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response


@endpoint("POST", "/revoke")
def revoke(emulator: Emulator, request: Request) -> Response:
    """Take back an access token together with its refresh token, or the other way round."""
    token = required(single_values({**request.query, **fields_of(request)}), "token")
    hashed = digest(token)
    store = emulator.store
    with store.writing():
        access = store.oauth.access_token(hashed, emulator.clock.milliseconds())
        grant = store.oauth.refresh_grant(hashed)
        if access is not None and access.grant is not None:
            grant = store.oauth.grant(access.grant)
        elif access is not None:
            store.oauth.drop_access_token(hashed)
        if grant is not None and not grant.revoked:
            store.oauth.revoke(grant.key)
        elif access is None:
            raise OAuthError("invalid_token", "Token expired or revoked")
    return json_response({})
