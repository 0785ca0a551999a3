"""The reference page of `gcsa.conference`, sentence by sentence, and what else its objects do."""

from __future__ import annotations

import copy
import logging
import pickle
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
    _BaseConferenceSolution,
)
from gcsa.serializers.conference_serializer import read_conference, write_conference

VIDEO = EntryPoint(EntryPoint.VIDEO, uri="https://meet.google.com/aaa-bbbb-ccc")
PHONE = EntryPoint(EntryPoint.PHONE, uri="tel:+12345678900,,,123456789;1234")
SIP = EntryPoint(EntryPoint.SIP, uri="sip:12345678@myprovider.com")
MORE = EntryPoint(EntryPoint.MORE, uri="https://tel.meet/aaa-bbbb-ccc")

SOLUTION_TYPES = [
    SolutionType.HANGOUT,
    SolutionType.NAMED_HANGOUT,
    SolutionType.HANGOUTS_MEET,
    SolutionType.ADD_ON,
]
CODES = ["pin", "access_code", "meeting_code", "passcode", "password"]


class Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        assert record.levelno == logging.WARNING
        self.texts.append(record.getMessage())


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    """What has been said on the logger `gcsa.conference` so far."""
    messages = Messages()
    logger = logging.getLogger("gcsa.conference")
    logger.addHandler(messages)
    yield messages.texts
    logger.removeHandler(messages)


# --- class ConferenceSolution ---------------------------------------------------------------------


def test_a_conference_solution_is_built_from_its_parameters_in_the_order_of_the_page() -> None:
    solution = ConferenceSolution(
        [VIDEO], "hangoutsMeet", "Google Meet", "https://icon", "aaa-bbbb-ccc", "signature", "notes"
    )
    assert solution.entry_points == [VIDEO]
    assert solution.solution_type == "hangoutsMeet"
    assert solution.name == "Google Meet"
    assert solution.icon_uri == "https://icon"
    assert solution.conference_id == "aaa-bbbb-ccc"
    assert solution.signature == "signature"
    assert solution.notes == "notes"


def test_all_parameters_of_a_conference_solution_but_the_entry_points_are_optional() -> None:
    solution = ConferenceSolution(entry_points=VIDEO)
    rest = ["solution_type", "name", "icon_uri", "conference_id", "signature", "notes", "status"]
    assert [getattr(solution, name) for name in rest] == [None] * 7
    assert solution.other == {}


def test_one_entry_point_is_accepted_where_a_list_is() -> None:
    assert ConferenceSolution(entry_points=VIDEO).entry_points == [VIDEO]


def test_a_list_of_entry_points_keeps_its_order() -> None:
    assert ConferenceSolution(entry_points=[MORE, PHONE, VIDEO]).entry_points == [
        MORE,
        PHONE,
        VIDEO,
    ]


def test_any_iterable_of_entry_points_becomes_a_list_of_its_own() -> None:
    given = (VIDEO, PHONE)
    solution = ConferenceSolution(entry_points=given)
    assert solution.entry_points == [VIDEO, PHONE]
    assert type(solution.entry_points) is list
    mine = [VIDEO]
    theirs = ConferenceSolution(entry_points=mine)
    theirs.entry_points.append(PHONE)
    assert mine == [VIDEO]


def test_entry_points_are_urls_and_phone_numbers() -> None:
    solution = ConferenceSolution(entry_points=[VIDEO, PHONE])
    assert [entry_point.uri for entry_point in solution.entry_points] == [
        "https://meet.google.com/aaa-bbbb-ccc",
        "tel:+12345678900,,,123456789;1234",
    ]


def test_all_entry_points_belong_to_the_same_conference() -> None:
    solution = ConferenceSolution([VIDEO, PHONE, SIP, MORE], conference_id="aaa-bbbb-ccc")
    written = write_conference(solution)
    assert written["conferenceId"] == "aaa-bbbb-ccc"
    assert [entry["entryPointType"] for entry in written["entryPoints"]] == [
        "video",
        "phone",
        "sip",
        "more",
    ]


@pytest.mark.parametrize("solution_type", SOLUTION_TYPES)
def test_a_solution_may_be_of_each_solution_type(solution_type: str) -> None:
    solution = ConferenceSolution(VIDEO, solution_type=solution_type)
    assert solution.solution_type == solution_type
    assert write_conference(solution)["conferenceSolution"] == {"key": {"type": solution_type}}


