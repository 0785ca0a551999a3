"""What all parts of a mirror stand on: a database, and the account whose calendars they are about."""

from __future__ import annotations

from gcsa.mirror.database import Database
from gcsa.mirror.listeners import Listeners


class MirrorPart:
    """A part of `Mirror`, which sets these attributes."""

    _database: Database
    _account: str
    _listeners: Listeners
    _page_size: int
