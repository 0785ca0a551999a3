"""Sync tokens: what has changed since the last time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gcsa.acl import AccessControlRule
from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.errors import SyncTokenExpiredError
from gcsa.event import Event
from gcsa.recurrence import DAILY, Recurrence

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def calendar(unbatched):
    return unbatched


def meeting(summary="Meeting", **kwargs):
    return Event(summary, start=TEN, **kwargs)


def daily(calendar):
    return calendar.add_event(
        meeting("Standup", timezone="UTC", recurrence=Recurrence.rule(freq=DAILY, count=3))
    )


def test_the_first_time_everything_there_is_comes_with_a_token(calendar):
    calendar.add_event(meeting("past", event_id="past1"))
    calendar.add_event(Event("far", start=TEN + timedelta(days=4000)))
    changes = calendar.get_event_changes()
    assert {event.summary for event in changes.items} == {"past", "far"}
    assert changes.deleted == []
    assert changes.full
    assert changes.next_sync_token


def test_afterwards_only_what_has_changed_comes(calendar):
    calendar.add_event(meeting("unchanged"))
    changed, gone = calendar.add_event(meeting("old")), calendar.add_event(meeting("gone"))
    token = calendar.get_event_changes().next_sync_token

    calendar.patch_event(changed, summary="new")
    calendar.delete_event(gone)
    calendar.add_event(meeting("added"))
    changes = calendar.get_event_changes(token)

    assert {event.summary for event in changes.items} == {"new", "added"}
    assert changes.deleted == [gone.id]
    assert not changes.full
    assert calendar.get_event_changes(changes.next_sync_token).items == []


def test_changes_follow_every_page(calendar):
    token = calendar.get_event_changes(maxResults=2).next_sync_token
    for number in range(5):
        calendar.add_event(meeting(f"{number}"))
    assert len(calendar.get_event_changes(token, maxResults=2).items) == 5


def test_a_partial_answer_still_comes_with_a_token(calendar):
    calendar.add_event(meeting())
    changes = calendar.get_event_changes(fields="items(id,summary)", maxResults=1)
    assert changes.items[0].start is None
    assert calendar.get_event_changes(changes.next_sync_token).items == []


def test_a_cancelled_instance_is_an_item_because_the_series_needs_it(calendar):
    series = daily(calendar)
    token = calendar.get_event_changes().next_sync_token
    calendar.cancel_instance(series, TEN + timedelta(days=1))
    changes = calendar.get_event_changes(token)
    (cancelled,) = [event for event in changes.items if event.status == "cancelled"]
    assert cancelled.recurring_event_id == series.id
    assert cancelled.original_start_time == TEN + timedelta(days=1)
    assert changes.deleted == []


def test_among_single_events_a_cancelled_instance_is_deleted(calendar):
    series = daily(calendar)
    instances = list(calendar.get_instances(series))
    token = calendar.get_event_changes(singleEvents=True).next_sync_token
    calendar.cancel_instance(instances[1])
    changes = calendar.get_event_changes(token, singleEvents=True)
    assert changes.deleted == [instances[1].id]


def test_a_deleted_series_is_deleted(calendar):
    series = daily(calendar)
    token = calendar.get_event_changes().next_sync_token
    calendar.delete_event(series)
    assert series.id in calendar.get_event_changes(token).deleted


def test_a_window_limits_the_first_time_and_may_be_given_each_time(calendar):
    calendar.add_event(Event("past", start=TEN - timedelta(days=9)))
    calendar.add_event(meeting("next"))
    window = {"timeMin": TEN - timedelta(days=1)}
    first = calendar.get_event_changes(**window)
    assert [event.summary for event in first.items] == ["next"]
    assert calendar.get_event_changes(first.next_sync_token, **window).items == []


@pytest.mark.parametrize("name", ["q", "orderBy", "iCalUID", "updatedMin"])
def test_what_does_not_go_together_with_tokens_is_refused(calendar, name):
    with pytest.raises(ValueError, match=f"{name} cannot be used together with sync tokens"):
        calendar.get_event_changes(**{name: "lunch"})


def test_an_empty_token_is_refused(calendar):
    with pytest.raises(ValueError, match="The sync token is empty; give None to begin"):
        calendar.get_event_changes("")


def test_an_expired_token_says_to_begin_again(calendar, emulator):
    token = calendar.get_event_changes().next_sync_token
    emulator.faults.add(reason="fullSyncRequired", times=1)
    with pytest.raises(SyncTokenExpiredError, match="call again without a sync token"):
        calendar.get_event_changes(token)
    assert calendar.get_event_changes().full


def test_changes_of_the_calendar_list(calendar, unbatched_for):
    ann = unbatched_for("ann@example.com")
    team = ann.add_calendar(Calendar("Team"))
    ann.add_acl_rule(
        AccessControlRule(role="reader", scope_type="user", scope_value="me@example.com"),
        calendar_id=team.id,
    )
    calendar.add_calendar_list_entry(CalendarListEntry(team.id))
    token = calendar.get_calendar_list_changes().next_sync_token

    calendar.delete_calendar_list_entry(team.id)
    travel = calendar.add_calendar(Calendar("Travel"))
    changes = calendar.get_calendar_list_changes(token)

    assert [entry.id for entry in changes.items] == [travel.id]
    assert changes.deleted == [team.id]
    with pytest.raises(ValueError, match="minAccessRole cannot be used"):
        calendar.get_calendar_list_changes(minAccessRole="owner")


def test_changes_of_access_rules(calendar):
    old = calendar.add_acl_rule(
        AccessControlRule(role="reader", scope_type="user", scope_value="ann@example.com")
    )
    token = calendar.get_acl_changes().next_sync_token

    calendar.delete_acl_rule(old)
    calendar.add_acl_rule(
        AccessControlRule(role="reader", scope_type="user", scope_value="bob@example.com")
    )
    changes = calendar.get_acl_changes(token)

    assert [rule.id for rule in changes.items] == ["user:bob@example.com"]
    assert changes.deleted == [old.id]


def test_changes_of_settings(calendar, emulator):
    first = calendar.get_settings_changes()
    assert {setting.id: setting.value for setting in first.items}["weekStart"] == 0
    emulator.users.add("me@example.com", settings={"weekStart": "1"})
    changes = calendar.get_settings_changes(first.next_sync_token)
    assert [(setting.id, setting.value) for setting in changes.items] == [("weekStart", 1)]
