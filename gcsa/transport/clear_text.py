"""Tokens travel encrypted, or not at all: which servers may be sent one over plain HTTP."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from google.auth.credentials import AnonymousCredentials, Credentials

# What an emulator takes for the account itself; nobody else takes it for anything.
_NO_SECRET = re.compile(r"emulator|[^@\s]+@[^@\s]+")


def refuse_clear_text(endpoint: str, credentials: Credentials) -> None:
    """Refuse an endpoint to which a token would travel where others can read it.

    Over plain HTTP go tokens to this machine, tokens to the very server that gives them out (an emulator in a
    container, say), and what is no secret: the address of an account of an emulator.

    Args:
        endpoint: The server that the calls go to.
        credentials: Whose token goes with them.

    Raises:
        ValueError: The token would be read on the way.
    """
    server = urlsplit(endpoint)
    if server.scheme == "https" or is_this_machine(server.hostname or ""):
        return
    if isinstance(credentials, AnonymousCredentials) or _is_no_secret(credentials):
        return
    if any(_is_same_server(server, urlsplit(uri)) for uri in _token_servers(credentials)):
        return
    raise ValueError(
        f"A token would travel to {server.netloc.rpartition('@')[2]} unencrypted, and whoever is on the way could read"
        " it. Use an https address, or one of this machine, such as http://127.0.0.1:8085; an emulator elsewhere needs"
        " no credentials, or its own."
    )


def is_this_machine(host: str) -> bool:
    """Tell whether a name or an address is that of this machine, seen from itself."""
    # https://datatracker.ietf.org/doc/html/rfc6761#section-6.3
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_no_secret(credentials: Credentials) -> bool:
    token = getattr(credentials, "token", None)
    can_get_another = any(
        getattr(credentials, name, None) is not None
        for name in ("refresh_token", "refresh_handler", "service_account_email")
    )
    return isinstance(token, str) and not can_get_another and bool(_NO_SECRET.fullmatch(token))


def _token_servers(credentials: Credentials) -> list[str]:
    # google-auth has it on a user's credentials under the first name, on a service account's under the second.
    found = (getattr(credentials, name, None) for name in ("token_uri", "_token_uri"))
    return [uri for uri in found if isinstance(uri, str)]


def _is_same_server(one: SplitResult, other: SplitResult) -> bool:
    return (one.scheme, one.netloc.lower()) == (other.scheme, other.netloc.lower())
