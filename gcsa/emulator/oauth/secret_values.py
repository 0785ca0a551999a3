"""Secrets: made from the system's randomness, also where the emulator's ids are seeded, and kept as hashes.

The prefixes are Google's, so that programs that tell tokens apart by them (secret scanners, log filters) see what they
know.
"""

from __future__ import annotations

import hashlib
import secrets


def digest(secret: str) -> bytes:
    """Return the hash under which a secret is stored."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).digest()


def new_access_token() -> str:
    """Return a new access token."""
    return f"ya29.{secrets.token_urlsafe(48)}"


def new_refresh_token() -> str:
    """Return a new refresh token."""
    return f"1//0{secrets.token_urlsafe(48)}"


def new_code() -> str:
    """Return a new authorization code."""
    return f"4/0A{secrets.token_urlsafe(48)}"


def new_client_secret() -> str:
    """Return a new client secret."""
    return f"GOCSPX-{secrets.token_urlsafe(21)}"


def new_page_token() -> str:
    """Return the token of a consent page."""
    return secrets.token_urlsafe(32)
