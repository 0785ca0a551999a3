"""Who is asking: the account behind a request's token, and what the token allows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.errors import ApiError
from gcsa.emulator.oauth.secret_values import digest
from gcsa.emulator.store.users import User

if TYPE_CHECKING:
    from gcsa.emulator.http import Request
    from gcsa.emulator.store import Store

# The token that is the default user's: what a client sends when it knows nothing but where the emulator is.
DEFAULT_USER_TOKEN = "emulator"  # noqa: S105 (not a secret: it opens nothing but an emulator)
_ADDRESS = re.compile(r"[^@\s/?#<>,;:\"\\()\[\]]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)


class Identity(NamedTuple):
    """Who asks.

    Attributes:
        user: The account.
        scopes: What the token allows; None is everything.
    """

    user: User
    scopes: frozenset[str] | None = None


# Who asks with a key alone: nobody that a calendar could be shared with, but as a part of the public.
NOBODY = Identity(User(0, ""))
_PUBLIC_METHODS = frozenset(
    {
        "calendar.calendars.get",
        "calendar.colors.get",
        "calendar.events.get",
        "calendar.events.instances",
        "calendar.events.list",
        "calendar.freebusy.query",
    }
)


def token_of(request: Request) -> str | None:
    """Return the token that a request carries, in its header or, as Google also takes it, in its query."""
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, token = header.strip().partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise ApiError.invalid_credentials()
        return token.strip()
    for name in ("access_token", "oauth_token"):
        if values := request.query.get(name):
            return values[0]
    return None


def is_by_key(request: Request, method: str) -> bool:
    """Whether a request without a token is one that a program's own key is enough for: to read what is public.

    "Your API key identifies your project and provides you with API access […]. Required unless you provide an OAuth 2.0
    token." https://developers.google.com/workspace/calendar/api/v3/reference

    Args:
        request: The request; any key is good.
        method: The id of the method that it calls.
    """
    return method in _PUBLIC_METHODS and bool(request.query.get("key", [""])[0])


def is_address(token: str) -> bool:
    """Whether a token is an e-mail address, which is that user at once."""
    return len(token) <= 320 and _ADDRESS.fullmatch(token) is not None


def identity_of(store: Store, token: str | None, default_user: str, now: int) -> Identity | str:
    """Return who a token stands for, or the address of an account that has to be opened for it first.

    Args:
        store: The database.
        token: The token; None when the request has none.
        default_user: Whom the token `emulator` stands for.
        now: The time, in milliseconds.

    Raises:
        ApiError: 401, for no token, or one that is neither an address nor, at this time, known.
    """
    if token is None:
        raise ApiError.login_required()
    if token == DEFAULT_USER_TOKEN:
        token = default_user
    if is_address(token):
        address = token.lower()
        user = store.users.by_email(address)
        return address if user is None else Identity(user)
    access = store.oauth.access_token(digest(token), now)
    user = None if access is None else store.users.by_key(access.user)
    if access is None or user is None:
        raise ApiError.invalid_credentials()
    return Identity(user, frozenset(access.scopes.split()))
