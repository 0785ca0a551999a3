"""`gcsa fleet` and `python -m gcsa.mirror.fleet` are one command with two readers of its options."""

from __future__ import annotations

import json

import pytest
import typer

from gcsa.cli.app import app
from gcsa.cli.program import run
from gcsa.mirror.fleet import command_line

COMMANDS = ["init", "enqueue", "worker", "webhook", "status"]


def with_typer(name, monkeypatch, *words):
    given = []
    monkeypatch.setattr(command_line, "run", given.append)
    assert run(["fleet", name, *words]) == 0
    return vars(given[0])


def with_argparse(name, monkeypatch, *words):
    given = []
    monkeypatch.setattr(command_line, "run", given.append)
    assert command_line.main([name, *words]) == 0
    return vars(given[0])


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_not_said_is_the_same_for_both(name, monkeypatch):
    assert with_typer(name, monkeypatch) == with_argparse(name, monkeypatch)


@pytest.mark.parametrize(
    "words",
    [
        ("init", "--database", "postgresql://x"),
        ("enqueue", "ann@example.com", "bob@example.com", "--file", "people.txt"),
        ("enqueue", "--dead"),
        ("enqueue", "--remove", "ann@example.com"),
        ("worker", "--key", "key.json", "--address", "https://x/", "--concurrency", "9"),
        ("worker", "--metrics-port", "9100", "--metrics-host", "::", "--until-empty"),
        ("worker", "--heal-every", "60", "--discover-every", "61", "--stalled-after", "62"),
        ("worker", "--calls-per-minute", "0", "--calls-per-minute-of-all", "5"),
        ("worker", "--keep-changes", "1.5", "--credentials", "a:b"),
        ("webhook", "--host", "0.0.0.0", "--port", "1"),
        ("status", "--how", "prometheus"),
        ("status", "--json"),
    ],
    ids=" ".join,
)
def test_what_is_said_is_the_same_for_both(words, monkeypatch):
    assert with_typer(*words[:1], monkeypatch, *words[1:]) == with_argparse(
        *words[:1], monkeypatch, *words[1:]
    )


def test_json_may_be_asked_for_in_front_of_the_command_too(monkeypatch):
    given = []
    monkeypatch.setattr(command_line, "run", given.append)
    assert run(["--json", "fleet", "status"]) == 0
    assert given[0].how == "json"


def test_every_command_has_both():
    root = typer.main.get_command(app)
    root.load("fleet")
    assert list(root.commands["fleet"].commands) == COMMANDS


def test_a_database_that_cannot_be_reached_is_told_in_one_line(capsys):
    url = "postgresql://me:secret@127.0.0.1:9/calendars"
    assert run(["fleet", "status", "--database", url]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("gcsa: The mirror's database postgresql+psycopg://me:***@127.0.0.1:9/")
    assert json.dumps(line).count("secret") == 0
