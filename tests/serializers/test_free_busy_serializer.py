"""The answers to free/busy queries, as Google sends them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from gcsa.free_busy import FreeBusy, TimeRange
from gcsa.serializers.free_busy_serializer import FreeBusySerializer

ANSWER: dict[str, Any] = {
    "kind": "calendar#freeBusy",
    "timeMin": "2020-11-22T00:00:00.000Z",
    "timeMax": "2020-11-23T00:00:00Z",
    "groups": {
        "team@example.com": {"calendars": ["a@example.com", "b@example.com"]},
        "all@example.com": {"errors": [{"domain": "global", "reason": "groupTooBig"}]},
    },
    "calendars": {
        "a@example.com": {
            "busy": [
                {"start": "2020-11-22T08:00:00Z", "end": "2020-11-22T09:00:00Z"},
                {"start": "2020-11-22T18:00:00+01:00", "end": "2020-11-22T19:00:00+01:00"},
            ]
        },
        "b@example.com": {
            "errors": [{"domain": "global", "reason": "notFound"}],
            "busy": [],
        },
    },
}


def test_an_answer_is_read() -> None:
    answer = FreeBusySerializer.to_object(ANSWER)
    assert answer.time_min == datetime(2020, 11, 22, tzinfo=UTC)
    assert answer.time_max == datetime(2020, 11, 23, tzinfo=UTC)
    assert answer.groups == {"team@example.com": ["a@example.com", "b@example.com"]}
    assert answer.groups_errors == {
        "all@example.com": [{"domain": "global", "reason": "groupTooBig"}]
    }
    cet = timezone(timedelta(hours=1))
    assert answer.calendars == {
        "a@example.com": [
            TimeRange(datetime(2020, 11, 22, 8, tzinfo=UTC), datetime(2020, 11, 22, 9, tzinfo=UTC)),
            TimeRange(
                datetime(2020, 11, 22, 18, tzinfo=cet), datetime(2020, 11, 22, 19, tzinfo=cet)
            ),
        ],
        "b@example.com": [],
    }
    assert answer.calendars_errors == {
        "b@example.com": [{"domain": "global", "reason": "notFound"}]
    }


def test_an_answer_is_written_as_it_came() -> None:
    assert FreeBusySerializer.to_json(FreeBusySerializer.to_object(ANSWER)) == ANSWER


def test_the_only_calendar_of_an_answer_is_iterated() -> None:
    answer = FreeBusySerializer.to_object(
        {
            "calendars": {
                "a": {"busy": [{"start": "2020-11-22T08:00:00z", "end": "2020-11-22t09:00:00Z"}]}
            }
        }
    )
    assert [(start.hour, end.hour) for start, end in answer] == [(8, 9)]


def test_an_answer_that_was_built_is_written() -> None:
    start, end = datetime(2020, 11, 22, 8, tzinfo=UTC), datetime(2020, 11, 22, 9, 30, tzinfo=UTC)
    answer = FreeBusy(
        time_min=start,
        time_max=end,
        groups={"g": ["a"]},
        calendars={"a": [TimeRange(start, end)]},
        calendars_errors={"b": [{"reason": "notFound"}]},
    )
    assert FreeBusySerializer.to_json(answer) == {
        "timeMin": "2020-11-22T08:00:00Z",
        "timeMax": "2020-11-22T09:30:00Z",
        "groups": {"g": {"calendars": ["a"]}},
        "calendars": {
            "a": {"busy": [{"start": "2020-11-22T08:00:00Z", "end": "2020-11-22T09:30:00Z"}]},
            "b": {"errors": [{"reason": "notFound"}]},
        },
    }


def test_what_cannot_be_read_is_left_out_but_goes_back() -> None:
    resource = {
        "timeMin": "yesterday",
        "timeMax": 5,
        "calendars": {
            "a": {"busy": [None, {"start": "2020-11-22T08:00:00Z"}, "now"], "errors": "none"},
            "b": None,
            "c": {},
            "e": "busy all day",
            "d": {"busy": {"start": 1}, "new": [1]},
        },
        "groups": [],
    }
    answer = FreeBusySerializer.to_object(resource)
    assert (answer.time_min, answer.time_max) == (None, None)
    assert answer.calendars == {"a": []}
    assert (answer.groups, answer.calendars_errors) == ({}, {})
    assert FreeBusySerializer.to_json(answer) == resource


def test_a_change_wins_over_what_came() -> None:
    answer = FreeBusySerializer.to_object(ANSWER)
    answer.time_min = datetime(2020, 11, 21, tzinfo=UTC)
    answer.calendars["a@example.com"] = []
    written = FreeBusySerializer.to_json(answer)
    assert written["timeMin"] == "2020-11-21T00:00:00Z"
    assert written["calendars"]["a@example.com"] == {"busy": []}


@pytest.mark.parametrize("errors", [[], [{"domain": "global"}], [{}, {"reason": 5}]])
def test_odd_errors_are_errors(errors: list[dict[str, Any]]) -> None:
    answer = FreeBusySerializer.to_object({"calendars": {"a": {"errors": errors}}})
    assert answer.calendars_errors == {"a": errors}


def test_nothing_is_kept_of_an_answer_that_was_understood() -> None:
    answer = FreeBusySerializer.to_object({"calendars": {"a": {"busy": []}}})
    assert answer.other == {}


def test_busy_times_that_are_set_take_the_place_of_what_could_not_be_read() -> None:
    answer = FreeBusySerializer.to_object({"calendars": {"a": "busy all day"}})
    answer.calendars["a"] = []
    assert FreeBusySerializer.to_json(answer)["calendars"] == {"a": {"busy": []}}
