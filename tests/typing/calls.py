"""What type checkers see of the calls; `make check` reads this file, nothing runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from typing import assert_type

from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.operations.events import Events
from gcsa.operations.operation import Operation
from gcsa.operations.runner import BatchRunner


def a_sync_call_is_its_result(calendar: GoogleCalendar, event: Event) -> None:
    assert_type(calendar.get_event("id"), Event)
    assert_type(calendar.add_event(event, send_updates="all"), Event)
    assert_type(calendar.add_quick_event("Lunch"), Event)
    assert_type(calendar.update_event(event, if_unchanged=True), Event)
    assert_type(calendar.patch_event("id", summary="Lunch"), Event)
    assert_type(calendar.import_event(event), Event)
    assert_type(calendar.move_event(event, "destination"), Event)
    assert_type(calendar.delete_event(event), None)
    assert_type(calendar.wait_for_conference(event, timeout=5), Event)
    assert_type(calendar.get_events(query="lunch", maxResults=5), Iterator[Event])
    assert_type(calendar.get_instances("id"), Iterator[Event])
    assert_type(iter(calendar), Iterator[Event])
    assert_type(calendar["2026-01-01"], Iterator[Event])


async def an_async_call_is_awaited(calendar: AsyncGoogleCalendar, event: Event) -> None:
    assert_type(await calendar.get_event("id"), Event)
    assert_type(await calendar.add_event(event, send_updates="all"), Event)
    assert_type(await calendar.add_quick_event("Lunch"), Event)
    assert_type(await calendar.update_event(event, if_unchanged=True), Event)
    assert_type(await calendar.patch_event("id", summary="Lunch"), Event)
    assert_type(await calendar.import_event(event), Event)
    assert_type(await calendar.move_event(event, "destination"), Event)
    assert_type(await calendar.delete_event(event), None)
    assert_type(await calendar.wait_for_conference(event, timeout=5), Event)
    assert_type(calendar.get_events(query="lunch", maxResults=5), AsyncIterator[Event])
    assert_type(calendar.get_instances("id"), AsyncIterator[Event])
    assert_type(aiter(calendar), AsyncIterator[Event])


class _Batch(BatchRunner, Events):
    """Any runner of batches."""


def a_call_in_a_batch_is_a_future(batch: _Batch) -> None:
    assert_type(batch.get_event("id"), Future[Event])
    assert_type(batch.get_events(), Future[list[Event]])


def a_call_can_be_described(calendar: GoogleCalendar) -> None:
    assert_type(GoogleCalendar.get_event.of(calendar, "id"), Operation[Event])


def wrong_arguments_are_errors(calendar: GoogleCalendar) -> None:
    calendar.get_event(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    calendar.get_event()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    calendar.delete_event("id", if_unchanged=1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