def test_the_name_that_users_see_is_not_localized() -> None:
    solution = ConferenceSolution(VIDEO, name="Meeting room Ž")
    assert solution.name == "Meeting room Ž"
    assert write_conference(solution)["conferenceSolution"] == {"name": "Meeting room Ž"}


def test_the_icon_that_users_see_is_a_uri() -> None:
    solution = ConferenceSolution(VIDEO, icon_uri="https://example.com/icon.png")
    assert write_conference(solution)["conferenceSolution"] == {
        "iconUri": "https://example.com/icon.png"
    }


def test_the_conference_id_is_optional() -> None:
    assert ConferenceSolution(VIDEO).conference_id is None
    assert "conferenceId" not in write_conference(ConferenceSolution(VIDEO))
    assert ConferenceSolutionCreateRequest().conference_id is None
    assert "conferenceId" not in write_conference(ConferenceSolutionCreateRequest())


def test_the_conference_id_is_not_displayed_to_users() -> None:
    assert "secret-id" not in repr(ConferenceSolution(VIDEO, conference_id="secret-id"))
    assert "secret-id" not in repr(ConferenceSolutionCreateRequest(conference_id="secret-id"))


def test_the_conference_id_of_a_hangout_is_unset(warnings: list[str]) -> None:
    ConferenceSolution(VIDEO, SolutionType.HANGOUT)
    ConferenceSolutionCreateRequest(SolutionType.HANGOUT)
    assert warnings == []
    ConferenceSolution(VIDEO, SolutionType.HANGOUT, conference_id="id")
    ConferenceSolutionCreateRequest(SolutionType.HANGOUT, conference_id="id")
    assert warnings == ["The conference_id of an eventHangout conference should not be set."] * 2


@pytest.mark.parametrize(
    ("solution_type", "conference_id"),
    [
        pytest.param(SolutionType.NAMED_HANGOUT, "my hangout", id="the name of the Hangout"),
        pytest.param(SolutionType.HANGOUTS_MEET, "aaa-bbbb-ccc", id="the 10-letter meeting code"),
        pytest.param(SolutionType.ADD_ON, "{0: any/thing}", id="defined by the provider"),
    ],
)
def test_the_conference_id_of_other_solutions_is_theirs(
    solution_type: str, conference_id: str, warnings: list[str]
) -> None:
    solution = ConferenceSolution(VIDEO, solution_type, conference_id=conference_id)
    request = ConferenceSolutionCreateRequest(solution_type, conference_id=conference_id)
    assert write_conference(solution)["conferenceId"] == conference_id
    assert write_conference(request)["conferenceId"] == conference_id
    assert warnings == []


def test_the_signature_is_generated_on_the_server_side() -> None:
    assert ConferenceSolution(VIDEO).signature is None
    assert read_conference(finished(signature="made by Google")).signature == "made by Google"


def test_the_signature_is_preserved_while_copying_between_events() -> None:
    original = read_conference(finished(signature="made by Google"))
    assert write_conference(copy.deepcopy(original))["signature"] == "made by Google"


def test_the_signature_of_a_failed_create_request_is_none() -> None:
    failed = read_conference({"createRequest": request_json("failure")})
    assert isinstance(failed, ConferenceSolutionCreateRequest)
    assert failed.status == "failure"
    assert failed.signature is None


def test_the_signature_of_a_pending_create_request_is_optional() -> None:
    without = read_conference({"createRequest": request_json("pending")})
    with_one = read_conference({"createRequest": request_json("pending"), "signature": "s"})
    assert (without.signature, with_one.signature) == (None, "s")


def test_notes_can_contain_html() -> None:
    html = "<b>Dial in</b> &amp; wait<br/>"
    assert write_conference(ConferenceSolution(VIDEO, notes=html))["notes"] == html
    assert write_conference(ConferenceSolutionCreateRequest(notes=html))["notes"] == html


