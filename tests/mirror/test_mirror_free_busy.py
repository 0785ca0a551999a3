"""Busy times: what a mirror says is what a live query says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gcsa.calendar import Calendar
from gcsa.event import Event
from gcsa.free_busy import FreeBusyQueryError, TimeRange
from gcsa.recurrence import DAILY, Recurrence

PRAGUE = ZoneInfo("Europe/Prague")
MARCH = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def busy(mirror, client):
    """What checks that the mirror says of the primary calendar what the server says, and returns it."""

    def check(start=MARCH[0], end=MARCH[1]):
        mirror.sync(client)
        found = mirror.free_busy("primary", start, end)
        assert (
            found.calendars
            == client.get_free_busy("primary", time_min=start, time_max=end).calendars
        )
        return list(found)

    return check


def test_times_that_overlap_or_touch_are_one(client, busy):
    for start, end in ((9, 10), (9, 11), (11, 12), (13, 14)):
        client.add_event(Event("Meeting", at(3, start), at(3, end)))
    assert busy() == [TimeRange(at(3, 9), at(3, 12)), TimeRange(at(3, 13), at(3, 14))]


def test_times_end_with_the_window(client, busy):
    client.add_event(Event("Long", at(3, 9), at(5, 9)))
    assert busy(at(3, 12), at(4, 12)) == [TimeRange(at(3, 12), at(4, 12))]


def test_what_leaves_one_free_does_not_count(client, busy, emulator):
    client.add_event(Event("Shown as available", at(3, 9), transparency="transparent"))
    client.add_event(Event("Nothing", at(4, 9), at(4, 9)))
    invited = emulator.client("ann@example.com").add_event(
        Event("Declined", at(5, 9), attendees=["me@example.com"])
    )
    client.respond(invited.id, "declined")
    tentative = emulator.client("ann@example.com").add_event(
        Event("Perhaps", at(6, 9), attendees=["me@example.com"])
    )
    client.respond(tentative.id, "tentative")
    client.delete_event(client.add_event(Event("Cancelled", at(7, 9))))
    assert busy() == [TimeRange(at(6, 9), at(6, 10))]


def test_days_count_from_midnight_of_the_calendars_zone(client, busy):
    calendar = client.get_calendar()
    calendar.timezone = "Europe/Prague"
    client.update_calendar(calendar)
    client.add_event(Event("Holiday", date(2026, 3, 30), transparency="opaque"))
    start = datetime(2026, 3, 30, tzinfo=PRAGUE)
    assert busy() == [TimeRange(start, start + timedelta(days=1))]


def test_instances_of_a_series_count_unless_they_leave_one_free(client, busy):
    rule = Recurrence.rule(freq=DAILY, count=6)
    series = client.add_event(Event("Stand-up", at(2, 9), timezone="UTC", recurrence=rule))
    first, second, third, *_ = client.get_instances(series, *MARCH)
    client.delete_event(first)
    client.patch_event(second, transparency="transparent")
    client.patch_event(third, start=at(4, 15), end=at(4, 16))
    assert [time.start for time in busy()] == [at(4, 15), at(5, 9), at(6, 9), at(7, 9)]


def test_several_calendars(mirror, client):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(Event("Concert", at(3, 20)), calendar_id=music.id)
    client.add_event(Event("Lunch", at(3, 12)))
    mirror.sync_all(client)
    found = mirror.free_busy(["primary", music.id], *MARCH)
    live = client.get_free_busy(["primary", music.id], time_min=MARCH[0], time_max=MARCH[1])
    assert found.calendars == live.calendars
    assert (found.time_min, found.time_max) == (live.time_min, live.time_max)


def test_a_calendar_that_is_not_in_the_mirror(mirror, client):
    mirror.sync(client)
    with pytest.raises(FreeBusyQueryError, match=r"calendar 'nobody@example.com': notFound"):
        mirror.free_busy(["primary", "nobody@example.com"], *MARCH)
    found = mirror.free_busy(["primary", "nobody@example.com"], *MARCH, ignore_errors=True)
    live = client.get_free_busy(
        ["primary", "nobody@example.com"],
        time_min=MARCH[0],
        time_max=MARCH[1],
        ignore_errors=True,
    )
    assert found.calendars == live.calendars
    assert found.calendars_errors == live.calendars_errors


def test_times_are_said_in_the_zone_that_is_asked_for(mirror, client):
    client.add_event(Event("Lunch", at(3, 12)))
    mirror.sync(client)
    [time] = mirror.free_busy("primary", *MARCH, timezone="Asia/Tokyo")
    assert time.start.isoformat() == "2026-03-03T21:00:00+09:00"
    [time] = mirror.free_busy("primary", *MARCH)
    assert time.start.isoformat() == "2026-03-03T12:00:00+00:00"


def test_a_window_without_time_in_it_is_refused(mirror, client):
    mirror.sync(client)
    with pytest.raises(ValueError, match="The window is empty"):
        mirror.free_busy("primary", MARCH[1], MARCH[0])


def test_a_calendar_of_which_one_sees_only_busy_times(mirror, client, emulator):
    from gcsa.acl import AccessControlRule

    ann = emulator.client("ann@example.com")
    ann.add_event(Event("Secret", at(3, 9)))
    rule = AccessControlRule(role="freeBusyReader", scope_type="user", scope_value="me@example.com")
    ann.add_acl_rule(rule, send_notifications=False)
    mirror.sync(client, "ann@example.com")
    assert list(mirror.free_busy("ann@example.com", *MARCH)) == [TimeRange(at(3, 9), at(3, 10))]
    assert list(mirror.search("secret")) == []
