"""What type checkers see of the calls; `make check` reads this file, nothing runs it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_type

from gcsa.acl import AccessControlRule
from gcsa.batches import AsyncBatch, Batch
from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.changes import Changes
from gcsa.channel import Channel
from gcsa.event import Event
from gcsa.free_busy import FreeBusy, TimeRange
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.operations.operation import Listing, Operation
from gcsa.operations.procedure import Procedure
from gcsa.settings import Setting, Settings


def a_call_on_the_synchronous_client_is_its_result(
    calendar: GoogleCalendar,
    event: Event,
    travel: Calendar,
    entry: CalendarListEntry,
    rule: AccessControlRule,
    channel: Channel,
) -> None:
    assert_type(calendar.get_event("id"), Event)
    assert_type(calendar.add_event(event, send_updates="all"), Event)
    assert_type(calendar.add_quick_event("Lunch"), Event)
    assert_type(calendar.update_event(event, if_unchanged=True), Event)
    assert_type(calendar.patch_event("id", summary="Lunch", maxAttendees=1), Event)
    assert_type(calendar.import_event(event), Event)
    assert_type(calendar.move_event(event, "destination"), Event)
    assert_type(calendar.delete_event(event), None)
    assert_type(calendar.get_calendar(), Calendar)
    assert_type(calendar.add_calendar(travel), Calendar)
    assert_type(calendar.update_calendar(travel), Calendar)
    assert_type(calendar.patch_calendar(travel, summary="Trips"), Calendar)
    assert_type(calendar.delete_calendar("id"), None)
    assert_type(calendar.clear_calendar(), None)
    assert_type(calendar.clear(), None)
    assert_type(calendar.transfer_ownership(travel, "ann@example.com"), None)
    assert_type(calendar.get_calendar_list_entry(), CalendarListEntry)
    assert_type(calendar.add_calendar_list_entry(entry), CalendarListEntry)
    assert_type(calendar.update_calendar_list_entry(entry), CalendarListEntry)
    assert_type(calendar.patch_calendar_list_entry(entry, hidden=True), CalendarListEntry)
    assert_type(calendar.delete_calendar_list_entry(travel), None)
    assert_type(calendar.get_acl_rule("id"), AccessControlRule)
    assert_type(calendar.add_acl_rule(rule), AccessControlRule)
    assert_type(calendar.update_acl_rule(rule), AccessControlRule)
    assert_type(calendar.patch_acl_rule(rule, role="reader"), AccessControlRule)
    assert_type(calendar.delete_acl_rule(rule), None)
    assert_type(calendar.get_free_busy(["ann@example.com"]), FreeBusy)
    assert_type(calendar.get_settings(), Settings)
    assert_type(calendar.get_setting("week_start"), Setting)
    assert_type(calendar.list_event_colors(), dict[str, dict[str, str]])
    assert_type(calendar.list_calendar_colors(), dict[str, dict[str, str]])
    assert_type(calendar.watch_events("https://example.com/hook", ttl=60), Channel)
    assert_type(calendar.watch_calendar_list("https://example.com/hook"), Channel)
    assert_type(calendar.watch_acl_rules("https://example.com/hook"), Channel)
    assert_type(calendar.watch_settings("https://example.com/hook"), Channel)
    assert_type(calendar.stop_channel(channel), None)


async def a_call_on_the_asynchronous_client_is_awaited(
    calendar: AsyncGoogleCalendar,
    event: Event,
    travel: Calendar,
    entry: CalendarListEntry,
    rule: AccessControlRule,
    channel: Channel,
) -> None:
    assert_type(await calendar.get_event("id"), Event)
    assert_type(await calendar.add_event(event, send_updates="all"), Event)
    assert_type(await calendar.add_quick_event("Lunch"), Event)
    assert_type(await calendar.update_event(event, if_unchanged=True), Event)
    assert_type(await calendar.patch_event("id", summary="Lunch", maxAttendees=1), Event)
    assert_type(await calendar.import_event(event), Event)
    assert_type(await calendar.move_event(event, "destination"), Event)
    assert_type(await calendar.delete_event(event), None)
    assert_type(await calendar.get_calendar(), Calendar)
    assert_type(await calendar.add_calendar(travel), Calendar)
    assert_type(await calendar.update_calendar(travel), Calendar)
    assert_type(await calendar.patch_calendar(travel, summary="Trips"), Calendar)
    assert_type(await calendar.delete_calendar("id"), None)
    assert_type(await calendar.clear_calendar(), None)
    assert_type(await calendar.clear(), None)
    assert_type(await calendar.transfer_ownership(travel, "ann@example.com"), None)
    assert_type(await calendar.get_calendar_list_entry(), CalendarListEntry)
    assert_type(await calendar.add_calendar_list_entry(entry), CalendarListEntry)
    assert_type(await calendar.update_calendar_list_entry(entry), CalendarListEntry)
    assert_type(await calendar.patch_calendar_list_entry(entry, hidden=True), CalendarListEntry)
    assert_type(await calendar.delete_calendar_list_entry(travel), None)
    assert_type(await calendar.get_acl_rule("id"), AccessControlRule)
    assert_type(await calendar.add_acl_rule(rule), AccessControlRule)
    assert_type(await calendar.update_acl_rule(rule), AccessControlRule)
    assert_type(await calendar.patch_acl_rule(rule, role="reader"), AccessControlRule)
    assert_type(await calendar.delete_acl_rule(rule), None)
    assert_type(await calendar.get_free_busy(["ann@example.com"]), FreeBusy)
    assert_type(await calendar.get_settings(), Settings)
    assert_type(await calendar.get_setting("week_start"), Setting)
    assert_type(await calendar.list_event_colors(), dict[str, dict[str, str]])
    assert_type(await calendar.list_calendar_colors(), dict[str, dict[str, str]])
    assert_type(await calendar.watch_events("https://example.com/hook", ttl=60), Channel)
    assert_type(await calendar.watch_calendar_list("https://example.com/hook"), Channel)
    assert_type(await calendar.watch_acl_rules("https://example.com/hook"), Channel)
    assert_type(await calendar.watch_settings("https://example.com/hook"), Channel)
    assert_type(await calendar.stop_channel(channel), None)


def a_call_in_a_batch_is_a_future(
    batch: Batch,
    event: Event,
    travel: Calendar,
    entry: CalendarListEntry,
    rule: AccessControlRule,
    channel: Channel,
) -> None:
    assert_type(batch.get_event("id"), Future[Event])
    assert_type(batch.add_event(event, send_updates="all"), Future[Event])
    assert_type(batch.add_quick_event("Lunch"), Future[Event])
    assert_type(batch.update_event(event, if_unchanged=True), Future[Event])
    assert_type(batch.patch_event("id", summary="Lunch", maxAttendees=1), Future[Event])
    assert_type(batch.import_event(event), Future[Event])
    assert_type(batch.move_event(event, "destination"), Future[Event])
    assert_type(batch.delete_event(event), Future[None])
    assert_type(batch.get_calendar(), Future[Calendar])
    assert_type(batch.add_calendar(travel), Future[Calendar])
    assert_type(batch.update_calendar(travel), Future[Calendar])
    assert_type(batch.patch_calendar(travel, summary="Trips"), Future[Calendar])
    assert_type(batch.delete_calendar("id"), Future[None])
    assert_type(batch.clear_calendar(), Future[None])
    assert_type(batch.clear(), Future[None])
    assert_type(batch.transfer_ownership(travel, "ann@example.com"), Future[None])
    assert_type(batch.get_calendar_list_entry(), Future[CalendarListEntry])
    assert_type(batch.add_calendar_list_entry(entry), Future[CalendarListEntry])
    assert_type(batch.update_calendar_list_entry(entry), Future[CalendarListEntry])
    assert_type(batch.patch_calendar_list_entry(entry, hidden=True), Future[CalendarListEntry])
    assert_type(batch.delete_calendar_list_entry(travel), Future[None])
    assert_type(batch.get_acl_rule("id"), Future[AccessControlRule])
    assert_type(batch.add_acl_rule(rule), Future[AccessControlRule])
    assert_type(batch.update_acl_rule(rule), Future[AccessControlRule])
    assert_type(batch.patch_acl_rule(rule, role="reader"), Future[AccessControlRule])
    assert_type(batch.delete_acl_rule(rule), Future[None])
    assert_type(batch.get_free_busy(["ann@example.com"]), Future[FreeBusy])
    assert_type(batch.get_settings(), Future[Settings])
    assert_type(batch.get_setting("week_start"), Future[Setting])
    assert_type(batch.list_event_colors(), Future[dict[str, dict[str, str]]])
    assert_type(batch.list_calendar_colors(), Future[dict[str, dict[str, str]]])
    assert_type(batch.watch_events("https://example.com/hook", ttl=60), Future[Channel])
    assert_type(batch.watch_calendar_list("https://example.com/hook"), Future[Channel])
    assert_type(batch.watch_acl_rules("https://example.com/hook"), Future[Channel])
    assert_type(batch.watch_settings("https://example.com/hook"), Future[Channel])
    assert_type(batch.stop_channel(channel), Future[None])


def a_call_in_an_asynchronous_batch_is_an_asyncio_future(
    batch: AsyncBatch,
    event: Event,
    travel: Calendar,
    entry: CalendarListEntry,
    rule: AccessControlRule,
    channel: Channel,
) -> None:
    assert_type(batch.get_event("id"), asyncio.Future[Event])
    assert_type(batch.add_event(event, send_updates="all"), asyncio.Future[Event])
    assert_type(batch.add_quick_event("Lunch"), asyncio.Future[Event])
    assert_type(batch.update_event(event, if_unchanged=True), asyncio.Future[Event])
    assert_type(batch.patch_event("id", summary="Lunch", maxAttendees=1), asyncio.Future[Event])
    assert_type(batch.import_event(event), asyncio.Future[Event])
    assert_type(batch.move_event(event, "destination"), asyncio.Future[Event])
    assert_type(batch.delete_event(event), asyncio.Future[None])
    assert_type(batch.get_calendar(), asyncio.Future[Calendar])
    assert_type(batch.add_calendar(travel), asyncio.Future[Calendar])
    assert_type(batch.update_calendar(travel), asyncio.Future[Calendar])
    assert_type(batch.patch_calendar(travel, summary="Trips"), asyncio.Future[Calendar])
    assert_type(batch.delete_calendar("id"), asyncio.Future[None])
    assert_type(batch.clear_calendar(), asyncio.Future[None])
    assert_type(batch.clear(), asyncio.Future[None])
    assert_type(batch.transfer_ownership(travel, "ann@example.com"), asyncio.Future[None])
    assert_type(batch.get_calendar_list_entry(), asyncio.Future[CalendarListEntry])
    assert_type(batch.add_calendar_list_entry(entry), asyncio.Future[CalendarListEntry])
    assert_type(batch.update_calendar_list_entry(entry), asyncio.Future[CalendarListEntry])
    assert_type(
        batch.patch_calendar_list_entry(entry, hidden=True), asyncio.Future[CalendarListEntry]
    )
    assert_type(batch.delete_calendar_list_entry(travel), asyncio.Future[None])
    assert_type(batch.get_acl_rule("id"), asyncio.Future[AccessControlRule])
    assert_type(batch.add_acl_rule(rule), asyncio.Future[AccessControlRule])
    assert_type(batch.update_acl_rule(rule), asyncio.Future[AccessControlRule])
    assert_type(batch.patch_acl_rule(rule, role="reader"), asyncio.Future[AccessControlRule])
    assert_type(batch.delete_acl_rule(rule), asyncio.Future[None])
    assert_type(batch.get_free_busy(["ann@example.com"]), asyncio.Future[FreeBusy])
    assert_type(batch.get_settings(), asyncio.Future[Settings])
    assert_type(batch.get_setting("week_start"), asyncio.Future[Setting])
    assert_type(batch.list_event_colors(), asyncio.Future[dict[str, dict[str, str]]])
    assert_type(batch.list_calendar_colors(), asyncio.Future[dict[str, dict[str, str]]])
    assert_type(batch.watch_events("https://example.com/hook", ttl=60), asyncio.Future[Channel])
    assert_type(batch.watch_calendar_list("https://example.com/hook"), asyncio.Future[Channel])
    assert_type(batch.watch_acl_rules("https://example.com/hook"), asyncio.Future[Channel])
    assert_type(batch.watch_settings("https://example.com/hook"), asyncio.Future[Channel])
    assert_type(batch.stop_channel(channel), asyncio.Future[None])


def a_listing_is_an_iterator(calendar: GoogleCalendar, asynchronous: AsyncGoogleCalendar) -> None:
    assert_type(calendar.get_events(query="lunch", maxResults=5), Iterator[Event])
    assert_type(calendar.get_instances("id"), Iterator[Event])
    assert_type(calendar.get_calendar_list(show_hidden=True), Iterator[CalendarListEntry])
    assert_type(calendar.get_acl_rules(show_deleted=True), Iterator[AccessControlRule])
    assert_type(asynchronous.get_events(query="lunch", maxResults=5), AsyncIterator[Event])
    assert_type(asynchronous.get_instances("id"), AsyncIterator[Event])
    assert_type(asynchronous.get_calendar_list(show_hidden=True), AsyncIterator[CalendarListEntry])
    assert_type(asynchronous.get_acl_rules(show_deleted=True), AsyncIterator[AccessControlRule])
    assert_type(iter(calendar), Iterator[Event])
    assert_type(aiter(asynchronous), AsyncIterator[Event])
    assert_type(calendar[date(2026, 1, 1)], Iterator[Event])
    assert_type(asynchronous[date(2026, 1, 1)], AsyncIterator[Event])


def a_listing_in_a_batch_is_the_future_of_a_list(batch: Batch, asynchronous: AsyncBatch) -> None:
    assert_type(batch.get_events(query="lunch", maxResults=5), Future[list[Event]])
    assert_type(batch.get_instances("id"), Future[list[Event]])
    assert_type(batch.get_calendar_list(show_hidden=True), Future[list[CalendarListEntry]])
    assert_type(batch.get_acl_rules(show_deleted=True), Future[list[AccessControlRule]])
    assert_type(asynchronous.get_events(query="lunch", maxResults=5), asyncio.Future[list[Event]])
    assert_type(asynchronous.get_instances("id"), asyncio.Future[list[Event]])
    assert_type(
        asynchronous.get_calendar_list(show_hidden=True), asyncio.Future[list[CalendarListEntry]]
    )
    assert_type(
        asynchronous.get_acl_rules(show_deleted=True), asyncio.Future[list[AccessControlRule]]
    )


def what_takes_several_calls_is_its_result(calendar: GoogleCalendar, event: Event) -> None:
    assert_type(calendar.add_events([event], progress=print), list[Event])
    assert_type(calendar.update_events(iter([event])), list[Event])
    assert_type(calendar.delete_events(["id", event]), None)
    assert_type(calendar.get_event_changes("token", singleEvents=True), Changes[Event])
    assert_type(calendar.get_calendar_list_changes(), Changes[CalendarListEntry])
    assert_type(calendar.get_acl_changes(), Changes[AccessControlRule])
    assert_type(calendar.get_settings_changes(), Changes[Setting])
    assert_type(calendar.wait_for_conference(event, timeout=5), Event)
    assert_type(calendar.respond(event, "accepted"), Event)
    assert_type(calendar.copy_event(event, summary="Copy"), Event)
    assert_type(
        calendar.find_free_slots(
            timedelta(hours=1), "ann@example.com", working_hours=(time(9), time(17))
        ),
        list[TimeRange],
    )
    assert_type(calendar.update_instance(event, summary="Lunch"), Event)
    assert_type(calendar.cancel_instance("id", datetime(2026, 3, 2, tzinfo=UTC)), None)
    assert_type(calendar.cancel_following(event, date(2026, 3, 2)), None)
    assert_type(calendar.update_following(event, date(2026, 3, 2), summary="Lunch"), Event)


async def what_takes_several_calls_is_awaited(calendar: AsyncGoogleCalendar, event: Event) -> None:
    assert_type(await calendar.add_events([event], progress=print), list[Event])
    assert_type(await calendar.update_events(iter([event])), list[Event])
    assert_type(await calendar.delete_events(["id", event]), None)
    assert_type(await calendar.get_event_changes("token", singleEvents=True), Changes[Event])
    assert_type(await calendar.get_calendar_list_changes(), Changes[CalendarListEntry])
    assert_type(await calendar.get_acl_changes(), Changes[AccessControlRule])
    assert_type(await calendar.get_settings_changes(), Changes[Setting])
    assert_type(await calendar.wait_for_conference(event, timeout=5), Event)
    assert_type(await calendar.respond(event, "accepted"), Event)
    assert_type(await calendar.copy_event(event, summary="Copy"), Event)
    assert_type(
        await calendar.find_free_slots(
            timedelta(hours=1), "ann@example.com", working_hours=(time(9), time(17))
        ),
        list[TimeRange],
    )
    assert_type(await calendar.update_instance(event, summary="Lunch"), Event)
    assert_type(await calendar.cancel_instance("id", datetime(2026, 3, 2, tzinfo=UTC)), None)
    assert_type(await calendar.cancel_following(event, date(2026, 3, 2)), None)
    assert_type(await calendar.update_following(event, date(2026, 3, 2), summary="Lunch"), Event)
    await calendar.delete_events(calendar.get_events())


def blocks(calendar: GoogleCalendar) -> None:
    with calendar as opened, opened.batch() as batch:
        assert_type(opened, GoogleCalendar)
        assert_type(batch, Batch)


async def asynchronous_blocks(calendar: AsyncGoogleCalendar) -> None:
    async with calendar as opened, opened.batch() as batch:
        assert_type(opened, AsyncGoogleCalendar)
        assert_type(batch, AsyncBatch)


def a_call_can_be_described(calendar: GoogleCalendar) -> None:
    assert_type(GoogleCalendar.get_event.of(calendar, "id"), Operation[Event])
    assert_type(GoogleCalendar.get_events.of(calendar), Listing[Event])
    assert_type(GoogleCalendar.add_events.of(calendar, []), Procedure[list[Event]])


def wrong_arguments_are_errors(calendar: GoogleCalendar) -> None:
    calendar.get_event(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    calendar.get_event()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    calendar.delete_event("id", if_unchanged=1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    calendar.update_event("id")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    calendar.add_calendar("Travel")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    calendar.add_events(["id"])  # type: ignore[list-item] # pyright: ignore[reportArgumentType]


def what_takes_several_calls_is_not_in_a_batch(batch: Batch, event: Event) -> None:
    batch.add_events([event])  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue,reportUnknownMemberType]
    batch.wait_for_conference(event)  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue,reportUnknownMemberType]
