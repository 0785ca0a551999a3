"""Google's OAuth 2.0 in a box: consent page, tokens, service accounts, revocation and tokeninfo.

Reference: https://developers.google.com/identity/protocols/oauth2
"""

from __future__ import annotations

import importlib

_MODULES = ("authorization", "consent", "revocation", "token", "token_info")


def register() -> None:
    """Import every endpoint, so that it is in the table of routes."""
    for name in _MODULES:
        importlib.import_module(f"{__name__}.{name}")
