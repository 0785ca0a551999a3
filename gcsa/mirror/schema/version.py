"""The version of the tables: the one that is known here, and what is said of a later one."""

from __future__ import annotations

from gcsa.mirror.errors import NewerSchemaError

# Beside tables of other programs in the same database, which may use Alembic as well.
VERSION_TABLE = "mirror_version"

# Every version there has been, in order; each has a module in `versions`.
VERSIONS = ("0001",)


def is_present(found: str | None, database: object) -> bool:
    """Return whether tables are of the present version; they are of an earlier one, or not there, otherwise.

    Args:
        found: Their version; None where there are none.
        database: The database, as it is named to the user.

    Raises:
        NewerSchemaError: They are of a version that is not known here.
    """
    if found is not None and found not in VERSIONS:
        raise NewerSchemaError(
            f"The mirror's database {database} is of version {found}, made by a newer gcsa than this one, which knows"
            f" versions up to {VERSIONS[-1]}. Upgrade gcsa, or give another database."
        )
    return found == VERSIONS[-1]
