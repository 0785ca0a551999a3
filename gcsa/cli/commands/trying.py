"""Trying things out: `emulator`, `demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gcsa.cli.command import command
from gcsa.cli.desk import Desk


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    command(app, "emulator")(emulator)
    command(app, "demo")(demo)


def _port(text: str) -> str:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise typer.BadParameter("a port is a number from 0 to 65535")
    return text


def emulator(
    desk: Desk,
    port: Annotated[
        str, typer.Option(callback=_port, metavar="PORT", help="Port to listen on, 0 for any.")
    ] = "8085",
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    database: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep everything in this file.")
    ] = None,
    user: Annotated[str, typer.Option(metavar="E-MAIL", help="Default user.")] = "me@example.com",
    seed: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Users, calendars and events to begin with, as YAML or JSON."
        ),
    ] = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let other machines use it, as any of its users.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name that it is reached by; may be repeated."),
    ] = None,
) -> None:
    """Serve Google Calendar from this machine, to test against."""
    import argparse

    from gcsa.emulator import command as serving

    status = serving.run(
        argparse.Namespace(
            port=int(port),
            host=host,
            database=database or desk.choices.emulator or ":memory:",
            user=user,
            seed=None if seed is None else str(seed),
            allow_remote=allow_remote,
            allow_host=allow_host or [],
        )
    )
    if status:
        raise typer.Exit(status)


def demo(
    desk: Desk,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", metavar="FILE", help="Keep the calendars in this file, to play with."
        ),
    ] = None,
) -> None:
    """Show a week on made-up calendars.

    It needs no account, and touches none.
    """
    from gcsa.cli.commands.viewing import agenda, week
    from gcsa.cli.example_week import example_week
    from gcsa.cli.failure import Failure
    from gcsa.emulator import Emulator

    if keep is not None and keep.exists():
        raise Failure(f"{keep} is there already.", f"Use it with: gcsa --emulator {keep} week")
    with Emulator(":memory:" if keep is None else keep) as emulator:
        if desk.surroundings.now is not None:
            emulator.clock.freeze(desk.surroundings.now())
        emulator.seed_from(example_week(emulator.clock.now(), desk.timezone))
        shown = Desk(
            desk.surroundings._replace(emulator=emulator),
            desk.choices._replace(timezone=desk.timezone, calendar=(), emulator=None, mirror=None),
        )
        try:
            week(shown)
            desk.say("")
            agenda(shown, "today")
        finally:
            shown.close()
    if keep is None:
        desk.say("To play with it yourself: gcsa demo --keep demo.db")
    else:
        desk.say(f"It is yours to play with: gcsa --emulator {keep} week")
