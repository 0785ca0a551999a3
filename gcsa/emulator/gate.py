"""Who may talk to a served emulator: requests that are meant for it, and browsers only from pages of this machine.

Its tokens are no secrets, so a page of the web that a developer happens to visit must not reach it: neither by a name
that its owner lets point to this machine (DNS rebinding), nor by a request across origins.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What a browser's page of this machine has for an origin; see starlette's CORSMiddleware.
LOCAL_ORIGIN = r"https?://(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?"


def is_loopback(host: str) -> bool:
    """Whether a name or an address is that of this machine, seen from itself."""
    host = host.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    return address is not None and address.is_loopback


class Gate:
    """The rule by which requests are let in.

    Args:
        host: The name or address that is listened on. On the loopback, the names of the loopback are right; elsewhere
            any address is, for only names can be made to point here by somebody else.
        names: Other names that the server is reached by.
    """

    def __init__(self, host: str, names: Iterable[str] = ()) -> None:
        self._is_remote = not is_loopback(host)
        self._names = {name.strip("[]").lower() for name in (host, *names)}
        if self._is_remote:
            self._names.add(socket.gethostname().lower())

    def check(self, headers: Mapping[str, str]) -> None:
        """Let a request in.

        Args:
            headers: Its headers, with names in lower case.

        Raises:
            ApiError: 421, it is meant for another server; 403, a page of the web sent it.
        """
        host = headers.get("host", "")
        if not self._is_own(_name_of(host)):
            raise ApiError(
                421,
                "misdirectedRequest",
                f"This emulator is not {host[:100]!r}: address it as localhost or 127.0.0.1, or start it with"
                " --allow-host to let it answer to another name.",
                location="Host",
                location_type="header",
            )
        origin = headers.get("origin")
        if origin is not None:
            if not self._is_own(_name_in(origin)):
                raise _foreign_page(origin)
        elif (
            headers.get("sec-fetch-site") == "cross-site"
            and headers.get("sec-fetch-mode") != "navigate"
        ):
            raise _foreign_page("another site")

    def _is_own(self, name: str) -> bool:
        if name in self._names or is_loopback(name):
            return True
        return self._is_remote and _address(name) is not None


def _foreign_page(origin: str) -> ApiError:
    return ApiError(
        403,
        "forbidden",
        f"A page of {origin[:100]} may not use this emulator: only pages of this machine may.",
        location="Origin",
        location_type="header",
    )


def _name_of(host: str) -> str:
    """Return the name in a Host header, without the port."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _name_in(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
