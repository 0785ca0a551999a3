"""The database of a mirror: how it comes about, which ones are refused, and what its errors say."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import gcsa.mirror.schema
from gcsa.event import Event
from gcsa.mirror import DatabaseError, Mirror, MirrorError, NewerSchemaError
from gcsa.mirror.schema.tables import metadata
from gcsa.mirror.schema.version import MIRROR


def engine_of(url):
    return sqlalchemy.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def run(url, statement):
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(statement))
    engine.dispose()


def test_the_tables_are_made_by_opening_it(databases):
    url = databases.empty()
    with Mirror(url) as mirror:
        assert mirror.calendars() == []
    databases.drop(url)


def test_the_tables_are_those_that_the_code_speaks_of(url):
    ours = set(metadata.tables)

    def is_ours(name, kind, parent):
        if kind == "table":
            return name in ours
        # The index on words is said in each database's own words.
        return name != "mirror_words"

    engine = engine_of(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": is_ours, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_version_has_its_migration():
    scripts = ScriptDirectory(str(Path(gcsa.mirror.schema.__file__).parent))
    assert (
        tuple(reversed([script.revision for script in scripts.walk_revisions()])) == MIRROR.versions
    )


def test_opening_it_again_changes_nothing(url, client):
    with Mirror(url) as mirror:
        client.add_event(Event("Lunch", client.now()))
        mirror.sync(client)
    with Mirror(url) as mirror:
        assert [event.summary for event in mirror.stored_events()] == ["Lunch"]


def test_many_may_make_the_tables_at_the_same_time(databases):
    url = databases.empty()
    errors = []

    def open_it():
        try:
            Mirror(url).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    databases.drop(url)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(url):
    run(url, f"UPDATE {MIRROR.table} SET version_num = '9999'")
    with pytest.raises(
        NewerSchemaError, match=r"is of version 9999, made by a newer gcsa than this"
    ):
        Mirror(url)
    engine = engine_of(url)
    with engine.connect() as connection:
        statement = sqlalchemy.text(f"SELECT version_num FROM {MIRROR.table}")
        assert connection.execute(statement).scalar_one() == "9999"
    engine.dispose()


def test_other_tables_in_the_same_database_are_left_alone(databases):
    url = databases.empty()
    run(url, "CREATE TABLE events (id INTEGER)")
    run(url, "CREATE TABLE alembic_version (version_num VARCHAR(32))")
    run(url, "INSERT INTO alembic_version VALUES ('abc')")
    Mirror(url).close()
    engine = engine_of(url)
    with engine.connect() as connection:
        statement = sqlalchemy.text("SELECT version_num FROM alembic_version")
        assert connection.execute(statement).scalar_one() == "abc"
    engine.dispose()
    databases.drop(url)


def test_a_mirror_in_memory(client):
    with Mirror("sqlite://") as mirror:
        client.add_event(Event("Lunch", client.now()))
        assert mirror.sync(client).added == 1
        found = []
        thread = threading.Thread(target=lambda: found.extend(mirror.search("lunch")))
        thread.start()
        thread.join()
        assert [event.summary for event in found] == ["Lunch"]


def test_two_mirrors_in_memory_have_nothing_in_common(client):
    with Mirror("sqlite://") as one, Mirror("sqlite://") as other:
        one.sync(client)
        assert other.calendars() == []


def test_a_new_file_is_for_its_owner_only(tmp_path):
    path = tmp_path / "calendars.db"
    Mirror(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["calendars.db", "mysql://root@localhost/x", "", "oracle://x"])
def test_what_is_no_address_of_a_database_is_refused(url):
    with pytest.raises(ValueError, match=r"give an address such as 'sqlite:///calendars.db'"):
        Mirror(url)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "calendars.db"
    path.write_text("BEGIN:VCALENDAR" * 100)
    with pytest.raises(DatabaseError, match=r"calendars.db cannot be used: file is not a database"):
        Mirror(f"sqlite:///{path}")
    assert path.read_text().startswith("BEGIN:VCALENDAR")


def test_a_folder_that_does_not_exist_is_said_to_be_the_reason(tmp_path):
    with pytest.raises(DatabaseError, match="unable to open database file"):
        Mirror(f"sqlite:///{tmp_path / 'nowhere' / 'calendars.db'}")


def test_a_server_that_cannot_be_reached_is_said_without_the_password(tmp_path):
    with pytest.raises(DatabaseError, match=r"cannot be used: connection") as caught:
        Mirror(f"postgresql://me:s3cret@/calendars?host={tmp_path}")
    assert isinstance(caught.value, MirrorError)
    assert "s3cret" not in str(caught.value)
    assert "me:***@" in str(caught.value)


def test_a_database_that_goes_away_loses_nothing(postgresql_databases, client):
    databases = postgresql_databases
    url = databases.make()
    client.add_event(Event("Lunch", client.now()))
    with Mirror(url) as mirror:
        mirror.sync(client)
        databases.disconnect(url)
        # The next connection is a new one.
        assert [event.summary for event in mirror.search("lunch")] == ["Lunch"]
        assert mirror.sync(client).full is False
    databases.drop(url)


def test_a_mirror_shows_its_database_without_the_password(url):
    with Mirror(url, account="ann") as mirror:
        shown = repr(mirror)
    assert shown.startswith("<Mirror ")
    assert shown.endswith(" of ann>")
