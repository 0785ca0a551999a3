"""The reference page of `gcsa.conference`, sentence by sentence, from Python to what is stored and back.

Each test goes through a client to the emulator, and looks at the JSON that is kept there.
"""

from __future__ import annotations

import copy
import json
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from gcsa.calendar import Calendar
from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.emulator import Request
from gcsa.errors import BadRequestError
from gcsa.event import Event

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

VIDEO = EntryPoint(EntryPoint.VIDEO, uri="https://video.example/room")
PHONE = EntryPoint(EntryPoint.PHONE, uri="tel:+12345678900")
SIP = EntryPoint(EntryPoint.SIP, uri="sip:12345678@video.example")
MORE = EntryPoint(EntryPoint.MORE, uri="https://video.example/more")

TYPES = [
    SolutionType.HANGOUT,
    SolutionType.NAMED_HANGOUT,
    SolutionType.HANGOUTS_MEET,
    SolutionType.ADD_ON,
]
# Google makes conferences of these itself; the fourth is made by others.
OF_GOOGLE = TYPES[:3]


@pytest.fixture
def calendar(unbatched):
    return unbatched


@pytest.fixture
def stored(emulator):
    """Return what is kept of an event's conference, as JSON."""

    def conference_data(event, calendar_id="primary"):
        path = f"/calendar/v3/calendars/{calendar_id}/events/{event.id}"
        who = [("Authorization", "Bearer me@example.com")]
        return json.loads(emulator.handle(Request.of("GET", path, who)).body).get("conferenceData")

    return conference_data


@pytest.fixture
def sent(emulator):
    """Return what was sent of a conference, in the last call of a method."""

    def conference_data(method="events.insert"):
        request = emulator.requests.of(method)[-1]
        assert request.query["conferenceDataVersion"] == ["1"]
        return request.json().get("conferenceData")

    return conference_data


def meeting(conference=None, summary="Meeting"):
    return Event(summary, start=TEN, conference_solution=conference)


def add(calendar, *entry_points, solution_type=SolutionType.ADD_ON, **arguments):
    """Add an event with a conference that was made elsewhere."""
    solution = ConferenceSolution(list(entry_points), solution_type, **arguments)
    return calendar.add_event(meeting(solution))


def request_for(solution_type=SolutionType.HANGOUTS_MEET, **arguments):
    return ConferenceSolutionCreateRequest(solution_type, **arguments)


@pytest.fixture
def made(calendar):
    """An event whose Google Meet is made."""
    return calendar.wait_for_conference(calendar.add_event(meeting(request_for())))


@pytest.fixture
def any_type(calendar):
    """The id of a calendar on which every kind of conference may be made."""
    return calendar.add_calendar(
        Calendar("Rooms", allowed_conference_solution_types=OF_GOOGLE)
    ).calendar_id


# --- class ConferenceSolution: information about the conference solution


@pytest.mark.parametrize("solution_type", TYPES)
def test_the_solution_type_is_stored_as_one_of_the_four(calendar, stored, solution_type):
    event = add(calendar, VIDEO, solution_type=solution_type)
    assert stored(event)["conferenceSolution"]["key"] == {"type": solution_type}
    assert event.conference_solution.solution_type == solution_type


def test_entry_points_are_stored_in_their_order(calendar, stored):
    event = add(calendar, VIDEO, PHONE, SIP, MORE)
    assert [point["uri"] for point in stored(event)["entryPoints"]] == [
        "https://video.example/room",
        "tel:+12345678900",
        "sip:12345678@video.example",
        "https://video.example/more",
    ]
    assert event.conference_solution.entry_points == [VIDEO, PHONE, SIP, MORE]


def test_a_single_entry_point_is_stored_as_a_list_of_one(calendar, stored):
    solution = ConferenceSolution(entry_points=VIDEO, solution_type=SolutionType.ADD_ON)
    event = calendar.add_event(meeting(solution))
    assert len(stored(event)["entryPoints"]) == 1


def test_name_and_icon_are_stored_as_they_are(calendar, stored):
    event = add(calendar, VIDEO, name="Síť Ž", icon_uri="https://video.example/icon.png")
    assert stored(event)["conferenceSolution"] == {
        "key": {"type": "addOn"},
        "name": "Síť Ž",
        "iconUri": "https://video.example/icon.png",
    }
    assert event.conference_solution.name == "Síť Ž"
    assert event.conference_solution.icon_uri == "https://video.example/icon.png"


def test_the_id_of_a_conference_made_by_others_is_stored(calendar, stored):
    event = add(calendar, VIDEO, solution_type=SolutionType.ADD_ON, conference_id="room 5")
    assert stored(event)["conferenceId"] == "room 5"
    assert event.conference_solution.conference_id == "room 5"


