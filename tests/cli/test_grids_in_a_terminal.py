"""`gcsa week`, `month` and `agenda` in a real pseudo-terminal, as a terminal emulator shows them.

The snapshots are what is on the screen, and below it which colours and attributes each cell has. To take them anew:
`GCSA_SNAPSHOTS=write pytest tests/cli/test_grids_in_a_terminal.py`, and look at what has changed.
"""

from __future__ import annotations

import os
import string
from pathlib import Path

import pytest

from tests.cli.terminals import interrupt, spawn

pyte = pytest.importorskip("pyte")

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "snapshots"
ROWS = 70


def screen_of(tmp_path, width, *words, **environment):
    """Run the command in a pseudo-terminal; return what its screen shows, and the exit status."""
    settings = tmp_path / "config.toml"
    settings.write_text('timezone = "Europe/Prague"\n')
    child = spawn(
        HERE / "on_emulator.py",
        *words,
        rows=ROWS,
        columns=width,
        GCSA_TEST_SETTINGS=str(settings),
        **environment,
    )
    written = child.read()
    child.close()
    screen = pyte.Screen(width, ROWS)
    pyte.Stream(screen).feed(written)
    return screen, child.exitstatus


def snapshot_of(screen):
    """Return the screen's text, a map of its looks by letter, and what the letters mean."""
    used = [row for row in range(screen.lines) if screen.display[row].strip()]
    rows = range(max(used, default=0) + 1)
    looks, letters = [], {}
    for row in rows:
        line = ""
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            look = " ".join(
                [
                    f"{cell.fg} on {cell.bg}",
                    *(name for name in ("bold", "reverse", "italics") if getattr(cell, name)),
                ]
            )
            if look == "default on default":
                line += "."
                continue
            line += letters.setdefault(look, string.ascii_letters[len(letters)])
        looks.append(line)
    text = [screen.display[row].rstrip() for row in rows]
    meanings = [f"{letter} = {look}" for look, letter in letters.items()]
    return "\n".join([*text, "", *looks, "", *meanings]) + "\n"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("words", ["week", "month", "agenda"])
def test_it_fits_the_terminal(tmp_path, width, words):
    screen, status = screen_of(tmp_path, width, *words.split())
    assert status == 0
    path = SNAPSHOTS / f"{words}_{width}.txt"
    shown = snapshot_of(screen)
    if os.environ.get("GCSA_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, "utf-8")
    assert shown == path.read_text("utf-8")


def test_no_line_is_wider_than_the_terminal(tmp_path):
    screen, _ = screen_of(tmp_path, 40, "week")
    # A line that were too long would go on in the next row, at its very beginning.
    assert all(row[0] in " ─0123456789" for row in screen.display)


def test_no_color_is_heeded(tmp_path):
    screen, _ = screen_of(tmp_path, 80, "week", NO_COLOR="1")
    colors = {cell.bg for row in screen.buffer.values() for cell in row.values()}
    assert colors == {"default"}


def test_an_error_is_no_traceback_in_a_terminal_either(tmp_path):
    screen, status = screen_of(tmp_path, 80, "show", "unicorn")
    assert status == 1
    assert screen.display[0].rstrip() == "gcsa: No event matches 'unicorn'."


def test_an_interruption_ends_it_in_one_line(tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text("")
    child = spawn(HERE / "on_emulator.py", "delete", "review", GCSA_TEST_SETTINGS=str(settings))
    child.expect_exact("[y/N] ")
    assert interrupt(child).split() == ["Interrupted."]
    assert child.exitstatus == 130
