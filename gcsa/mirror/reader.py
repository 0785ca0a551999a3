"""What answering needs of a database: rows for a question in SQL, and nothing of the library that asks it.

The questions are written as text, in the SQL that SQLite and PostgreSQL have in common, so that each is written once
and may be asked through SQLAlchemy or, of a file of SQLite, without it: to load SQLAlchemy takes longer than most
answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol


class Reader(Protocol):
    """A transaction that reads, and sees one state of the database throughout."""

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite; PostgreSQL otherwise."""
        ...

    def rows(self, question: str, **values: object) -> Sequence[tuple[Any, ...]]:
        """Return the rows that answer a question.

        Args:
            question: A query, with the names of values behind colons.
            **values: The values.
        """
        ...


class Condition(NamedTuple):
    """What else is asked of events: a condition on their rows, which are called `e`.

    Attributes:
        sql: The condition, with the names of values behind colons.
        values: The values.
    """

    sql: str
    values: dict[str, object]
