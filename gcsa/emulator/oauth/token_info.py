"""GET and POST /tokeninfo: what an access token stands for.

Reference: https://developers.google.com/identity/sign-in/web/backend-auth#calling-the-tokeninfo-endpoint
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.oauth.endpoint import endpoint
from gcsa.emulator.oauth.forms import fields_of, required, single_values
from gcsa.emulator.oauth.refusals import OAuthError, json_response
from gcsa.emulator.oauth.scopes import EMAIL_SCOPES
from gcsa.emulator.oauth.secret_values import digest

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response


def token_info(emulator: Emulator, request: Request) -> Response:
    """Describe an access token that this server handed out and that is still good."""
    token = required(single_values({**request.query, **fields_of(request)}), "access_token")
    store = emulator.store
    now = emulator.clock.milliseconds()
    with store.reading():
        access = store.oauth.access_token(digest(token), now)
        user = None if access is None else store.users.by_key(access.user)
        refreshable = access is not None and store.oauth.has_refresh_token(
            access.client, access.user
        )
    if access is None or user is None:
        raise OAuthError("invalid_token", "Invalid Value")
    answer = {
        "azp": access.client,
        "aud": access.client,
        "sub": str(10**20 + user.key),
        "scope": access.scopes,
        "exp": str(access.expires // 1000),
        "expires_in": str((access.expires - now) // 1000),
    }
    if not EMAIL_SCOPES.isdisjoint(access.scopes.split()):
        answer |= {"email": user.email, "email_verified": "true"}
    return json_response({**answer, "access_type": "offline" if refreshable else "online"})


for _path in ("/tokeninfo", "/oauth2/v3/tokeninfo"):
    endpoint("GET", _path)(token_info)
    endpoint("POST", _path)(token_info)
