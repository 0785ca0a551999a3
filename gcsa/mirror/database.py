"""The database of a mirror: how it is opened, and its two kinds of transactions."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url, text
from sqlalchemy import exc as sql

from gcsa.mirror.errors import DatabaseError
from gcsa.mirror.reader import Reader

# How long, in seconds, a writer waits for another one on SQLite, which has one at a time.
_PATIENCE = 60

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class Database:
    """A database, safe to share between threads, and between processes unless it is in memory.

    All work is done inside `reading()` or `writing()`.

    Args:
        url: An address as SQLAlchemy knows it, such as `sqlite:///calendars.db` or
            `postgresql://user@host/name`.

    Raises:
        ValueError: It is no address of an SQLite or PostgreSQL database.
    """

    def __init__(self, url: str) -> None:
        self._url = _read_url(url)
        self.is_sqlite = self._url.drivername == "sqlite"
        # In memory there is one connection, and so one transaction at a time.
        self._alone: AbstractContextManager[object] = nullcontext()
        if not self.is_sqlite:
            self._engine = create_engine(self._url, pool_pre_ping=True, hide_parameters=True)
        elif self._is_in_memory:
            self._alone = threading.RLock()
            self._engine = create_engine(
                self._url,
                poolclass=StaticPool,
                connect_args={"check_same_thread": False},
                hide_parameters=True,
            )
        else:
            self._engine = create_engine(
                self._url, connect_args={"timeout": _PATIENCE}, hide_parameters=True
            )
            event.listen(self._engine, "do_connect", self._keep_private)
        if self.is_sqlite:
            _prepare_sqlite(self._engine)
        snapshot = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reader = self._engine.execution_options(**snapshot)
        self._writer = self._engine.execution_options(gcsa_writes=True)

    def __str__(self) -> str:
        return self._url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that sees one state of the database throughout.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with self._alone, self._explained(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def asking(self) -> Generator[Reader]:
        """The same, for questions that are written as text.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with self.reading() as connection:
            yield _Asked(connection)

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction that changes the database, or, when its body raises, leaves it as it was.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with self._alone, self._explained(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close the connections; everything that was committed is in the database."""
        self._engine.dispose()

    @property
    def _is_in_memory(self) -> bool:
        return self._url.database in (None, "", ":memory:")

    def _keep_private(self, *_arguments: object) -> None:
        """Make the file of a new database readable by its owner only: there are people's calendars in it."""
        path = Path(self._url.database or "")
        if path.parent.is_dir() and not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except sql.DBAPIError as error:
            if isinstance(error, (sql.IntegrityError, sql.ProgrammingError, sql.DataError)):
                raise
            raise DatabaseError(
                f"The mirror's database {self} cannot be used: {' '.join(str(error.orig).split())}"
            ) from error


class _Asked:
    """A transaction that answers questions which are written as text."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def is_sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"

    def rows(self, question: str, **values: object) -> Sequence[tuple[Any, ...]]:
        return self._connection.execute(_statement(question), values).all()


_statement = lru_cache(maxsize=128)(text)


def _read_url(address: str) -> URL:
    try:
        url = make_url(address)
    except sql.ArgumentError:
        url = None
    driver = None if url is None else _DRIVERS.get(url.drivername)
    if url is None or driver is None:
        # Without the address: there may be a password in it.
        raise ValueError(
            "A mirror is kept in SQLite or PostgreSQL: give an address such as"
            " 'sqlite:///calendars.db' or 'postgresql://user@host/name'."
        )
    return url.set(drivername=driver)


def _prepare_sqlite(engine: Engine) -> None:
    def connected(connection: SqliteConnection, _record: object) -> None:
        # Transactions begin where we say so: Python's module would begin them at the first change only.
        # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        # With less, what was committed could be gone after a power failure, while somebody has read it in the feed.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")

    def began(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        # A transaction that reads first and writes later could find that somebody else wrote in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("gcsa_writes") else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
