"""Texts that a database can hold: neither SQLite nor PostgreSQL has a place for every text that JSON can say."""

from __future__ import annotations


def is_storable(text: str) -> bool:
    """Whether a database can hold a text: it has no NUL, and no half of a character."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """Return a text without what a database cannot hold."""
    return text.replace("\0", "").encode(errors="replace").decode()
