"""POST /token: codes, refresh tokens and service accounts' assertions are exchanged for access tokens.

Reference: https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.oauth.code_exchange import exchange_code
from gcsa.emulator.oauth.endpoint import endpoint
from gcsa.emulator.oauth.forms import form_of
from gcsa.emulator.oauth.refreshing import refresh
from gcsa.emulator.oauth.refusals import OAuthError, json_response
from gcsa.emulator.oauth.service_accounts import accept_assertion

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response

_GRANTS = {
    "authorization_code": exchange_code,
    "refresh_token": refresh,
    "urn:ietf:params:oauth:grant-type:jwt-bearer": accept_assertion,
}


@endpoint("POST", "/token")
def token(emulator: Emulator, request: Request) -> Response:
    """Exchange what a client has for an access token."""
    form = form_of(request)
    grant_type = form.get("grant_type", "")
    grant = _GRANTS.get(grant_type)
    if grant is None:
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {grant_type[:80]}")
    return json_response(grant(emulator, request, form))
