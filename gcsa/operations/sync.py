"""Incremental synchronisation: all pages of a listing since a sync token, and the token for the next time.

Reference: https://developers.google.com/workspace/calendar/api/guides/sync
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs

from gcsa.changes import Changes
from gcsa.operations.operation import Listing
from gcsa.operations.procedure import Procedure, ask

T = TypeVar("T")


def changes_of(
    listing: Listing[T],
    sync_token: str | None,
    is_deleted: Callable[[T], bool],
    id_of: Callable[[T], str | None],
) -> Procedure[Changes[T]]:
    """Fetch every page since a sync token, and sort out what was deleted.

    Args:
        listing: What to list; its parameters have to be those of the first synchronisation.
        sync_token: Since when; None for everything.
        is_deleted: Tells whether an item stands for a deletion.
        id_of: Returns an item's id.
    """
    first = listing.first
    if sync_token is not None:
        listing = Listing(attrs.evolve(first, params={**first.params, "syncToken": sync_token}))
    items: list[T] = []
    deleted: list[str] = []
    page_token: str | None = None
    while True:
        page = yield from ask(listing.page(page_token))
        for item in page.items:
            identifier = id_of(item)
            if is_deleted(item) and identifier is not None:
                deleted.append(identifier)
            else:
                items.append(item)
        page_token = page.next_page_token
        if page_token is None:
            return Changes(items, deleted, page.next_sync_token or "", full=sync_token is None)
