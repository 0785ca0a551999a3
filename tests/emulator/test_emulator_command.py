"""`python -m gcsa emulator`: what it prints, whom it refuses, and what is left when it ends, however it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import httpx2
import pytest

from gcsa.__main__ import main
from gcsa.emulator import Emulator, Request

EVENTS = "/calendar/v3/calendars/primary/events"
MEETING = {"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}}
HEADERS = {"Authorization": "Bearer emulator"}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are ended by signals")


class Program:
    """The program, running."""

    def __init__(self, process, lines):
        self.process = process
        self.lines = lines
        self.url = next(word for word in lines[0].split() if word.startswith("http://"))

    def end(self, number):
        """End it by a signal; return its exit status and what it wrote to stderr."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors


@contextmanager
def running(*arguments):
    command = [sys.executable, "-m", "gcsa", "emulator", "--port", "0", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines = []
        while not lines or not lines[-1].startswith("Ctrl-C"):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            lines.append(line.rstrip("\n"))
        yield Program(process, lines)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "calendars.db"


def summaries(path, user="me@example.com"):
    """The summaries of the events in a database."""
    with Emulator(path, default_user=user) as emulator:
        answer = emulator.handle(Request.of("GET", f"{EVENTS}?maxResults=2500", HEADERS.items()))
        return [event["summary"] for event in json.loads(answer.body)["items"]]


def insert(client, summary):
    return client.post(EVENTS, json={**MEETING, "summary": summary})


def test_it_prints_where_it_is_and_how_clients_find_it(database):
    with running("--database", database, "--user", "Ada@Example.com") as program:
        host = program.url.removeprefix("http://")
        text = "\n".join(program.lines)
        assert host.startswith("127.0.0.1:")
        assert "user      ada@example.com (token: emulator;" in text
        assert f"database  {database}" in text
        assert f"    export GOOGLE_CALENDAR_EMULATOR_HOST={host}" in program.lines
        assert (
            f'discoveryServiceUrl="{program.url}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest")'
            in text
        )
        answer = httpx2.get(program.url + EVENTS, headers=HEADERS)
        assert answer.json()["summary"] == "ada@example.com"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(database, number):
    with (
        running("--database", database) as program,
        httpx2.Client(base_url=program.url, headers=HEADERS) as client,
    ):
        insert(client, "Meeting")
        # The connection is still open: it is not waited for.
        assert program.end(number) == (0, "")
    assert summaries(database) == ["Meeting"]
    assert not database.with_name("calendars.db-wal").exists()


def test_killing_it_loses_nothing_that_was_acknowledged(database):
    acknowledged = []
    enough = threading.Event()

    def insert_until_it_dies(url, name):
        with httpx2.Client(base_url=url, headers=HEADERS) as client:
            for number in range(100_000):
                try:
                    answer = insert(client, f"{name}{number}")
                except httpx2.TransportError:
                    return
                if answer.status_code == 200:
                    acknowledged.append(f"{name}{number}")
                if len(acknowledged) >= 100:
                    enough.set()

    with running("--database", database) as program:
        threads = [
            threading.Thread(target=insert_until_it_dies, args=(program.url, name)) for name in "ab"
        ]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        assert program.end(signal.SIGKILL)[0] == -signal.SIGKILL
        for thread in threads:
            thread.join()
    stored = summaries(database)
    assert set(acknowledged) <= set(stored)
    # At most the insert that each connection was waiting for is there without its having heard.
    assert len(stored) <= len(acknowledged) + 2


def test_two_processes_share_a_database(database):
    with running("--database", database) as one, running("--database", database) as other:
        answers = []

        def insert_many(url, name):
            with httpx2.Client(base_url=url, headers=HEADERS, timeout=60) as client:
                answers.extend(
                    insert(client, f"{name}{number}").status_code for number in range(50)
                )

        threads = [
            threading.Thread(target=insert_many, args=(program.url, name))
            for program, name in ((one, "one"), (other, "other"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [200] * 100
        seen = [
            httpx2.get(f"{program.url}{EVENTS}?maxResults=2500", headers=HEADERS).json()["items"]
            for program in (one, other)
        ]
        assert len(seen[0]) == 100
        assert seen[0] == seen[1]
        assert program_ends_well(one)
        assert program_ends_well(other)
    assert len(summaries(database)) == 100


def program_ends_well(program):
    return program.end(signal.SIGTERM) == (0, "")


def test_it_may_begin_with_a_seed(tmp_path):
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"users": [{"email": "ada@example.com"}]}))
    with running("--seed", seed) as program:
        answer = httpx2.get(
            program.url + EVENTS, headers={"Authorization": "Bearer ada@example.com"}
        )
        assert answer.json()["summary"] == "ada@example.com"


# Refusals -------------------------------------------------------------------------------------------------


@pytest.fixture
def refusal(capsys):
    """What the command writes when it refuses to start."""

    def refusal(*arguments):
        assert main(["emulator", *map(str, arguments)]) == 1
        out, errors = capsys.readouterr()
        assert out == ""
        (line,) = errors.splitlines()
        return line

    return refusal


def test_a_port_in_use_is_refused_in_one_line(refusal):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refusal("--port", port) == (
            f"gcsa emulator: port {port} of 127.0.0.1 is in use: stop what uses it, or choose another with --port"
        )


def test_a_host_that_others_can_reach_needs_leave(refusal):
    line = refusal("--port", 0, "--host", "0.0.0.0")
    assert line.startswith("gcsa emulator: host '0.0.0.0' can be reached from other machines")
    assert "--allow-remote" in line


def test_an_address_of_another_machine_is_refused(refusal):
    line = refusal("--port", 0, "--host", "192.0.2.1", "--allow-remote")
    assert line.startswith("gcsa emulator: cannot listen on port 0 of 192.0.2.1: ")


def test_a_database_that_is_none_is_refused(refusal, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no database, but a long enough text " * 100)
    assert refusal("--database", path).startswith(
        f"gcsa emulator: {path} is not a calendar database"
    )


def test_a_database_that_cannot_be_opened_is_refused(refusal, tmp_path):
    path = tmp_path / "nowhere" / "calendars.db"
    assert refusal("--database", path) == (
        f"gcsa emulator: the database {path} cannot be used: unable to open database file"
    )


def test_a_user_is_an_address(refusal):
    assert refusal("--user", "me") == "gcsa emulator: default_user is an e-mail address, not 'me'"


@pytest.mark.parametrize("port", ["-1", "65536", "http", "", "8085.5"])
def test_a_port_is_a_number(capsys, port):
    assert main(["emulator", f"--port={port}"]) == 2
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err


def test_without_a_command_the_commands_are_shown(capsys):
    assert main([]) == 2
    out, errors = capsys.readouterr()
    assert "  emulator " in out + errors


def test_a_seed_that_is_not_there_is_refused_by_its_name(refusal):
    assert refusal("--seed", "nowhere.yaml") == "gcsa emulator: There is no file 'nowhere.yaml'."
