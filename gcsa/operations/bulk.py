"""Any number of events added, updated or deleted at once, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from gcsa.errors import BulkError
from gcsa.event import Event
from gcsa.operations.events import Events, SendUpdatesMode
from gcsa.operations.method import procedure
from gcsa.operations.operation import Operation, Param
from gcsa.operations.procedure import Procedure, ask_together
from gcsa.operations.runner import Caller

S = TypeVar("S")
T = TypeVar("T")

# Four full batches: as many as are under way at once. No more of an iterable is held at a time.
AT_ONCE = 200

Progress: TypeAlias = Callable[[int], object]
"""Called with the number of events that are done, failed ones included."""


class Bulk(Caller):
    """The methods on many events at once, of both clients."""

    @procedure
    def add_events(
        self,
        /,
        events: Iterable[Event],
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        progress: Progress | None = None,
        **kwargs: Param,
    ) -> Procedure[list[Event]]:
        """Store any number of events, and return them as stored, in order.

        Args:
            events: The events; of an iterator, 200 are held at a time.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            progress: Called now and then with the number of events done.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            BulkError: Some failed; the others are stored. Its `results` say which, and why.
        """
        return in_bulk(
            events,
            lambda event: Events.add_event.of(self, event, send_updates, calendar_id, **kwargs),
            progress,
        )

    @procedure
    def update_events(
        self,
        /,
        events: Iterable[Event],
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        progress: Progress | None = None,
        **kwargs: Param,
    ) -> Procedure[list[Event]]:
        """Store any number of changed events, and return them as stored, in order.

        Args:
            events: The events, with their ids; of an iterator, 200 are held at a time.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse those that somebody has changed since they were read.
            progress: Called now and then with the number of events done.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            BulkError: Some failed; the others are stored. Its `results` say which, and why.
        """
        named: dict[str, Any] = {**kwargs, "if_unchanged": if_unchanged}
        return in_bulk(
            events,
            lambda event: Events.update_event.of(self, event, send_updates, calendar_id, **named),
            progress,
        )

    @procedure
    def delete_events(
        self,
        /,
        events: Iterable[Event | str],
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        progress: Progress | None = None,
        **kwargs: Param,
    ) -> Procedure[None]:
        """Delete any number of events.

        Args:
            events: The events, or their ids; of an iterator, 200 are held at a time.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse those that somebody has changed since they were read.
            progress: Called now and then with the number of events done.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            BulkError: Some failed; the others are deleted. Its `results` say which, and why.
        """
        named: dict[str, Any] = {**kwargs, "if_unchanged": if_unchanged}
        yield from in_bulk(
            events,
            lambda event: Events.delete_event.of(self, event, send_updates, calendar_id, **named),
            progress,
        )


def in_bulk(
    items: Iterable[S], describe: Callable[[S], Operation[T]], progress: Progress | None
) -> Procedure[list[T]]:
    """Make one call for each of many items.

    Args:
        items: The items; so many are taken at a time as are sent side by side.
        describe: Returns the call for an item. What it raises counts as that item's failure.
        progress: Called with the number of items done.

    Returns:
        The results, in order.

    Raises:
        BulkError: Some failed.
    """
    outcomes: list[T | Exception] = []
    remaining = iter(items)
    while taken := _take(remaining, len(outcomes)):
        described = [_describe(item, describe) for item in taken]
        operations = [one for one in described if isinstance(one, Operation)]
        sent = iter((yield from ask_together(operations)) if operations else [])
        outcomes += [one if isinstance(one, Exception) else next(sent) for one in described]
        if progress is not None:
            progress(len(outcomes))
    results = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    if len(results) < len(outcomes):
        raise BulkError(list[object](outcomes))
    return results


def _take(remaining: Iterator[S], done: int) -> list[S]:
    try:
        return list(islice(remaining, AT_ONCE))
    except Exception as error:
        error.add_note(f"The first {done} events were handled before their iterator raised this.")
        raise


def _describe(item: S, describe: Callable[[S], Operation[T]]) -> Operation[T] | Exception:
    try:
        return describe(item)
    except (TypeError, ValueError) as error:
        return error
