"""A fleet's database, an emulator behind a port, and what workers do, in this process or in others."""

from __future__ import annotations

import itertools
import os
import time

import psycopg
import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Emulator
from gcsa.mirror.fleet import FleetSettings, Work, make_fleet


class FleetDatabases:
    """New databases on a server, with a fleet's tables in them."""

    def __init__(self, server, worker):
        self._server = server
        self._names = (f"fleet_{worker}_{number}" for number in itertools.count())
        self._connection = psycopg.connect(server.get_uri(), autocommit=True)
        self._template = f"fleet_{worker}_template"
        make_fleet(FleetSettings(self.empty(self._template)))

    def empty(self, name=None):
        return self._new(name or next(self._names), "template1")

    def make(self):
        return self._new(next(self._names), self._template)

    def drop(self, url):
        name = url.partition("@/")[2].partition("?")[0]
        self._connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self):
        self._connection.close()

    def _new(self, name, template):
        self._connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.get_uri(database=name)


@pytest.fixture(scope="session")
def fleet_databases(postgresql):
    databases = FleetDatabases(postgresql, os.environ.get("PYTEST_XDIST_WORKER", "only"))
    yield databases
    databases.close()


@pytest.fixture
def url(fleet_databases):
    """The address of a new database with a fleet's tables."""
    return fleet_databases.make()


@pytest.fixture
def rows(url):
    """What asks the database itself."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield lambda query, *values: connection.execute(query, values).fetchall()


@pytest.fixture
def emulator():
    with Emulator(seed=1) as emulator:
        emulator.serve()
        yield emulator


@pytest.fixture
def work_of(url, emulator):
    """What makes a worker's work, as another process would have it."""
    made = []

    def make(credentials_for=lambda account: Credentials(token=account), **settings):
        made.append(Work(FleetSettings(url, **settings), credentials_for, emulator.address))
        return made[-1]

    yield make
    for work in made:
        work.close()


@pytest.fixture
def work(work_of):
    return work_of()


@pytest.fixture
def known(work):
    """What makes an account known, with its calendars, as discovering it does."""

    def make(*accounts):
        work.accounts.add(accounts)
        for account in accounts:
            work.discover(account)

    return make


@pytest.fixture
def wait_until():
    """What waits for a condition, for so many seconds at the most, and returns what makes it true."""

    def wait(condition, seconds, every=0.05):
        deadline = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds} seconds: {condition}")
            time.sleep(every)
        return found

    return wait
