"""Every method of the discovery document is called with success, and refused, by a test beside this one."""

from __future__ import annotations

import importlib
import importlib.resources
import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def methods_of(document):
    return {
        method["id"].removeprefix("calendar.")
        for resource in document["resources"].values()
        for method in resource["methods"].values()
    }


def marked(kind):
    """The methods that the tests beside this one are marked with."""
    modules = [
        importlib.import_module(f"tests.system.{HERE.name}.{path.stem}")
        for path in HERE.glob("test_*.py")
    ]
    return {
        mark.args[0]
        for module in modules
        for test in vars(module).values()
        for mark in getattr(test, "pytestmark", ())
        if mark.name == kind
    }


@pytest.fixture
def methods():
    package = importlib.resources.files("googleapiclient")
    text = package.joinpath("discovery_cache/documents/calendar.v3.json").read_text("utf-8")
    return methods_of(json.loads(text))


def test_there_are_38_methods(methods):
    assert len(methods) == 38


def test_every_method_is_shown_at_work(methods):
    assert marked("succeeds") == methods


def test_every_method_is_shown_refusing(methods):
    assert marked("refused") == methods


def test_the_client_that_was_built_has_every_method(me, methods):
    for method in methods:
        resource, _, name = method.partition(".")
        collection = getattr(me, resource)()
        # "import" is a word of Python's own: the client calls it import_.
        assert callable(getattr(collection, "import_" if name == "import" else name))
