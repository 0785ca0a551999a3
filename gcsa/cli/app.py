"""The whole command: all that it can be told to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast

import attrs
import typer

from gcsa.cli.command import FORMATS, SHARED, as_typer_sees_it, choices_of
from gcsa.cli.commands import (
    availability,
    calendars,
    changing,
    copying,
    signing_in,
    transferring,
    trying,
    viewing,
)
from gcsa.cli.surroundings import Surroundings

_HELP = """Google Calendar at the prompt.

Times are written as people write them: 'tomorrow 12:30', 'next monday', 'in 2 hours', '2026-03-02'. An EVENT is an id,
the beginning of one, or words of its summary.
"""


def _print_version(wanted: bool) -> None:
    if wanted:
        from gcsa._version import __version__

        typer.echo(f"gcsa {__version__}")
        raise typer.Exit


def _version(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the version."
        ),
    ] = False,
) -> None:
    """Have the options of the command itself."""


def _main(context: typer.Context, **given: Any) -> None:
    given.pop("version", None)
    surroundings = context.obj if isinstance(context.obj, Surroundings) else Surroundings()
    context.obj = attrs.evolve(surroundings, choices=choices_of(**given))


def build() -> typer.Typer:
    """Return the command."""
    import inspect

    app = typer.Typer(
        name="gcsa",
        help=_HELP,
        no_args_is_help=True,
        # Rich's help pages take longer to load than everything else that --help needs.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    own = list(inspect.signature(_version, eval_str=True).parameters.values())
    as_typer_sees_it(cast("Callable[..., None]", _main), [*own, *FORMATS, *SHARED])
    app.callback()(_main)
    for group in (
        viewing,
        changing,
        availability,
        calendars,
        transferring,
        copying,
        signing_in,
        trying,
    ):
        group.register(app)
    return app


app = build()
