"""gcal-sync, the client library of Home Assistant, against the served emulator: its sync, store and timeline."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from gcal_sync.api import (
    GoogleCalendarService,
    ListEventsRequest,
    LocalListEventsRequest,
)
from gcal_sync.auth import AbstractAuth
from gcal_sync.exceptions import ApiException, ApiForbiddenException, AuthException
from gcal_sync.model import AccessRole, Attendee, DateOrDatetime, Event, ReminderMethod
from gcal_sync.store import InMemoryCalendarStore
from gcal_sync.sync import CalendarEventSyncManager, CalendarListSyncManager

from gcsa.emulator import Clock, Emulator

pytestmark = pytest.mark.anyio

# A Monday.
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRAGUE = ZoneInfo("Europe/Prague")
ME = "me@example.com"


class Token(AbstractAuth):
    """The credentials of somebody whose token is their address."""

    def __init__(self, session, emulator, user):
        super().__init__(session, f"{emulator.address}/calendar/v3")
        self._user = user

    async def async_get_access_token(self):
        return self._user


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
def served():
    with Emulator(clock=Clock.frozen(NOW), seed=0) as emulator:
        emulator.serve()
        yield emulator


@pytest.fixture
def emulator(served):
    served.clock.set(NOW)
    served.reset()
    return served


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def service_of(session, emulator):
    return lambda user: GoogleCalendarService(Token(session, emulator, user))


@pytest.fixture
def service(service_of):
    return service_of(ME)


@pytest.fixture
def store():
    return InMemoryCalendarStore()


@pytest.fixture
def sync(service, store):
    """The local copy of my primary calendar."""
    return CalendarEventSyncManager(service, ME, store)


def plant(emulator, *events):
    """Put events on my primary calendar, and return their ids."""
    return emulator.seed_from({"events": list(events)}).events


async def stored(store, calendar=ME):
    """The items of the local copy, by their id."""
    data = await store.async_load()
    return data["event_sync"][calendar]["items"]


async def agenda(sync, start, end):
    """The start and summary of what the local copy has in a window."""
    request = LocalListEventsRequest(start_time=start, end_time=end)
    found = await sync.store_service.async_list_events(request)
    return [(event.start.value, event.summary) for event in found.events]


async def served_agenda(service, start, end):
    """The same, as the emulator itself expands the calendar."""
    request = ListEventsRequest(calendar_id=ME, start_time=start, end_time=end)
    return [
        (event.start.value, event.summary)
        async for page in await service.async_list_events(request)
        for event in page.items
    ]


LUNCH = {"summary": "Lunch", "start": "2026-03-03T12:00", "duration": "1h"}
STANDUP = {
    "summary": "Standup",
    "start": "2026-03-23T09:00",
    "timeZone": "Europe/Prague",
    "duration": 15,
    "recurrence": "FREQ=DAILY;COUNT=10",
}


# The calendar list ----------------------------------------------------------------------------------------


async def test_the_calendar_list_is_copied(service, emulator, store):
    emulator.seed_from(
        {
            "users": [{"email": ME, "timeZone": "Europe/Prague"}],
            "calendars": [{"id": "team", "summary": "Team", "description": "Ours", "owner": ME}],
        }
    )
    manager = CalendarListSyncManager(service, store)
    await manager.run()
    calendars = (await manager.store_service.async_list_calendars()).calendars
    assert {calendar.id: calendar.summary for calendar in calendars} == {
        ME: ME,
        "team@group.calendar.google.com": "Team",
    }
    assert {calendar.access_role for calendar in calendars} == {AccessRole.OWNER}
    assert [calendar.timezone for calendar in calendars if calendar.primary] == ["Europe/Prague"]


async def test_of_the_calendar_list_only_what_changed_is_fetched_again(service, emulator, store):
    manager = CalendarListSyncManager(service, store)
    await manager.run()
    emulator.seed_from({"calendars": [{"id": "team", "summary": "Team", "owner": ME}]})
    await manager.run()
    first, second = emulator.requests.of("calendarList.list")
    assert "syncToken" not in first.query
    assert "syncToken" in second.query
    calendars = (await manager.store_service.async_list_calendars()).calendars
    assert [calendar.summary for calendar in calendars] == [ME, "Team"]


async def test_a_calendar_is_read_by_itself(service, emulator):
    emulator.users.add(ME, time_zone="Europe/Prague")
    calendar = await service.async_get_calendar("primary")
    assert (calendar.id, calendar.timezone) == (ME, "Europe/Prague")


# Syncing events -------------------------------------------------------------------------------------------


async def test_the_first_sync_copies_everything(sync, store, emulator):
    planted = plant(emulator, LUNCH, STANDUP, {"summary": "Holiday", "start": "2026-03-06"})
    await sync.run()
    items = await stored(store)
    assert set(items) == set(planted)
    assert {item["summary"] for item in items.values()} == {"Lunch", "Standup", "Holiday"}
    assert await agenda(sync, NOW, NOW + timedelta(days=7)) == [
        (datetime(2026, 3, 3, 12, tzinfo=UTC), "Lunch"),
        (date(2026, 3, 6), "Holiday"),
    ]


async def test_a_large_calendar_comes_in_pages(sync, store, emulator):
    plant(emulator, *({**LUNCH, "summary": f"Lunch {number}"} for number in range(1_001)))
    await sync.run()
    assert len(await stored(store)) == 1_001
    first, second = emulator.requests.of("events.list")
    assert first.query["maxResults"] == ["1000"]
    assert "pageToken" in second.query


async def test_the_next_sync_fetches_only_what_changed(sync, store, emulator, service):
    lunch, _ = plant(emulator, LUNCH, {**LUNCH, "summary": "Dinner"})
    await sync.run()
    await service.async_patch_event(ME, lunch, {"summary": "Late lunch"})
    (tea,) = plant(emulator, {**LUNCH, "summary": "Tea"})
    seen = []
    fetch = service.async_list_events_page

    async def fetch_and_note(request):
        page = await fetch(request)
        seen.extend(event.id for event in page.items)
        return page

    service.async_list_events_page = fetch_and_note
    await sync.run()
    assert seen == [lunch, tea]
    assert sorted(item["summary"] for item in (await stored(store)).values()) == [
        "Dinner",
        "Late lunch",
        "Tea",
    ]


async def test_what_was_deleted_disappears_from_the_timeline(sync, emulator, service):
    lunch, _ = plant(emulator, LUNCH, {**LUNCH, "summary": "Dinner"})
    await sync.run()
    await service.async_delete_event(ME, lunch)
    await sync.run()
    found = await agenda(sync, NOW, NOW + timedelta(days=7))
    assert [summary for _, summary in found] == ["Dinner"]


async def test_a_token_that_expired_starts_the_copy_again(sync, store, emulator):
    (lunch,) = plant(emulator, LUNCH)
    await sync.run()
    emulator.clock.advance(timedelta(days=60))
    emulator.requests.clear()
    await sync.run()
    assert [request.status for request in emulator.requests.of("events.list")] == [410, 200]
    assert set(await stored(store)) == {lunch}


async def test_a_store_of_another_server_is_synced_from_the_start(sync, store, emulator):
    plant(emulator, LUNCH)
    await sync.run()
    emulator.reset()
    (dinner,) = plant(emulator, {**LUNCH, "summary": "Dinner"})
    await sync.run()
    assert set(await stored(store)) == {dinner}


# Recurring events -----------------------------------------------------------------------------------------


async def test_a_series_is_expanded_alike_on_both_sides_across_a_change_of_clocks(
    sync, emulator, service
):
    plant(
        emulator,
        STANDUP,
        {**STANDUP, "summary": "Review", "start": "2026-03-24T16:00", "recurrence": "FREQ=WEEKLY"},
        {"summary": "Rent", "start": "2026-03-01", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=1"},
    )
    await sync.run()
    start, end = datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 4, 20, tzinfo=UTC)
    here = await agenda(sync, start, end)
    assert here == await served_agenda(service, start, end)
    starts = [start for start, summary in here if summary == "Standup"]
    assert len(starts) == 10
    assert {start.astimezone(PRAGUE).hour for start in starts} == {9}
    assert {start.astimezone(UTC).hour for start in starts} == {7, 8}


async def test_an_instance_that_was_moved_is_where_it_was_moved_to(sync, emulator, service):
    (series,) = plant(emulator, STANDUP)
    await sync.run()
    body = {
        "start": {"dateTime": "2026-03-24T15:00:00+01:00"},
        "end": {"dateTime": "2026-03-24T15:15:00+01:00"},
    }
    await service.async_patch_event(ME, f"{series}_20260324T080000Z", body)
    await sync.run()
    start = datetime(2026, 3, 23, tzinfo=UTC)
    here = await agenda(sync, start, start + timedelta(days=3))
    assert here == await served_agenda(service, start, start + timedelta(days=3))
    assert [start.astimezone(PRAGUE).hour for start, _ in here] == [9, 15, 9]


async def test_one_instance_is_deleted_through_the_local_copy(sync, emulator, service):
    (series,) = plant(emulator, STANDUP)
    await sync.run()
    event = await service.async_get_event(ME, series)
    await sync.store_service.async_delete_event(event.ical_uuid, f"{series}_20260324T080000Z")
    await sync.run()
    start = datetime(2026, 3, 23, tzinfo=UTC)
    here = await agenda(sync, start, start + timedelta(days=4))
    assert [start.day for start, _ in here] == [23, 25, 26]
    assert here == await served_agenda(service, start, start + timedelta(days=4))


async def test_a_whole_series_is_deleted_through_the_local_copy(sync, emulator, service):
    (series,) = plant(emulator, STANDUP)
    await sync.run()
    event = await service.async_get_event(ME, series)
    await sync.store_service.async_delete_event(event.ical_uuid)
    await sync.run()
    start = datetime(2026, 3, 23, tzinfo=UTC)
    assert await agenda(sync, start, start + timedelta(days=30)) == []


# Single calls ---------------------------------------------------------------------------------------------


async def test_an_event_that_it_creates_is_read_back(sync, service):
    event = Event(
        summary="Schůzka 🎉",
        start=DateOrDatetime(date_time=datetime(2026, 3, 3, 9, tzinfo=PRAGUE)),
        end=DateOrDatetime(date_time=datetime(2026, 3, 3, 10, tzinfo=PRAGUE)),
        description="What we talk about",
        location="Prague",
        attendees=[Attendee(email="ann@example.com")],
    )
    await sync.store_service.async_add_event(event)
    await sync.run()
    (found,) = (
        await sync.store_service.async_list_events(LocalListEventsRequest(start_time=NOW))
    ).events
    assert (found.summary, found.location) == ("Schůzka 🎉", "Prague")
    assert found.start.value == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert [attendee.email for attendee in found.attendees] == ["ann@example.com"]
    assert (await service.async_get_event(ME, found.id)).model_dump() == found.model_dump()


async def test_reminders_arrive_as_they_are(service, emulator):
    own, default = plant(emulator, {**LUNCH, "reminders": 10}, LUNCH)
    reminders = (await service.async_get_event(ME, own)).reminders
    assert not reminders.use_default
    assert [(each.method, each.minutes) for each in reminders.overrides] == [
        (ReminderMethod.POPUP, 10)
    ]
    assert (await service.async_get_event(ME, default)).reminders.use_default


async def test_search_words_are_passed_on(service, emulator):
    plant(emulator, LUNCH, {**LUNCH, "summary": "Dinner"})
    request = ListEventsRequest(calendar_id=ME, start_time=NOW, search="din")
    page = await service.async_list_events(request)
    assert [event.summary for event in page.items] == ["Dinner"]


async def test_errors_become_its_exceptions(service, service_of, emulator):
    with pytest.raises(ApiException, match=r"Error from API: 404: Not Found"):
        await service.async_get_event(ME, "nothing")
    with pytest.raises(AuthException, match="401"):
        await service_of("nobody").async_list_calendars()
    emulator.seed_from({"calendars": [{"id": ME, "acl": {"ann@example.com": "reader"}}]})
    event = Event(
        summary="Not mine",
        start=DateOrDatetime(date=date(2026, 3, 3)),
        end=DateOrDatetime(date=date(2026, 3, 4)),
    )
    with pytest.raises(ApiForbiddenException):
        await service_of("ann@example.com").async_create_event(ME, event)


async def test_a_passing_error_leaves_the_copy_as_it_was(sync, store, emulator):
    (lunch,) = plant(emulator, LUNCH)
    await sync.run()
    plant(emulator, {**LUNCH, "summary": "Dinner"})
    with emulator.faults.add(status=503), pytest.raises(ApiException):
        await sync.run()
    assert set(await stored(store)) == {lunch}
    await sync.run()
    assert len(await stored(store)) == 2