def test_notes_have_at_most_2048_characters() -> None:
    limit = "n" * 2048
    assert ConferenceSolution(VIDEO, notes=limit).notes == limit
    assert ConferenceSolutionCreateRequest(notes=limit).notes == limit
    message = "^notes may have at most 2048 characters, not 2049.$"
    with pytest.raises(ValueError, match=message):
        ConferenceSolution(VIDEO, notes=limit + "n")
    with pytest.raises(ValueError, match=message):
        ConferenceSolutionCreateRequest(notes=limit + "n")


# --- class EntryPoint -----------------------------------------------------------------------------


def test_an_entry_point_is_built_from_its_parameters_in_the_order_of_the_page() -> None:
    entry_point = EntryPoint("phone", "tel:+1", "+1", "1", "2", "3", "4", "5")
    assert entry_point.entry_point_type == "phone"
    assert entry_point.uri == "tel:+1"
    assert entry_point.label == "+1"
    assert entry_point.pin == "1"
    assert entry_point.access_code == "2"
    assert entry_point.meeting_code == "3"
    assert entry_point.passcode == "4"
    assert entry_point.password == "5"


@pytest.mark.parametrize("code", CODES)
def test_only_the_codes_of_the_provider_are_populated(code: str) -> None:
    written = write_conference(ConferenceSolution(EntryPoint("phone", **{code: "1234"})))
    keys = {
        "pin": "pin",
        "access_code": "accessCode",
        "meeting_code": "meetingCode",
        "passcode": "passcode",
        "password": "password",
    }
    assert written["entryPoints"] == [{"entryPointType": "phone", keys[code]: "1234"}]


def test_only_populated_fields_are_there_to_be_displayed() -> None:
    entry_point = EntryPoint("video", uri="https://meet.google.com/aaa-bbbb-ccc")
    fields = ["uri", "label", *CODES]
    assert [field for field in fields if getattr(entry_point, field) is not None] == ["uri"]


def test_the_entry_point_types_are_these_four() -> None:
    assert EntryPoint.VIDEO == "video"
    assert EntryPoint.PHONE == "phone"
    assert EntryPoint.SIP == "sip"
    assert EntryPoint.MORE == "more"
    assert EntryPoint.ENTRY_POINT_TYPES == ("video", "phone", "sip", "more")


@pytest.mark.parametrize("wrong", ["fax", "VIDEO", "", None])
def test_another_entry_point_type_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="entry_point_type must be one of 'video', 'phone', 'sip'"):
        EntryPoint(wrong)


@pytest.mark.parametrize(
    "entry_points",
    [
        pytest.param([PHONE], id="zero VIDEO, zero SIP, zero MORE"),
        pytest.param([VIDEO], id="one VIDEO, zero PHONE"),
        pytest.param([SIP], id="one SIP"),
        pytest.param([PHONE, MORE], id="one MORE"),
        pytest.param([PHONE, PHONE, PHONE], id="more PHONE"),
        pytest.param([VIDEO, PHONE, PHONE, SIP, MORE], id="all"),
    ],
)
def test_a_conference_can_have_these_entry_points(entry_points: list[EntryPoint]) -> None:
    assert ConferenceSolution(entry_points).entry_points == entry_points


@pytest.mark.parametrize("single", [VIDEO, SIP, MORE], ids=lambda e: e.entry_point_type)
def test_a_conference_cannot_have_two_video_sip_or_more_entry_points(single: EntryPoint) -> None:
    with pytest.raises(ValueError, match=f"at most 1 {single.entry_point_type} entry point, not 2"):
        ConferenceSolution([PHONE, single, single])


def test_a_conference_with_only_a_more_entry_point_is_not_valid() -> None:
    message = r"^entry_points must have another entry point beside the more entry point\.$"
    with pytest.raises(ValueError, match=message):
        ConferenceSolution(MORE)


def test_a_conference_without_entry_points_is_not_valid() -> None:
    with pytest.raises(ValueError, match=r"^entry_points must have at least one entry point\.$"):
        ConferenceSolution([])


def test_a_uri_has_at_most_1300_characters() -> None:
    limit = "https://example.com/".ljust(1300, "x")
    assert EntryPoint("video", uri=limit).uri == limit
    with pytest.raises(ValueError, match="uri may have at most 1300 characters, not 1301"):
        EntryPoint("video", uri=limit + "x")


