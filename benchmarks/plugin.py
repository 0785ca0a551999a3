"""What the fixtures of the pytest plugin cost a test: beside the same test without them.

A project of its own is run, with many tests of a kind; a cost is the difference to tests that do nothing, the least of
several runs, in the time that the processor was busy. What is loaded once for all tests is loaded in each of the runs.

Run it with: python benchmarks/plugin.py
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from _table import figure

TESTS = 200
RUNS = 3
MOST = 5.0  # milliseconds
LOADED_ONCE = """
import pytest
from gcsa.emulator import Emulator

@pytest.fixture(scope="session", autouse=True)
def loaded():
    with Emulator() as emulator, emulator.client() as client:
        list(client)
        emulator.serve()
"""
KINDS = {
    "nothing": "def test(number): pass",
    "calendar_emulator": "def test(number, calendar_emulator): pass",
    "google_calendar": "def test(number, google_calendar): pass",
    "served_calendar_emulator": "def test(number, served_calendar_emulator): pass",
    "google_calendar, and an event": """
from datetime import UTC, datetime
from gcsa.event import Event

def test(number, google_calendar):
    google_calendar.add_event(Event("Lunch", datetime(2026, 1, 5, 12, tzinfo=UTC)))
    assert [event.summary for event in google_calendar] == ["Lunch"]
""",
}


def milliseconds(folder: Path, body: str) -> float:
    """Return how long all tests of a kind keep the processor busy, in milliseconds a test."""
    (folder / "conftest.py").write_text(LOADED_ONCE)
    path = folder / "test_it.py"
    path.write_text(
        f"import pytest\npytestmark = pytest.mark.parametrize('number', range({TESTS}))\n{body}\n"
    )
    least = float("inf")
    for _ in range(RUNS):
        before = processor_time()
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", path],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        least = min(least, processor_time() - before)
    return least / TESTS * 1000


def processor_time() -> float:
    """Return how long processes that have ended kept the processor busy, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        costs = {kind: milliseconds(Path(name), body) for kind, body in KINDS.items()}
    floor = costs.pop("nothing")
    print(f"{'a test without fixtures':<32} {floor:6.2f} ms")
    for kind, all_of_it in costs.items():
        more = all_of_it - floor
        with_work = "," in kind
        note = "" if with_work else f"aim: under {MOST:g}"
        print(f"{kind:<32} {all_of_it:6.2f} ms, {more:5.2f} ms more  {note}".rstrip())
        figure(
            f"a test with {kind}",
            f"{all_of_it:.2f} ms",
            f"a test without fixtures: {floor:.2f} ms",
            more,
            unit="ms more",
            at_most=None if with_work else MOST,
        )


if __name__ == "__main__":
    main()