def test_a_conference_needs_a_solution_for_the_server_to_take_it(calendar):
    # "Either conferenceSolution and at least one entryPoint, or createRequest is required":
    # https://developers.google.com/workspace/calendar/api/v3/reference/events ("conferenceData")
    with pytest.raises(BadRequestError, match="Invalid conference data"):
        calendar.add_event(meeting(ConferenceSolution(entry_points=VIDEO)))


def test_without_an_id_none_is_stored(calendar, stored):
    event = add(calendar, VIDEO)
    assert "conferenceId" not in stored(event)
    assert event.conference_solution.conference_id is None


def test_a_hangout_has_no_conference_id(calendar, any_type, stored):
    event = calendar.add_event(meeting(request_for(SolutionType.HANGOUT)), calendar_id=any_type)
    ready = calendar.wait_for_conference(event, calendar_id=any_type)
    assert ready.conference_solution.conference_id is None
    assert "conferenceId" not in stored(ready, any_type)


def test_a_named_hangout_has_its_name_as_conference_id(calendar, any_type, stored):
    event = calendar.add_event(
        meeting(request_for(SolutionType.NAMED_HANGOUT)), calendar_id=any_type
    )
    ready = calendar.wait_for_conference(event, calendar_id=any_type)
    assert ready.conference_solution.conference_id
    assert stored(ready, any_type)["conferenceId"] == ready.conference_solution.conference_id


def test_a_google_meet_has_its_ten_letter_code_as_conference_id(made, stored):
    assert re.fullmatch("[a-z]{3}-[a-z]{4}-[a-z]{3}", made.conference_solution.conference_id)
    assert stored(made)["conferenceId"] == made.conference_solution.conference_id


def test_the_signature_is_made_by_the_server(calendar, made, stored):
    assert made.conference_solution.signature
    assert stored(made)["signature"] == made.conference_solution.signature


def test_with_its_signature_a_conference_is_copied_to_another_event(calendar, made, stored):
    second = calendar.add_event(meeting(made.conference_solution, "Second"))
    assert second.conference_solution == made.conference_solution
    assert stored(second)["entryPoints"] == stored(made)["entryPoints"]
    assert stored(second)["conferenceId"] == stored(made)["conferenceId"]
    assert second.hangout_link == made.hangout_link


@pytest.mark.parametrize("signature", [None, "another"])
def test_without_its_signature_a_conference_is_not_copied(calendar, made, stored, signature):
    conference = copy.deepcopy(made.conference_solution)
    conference.signature = signature
    second = calendar.add_event(meeting(conference, "Second"))
    assert second.conference_solution is None
    assert stored(second) is None
    assert calendar.get_event(second.id).summary == "Second"


def test_a_conference_with_a_failed_create_request_has_no_signature(calendar, emulator, stored):
    emulator.conference_failure = True
    failed = calendar.wait_for_conference(calendar.add_event(meeting(request_for())))
    assert failed.conference_solution.signature is None
    assert "signature" not in stored(failed)


def test_a_conference_with_a_pending_create_request_may_have_none_yet(calendar, stored):
    event = calendar.add_event(meeting(request_for()))
    assert event.conference_solution.signature is None
    assert "signature" not in stored(event)


def test_notes_are_stored_with_their_html(calendar, stored):
    notes = "<b>Legal notice</b>: this meeting is recorded."
    event = add(calendar, VIDEO, notes=notes)
    assert stored(event)["notes"] == notes
    assert event.conference_solution.notes == notes


def test_notes_of_the_maximum_length_are_stored(calendar, stored):
    event = add(calendar, VIDEO, notes="n" * 2048)
    assert len(stored(event)["notes"]) == 2048


def test_notes_over_the_maximum_length_are_refused_before_they_are_sent(calendar, emulator):
    with pytest.raises(ValueError, match=r"notes.*2048"):
        add(calendar, VIDEO, notes="n" * 2049)
    assert len(emulator.requests) == 0


# --- class EntryPoint: information about individual conference entry points


@pytest.mark.parametrize("entry_point", [VIDEO, PHONE, SIP, MORE])
def test_the_type_of_an_entry_point_is_stored(calendar, stored, entry_point):
    event = add(calendar, *([VIDEO, MORE] if entry_point is MORE else [entry_point]))
    assert stored(event)["entryPoints"][-1] == {
        "entryPointType": entry_point.entry_point_type,
        "uri": entry_point.uri,
    }


def test_only_the_populated_fields_are_stored(calendar, stored):
    phone = EntryPoint(EntryPoint.PHONE, uri="tel:+123", pin="1234")
    event = add(calendar, phone)
    assert stored(event)["entryPoints"] == [
        {"entryPointType": "phone", "uri": "tel:+123", "pin": "1234"}
    ]
    assert event.conference_solution.entry_points == [phone]