@pytest.mark.parametrize(
    ("entry_point_type", "uri"),
    [
        ("video", "https://meet.google.com/aaa-bbbb-ccc"),
        ("video", "http://example.com"),
        ("video", "HTTPS://EXAMPLE.COM"),
        ("phone", "tel:+12345678900,,,123456789;1234"),
        ("sip", "sip:12345678@myprovider.com"),
        ("more", "https://tel.meet/aaa-bbbb-ccc"),
        ("more", "http://example.com"),
    ],
)
def test_a_uri_of_the_format_of_its_type_is_fine(
    entry_point_type: str, uri: str, warnings: list[str]
) -> None:
    EntryPoint(entry_point_type, uri=uri)
    assert warnings == []


@pytest.mark.parametrize(
    ("entry_point_type", "uri", "message"),
    [
        ("video", "tel:+1", "The uri of a video entry point has to start with http: or https:"),
        ("phone", "https://x:443", "The uri of a phone entry point has to start with tel:"),
        ("sip", "tel:+1", "The uri of a sip entry point has to start with sip:"),
        ("more", "sip:1@x", "The uri of a more entry point has to start with http: or https:"),
    ],
)
def test_a_uri_of_another_format_is_kept_with_a_warning(
    entry_point_type: str, uri: str, message: str, warnings: list[str]
) -> None:
    assert EntryPoint(entry_point_type, uri=uri).uri == uri
    scheme = uri.split(":")[0]
    assert warnings == [
        f"{message}; this one has '{scheme}:' there. Google Calendar will refuse it."
    ]


def test_a_warning_does_not_tell_the_link_to_the_meeting(warnings: list[str]) -> None:
    EntryPoint("video", uri="meet.google.com/aaa-bbbb-ccc")
    assert warnings == [
        (
            "The uri of a video entry point has to start with http: or https:; this one has no "
            "scheme. Google Calendar will refuse it."
        )
    ]


def test_a_label_has_at_most_512_characters() -> None:
    limit = "l" * 512
    assert EntryPoint("video", label=limit).label == limit
    with pytest.raises(ValueError, match="label may have at most 512 characters, not 513"):
        EntryPoint("video", label=limit + "l")


@pytest.mark.parametrize(
    ("entry_point_type", "label"),
    [
        ("video", "meet.google.com/aaa-bbbb-ccc"),
        ("phone", "+1 123 268 2601"),
        ("sip", "12345678@altostrat.com"),
    ],
)
def test_a_label_is_visible_to_end_users_and_not_localized(
    entry_point_type: str, label: str, warnings: list[str]
) -> None:
    solution = ConferenceSolution(EntryPoint(entry_point_type, label=label))
    assert write_conference(solution)["entryPoints"][0]["label"] == label
    assert warnings == []


def test_the_label_of_a_more_entry_point_should_not_be_filled(warnings: list[str]) -> None:
    EntryPoint("more")
    assert warnings == []
    assert EntryPoint("more", label="More").label == "More"
    assert warnings == ["The label of a more entry point should not be filled."]


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_at_most_128_characters(code: str) -> None:
    limit = "1" * 128
    assert getattr(EntryPoint("phone", **{code: limit}), code) == limit
    with pytest.raises(ValueError, match=f"^{code} may have at most 128 characters, not 129.$"):
        EntryPoint("phone", **{code: limit + "1"})


@pytest.mark.parametrize("field", ["uri", "label", *CODES])
def test_every_field_of_an_entry_point_but_its_type_is_optional(field: str) -> None:
    assert getattr(EntryPoint("phone"), field) is None


# --- class ConferenceSolutionCreateRequest --------------------------------------------------------


def test_a_create_request_is_built_from_its_parameters_in_the_order_of_the_page() -> None:
    request = ConferenceSolutionCreateRequest(
        "hangoutsMeet", "request", "pending", "aaa-bbbb-ccc", "signature", "notes"
    )
    assert request.solution_type == "hangoutsMeet"
    assert request.request_id == "request"
    assert request.status == "pending"
    assert request.conference_id == "aaa-bbbb-ccc"
    assert request.signature == "signature"
    assert request.notes == "notes"


