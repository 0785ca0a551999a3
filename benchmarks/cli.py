"""What the command costs: `gcsa --help` beside `gcalcli --help`, and an agenda on a local copy of 100,000 events.

Each figure is of a whole process, with compiled bytecode, as after an installation: the fastest of several runs by the
clock, and the least that any of them kept the processor busy, which says more where others work on the machine. gcalcli
(https://pypi.org/project/gcalcli/) is installed into an environment of its own, and that and the copy are kept in the
user's folder of caches for the next time; to fill the copy takes minutes.

Run it with: python benchmarks/cli.py
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import venv
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from _table import figure
from platformdirs import user_cache_path

from gcsa.emulator import Emulator
from gcsa.mirror import Mirror

CACHE = user_cache_path("gcsa-benchmarks", appauthor=False, ensure_exists=True)
RUNS = 15
EVENTS = 100_000
AT_ONCE = 5_000
# Twenty events a day: the 100,000 reach from 2019 to 2032.
BEGINNING = date(2019, 1, 1)
WEEK = "2026-03-02..2026-03-08"
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
} | {"PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}


class Cost(NamedTuple):
    """What a process costs, in milliseconds: by the clock, and of the processor's time."""

    wall: float
    busy: float


def cost(*command: str | Path) -> Cost:
    """Return what a process costs, at best."""
    walls: list[float] = []
    busy: list[float] = []
    for _ in range(RUNS):
        before, begun = processor_time(), time.perf_counter()
        subprocess.run(
            [str(word) for word in command], env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True
        )
        walls.append(time.perf_counter() - begun)
        busy.append(processor_time() - before)
    return Cost(min(walls) * 1000, min(busy) * 1000)


def processor_time() -> float:
    """Return how long processes that have ended kept the processor busy, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def gcalcli() -> Path:
    """Return the program of gcalcli; it is installed the first time."""
    folder = CACHE / "gcalcli"
    program = folder / "bin" / "gcalcli"
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [str(program.parent / "python"), "-m", "pip", "install", "--quiet", "--quiet",
             "--disable-pip-version-check", "gcalcli"],
            check=True,
        )  # fmt: skip
    return program


def copy() -> str:
    """Return the URL of a local copy with the events in it; it is filled the first time."""
    path = CACHE / f"{EVENTS}-events.db"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        with Emulator() as emulator:
            for first in range(0, EVENTS, AT_ONCE):
                emulator.seed_from({"events": [event(first + number) for number in range(AT_ONCE)]})
            with Mirror(f"sqlite:///{unfinished}") as mirror, emulator.client() as client:
                mirror.sync_all(client)
        unfinished.rename(path)
    return f"sqlite:///{path}"


def event(number: int) -> dict[str, object]:
    """Return an event as a seed has it."""
    day, place = divmod(number, 20)
    start = f"{BEGINNING + timedelta(days=day)}T{8 + place // 2:02}:{place % 2 * 30:02}"
    return {"summary": f"Event {number}", "start": start, "timeZone": "UTC"}


def main() -> None:
    """Print the figures."""
    python = sys.executable
    rows = [
        ("python -c pass", cost(python, "-c", "pass"), ""),
        ("import typer", cost(python, "-c", "import typer"), ""),
        ("gcsa --help", cost(python, "-m", "gcsa", "--help"), "aim: under 150"),
        ("gcalcli --help", cost(gcalcli(), "--help"), ""),
        (
            f"gcsa agenda, {EVENTS:,} events",
            cost(python, "-m", "gcsa", "agenda", WEEK, "--mirror", copy()),
            "aim: under 300",
        ),
    ]
    print(f"{'':<30} {'clock':>10} {'processor':>10}")
    for name, (wall, busy), note in rows:
        print(f"{name:<30} {wall:7.0f} ms {busy:7.0f} ms  {note}".rstrip())
    took = {name: wall for name, (wall, _), _ in rows}
    help_, theirs = took["gcsa --help"], took["gcalcli --help"]
    figure("`gcsa --help`", f"{help_:.0f} ms", f"`gcalcli --help`: {theirs:.0f} ms", theirs / help_)
    python_alone = f"`python -c pass` (floor): {took['python -c pass']:.0f} ms"
    agenda = took[f"gcsa agenda, {EVENTS:,} events"]
    for what, wall, aim in (
        ("`gcsa --help`", help_, 150),
        (f"`gcsa agenda` on a copy of {EVENTS:,} events", agenda, 300),
    ):
        figure(what, f"{wall:.0f} ms", python_alone, wall, unit="ms", at_most=aim)


if __name__ == "__main__":
    main()
