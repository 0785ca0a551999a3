"""Identifiers in Google's shapes: event ids, etags, links, calendar ids."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each byte stands for the character of its last five bits.
_TO_BASE32HEX = b"0123456789abcdefghijklmnopqrstuv" * 8
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
# "characters allowed in the ID are those used in base32hex encoding, i.e. lowercase letters a-v and digits 0-9;
# the length of the ID must be between 5 and 1024 characters"
# https://developers.google.com/workspace/calendar/api/v3/reference/events#id
_CLIENT_EVENT_ID = re.compile(r"[0-9a-v]{5,1024}", re.ASCII)


class Ids:
    """Where new identifiers come from.

    Args:
        seed: The same seed gives the same identifiers in the same order; None gives unpredictable ones.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random: random.Random = (
            random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311
        )

    def event(self) -> str:
        """Return an event id: 26 characters of base32hex, as Google's are."""
        return self._random.randbytes(26).translate(_TO_BASE32HEX).decode()

    def calendar(self) -> str:
        """Return the id of a secondary calendar, `c_…@group.calendar.google.com`."""
        return f"c_{self._random.randbytes(32).hex()}@group.calendar.google.com"

    def uuid(self) -> str:
        """Return a random UUID."""
        return str(uuid.UUID(bytes=self._random.randbytes(16), version=4))

    def secret(self) -> bytes:
        """Return 32 bytes to sign with."""
        return self._random.randbytes(32)

    def meeting_code(self) -> str:
        """Return a Meet code such as `aaa-bbbb-ccc`."""
        return "-".join(self.text(_LETTERS, length) for length in (3, 4, 3))

    def digits(self, length: int) -> str:
        """Return so many decimal digits."""
        return self.text(_DIGITS, length)

    def text(self, alphabet: Sequence[str], length: int) -> str:
        """Return so many characters out of the alphabet."""
        return "".join(self._random.choices(alphabet, k=length))


def is_client_event_id(text: str) -> bool:
    """Whether a client may give an event this id."""
    return _CLIENT_EVENT_ID.fullmatch(text) is not None


def etag(version: int) -> str:
    """Return the etag of a resource's version, in the shape of Google's: `"3441040886000000"`."""
    return f'"{version}"'


def collection_etag(*parts: int) -> str:
    """Return the etag of a collection, in the shape of Google's: `"p33o851siuf7es0g"`; other numbers, another etag."""
    content = hashlib.blake2b(repr(parts).encode(), digest_size=10).digest()
    return f'"p{base64.b32hexencode(content).decode().lower()}"'


def next_version(now: int, previous: int = 0) -> int:
    """Return the number for a resource's new etag.

    Google's is twice the microseconds of `updated`. A second change within the same millisecond must still have
    another etag, so the number always grows.

    Args:
        now: The clock, in milliseconds.
        previous: The number of the version before.
    """
    return max(now * 2000, previous + 2)


def version_of(tag: str) -> int:
    """Return the number in an etag, 0 if it has none."""
    digits = tag.removeprefix("W/").strip('"')
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def html_link(event_id: str, calendar_id: str) -> str:
    """Return the address of an event in the web's Google Calendar.

    Its `eid` is the base64 of event id and calendar id; in calendar ids of Google's own domains, the domain is
    shortened to its first letter.
    """
    name, _, domain = calendar_id.partition("@")
    short = {"gmail.com": "m", "group.calendar.google.com": "g"}.get(domain)
    calendar = f"{name}@{short}" if short else calendar_id
    eid = base64.urlsafe_b64encode(f"{event_id} {calendar}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={eid}"


def ical_uid(event_id: str) -> str:
    """Return the iCalendar UID of an event that was made here."""
    return f"{event_id}@google.com"
