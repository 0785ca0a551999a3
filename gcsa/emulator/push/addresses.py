"""Where notifications may be sent."""

from __future__ import annotations

import ipaddress

import httpx2

from gcsa.emulator.errors import ApiError

# Longer than browsers and servers take; a limit to what is stored.
_LONGEST = 2048


def check_address(address: str, *, allow_remote: bool) -> None:
    """Check that notifications may be sent to an address.

    Google wants https. Here http will do on this machine, which on the other hand is the only one that notifications
    are sent to: an emulator must not be a way to send requests to somebody else's hosts.

    Args:
        address: The address, as a client gave it.
        allow_remote: Whether other machines are allowed.

    Raises:
        ApiError: 400, it is not an https address; 401, it is on a machine that is not allowed.
    """
    url = _parsed(address)
    is_local = _is_loopback(url)
    if url.scheme != "https" and not (url.scheme == "http" and is_local):
        # https://cloud.google.com/storage/docs/json_api/v1/status-codes names the reason; the sentence is the one that
        # programs look for.
        raise ApiError(400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {address}")
    if not is_local and not allow_remote:
        # What Google says of a domain that is not verified to be the caller's:
        # https://stackoverflow.com/questions/40156523
        raise ApiError(
            401, "push.webhookUrlUnauthorized", f"Unauthorized WebHook callback channel: {address}"
        )


def may_be_sent_to(address: str, *, allow_remote: bool) -> bool:
    """Whether notifications may be sent to an address that was accepted once, under the rules of today."""
    try:
        check_address(address, allow_remote=allow_remote)
    except ApiError:
        return False
    return True


def _parsed(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        url = httpx2.URL("")
    if not url.scheme or not url.raw_host or len(address) > _LONGEST:
        # https://cloud.google.com/storage/docs/json_api/v1/status-codes
        raise ApiError(
            400,
            "push.webhookUrlNoHostOrAddress",
            f"WebHook callback is not a valid URL: {address[:100]}",
        )
    return url


def _is_loopback(url: httpx2.URL) -> bool:
    # As it will be sent: read by the same parser, and no name but the one that always means this machine.
    host = url.raw_host.decode("ascii").removeprefix("[").removesuffix("]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