@pytest.mark.parametrize("solution_type", SOLUTION_TYPES)
def test_a_request_may_be_for_each_solution_type(solution_type: str) -> None:
    request = ConferenceSolutionCreateRequest(solution_type, "id")
    assert write_conference(request) == {
        "createRequest": {"requestId": "id", "conferenceSolutionKey": {"type": solution_type}}
    }


def test_the_solution_type_of_a_request_is_optional() -> None:
    request = ConferenceSolutionCreateRequest(request_id="id")
    assert request.solution_type is None
    assert write_conference(request) == {"createRequest": {"requestId": "id"}}


def test_the_request_id_is_a_uuid_by_default() -> None:
    request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
    assert request.request_id is not None
    assert uuid.UUID(request.request_id).hex == request.request_id


def test_every_new_request_has_another_request_id_by_default() -> None:
    ids = {ConferenceSolutionCreateRequest().request_id for _ in range(100)}
    assert len(ids) == 100


def test_a_request_id_may_be_specified() -> None:
    assert ConferenceSolutionCreateRequest(request_id="mine").request_id == "mine"


def test_the_status_of_a_new_request_is_not_set_by_the_developer() -> None:
    request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
    assert request.status is None
    assert "status" not in write_conference(request)["createRequest"]


@pytest.mark.parametrize("status", ["pending", "failure", "success"])
def test_the_status_is_one_of_three(status: str) -> None:
    assert ConferenceSolutionCreateRequest(_status=status).status == status


def test_another_status_is_refused() -> None:
    message = "status must be one of 'pending', 'failure', 'success', not 'done'."
    with pytest.raises(ValueError, match=message):
        ConferenceSolutionCreateRequest(_status="done")


@pytest.mark.parametrize("status", ["pending", "failure"])
def test_a_request_that_is_pending_or_failed_has_no_entry_points(status: str) -> None:
    request = read_conference({"createRequest": request_json(status)})
    assert isinstance(request, ConferenceSolutionCreateRequest)
    assert request.status == status
    assert not hasattr(request, "entry_points")


def test_a_request_that_succeeded_is_a_conference_solution_with_its_entry_points() -> None:
    conference = read_conference(finished())
    assert isinstance(conference, ConferenceSolution)
    assert conference.status == "success"
    assert conference.entry_points == [VIDEO]


# --- class SolutionType ---------------------------------------------------------------------------


def test_the_solution_types_are_these_four() -> None:
    assert SolutionType.HANGOUT == "eventHangout"
    assert SolutionType.NAMED_HANGOUT == "eventNamedHangout"
    assert SolutionType.HANGOUTS_MEET == "hangoutsMeet"
    assert SolutionType.ADD_ON == "addOn"


# --- beyond the page ------------------------------------------------------------------------------


def test_what_a_person_builds_has_no_status() -> None:
    assert ConferenceSolution(VIDEO).status is None


def test_two_conferences_are_equal_whoever_made_them() -> None:
    built = ConferenceSolution(VIDEO, "hangoutsMeet", conference_id="aaa-bbbb-ccc")
    read = read_conference(write_conference(built))
    assert (built.status, read.status) == (None, "success")
    assert read == built


def test_reading_never_warns(warnings: list[str]) -> None:
    read_conference(
        {
            "conferenceId": "id",
            "conferenceSolution": {"key": {"type": "eventHangout"}},
            "entryPoints": [
                {"entryPointType": "video", "uri": "tel:+1"},
                {"entryPointType": "more", "label": "More"},
            ],
        }
    )
    assert warnings == []


