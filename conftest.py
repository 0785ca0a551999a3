"""Every Python block of README and of docs/ is run, page by page, in the page's order."""

from __future__ import annotations

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["README.md", "docs/*.md"],
    fixtures=["newcomers_machine"],
).pytest()


@pytest.fixture(scope="module")
def newcomers_machine(tmp_path_factory):
    """Run a page where a newcomer would: in an empty folder, with an empty home.

    Examples that sign in to Google reach an emulator instead: its variable is set.
    """
    from gcsa.emulator import Emulator

    home = tmp_path_factory.mktemp("home")
    with Emulator() as emulator, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("GOOGLE_CALENDAR_EMULATOR_HOST", emulator.serve().removeprefix("http://"))
        patch.chdir(home)
        yield
