"""The whole database as bytes: a copy to keep, and to come back to."""

from __future__ import annotations

import sqlite3
from contextlib import closing

# Where a database file says how it is journalled: 2 is by WAL, which one that is only bytes cannot be; 1 is not.
# https://www.sqlite.org/fileformat.html#file_format_version_numbers
_JOURNALLING = slice(18, 20)
_BY_ROLLBACK = b"\x01\x01"
_VERSIONS = ("application_id", "user_version")


def take(connection: sqlite3.Connection) -> bytes:
    """Return the database as it is now: a database file's bytes, which sqlite3 opens."""
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        image = bytearray(copy.serialize())
    image[_JOURNALLING] = _BY_ROLLBACK
    return bytes(image)


def put(connection: sqlite3.Connection, image: bytes) -> None:
    """Make the database what it was when an image was taken.

    Raises:
        ValueError: The bytes are no such image, or one of another version of this emulator.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as copy:
            copy.deserialize(image)
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise ValueError("the snapshot is damaged")
            # Tables, indexes and triggers must be this version's, to the letter: nothing else gets into the database.
            if _schema(copy) != _schema(connection):
                raise ValueError("the snapshot is not one of this version of the emulator")
            copy.backup(connection)
    except (sqlite3.DatabaseError, MemoryError) as error:
        raise ValueError(
            f"the bytes are not a snapshot of an emulator: {error or 'empty'}"
        ) from error


def empty(connection: sqlite3.Connection) -> None:
    """Delete every row. Needs a writing transaction."""
    # In the order in which they were made: notifications, which triggers write for what is deleted, come last.
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f"DELETE FROM {table}")


def _schema(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    versions = [connection.execute(f"PRAGMA {name}").fetchone() for name in _VERSIONS]
    return [*rows.fetchall(), *versions]
