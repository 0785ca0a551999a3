"""Tokens, as they are handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.oauth.secret_values import digest, new_access_token
from gcsa.emulator.store.oauth import AccessToken

if TYPE_CHECKING:
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.oauth import Grant

# https://developers.google.com/identity/protocols/oauth2/service-account#httprest ("expires_in": 3600)
ACCESS_TOKEN_SECONDS = 3600

TokenAnswer = dict[str, str | int]


def issue_access_token(
    store: Store, *, client: str, user: int, scopes: str, grant: int | None, now: int
) -> TokenAnswer:
    """Make an access token and return the token server's answer with it. Needs a writing transaction.

    Args:
        store: The database.
        client: The id of the client, or the address of the service account, that asks.
        user: The key of the user whose access it is.
        scopes: What it allows, separated by spaces.
        grant: The number of the grant behind it.
        now: The time, in milliseconds.
    """
    token = new_access_token()
    expires = now + ACCESS_TOKEN_SECONDS * 1000
    store.oauth.add_access_token(
        digest(token), AccessToken(client, user, scopes, expires, grant), now
    )
    return {
        "access_token": token,
        "expires_in": ACCESS_TOKEN_SECONDS,
        "scope": scopes,
        "token_type": "Bearer",
    }


def issue_for_grant(store: Store, grant: Grant, scopes: str, now: int) -> TokenAnswer:
    """Make an access token for what a user has granted. Needs a writing transaction."""
    return issue_access_token(
        store, client=grant.client, user=grant.user, scopes=scopes, grant=grant.key, now=now
    )
