"""The commands of a fleet, and what they say to who has made a mistake."""

from __future__ import annotations

import io
import json
import logging
import urllib.request
from datetime import timedelta

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from gcsa.mirror.fleet import (
    FleetSettings,
    ServiceAccount,
    metrics_text,
    run_worker,
    serve_metrics,
)
from gcsa.mirror.fleet.command_line import main
from gcsa.mirror.fleet.log_lines import OneLine

ANN, BOB = "ann@example.com", "bob@example.com"


@pytest.fixture
def run(url, monkeypatch, capsys):
    monkeypatch.setenv("GCSA_FLEET_DATABASE", url)

    def run(*arguments):
        status = main(arguments)
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


@pytest.fixture
def key(emulator, tmp_path):
    path = tmp_path / "key.json"
    path.write_text(json.dumps(emulator.service_account_info()))
    return str(path)


def test_a_fleet_is_made_filled_and_looked_at(fleet_databases, emulator, key, monkeypatch, capsys):
    monkeypatch.setenv("GOOGLE_CALENDAR_EMULATOR_HOST", emulator.address)
    monkeypatch.setenv("GCSA_FLEET_DATABASE", fleet_databases.empty())
    assert main(["init"]) == 0
    assert main(["init"]) == 0
    assert main(["enqueue", ANN, BOB]) == 0
    # The second time, it finds what the jobs that read the lists have asked for.
    assert [main(["worker", "--key", key, "--until-empty"]) for _ in range(2)] == [0, 0]
    assert main(["status"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == ["The fleet is ready."] * 2 + [
        "2 accounts are new; 2 jobs were put into the queue."
    ]
    assert said[3:6] == [
        "accounts   2, 0 failing",
        "calendars  2, 0 without a copy, 0 failing",
        "workers    0",
    ]


def test_what_was_given_up_is_shown_and_tried_once_more(run, work, known, emulator):
    known(ANN)
    with emulator.faults.add(status=404, reason="notFound", on="events.list"):
        run_worker(work, until_empty=True)
    said = run("status")[1]
    assert "given up   ann@example.com of ann@example.com: Not Found (404 notFound)" in said
    assert run("enqueue", "--dead") == (0, "1 of 1 dead letters are tried once more.\n")
    run_worker(work, until_empty=True)
    assert "given up" not in run("status")[1]


def test_accounts_can_be_taken_away(run, work):
    work.accounts.add([ANN, BOB])
    assert run("enqueue", "--remove", ANN) == (0, "1 accounts were removed.\n")
    assert work.accounts.all() == [BOB]


def test_an_account_that_is_not_there_cannot_be_taken_away(run, work):
    work.accounts.add([ANN])
    status, said = run("enqueue", "--remove", BOB, ANN)
    assert status == 1
    assert said == (
        "1 accounts were removed.\ngcsa: There is no account bob@example.com in this fleet.\n"
    )
    assert run("enqueue", "--remove")[0] == 1


def test_addresses_are_read_from_a_file(run, work, tmp_path):
    path = tmp_path / "addresses.txt"
    path.write_text(f"{ANN}\n{BOB}\n")
    assert run("enqueue", "--file", str(path))[0] == 0
    assert work.accounts.all() == [ANN, BOB]


def test_a_name_that_is_no_address_is_refused_and_nothing_is_added(run, work):
    status, said = run("enqueue", ANN, "bob")
    assert status == 1
    assert said == "gcsa: An account is named by its user's e-mail address, not 'bob'.\n"
    assert work.accounts.all() == []


@pytest.mark.parametrize("words", [["--json"], ["--how", "json"]])
def test_a_state_can_be_read_by_programs(run, work, known, words):
    known(ANN)
    state = json.loads(run("status", *words)[1])
    assert (state["accounts"], state["calendars"], state["unsynced"]) == (1, 1, 1)
    assert state["jobs"] == {"todo": 1, "doing": 0, "failed": 0}


def test_without_a_database_the_command_says_how_to_name_one(run, monkeypatch):
    monkeypatch.delenv("GCSA_FLEET_DATABASE")
    assert run("status") == (
        1,
        "gcsa: There is no database: give --database, or set GCSA_FLEET_DATABASE.\n",
    )


@pytest.mark.parametrize(
    "words", [("webhook", "--port"), ("worker", "--key", "key.json", "--metrics-port")]
)
def test_a_port_that_cannot_be_is_refused(run, key, words):
    words = [key if word == "key.json" else word for word in words]
    assert run(*words, "65536") == (1, "gcsa: A port is a number from 0 to 65535, not 65536.\n")


def test_who_may_not_make_tables_is_told_so_in_one_line(run, fleet_databases):
    url = fleet_databases.empty()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS visitor")
        connection.execute("CREATE ROLE visitor LOGIN")
    status, said = run("init", "--database", url.replace("postgres:", "visitor:", 1))
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith(
        "gcsa: The fleet's database cannot be used: permission denied for schema"
    )


def test_what_goes_wrong_is_one_line_of_a_workers_log(work, known, emulator):
    known(ANN)
    emulator.faults.add(status=404, reason="notFound", on="events.list")
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLine())
    log = logging.getLogger("procrastinate")
    log.addHandler(handler)
    try:
        run_worker(work, until_empty=True)
    finally:
        log.removeHandler(handler)
    [line] = [line for line in written.getvalue().splitlines() if "ended with status" in line]
    assert "calendar_id='ann@example.com'" in line
    assert "NotFoundError: Not Found" in line
    assert "Traceback" not in written.getvalue()


def test_a_fleet_is_not_kept_in_sqlite(run):
    status, said = run("init", "--database", "sqlite:///calendars.db")
    assert status == 1
    assert said.startswith("gcsa: A fleet needs PostgreSQL")


def test_a_database_that_cannot_be_reached_is_named_without_its_password(run):
    status, said = run("status", "--database", "postgresql://me:secret@127.0.0.1:9/calendars")
    assert status == 1
    assert said.startswith("gcsa: The mirror's database postgresql+psycopg://me:***@127.0.0.1:9/")
    assert "secret" not in said


def test_a_database_without_a_fleet_says_so(run, fleet_databases):
    status, said = run("status", "--database", fleet_databases.empty())
    assert (status, said) == (
        1,
        "gcsa: This database has no fleet yet: `gcsa fleet init` makes one.\n",
    )


def test_a_worker_needs_credentials(run, monkeypatch):
    monkeypatch.delenv("GCSA_FLEET_KEY", raising=False)
    status, said = run("worker")
    assert status == 1
    assert said.startswith("gcsa: There are no credentials: give --key")


def test_credentials_can_come_from_a_function_of_ones_own(run):
    status, said = run("worker", "--credentials", "gcsa.nowhere:credentials_for")
    assert status == 1
    assert "names no function: write it as 'module:function'" in said


def test_a_key_that_is_none_is_refused(tmp_path):
    path = tmp_path / "key.json"
    path.write_text('{"type": "authorized_user"}')
    with pytest.raises(ValueError, match=r"key\.json"):
        ServiceAccount(path)


def test_a_service_account_acts_for_each_user(emulator, key, url):
    from gcsa.mirror.fleet import Work

    with Work(FleetSettings(url), ServiceAccount(key), emulator.address) as work:
        work.accounts.add([ANN, BOB])
        for account in (ANN, BOB):
            work.discover(account)
            assert [calendar.id for calendar in work.mirror.of(account).calendars()] == [account]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"calls_per_minute": 0}, "calls_per_minute must be above 0 or None, not 0"),
        ({"heal_every": timedelta(0)}, "heal_every must be above 0"),
        ({"stalled_after": timedelta(seconds=1)}, "stalled_after must be longer than"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        FleetSettings("postgresql://", **settings)


def test_prometheus_is_told_of_lag_jobs_errors_and_calls(work, known, emulator):
    known(ANN, BOB)
    emulator.faults.add(status=404, reason="notFound", on="events.list", user=BOB)
    run_worker(work, until_empty=True)
    work.queue.sync(ANN, ANN)
    families = text_string_to_metric_families(metrics_text(work.mirror.database))
    said = {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }
    assert said["gcsa_fleet_calls_total",] == len(emulator.requests)
    assert said["gcsa_fleet_runs_total", "done"] == 3
    assert said["gcsa_fleet_runs_total", "NotFoundError"] == 1
    assert said["gcsa_fleet_jobs", "todo"] >= 1
    assert said["gcsa_fleet_dead_letters",] == 1
    assert said["gcsa_fleet_failing",] == 1
    assert said["gcsa_fleet_lag_seconds",] > 0


def test_metrics_are_served(work):
    server = serve_metrics(work.mirror.database, 0)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/metrics") as answer:
            assert "gcsa_fleet_accounts 0.0" in answer.read().decode()
    finally:
        server.shutdown()
        server.server_close()
