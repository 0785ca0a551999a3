"""Time that is free and time that is taken twice: `free`, `conflicts`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from gcsa.cli.command import command
from gcsa.cli.desk import Desk

_ALL_DAYS = tuple(range(7))


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    command(app, "free", lists=True)(free)
    command(app, "conflicts", lists=True)(conflicts)


def free(
    desk: Desk,
    when: Annotated[
        str | None,
        typer.Argument(
            metavar="WHEN", help="Where to look, such as 'next week'; two weeks by default."
        ),
    ] = None,
    for_: Annotated[
        str, typer.Option("--for", metavar="LENGTH", help="How long it has to be free.")
    ] = "30m",
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="E-MAIL", help="Who else; several with commas, or repeated."
        ),
    ] = None,
    between: Annotated[
        str | None,
        typer.Option(
            "--between", metavar="HOURS", help="Such as 9-17; your hours of work by default."
        ),
    ] = None,
    weekends: Annotated[bool, typer.Option("--weekends", help="On weekends, too.")] = False,
    gap: Annotated[
        str | None,
        typer.Option(
            "--gap", metavar="LENGTH", help="How much to leave before and after meetings."
        ),
    ] = None,
) -> None:
    """Find when you, and others, are free."""
    from gcsa.availability import MONDAY_TO_FRIDAY, WorkingHours, free_ranges
    from gcsa.cli.addresses import parse_addresses
    from gcsa.cli.lengths import parse_length, write_length
    from gcsa.cli.records import RANGE_FIELDS, range_record
    from gcsa.cli.windows import parse_hours
    from gcsa.free_busy import TimeRange

    length = parse_length(for_)
    start, end = desk.configuration.working_hours if between is None else parse_hours(between)
    days = _ALL_DAYS if weekends else MONDAY_TO_FRIDAY
    hours = WorkingHours(start, end, days)  # type: ignore[arg-type]  # mypy loses the converter's type
    window = desk.window(when, days=14)
    begins = max(window.start, desk.now)
    own = [one.calendar_id or "" for one in desk.calendars]
    found: list[TimeRange] = []
    if begins < window.end:
        busy = desk.source.busy([*own, *parse_addresses(with_)], begins, window.end)
        found = free_ranges(
            busy,
            TimeRange(begins, window.end),
            length,
            hours,
            desk.timezone,
            timedelta(0) if gap is None else parse_length(gap),
        )

    def paint() -> None:
        from gcsa.cli.painting import range_line

        if window.end <= desk.now:
            desk.note("That is over.")
        elif not found:
            desk.note(f"There is no time free for {write_length(length)}.")
        for one in found:
            desk.line(range_line(one.start, one.end, write_length(one.end - one.start)))

    desk.list((range_record(one, desk.zone) for one in found), RANGE_FIELDS, paint)


def conflicts(
    desk: Desk,
    when: Annotated[
        str | None,
        typer.Argument(
            metavar="WHEN", help="Where to look, such as 'march'; four weeks by default."
        ),
    ] = None,
) -> None:
    """List events that are on at the same time."""
    from gcsa.cli.clashes import clashes
    from gcsa.cli.plain_text import one_line
    from gcsa.cli.records import CONFLICT_FIELDS, conflict_record
    from gcsa.cli.wording import range_text, when_text

    found = clashes(desk.found(desk.window(when, days=28)))

    def paint() -> None:
        from rich.text import Text

        if not found:
            desk.note("Nothing overlaps.")
        for one in found:
            both = range_text(one.start.astimezone(desk.zone), one.end.astimezone(desk.zone))
            desk.line(Text(both, "bold"))
            for event in (one.first.event, one.second.event):
                desk.line(
                    Text(
                        f"  {one_line(event.summary) or '(no title)'}, {when_text(event, desk.zone)}"
                    )
                )

    desk.list((conflict_record(one, desk.zone) for one in found), CONFLICT_FIELDS, paint)
