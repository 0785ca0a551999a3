"""One page of a listing, with its items as objects."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.frozen
class Page(Generic[T]):
    """One page of a listing.

    Args:
        items: The page's items, in the server's order.
        next_page_token: Asks for the next page; None on the last one.
        next_sync_token: Asks, later, for what has changed since; only the last page has it.
        other: What else the listing says about itself, under Google's own names: `etag`, `summary`,
            `timeZone`, `accessRole`, `defaultReminders` and so on. A value of the wrong type of
            the three keys above is kept here as well.
    """

    items: list[T]
    next_page_token: str | None = None
    next_sync_token: str | None = None
    other: dict[str, Any] = attrs.field(factory=dict[str, Any])
