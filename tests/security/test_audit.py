"""What `make audit` makes of pip-audit's answer: a finding fails, and no answer is not taken for a good one."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[2] / ".ci" / "audit.py"


@pytest.fixture(scope="module")
def verdict():
    spec = importlib.util.spec_from_file_location("audit", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.verdict


def answer(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


GOOD = {"name": "attrs", "version": "26.1.0", "vulns": []}
BAD = {
    "name": "jinja2",
    "version": "2.4.1",
    "vulns": [{"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"], "aliases": []}],
}
UNKNOWN = {"name": "gcsa", "skip_reason": "Dependency not found on PyPI"}


def test_a_finding_fails_and_is_named(verdict):
    assert verdict(answer(GOOD, BAD, UNKNOWN), "Found 1 known vulnerability") == (
        False,
        "Vulnerabilities are known:\njinja2 2.4.1: PYSEC-2014-8, mended in 2.7.2",
    )


def test_nothing_found_is_fine_and_says_what_was_not_looked_at(verdict):
    assert verdict(answer(GOOD, UNKNOWN), "No known vulnerabilities found") == (
        True,
        "PyPI knows no vulnerability in 1 packages; it knows nothing of gcsa.",
    )


def test_a_mirror_without_advisories_is_not_taken_for_a_clean_answer(verdict):
    fine, said = verdict(answer(UNKNOWN), "No known vulnerabilities found")
    assert (fine, said.partition(":")[0]) == (True, "Not audited")


def test_without_a_network_it_says_so_and_does_not_fail(verdict):
    fine, said = verdict("", "…\nConnectionError: Could not connect to PyPI's feed")
    assert fine
    assert said == (
        "Not audited: PyPI cannot be reached (ConnectionError: Could not connect to PyPI's feed)."
    )


def test_another_failure_fails(verdict):
    assert verdict("", "KeyError: 'vulns'") == (False, "pip-audit failed: KeyError: 'vulns'")
    assert verdict("", "")[0] is False
