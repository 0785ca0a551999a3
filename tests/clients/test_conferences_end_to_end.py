"""The reference page of conferences, sentence by sentence: what is sent, what is stored, what comes back.

Each test runs on both clients; `stored` looks at the event as the server keeps it, past the client.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.emulator.http import Request
from gcsa.errors import BadRequestError
from gcsa.event import Event

START = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
VIDEO = EntryPoint(EntryPoint.VIDEO, uri="https://meet.example/abc")


@pytest.fixture
def stored(emulator):
    """Return what the server keeps as an event's conference data."""

    def look(event):
        request = Request(
            "GET",
            f"/calendar/v3/calendars/primary/events/{event.event_id}",
            {},
            {"authorization": "Bearer me@example.com"},
            b"",
        )
        return json.loads(emulator.handle(request).body).get("conferenceData")

    return look


@pytest.fixture
def allow(emulator):
    """Let the calendar make conferences of these types."""

    def change(*types):
        body = {"conferenceProperties": {"allowedConferenceSolutionTypes": list(types)}}
        request = Request(
            "PATCH",
            "/calendar/v3/calendars/primary",
            {},
            {"authorization": "Bearer me@example.com", "content-type": "application/json"},
            json.dumps(body).encode(),
        )
        assert emulator.handle(request).status == 200

    return change


def event(conference=None, **kwargs):
    return Event("Meeting", start=START, conference_solution=conference, **kwargs)


def ask(kind=SolutionType.HANGOUTS_MEET, **kwargs):
    return ConferenceSolutionCreateRequest(kind, **kwargs)


# ConferenceSolution -----------------------------------------------------------------------------


def test_a_single_entry_point_is_stored_as_a_list_of_one(calendar, stored):
    sent = calendar.add_event(event(ConferenceSolution(VIDEO, SolutionType.ADD_ON)))
    assert stored(sent)["entryPoints"] == [
        {"entryPointType": "video", "uri": "https://meet.example/abc"}
    ]


def test_a_list_of_entry_points_is_stored_and_comes_back_in_order(calendar):
    entry_points = [
        VIDEO,
        EntryPoint(EntryPoint.PHONE, uri="tel:+420123456"),
        EntryPoint(EntryPoint.SIP, uri="sip:123@example.com"),
        EntryPoint(EntryPoint.MORE, uri="https://meet.example/more"),
    ]
    sent = calendar.add_event(event(ConferenceSolution(entry_points, SolutionType.ADD_ON)))
    assert calendar.get_event(sent.event_id).conference_solution.entry_points == entry_points


@pytest.mark.parametrize(
    "kind",
    [
        SolutionType.HANGOUT,
        SolutionType.NAMED_HANGOUT,
        SolutionType.HANGOUTS_MEET,
        SolutionType.ADD_ON,
    ],
)
def test_each_solution_type_is_stored_and_comes_back(calendar, stored, kind):
    sent = calendar.add_event(event(ConferenceSolution(VIDEO, kind)))
    assert stored(sent)["conferenceSolution"]["key"] == {"type": kind}
    assert sent.conference_solution.solution_type == kind


def test_the_name_and_the_icon_are_stored_and_come_back(calendar, stored):
    solution = ConferenceSolution(
        VIDEO, SolutionType.ADD_ON, name="Example Meet", icon_uri="https://meet.example/icon.png"
    )
    sent = calendar.add_event(event(solution))
    assert stored(sent)["conferenceSolution"]["name"] == "Example Meet"
    assert sent.conference_solution.icon_uri == "https://meet.example/icon.png"


def test_the_conference_id_of_a_hangout_is_unset(calendar, stored, allow):
    allow("eventHangout")
    made = calendar.wait_for_conference(calendar.add_event(event(ask(SolutionType.HANGOUT))))
    assert made.conference_solution.conference_id is None
    assert "conferenceId" not in stored(made)


def test_the_conference_id_of_a_named_hangout_is_its_name(calendar, allow):
    allow("eventNamedHangout")
    made = calendar.wait_for_conference(calendar.add_event(event(ask(SolutionType.NAMED_HANGOUT))))
    (video,) = [
        one for one in made.conference_solution.entry_points if one.entry_point_type == "video"
    ]
    assert video.uri.endswith(made.conference_solution.conference_id)


def test_the_conference_id_of_meet_is_the_ten_letter_meeting_code(calendar):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    assert re.fullmatch(r"[a-z]{3}-[a-z]{4}-[a-z]{3}", made.conference_solution.conference_id)


