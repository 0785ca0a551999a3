"""The command, run in this process on an emulator whose clock stands still."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from gcsa.cli.app import app
from gcsa.cli.surroundings import Surroundings
from gcsa.emulator import Clock, Emulator

# A Monday, ten o'clock in Prague.
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Command:
    """The command; calling it runs it. What it is given from outside is `surroundings`."""

    def __init__(self, surroundings):
        self.surroundings = surroundings

    def __call__(self, *words, answer=None, surroundings=None):
        return CliRunner().invoke(
            app, [str(word) for word in words], obj=surroundings or self.surroundings, input=answer
        )

    def out(self, *words, **kwargs):
        """Run it, and return what it prints; it must succeed."""
        done = self(*words, **kwargs)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout

    def json(self, *words):
        """Run it with --json, and return what that says."""
        return json.loads(self.out(*words, "--json"))

    def fails(self, *words, code=1, **kwargs):
        """Run it, and return the lines in which it says why it cannot; it must fail with the code."""
        done = self(*words, **kwargs)
        assert done.exit_code == code, (done.output, done.exception)
        assert isinstance(done.exception, SystemExit)
        return done.stderr.splitlines()


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(NOW), seed=0) as emulator:
        emulator.users.add("me@example.com", time_zone="Europe/Prague")
        yield emulator


@pytest.fixture
def calendar(emulator):
    with emulator.client() as client:
        yield client


@pytest.fixture
def settings(tmp_path):
    """The configuration file."""
    path = tmp_path / "settings" / "config.toml"
    path.parent.mkdir()
    path.write_text('timezone = "Europe/Prague"\n')
    return path


@pytest.fixture
def gcsa(emulator, settings, tmp_path):
    return Command(
        Surroundings(
            emulator=emulator,
            configuration=settings,
            state=tmp_path / "state",
            now=emulator.clock.now,
        )
    )
