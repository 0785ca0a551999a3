"""The figures that we claim, in one table: each program adds its rows, and `python -m benchmarks` shows them together.

A program that runs alone prints what it has always printed; its rows go nowhere then.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

# The file that the rows go to.
ROWS = "GCSA_BENCHMARK_ROWS"


class Row(NamedTuple):
    """One figure.

    Attributes:
        what: What was done.
        ours: How long, how much or how many it was.
        beside: The named peer or floor, and the same figure of it, from the same run.
        value: What the aim is about: usually how many times faster than the peer, or how many times the floor.
        unit: What the value is counted in; "×" for a ratio.
        at_least: The aim, where more is better; None for none.
        at_most: The aim, where less is better; None for none.
    """

    what: str
    ours: str
    beside: str
    value: float
    unit: str = "×"
    at_least: float | None = None
    at_most: float | None = None

    @property
    def aim(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}{_spaced(self.unit)}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}{_spaced(self.unit)}"

    @property
    def outcome(self) -> str:
        if self.at_least is None and self.at_most is None:
            return ""
        is_met = (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )
        return "met" if is_met else "**missed**"

    @property
    def shown(self) -> str:
        digits = 2 if abs(self.value) < 10 else 1 if abs(self.value) < 100 else 0
        return f"{self.value:,.{digits}f}{_spaced(self.unit)}"


def figure(
    what: str,
    ours: str,
    beside: str,
    value: float,
    *,
    unit: str = "×",
    at_least: float | None = None,
    at_most: float | None = None,
) -> None:
    """Add a row to the table, if one is being made; see `Row`."""
    if path := os.environ.get(ROWS):
        row = Row(what, ours, beside, value, unit, at_least, at_most)
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def read_rows(path: Path) -> list[Row]:
    """Return the rows that were added."""
    return [Row(*json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def written(rows: list[Row]) -> str:
    """Return the rows as a table in Markdown, which is readable as it is."""
    head = ("what", "ours", "beside", "ratio", "aim", "")
    cells = [head] + [
        (row.what, row.ours, row.beside, row.shown, row.aim, row.outcome) for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    lines = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * max(width, 3) for width in widths) + " |")
    return "\n".join(lines)


def _spaced(unit: str) -> str:
    return unit if unit == "×" else f" {unit}"
