"""How a fleet's tables go from version to version."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from gcsa.mirror import NewerSchemaError
from gcsa.mirror.fleet import Accounts, CompanyMirror, FleetSettings, make_fleet, prepare_fleet
from gcsa.mirror.fleet import fleet as making
from gcsa.mirror.fleet.tables import metadata
from gcsa.mirror.schema import migrate as migrating
from gcsa.mirror.schema.migrate import migrate

ANN = "ann@example.com"


def scalar(database, statement):
    with database.reading() as connection:
        return connection.execute(sqlalchemy.text(statement)).scalar_one()


def test_a_fleet_of_an_older_version_is_migrated_by_whoever_comes_first(url, later, monkeypatch):
    with CompanyMirror(url) as mirror:
        Accounts(mirror.database).add([ANN])
        monkeypatch.setattr(making, "FLEET", later(making.FLEET, "fleet_accounts"))
        prepare_fleet(mirror)
        prepare_fleet(mirror)
        assert scalar(mirror.database, "SELECT colour FROM fleet_accounts") == "blue"
        assert Accounts(mirror.database).all() == [ANN]
        assert scalar(mirror.database, "SELECT count(*) FROM fleet_dead_letters") == 0


def test_a_fleet_of_a_newer_version_is_refused_and_left_alone(url, later):
    with CompanyMirror(url) as mirror:
        migrate(mirror.database, later(making.FLEET, "fleet_accounts"))
        for deed in (lambda: prepare_fleet(mirror), lambda: make_fleet(FleetSettings(url))):
            with pytest.raises(
                NewerSchemaError,
                match=r"The fleet's database .* is of version 9001, made by a newer",
            ):
                deed()
        assert scalar(mirror.database, "SELECT version_num FROM fleet_version") == "9001"


def test_every_version_of_a_fleet_has_its_migration():
    folder = Path(migrating.__file__).parent
    scripts = ScriptDirectory(str(folder), version_locations=[str(making.FLEET.migrations)])
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == making.FLEET.versions


def test_the_tables_of_a_fleet_are_those_that_the_code_speaks_of(url):
    ours = set(metadata.tables)
    with CompanyMirror(url) as mirror, mirror.database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, parent: kind != "table" or name in ours,
                "compare_type": True,
            },
        )
        assert compare_metadata(context, metadata) == []
