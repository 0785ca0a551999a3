"""What each command works with: the calendars, the present, the user's zone, and where results go."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gcsa.cli.configuration import Configuration, configuration_path, read_configuration
from gcsa.cli.failure import Failure, Misunderstanding
from gcsa.cli.plain_text import one_line
from gcsa.cli.surroundings import Choices, Surroundings
from gcsa.cli.windows import Window, of_days, parse_window

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from gcsa.calendar import CalendarListEntry
    from gcsa.cli.records import Record
    from gcsa.cli.sources import Found, Source
    from gcsa.event import Event
    from gcsa.google_calendar import GoogleCalendar


class Desk:
    """What a command works with; each part is made when it is first used.

    Args:
        surroundings: What the run is given from outside.
        choices: The options that all commands have.
    """

    def __init__(self, surroundings: Surroundings, choices: Choices) -> None:
        self.surroundings = surroundings
        self.choices = choices
        self._open = ExitStack()

    def close(self) -> None:
        """Close what was opened."""
        self._open.close()

    @cached_property
    def configuration_path(self) -> Path:
        """Where the configuration file is."""
        return self.surroundings.configuration or configuration_path()

    @cached_property
    def configuration(self) -> Configuration:
        """What the configuration file says."""
        return read_configuration(self.configuration_path)

    @cached_property
    def timezone(self) -> str:
        """The name of the zone in which times are read and shown."""
        from gcsa.recurrence.zones import local_zone_name

        return self.choices.timezone or self.configuration.timezone or local_zone_name()

    @cached_property
    def zone(self) -> tzinfo:
        """The zone in which times are read and shown."""
        from gcsa.recurrence.zones import zone

        try:
            return zone(self.timezone)
        except ValueError as error:
            hint = "Give an IANA name such as Europe/Prague."
            if self.choices.timezone or not self.configuration.timezone:
                raise Misunderstanding(str(error), hint) from None
            raise Failure(f"{self.configuration_path}: timezone: {error}", hint) from None

    @cached_property
    def now(self) -> datetime:
        """The present, in the user's zone."""
        given = self.surroundings.now
        if given is None:
            given = self._system_now if self.mirror_url else self.client.now
        return given().astimezone(self.zone)

    @cached_property
    def client(self) -> GoogleCalendar:
        """The client of the account; a mirror has none."""
        if self.mirror_url:
            raise Failure(
                "A local copy can be read only.",
                "Leave --mirror and --offline out to change anything.",
            )
        return self.account_client

    @cached_property
    def account_client(self) -> GoogleCalendar:
        """The client of the account, also beside a mirror."""
        from gcsa.cli.accounts import open_client

        return self._open.enter_context(
            open_client(self.surroundings, self.choices, self.configuration)
        )

    @property
    def mirror_url(self) -> str | None:
        """The URL of the local copy that is read instead of the account; None for the account."""
        if self.choices.offline:
            return self.kept_copy
        return self.choices.mirror

    @property
    def kept_copy(self) -> str:
        """The URL of the local copy that `gcsa sync` keeps."""
        from gcsa.cli.copies import usual_url

        return self.choices.mirror or self.configuration.mirror or usual_url()

    @cached_property
    def source(self) -> Source:
        """Where events come from."""
        if self.mirror_url:
            from gcsa.cli.copies import open_copy

            return self._open.enter_context(open_copy(self.mirror_url, self.timezone))
        from gcsa.cli.sources import Account

        return Account(self.client, self.timezone)

    @cached_property
    def all_calendars(self) -> list[CalendarListEntry]:
        """All of the user's calendars, the primary one first."""
        from gcsa.cli.records import name_of

        return sorted(
            self.source.calendars(), key=lambda one: (not one.primary, name_of(one).lower())
        )

    @cached_property
    def calendars(self) -> list[CalendarListEntry]:
        """The calendars that are listed: those that are asked for, or else those that the user has shown."""
        from gcsa.cli.selection import choose_calendar

        asked = self.choices.calendar or self.configuration.calendars
        if asked:
            chosen = [choose_calendar(self.all_calendars, one) for one in asked]
            return list({one.calendar_id: one for one in chosen}.values())
        shown = [
            one for one in self.all_calendars if one.primary or (one.selected and not one.hidden)
        ]
        return shown or self.all_calendars

    @cached_property
    def calendar(self) -> CalendarListEntry:
        """The one calendar that is meant where something is added."""
        if len(self.choices.calendar) > 1:
            raise Misunderstanding("Only one calendar can be meant here.", "Give --calendar once.")
        return self.calendar_named(next(iter(self.choices.calendar), None))

    def calendar_named(self, name: str | None) -> CalendarListEntry:
        """Return a calendar by its id or name; the usual one for None."""
        from gcsa.cli.selection import choose_calendar

        name = name or self.configuration.calendar
        if name is not None and name != "primary":
            return choose_calendar(self.all_calendars, name)
        first = next(iter(self.all_calendars), None)
        if first is None:
            raise Failure("There is no calendar.", "Make one with: gcsa calendars add NAME")
        return first

    def window(self, when: str | None, days: int = 7) -> Window:
        """Return the window that a text names; so many days from today on without one."""
        if when is None:
            today = self.now.date()
            return of_days(today, today + timedelta(days=days), self.now)
        return parse_window(when, self.now, self.configuration.first_weekday)

    def found(self, window: Window, query: str | None = None) -> list[Found]:
        """Return what is on the calendars in a window, in order."""
        from gcsa.cli.sources import Found

        found = [
            Found(event, calendar)
            for calendar in self.calendars
            for event in self._events(calendar, window, query)
            if event.start is not None and event.status != "cancelled"
        ]
        return sorted(found, key=lambda one: self._order(one.event.start, one.event.timezone))

    def _events(
        self, calendar: CalendarListEntry, window: Window, query: str | None
    ) -> Iterable[Event]:
        from gcsa.errors import NotFoundError, PermissionDeniedError

        try:
            yield from self.source.events(
                calendar.calendar_id or "", window.start, window.end, query
            )
        except (NotFoundError, PermissionDeniedError) as error:
            if self.choices.calendar:
                raise
            # One calendar of many that is not shared any more does not hide the others.
            self.note(f"{calendar.calendar_id} cannot be listed: {error.message}")

    def stored(self, calendar: CalendarListEntry, when: str | None) -> list[Event]:
        """Return what is stored of a calendar, series as such, each before what was changed of it.

        Args:
            calendar: The calendar.
            when: Only what is on then; everything if None.
        """
        window = None if when is None else self.window(when)
        found = self.source.stored(
            calendar.calendar_id or "",
            None if window is None else window.start,
            None if window is None else window.end,
        )
        events = sorted(found, key=lambda event: event.original_start_time is not None)
        uids = {event.event_id: event.ical_uid for event in events}
        for event in events:
            # Google says nothing of an instance that is cancelled but which one it is.
            if event.ical_uid is None and event.recurring_event_id in uids:
                event.ical_uid = uids[event.recurring_event_id]
        return events

    @property
    def state(self) -> Path:
        """The folder in which the places of interrupted transfers are kept."""
        if self.surroundings.state is not None:
            return self.surroundings.state
        from platformdirs import user_state_path

        return user_state_path("gcsa", appauthor=False)

    def _order(self, start: date | datetime | None, timezone: str | None) -> tuple[datetime, bool]:
        from gcsa.event_time import moment

        if isinstance(start, datetime):
            return moment(start, timezone), True
        # Whole days come before what happens on them.
        return datetime.combine(start or date.min, time.min, self.zone), False

    @cached_property
    def console(self) -> Console:
        """Where results are painted; without colours where it is no terminal."""
        from rich.console import Console

        return Console(
            highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty()
        )

    @cached_property
    def error_console(self) -> Console:
        """Where progress is shown and questions are asked, so that results can be piped."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, markup=False, emoji=False)

    def line(self, line: Text) -> None:
        """Print a line of a result: cut off at the edge of a terminal, and whole where it is piped."""
        is_terminal = self.console.is_terminal
        overflow: Literal["ellipsis", "ignore"] = "ellipsis" if is_terminal else "ignore"
        self.console.print(line, no_wrap=True, overflow=overflow, crop=is_terminal)

    def say(self, text: str) -> None:
        """Print a line on what was done, unless silence is asked for."""
        if not self.choices.quiet:
            indent = text[: len(text) - len(text.lstrip(" "))]
            sys.stdout.write(f"{indent}{one_line(text)}\n")

    def note(self, text: str) -> None:
        """Print a line beside the result, unless silence is asked for."""
        if not self.choices.quiet:
            sys.stderr.write(f"{one_line(text)}\n")

    def list(
        self, records: Iterable[Record], fields: Sequence[str], paint: Callable[[], None]
    ) -> None:
        """Print a list: as JSON or CSV where that is asked for, and painted otherwise."""
        from gcsa.cli.records import write_csv, write_json

        if self.choices.json and self.choices.csv:
            raise Misunderstanding("It is either --json or --csv.")
        if self.choices.json:
            write_json(records, sys.stdout)
        elif self.choices.csv:
            write_csv(records, fields, sys.stdout)
        else:
            paint()

    def give(self, record: Record, fields: Sequence[str], paint: Callable[[], None]) -> None:
        """Print one thing: as a JSON object or CSV where that is asked for, and painted otherwise."""
        from gcsa.cli.records import as_json

        if self.choices.json and not self.choices.csv:
            sys.stdout.write(f"{as_json(record)}\n")
        else:
            self.list([record], fields, paint)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before something is destroyed.

        Args:
            question: What is about to happen.
            yes: Whether the user has agreed beforehand.

        Raises:
            Failure: The user does not agree, or cannot be asked.
        """
        if yes:
            return
        sys.stderr.write(f"{one_line(question)} [y/N] ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            sys.stderr.write("\n")
            raise Failure(
                "Nobody answered, so nothing was done.", "Give --yes to agree beforehand."
            )
        if answer.strip().lower() not in ("y", "yes"):
            raise Failure("Nothing was done.")

    @staticmethod
    def _system_now() -> datetime:
        return datetime.now(UTC)
