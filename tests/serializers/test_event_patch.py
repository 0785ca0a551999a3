"""The body of a patch says only what is to change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from gcsa.attachment import Attachment
from gcsa.conference import ConferenceSolutionCreateRequest
from gcsa.event import Event
from gcsa.reminders import EmailReminder, PopupReminder
from gcsa.serializers.event_serializer import EventSerializer

TEN = datetime(2025, 6, 2, 10, 0)

write = EventSerializer.changes_to_json


@pytest.fixture(autouse=True)
def machine_in_new_york(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "America/New_York")


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({"summary": "Lunch"}, {"summary": "Lunch"}),
        ({"description": "a", "location": "b"}, {"description": "a", "location": "b"}),
        ({"color_id": 4}, {"colorId": "4"}),
        ({"visibility": "private"}, {"visibility": "private"}),
        ({"attendees": "a@b.c"}, {"attendees": [{"email": "a@b.c"}]}),
        ({"attachments": Attachment("https://a.b")}, {"attachments": [{"fileUrl": "https://a.b"}]}),
        ({"recurrence": "RRULE:FREQ=DAILY"}, {"recurrence": ["RRULE:FREQ=DAILY"]}),
        ({"guests_can_modify": False}, {"guestsCanModify": False}),
        ({"transparency": "opaque"}, {"transparency": "opaque"}),
        ({"status": "cancelled"}, {"status": "cancelled"}),
        ({"ical_uid": "a@b"}, {"iCalUID": "a@b"}),
        (
            {"extended_properties": {"private": {"a": None}}},
            {"extendedProperties": {"private": {"a": None}}},
        ),
        ({"attendees": []}, {"attendees": []}),
    ],
)
def test_only_what_is_named_is_in_it(changes: dict[str, Any], body: dict[str, Any]) -> None:
    assert write(changes) == body


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("summary", "summary"),
        ("start", "start"),
        ("recurrence", "recurrence"),
        ("attendees", "attendees"),
        ("conference_solution", "conferenceData"),
        ("conference_data", "conferenceData"),
        ("visibility", "visibility"),
        ("guests_can_modify", "guestsCanModify"),
        ("source", "source"),
        ("original_start_time", "originalStartTime"),
    ],
)
def test_none_clears(name: str, key: str) -> None:
    assert write({name: None}) == {key: None}


def test_a_conference_may_be_asked_for_by_either_name() -> None:
    request = ConferenceSolutionCreateRequest("hangoutsMeet", request_id="r")
    for name in ("conference_solution", "conference_data"):
        assert write({name: request}) == {
            "conferenceData": {
                "createRequest": {
                    "requestId": "r",
                    "conferenceSolutionKey": {"type": "hangoutsMeet"},
                }
            }
        }


class TestTimes:
    def test_times_are_changed_along_with_the_rest(self) -> None:
        assert write({"summary": "Lunch", "start": date(2025, 6, 2), "end": date(2025, 6, 3)}) == {
            "summary": "Lunch",
            "start": {"date": "2025-06-02", "dateTime": None},
            "end": {"date": "2025-06-03", "dateTime": None},
        }

    def test_a_time_takes_the_place_of_a_date(self) -> None:
        assert write({"start": TEN.replace(tzinfo=UTC)}) == {
            "start": {"date": None, "dateTime": "2025-06-02T10:00:00+00:00"}
        }

    def test_a_date_takes_the_place_of_a_time(self) -> None:
        assert write({"start": date(2025, 6, 2), "end": date(2025, 6, 3)}) == {
            "start": {"date": "2025-06-02", "dateTime": None},
            "end": {"date": "2025-06-03", "dateTime": None},
        }

    def test_a_naive_time_is_in_the_zone_that_is_named(self) -> None:
        expected = {
            "start": {"date": None, "dateTime": "2025-06-02T10:00:00", "timeZone": "Asia/Tokyo"},
            "end": {"timeZone": "Asia/Tokyo"},
        }
        assert write({"start": TEN, "timezone": "Asia/Tokyo"}) == expected
        assert write({"timezone": "Asia/Tokyo", "start": TEN}) == expected

    @pytest.mark.parametrize("name", ["start", "end"])
    def test_a_naive_time_is_in_the_machines_zone_by_default(self, name: str) -> None:
        assert write({name: TEN}) == {
            name: {"date": None, "dateTime": "2025-06-02T10:00:00", "timeZone": "America/New_York"}
        }

    @pytest.mark.parametrize("name", ["start", "end"])
    def test_a_naive_time_is_in_the_events_zone_where_the_event_is_known(self, name: str) -> None:
        event = Event("Meeting", TEN, timezone="Europe/Prague")
        assert write({name: TEN}, event) == {
            name: {"date": None, "dateTime": "2025-06-02T10:00:00", "timeZone": "Europe/Prague"}
        }

    def test_a_naive_time_is_in_the_machines_zone_where_the_events_is_taken_away(self) -> None:
        for changes in ({"start": TEN, "timezone": None}, {"timezone": None, "start": TEN}):
            assert write(changes)["start"]["timeZone"] == "America/New_York"

    def test_a_naive_end_in_a_zone_of_its_own_says_nothing_of_the_starts(self) -> None:
        body = write({"start": TEN.replace(tzinfo=UTC), "end": TEN, "end_timezone": "Asia/Tokyo"})
        assert "timeZone" not in body["start"]
        assert body["end"]["timeZone"] == "Asia/Tokyo"

    def test_an_end_in_a_zone_of_its_own_stays_there(self) -> None:
        event = Event("Flight", TEN, timezone="Europe/Prague", end_timezone="Asia/Tokyo")
        assert write({"end": TEN}, event)["end"]["timeZone"] == "Asia/Tokyo"
        assert write({"end_timezone": "Asia/Seoul"}, event) == {"end": {"timeZone": "Asia/Seoul"}}

    def test_the_zone_alone(self) -> None:
        assert write({"timezone": "Asia/Tokyo"}) == {
            "start": {"timeZone": "Asia/Tokyo"},
            "end": {"timeZone": "Asia/Tokyo"},
        }
        assert write({"timezone": None}) == {"start": {"timeZone": None}, "end": {"timeZone": None}}

    def test_a_date_and_a_time_are_refused(self) -> None:
        with pytest.raises(TypeError, match="start and end must be either both dates or both"):
            write({"start": TEN, "end": date(2025, 6, 3)})

    def test_a_date_in_place_of_one_of_two_times_is_refused(self) -> None:
        with pytest.raises(TypeError, match="start and end must be either both dates or both"):
            write({"start": date(2025, 6, 3)}, Event("Meeting", TEN))


class TestReminders:
    def test_own_ones_take_the_place_of_the_calendars(self) -> None:
        assert write({"reminders": [PopupReminder(5)]}) == {
            "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}
        }

    def test_the_calendars_take_the_place_of_own_ones(self) -> None:
        assert write({"default_reminders": True}) == {
            "reminders": {"useDefault": True, "overrides": None}
        }

    def test_none_of_either(self) -> None:
        nothing = {"reminders": {"useDefault": False, "overrides": None}}
        assert write({"reminders": None}) == write({"reminders": []}) == nothing

    def test_without_the_calendars_own_ones_stay(self) -> None:
        assert write({"default_reminders": False}) == {"reminders": {"useDefault": False}}

    def test_minutes_before(self) -> None:
        changes = {"minutes_before_popup_reminder": 5, "minutes_before_email_reminder": 10}
        assert write(changes)["reminders"]["overrides"] == [
            {"method": "popup", "minutes": 5},
            {"method": "email", "minutes": 10},
        ]

    def test_a_time_of_day_is_before_the_start_of_the_event(self) -> None:
        changes = {"reminders": EmailReminder(days_before=0, at=time(9, 0))}
        body = {
            "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 60}]}
        }
        assert write(changes, Event("Meeting", TEN, timezone="Europe/Prague")) == body
        assert write(changes | {"start": TEN.replace(tzinfo=UTC)})["reminders"] == body["reminders"]
        with pytest.raises(ValueError, match="needs an event that has a start"):
            write(changes)

    @pytest.mark.parametrize("first", ["reminders", "default_reminders"])
    def test_both_are_refused(self, first: str) -> None:
        changes = {"reminders": [PopupReminder(5)], "default_reminders": True}
        in_order = {first: changes[first], **changes}
        with pytest.raises(ValueError, match="must not be given together with default_reminders"):
            write(in_order)


class TestWhatIsRefused:
    def test_nothing(self) -> None:
        with pytest.raises(ValueError, match="Name at least one thing to change"):
            write({})

    @pytest.mark.parametrize(
        "name", ["sumary", "colorId", "etag", "created", "_creator", "event_id", "other"]
    )
    def test_what_cannot_be_changed(self, name: str) -> None:
        with pytest.raises(TypeError, match=f"{name} cannot be changed"):
            write({"summary": "A", name: "a"})

    def test_a_value_of_the_wrong_type(self) -> None:
        with pytest.raises(TypeError, match="summary must be a string, not int"):
            write({"summary": 5})

    def test_a_value_beyond_its_limits(self) -> None:
        with pytest.raises(ValueError, match="reminders may have at most 5 of them, not 6"):
            write({"reminders": [PopupReminder(5)] * 6})


def test_neither_the_changes_nor_the_event_are_changed() -> None:
    event = Event("Meeting", TEN, timezone="Europe/Prague", attendees="a@example.com")
    before = EventSerializer.to_json(event)
    changes = {"extended_properties": {"private": {"a": "b"}}, "attendees": ["b@example.com"]}
    body = write(changes, event)
    body["extendedProperties"]["private"]["a"] = "c"
    body["attendees"].clear()
    assert changes == {
        "extended_properties": {"private": {"a": "b"}},
        "attendees": ["b@example.com"],
    }
    assert EventSerializer.to_json(event) == before
