"""The reference in the documentation, and the list of commands, say what the commands themselves say."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from gcsa.cli.app import COMMANDS, app
from gcsa.cli.reference import commands, reference

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_not_stale():
    page = (DOCS / "cli_reference.md").read_text("utf-8")
    assert page == reference(), "Run: make reference"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_it_says_of_itself(name):
    root = typer.main.get_command(app)
    root.load(name)
    assert root.commands[name].help.splitlines()[0] == COMMANDS[name].help


def test_every_command_can_be_documented():
    assert ("calendars", "unshare") in list(commands())
