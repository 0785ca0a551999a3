"""Single events, everything that is stored, iCalendar ids, and words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gcsa.attendee import Attendee
from gcsa.calendar import Calendar
from gcsa.channel import UnknownNotificationError
from gcsa.event import Event
from gcsa.mirror import UnknownCalendarError, UnknownEventError
from gcsa.recurrence import DAILY, Recurrence

MARCH = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def lunch(day=3, summary="Lunch", **fields):
    return Event(summary, datetime(2026, 3, day, 12, tzinfo=UTC), **fields)


@pytest.fixture
def stand_up(client):
    rule = Recurrence.rule(freq=DAILY)
    start = datetime(2026, 1, 5, 9)
    return client.add_event(Event("Stand-up", start, timezone="Europe/Prague", recurrence=rule))


def test_an_event_by_its_id_is_the_one_that_a_live_client_returns(mirror, client, sent):
    event = client.add_event(lunch(attendees=Attendee("ann@example.org"), color_id="4"))
    mirror.sync(client)
    assert mirror.event(event.id) == client.get_event(event.id)
    assert sent([mirror.event(event.id)]) == sent([client.get_event(event.id)])


def test_a_series_by_its_id_is_the_series(mirror, client, stand_up, sent):
    mirror.sync(client)
    assert sent([mirror.event(stand_up.id)]) == sent([client.get_event(stand_up.id)])


@pytest.mark.parametrize("nowhere", ["\ud83d", "nul\0", "\ud83d_20260105T080000Z"])
def test_what_no_database_can_hold_is_the_id_of_nothing(mirror, client, nowhere):
    client.add_event(lunch())
    mirror.sync(client)
    with pytest.raises(UnknownEventError, match="There is no event '"):
        mirror.event(nowhere)
    with pytest.raises(UnknownCalendarError, match="is not in this mirror"):
        mirror.events(nowhere, *MARCH)
    with pytest.raises(UnknownCalendarError, match="is not in this mirror"):
        mirror.changes(calendar_id=nowhere)
    with pytest.raises(UnknownNotificationError, match="There is no open channel"):
        mirror.receive({"X-Goog-Channel-ID": nowhere})
    assert mirror.by_ical_uid(nowhere) == []


def test_an_instance_by_its_id(mirror, client, stand_up, sent):
    days = client.add_event(Event("Days", date(2026, 1, 5), recurrence=Recurrence.rule(freq=DAILY)))
    mirror.sync(client)
    ids = [next(client.get_instances(event, *MARCH)).id for event in (stand_up, days)]
    assert sent(map(mirror.event, ids)) == sent(map(client.get_event, ids))


def test_an_instance_that_was_changed_or_cancelled_by_its_id(mirror, client, stand_up, sent):
    changed, cancelled, *_ = client.get_instances(stand_up, *MARCH)
    client.patch_event(changed, summary="Sit-down")
    client.delete_event(cancelled)
    mirror.sync(client)
    ids = [changed.id, cancelled.id]
    assert sent(map(mirror.event, ids)) == sent(map(client.get_event, ids))
    assert mirror.event(cancelled.id).status == "cancelled"


@pytest.mark.parametrize(
    "event_id",
    [
        "nobody",
        "{series}_20260303T090000Z",  # it is at 8 o'clock in UTC
        "{series}_20260303",
        "{series}_20261332T080000Z",
        "{single}_20260303T120000Z",
        "_20260303T080000Z",
    ],
)
def test_an_event_that_is_not_there(mirror, client, stand_up, event_id):
    single = client.add_event(lunch())
    mirror.sync(client)
    event_id = event_id.format(series=stand_up.id, single=single.id)
    with pytest.raises(UnknownEventError, match="There is no event"):
        mirror.event(event_id)


def test_a_deleted_event_is_not_there(mirror, client):
    event = client.add_event(lunch())
    mirror.sync(client)
    client.delete_event(event)
    mirror.sync(client)
    with pytest.raises(UnknownEventError, match=f"There is no event '{event.id}' in the copy of"):
        mirror.event(event.id)


def test_everything_that_is_stored_is_what_a_listing_without_instances_has(
    mirror, client, stand_up, sent, in_order
):
    first, second, *_ = client.get_instances(stand_up, *MARCH)
    client.patch_event(first, summary="Sit-down")
    client.delete_event(second)
    for day in range(3, 20):
        client.add_event(lunch(day))
    mirror.sync(client)
    everything = client.get_events(
        datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    )
    assert sent(mirror.stored_events()) == in_order(sent(everything))


def test_everything_that_is_stored_of_a_large_calendar(mirror, client):
    with client.batch() as batch:
        for number in range(1001):
            batch.add_event(lunch(summary=str(number)))
    mirror.sync(client)
    assert {event.summary for event in mirror.stored_events()} == set(map(str, range(1001)))


def test_what_is_stored_is_read_on_from_the_copy_that_took_the_place_of_another(
    mirror, client, emulator
):
    with client.batch() as batch:
        for number in range(1200):
            batch.add_event(lunch(summary=str(number)))
    mirror.sync(client)
    events = mirror.stored_events()
    first = next(events)
    emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)
    mirror.sync(client)
    assert {first.summary, *(event.summary for event in events)} == set(map(str, range(1200)))


def test_what_was_updated_since(mirror, client, clock):
    client.add_event(lunch(3))
    clock.advance(timedelta(hours=1))
    since = clock.now()
    changed = client.add_event(lunch(4))
    mirror.sync(client)
    assert [event.id for event in mirror.stored_events(updated_min=since)] == [changed.id]


def test_the_events_of_an_icalendar_id(mirror, client, stand_up):
    music = client.add_calendar(Calendar("Music"))
    own = client.import_event(lunch(ical_uid="concert@example.org"))
    other = client.import_event(lunch(ical_uid="concert@example.org"), calendar_id=music.id)
    exception = next(client.get_instances(stand_up, *MARCH))
    client.patch_event(exception, summary="Sit-down")
    mirror.sync_all(client)
    assert {e.id for e in mirror.by_ical_uid("concert@example.org")} == {own.id, other.id}
    assert [e.id for e in mirror.by_ical_uid("concert@example.org", music.id)] == [other.id]
    assert [e.id for e in mirror.by_ical_uid(stand_up.ical_uid)] == [stand_up.id, exception.id]
    assert mirror.by_ical_uid("nothing@example.org") == []


# Words.


@pytest.fixture
def found(mirror, client):
    def summaries(text, calendar_id=None, **parameters):
        return [event.summary for event in mirror.search(text, calendar_id, **parameters)]

    client.add_event(lunch(3, "Kávička", location="Café Nový Svět"))
    client.add_event(
        lunch(
            4, "Budget Review 2026", attendees=Attendee("ann.lee@example.org", display_name="Ann")
        )
    )
    client.add_event(
        lunch(5, "Review of the budget", description="<p>Numbers &amp; <b>charts</b></p>")
    )
    client.add_event(lunch(6, "会議 東京"))
    mirror.sync(client)
    return summaries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kavicka", ["Kávička"]),
        ("KÁVIČKA", ["Kávička"]),
        ("cafe svet", ["Kávička"]),
        ("budg", ["Review of the budget", "Budget Review 2026"]),
        ("review budget", ["Review of the budget", "Budget Review 2026"]),
        ('"budget review"', ["Budget Review 2026"]),
        ('"review of" budget', ["Review of the budget"]),
        ("udget", []),
        ("2026", ["Budget Review 2026"]),
        ("ann", ["Budget Review 2026"]),
        ("ann.lee@example.org", ["Budget Review 2026"]),
        ("lee@example", ["Budget Review 2026"]),
        ("charts", ["Review of the budget"]),
        ("東京", ["会議 東京"]),
        ("budget -2026 OR lunch", []),
        ("me@example.com", ["会議 東京", "Review of the budget", "Budget Review 2026", "Kávička"]),
        ("", []),
        ('"', []),
        ("*", []),
        ("' OR 1=1 --", []),
        ("x & y | (z", []),
    ],
)
def test_words(found, text, expected):
    assert found(text) == expected


def test_words_that_were_changed_or_deleted_are_found_no_more(found, mirror, client):
    [budget] = mirror.search('"budget review"')
    [coffee] = mirror.search("kavicka")
    client.patch_event(budget, summary="Plan")
    client.delete_event(coffee)
    mirror.sync(client)
    assert found("2026") == []
    assert found("kavicka") == []
    assert found("plan") == ["Plan"]


def test_words_of_a_copy_that_was_replaced_are_found_once(found, mirror, client, emulator):
    emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)
    mirror.sync(client)
    assert found("kavicka") == ["Kávička"]


def test_words_on_one_calendar_and_on_all(found, mirror, client):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(lunch(9, "Budget concert"), calendar_id=music.id)
    mirror.sync_all(client)
    assert found("budget", music.id) == ["Budget concert"]
    assert len(found("budget")) == 3
    assert found("budget", "primary") == ["Review of the budget", "Budget Review 2026"]
    with pytest.raises(UnknownCalendarError):
        found("budget", "sports")


def test_not_more_than_the_limit_is_found(found):
    assert found("budget", limit=1) == ["Review of the budget"]


def test_a_series_is_found_once_and_what_goes_on_first(found, client, mirror, stand_up):
    client.patch_event(stand_up, description="Budget")
    mirror.sync(client)
    assert found("budget") == ["Stand-up", "Review of the budget", "Budget Review 2026"]


def test_words_of_other_accounts_are_not_found(found, mirror, emulator):
    ann = emulator.client("ann@example.com")
    ann.add_event(lunch(3, "Budget of Ann"))
    hers = mirror.of("ann")
    hers.sync(ann)
    assert [event.summary for event in hers.search("budget")] == ["Budget of Ann"]
    assert len(found("budget")) == 2
