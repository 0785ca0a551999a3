"""What the command costs: `gcsa --help` beside `gcalcli --help`, and an agenda on a local copy of 100,000 events.

Each figure is the fastest of several runs of a whole process, with compiled bytecode, as after an installation. gcalcli
(https://pypi.org/project/gcalcli/) is installed into an environment of its own, and that and the copy are kept in the
user's folder of caches for the next time; to fill the copy takes minutes.

Run it with: python benchmarks/cli.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from datetime import date, timedelta
from pathlib import Path

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


def milliseconds(*command: str | Path) -> float:
    """Return how long a process takes, the fastest of several times."""
    times: list[float] = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run(
            [str(word) for word in command], env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True
        )
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def gcalcli() -> Path:
    """Return the program of gcalcli; it is installed the first time."""
    folder = CACHE / "gcalcli"
    program = folder / ("Scripts" if os.name == "nt" else "bin") / "gcalcli"
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
        ("python -c pass", milliseconds(python, "-c", "pass"), ""),
        ("import typer", milliseconds(python, "-c", "import typer"), ""),
        ("gcsa --help", milliseconds(python, "-m", "gcsa", "--help"), "aim: under 150"),
        ("gcalcli --help", milliseconds(gcalcli(), "--help"), ""),
        (
            f"gcsa agenda, {EVENTS:,} events",
            milliseconds(python, "-m", "gcsa", "agenda", WEEK, "--mirror", copy()),
            "aim: under 300",
        ),
    ]
    for name, figure, note in rows:
        print(f"{name:<30} {figure:7.0f} ms  {note}".rstrip())


if __name__ == "__main__":
    main()
