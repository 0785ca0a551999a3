"""Processes that are killed, and what is left of what they did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gcsa.emulator import Clock, Emulator

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Child:
    """A process that the nursery has forked."""

    def __init__(self, lines):
        self._lines = lines
        self.pid = next(lines)["pid"]

    def say(self):
        """The next thing that it says."""
        return next(self._lines)

    def to_its_end(self):
        """Everything that it says until it ends, and how it ended: as `subprocess` says it, -9 if it was killed."""
        said = []
        for line in self._lines:
            assert "failed" not in line, line["failed"]
            if "ended" in line:
                return said, line["ended"]
            said.append(line)
        raise AssertionError("the nursery has ended")


class Nursery:
    """Forks children, one at a time, from a process that has everything imported."""

    def __init__(self):
        # The children's databases are on disk, and what they serve is a socket: they need nothing of this process.
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith("COV_")
        }
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def child(self, deed, **order):
        self._process.stdin.write(json.dumps({"deed": deed, **order}) + "\n")
        self._process.stdin.flush()
        return Child(map(json.loads, self._process.stdout))

    def close(self):
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(timeout=60) == 0


@pytest.fixture(scope="session")
def nursery():
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def clock():
    return Clock.frozen(NOW)


@pytest.fixture
def emulator(clock):
    with Emulator(clock=clock, seed=1) as emulator:
        yield emulator
