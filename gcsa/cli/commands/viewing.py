"""Looking at calendars: `agenda`, `show`, `find`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from gcsa.cli.command import command
from gcsa.cli.desk import Desk

if TYPE_CHECKING:
    from gcsa.cli.sources import Found
    from gcsa.cli.windows import Window

EventWords = Annotated[
    str,
    typer.Argument(metavar="EVENT", help="An id, the beginning of one, or words of the summary."),
]
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="WHEN", help="Look for it then, such as 'friday' or 'march'."),
]


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    command(app, "agenda", lists=True)(agenda)
    command(app, "week", lists=True)(week)
    command(app, "month", lists=True)(month)
    command(app, "show", lists=True)(show)
    command(app, "find", lists=True)(find)


def agenda(
    desk: Desk,
    when: Annotated[
        str | None,
        typer.Argument(
            metavar="WHEN", help="Such as 'today', 'next week', 'mon-fri', 'march', '14d'."
        ),
    ] = None,
    declined: Annotated[
        bool, typer.Option("--declined", help="List what you have declined, too.")
    ] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Tell the id of each event.")] = False,
) -> None:
    """List what is on, day by day; the next seven days by default."""
    window = desk.window(when)
    found = attended(desk.found(window), declined=declined)
    list_events(desk, found, window, "Nothing is on.", ids=ids)


def week(
    desk: Desk,
    when: Annotated[
        str | None,
        typer.Argument(metavar="WHEN", help="A day of the week, or 'next week', 'mon-fri', '3d'."),
    ] = None,
    declined: Annotated[
        bool, typer.Option("--declined", help="Show what you have declined, too.")
    ] = False,
) -> None:
    """Show a week as a grid; this one by default."""
    from gcsa.cli.windows import of_days, week_of

    window = desk.window(when or "this week")
    if when is not None and len(window.days) == 1:
        first = week_of(window.days[0], desk.configuration.first_weekday)
        window = of_days(first, first + timedelta(days=7), desk.now)
    found = attended(desk.found(window), declined=declined)

    def paint() -> None:
        from gcsa.cli.grid import blocks
        from gcsa.cli.painting import canvas_lines
        from gcsa.cli.week_grid import week_grid

        drawn = blocks(found, desk.zone, desk.now)
        grids = week_grid(window.days, drawn, desk.console.width, desk.now)
        for canvas in grids:
            for line in canvas_lines(canvas):
                desk.line(line)

    list_records(desk, found, paint)


def month(
    desk: Desk,
    when: Annotated[
        str | None,
        typer.Argument(
            metavar="WHEN", help="A month or a day of it, such as 'march' or 'next month'."
        ),
    ] = None,
    declined: Annotated[
        bool, typer.Option("--declined", help="Show what you have declined, too.")
    ] = False,
) -> None:
    """Show a month as a grid; this one by default."""
    from gcsa.cli.month_grid import month_grid, shown_days
    from gcsa.cli.windows import of_days

    first_weekday = desk.configuration.first_weekday
    day = desk.window(when or "this month").days[0]
    days = shown_days(day, first_weekday)
    window = of_days(days[0], days[-1] + timedelta(days=1), desk.now)
    found = attended(desk.found(window), declined=declined)

    def paint() -> None:
        from gcsa.cli.grid import blocks
        from gcsa.cli.painting import canvas_lines

        drawn = blocks(found, desk.zone, desk.now)
        canvas = month_grid(day, drawn, desk.console.width, desk.now, first_weekday)
        for line in canvas_lines(canvas):
            desk.line(line)

    list_records(desk, found, paint)


def show(
    desk: Desk,
    event: EventWords,
    on: OnDay = None,
    series: Annotated[
        bool, typer.Option("--series", help="Show the whole series, not one instance of it.")
    ] = False,
) -> None:
    """Show all there is to know of an event."""
    found = pick(desk, event, on, series=series)
    from gcsa.cli.records import EVENT_FIELDS, event_record

    def paint() -> None:
        from gcsa.cli.painting import event_details

        for line in event_details(found, desk.zone, repeats(found)):
            desk.line(line)

    desk.give(event_record(found, desk.zone), EVENT_FIELDS, paint)


def find(
    desk: Desk,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words to look for.")],
    when: Annotated[
        str | None,
        typer.Option(
            "--when", metavar="WHEN", help="Look there; by default a year back and two ahead."
        ),
    ] = None,
    all_: Annotated[
        bool,
        typer.Option("--all", help="List each instance of a series, as --when does, too."),
    ] = False,
) -> None:
    """Find events by words of their texts.

    Of a series it is the instance that is on or comes next.
    """
    from gcsa.cli.failure import Misunderstanding
    from gcsa.cli.selection import one_of_each_series
    from gcsa.cli.windows import Window

    if not text.strip():
        raise Misunderstanding("There are no words to look for.", "Such as: gcsa find lunch")
    window = (
        Window(desk.now - timedelta(days=365), desk.now + timedelta(days=730))
        if when is None
        else desk.window(when)
    )
    found = desk.found(window, text)
    listed = found if all_ or when is not None else one_of_each_series(found, desk.now)
    list_events(desk, listed, window, f"Nothing matches {text!r}.", ids=True)
    if len(listed) < len(found):
        desk.note("Of a series it is the next instance; --all lists each.")


def list_events(
    desk: Desk, found: list[Found], window: Window, nothing: str, *, ids: bool = False
) -> None:
    """Print a list of events.

    Args:
        desk: What the command works with.
        found: The events.
        window: The window that they are of.
        nothing: What is said where there are none.
        ids: Whether the id of each is told.
    """

    def paint() -> None:
        from gcsa.cli.agenda import agenda
        from gcsa.cli.painting import agenda_lines

        if not found:
            desk.note(nothing)
        days = agenda(found, window, desk.zone, desk.now)
        several = len({one.calendar.calendar_id for one in found}) > 1
        for line in agenda_lines(days, desk.now.date(), calendars=several, ids=ids):
            desk.line(line)

    list_records(desk, found, paint)


def list_records(desk: Desk, found: list[Found], paint: Callable[[], None]) -> None:
    """Print a list of events: as JSON or CSV where that is asked for, and painted otherwise."""
    from gcsa.cli.records import EVENT_FIELDS, event_record

    desk.list((event_record(one, desk.zone) for one in found), EVENT_FIELDS, paint)


def attended(found: list[Found], *, declined: bool) -> list[Found]:
    """Return events without those that the user has declined, unless those are wanted too."""
    from gcsa.cli.invitations import own_response

    return [one for one in found if declined or own_response(one.event) != "declined"]


def pick(desk: Desk, words: str, on: str | None = None, *, series: bool = False) -> Found:
    """Return the event that a user means.

    Args:
        desk: What the command works with.
        words: An id, the beginning of one, or words of the summary.
        on: When to look for it.
        series: Whether the whole series is meant where it is an instance of one.
    """
    from gcsa.cli.failure import Failure
    from gcsa.cli.selection import by_id, choose, usual_window
    from gcsa.cli.sources import Found

    found = by_id(words, desk.source, desk.calendars) if on is None else None
    if found is None:
        window = usual_window(desk.now) if on is None else desk.window(on)
        found = choose(desk.found(window), words, desk.now)
    series_id = found.event.recurring_event_id
    if series and series_id is not None:
        whole = desk.source.event(series_id, found.calendar.calendar_id or "")
        if whole is None:
            raise Failure("The series of this event is not on the calendar.")
        return Found(whole, found.calendar)
    if series and not found.event.recurrence:
        raise Failure("This event does not repeat: there is no series.", "Leave --series out.")
    return found


def repeats(found: Found) -> str:
    """Return in words how often an event repeats."""
    if found.event.recurrence:
        from gcsa.recurrence import Recurrence

        try:
            return Recurrence.parse(found.event.recurrence).describe()
        except ValueError:
            return " ".join(found.event.recurrence)
    return "one of a series" if found.event.is_recurring_instance else ""
