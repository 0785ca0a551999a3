"""Conferences, as Google sends and takes them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.serializers.conference_serializer import (
    ConferenceSolutionCreateRequestSerializer,
    ConferenceSolutionSerializer,
    EntryPointSerializer,
    read_conference,
    write_conference,
)

# What Google sends of a Meet conference that it has made on request.
MEET: dict[str, Any] = {
    "createRequest": {
        "requestId": "4a6b",
        "conferenceSolutionKey": {"type": "hangoutsMeet"},
        "status": {"statusCode": "success"},
    },
    "entryPoints": [
        {
            "entryPointType": "video",
            "uri": "https://meet.google.com/aaa-bbbb-ccc",
            "label": "meet.google.com/aaa-bbbb-ccc",
        },
        {
            "regionCode": "CZ",
            "entryPointType": "phone",
            "uri": "tel:+420-234-610-610",
            "label": "+420 234 610 610",
            "pin": "123456789",
        },
        {
            "entryPointType": "more",
            "uri": "https://tel.meet/aaa-bbbb-ccc?pin=123456789",
            "pin": "123456789",
        },
    ],
    "conferenceSolution": {
        "key": {"type": "hangoutsMeet"},
        "name": "Google Meet",
        "iconUri": "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/logo.png",
    },
    "conferenceId": "aaa-bbbb-ccc",
    "signature": "ADwwud9tLfjGQPpT7bdP8f3bq3DS",
}


def test_an_entry_point_is_written_with_its_populated_fields() -> None:
    entry_point = EntryPoint(
        "phone",
        uri="tel:+1",
        label="+1",
        pin="1",
        access_code="2",
        meeting_code="3",
        passcode="4",
        password="5",
    )
    assert EntryPointSerializer.to_json(entry_point) == {
        "entryPointType": "phone",
        "uri": "tel:+1",
        "label": "+1",
        "pin": "1",
        "accessCode": "2",
        "meetingCode": "3",
        "passcode": "4",
        "password": "5",
    }
    assert EntryPointSerializer.to_json(EntryPoint("sip")) == {"entryPointType": "sip"}


def test_an_entry_point_is_read_with_what_else_google_says() -> None:
    entry_point = EntryPointSerializer.to_object(MEET["entryPoints"][1])
    assert entry_point.entry_point_type == "phone"
    assert entry_point.uri == "tel:+420-234-610-610"
    assert entry_point.label == "+420 234 610 610"
    assert entry_point.pin == "123456789"
    assert entry_point.other == {"regionCode": "CZ"}


def test_an_entry_point_is_read_from_text() -> None:
    assert EntryPointSerializer.to_object('{"entryPointType": "sip"}') == EntryPoint("sip")


def test_an_entry_point_without_a_type_is_read() -> None:
    entry_point = EntryPointSerializer.to_object({"uri": "https://example.com"})
    assert (entry_point.entry_point_type, entry_point.uri) == (None, "https://example.com")
    assert EntryPointSerializer.to_json(entry_point) == {"uri": "https://example.com"}


@pytest.mark.parametrize(
    ("resource", "attribute", "value"),
    [
        ({"entryPointType": "hologram"}, "entry_point_type", "hologram"),
        ({"entryPointType": "video", "uri": "x" * 1301}, "uri", "x" * 1301),
        ({"entryPointType": "video", "label": "x" * 513}, "label", "x" * 513),
        ({"entryPointType": "video", "pin": "x" * 129}, "pin", "x" * 129),
    ],
)
def test_an_entry_point_beyond_the_limits_is_read_as_it_is(
    resource: dict[str, Any], attribute: str, value: str
) -> None:
    assert getattr(EntryPointSerializer.to_object(resource), attribute) == value


def test_a_value_of_the_wrong_type_is_kept_beside_the_attribute() -> None:
    entry_point = EntryPointSerializer.to_object({"entryPointType": "video", "pin": 5, "uri": None})
    assert (entry_point.pin, entry_point.uri) == (None, None)
    assert entry_point.other == {"pin": 5, "uri": None}


def test_a_change_wins_over_what_was_kept() -> None:
    entry_point = EntryPointSerializer.to_object({"entryPointType": "video", "pin": 5, "uri": None})
    entry_point.pin = "1234"
    assert EntryPointSerializer.to_json(entry_point) == {
        "entryPointType": "video",
        "pin": "1234",
        "uri": None,
    }


def test_a_field_that_is_cleared_is_not_written() -> None:
    entry_point = EntryPointSerializer.to_object({"entryPointType": "video", "pin": "1234"})
    entry_point.pin = None
    assert EntryPointSerializer.to_json(entry_point) == {"entryPointType": "video"}


def test_a_solution_is_written_with_what_was_set() -> None:
    solution = ConferenceSolution(
        EntryPoint("video", uri="https://example.com/join"),
        solution_type=SolutionType.ADD_ON,
        name="Example",
        icon_uri="https://example.com/icon.png",
        conference_id="42",
        signature="signature",
        notes="<b>Hi</b>",
    )
    assert ConferenceSolutionSerializer.to_json(solution) == {
        "entryPoints": [{"entryPointType": "video", "uri": "https://example.com/join"}],
        "conferenceSolution": {
            "key": {"type": "addOn"},
            "name": "Example",
            "iconUri": "https://example.com/icon.png",
        },
        "conferenceId": "42",
        "signature": "signature",
        "notes": "<b>Hi</b>",
    }


def test_a_solution_with_entry_points_only_is_written_without_the_rest() -> None:
    solution = ConferenceSolution(EntryPoint("sip", uri="sip:1@example.com"))
    assert ConferenceSolutionSerializer.to_json(solution) == {
        "entryPoints": [{"entryPointType": "sip", "uri": "sip:1@example.com"}]
    }


def test_a_finished_conference_is_read_with_its_entry_points_and_its_status() -> None:
    conference = read_conference(copy.deepcopy(MEET))
    assert isinstance(conference, ConferenceSolution)
    assert conference.status == "success"
    assert conference.solution_type == "hangoutsMeet"
    assert conference.name == "Google Meet"
    assert conference.icon_uri is not None
    assert conference.icon_uri.endswith("logo.png")
    assert conference.conference_id == "aaa-bbbb-ccc"
    assert conference.signature == "ADwwud9tLfjGQPpT7bdP8f3bq3DS"
    assert [entry.entry_point_type for entry in conference.entry_points] == [
        "video",
        "phone",
        "more",
    ]


def test_a_finished_conference_goes_back_with_the_request_it_was_made_by() -> None:
    conference = read_conference(copy.deepcopy(MEET))
    assert conference.other == {"createRequest": MEET["createRequest"]}
    assert write_conference(conference) == MEET


def test_a_conference_without_a_request_is_a_finished_one() -> None:
    resource = {key: value for key, value in MEET.items() if key != "createRequest"}
    conference = read_conference(resource)
    assert isinstance(conference, ConferenceSolution)
    assert conference.status == "success"


@pytest.mark.parametrize("more", [{}, {"entryPoints": [{"entryPointType": "video"}]}])
@pytest.mark.parametrize("status", ["pending", "failure"])
def test_a_request_that_is_not_finished_is_read_as_a_request(
    status: str, more: dict[str, Any]
) -> None:
    resource = {
        "createRequest": {
            "requestId": "4a6b",
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": status},
        },
        "notes": "Wait",
        **more,
    }
    conference = read_conference(copy.deepcopy(resource))
    assert conference == ConferenceSolutionCreateRequest(
        "hangoutsMeet", "4a6b", status, notes="Wait", other=more
    )
    assert write_conference(conference) == resource


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({}, id="no status"),
        pytest.param({"status": {}}, id="a status without a code"),
        pytest.param({"status": None}, id="a null status"),
        pytest.param({"status": "pending"}, id="a status that is a text"),
        pytest.param({"status": {"statusCode": 5}}, id="a code that is a number"),
    ],
)
def test_a_request_without_a_status_is_read_as_a_request(more: dict[str, Any]) -> None:
    resource = {"createRequest": {"requestId": "4a6b", **more}}
    conference = read_conference(copy.deepcopy(resource))
    assert isinstance(conference, ConferenceSolutionCreateRequest)
    assert (conference.status, conference.request_id) == (None, "4a6b")
    assert write_conference(conference) == resource


def test_a_request_with_a_new_status_is_read_as_a_request_with_it() -> None:
    resource = {"createRequest": {"requestId": "4a6b", "status": {"statusCode": "queued"}}}
    conference = read_conference(resource)
    assert isinstance(conference, ConferenceSolutionCreateRequest)
    assert conference.status == "queued"


def test_a_request_with_a_new_status_and_entry_points_is_a_conference() -> None:
    resource = copy.deepcopy(MEET)
    resource["createRequest"]["status"]["statusCode"] = "migrated"
    conference = read_conference(resource)
    assert isinstance(conference, ConferenceSolution)
    assert conference.status == "migrated"
    assert len(conference.entry_points) == 3


def test_a_request_for_another_conference_is_read_as_a_request_beside_the_one_there_is() -> None:
    resource = copy.deepcopy(MEET)
    resource["createRequest"]["status"]["statusCode"] = "pending"
    conference = read_conference(copy.deepcopy(resource))
    assert isinstance(conference, ConferenceSolutionCreateRequest)
    assert conference.status == "pending"
    assert conference.other["entryPoints"] == MEET["entryPoints"]
    assert write_conference(conference) == resource


def test_a_request_that_succeeded_without_entry_points_is_read() -> None:
    resource = {
        "createRequest": {"requestId": "4a6b", "status": {"statusCode": "success"}},
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}},
    }
    conference = read_conference(copy.deepcopy(resource))
    assert isinstance(conference, ConferenceSolution)
    assert (conference.status, conference.entry_points) == ("success", [])
    assert repr(conference) == "<ConferenceSolution hangoutsMeet - []>"
    assert write_conference(conference) == resource


@pytest.mark.parametrize(
    "resource",
    [
        {},
        {"entryPoints": []},
        {"entryPoints": [{"entryPointType": "more"}]},
        {"entryPoints": [{"entryPointType": "video"}, {"entryPointType": "video"}]},
        {"entryPoints": [{}]},
        {"conferenceSolution": {}, "createRequest": None},
        {"conferenceSolution": {"key": {}}},
        {"conferenceSolution": {"key": {"type": "newType", "version": 2}, "beta": True}},
        {"conferenceSolution": "Meet", "entryPoints": "none", "notes": 5, "signature": None},
        {"parameters": {"addOnParameters": {"parameters": {"a": "b"}}}},
        {"notes": "n" * 3000},
    ],
)
def test_an_odd_conference_is_read_and_goes_back_as_it_came(resource: dict[str, Any]) -> None:
    conference = read_conference(copy.deepcopy(resource))
    assert isinstance(conference, ConferenceSolution)
    assert write_conference(conference) == resource


def test_a_null_among_the_entry_points_hides_none_of_the_others() -> None:
    resource = {"entryPoints": [None, {"entryPointType": "sip"}, 5]}
    conference = ConferenceSolutionSerializer.to_object(resource)
    assert conference.entry_points == [EntryPoint("sip")]
    assert ConferenceSolutionSerializer.to_json(conference) == resource


def test_a_change_of_the_entry_points_wins_over_an_odd_list() -> None:
    resource = {"entryPoints": [None, {"entryPointType": "sip", "new": 1}]}
    conference = ConferenceSolutionSerializer.to_object(resource)
    conference.entry_points[0].pin = "1"
    assert ConferenceSolutionSerializer.to_json(conference) == {
        "entryPoints": [{"entryPointType": "sip", "pin": "1", "new": 1}]
    }


def test_a_change_keeps_what_lies_beside_it_at_every_depth() -> None:
    resource = {
        "conferenceSolution": {"key": {"type": "addOn", "version": 2}, "name": "A", "beta": True},
        "entryPoints": [{"entryPointType": "video", "regionCode": "CZ"}],
    }
    conference = ConferenceSolutionSerializer.to_object(resource)
    conference.name = "B"
    conference.solution_type = "hangoutsMeet"
    conference.entry_points[0].uri = "https://example.com"
    assert ConferenceSolutionSerializer.to_json(conference) == {
        "conferenceSolution": {
            "key": {"type": "hangoutsMeet", "version": 2},
            "name": "B",
            "beta": True,
        },
        "entryPoints": [
            {"entryPointType": "video", "uri": "https://example.com", "regionCode": "CZ"}
        ],
    }


def test_a_change_wins_over_an_object_of_the_wrong_type() -> None:
    conference = ConferenceSolutionSerializer.to_object({"conferenceSolution": "Meet"})
    conference.solution_type = "hangoutsMeet"
    assert ConferenceSolutionSerializer.to_json(conference) == {
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}}
    }


def test_what_is_in_the_status_of_a_request_survives() -> None:
    resource = {"createRequest": {"status": {"statusCode": "failure", "detail": {"code": 7}}}}
    request = ConferenceSolutionCreateRequestSerializer.to_object(resource)
    assert request.other == {"createRequest": {"status": {"detail": {"code": 7}}}}
    assert ConferenceSolutionCreateRequestSerializer.to_json(request) == resource


def test_a_request_without_an_id_gets_none_when_it_is_read() -> None:
    request = ConferenceSolutionCreateRequestSerializer.to_object({"createRequest": {}})
    assert request.request_id is None
    assert ConferenceSolutionCreateRequestSerializer.to_json(request) == {"createRequest": {}}


def test_a_request_is_written_with_what_was_set() -> None:
    request = ConferenceSolutionCreateRequest(
        "hangoutsMeet", "4a6b", "pending", "aaa-bbbb-ccc", "signature", "notes"
    )
    assert ConferenceSolutionCreateRequestSerializer.to_json(request) == {
        "createRequest": {
            "requestId": "4a6b",
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": "pending"},
        },
        "conferenceId": "aaa-bbbb-ccc",
        "signature": "signature",
        "notes": "notes",
    }


@pytest.mark.parametrize(
    ("serializer", "given"),
    [
        (EntryPointSerializer, EntryPoint("video", "https://example.com")),
        (ConferenceSolutionSerializer, ConferenceSolution(EntryPoint("sip"), "addOn")),
        (ConferenceSolutionCreateRequestSerializer, ConferenceSolutionCreateRequest("addOn")),
    ],
)
def test_an_instance_gives_the_object_and_its_json(serializer: Any, given: Any) -> None:
    resource = serializer(given).get_json()
    assert serializer(given).get_object() is given
    assert serializer(resource).get_object() == given
    assert serializer(json.dumps(resource)).get_object() == given
    with pytest.raises(TypeError, match=f"{serializer.__name__} takes {type(given).__name__}"):
        serializer(5)
