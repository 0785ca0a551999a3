"""Every Python block of README and of docs/ is run, page by page, in the page's order."""

from __future__ import annotations

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["README.md", "docs/*.md"],
    fixtures=["empty_home"],
).pytest()


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """Run a page where a newcomer would: in an empty folder, with an empty home."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.chdir(home)
        yield
