"""The call that asks when people are busy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gcsa.acl import AccessControlRule, ACLRole, ACLScopeType
from gcsa.calendar import Calendar
from gcsa.event import Event, Transparency
from gcsa.free_busy import FreeBusyQueryError, TimeRange

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_one_is_busy_during_ones_events(calendar):
    calendar.add_event(Event("Lunch", start=TEN, end=TEN + HOUR))
    assert list(calendar.get_free_busy()) == [TimeRange(TEN, TEN + HOUR)]


def test_one_is_available_during_events_that_take_no_time(calendar):
    calendar.add_event(Event("Birthday", start=TEN, transparency=Transparency.TRANSPARENT))
    assert list(calendar.get_free_busy()) == []


def test_two_weeks_from_now_are_looked_at_unless_another_window_is_given(calendar):
    calendar.add_event(Event("yesterday", start=TEN - timedelta(days=1)))
    calendar.add_event(Event("in 13 days", start=TEN + timedelta(days=13)))
    calendar.add_event(Event("in 15 days", start=TEN + timedelta(days=15)))
    assert [one.start for one in calendar.get_free_busy()] == [TEN + timedelta(days=13)]
    answer = calendar.get_free_busy(
        time_min=date(2026, 3, 17), time_max=date(2026, 3, 18), timezone="UTC"
    )
    assert [one.start for one in answer] == [TEN + timedelta(days=15)]


def test_several_calendars_are_looked_at_together(calendar, client_for):
    client_for("ann@example.com").add_event(Event("Lunch", start=TEN))
    client_for("ann@example.com").add_acl_rule(
        AccessControlRule(role=ACLRole.FREE_BUSY_READER, scope_type=ACLScopeType.DEFAULT)
    )
    answer = calendar.get_free_busy(["me@example.com", "ann@example.com"])
    assert answer.calendars == {
        "me@example.com": [],
        "ann@example.com": [TimeRange(TEN, TEN + HOUR)],
    }


def test_a_group_is_looked_at_by_its_members(calendar, emulator):
    emulator.groups.add("team@example.com", ["me@example.com"])
    answer = calendar.get_free_busy("team@example.com")
    assert answer.groups == {"team@example.com": ["me@example.com"]}


def test_calendars_that_cannot_be_looked_at_are_an_error(calendar):
    with pytest.raises(
        FreeBusyQueryError, match=r"No free/busy of calendar 'nobody@else\.example'"
    ):
        calendar.get_free_busy("nobody@else.example")


def test_the_error_can_be_ignored(calendar):
    answer = calendar.get_free_busy(["me@example.com", "nobody@else.example"], ignore_errors=True)
    assert answer.calendars["me@example.com"] == []
    assert answer.calendars_errors["nobody@else.example"][0]["reason"] == "notFound"


def test_calendars_are_named_by_their_ids(calendar):
    with pytest.raises(
        TypeError, match=r"^resource_ids must be str or a list of it, not Calendar.$"
    ):
        calendar.get_free_busy(Calendar("Team", calendar_id="team"))


def test_a_window_that_ends_before_it_begins_is_refused(calendar):
    with pytest.raises(ValueError, match=r"time_max \(2026-03-01.*\) must be after time_min"):
        calendar.get_free_busy(time_max=date(2026, 3, 1), timezone="UTC")


@pytest.mark.parametrize(
    ("name", "value", "most"),
    [("group_expansion_max", 101, 100), ("calendar_expansion_max", 0, 50)],
)
def test_a_number_out_of_its_limits_is_refused(calendar, name, value, most):
    with pytest.raises(ValueError, match=f"{name} must be 1 to {most}, not {value}"):
        calendar.get_free_busy(**{name: value})
