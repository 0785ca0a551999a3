"""The users whose calendars a fleet copies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gcsa.mirror.database import Database
from gcsa.mirror.fleet.quota import ALL
from gcsa.mirror.fleet.tables import accounts
from gcsa.mirror.texts import storable

_DUE = text("""
    SELECT name
    FROM fleet_accounts AS account
    WHERE (tried_at IS NULL OR tried_at <= now() - :every)
        AND NOT EXISTS (
            SELECT FROM procrastinate_jobs AS waiting
            WHERE waiting.queueing_lock = 'account:' || account.name AND waiting.status = 'todo'
        )
        AND NOT EXISTS (
            SELECT FROM procrastinate_jobs AS running
            WHERE running.lock = 'account:' || account.name AND running.status = 'doing'
        )
    ORDER BY tried_at NULLS FIRST, name
    LIMIT :limit
""")


class Accounts:
    """The table of accounts.

    Args:
        database: Where it is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, names: Iterable[str]) -> list[str]:
        """Add accounts, by their users' e-mail addresses; return those that are new.

        Raises:
            ValueError: A name is no e-mail address.
        """
        rows = [{"name": _checked(name)} for name in names]
        if not rows:
            return []
        with self._database.writing() as connection:
            added = insert(accounts).on_conflict_do_nothing().returning(accounts.c.name)
            return sorted(connection.scalars(added, rows))

    def remove(self, name: str) -> bool:
        """Take an account away; its copies stay, and are no longer brought up to date. Tell whether there was one."""
        with self._database.writing() as connection:
            found = connection.execute(delete(accounts).where(accounts.c.name == name))
            return found.rowcount > 0

    def all(self) -> list[str]:
        """Return the names of all accounts."""
        with self._database.reading() as connection:
            return list(connection.scalars(select(accounts.c.name).order_by(accounts.c.name)))

    def has(self, name: str) -> bool:
        """Tell whether there is such an account."""
        with self._database.reading() as connection:
            found = connection.scalar(select(accounts.c.name).where(accounts.c.name == name))
        return found is not None

    def due(self, every: timedelta, limit: int) -> list[str]:
        """Return the accounts whose lists of calendars have not been read for so long, and that have no job.

        Args:
            every: For how long.
            limit: How many at the most.
        """
        with self._database.reading() as connection:
            return list(connection.scalars(_DUE, {"every": every, "limit": limit}))

    def note(self, name: str, error: Exception | None) -> None:
        """Write down whether an account's list could be read.

        Args:
            name: The account.
            error: Why not; None if it could.
        """
        now = func.clock_timestamp()
        columns = {
            "tried_at": now,
            "failure": None if error is None else storable(str(error)),
            "failure_kind": None if error is None else type(error).__name__,
        }
        if error is None:
            columns["discovered_at"] = now
        with self._database.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.name == name).values(columns))


def _checked(name: str) -> str:
    if "@" not in name or name != name.strip() or name == ALL:
        raise ValueError(f"An account is named by its user's e-mail address, not {name!r}.")
    return name
