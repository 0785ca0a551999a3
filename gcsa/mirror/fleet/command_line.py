"""The command line of a fleet: its options, and what is said when something goes wrong.

`python -m gcsa.mirror.fleet` reads them here; `gcsa fleet` reads the same ones with Typer, where that is installed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import psycopg
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import SQLAlchemyError

from gcsa.mirror.errors import DatabaseError, MirrorError
from gcsa.mirror.fleet import commands
from gcsa.mirror.fleet.credentials import CredentialsFor, ServiceAccount, credentials_named
from gcsa.mirror.fleet.log_lines import log_to_stderr
from gcsa.mirror.fleet.settings import FleetSettings

# The variables that say what is not said on the command line.
DATABASE = "GCSA_FLEET_DATABASE"
KEY = "GCSA_FLEET_KEY"

_DAY = timedelta(days=1)


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
            commands.init(settings)
        case "enqueue":
            names = list(given.accounts)
            if given.file is not None:
                names += Path(given.file).read_text(encoding="utf-8").split()
            commands.enqueue(settings, names, dead=given.dead, remove=given.remove)
        case "worker":
            log_to_stderr()
            commands.worker(
                settings,
                _credentials(given),
                concurrency=given.concurrency,
                metrics_port=given.metrics_port,
                metrics_host=given.metrics_host,
                until_empty=given.until_empty,
            )
        case "webhook":
            log_to_stderr()
            commands.webhook(settings, host=given.host, port=given.port)
        case _:
            commands.status(settings, how=given.how)


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
    subparsers = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--database", metavar="URL", help=f"postgresql://user@host/name; or the variable {DATABASE}"
    )

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return subparsers.add_parser(name, parents=[common], help=text, description=text)

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
