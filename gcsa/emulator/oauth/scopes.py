"""Scopes: what a token may be for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gcsa.emulator.contract import contract
from gcsa.emulator.oauth.refusals import OAuthError

if TYPE_CHECKING:
    from collections.abc import Iterable

CALENDAR = "https://www.googleapis.com/auth/calendar"
EMAIL_SCOPES = frozenset({"email", "https://www.googleapis.com/auth/userinfo.email"})
# https://developers.google.com/identity/protocols/oauth2/scopes#openid-connect
_OPENID = frozenset(
    {"openid", "email", "profile", "https://www.googleapis.com/auth/userinfo.profile"}
)
# Programs ask for Drive, Gmail and the rest together with Calendar; here such a scope is granted and opens nothing.
_GOOGLE_SCOPE = re.compile(
    r"https://(www\.googleapis\.com/auth/[a-z][\w.-]{0,80}|www\.google\.com/[\w./-]{1,80}|mail\.google\.com/)",
    re.ASCII,
)
_MOST_SCOPES = 100


@cache
def calendar_scopes() -> frozenset[str]:
    """Return every scope that a method of the Calendar API asks for."""
    return frozenset(scope for method in contract().methods.values() for scope in method.scopes)


def read_scopes(text: str) -> list[str]:
    """Return the scopes in a text, in order, each once.

    Args:
        text: Scopes, separated by spaces.

    Raises:
        OAuthError: `invalid_scope`, for none at all, and for what is no scope of Google's.
    """
    scopes = list(dict.fromkeys(text.split()))
    unknown = [scope for scope in scopes if not _is_scope(scope)]
    if unknown or not scopes or len(scopes) > _MOST_SCOPES:
        raise OAuthError(
            "invalid_scope",
            f"Some requested scopes were invalid. {{invalid=[{', '.join(unknown)[:200]}]}}",
        )
    return scopes


def write_scopes(scopes: Iterable[str]) -> str:
    """Return scopes as one text."""
    return " ".join(scopes)


def _is_scope(scope: str) -> bool:
    return (
        scope in calendar_scopes()
        or scope in _OPENID
        or scope in EMAIL_SCOPES
        or _GOOGLE_SCOPE.fullmatch(scope) is not None
    )
