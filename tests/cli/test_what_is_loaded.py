"""What a short command loads: it is asked often, and should be there at once. The times are in benchmarks/cli.py."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The largest of what other commands need; each takes longer to load than a short command does everything.
HEAVY = {
    "sqlalchemy",
    "alembic",
    "pydantic",
    "httpx2",
    "google.auth",
    "dateparser",
    "icalendar",
    "asyncio",
    "dateutil",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The address of a local copy with one event."""
    from datetime import UTC, datetime

    from gcsa.emulator import Emulator
    from gcsa.emulator.clock import Clock
    from gcsa.event import Event
    from gcsa.mirror import Mirror

    url = f"sqlite:///{tmp_path_factory.mktemp('copy') / 'copy.db'}"
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with Emulator(clock=Clock.frozen(now), seed=0) as emulator, Mirror(url) as mirror:
        client = emulator.client()
        client.add_event(Event("Lunch", now))
        mirror.sync_all(client)
    return url


def loaded_by(*words):
    code = f"""import sys
from gcsa.cli.program import run
status = run({words!r})
sys.stderr.write('\\n'.join(sys.modules))
sys.exit(status)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout, set(done.stderr.split())


def test_the_help_loads_typer_and_little_else():
    shown, loaded = loaded_by("--help")
    assert "agenda" in shown
    assert loaded.isdisjoint(HEAVY | {"rich", "attrs", "msgspec", "sqlite3", "platformdirs"})


@pytest.mark.parametrize(
    "words",
    [("agenda", "2026-03-02..2026-03-08"), ("week", "2026-03-02"), ("find", "Lunch", "--when", "march 2026")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_an_answer_of_a_local_copy_loads_no_library_that_it_does_not_need(copy, words):
    shown, loaded = loaded_by(*words, "--timezone", "UTC", "--mirror", copy)
    assert "Lunch" in shown
    assert loaded.isdisjoint(HEAVY)
