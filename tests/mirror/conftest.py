"""A mirror beside an emulator on a frozen clock; tests/conftest.py makes its databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa._on_demand import sent_by_server
from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry
from gcsa.mirror import Mirror

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
ME = "me@example.com"


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


# A version that may come after the present one.
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{last}"


def upgrade():
    op.add_column("{table}", sa.Column("colour", sa.Text, server_default="blue"))
    {then}


def downgrade():
    op.drop_column("{table}", "colour")
"""


@pytest.fixture
def later(tmp_path):
    """What makes a schema as a later gcsa has it: with one version more, which adds a column to a table."""

    def make(schema, table, then="pass"):
        folder = tmp_path / schema.whose
        folder.mkdir(exist_ok=True)
        for module in schema.migrations.glob("v*.py"):
            (folder / module.name).write_text(module.read_text())
        last, after = schema.versions[-1], "9001"
        text = NEXT.format(next=after, last=last, table=table, then=then)
        (folder / "v9001_colours.py").write_text(text)
        return schema._replace(versions=(*schema.versions, after), migrations=folder)

    return make
