"""Local copies of one's own calendars: `sync`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from gcsa.cli.command import command
from gcsa.cli.desk import Desk

if TYPE_CHECKING:
    from gcsa.errors import GoogleCalendarError
    from gcsa.mirror import SyncReport


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    command(app, "sync", lists=True)(sync)


def sync(desk: Desk) -> None:
    """Bring the local copy up to date.

    It is of all calendars, or of those given with --calendar. The copy is the one of --mirror, or of the setting
    mirror, or one in your own folder of data; --offline reads it.
    """
    from gcsa.cli.copies import open_mirror
    from gcsa.cli.failure import Failure
    from gcsa.cli.records import SYNC_FIELDS, name_of, sync_record
    from gcsa.errors import GoogleCalendarError

    client = desk.account_client
    done: dict[str, SyncReport] = {}
    failed: dict[str, GoogleCalendarError] = {}
    with open_mirror(desk.kept_copy) as mirror:
        if desk.choices.calendar:
            for calendar_id in _asked(desk):
                try:
                    done[calendar_id] = mirror.sync(client, calendar_id)
                except GoogleCalendarError as error:
                    failed[calendar_id] = error
        else:
            report = mirror.sync_all(client)
            done, failed = report.reports, report.failures
        names = {one.entry.calendar_id or "": name_of(one.entry) for one in mirror.calendars()}

    def paint() -> None:
        for calendar_id, one in done.items():
            kind = "in full" if one.full else "what has changed"
            desk.say(
                f"{names[calendar_id]}: {one.added} added, {one.updated} updated, {one.deleted} deleted ({kind})"
            )

    records = (sync_record(one, names[one], report) for one, report in done.items())
    desk.list(records, SYNC_FIELDS, paint)
    if failed:
        told = "\n".join(
            f"{names.get(calendar_id, calendar_id)}: {error.message}"
            for calendar_id, error in failed.items()
        )
        raise Failure(
            f"Some calendars could not be copied:\n{told}", "What was there of them is kept."
        )


def _asked(desk: Desk) -> list[str]:
    from gcsa.cli.selection import choose_calendar

    calendars = list(desk.account_client.get_calendar_list(show_hidden=True))
    return [choose_calendar(calendars, one).calendar_id or "" for one in desk.choices.calendar]
