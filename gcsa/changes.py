"""What has changed since a moment that a sync token stands for."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.frozen
class Changes(Generic[T]):
    """The answer of `get_event_changes` and the other `get_…_changes`.

    Args:
        items: What was added or changed, in the server's order.
        deleted: The ids of what was deleted.
        next_sync_token: What to give the next time, to see only what changes from now on.
        full: Whether this is everything there is, because no sync token was given.
    """

    items: list[T]
    deleted: list[str]
    next_sync_token: str
    full: bool
