"""Page tokens and sync tokens: opaque to clients, signed, so that one from elsewhere is known as such."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNATURE_BYTES = 8
# How old a sync token or updatedMin may be, in milliseconds. Deleted events "will eventually disappear", says
# https://developers.google.com/workspace/calendar/api/v3/reference/events#status , but not when: four weeks are ours.
KEPT_CHANGES: Final = 28 * 86_400_000


class PageToken(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """Where the next page begins.

    Attributes:
        query: The fingerprint of the listing: a page of another one is no page of this.
        after: The place in the order of the last item that was sent.
        until: The sequence of changes when the first page was asked for: a sync token of the last page counts
            from there.
        horizon: The end of what is expanded, in seconds since 1970, as on the first page.
    """

    query: str
    after: tuple[int, ...]
    until: int
    horizon: int


class SyncToken(msgspec.Struct, frozen=True, array_like=True, tag="s"):
    """What a client has seen.

    Attributes:
        collection: The fingerprint of what it is a listing of.
        change: The last change that it has seen.
        issued: When, in milliseconds.
    """

    collection: str
    change: int
    issued: int


Token = TypeVar("Token", PageToken, SyncToken)


def write_token(token: PageToken | SyncToken, secret: bytes) -> str:
    """Return the text of a token."""
    content = msgspec.msgpack.encode(token)
    return base64.urlsafe_b64encode(content + _signature(content, secret)).decode().rstrip("=")


def read_token(text: str, kind: type[Token], secret: bytes) -> Token | None:
    """Return what a token says; None for one that was not written here, or is of the other kind."""
    try:
        signed = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        content, signature = signed[:-_SIGNATURE_BYTES], signed[-_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, _signature(content, secret)):
            return None
        return msgspec.msgpack.decode(content, type=kind)
    except (ValueError, msgspec.DecodeError):
        return None


def fingerprint(parts: Sequence[object]) -> str:
    """Return a short text that is the same only for the same parts."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=6).hexdigest()


def _signature(content: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, content, hashlib.sha256)[:_SIGNATURE_BYTES]
