"""`ReadOnlyMirror`: what a mirror has in a file, for programs that ask one question and end."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from gcsa.mirror.calendars import ONLY
from gcsa.mirror.reader import Reader
from gcsa.mirror.reading import Answers
from gcsa.mirror.sqlite_file import SqliteFile, path_of


class ReadOnlyMirror(Answers):
    """A local copy of calendars that answers as `Mirror` does, and cannot be synchronised.

    It is there much sooner, because it loads neither SQLAlchemy nor anything that only writing needs. It belongs to
    the thread that opens it.

    Args:
        file: The database, which is closed with the mirror.
        account: Whose calendars these are.
    """

    def __init__(self, file: SqliteFile, *, account: str = ONLY) -> None:
        self._file = file
        self._account = account

    @classmethod
    def open(cls, url: str, *, account: str = ONLY) -> Self | None:
        """Return the mirror of this address, or None where it takes a `Mirror` to read it.

        That is so of PostgreSQL, and of a database that has yet to be made, or brought to the present version.

        Args:
            url: The database, as for `Mirror`.
            account: Whose calendars these are.

        Raises:
            NewerSchemaError: The database was made by a newer version of gcsa.
            DatabaseError: The database cannot be used.
        """
        path = path_of(url)
        if path is None or not path.exists():
            return None
        file = SqliteFile(path)
        try:
            if file.is_up_to_date():
                return cls(file, account=account)
        except BaseException:
            file.close()
            raise
        file.close()
        return None

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
        """Close the database."""
        self._file.close()

    def __repr__(self) -> str:
        return f"<ReadOnlyMirror {self._file} of {self._account}>"

    def _reading(self) -> AbstractContextManager[Reader]:
        return self._file.asking()
