"""What README and the documentation promise is there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import gcsa
from gcsa.google_calendar import AsyncGoogleCalendar

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:\s]+\.\w+)(?:#[^)]*)?\)", page.read_text())
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_every_page_is_in_a_table_of_contents():
    listed = set(
        re.findall(r"^([a-z_0-9]+)$", (ROOT / "docs" / "index.md").read_text(), re.MULTILINE)
    )
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")} - {"index"}
    assert pages - listed == set()


def test_every_module_that_the_architecture_names_is_there():
    page = (ROOT / "docs" / "architecture.md").read_text()
    named = set(re.findall(r"`((?:\w+/)*\w+\.(?:py|json)|(?:\w+/)+)`", page))
    there = [str(path.relative_to(ROOT)) for path in (ROOT / "gcsa").rglob("*")]
    there += [str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*")]
    assert len(named) > 50
    missing = {
        name
        for name in named
        if not any(f"/{one}/".endswith(f"/{name.rstrip('/')}/") for one in there)
    }
    assert missing == set()


def test_every_command_of_make_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    targets = set(phony.group(1).split())
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert targets == explained


def test_the_reference_has_every_public_class():
    reference = (ROOT / "docs" / "reference.md").read_text()
    whole = set(re.findall(r"automodule:: (\S+)", reference))
    single = set(re.findall(r"autoclass:: (\S+)", reference))
    public = {f"gcsa.{home}.{name}" for name, home in gcsa._HOMES.items()}
    for module in (ROOT / "gcsa" / "serializers").glob("[a-z]*_serializer.py"):
        classes = re.findall(r"^class (\w+Serializer)\b", module.read_text(), re.MULTILINE)
        public |= {f"gcsa.serializers.{module.stem}.{name}" for name in classes}
    assert len(public) > 30
    assert {place for place in public - single if place.rpartition(".")[0] not in whole} == set()


def test_every_call_names_googles_page():
    calls = {
        name: inspect.getdoc(getattr(AsyncGoogleCalendar, name)) or ""
        for kind in AsyncGoogleCalendar.__mro__
        if kind.__module__.startswith("gcsa.operations.")
        for name in vars(kind)
        if not name.startswith("_") and hasattr(getattr(AsyncGoogleCalendar, name), "of")
    }
    page = "Reference: https://developers.google.com/workspace/calendar/api/"
    assert len(calls) > 40
    assert [name for name, text in calls.items() if page not in text] == []
