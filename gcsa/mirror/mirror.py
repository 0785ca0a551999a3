"""`Mirror`: calendars kept at hand, always catching up, and answered from a database of one's own."""

from __future__ import annotations

import copy
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self
from weakref import WeakKeyDictionary

from gcsa.mirror.calendars import ONLY
from gcsa.mirror.database import Database
from gcsa.mirror.filling import Filling
from gcsa.mirror.following import Following
from gcsa.mirror.listeners import Listeners
from gcsa.mirror.pages import LARGEST_PAGE
from gcsa.mirror.reader import Reader
from gcsa.mirror.reading import Answers
from gcsa.mirror.schema.migrate import migrate


class Mirror(Filling, Answers, Following):
    """A local copy of calendars, to be asked instead of Google.

    ::

        with Mirror("sqlite:///calendars.db") as mirror:
            mirror.sync(calendar)
            for event in mirror.events("primary", date(2030, 1, 7), date(2030, 1, 14)):
                print(event)

    The tables are made and brought up to date by itself. It is safe to share between threads; several processes, on
    several machines with PostgreSQL, may use the same database.

    Args:
        url: The database, as SQLAlchemy writes it: `sqlite:///calendars.db`, with four slashes for an absolute path, or
            `postgresql://user:password@host/name`. In memory: `sqlite://`.
        account: Whose calendars these are. What one user sees of a calendar is not what another one sees, so the copies
            of several users in the same database are kept apart by any name that you give them.
        page_size: How many events are asked for, and stored in one transaction, at a time: at most 2500.

    Raises:
        ValueError: The address is not one of SQLite or PostgreSQL, or `page_size` is out of range.
        NewerSchemaError: The database was made by a newer version of gcsa.
        DatabaseError: The database cannot be reached or opened.
    """

    def __init__(
        self,
        url: str = "sqlite:///calendars.db",
        *,
        account: str = ONLY,
        page_size: int = LARGEST_PAGE,
    ) -> None:
        if not 1 <= page_size <= LARGEST_PAGE:
            raise ValueError(f"page_size must be from 1 to {LARGEST_PAGE}, not {page_size}.")
        self._database = Database(url)
        self._account = account
        self._page_size = page_size
        self._listeners = Listeners(self._database)
        self._primaries = WeakKeyDictionary()
        try:
            migrate(self._database)
        except BaseException:
            self._database.close()
            raise

    def of(self, account: str) -> Mirror:
        """Return the mirror of another account's calendars in the same database, with the same listeners.

        Args:
            account: Any name, such as the user's e-mail address.
        """
        other = copy.copy(self)
        other._account = account
        other._primaries = WeakKeyDictionary()
        return other

    @property
    def account(self) -> str:
        """Whose calendars these are."""
        return self._account

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the database."""
        self._database.close()

    def _reading(self) -> AbstractContextManager[Reader]:
        return self._database.asking()

    def __repr__(self) -> str:
        return f"<Mirror {self._database} of {self._account}>"