def test_the_conference_id_of_an_add_on_is_the_providers(calendar):
    solution = ConferenceSolution(VIDEO, SolutionType.ADD_ON, conference_id="room 42")
    assert calendar.add_event(event(solution)).conference_solution.conference_id == "room 42"


def test_the_signature_is_generated_on_the_server(calendar, stored):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    assert made.conference_solution.signature
    assert stored(made)["signature"] == made.conference_solution.signature


def test_a_conference_copied_with_its_signature_is_copied(calendar):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    copied = calendar.add_event(event(made.conference_solution))
    assert copied.conference_solution == made.conference_solution
    assert copied.hangout_link == made.hangout_link


def test_copying_a_conference_without_its_signature_drops_it(calendar, stored):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    conference = made.conference_solution
    conference.signature = None
    copied = calendar.add_event(event(conference))
    assert copied.summary == "Meeting"
    assert copied.conference_solution is None
    assert stored(copied) is None


def test_the_signature_of_a_failed_request_is_none(calendar, emulator):
    emulator.conference_failure = True
    failed = calendar.wait_for_conference(calendar.add_event(event(ask())))
    assert failed.conference_solution.signature is None


def test_the_signature_of_a_pending_request_is_optional(calendar):
    assert calendar.add_event(event(ask())).conference_solution.status == "pending"


def test_notes_can_contain_html_and_are_stored_as_they_are(calendar, stored):
    notes = "<b>Mind</b> the <a href='https://example.com'>rules</a>"
    sent = calendar.add_event(event(ConferenceSolution(VIDEO, SolutionType.ADD_ON, notes=notes)))
    assert stored(sent)["notes"] == notes
    assert sent.conference_solution.notes == notes


def test_notes_of_2048_characters_are_stored(calendar):
    solution = ConferenceSolution(VIDEO, SolutionType.ADD_ON, notes="x" * 2048)
    assert calendar.add_event(event(solution)).conference_solution.notes == "x" * 2048


def test_the_server_refuses_longer_notes(calendar):
    sent = event(ConferenceSolution(VIDEO, SolutionType.ADD_ON))
    sent.other["conferenceData"] = {
        "conferenceSolution": {"key": {"type": "addOn"}},
        "entryPoints": [{"entryPointType": "video", "uri": "https://meet.example/abc"}],
        "notes": "x" * 2049,
    }
    with pytest.raises(BadRequestError) as raised:
        calendar.add_event(sent)
    assert raised.value.reason == "invalid"


# EntryPoint -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attribute", "key"),
    [
        ("pin", "pin"),
        ("access_code", "accessCode"),
        ("meeting_code", "meetingCode"),
        ("passcode", "passcode"),
        ("password", "password"),
        ("label", "label"),
    ],
)
def test_only_the_fields_that_are_populated_are_stored(calendar, stored, attribute, key):
    entry_point = EntryPoint(
        EntryPoint.VIDEO, uri="https://meet.example/abc", **{attribute: "1234"}
    )
    sent = calendar.add_event(event(ConferenceSolution(entry_point, SolutionType.ADD_ON)))
    assert stored(sent)["entryPoints"] == [
        {"entryPointType": "video", "uri": "https://meet.example/abc", key: "1234"}
    ]
    assert getattr(sent.conference_solution.entry_points[0], attribute) == "1234"


@pytest.mark.parametrize(
    ("kind", "uri"),
    [
        (EntryPoint.VIDEO, "tel:+420123"),
        (EntryPoint.PHONE, "https://meet.example/abc"),
        (EntryPoint.SIP, "tel:+420123"),
        (EntryPoint.MORE, "sip:123@example.com"),
    ],
)
def test_a_uri_whose_scheme_does_not_fit_is_refused_by_the_server(calendar, kind, uri):
    entry_points = [EntryPoint(kind, uri=uri)]
    if kind == EntryPoint.MORE:
        entry_points.append(VIDEO)
    with pytest.raises(BadRequestError):
        calendar.add_event(event(ConferenceSolution(entry_points, SolutionType.ADD_ON)))


def test_a_conference_may_have_several_phone_entry_points(calendar):
    phones = [EntryPoint(EntryPoint.PHONE, uri=f"tel:+42012345{digit}") for digit in range(3)]
    sent = calendar.add_event(event(ConferenceSolution([VIDEO, *phones], SolutionType.ADD_ON)))
    assert len(sent.conference_solution.entry_points) == 4


