"""Scopes: what a client asks to be allowed, and what a token already allows.

Reference: https://developers.google.com/workspace/calendar/api/auth
"""

from __future__ import annotations

from collections.abc import Iterable

_PREFIX = "https://www.googleapis.com/auth/"
CALENDAR = f"{_PREFIX}calendar"
READ_ONLY = f"{CALENDAR}.readonly"
# Who shares a calendar with whom is the one thing that the scope for reading everything does not show:
# https://developers.google.com/workspace/calendar/api/v3/reference/acl/list
_NOT_FOR_READERS = f"{CALENDAR}.acls.readonly"


def asked_scopes(scopes: str | Iterable[str] | None, read_only: bool) -> tuple[str, ...]:
    """Return the scopes that a client asks for.

    Args:
        scopes: Names, whole or from `calendar` on (`'calendar.events'`); None for everything.
        read_only: Whether to ask for reading only, instead.

    Raises:
        ValueError: Both are given, or no scope at all.
    """
    if scopes is None:
        return (READ_ONLY,) if read_only else (CALENDAR,)
    if read_only:
        raise ValueError("Give either read_only or scopes, not both.")
    names = scopes.split() if isinstance(scopes, str) else list(scopes)
    if not names:
        raise ValueError("scopes is empty: name at least one, such as 'calendar.events.readonly'.")
    return tuple(dict.fromkeys(_whole(name) for name in names))


def missing_scopes(asked: Iterable[str], granted: Iterable[str]) -> list[str]:
    """Return what is asked for and not covered by what was granted."""
    have = frozenset(granted)
    return [scope for scope in asked if not _is_covered(scope, have)]


def _is_covered(scope: str, granted: frozenset[str]) -> bool:
    if scope in granted:
        return True
    if not scope.startswith(f"{CALENDAR}."):
        return False
    # Every method that takes a narrower scope of the calendar takes the widest one as well.
    if CALENDAR in granted:
        return True
    if not scope.endswith(".readonly"):
        return False
    return scope.removesuffix(".readonly") in granted or (
        READ_ONLY in granted and scope != _NOT_FOR_READERS
    )


def _whole(name: str) -> str:
    return f"{_PREFIX}{name}" if name == "calendar" or name.startswith("calendar.") else name
