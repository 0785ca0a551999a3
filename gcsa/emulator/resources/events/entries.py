"""The events of a listing, one after the other in its order, series expanded or not."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.resources.events.vanished import vanished
from gcsa.emulator.store.events import NEVER, Cursor, EventText, Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gcsa.emulator.resources.events.search import Filter
    from gcsa.emulator.resources.events.view import View
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

ALL_STATES = (State.LIVE, State.DELETED, State.CANCELLED_INSTANCE)


class Entry(NamedTuple):
    """An item of a listing.

    Attributes:
        place: Its place in the listing's order: no two items have the same.
        text: Its JSON text.
    """

    place: tuple[int, ...]
    text: str


class Selection(NamedTuple):
    """Which events of a calendar a listing has, and how they are shown.

    Attributes:
        calendar: The calendar.
        view: How they are shown.
        expanded: Whether series are replaced by their instances.
        states: Whether deleted ones are among them.
        time_min: They end after this second.
        time_max: They start before this second.
        horizon: Series without an end are expanded until then, in seconds.
        updated_min: They changed then or later, in milliseconds.
        wanted: What else is asked of them.
        page: How many are needed at a time.
    """

    calendar: CalendarRow
    view: View
    expanded: bool
    states: tuple[State, ...]
    time_min: int | None
    time_max: int | None
    horizon: int
    updated_min: int | None
    wanted: Filter | None
    page: int

    def has(self, row: EventRow) -> bool:
        """Whether a row is in the listing (a series: whether its instances may be)."""
        return (
            row.state in self.states
            and (self.time_min is None or row.ends > self.time_min)
            and (self.time_max is None or row.starts < self.time_max)
            and self.is_wanted(row)
        )

    @property
    def wants_all(self) -> bool:
        """Whether nothing else is asked of a row than when it is."""
        return self.updated_min is None and self.wanted is None and self.view.sees_everything

    def is_wanted(self, row: EventRow) -> bool:
        """Whether a row is what is asked for, whenever it is."""
        if self.updated_min is not None and row.updated < self.updated_min:
            return False
        if self.wanted is None and self.view.sees_everything:
            return True
        resource = decoded(row)
        if State.DELETED not in self.states and self.view.hides(resource):
            return False
        # What is asked for must not tell of details that are hidden.
        return self.wanted is None or self.wanted.matches(self.view.seen(resource))

    def hides(self, row: EventRow) -> bool:
        """Whether a row is not to be seen at all."""
        return not self.view.sees_everything and self.view.hides(decoded(row))


def by_start(store: Store, selection: Selection, after: tuple[int, ...] | None) -> Iterator[Entry]:
    """Yield a selection in the order of start, from after a place (start, key) on."""
    rows = _rows_by_start(store, selection, after)
    if not selection.expanded:
        return rows
    return heapq.merge(rows, *_expanded_series(store, selection, after), key=_place)


def by_rows(
    store: Store,
    selection: Selection,
    rows: Iterable[tuple[tuple[int, int], EventRow]],
    since: int | None = None,
) -> Iterator[Entry]:
    """Yield the selected ones of some rows, a series' instances in its place.

    Args:
        store: The database.
        selection: Which of them, and how.
        rows: Rows with their place.
        since: The last change that the caller has seen: instances that are gone since then are told of.
    """
    for place, row in rows:
        if not selection.has(row):
            continue
        entries = _entries(store, selection, row, place)
        if since is None or not selection.expanded or selection.hides(row):
            yield from entries
            continue
        calendar, view, until = selection.calendar, selection.view, selection.horizon
        gone = (
            Entry((*place, at, 1), text)
            for at, text in vanished(store, calendar, view, row, since, until)
        )
        yield from heapq.merge(entries, gone, key=_place)


def _entries(
    store: Store, selection: Selection, row: EventRow, place: tuple[int, int]
) -> Iterator[Entry]:
    if row.kind == Kind.SERIES and selection.expanded and not selection.hides(row):
        for entry in _instances(store, selection, row, selection.time_min):
            yield Entry((*place, entry.place[0]), entry.text)
    else:
        yield Entry((*place, row.starts), selection.view.text(row.resource))


def _place(entry: Entry) -> tuple[int, ...]:
    return entry.place


def _rows_by_start(
    store: Store, selection: Selection, after: tuple[int, ...] | None
) -> Iterator[Entry]:
    cursor = None if after is None else Cursor(after[0], after[1])
    text = selection.view.texts()
    # Whole rows only where somebody looks at them: most listings take whatever there is.
    find = store.events.texts_in_window if selection.wants_all else store.events.in_window
    while True:
        rows = find(
            selection.calendar.key,
            series=not selection.expanded,
            time_min=selection.time_min,
            time_max=selection.time_max,
            states=selection.states,
            after=cursor,
            limit=selection.page,
        )
        for row in rows:
            if isinstance(row, EventText) or selection.is_wanted(row):
                yield Entry((row.starts, row.key), text(row.resource))
        if len(rows) < selection.page:
            return
        cursor = Cursor(rows[-1].starts, rows[-1].key)


def _expanded_series(
    store: Store, selection: Selection, after: tuple[int, ...] | None
) -> list[Iterator[Entry]]:
    rows = store.events.in_window(
        selection.calendar.key,
        series=True,
        events=False,
        time_min=selection.time_min,
        time_max=selection.time_max,
        states=tuple(state for state in selection.states if state is not State.CANCELLED_INSTANCE),
    )
    return [
        _later(_instances(store, selection, row, selection.time_min, after), after)
        for row in rows
        if selection.is_wanted(row) and not selection.hides(row)
    ]


def _later(entries: Iterator[Entry], after: tuple[int, ...] | None) -> Iterator[Entry]:
    return (entry for entry in entries if after is None or entry.place > after)


def _instances(
    store: Store,
    selection: Selection,
    row: EventRow,
    time_min: int | None,
    after: tuple[int, ...] | None = None,
) -> Iterator[Entry]:
    """Yield the instances of a series that it has no exceptions for, in order, placed at (start, key)."""
    calendar, view = selection.calendar, selection.view
    event = RecurringEvent(view.of(decoded(row)), calendar, view.zone)
    exceptions = store.events.exception_starts(calendar.key, row.id)
    time_max = selection.time_max
    if time_max is None and row.ends == NEVER:
        time_max = selection.horizon
    texts = event.texts()
    # What started before the place is on an earlier page; `_later` tells of what started with it.
    starting = None if after is None else after[0]
    for at, start in event.starts(time_min, time_max, starting=starting):
        if at not in exceptions:
            yield Entry((at, row.key), texts.text(start))
