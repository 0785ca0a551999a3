"""Where a browser may be sent with an authorization code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gcsa.emulator.store.oauth import Client

# A backslash, a blank or a control character is read differently by different browsers.
_PLAIN = re.compile(r"[!-\[\]-~]{1,2000}", re.ASCII)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_allowed(client: Client, redirect_uri: str) -> bool:
    """Whether a client may have its codes sent to this address.

    A web client's address is one of those it registered, character for character; an installed program's is any port
    and path of this machine.

    Reference: https://developers.google.com/identity/protocols/oauth2/native-app#redirect-uri_loopback
    """
    if client.kind == "web":
        return redirect_uri in client.redirect_uris.splitlines()
    return is_loopback(redirect_uri)


def is_loopback(uri: str) -> bool:
    """Whether an address is one of this machine, in plain HTTP and with nothing odd about it."""
    if _PLAIN.fullmatch(uri) is None:
        return False
    try:
        parts = urlsplit(uri)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme == "http"
        and parts.hostname in _LOOPBACK
        and parts.username is None
        and port_is_fine
        and "#" not in uri
    )


def is_registrable(uri: str) -> bool:
    """Whether a web client may register an address: https anywhere, or http on this machine.

    Reference: https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation
    """
    if is_loopback(uri):
        return True
    if _PLAIN.fullmatch(uri) is None:
        return False
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and bool(parts.hostname)
        and parts.username is None
        and "#" not in uri
    )


def with_parameters(redirect_uri: str, parameters: Mapping[str, str]) -> str:
    """Return a redirect address with the answer's parameters added to its query."""
    separator = "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{separator}{urlencode(parameters)}"
