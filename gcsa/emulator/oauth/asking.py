"""What a program asks of a user, as the authorization page receives it.

Reference: https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator.oauth import pkce, redirects
from gcsa.emulator.oauth.forms import required, single_values
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.scopes import read_scopes

if TYPE_CHECKING:
    from gcsa.emulator.http import Query
    from gcsa.emulator.oauth.forms import Form
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.oauth import Client

_PROMPTS = frozenset({"none", "consent", "select_account"})
_LONGEST = 4096


class AccessRequest(msgspec.Struct, frozen=True):
    """An authorization request that may be shown to a user.

    Attributes:
        client: The client's id.
        redirect_uri: Where the answer goes.
        scopes: What is asked for.
        state: What the answer repeats.
        challenge: The PKCE challenge, as it is stored.
        offline: Whether a refresh token is asked for.
        prompt: Which pages are asked for: 'none', 'consent', 'select_account'.
        login_hint: The address that is expected.
        include_granted_scopes: Whether what was granted before is granted again.
    """

    client: str
    redirect_uri: str
    scopes: list[str]
    state: str | None
    challenge: str | None
    offline: bool
    prompt: list[str]
    login_hint: str | None
    include_granted_scopes: bool


def read_access_request(store: Store, query: Query) -> AccessRequest:
    """Read an authorization request.

    A request that is wrong is never answered with a redirect, for where it would lead is not to be trusted either.

    Raises:
        OAuthError: The client is unknown, may not be answered at this address, or asks for what cannot be.
    """
    form = single_values(query)
    if any(len(value) > _LONGEST for value in form.values()):
        raise OAuthError("invalid_request", "Parameter too long")
    client = _client(store, required(form, "client_id"))
    redirect_uri = required(form, "redirect_uri")
    if not redirects.is_allowed(client, redirect_uri):
        raise OAuthError(
            "redirect_uri_mismatch",
            f"The redirect URI in the request, {redirect_uri[:200]}, does not match the ones authorized for the"
            " OAuth client.",
        )
    response_type = required(form, "response_type")
    if response_type != "code":
        raise OAuthError(
            "unsupported_response_type", f"Invalid response_type: {response_type[:40]}"
        )
    return AccessRequest(
        client=client.id,
        redirect_uri=redirect_uri,
        scopes=read_scopes(required(form, "scope")),
        state=form.get("state"),
        challenge=pkce.challenge_of(form.get("code_challenge"), form.get("code_challenge_method")),
        offline=_one_of(form, "access_type", "online", "offline") == "offline",
        prompt=_prompt(form.get("prompt", "")),
        login_hint=form.get("login_hint"),
        include_granted_scopes=_one_of(form, "include_granted_scopes", "false", "true") == "true",
    )


def _client(store: Store, client_id: str) -> Client:
    client = store.oauth.client(client_id)
    if client is None:
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
    return client


def _one_of(form: Form, name: str, default: str, other: str) -> str:
    value = form.get(name, default)
    if value not in (default, other):
        raise OAuthError("invalid_request", f"Invalid parameter value for {name}: {value[:40]}")
    return value


def _prompt(text: str) -> list[str]:
    prompts = text.split()
    # "none: … Must not be specified with other values."
    # https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
    if not _PROMPTS.issuperset(prompts) or ("none" in prompts and len(prompts) > 1):
        raise OAuthError("invalid_request", f"Invalid parameter value for prompt: {text[:40]}")
    return prompts