@pytest.mark.parametrize(
    ("argument", "key"),
    [
        ("pin", "pin"),
        ("access_code", "accessCode"),
        ("meeting_code", "meetingCode"),
        ("passcode", "passcode"),
        ("password", "password"),
    ],
)
def test_each_code_is_stored_up_to_its_maximum_length(calendar, stored, argument, key):
    video = EntryPoint(EntryPoint.VIDEO, uri="https://video.example", **{argument: "1" * 128})
    event = add(calendar, video)
    assert stored(event)["entryPoints"][0][key] == "1" * 128
    assert getattr(event.conference_solution.entry_points[0], argument) == "1" * 128


def test_a_label_is_stored_up_to_its_maximum_length(calendar, stored):
    video = EntryPoint(EntryPoint.VIDEO, uri="https://video.example", label="Ž" * 512)
    event = add(calendar, video)
    assert stored(event)["entryPoints"][0]["label"] == "Ž" * 512


def test_a_uri_is_stored_up_to_its_maximum_length(calendar, stored):
    uri = "https://video.example/".ljust(1300, "x")
    event = add(calendar, EntryPoint(EntryPoint.VIDEO, uri=uri))
    assert stored(event)["entryPoints"][0]["uri"] == uri


def test_a_conference_can_have_many_phone_entry_points(calendar, stored):
    phones = [EntryPoint(EntryPoint.PHONE, uri=f"tel:+{number}") for number in range(1, 6)]
    event = add(calendar, *phones)
    assert len(stored(event)["entryPoints"]) == 5


@pytest.mark.parametrize("second", [VIDEO, SIP, MORE])
def test_more_than_one_of_the_others_is_refused_before_it_is_sent(calendar, emulator, second):
    with pytest.raises(ValueError, match=second.entry_point_type):
        add(calendar, VIDEO, second, copy.deepcopy(second))
    assert len(emulator.requests) == 0


def test_only_a_more_entry_point_is_refused_before_it_is_sent(calendar, emulator):
    with pytest.raises(ValueError, match="more"):
        add(calendar, MORE)
    assert len(emulator.requests) == 0


def test_a_uri_that_does_not_fit_its_type_is_refused_by_the_server(calendar):
    with pytest.raises(BadRequestError):
        add(calendar, EntryPoint(EntryPoint.PHONE, uri="https://video.example"))


def test_google_meet_populates_video_phone_and_more(made, stored):
    points = {point.entry_point_type: point for point in made.conference_solution.entry_points}
    assert set(points) == {"video", "phone", "more"}
    code = made.conference_solution.conference_id
    assert points["video"].uri == f"https://meet.google.com/{code}"
    assert points["video"].label == f"meet.google.com/{code}"
    assert points["phone"].uri.startswith("tel:+")
    assert points["phone"].pin
    assert points["more"].label is None
    assert [point["entryPointType"] for point in stored(made)["entryPoints"]] == list(points)


# --- class ConferenceSolutionCreateRequest: a request to generate a new conference


def test_a_create_request_is_sent_and_not_its_status(calendar, sent):
    calendar.add_event(meeting(request_for(request_id="request1")))
    assert sent() == {
        "createRequest": {
            "requestId": "request1",
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
        }
    }


def test_the_request_id_is_a_uuid_by_default(calendar, sent):
    calendar.add_event(meeting(request_for()))
    request_id = sent()["createRequest"]["requestId"]
    assert uuid.UUID(hex=request_id).version == 4


def test_each_request_has_another_id(calendar, sent):
    calendar.add_event(meeting(request_for()))
    first = sent()["createRequest"]["requestId"]
    calendar.add_event(meeting(request_for()))
    assert sent()["createRequest"]["requestId"] != first


def test_the_conference_is_attached_to_the_event(calendar, made, stored):
    assert stored(made)["conferenceSolution"]["key"] == {"type": "hangoutsMeet"}
    assert made.hangout_link == made.conference_solution.entry_points[0].uri


def test_the_data_is_generated_asynchronously(calendar, emulator, stored):
    event = calendar.add_event(meeting(request_for()))
    assert "entryPoints" not in stored(event)
    emulator.clock.advance(60)
    assert len(stored(event)["entryPoints"]) == 3


def test_to_see_whether_the_data_is_present_the_status_is_looked_at(calendar, emulator):
    event = calendar.add_event(meeting(request_for()))
    assert event.conference_solution.status == "pending"
    emulator.clock.advance(60)
    assert calendar.get_event(event.id).conference_solution.status == "success"


