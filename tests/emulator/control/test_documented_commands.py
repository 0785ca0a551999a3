"""The commands and the seed file of docs/emulator.md, as they are printed there."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import httpx2
import pytest

from gcsa.emulator import Clock, Emulator

PAGE = (Path(__file__).parents[3] / "docs" / "emulator.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ curl (.*)$", PAGE, re.MULTILINE)

CURL = argparse.ArgumentParser()
CURL.add_argument("url")
CURL.add_argument("-X", dest="method")
CURL.add_argument("-H", dest="headers", action="append", default=[])
CURL.add_argument("-o", dest="output")
CURL.add_argument("--json")
CURL.add_argument("--data-binary")


def run(command, server, folder):
    """Do what curl would do, on another port."""
    said = CURL.parse_args(shlex.split(command))
    headers = dict(header.split(": ", 1) for header in said.headers)
    content = None
    if said.json is not None:
        content = said.json.encode()
        headers["Content-Type"] = "application/json"
    if said.data_binary is not None:
        content = (folder / said.data_binary.removeprefix("@")).read_bytes()
    method = said.method or ("GET" if content is None else "POST")
    url = said.url.replace("http://localhost:8085", server)
    response = httpx2.request(method, url, headers=headers, content=content, trust_env=False)
    if said.output is not None:
        (folder / said.output).write_bytes(response.content)
    return response


def test_every_documented_command_works_in_its_order(tmp_path):
    assert len(COMMANDS) > 20
    with Emulator() as emulator:
        server = emulator.serve()
        statuses = {command: run(command, server, tmp_path).status_code for command in COMMANDS}
    assert statuses == dict.fromkeys(COMMANDS, 200)


def test_every_control_endpoint_is_documented():
    from gcsa.emulator import routes

    documented = {
        (said.method or ("GET" if said.json is said.data_binary is None else "POST"), path)
        for said in (CURL.parse_args(shlex.split(command)) for command in COMMANDS)
        if (path := httpx2.URL(said.url).path).startswith("/emulator/")
    }
    assert documented == {
        (method, path)
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH")
        for path in routes.endpoint_paths()
        if path.startswith("/emulator/") and routes.find_endpoint(method, path)
    }


@pytest.fixture
def seed_file(tmp_path):
    [text] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    path = tmp_path / "seed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_documented_seed_file_can_be_planted(seed_file, caller):
    with Emulator(clock=Clock.frozen(), seed_file=seed_file) as emulator:
        me, ann = caller(emulator), caller(emulator, "ann@example.com")
        assert me.ok("GET", "/calendars/primary")["summary"] == "All my days"
        team = "team@group.calendar.google.com"
        assert ann.ok("GET", f"/calendars/{team}")["dataOwner"] == "ann@example.com"
        assert len(me.items(team, singleEvents="true")) == 10
        assert [event["summary"] for event in me.items()] == ["Lunch"]
        assert "Holiday" in [event["summary"] for event in ann.items()]
