"""docs/security.md promises tests: they are there, and each of these is named there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "security.md").read_text()
ROWS = [
    line.strip("| ").split(" | ")
    for line in MODEL.splitlines()
    if line.startswith("| ") and "tests/" in line
]


def test_each_row_names_its_tests():
    assert len(ROWS) >= 25
    for threat, measure, tests in ROWS:
        assert threat
        assert measure
        for name in tests.split(", "):
            path = ROOT / name.strip("`")
            assert path.is_file(), name
            assert re.search(r"^ *(async )?def test_", path.read_text(), re.MULTILINE), name


def test_each_test_here_is_named():
    here = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert here == set(re.findall(r"tests/security/test_\w+\.py", MODEL))
