"""A local copy of calendars as the place where events come from: `--mirror` and `--offline`."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from gcsa.calendar import CalendarListEntry
from gcsa.cli.failure import Failure
from gcsa.event import Event
from gcsa.free_busy import TimeRange

if TYPE_CHECKING:
    from gcsa.mirror import Mirror, ReadOnlyMirror

_SYNC = "Make it with: gcsa sync"
_GIVE_A_URL = "Give a URL such as sqlite:///calendars.db."


@attrs.frozen
class Copy:
    """A local copy of calendars.

    Args:
        mirror: The mirror.
        timezone: The zone in which times are shown.
    """

    mirror: Mirror | ReadOnlyMirror
    timezone: str

    def calendars(self) -> list[CalendarListEntry]:
        """Return the calendars that are in the copy.

        Raises:
            Failure: There are none.
        """
        found = [one.entry for one in self.mirror.calendars() if one.synced_at is not None]
        if not found:
            raise _nothing()
        return found

    def events(
        self, calendar_id: str, start: datetime, end: datetime, query: str | None = None
    ) -> Iterable[Event]:
        """List what is on a calendar in a window."""
        return self.mirror.events(calendar_id, start, end, query, timezone=self.timezone)

    def event(self, event_id: str, calendar_id: str) -> Event | None:
        """Return one event."""
        from gcsa.mirror import UnknownEventError

        try:
            event = self.mirror.event(event_id, calendar_id)
        except UnknownEventError:
            return None
        return None if event.status == "cancelled" else event

    def stored(
        self, calendar_id: str, start: datetime | None, end: datetime | None
    ) -> Iterable[Event]:
        """List what is stored of a calendar."""
        wanted: set[str | None] | None = None
        if start is not None and end is not None:
            on = self.mirror.events(calendar_id, start, end)
            wanted = {one.recurring_event_id or one.event_id for one in on}
        for event in self.mirror.stored_events(calendar_id):
            is_there = event.status != "cancelled" or event.original_start_time is not None
            if is_there and (
                wanted is None or (event.recurring_event_id or event.event_id) in wanted
            ):
                yield event

    def busy(self, calendar_ids: Sequence[str], start: datetime, end: datetime) -> list[TimeRange]:
        """Return when any of the calendars is busy."""
        answer = self.mirror.free_busy(calendar_ids, start, end)
        return [one for ranges in answer.calendars.values() for one in ranges]


@contextmanager
def open_copy(url: str, timezone: str) -> Generator[Copy]:
    """Return the local copy in a database, for as long as the block lasts.

    Args:
        url: The database, as SQLAlchemy writes it.
        timezone: The zone in which times are shown.
    """
    with _opened_to_read(url) as mirror:
        yield Copy(mirror, timezone)


def _failure(error: Exception) -> Failure:
    told = str(error)
    return Failure(told, "" if "sqlite:///" in told and "give" in told else _GIVE_A_URL)


def _nothing() -> Failure:
    return Failure("There is nothing in the local copy.", _SYNC)


@contextmanager
def open_mirror(url: str) -> Generator[Mirror]:
    """Return the mirror in a database, for as long as the block lasts.

    Raises:
        Failure: The extra `mirror` is not installed, or the database cannot be used.
    """
    from gcsa.mirror import MirrorError

    try:
        from gcsa.mirror import Mirror
    except ImportError as error:
        raise Failure(
            f"A local copy needs {error.name}.", "Install it with: pip install 'gcsa[mirror]'"
        ) from None
    try:
        mirror = Mirror(url)
    except (MirrorError, ValueError) as error:
        raise _failure(error) from None
    with mirror:
        yield mirror


def _opened_to_read(url: str) -> AbstractContextManager[Mirror | ReadOnlyMirror]:
    from gcsa.mirror import MirrorError, ReadOnlyMirror
    from gcsa.mirror.sqlite_file import path_of

    try:
        mirror = ReadOnlyMirror.open(url)
    except MirrorError as error:
        raise _failure(error) from None
    if mirror is None and (path := path_of(url)) is not None and not path.exists():
        # Reading makes no file.
        raise _nothing()
    return open_mirror(url) if mirror is None else mirror


def usual_url() -> str:
    """Return where `gcsa sync` keeps the copy unless it is told otherwise."""
    from platformdirs import user_data_path

    folder = user_data_path("gcsa", appauthor=False, ensure_exists=True)
    return f"sqlite:///{folder / 'calendars.db'}"
