"""Run the programs in this folder one after the other, and print one table of their figures.

    python -m benchmarks [--write FILE] [PROGRAM ...]

With --write, the table is also put into a page, between its two marks; that takes all programs. A program that fails
does not keep the others from running, but the table says so, and is not written.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks._table import ROWS, Row, read_rows, written

FOLDER = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in FOLDER.glob("[!_]*.py"))
BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"


def run(program: str, rows: Path) -> bool:
    """Run a program, which prints its own figures; return whether it succeeded."""
    print(f"== benchmarks/{program}.py", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, FOLDER / f"{program}.py"],
        env={**os.environ, ROWS: str(rows)},
        cwd=FOLDER.parent,
        check=False,
    )
    print(f"   {time.monotonic() - began:.0f} s\n", flush=True)
    return done.returncode == 0


def machine(load: float) -> str:
    """Say what the figures were measured on."""
    parts = [
        f"{datetime.now(UTC):%-d %B %Y}",
        f"{_processor()}, {os.cpu_count()} cores",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        f"{platform.python_implementation()} {platform.python_version()}",
        f"load {load:.1f} at the beginning",
    ]
    return ", ".join(parts) + "."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def write(page: Path, text: str) -> None:
    """Put the table into a page, between its marks."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{page} has no place for the table: {BEGIN} … {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print our figures.")
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help=f"of {', '.join(PROGRAMS)}")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="the page to write the table into"
    )
    given = parser.parse_args()
    programs: list[str] = given.programs or PROGRAMS
    if unknown := set(programs) - set(PROGRAMS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if given.write and given.programs:
        parser.error("a page is written with the figures of all programs")

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows"
        file.touch()
        failed = [program for program in programs if not run(program, file)]
        rows: list[Row] = read_rows(file)
    text = f"{written(rows)}\n\n{machine(load)}"
    print(text)
    if failed:
        raise SystemExit(f"These programs failed: {', '.join(failed)}.")
    if given.write:
        write(given.write, text)


if __name__ == "__main__":
    main()
