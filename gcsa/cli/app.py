"""The whole command: what it can be told to do, each loaded when it is asked for."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple, cast

import typer
from typer.core import TyperGroup

from gcsa.cli.command import FORMATS, SHARED, as_typer_sees_it, choices_of
from gcsa.cli.plain_text import one_line
from gcsa.cli.plain_words import PlainCommand, PlainGroup
from gcsa.cli.surroundings import Surroundings

_HELP = """Google Calendar at the prompt.

Times are written as people write them: 'tomorrow 12:30', 'next monday', 'in 2 hours', '2026-03-02'. An EVENT is an id,
the beginning of one, or words of its summary.
"""


class Command(NamedTuple):
    """A command, as the list of commands shows it.

    Attributes:
        module: The module of `gcsa.cli.commands` that it is in.
        help: What it does; the first sentence of its own help.
    """

    module: str
    help: str


COMMANDS = {
    "agenda": Command("viewing", "List what is on, day by day; the next seven days by default."),
    "week": Command("viewing", "Show a week as a grid; this one by default."),
    "month": Command("viewing", "Show a month as a grid; this one by default."),
    "show": Command("viewing", "Show all there is to know of an event."),
    "find": Command("viewing", "Find events by words of their texts."),
    "add": Command("changing", "Add an event."),
    "quick": Command("changing", "Add an event that a sentence describes."),
    "edit": Command("changing", "Change an event; what is not named stays."),
    "move": Command("changing", "Move an event to another calendar."),
    "delete": Command("changing", "Delete an event, or one instance of a series."),
    "respond": Command("changing", "Answer an invitation."),
    "meet": Command("changing", "Add a Google Meet to an event and print how to join."),
    "free": Command("availability", "Find when you, and others, are free."),
    "conflicts": Command("availability", "List events that are on at the same time."),
    "calendars": Command("calendars", "List, add, delete, share and colour calendars."),
    "import": Command("transferring", "Import an iCalendar file."),
    "export": Command("transferring", "Export a calendar as an iCalendar file."),
    "copy": Command("transferring", "Copy events from calendar to calendar."),
    "sync": Command("copying", "Bring the local copy up to date."),
    "fleet": Command("fleet", "Keep the calendars of a company at hand."),
    "auth": Command("signing_in", "Sign in, see who you are, sign out."),
    "emulator": Command("trying", "Serve Google Calendar from this machine, to test against."),
    "demo": Command("trying", "Show a week on made-up calendars."),
}


# Typer has it from the Click that it brings, or from the one that is installed.
_UsageError: Any = typer.BadParameter.__bases__[0]


class Commands(PlainGroup):
    """The list of commands. Of each only its name and what it does are known until it is asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, (_, summary) in COMMANDS.items():
            self.add_command(PlainCommand(name, help=summary, rich_markup_mode=None))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Load the command that is asked for, and return it."""
        if args and args[0] in COMMANDS:
            self.load(args[0])
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line; what is wrong with it is told as everything else that goes wrong is."""
        run = functools.partial(
            super().main, args, prog_name, complete_var, False, windows_expand_args, **extra
        )
        if not standalone_mode:
            return run()
        try:
            outcome = run()
        except _UsageError as error:
            _tell(error)
            sys.exit(error.exit_code)
        except typer.Abort:
            sys.exit(1)
        sys.exit(outcome if isinstance(outcome, int) else 0)

    def load(self, name: str) -> None:
        """Put the command itself in its place."""
        part = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
        part.callback()(_nothing)
        importlib.import_module(f"gcsa.cli.commands.{COMMANDS[name].module}").register(part)
        group = cast("TyperGroup", typer.main.get_command(part))
        self.add_command(group.commands[name])


def _tell(error: Any) -> None:
    """Print what is wrong with a command line, in two lines, or the page of help where nothing is asked for."""
    path = error.ctx.command_path if error.ctx is not None else "gcsa"
    told = error.format_message()
    if told.startswith("Usage: "):
        sys.stderr.write(f"{told}\n")
        return
    # What Pydantic puts before the words of whoever raises.
    message = one_line(told.replace("Value error, ", ""))
    sys.stderr.write(f"gcsa: {message}\nSee: {path} --help\n")


def _nothing() -> None:
    """Make a group of what could be a single command."""


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
    context.obj = surroundings._replace(choices=choices_of(**given))


def build() -> typer.Typer:
    """Return the command."""
    built = typer.Typer(
        name="gcsa",
        help=_HELP,
        cls=Commands,
        no_args_is_help=True,
        # Rich's help pages take longer to load than everything else that --help needs.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    own = list(inspect.signature(_version, eval_str=True).parameters.values())
    as_typer_sees_it(cast("Callable[..., None]", _main), [*own, *FORMATS, *SHARED])
    built.callback()(_main)
    return built


app = build()
