"""The commands of a fleet, as functions: each is what `gcsa fleet …` and `python -m gcsa.mirror.fleet …` do.

The second one reads its options here, and the first one where Typer is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import attrs
import psycopg
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import SQLAlchemyError

from gcsa.mirror.errors import DatabaseError, MirrorError
from gcsa.mirror.fleet.accounts import Accounts
from gcsa.mirror.fleet.company import CompanyMirror
from gcsa.mirror.fleet.credentials import CredentialsFor, ServiceAccount, credentials_named
from gcsa.mirror.fleet.fleet import make_fleet, prepare_fleet
from gcsa.mirror.fleet.log_lines import log_to_stderr
from gcsa.mirror.fleet.metrics import metrics_text, serve_metrics
from gcsa.mirror.fleet.queue import QUEUE, Queue
from gcsa.mirror.fleet.settings import FleetSettings
from gcsa.mirror.fleet.state import dead_letters, read_state
from gcsa.mirror.fleet.webhook import fleet_webhook
from gcsa.mirror.fleet.work import Work
from gcsa.mirror.fleet.worker import run_worker

# The variables that say what is not said on the command line.
DATABASE = "GCSA_FLEET_DATABASE"
KEY = "GCSA_FLEET_KEY"

Say = Callable[[str], None]

_DAY = timedelta(days=1)


def init(settings: FleetSettings, say: Say = print) -> None:
    """Create the tables of a fleet, of the mirror and of the queue; what is there stays.

    Args:
        settings: Where.
        say: Writes a line.
    """
    make_fleet(settings)
    say("The fleet is ready.")


def enqueue(
    settings: FleetSettings,
    accounts: Iterable[str] = (),
    *,
    dead: bool = False,
    remove: bool = False,
    say: Say = print,
) -> None:
    """Add accounts, and have their calendars found and synchronised; without any, do so for all that are known.

    Args:
        settings: Where.
        accounts: The e-mail addresses of users.
        dead: Instead, try the jobs once more that were given up.
        remove: Instead, take these accounts away; their copies stay.
        say: Writes a line.

    Raises:
        ValueError: An account is no e-mail address.
        LookupError: An account to be taken away is not there; the others are taken away.
    """
    names = list(accounts)
    with CompanyMirror(settings.url) as mirror, Queue(settings.conninfo) as queue:
        prepare_fleet(mirror)
        known = Accounts(mirror.database)
        if remove:
            _remove(known, names, say)
            return
        if dead:
            letters = dead_letters(mirror.database)
            jobs = sum(
                queue.sync(letter.account, letter.calendar_id)
                if letter.calendar_id
                else queue.discover(letter.account)
                for letter in letters
            )
            say(f"{jobs} of {len(letters)} dead letters are tried once more.")
            return
        added = known.add(names)
        jobs = sum(map(queue.discover, names or known.all()))
        say(f"{len(added)} accounts are new; {jobs} jobs were put into the queue.")


def _remove(known: Accounts, names: list[str], say: Say) -> None:
    if not names:
        raise ValueError("Name the accounts that are to be taken away.")
    missing = [name for name in names if not known.remove(name)]
    say(f"{len(names) - len(missing)} accounts were removed.")
    if missing:
        raise LookupError(f"There is no account {', '.join(missing)} in this fleet.")


def worker(
    settings: FleetSettings,
    credentials_for: CredentialsFor,
    *,
    concurrency: int = 5,
    metrics_port: int | None = None,
    metrics_host: str = "127.0.0.1",
    until_empty: bool = False,
) -> None:
    """Do the jobs of a fleet until the process is asked to stop; start as many as are needed, on any machines.

    Args:
        settings: What the fleet has agreed on.
        credentials_for: Returns an account's credentials.
        concurrency: How many jobs are done at a time.
        metrics_port: Where Prometheus may ask for metrics; None for nowhere.
        metrics_host: The address of that.
        until_empty: Return when no job is waiting; what the last ones ask for is left for the next time.
    """
    _check_port(metrics_port or 0)
    with Work(settings, credentials_for) as work:
        prepare_fleet(work.mirror)
        server = (
            None
            if metrics_port is None
            else serve_metrics(work.mirror.database, metrics_port, metrics_host)
        )
        try:
            run_worker(work, concurrency, until_empty=until_empty)
        finally:
            if server is not None:
                server.shutdown()
                server.server_close()


def webhook(settings: FleetSettings, *, host: str = "127.0.0.1", port: int = 8080) -> None:
    """Receive Google's notifications until the process is asked to stop; put it behind a proxy that speaks https.

    Args:
        settings: What the fleet has agreed on.
        host: The address to listen on.
        port: The port to listen on.

    Raises:
        ImportError: uvicorn is not installed; the extra `fleet` brings it.
    """
    import uvicorn

    _check_port(port)
    with CompanyMirror(settings.url) as mirror, Queue(settings.conninfo) as queue:
        prepare_fleet(mirror)
        uvicorn.run(fleet_webhook(mirror, queue), host=host, port=port, log_level="warning")


def _check_port(port: int) -> None:
    if not 0 <= port <= 65_535:
        raise ValueError(f"A port is a number from 0 to 65535, not {port}.")


def status(settings: FleetSettings, *, how: str = "text", say: Say = print) -> None:
    """Say how a fleet is doing.

    Args:
        settings: Where.
        how: `'text'` for people, `'json'` for programs, `'prometheus'` for Prometheus.
        say: Writes a line.
    """
    with CompanyMirror(settings.url) as mirror:
        prepare_fleet(mirror)
        if how == "prometheus":
            say(metrics_text(mirror.database).rstrip("\n"))
            return
        state = read_state(mirror.database, QUEUE)
        letters = dead_letters(mirror.database, limit=20)
    if how == "json":
        said = {**attrs.asdict(state), "letters": [attrs.asdict(letter) for letter in letters]}
        say(json.dumps(said, default=str, indent=2))
        return
    say(f"accounts   {state.accounts}, {state.failing_accounts} failing")
    say(f"calendars  {state.calendars}, {state.unsynced} without a copy, {state.failing} failing")
    say(f"workers    {state.workers}")
    say(f"jobs       {state.jobs['todo']} waiting, {state.jobs['doing']} under way")
    say(f"lag        {state.lag:.0f} s; stalest copy {state.stalest:.0f} s")
    say(f"calls      {state.calls}")
    for letter in letters:
        about = letter.calendar_id or "the list of calendars"
        say(f"given up   {about} of {letter.account}: {letter.failure or letter.kind}")
    if state.dead_letters > len(letters):
        say(f"           … and {state.dead_letters - len(letters)} more")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return the status of the process."""
    given = _parser().parse_args(arguments)
    try:
        run(given)
    except (MirrorError, LookupError, ValueError, OSError, ImportError) as error:
        sys.stderr.write(f"gcsa: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run(given: argparse.Namespace) -> None:
    """Run the command that was given, with its options.

    Raises:
        DatabaseError: The database cannot be used.
        LookupError: There is no fleet in it.
        ValueError: An option is wrong.
        OSError: A file cannot be read, or a port is in use.
        ImportError: The function for credentials, or what it needs, is not there.
    """
    try:
        _run(given)
    except (psycopg.Error, SQLAlchemyError, ConnectorException) as error:
        said = error.__cause__ or error
        raise DatabaseError(
            f"The fleet's database cannot be used: {' '.join(str(said).split())}"
        ) from error


def _run(given: argparse.Namespace) -> None:
    settings = _settings(given)
    match given.command:
        case "init":
            init(settings)
        case "enqueue":
            names = list(given.accounts)
            if given.file is not None:
                names += Path(given.file).read_text(encoding="utf-8").split()
            enqueue(settings, names, dead=given.dead, remove=given.remove)
        case "worker":
            log_to_stderr()
            worker(
                settings,
                _credentials(given),
                concurrency=given.concurrency,
                metrics_port=given.metrics_port,
                metrics_host=given.metrics_host,
                until_empty=given.until_empty,
            )
        case "webhook":
            log_to_stderr()
            webhook(settings, host=given.host, port=given.port)
        case _:
            status(settings, how=given.how)


def _settings(given: argparse.Namespace) -> FleetSettings:
    url: str | None = given.database or os.environ.get(DATABASE)
    if not url:
        raise ValueError(f"There is no database: give --database, or set {DATABASE}.")
    if given.command != "worker":
        return FleetSettings(url)
    return FleetSettings(
        url,
        address=given.address,
        calls_per_minute=given.calls_per_minute or None,
        calls_per_minute_of_all=given.calls_per_minute_of_all or None,
        heal_every=timedelta(seconds=given.heal_every),
        discover_every=timedelta(seconds=given.discover_every),
        heartbeat_every=timedelta(seconds=given.stalled_after / 3),
        stalled_after=timedelta(seconds=given.stalled_after),
        keep_changes_for=timedelta(days=given.keep_changes) if given.keep_changes else None,
    )


def _credentials(given: argparse.Namespace) -> CredentialsFor:
    if given.credentials is not None:
        return credentials_named(given.credentials)
    key: str | None = given.key or os.environ.get(KEY)
    if not key:
        raise ValueError(
            f"There are no credentials: give --key, the key file of a service account, or set {KEY};"
            " or name a function with --credentials module:function."
        )
    return ServiceAccount(key)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gcsa fleet", description="Keep the calendars of a company at hand."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--database", metavar="URL", help=f"postgresql://user@host/name; or the variable {DATABASE}"
    )

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=text, description=text)

    command("init", "Create the tables, or bring them up to date.")

    adding = command("enqueue", "Add accounts, and have their calendars synchronised.")
    adding.add_argument(
        "accounts", nargs="*", metavar="ADDRESS", help="users; all that are known by default"
    )
    adding.add_argument("--file", help="a file of addresses")
    other = adding.add_mutually_exclusive_group()
    other.add_argument("--dead", action="store_true", help="try once more what was given up")
    other.add_argument("--remove", action="store_true", help="take these accounts away")

    defaults = FleetSettings("postgresql://")
    working = command("worker", "Do what is in the queue; start as many as are needed.")
    working.add_argument("--key", help=f"the key file of a service account; or the variable {KEY}")
    working.add_argument(
        "--credentials", metavar="MODULE:FUNCTION", help="returns an account's credentials"
    )
    working.add_argument("--address", metavar="URL", help="where Google reaches the web hook")
    working.add_argument("--concurrency", type=int, default=5, help="jobs at a time (5)")
    working.add_argument("--metrics-port", type=int, help="where Prometheus asks for metrics")
    working.add_argument("--metrics-host", default="127.0.0.1")
    working.add_argument(
        "--until-empty", action="store_true", help="stop when nothing is in the queue"
    )
    for name, default, text in (
        ("calls-per-minute", defaults.calls_per_minute, "quota of a user, 0 for none"),
        ("calls-per-minute-of-all", defaults.calls_per_minute_of_all, "quota of the project"),
        ("heal-every", defaults.heal_every.total_seconds(), "seconds without a notification"),
        ("discover-every", defaults.discover_every.total_seconds(), "seconds between readings"),
        (
            "stalled-after",
            defaults.stalled_after.total_seconds(),
            "seconds until a silent worker is taken for dead",
        ),
        (
            "keep-changes",
            (defaults.keep_changes_for or _DAY * 0) / _DAY,
            "days of the feed, 0 for all",
        ),
    ):
        working.add_argument(
            f"--{name}", type=float, default=default, metavar="N", help=f"{text} ({default:g})"
        )

    receiving = command("webhook", "Receive Google's notifications.")
    receiving.add_argument("--host", default="127.0.0.1")
    receiving.add_argument("--port", type=int, default=8080)

    telling = command("status", "Say how the fleet is doing.")
    telling.add_argument("--how", choices=["text", "json", "prometheus"], default="text")
    telling.add_argument(
        "--json", dest="how", action="store_const", const="json", help="the same as --how json"
    )
    return parser
