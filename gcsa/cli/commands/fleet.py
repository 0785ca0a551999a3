"""The calendars of a company: `fleet init|enqueue|worker|webhook|status`.

`python -m gcsa.mirror.fleet` has the same commands, for machines on which only the extra `fleet` is installed.
"""

from __future__ import annotations

import functools
import inspect
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from gcsa.cli.plain_words import PlainCommand, PlainGroup
from gcsa.cli.surroundings import Surroundings

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="postgresql://user@host/name; or the variable GCSA_FLEET_DATABASE.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    group = typer.Typer(
        name="fleet",
        help="Keep the calendars of a company at hand.",
        cls=PlainGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for function in (init, enqueue, worker, webhook, status):
        group.command(cls=PlainCommand)(_reported(function))
    app.add_typer(group)


def init(database: Database = None) -> None:
    """Create the tables, or bring them up to date."""
    _run("init", database=database)


def enqueue(
    accounts: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ADDRESS]...", help="Users; all that are known by default."),
    ] = None,
    database: Database = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="A file of addresses.")
    ] = None,
    dead: Annotated[bool, typer.Option("--dead", help="Try once more what was given up.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take these accounts away.")] = False,
) -> None:
    """Add accounts, and have their calendars synchronised."""
    from gcsa.cli.failure import Misunderstanding

    if dead and remove:
        raise Misunderstanding("--dead and --remove do not go together.")
    _run(
        "enqueue",
        database=database,
        accounts=accounts or [],
        file=None if file is None else str(file),
        dead=dead,
        remove=remove,
    )


def worker(
    database: Database = None,
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            metavar="FILE",
            help="The key file of a service account; or the variable GCSA_FLEET_KEY.",
        ),
    ] = None,
    credentials: Annotated[
        str | None,
        typer.Option(
            "--credentials", metavar="MODULE:FUNCTION", help="Returns an account's credentials."
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="URL", help="Where Google reaches the web hook."),
    ] = None,
    concurrency: Annotated[
        int, typer.Option("--concurrency", metavar="N", help="Jobs at a time.")
    ] = 5,
    metrics_port: Annotated[
        int | None,
        typer.Option("--metrics-port", metavar="PORT", help="Where Prometheus asks for metrics."),
    ] = None,
    metrics_host: Annotated[
        str, typer.Option("--metrics-host", metavar="ADDRESS", help="Address to serve them on.")
    ] = "127.0.0.1",
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="Stop when nothing is in the queue.")
    ] = False,
    calls_per_minute: Annotated[
        float,
        typer.Option("--calls-per-minute", metavar="N", help="The quota of a user, 0 for none."),
    ] = 600,
    calls_per_minute_of_all: Annotated[
        float,
        typer.Option(
            "--calls-per-minute-of-all", metavar="N", help="The quota of the project, 0 for none."
        ),
    ] = 10_000,
    heal_every: Annotated[
        float,
        typer.Option(
            "--heal-every", metavar="SECONDS", help="How old a copy may be without a notification."
        ),
    ] = 3600,
    discover_every: Annotated[
        float,
        typer.Option(
            "--discover-every", metavar="SECONDS", help="How often lists of calendars are read."
        ),
    ] = 3600,
    stalled_after: Annotated[
        float,
        typer.Option(
            "--stalled-after", metavar="SECONDS", help="When a silent worker is taken for dead."
        ),
    ] = 30,
    keep_changes: Annotated[
        float,
        typer.Option(
            "--keep-changes", metavar="DAYS", help="How long the feed is kept, 0 for ever."
        ),
    ] = 30,
) -> None:
    """Do what is in the queue; start as many as are needed."""
    _run(
        "worker",
        database=database,
        key=None if key is None else str(key),
        credentials=credentials,
        address=address,
        concurrency=concurrency,
        metrics_port=metrics_port,
        metrics_host=metrics_host,
        until_empty=until_empty,
        calls_per_minute=calls_per_minute,
        calls_per_minute_of_all=calls_per_minute_of_all,
        heal_every=heal_every,
        discover_every=discover_every,
        stalled_after=stalled_after,
        keep_changes=keep_changes,
    )


def webhook(
    database: Database = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="Port to listen on.")] = 8080,
) -> None:
    """Receive Google's notifications, behind a proxy that speaks https."""
    _run("webhook", database=database, host=host, port=port)


def status(
    context: typer.Context,
    database: Database = None,
    how: Annotated[
        Literal["text", "json", "prometheus"],
        typer.Option("--how", help="For people, for programs, or for Prometheus."),
    ] = "text",
    json: Annotated[bool, typer.Option("--json", help="The same as --how json.")] = False,
) -> None:
    """Say how the fleet is doing."""
    surroundings = context.obj if isinstance(context.obj, Surroundings) else Surroundings()
    _run(
        "status",
        database=database,
        how="json" if json or surroundings.choices.json else how,
    )


def _reported(function: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(function)
    def run(**given: Any) -> None:
        from gcsa.cli.reporting import reported

        with reported():
            function(**given)

    signature = inspect.signature(function, eval_str=True)
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return run


def _run(command: str, **given: object) -> None:
    from gcsa.cli.failure import Failure

    try:
        from gcsa.mirror.errors import MirrorError
        from gcsa.mirror.fleet.command_line import run
    except ImportError as error:
        raise Failure(
            f"A fleet needs {error.name}.", "Install it with: pip install 'gcsa[fleet]'"
        ) from None
    try:
        run(Namespace(command=command, **given))
    except MirrorError as error:
        raise Failure(str(error)) from error
