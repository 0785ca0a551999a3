"""The page of the documentation with all commands: `python -m gcsa.cli.reference docs/cli_reference.md`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import cast

import typer
from typer.core import TyperGroup

from gcsa.cli.app import COMMANDS, Commands, app

_HEADING = """\
# All commands

What `gcsa --help`, and `--help` behind each command, say. [At the prompt](cli.md) tells how to use them. This page is
made by `python -m gcsa.cli.reference docs/cli_reference.md`.
"""


def reference() -> str:
    """Return the page."""
    pages = [f"## gcsa {' '.join(words)}\n\n{_page(*words)}" for words in commands()]
    return "\n".join([_HEADING, _page(), *pages])


def commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of each command, those of groups before those in them."""
    root = cast("Commands", typer.main.get_command(app))
    for name in COMMANDS:
        root.load(name)
        yield (name,)
        command = root.commands[name]
        if isinstance(command, TyperGroup):
            for inner in command.commands:
                yield (name, inner)


def _page(*words: str) -> str:
    before = os.environ.get("COLUMNS")
    # So that the page is the same on every terminal.
    os.environ["COLUMNS"] = "100"
    out = io.StringIO()
    try:
        with redirect_stdout(out):
            app([*words, "--help"], prog_name="gcsa", standalone_mode=False)
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return f"```text\n{out.getvalue().rstrip()}\n```\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(reference(), "utf-8")
    else:
        sys.stdout.write(reference())
