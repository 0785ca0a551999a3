"""A mirror's database in a file of SQLite, read with nothing but Python's own module for it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gcsa.mirror.errors import DatabaseError
from gcsa.mirror.reader import Reader
from gcsa.mirror.schema.version import MIRROR

# Addresses of files, without options and escapes, of which versions of SQLAlchemy make different things:
# https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#connect-strings
_URL = re.compile(r"sqlite(?:\+pysqlite)?:///(?!:memory:|file:)([^?%]+)")


class SqliteFile:
    """A file of SQLite that is there already; it is read only. It belongs to the thread that opens it.

    Args:
        path: The file.

    Raises:
        DatabaseError: It is not there, or cannot be used.
    """

    is_sqlite = True

    def __init__(self, path: Path) -> None:
        self._path = path
        # Not mode=ro: who reads first after a crash has to bring what was committed back from the log.
        # https://www.sqlite.org/wal.html#read_only_databases
        address = f"file:{quote(str(path.absolute()))}?mode=rw"
        with self._explained():
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
            self._connection.execute("PRAGMA query_only = ON")

    def __str__(self) -> str:
        return f"sqlite:///{self._path}"

    @contextmanager
    def asking(self) -> Generator[Reader]:
        """A transaction that sees one state of the database throughout.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with self._explained():
            self._connection.execute("BEGIN")
            try:
                yield self
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def rows(self, question: str, **values: object) -> Sequence[tuple[Any, ...]]:
        """Return the rows that answer a question, which is asked within `asking()`."""
        return self._connection.execute(question, values).fetchall()

    def is_up_to_date(self) -> bool:
        """Return whether the tables of a mirror are in it, in their present version.

        Raises:
            NewerSchemaError: They are of a version that is not known here.
            DatabaseError: The file is no database.
        """
        with self.asking() as reader:
            if not reader.rows(
                "SELECT 1 FROM sqlite_master WHERE name = :table", table=MIRROR.table
            ):
                return False
            versions = [
                found for (found,) in reader.rows(f"SELECT version_num FROM {MIRROR.table}")
            ]
        return MIRROR.is_present(versions[0] if versions else None, self)

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except sqlite3.DatabaseError as error:
            # Of its kinds only this one is not about what was asked: the file is broken, or no database.
            if type(error) is not sqlite3.DatabaseError:
                raise
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.Error) -> DatabaseError:
        return DatabaseError(f"The mirror's database {self} cannot be used: {error}")


def path_of(url: str) -> Path | None:
    """Return the path of the file that an address of a mirror is of; None for PostgreSQL, and what is not in a file."""
    match = _URL.fullmatch(url)
    return None if match is None else Path(match[1])
