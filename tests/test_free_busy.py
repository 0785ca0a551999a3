"""Free/busy: when calendars are busy, and why Google could not say it of some."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from gcsa.errors import GoogleCalendarError
from gcsa.free_busy import FreeBusy, FreeBusyQueryError, TimeRange

MORNING = TimeRange(datetime(2020, 11, 22, 8, tzinfo=UTC), datetime(2020, 11, 22, 9, tzinfo=UTC))
EVENING = TimeRange(datetime(2020, 11, 22, 18, tzinfo=UTC), datetime(2020, 11, 22, 19, tzinfo=UTC))


def free_busy(**values: Any) -> FreeBusy:
    return FreeBusy(
        **{
            "time_min": datetime(2020, 11, 22, tzinfo=UTC),
            "time_max": datetime(2020, 11, 23, tzinfo=UTC),
            "groups": {},
            "calendars": {},
            **values,
        }
    )


def test_a_time_range_has_a_start_and_an_end() -> None:
    start, end = MORNING
    assert (MORNING.start, MORNING.end) == (start, end)


def test_free_busy_has_what_it_was_given() -> None:
    answer = free_busy(
        groups={"team@example.com": ["a@example.com"]},
        calendars={"a@example.com": [MORNING]},
        groups_errors={"g@example.com": [{"domain": "global", "reason": "groupTooBig"}]},
        calendars_errors={"b@example.com": [{"domain": "global", "reason": "notFound"}]},
    )
    assert answer.time_min == datetime(2020, 11, 22, tzinfo=UTC)
    assert answer.time_max == datetime(2020, 11, 23, tzinfo=UTC)
    assert answer.groups == {"team@example.com": ["a@example.com"]}
    assert answer.calendars == {"a@example.com": [MORNING]}
    assert answer.groups_errors == {
        "g@example.com": [{"domain": "global", "reason": "groupTooBig"}]
    }
    assert answer.calendars_errors == {
        "b@example.com": [{"domain": "global", "reason": "notFound"}]
    }


def test_there_are_no_errors_unless_given() -> None:
    assert (free_busy().groups_errors, free_busy().calendars_errors) == ({}, {})


def test_iterating_gives_the_busy_times_of_the_only_calendar() -> None:
    answer = free_busy(calendars={"a@example.com": [MORNING, EVENING]})
    assert [(start, end) for start, end in answer] == [MORNING, EVENING]


def test_iterating_over_an_only_calendar_that_is_free_gives_nothing() -> None:
    assert list(free_busy(calendars={"a@example.com": []})) == []


def test_several_calendars_are_not_iterated() -> None:
    answer = free_busy(calendars={"a@example.com": [MORNING], "b@example.com": []})
    with pytest.raises(ValueError, match=r"there are 2: 'a@example\.com', 'b@example\.com'"):
        iter(answer)


def test_no_calendar_is_not_iterated() -> None:
    with pytest.raises(ValueError, match="but there are 0: none"):
        iter(free_busy())


def test_free_busy_compares_by_value() -> None:
    assert free_busy(calendars={"a": [MORNING]}) == free_busy(calendars={"a": [MORNING]})
    assert free_busy(calendars={"a": [MORNING]}) != free_busy(calendars={"a": [EVENING]})


def test_free_busy_shows_its_time_and_calendars() -> None:
    assert repr(free_busy(calendars={"a": [], "b": []})) == (
        "<FreeBusy 2020-11-22 00:00:00+00:00 - 2020-11-23 00:00:00+00:00: a, b>"
    )


def test_the_error_says_which_calendars_failed_and_why() -> None:
    error = FreeBusyQueryError(
        {"g@example.com": [{"domain": "global", "reason": "groupTooBig"}]},
        {
            "a@example.com": [{"domain": "global", "reason": "notFound"}],
            "b@example.com": [{"reason": "internalError"}, {"domain": "global"}],
        },
    )
    assert str(error) == (
        "No free/busy of group 'g@example.com': groupTooBig; calendar 'a@example.com': notFound; "
        "calendar 'b@example.com': internalError, unknown reason. Check the addresses and your "
        "access to them, or pass `ignore_errors=True`."
    )


def test_the_error_has_the_errors_of_groups_and_calendars() -> None:
    groups, calendars = {"g": [{"reason": "groupTooBig"}]}, {"a": [{"reason": "notFound"}]}
    error = FreeBusyQueryError(groups, calendars)
    assert isinstance(error, GoogleCalendarError)
    assert (error.groups_errors, error.calendars_errors) == (groups, calendars)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.calendars_errors) == (str(error), calendars)
