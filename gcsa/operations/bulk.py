"""Any number of events added, updated or deleted at once, in batches."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

from gcsa.errors import BulkError
from gcsa.event import Event
from gcsa.operations.events import Events, SendUpdatesMode, mode
from gcsa.operations.method import procedure
from gcsa.operations.operation import Operation, Param, check_parameters
from gcsa.operations.procedure import Procedure, ask_together, take
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
        events: Iterable[Event] | AsyncIterable[Event],
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        progress: Progress | None = None,
        **kwargs: Param,
    ) -> Procedure[list[Event]]:
        """Store any number of events, and return them as stored, in order.

        Args:
            events: The events; of an iterator, which may be asynchronous on
                `AsyncGoogleCalendar`, 200 are taken at a time.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            progress: Called now and then with the number of events done.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            BulkError: Some failed; the others are stored. Its `results` say which, and why.

        Reference: https://developers.google.com/workspace/calendar/api/guides/batch
        """
        check_parameters({**kwargs, "sendUpdates": mode(send_updates)})
        return in_bulk(
            events,
            lambda event: Events.add_event.of(self, event, send_updates, calendar_id, **kwargs),
            progress,
        )

    @procedure
    def update_events(
        self,
        /,
        events: Iterable[Event] | AsyncIterable[Event],
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        progress: Progress | None = None,
        **kwargs: Param,
    ) -> Procedure[list[Event]]:
        """Store any number of changed events, and return them as stored, in order.

        Args:
            events: The events, with their ids; of an iterator, which may be asynchronous on
                `AsyncGoogleCalendar`, 200 are taken at a time.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse those that somebody has changed since they were read.
            progress: Called now and then with the number of events done.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            BulkError: Some failed; the others are stored. Its `results` say which, and why.

        Reference: https://developers.google.com/workspace/calendar/api/guides/batch
        """
        check_parameters({**kwargs, "sendUpdates": mode(send_updates)})
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
        events: Iterable[Event | str] | AsyncIterable[Event | str],
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        progress: Progress | None = None,
        **kwargs: Param,
    ) -> Procedure[None]:
        """Delete any number of events.

        Args:
            events: The events, or their ids; of an iterator, which may be asynchronous on
                `AsyncGoogleCalendar`, 200 are taken at a time.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse those that somebody has changed since they were read.
            progress: Called now and then with the number of events done.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            BulkError: Some failed; the others are deleted. Its `results` say which, and why.

        Reference: https://developers.google.com/workspace/calendar/api/guides/batch
        """
        check_parameters({**kwargs, "sendUpdates": mode(send_updates)})
        named: dict[str, Any] = {**kwargs, "if_unchanged": if_unchanged}
        yield from in_bulk(
            events,
            lambda event: Events.delete_event.of(self, event, send_updates, calendar_id, **named),
            progress,
        )


def in_bulk(
    items: Iterable[S] | AsyncIterable[S],
    describe: Callable[[S], Operation[T]],
    progress: Progress | None,
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
        TypeError: The items are no iterable, or a single text.
    """
    source = _iterator(items)
    outcomes: list[T | Exception] = []
    under_way = 0
    try:
        while taken := (yield from take(source, AT_ONCE)):
            under_way = len(taken)
            described = [_describe(item, describe) for item in taken]
            operations = [one for one in described if isinstance(one, Operation)]
            sent = iter((yield from ask_together(operations)) if operations else [])
            outcomes += [one if isinstance(one, Exception) else next(sent) for one in described]
            under_way = 0
            if progress is not None:
                progress(len(outcomes))
    except BaseException as error:  # of the iterator or the callback, or an interruption
        error.add_note(_how_far(len(outcomes), under_way))
        raise
    results = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    if len(results) < len(outcomes):
        raise BulkError(list[object](outcomes))
    return results


def _iterator(items: Iterable[S] | AsyncIterable[S]) -> Iterator[S] | AsyncIterator[S]:
    if isinstance(items, AsyncIterable):
        return aiter(items)
    # The letters of an id are no ids, and one event is not several.
    if isinstance(items, str) or not hasattr(items, "__iter__"):
        raise TypeError(f"events must be an iterable of events, not {type(items).__name__}.")
    return iter(items)


def _how_far(done: int, under_way: int) -> str:
    rest = f"; of the {under_way} after them some may be" if under_way else ""
    return f"The first {done} events are done{rest}."


def _describe(item: S, describe: Callable[[S], Operation[T]]) -> Operation[T] | Exception:
    try:
        return describe(item)
    except (TypeError, ValueError) as error:
        return error
