"""How a mirror's tables go from version to version."""

from __future__ import annotations

import pytest
import sqlalchemy

from gcsa.event import Event
from gcsa.mirror import Mirror, NewerSchemaError
from gcsa.mirror.schema import migrate as migrating
from gcsa.mirror.schema.migrate import migrate, version_of
from gcsa.mirror.schema.version import MIRROR


def scalar(database, statement):
    with database.reading() as connection:
        return connection.execute(sqlalchemy.text(statement)).scalar_one()


def test_a_mirror_of_an_older_version_is_migrated_and_keeps_what_is_in_it(url, client, later):
    client.add_event(Event("Lunch", client.now()))
    with Mirror(url) as mirror:
        mirror.sync(client)
        cursor = mirror.cursor()
        database = mirror._database
        newer = later(MIRROR, "mirror_calendars")
        migrate(database, newer)
        with database.reading() as connection:
            assert version_of(connection, newer) == "9001"
        assert scalar(database, "SELECT colour FROM mirror_calendars") == "blue"
        assert [event.summary for event in mirror.stored_events()] == ["Lunch"]
        assert mirror.cursor() == cursor
        assert mirror.sync(client).full is False
    with pytest.raises(NewerSchemaError, match="version 9001, made by a newer gcsa than this one"):
        Mirror(url)


def test_a_migration_that_fails_leaves_everything_as_it_was(url, client, later):
    with Mirror(url) as mirror:
        mirror.sync(client)
        broken = later(MIRROR, "mirror_calendars", then="raise RuntimeError('The power is gone.')")
        with pytest.raises(RuntimeError, match="The power is gone"):
            migrate(mirror._database, broken)
        columns = sqlalchemy.inspect(mirror._database._engine).get_columns("mirror_calendars")
        assert "colour" not in {column["name"] for column in columns}
    Mirror(url).close()


def test_a_mirror_that_is_up_to_date_does_not_load_the_migrations(url, monkeypatch):
    monkeypatch.setattr(migrating, "_upgrade", None)
    with Mirror(url) as mirror:
        assert mirror.calendars() == []
