"""A user's yes becomes a grant, and an authorization code for it.

Reference: https://developers.google.com/identity/protocols/oauth2/web-server#handlingresponse
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.oauth.redirects import with_parameters
from gcsa.emulator.oauth.scopes import write_scopes
from gcsa.emulator.oauth.secret_values import digest, new_code
from gcsa.emulator.store.oauth import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcsa.emulator.oauth.asking import AccessRequest
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User

# https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2 recommends ten minutes at the most.
_CODE_LIFE = 600_000


def approve(store: Store, asked: AccessRequest, user: User, scopes: Sequence[str], now: int) -> str:
    """Note what a user allows, and return the address with the code that the browser is sent to.

    Needs a writing transaction.

    Args:
        store: The database.
        asked: What was asked.
        user: Who allows it.
        scopes: What is allowed.
        now: The time, in milliseconds.
    """
    client = store.oauth.client(asked.client)
    is_web = client is not None and client.kind == "web"
    if is_web and asked.include_granted_scopes:
        earlier = (text.split() for text in store.oauth.granted_scopes(asked.client, user.key))
        scopes = list(dict.fromkeys([*scopes, *(one for text in earlier for one in text)]))
    # "Note that refresh tokens are always returned for installed applications."
    # https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code
    # A web client gets one for its first offline access, and again when it asks for consent.
    # https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code
    refreshable = not is_web or (
        asked.offline
        and ("consent" in asked.prompt or not store.oauth.has_refresh_token(asked.client, user.key))
    )
    granted = write_scopes(scopes)
    grant = store.oauth.add_grant(asked.client, user.key, granted, now)
    code = new_code()
    store.oauth.add_code(
        digest(code),
        Code(grant, asked.redirect_uri, asked.challenge, refreshable, now + _CODE_LIFE, False),
    )
    return answered(asked, code=code, scope=granted)


def answered(asked: AccessRequest, **answer: str) -> str:
    """Return the address that the browser is sent to with an answer, and with the state that was asked with."""
    state = {} if asked.state is None else {"state": asked.state}
    return with_parameters(asked.redirect_uri, {**state, **answer})
