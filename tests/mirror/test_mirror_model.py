"""A mirror against the server that it mirrors: whatever happens, in any order, they agree in the end.

What happens is drawn: changes on the server, synchronisations, crashes in the middle of one, tokens that expire, two
synchronisations at once, a consumer that reads the feed now and then. At the end of each story a last synchronisation
has to make the mirror equal to the server's listing, and the feed, replayed, has to lead to the same events.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import httpx2
import hypothesis.strategies as st
from google.oauth2.credentials import Credentials
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    multiple,
    rule,
    run_state_machine_as_test,
)

from gcsa._on_demand import sent_by_server
from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.errors import BadRequestError, GoneError, NotFoundError
from gcsa.event import Event
from gcsa.google_calendar import GoogleCalendar, Retry
from gcsa.mirror import Mirror
from gcsa.recurrence import DAILY, WEEKLY, Recurrence

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WINDOW = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
ALWAYS = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

days = st.integers(0, 60).map(lambda number: date(2026, 2, 20) + timedelta(number))
hours = st.integers(0, 23)
zones = st.sampled_from(["UTC", "Europe/Prague", "America/New_York", "Pacific/Auckland"])
words = st.sampled_from(["Lunch", "Dinner", "Stand-up", "Planning"])
rules = st.one_of(
    st.builds(lambda count: Recurrence.rule(freq=DAILY, count=count), st.integers(1, 30)),
    st.builds(lambda every: Recurrence.rule(freq=WEEKLY, interval=every), st.integers(1, 3)),
    st.just(Recurrence.rule(freq=DAILY)),
    st.builds(lambda day: Recurrence.rule(freq=DAILY, until=day), days),
)


class Crash(BaseException):
    """What ends a program at once."""


class Story(RuleBasedStateMachine):
    """What may happen to a calendar and its mirror."""

    events = Bundle("events")
    series = Bundle("series")

    def __init__(self, databases):
        super().__init__()
        self.databases = databases
        self.url = databases.make()
        self.clock = Clock.frozen(NOW)
        self.emulator = Emulator(clock=self.clock, seed=0)
        self.client = self.emulator.client()
        self.mirrors = [Mirror(self.url, page_size=size) for size in (2, 3, 2500)]
        self.cursor = 0
        self.replayed = {}

    def teardown(self):
        try:
            self.agree()
        finally:
            for mirror in self.mirrors:
                mirror.close()
            self.emulator.close()
            self.databases.drop(self.url)

    # What happens on the server.

    @rule(target=events, word=words, day=days, hour=hours, zone=zones, length=st.integers(0, 50))
    def add_event(self, word, day, hour, zone, length):
        start = datetime(day.year, day.month, day.day, hour)
        end = start + timedelta(hours=length)
        return self.client.add_event(Event(word, start, end, timezone=zone)).id

    @rule(target=events, word=words, day=days, length=st.integers(1, 10))
    def add_days(self, word, day, length):
        return self.client.add_event(Event(word, day, day + timedelta(length))).id

    @rule(target=series, word=words, day=days, hour=hours, zone=zones, how=rules)
    def add_series(self, word, day, hour, zone, how):
        start = datetime(day.year, day.month, day.day, hour)
        return self.client.add_event(Event(word, start, timezone=zone, recurrence=how)).id

    @rule(target=series, word=words, day=days, length=st.integers(1, 3), how=rules)
    def add_series_of_days(self, word, day, length, how):
        return self.client.add_event(Event(word, day, day + timedelta(length), recurrence=how)).id

    @rule(target=events, series=series, which=st.integers(0, 5), word=words)
    def change_instance(self, series, which, word):
        for instance in self.instances(series, which):
            self.attempt(self.client.patch_event, instance, summary=word)
            return instance.id
        return multiple()

    @rule(target=events, series=series, which=st.integers(0, 5), by=st.integers(-400, 400))
    def move_instance(self, series, which, by):
        for instance in self.instances(series, which):
            offset = (
                timedelta(days=by // 24) if type(instance.start) is date else timedelta(hours=by)
            )
            self.attempt(
                self.client.patch_event,
                instance,
                start=instance.start + offset,
                end=instance.end + offset,
            )
            return instance.id
        return multiple()

    @rule(series=series, which=st.integers(0, 5))
    def cancel_instance(self, series, which):
        for instance in self.instances(series, which):
            self.attempt(self.client.delete_event, instance)

    @rule(event=st.one_of(events, series), word=words)
    def rename(self, event, word):
        self.attempt(self.client.patch_event, event, summary=word)

    @rule(event=consumes(events))
    def delete_event(self, event):
        self.attempt(self.client.delete_event, event)

    @rule(event=consumes(series))
    def delete_series(self, event):
        self.attempt(self.client.delete_event, event)

    @rule(series=series, how=rules)
    def change_rule(self, series, how):
        self.attempt(self.client.patch_event, series, recurrence=[how])

    @rule(series=series, by=st.integers(-30, 30))
    def move_series(self, series, by):
        event = self.client.get_event(series)
        offset = timedelta(days=by // 24) if type(event.start) is date else timedelta(hours=by)
        self.attempt(
            self.client.patch_event, event, start=event.start + offset, end=event.end + offset
        )

    @rule(zone=zones)
    def change_the_calendars_zone(self, zone):
        calendar = self.client.get_calendar()
        calendar.timezone = zone
        self.client.update_calendar(calendar)

    # What happens to the mirror.

    @rule(which=st.integers(0, 2))
    def synchronise(self, which):
        self.mirrors[which].sync(self.client)
        self.same_listing()

    @rule(which=st.integers(0, 2), on=st.integers(1, 6), after=st.booleans())
    def crash(self, which, on, after):
        seen = []

        def crash(request, transport):
            seen.append(request)
            if len(seen) == on:
                if after:
                    transport.handle_request(request)
                raise Crash

        with suppress(Crash):
            self.mirrors[which].sync(self.client_with(crash))

    @rule(which=st.integers(0, 2), other=st.integers(0, 2), on=st.integers(1, 4))
    def synchronise_at_the_same_time(self, which, other, on):
        seen = []

        def overtake(request, transport):
            seen.append(request)
            if len(seen) == on:
                self.mirrors[other].sync(self.client)

        self.mirrors[which].sync(self.client_with(overtake))
        self.same_listing()

    @rule(which=st.integers(0, 2), on=st.integers(1, 3))
    def lose_the_token(self, which, on):
        seen = []

        def spoil(request, transport):
            if "syncToken" in request.url.params:
                seen.append(request)
                if len(seen) == on:
                    request.url = request.url.copy_set_param("syncToken", "of-long-ago")

        self.mirrors[which].sync(self.client_with(spoil))
        self.same_listing()

    @rule(by=st.sampled_from([timedelta(minutes=1), timedelta(hours=5), timedelta(days=40)]))
    def let_time_pass(self, by):
        self.clock.advance(by)

    @rule(limit=st.integers(1, 20))
    def follow(self, limit):
        self.read(self.mirrors[0].changes(after=self.cursor, limit=limit))

    # What has to be.

    def agree(self):
        self.mirrors[0].sync(self.client)
        self.same_listing()
        stored = list(self.mirrors[1].stored_events())
        listed = self.client.get_events(*ALWAYS)
        assert by_id(stored) == by_id(listed)
        while changes := self.mirrors[2].changes(after=self.cursor, limit=7):
            self.read(changes)
        live = {event.id: event.etag for event in stored if event.status != "cancelled"}
        assert self.replayed == live

    def same_listing(self):
        listed = self.client.get_events(*WINDOW, single_events=True, order_by="startTime")
        found = list(self.mirrors[1].events("primary", *WINDOW))
        assert by_id(found) == by_id(listed)
        busy = self.client.get_free_busy(time_min=WINDOW[0], time_max=WINDOW[0] + timedelta(90))
        mine = self.mirrors[1].free_busy("primary", WINDOW[0], WINDOW[0] + timedelta(90))
        assert mine.calendars == busy.calendars

    def read(self, changes):
        for change in changes:
            assert change.cursor == self.cursor + 1
            self.cursor = change.cursor
            was_there = change.event_id in self.replayed
            if change.kind == "deleted":
                # Of an instance that was never told of, only that it is cancelled.
                assert was_there or change.event.is_recurring_instance
                self.replayed.pop(change.event_id, None)
            else:
                assert was_there == (change.kind == "updated")
                self.replayed[change.event_id] = change.event and change.event.etag

    # How it is done.

    def instances(self, series, which):
        """The instance of this number, if there is one."""
        with suppress(NotFoundError, GoneError):
            return list(self.client.get_instances(series, *WINDOW))[which : which + 1]
        return []

    def attempt(self, method, *arguments, **fields):
        """Make a change, unless what it is about is gone, or cannot be as it would be."""
        with suppress(BadRequestError, NotFoundError, GoneError):
            method(*arguments, **fields)

    def client_with(self, before):
        transport = Between(self.emulator.transport, before)
        return GoogleCalendar(
            credentials=Credentials(token="me@example.com"),
            transport=transport,
            api_endpoint=self.emulator.address,
            clock=self.clock,
            retry=Retry(attempts=1),
        )


class Between(httpx2.BaseTransport):
    """Stands between a client and the server, and does something before each request."""

    def __init__(self, transport, before):
        self.transport = transport
        self.before = before

    def handle_request(self, request):
        self.before(request, self.transport)
        return self.transport.handle_request(request)

    def close(self):
        pass


def by_id(events):
    found = [sent_by_server(event) for event in events]
    resources = {resource["id"]: resource for resource in found}
    assert len(resources) == len(found)
    return resources


def test_the_mirror_and_the_server_agree_in_the_end(databases):
    run_state_machine_as_test(
        lambda: Story(databases),
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
