"""Functions that are told of changes, once these are in the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from gcsa.mirror import feed
from gcsa.mirror.database import Database
from gcsa.mirror.feed import Change, Recorded

log = logging.getLogger(__name__)

Listener: TypeAlias = Callable[[Change], object]
L = TypeVar("L", bound=Listener)

# How many changes are in memory at once.
_AT_A_TIME = 500


class Listeners:
    """The listeners of a mirror.

    Args:
        database: Where the changes are read from.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[Listener] = []

    def add(self, listener: L) -> L:
        """Add a listener, and return it."""
        self._listeners.append(listener)
        return listener

    def tell(self, recorded: Recorded) -> None:
        """Tell every listener of changes, in their order. A listener that fails is passed over, and logged."""
        if not self._listeners:
            return
        after = recorded.after
        while after < recorded.until:
            with self._database.reading() as connection:
                changes = feed.read(connection, after=after, until=recorded.until, limit=_AT_A_TIME)
            if not changes:
                return
            for change in changes:
                self._tell(change)
            after = changes[-1].cursor

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:
                log.exception("A listener failed on %s of %s", change.kind, change.event_id)