@pytest.mark.parametrize(
    "entry_points",
    [
        [{"entryPointType": "more", "uri": "https://meet.example/more"}],
        [{"entryPointType": "video", "uri": "https://meet.example/abc"}] * 2,
        [{"entryPointType": "sip", "uri": "sip:1@example.com"}] * 2,
    ],
)
def test_a_conference_that_is_not_valid_is_refused_by_the_server_too(calendar, entry_points):
    sent = event()
    sent.other["conferenceData"] = {
        "conferenceSolution": {"key": {"type": "addOn"}},
        "entryPoints": entry_points,
    }
    with pytest.raises(BadRequestError):
        calendar.add_event(sent)


def test_a_conference_of_meet_has_video_phone_and_more(calendar):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    kinds = [one.entry_point_type for one in made.conference_solution.entry_points]
    assert kinds == [EntryPoint.VIDEO, EntryPoint.PHONE, EntryPoint.MORE]
    assert made.conference_solution.entry_points[1].pin
    assert made.conference_solution.entry_points[1].other["regionCode"]


# ConferenceSolutionCreateRequest ----------------------------------------------------------------


def test_a_request_generates_a_conference_asynchronously(calendar, emulator):
    asked = calendar.add_event(event(ask()))
    assert isinstance(asked.conference_solution, ConferenceSolutionCreateRequest)
    emulator.clock.advance(timedelta(seconds=0.5))
    made = calendar.get_event(asked.event_id)
    assert isinstance(made.conference_solution, ConferenceSolution)
    assert made.etag != asked.etag


def test_the_request_is_sent_with_its_type_and_a_fresh_id(calendar, stored):
    asked = calendar.add_event(event(ask()))
    request = stored(asked)["createRequest"]
    assert re.fullmatch(r"[0-9a-f]{32}", request["requestId"])
    assert request["conferenceSolutionKey"] == {"type": "hangoutsMeet"}
    assert request["status"] == {"statusCode": "pending"}


def test_a_request_without_a_type_means_the_calendars_first_one(calendar, allow):
    allow("eventNamedHangout", "hangoutsMeet")
    request = ConferenceSolutionCreateRequest()
    made = calendar.wait_for_conference(calendar.add_event(event(request)))
    assert made.conference_solution.solution_type == SolutionType.NAMED_HANGOUT


def test_a_type_that_the_calendar_does_not_allow_is_refused(calendar):
    with pytest.raises(BadRequestError) as raised:
        calendar.add_event(event(ask(SolutionType.HANGOUT)))
    assert raised.value.reason == "invalid"
    assert raised.value.message == "Invalid conference type value."


def test_a_request_id_that_was_used_before_is_ignored(calendar):
    made = calendar.wait_for_conference(calendar.add_event(event(ask(request_id="first"))))
    again = calendar.patch_event(made, conference_solution=ask(request_id="first"))
    assert again.conference_solution == made.conference_solution
    new = calendar.wait_for_conference(
        calendar.patch_event(made, conference_solution=ask(request_id="second"))
    )
    assert new.conference_solution.conference_id != made.conference_solution.conference_id


def test_a_pending_request_has_no_entry_points(calendar, stored):
    asked = calendar.add_event(event(ask()))
    assert asked.conference_solution.status == "pending"
    assert "entryPoints" not in stored(asked)


def test_a_failed_request_has_no_entry_points(calendar, emulator, stored):
    emulator.conference_failure = {"hangoutsMeet"}
    failed = calendar.wait_for_conference(calendar.add_event(event(ask())))
    assert isinstance(failed.conference_solution, ConferenceSolutionCreateRequest)
    assert failed.conference_solution.status == "failure"
    assert "entryPoints" not in stored(failed)


def test_a_request_that_succeeded_leaves_a_solution_in_the_events_conference_data(calendar):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    assert isinstance(made.conference_data, ConferenceSolution)
    assert made.conference_data is made.conference_solution
    assert made.conference_data.status == "success"
    assert made.conference_data.entry_points


def test_notes_of_a_request_are_stored(calendar):
    asked = calendar.add_event(event(ask(notes="Doors open at nine")))
    assert asked.conference_solution.notes == "Doors open at nine"
    assert calendar.wait_for_conference(asked).conference_solution.notes == "Doors open at nine"


def test_the_conference_survives_an_update_of_something_else(calendar):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    made.summary = "Renamed"
    updated = calendar.update_event(made)
    assert updated.summary == "Renamed"
    assert updated.conference_solution == made.conference_solution


def test_none_in_a_patch_removes_the_conference(calendar, stored):
    made = calendar.wait_for_conference(calendar.add_event(event(ask())))
    bare = calendar.patch_event(made, conference_solution=None)
    assert bare.conference_solution is None
    assert stored(bare) is None
    assert bare.summary == "Meeting"
