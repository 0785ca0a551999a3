"""The versions of tables: the one that is known here, and what is said of a later one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gcsa.mirror.errors import NewerSchemaError


class Schema(NamedTuple):
    """Tables that belong together, and their versions.

    Attributes:
        whose: Whose tables they are, as an error names them.
        table: Where their version is written down, as Alembic does it; other programs may use Alembic in the same
            database.
        versions: Every version there has been, in order.
        migrations: The folder with a module for each version.
        lock: Any number that no other program is likely to lock on the same PostgreSQL.
    """

    whose: str
    table: str
    versions: tuple[str, ...]
    migrations: Path
    lock: int

    def is_present(self, found: str | None, database: object) -> bool:
        """Return whether tables are of the present version; they are of an earlier one, or not there, otherwise.

        Args:
            found: Their version; None where there are none.
            database: The database, as it is named to the user.

        Raises:
            NewerSchemaError: They are of a version that is not known here.
        """
        if found is not None and found not in self.versions:
            raise NewerSchemaError(
                f"The {self.whose}'s database {database} is of version {found}, made by a newer gcsa than this one,"
                f" which knows versions up to {self.versions[-1]}. Upgrade gcsa, or give another database."
            )
        return found == self.versions[-1]


MIRROR = Schema(
    "mirror", "mirror_version", ("0001",), Path(__file__).with_name("versions"), 6_732_651_001
)
