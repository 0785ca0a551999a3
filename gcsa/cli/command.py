"""How a function becomes a command: it gets a desk to work at, and the options that all commands have."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, cast

import typer

from gcsa.cli.plain_words import PlainCommand
from gcsa.cli.surroundings import Choices, Surroundings

if TYPE_CHECKING:
    from gcsa.cli.desk import Desk

P = ParamSpec("P")


def _options(
    calendar: Annotated[
        list[str] | None,
        typer.Option(
            "--calendar",
            "-c",
            metavar="CALENDAR",
            help="A calendar by id or name; may be repeated.",
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            "--timezone", metavar="ZONE", help="The zone of times, such as Europe/Prague."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing beside what is asked for.")
    ] = False,
    emulator: Annotated[
        Path | None,
        typer.Option(
            "--emulator", metavar="FILE", help="Use an emulator with this database, not Google."
        ),
    ] = None,
    mirror: Annotated[
        str | None,
        typer.Option(
            "--mirror", metavar="URL", help="Read a local copy, such as sqlite:///calendars.db."
        ),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Read the local copy that gcsa sync keeps.")
    ] = False,
) -> None:
    """Have the options that all commands have."""


def _formats(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Have the options of commands that print what programs may read."""


def _parameters(function: Callable[..., None]) -> list[inspect.Parameter]:
    return list(inspect.signature(function, eval_str=True).parameters.values())


SHARED = _parameters(_options)
FORMATS = _parameters(_formats)
SHARED_NAMES = frozenset(one.name for one in (*SHARED, *FORMATS))


def command(
    app: typer.Typer, name: str, *, lists: bool = False
) -> Callable[[Callable[Concatenate[Desk, P], None]], Callable[Concatenate[Desk, P], None]]:
    """Make a function a command of an app.

    Args:
        app: The app, or a group of one.
        name: The command's name.
        lists: Whether it prints what programs may read: it has `--json` and `--csv` then.
    """

    def register(
        function: Callable[Concatenate[Desk, P], None],
    ) -> Callable[Concatenate[Desk, P], None]:
        shared = [*FORMATS, *SHARED] if lists else SHARED
        own = _parameters(cast("Callable[..., None]", function))[1:]

        def run(context: typer.Context, **given: Any) -> None:
            from gcsa.cli.desk import Desk
            from gcsa.cli.reporting import reported

            choices = choices_of(**{one.name: given.pop(one.name) for one in shared})
            with reported():
                surroundings = (
                    context.obj if isinstance(context.obj, Surroundings) else Surroundings()
                )
                desk = Desk(surroundings, choices.over(surroundings.choices))
                try:
                    cast("Callable[..., None]", function)(desk, **given)
                finally:
                    desk.close()

        as_typer_sees_it(run, [*own, *shared])
        app.command(name, cls=PlainCommand, help=inspect.getdoc(function))(run)
        return function

    return register


def choices_of(
    *,
    calendar: list[str] | None = None,
    timezone: str | None = None,
    quiet: bool = False,
    json: bool = False,
    csv: bool = False,
    emulator: Path | None = None,
    mirror: str | None = None,
    offline: bool = False,
) -> Choices:
    """Return the options that all commands have, as they were given to one."""
    return Choices(
        calendar=tuple(calendar or ()),
        timezone=timezone,
        quiet=quiet,
        json=json,
        csv=csv,
        emulator=None if emulator is None else str(emulator),
        mirror=mirror,
        offline=offline,
    )


def as_typer_sees_it(function: Callable[..., None], parameters: list[inspect.Parameter]) -> None:
    """Give a function that takes anything the signature that its command line has."""
    context = inspect.Parameter(
        "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    function.__signature__ = inspect.Signature([context, *named])  # type: ignore[attr-defined]
    function.__annotations__ = {one.name: one.annotation for one in (context, *named)}
