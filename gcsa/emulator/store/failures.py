"""What a database that cannot be used any more tells whoever asks."""

from __future__ import annotations

import sqlite3
from typing import Final

# The primary result codes of https://www.sqlite.org/rescode.html that are the machine's doing and not ours; most pass.
_CAUSES: Final = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it can be read, but not written",
    sqlite3.SQLITE_PERM: "it may not be written",
    sqlite3.SQLITE_BUSY: "another process has kept it busy for too long",
    sqlite3.SQLITE_LOCKED: "another process has kept it busy for too long",
    sqlite3.SQLITE_IOERR: "its disk fails to read or write",
    sqlite3.SQLITE_CANTOPEN: "a file of it cannot be opened",
    sqlite3.SQLITE_CORRUPT: "its file is damaged",
    sqlite3.SQLITE_NOTADB: "its file is damaged",
}


def cause_of(error: Exception) -> str | None:
    """Return why the database cannot be used, None where the error is no failure of the machine.

    Args:
        error: What went wrong.
    """
    if not isinstance(error, sqlite3.Error):
        return None
    code: int | None = getattr(error, "sqlite_errorcode", None)
    # An extended result code has the primary one in its lowest eight bits.
    return None if code is None else _CAUSES.get(code & 0xFF)