def test_pending_means_that_the_request_is_still_being_processed(calendar, stored):
    event = calendar.add_event(meeting(request_for()))
    assert isinstance(event.conference_solution, ConferenceSolutionCreateRequest)
    assert stored(event)["createRequest"]["status"] == {"statusCode": "pending"}


def test_failure_means_that_there_are_no_entry_points(calendar, emulator, stored):
    emulator.conference_failure = {SolutionType.HANGOUTS_MEET}
    failed = calendar.wait_for_conference(calendar.add_event(meeting(request_for())))
    assert isinstance(failed.conference_solution, ConferenceSolutionCreateRequest)
    assert failed.conference_solution.status == "failure"
    assert stored(failed)["createRequest"]["status"] == {"statusCode": "failure"}
    assert "entryPoints" not in stored(failed)
    assert failed.hangout_link is None


def test_success_means_that_the_entry_points_are_populated(made, stored):
    assert made.conference_solution.status == "success"
    assert stored(made)["createRequest"]["status"] == {"statusCode": "success"}
    assert made.conference_solution.entry_points


def test_after_success_the_events_conference_data_is_the_solution_and_not_the_request(made):
    assert isinstance(made.conference_data, ConferenceSolution)
    assert made.conference_data is made.conference_solution


def test_a_request_id_that_the_event_already_had_is_ignored(calendar, made, stored):
    again = request_for(request_id=stored(made)["createRequest"]["requestId"])
    same = calendar.wait_for_conference(calendar.patch_event(made, conference_solution=again))
    assert same.conference_solution.conference_id == made.conference_solution.conference_id


def test_a_new_request_id_makes_a_new_conference(calendar, made):
    other = calendar.wait_for_conference(
        calendar.patch_event(made, conference_solution=request_for())
    )
    assert other.conference_solution.conference_id != made.conference_solution.conference_id


@pytest.mark.parametrize("solution_type", OF_GOOGLE)
def test_each_of_googles_types_can_be_asked_for(calendar, any_type, stored, solution_type):
    event = calendar.add_event(meeting(request_for(solution_type)), calendar_id=any_type)
    ready = calendar.wait_for_conference(event, calendar_id=any_type)
    assert ready.conference_solution.solution_type == solution_type
    assert stored(ready, any_type)["conferenceSolution"]["key"] == {"type": solution_type}


def test_without_a_type_it_is_the_calendars_own(calendar):
    event = calendar.add_event(meeting(ConferenceSolutionCreateRequest()))
    ready = calendar.wait_for_conference(event)
    assert ready.conference_solution.solution_type == SolutionType.HANGOUTS_MEET


def test_a_type_that_the_calendar_does_not_allow_is_refused(calendar):
    rooms = calendar.add_calendar(
        Calendar("Rooms", allowed_conference_solution_types=[SolutionType.HANGOUTS_MEET])
    )
    with pytest.raises(BadRequestError, match="Invalid conference type value") as raised:
        calendar.add_event(meeting(request_for(SolutionType.HANGOUT)), calendar_id=rooms.id)
    assert raised.value.reason == "invalid"


def test_notes_of_a_request_are_sent(calendar, sent):
    calendar.add_event(meeting(request_for(notes="<i>by e-mail</i>")))
    assert sent()["notes"] == "<i>by e-mail</i>"


# --- an event and its conference


def test_what_nobody_changes_of_a_conference_goes_back_as_it_came(calendar, made, stored):
    before = stored(made)
    made.summary = "Renamed"
    calendar.update_event(made)
    assert stored(made) == before


def test_an_update_without_a_look_at_the_conference_keeps_it(calendar, made, stored):
    before = stored(made)
    calendar.update_event(calendar.get_event(made.id))
    calendar.patch_event(made.id, location="Room 5")
    assert stored(made) == before


def test_a_conference_is_taken_away_with_none(calendar, made, stored):
    without = calendar.patch_event(made, conference_solution=None)
    assert without.conference_solution is None
    assert without.hangout_link is None
    assert stored(made) is None


def test_a_conference_is_waited_for_until_it_is_made(calendar, emulator, stored):
    emulator.conference_delay = 20
    event = calendar.add_event(meeting(request_for()))
    ready = calendar.wait_for_conference(event)
    assert ready.conference_solution.status == "success"
    waited = emulator.clock.now() - TEN + timedelta(hours=1)
    assert timedelta(seconds=20) <= waited < timedelta(seconds=26)


def test_instances_of_a_series_share_its_conference(calendar):
    series = calendar.add_event(
        Event(
            "Standup",
            start=TEN,
            timezone="UTC",
            recurrence="RRULE:FREQ=DAILY;COUNT=3",
            conference_solution=request_for(),
        )
    )
    ready = calendar.wait_for_conference(series)
    links = {event.hangout_link for event in calendar.get_instances(series)}
    assert links == {ready.hangout_link}
