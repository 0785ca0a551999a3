"""Events to and from files, and from calendar to calendar: `import`, `export`, `copy`."""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from gcsa.cli.command import command
from gcsa.cli.desk import Desk

if TYPE_CHECKING:
    from gcsa.calendar import CalendarListEntry
    from gcsa.cli.transfers import Journal
    from gcsa.event import Event

DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Only list what would be done.")]
When = Annotated[
    str | None,
    typer.Argument(
        metavar="WHEN", help="Only what is on then, such as 'march'; everything by default."
    ),
]
# What from_ical reads at the most.
_LARGEST = 32 * 1024 * 1024
# Of what a file has wrong; one that is no calendar at all has thousands of lines.
_MOST_COMPLAINTS = 10


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    command(app, "import", lists=True)(import_)
    command(app, "export")(export)
    command(app, "copy", lists=True)(copy)


def import_(
    desk: Desk,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An iCalendar file; - for standard input.")
    ],
    dry_run: DryRun = False,
) -> None:
    """Import an iCalendar file.

    It can be done again without doubling anything, and goes on from where it was interrupted.
    """
    from gcsa.cli.failure import Failure

    with _complaints(desk):
        from gcsa.ical import from_ical

        try:
            with _reading(file) as stream:
                data = stream.read(_LARGEST + 1)
        except OSError as error:
            raise Failure(f"{file} cannot be read: {error.strerror}.") from None
        events = list(from_ical(data, desk.timezone))
    if not events:
        raise Failure(f"There are no events in {file}.", "Is it an iCalendar file (.ics)?")
    calendar = desk.calendar
    name = hashlib.sha256(data).hexdigest()
    _bring(desk, events, calendar, ("import", name, calendar.calendar_id or ""), dry_run=dry_run)


def export(
    desk: Desk,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to; - for standard output.")
    ] = Path("-"),
    when: When = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Export a calendar as an iCalendar file."""
    from gcsa.cli.failure import Failure
    from gcsa.cli.records import name_of
    from gcsa.ical import to_ical

    to_stdout = str(file) == "-"
    if not to_stdout and file.exists() and not force:
        raise Failure(f"{file} is there already.", "Give --force to replace it.")
    calendar = desk.calendar
    events = desk.stored(calendar, when)
    data = to_ical(events, name_of(calendar))
    if to_stdout:
        sys.stdout.write(data.decode("utf-8"))
        return
    try:
        file.write_bytes(data)
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error.strerror}.") from None
    desk.say(f"Exported {_number(len(events))} of {name_of(calendar)} to {file}.")


def copy(
    desk: Desk,
    from_: Annotated[str, typer.Option("--from", metavar="CALENDAR", help="The calendar to copy.")],
    to: Annotated[
        str, typer.Option("--to", metavar="CALENDAR", help="The calendar to copy it to.")
    ],
    when: When = None,
    dry_run: DryRun = False,
) -> None:
    """Copy events from calendar to calendar.

    It can be done again without doubling anything, and goes on from where it was interrupted. Nobody is invited anew.
    """
    from gcsa.cli.failure import Misunderstanding

    source, destination = desk.calendar_named(from_), desk.calendar_named(to)
    if source.calendar_id == destination.calendar_id:
        raise Misunderstanding("A calendar cannot be copied to itself.")
    events = desk.stored(source, when)
    name = ("copy", source.calendar_id or "", destination.calendar_id or "")
    _bring(desk, events, destination, name, dry_run=dry_run)


def _bring(
    desk: Desk,
    events: Sequence[Event],
    calendar: CalendarListEntry,
    name: tuple[str, ...],
    *,
    dry_run: bool,
) -> None:
    from gcsa.cli.failure import Failure
    from gcsa.cli.plain_text import one_line
    from gcsa.cli.records import name_of
    from gcsa.cli.transfers import Journal, transfer

    if dry_run:
        _list(desk, events, calendar)
        return
    client = desk.client
    journal = Journal(desk.state, *name)
    with _progress(desk, len(events)) as advance, _resumable(desk, journal):
        report = transfer(events, client, calendar.calendar_id or "", journal, advance)
    before = f" ({report.skipped} had been before)" if report.skipped else ""
    desk.say(f"Stored {_number(report.stored)} in {name_of(calendar)}{before}.")
    if report.failures:
        told = [f"{one_line(event.summary)}: {error}" for event, error in report.failures[:5]]
        more = len(report.failures) - len(told)
        raise Failure(
            f"{_number(len(report.failures))} could not be stored:\n"
            + "\n".join([*told, *([f"… and {more} more"] if more else [])]),
            "The others are there; run it again to try these again.",
        )


def _list(desk: Desk, events: Sequence[Event], calendar: CalendarListEntry) -> None:
    from gcsa.cli.plain_text import one_line
    from gcsa.cli.records import EVENT_FIELDS, event_record, name_of
    from gcsa.cli.sources import Found
    from gcsa.cli.wording import when_text

    found = [Found(event, calendar) for event in events]

    def paint() -> None:
        from rich.text import Text

        for event in events:
            what = one_line(event.summary) or "(no title)"
            if event.status == "cancelled":
                what = "(cancelled in a series)"
            desk.line(Text(f"{when_text(event, desk.zone)}  {what}"))
        desk.note(f"{_number(len(events))} would be stored in {name_of(calendar)}.")

    desk.list((event_record(one, desk.zone) for one in found), EVENT_FIELDS, paint)


@contextmanager
def _progress(desk: Desk, total: int) -> Generator[Callable[[int], object]]:
    from rich.progress import Progress

    shown = desk.error_console.is_terminal and not desk.choices.quiet
    with Progress(console=desk.error_console, transient=True, disable=not shown) as bar:
        task = bar.add_task("Storing", total=total)
        yield lambda number: bar.advance(task, number)


@contextmanager
def _resumable(desk: Desk, journal: Journal) -> Generator[None]:
    try:
        yield
    except KeyboardInterrupt:
        desk.note(f"{_number(len(journal.done))} are stored. Run it again to go on from there.")
        raise


@contextmanager
def _complaints(desk: Desk) -> Generator[None]:
    """Print what a file has wrong, line by line, instead of logging it."""
    from gcsa.cli.plain_text import one_line

    class Complaints(logging.Handler):
        count = 0

        def emit(self, record: logging.LogRecord) -> None:
            self.count += 1
            if self.count <= _MOST_COMPLAINTS:
                desk.note(one_line(record.getMessage()))

    logger, handler = logging.getLogger("gcsa.ical"), Complaints(logging.WARNING)
    propagates = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates
        if handler.count > _MOST_COMPLAINTS:
            desk.note(f"… and {handler.count - _MOST_COMPLAINTS} more such lines.")


@contextmanager
def _reading(file: Path) -> Generator[BinaryIO]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    with file.expanduser().open("rb") as stream:
        yield stream


def _number(number: int) -> str:
    return f"{number} event" if number == 1 else f"{number} events"