def test_conferences_show_what_they_are() -> None:
    assert repr(VIDEO) == "<EntryPoint video - 'https://meet.google.com/aaa-bbbb-ccc'>"
    assert repr(ConferenceSolution(VIDEO, "hangoutsMeet")) == (
        "<ConferenceSolution hangoutsMeet - "
        "[<EntryPoint video - 'https://meet.google.com/aaa-bbbb-ccc'>]>"
    )
    assert repr(ConferenceSolutionCreateRequest("hangoutsMeet", _status="pending")) == (
        "<ConferenceSolutionCreateRequest hangoutsMeet - status:'pending'>"
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda **more: EntryPoint("video", "https://x", **more),
        lambda **more: ConferenceSolution(VIDEO, "addOn", **more),
        lambda **more: ConferenceSolutionCreateRequest("addOn", "id", **more),
    ],
    ids=["EntryPoint", "ConferenceSolution", "ConferenceSolutionCreateRequest"],
)
def test_conferences_compare_by_value(make: Any) -> None:
    assert make() == make()
    assert make(other={"new": 1}) == make(other={"new": 1})
    assert make(other={"new": 1}) != make()
    assert make() != "something else"
    assert pickle.loads(pickle.dumps(make(other={"new": 1}))) == make(other={"new": 1})


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("entry_points", [PHONE]),
        ("solution_type", "hangoutsMeet"),
        ("name", "name"),
        ("icon_uri", "https://icon"),
        ("conference_id", "id"),
        ("signature", "signature"),
        ("notes", "notes"),
        ("other", {"parameters": {}}),
    ],
)
def test_a_conference_with_another_attribute_is_another(attribute: str, value: object) -> None:
    changed = ConferenceSolution(VIDEO)
    setattr(changed, attribute, value)
    assert changed != ConferenceSolution(VIDEO)


def test_a_request_with_another_status_is_another() -> None:
    assert ConferenceSolutionCreateRequest(
        request_id="id", _status="pending"
    ) != ConferenceSolutionCreateRequest(request_id="id", _status="failure")


def test_both_conferences_have_the_same_base() -> None:
    base = _BaseConferenceSolution("id", "signature", "notes", "pending")
    assert (base.conference_id, base.signature, base.notes, base.status) == (
        "id",
        "signature",
        "notes",
        "pending",
    )
    assert isinstance(ConferenceSolution(VIDEO), _BaseConferenceSolution)
    assert isinstance(ConferenceSolutionCreateRequest(), _BaseConferenceSolution)


def test_the_limits_hold_for_later_changes_too() -> None:
    entry_point = EntryPoint("video", "https://x")
    with pytest.raises(ValueError, match="pin may have at most 128 characters"):
        entry_point.pin = "1" * 129
    with pytest.raises(ValueError, match="entry_point_type must be one of"):
        entry_point.entry_point_type = "fax"
    solution = ConferenceSolution(VIDEO)
    with pytest.raises(ValueError, match="at least one entry point"):
        solution.entry_points = []
    with pytest.raises(ValueError, match="notes may have at most 2048 characters"):
        solution.notes = "n" * 2049
    assert (entry_point.pin, entry_point.entry_point_type) == (None, "video")
    assert (solution.entry_points, solution.notes) == ([VIDEO], None)


def test_one_entry_point_may_be_set_where_a_list_is() -> None:
    solution = ConferenceSolution([VIDEO, PHONE])
    solution.entry_points = PHONE  # type: ignore[assignment]
    assert solution.entry_points == [PHONE]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: EntryPoint("video", uri=5), "uri must be a string, not int."),
        (lambda: EntryPoint("video", other=None), "other must be a dict, not NoneType."),
        (lambda: ConferenceSolution(VIDEO, other=[]), "other must be a dict, not list."),
        (lambda: EntryPoint("video", label=b"x"), "label must be a string, not bytes."),
        (
            lambda: ConferenceSolution("https://x"),
            "entry_points must be EntryPoint or a list of it, not str.",
        ),
        (lambda: ConferenceSolution(None), "entry_points must be EntryPoint or a list of it, not"),
        (lambda: ConferenceSolution([VIDEO, None]), "entry_points must have EntryPoint only, not"),
        (lambda: ConferenceSolution(VIDEO, 5), "solution_type must be a string, not int."),
        (lambda: ConferenceSolution(VIDEO, notes=["n"]), "notes must be a string, not list."),
        (lambda: ConferenceSolutionCreateRequest(request_id=5), "request_id must be a string, not"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(make: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()


def finished(**more: Any) -> dict[str, Any]:
    """The conference data of a finished request, as Google sends it."""
    return {
        "createRequest": request_json("success"),
        "conferenceId": "aaa-bbbb-ccc",
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "entryPoints": [{"entryPointType": "video", "uri": "https://meet.google.com/aaa-bbbb-ccc"}],
        **more,
    }


def request_json(status: str) -> dict[str, Any]:
    return {
        "requestId": "request",
        "conferenceSolutionKey": {"type": "hangoutsMeet"},
        "status": {"statusCode": status},
    }
