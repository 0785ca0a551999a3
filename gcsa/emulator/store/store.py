"""The database: its connection, its transactions, and its tables."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from gcsa.emulator.store import image
from gcsa.emulator.store.calendars import Calendars
from gcsa.emulator.store.channels import Channels
from gcsa.emulator.store.conferences import Conferences
from gcsa.emulator.store.events import Events
from gcsa.emulator.store.former_series import FormerSeries
from gcsa.emulator.store.groups import Groups
from gcsa.emulator.store.invitations import Invitations
from gcsa.emulator.store.lists import Lists
from gcsa.emulator.store.mails import Mails
from gcsa.emulator.store.meta import Meta
from gcsa.emulator.store.oauth import OAuth
from gcsa.emulator.store.reminders import StoredReminders
from gcsa.emulator.store.rules import Rules
from gcsa.emulator.store.schema import APPLICATION_ID, SCHEMA, VERSION
from gcsa.emulator.store.settings import StoredSettings
from gcsa.emulator.store.users import Users

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

# How long a writer waits for another process, in milliseconds.
_BUSY_TIMEOUT = 30_000


class Store:
    """One SQLite database, safe to share between threads, and between processes when it is a file.

    All work happens inside `reading()` or `writing()`; one transaction runs at a time.

    Args:
        database: A path, or ":memory:".

    Raises:
        ValueError: The file is not a database of this emulator, or of a newer version of it.
        OSError: The file cannot be opened or written.
    """

    def __init__(self, database: str | os.PathLike[str] = ":memory:") -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._after_commit: list[Callable[[], None]] = []
        try:
            self.connection = sqlite3.connect(
                os.fspath(database),
                timeout=_BUSY_TIMEOUT / 1000,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
            )
        except sqlite3.OperationalError as error:
            raise _unusable(database, error) from error
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            self.connection.close()
            raise _unusable(database, error) from error
        except sqlite3.DatabaseError as error:
            self.connection.close()
            raise ValueError(
                f"{os.fspath(database)} is not a calendar database: {error}"
            ) from error
        except ValueError:
            self.connection.close()
            raise
        # A script may drop its emulator without closing it; from Python 3.13 on, an open connection would be warned of.
        self._close = weakref.finalize(self, _close, self._lock, self.connection)
        self.meta = Meta(self.connection)
        self.users = Users(self.connection)
        self.groups = Groups(self.connection)
        self.settings = StoredSettings(self.connection)
        self.calendars = Calendars(self.connection)
        self.lists = Lists(self.connection)
        self.rules = Rules(self.connection)
        self.mails = Mails(self.connection)
        self.events = Events(self.connection)
        self.invitations = Invitations(self.connection)
        self.former_series = FormerSeries(self.connection)
        self.reminders = StoredReminders(self.connection)
        self.conferences = Conferences(self.connection)
        self.oauth = OAuth(self.connection)
        self.channels = Channels(self.connection)

    def close(self) -> None:
        """Close the database; everything that was committed is in it."""
        self._close()

    def snapshot(self) -> bytes:
        """Return everything as it is now, to `restore` it later: the bytes of a database file.

        Raises:
            RuntimeError: A transaction is running in this thread.
        """
        with self._alone():
            return image.take(self.connection)

    def restore(self, snapshot: bytes) -> None:
        """Make everything as it was when a snapshot was taken.

        Raises:
            ValueError: The bytes are no snapshot, or one of another version of the emulator; nothing has changed then.
            RuntimeError: A transaction is running in this thread.
        """
        with self._alone():
            image.put(self.connection, snapshot)

    def clear(self) -> None:
        """Delete everything. Needs a writing transaction."""
        image.empty(self.connection)

    @contextmanager
    def reading(self) -> Generator[None]:
        """A transaction that sees one state of the database throughout."""
        with self._lock:
            if self._depth:  # the transaction around this one sees one state already
                yield
                return
            with self._transaction("BEGIN"):
                yield

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that changes the database, or, when its body raises, leaves it as it was.

        Inside another transaction it is a part of that one, but is still undone by itself.
        """
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def looking(self) -> Generator[None]:
        """The database for single questions, each of which may see another state: cheaper than a transaction."""
        with self._lock:
            yield

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the running transaction is on disk; not at all when it is undone."""
        self._after_commit.append(action)

    @contextmanager
    def _alone(self) -> Generator[None]:
        with self._lock:
            if self._depth:
                raise RuntimeError("the database cannot be copied within a transaction")
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Generator[None]:
        with self._lock:
            execute = self.connection.execute
            level = self._depth
            planned = len(self._after_commit)
            execute(begin if level == 0 else f"SAVEPOINT level{level}")
            self._depth = level + 1
            try:
                yield
            except BaseException:
                self._depth = level
                del self._after_commit[planned:]
                # After some failures, such as a full disk, SQLite has undone everything by itself.
                if not self.connection.in_transaction:
                    pass
                elif level:
                    execute(f"ROLLBACK TO level{level}")
                    execute(f"RELEASE level{level}")
                else:
                    execute("ROLLBACK")
                raise
            self._depth = level
            if level:
                execute(f"RELEASE level{level}")
                return
            try:
                execute("COMMIT")
            except BaseException:
                del self._after_commit[planned:]
                if self.connection.in_transaction:
                    execute("ROLLBACK")
                raise
            actions, self._after_commit = self._after_commit, []
        for action in actions:
            action()

    def _prepare(self) -> None:
        execute = self.connection.execute
        execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}")
        execute("PRAGMA journal_mode = WAL")
        # In WAL mode NORMAL loses nothing when the process dies, only (the newest) when the machine does.
        # https://www.sqlite.org/pragma.html#pragma_synchronous
        execute("PRAGMA synchronous = NORMAL")
        # A checkpoint waits for the disk; every 40 MB is soon enough. https://www.sqlite.org/wal.html#ckpt
        execute("PRAGMA wal_autocheckpoint = 10000")
        execute("PRAGMA foreign_keys = OFF")
        execute("BEGIN IMMEDIATE")
        try:
            version = self._pragma("user_version")
            if version == 0:
                if execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise ValueError(
                        "the file is another program's database, not a calendar database"
                    )
                for statement in SCHEMA.split(";\n"):
                    execute(statement)
                execute(f"PRAGMA application_id = {APPLICATION_ID}")
                execute(f"PRAGMA user_version = {VERSION}")
            elif self._pragma("application_id") != APPLICATION_ID:
                raise ValueError("the file is another program's database, not a calendar database")
            elif version > VERSION:
                raise ValueError(
                    f"the calendar database has version {version}, this gcsa knows versions up to {VERSION}:"
                    " use a newer gcsa"
                )
            else:
                # Says now, and not at the first change, that the file can only be read: BEGIN IMMEDIATE does not.
                execute(f"PRAGMA user_version = {version}")
            execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                execute("ROLLBACK")
            raise

    def _pragma(self, name: str) -> int:
        value: int = self.connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value


def _close(lock: threading.RLock, connection: sqlite3.Connection) -> None:
    with lock:
        connection.close()


def _unusable(database: str | os.PathLike[str], error: sqlite3.Error) -> OSError:
    return OSError(f"the database {os.fspath(database)} cannot be used: {error}")
