"""POST /o/oauth2/approval: the user's answer on the consent page.

A page of another site cannot answer in the user's place: the answer carries a token that only the page itself knows,
and that is good for one answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator import routes
from gcsa.emulator.accounts import open_account
from gcsa.emulator.auth import is_address
from gcsa.emulator.oauth import pages
from gcsa.emulator.oauth.approving import answered, approve
from gcsa.emulator.oauth.asking import AccessRequest
from gcsa.emulator.oauth.forms import fields_of
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.secret_values import digest

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response


@routes.endpoint("POST", pages.APPROVAL)
def answer_consent(emulator: Emulator, request: Request) -> Response:
    """Send the browser back to the program: with a code, or with `access_denied`."""
    try:
        return pages.redirect(_decide(emulator, request))
    except OAuthError as error:
        return pages.refusal(error)


def _decide(emulator: Emulator, request: Request) -> str:
    fields = fields_of(request)
    token = digest(fields.get("page", [""])[0])
    store = emulator.store
    now = emulator.clock.milliseconds()
    with store.writing():
        page = store.oauth.page(token, now)
        if page is None:
            raise OAuthError(
                "invalid_request", "This page has been answered already, or was open for too long."
            )
        asked = msgspec.json.decode(page, type=AccessRequest)
        chosen = set(fields.get("scope", []))
        scopes = [scope for scope in asked.scopes if scope in chosen]
        if fields.get("answer") != ["allow"] or not scopes:
            store.oauth.close_page(token)
            return answered(asked, error="access_denied")
        email = (fields.get("other", [""])[0] or fields.get("user", [""])[0]).strip().lower()
        if not is_address(email):
            raise OAuthError("invalid_request", "Choose an account, or type an e-mail address.")
        store.oauth.close_page(token)
        return approve(store, asked, open_account(store, email, now), scopes, now)
