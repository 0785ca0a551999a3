"""GET /o/oauth2/auth: the page on which a user is asked to let a program at the calendars.

Reference: https://developers.google.com/identity/protocols/oauth2/native-app#step-2:-send-a-request-to-googles-oauth-2.0-server
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator import routes
from gcsa.emulator.oauth import pages
from gcsa.emulator.oauth.approving import answered, approve
from gcsa.emulator.oauth.asking import read_access_request
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.secret_values import digest, new_page_token

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response
    from gcsa.emulator.oauth.asking import AccessRequest

# How long a page may stay open before it is answered, in milliseconds.
_PAGE_LIFE = 600_000


def authorize(emulator: Emulator, request: Request) -> Response:
    """Show what a program asks for, and ask as whom to allow it."""
    store = emulator.store
    try:
        with store.reading():
            asked = read_access_request(store, request.query)
    except OAuthError as error:
        return pages.refusal(error)
    if "none" in asked.prompt:
        return _without_asking(emulator, asked)
    now = emulator.clock.milliseconds()
    token = new_page_token()
    with store.writing():
        store.oauth.add_page(digest(token), msgspec.json.encode(asked), now + _PAGE_LIFE, now)
        users = store.users.emails()
    return pages.consent(asked, token, pages.choices(users, emulator.default_user, asked))


def _without_asking(emulator: Emulator, asked: AccessRequest) -> Response:
    """Answer `prompt=none`: with a code where the same was allowed before, otherwise with an error.

    Reference: https://openid.net/specs/openid-connect-core-1_0.html#AuthError
    """
    store = emulator.store
    now = emulator.clock.milliseconds()
    with store.writing():
        user = store.users.by_email((asked.login_hint or "").lower())
        if user is None:
            return pages.redirect(answered(asked, error="login_required"))
        granted = store.oauth.granted_scopes(asked.client, user.key)
        if not any(set(asked.scopes) <= set(scopes.split()) for scopes in granted):
            return pages.redirect(answered(asked, error="consent_required"))
        return pages.redirect(approve(store, asked, user, asked.scopes, now))


for _path in ("/o/oauth2/auth", "/o/oauth2/v2/auth"):
    routes.endpoint("GET", _path)(authorize)
