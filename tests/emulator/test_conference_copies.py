"""Entry points in a body: a conference that is copied, or one from elsewhere."""

import copy

import pytest

from gcsa.emulator import Emulator

ZOOM = {
    "conferenceId": "123",
    "conferenceSolution": {
        "key": {"type": "addOn"},
        "name": "Zoom",
        "iconUri": "https://zoom.us/i",
    },
    "entryPoints": [
        {
            "entryPointType": "video",
            "uri": "https://zoom.us/j/123",
            "label": "zoom.us/j/123",
            "meetingCode": "123",
            "passcode": "456",
        },
        {"entryPointType": "phone", "uri": "tel:+41,,,123", "regionCode": "CH", "accessCode": "7"},
        {"entryPointType": "sip", "uri": "sip:123@zoom.us", "password": "x"},
        {"entryPointType": "more", "uri": "http://zoom.us/help"},
    ],
    "notes": "Knock first",
    "parameters": {"addOnParameters": {"parameters": {"a": "b"}}},
}


def with_conference(body, data):
    return {**body, "conferenceData": data}


@pytest.fixture
def made(me, meeting, clock):
    """The conferenceData of a conference that was made here."""
    body = with_conference(meeting, {"createRequest": {"requestId": "r"}})
    event = me.insert(body, conferenceDataVersion=1)
    clock.advance(1)
    return me.get(event["id"])["conferenceData"]


def test_a_conference_with_its_signature_is_copied(me, meeting, made):
    event = me.insert(with_conference(meeting, made), conferenceDataVersion=1)
    assert event["conferenceData"] == made
    assert event["hangoutLink"] == made["entryPoints"][0]["uri"]


def test_a_copy_does_not_need_the_create_request(me, meeting, made):
    copied = {name: value for name, value in made.items() if name != "createRequest"}
    event = me.insert(with_conference(meeting, copied), conferenceDataVersion=1)
    assert event["conferenceData"] == copied


def test_a_conference_is_copied_onto_an_event_that_is_there(me, meeting, made):
    event = me.insert(meeting)
    patched = me.patch(event["id"], {"conferenceData": made}, conferenceDataVersion=1)
    assert patched["conferenceData"] == made
    event = me.insert(meeting)
    updated = me.update(event["id"], with_conference(meeting, made), conferenceDataVersion=1)
    assert updated["conferenceData"] == made


def test_a_copy_replaces_another_conference(me, meeting, made):
    event = me.insert(with_conference(meeting, ZOOM), conferenceDataVersion=1)
    updated = me.update(event["id"], with_conference(meeting, made), conferenceDataVersion=1)
    assert updated["conferenceData"] == made


@pytest.mark.parametrize("signature", [None, "", "wrong", "é"])
def test_without_its_signature_a_conference_is_not_copied_and_the_event_is_stored(
    me, meeting, made, signature
):
    copied = {**made, "signature": signature}
    event = me.insert(with_conference(meeting, copied), conferenceDataVersion=1)
    assert event["summary"] == "Meeting"
    assert not {"conferenceData", "hangoutLink"} & set(event)
    assert me.get(event["id"]) == event


def test_a_changed_conference_does_not_fit_its_signature(me, meeting, made):
    for change in ("pin", "uri", "label"):
        changed = copy.deepcopy(made)
        phone = changed["entryPoints"][1]
        phone[change] = {"pin": "1", "uri": "tel:+1", "label": "me"}[change]
        event = me.insert(with_conference(meeting, changed), conferenceDataVersion=1)
        assert "conferenceData" not in event
    changed = {**made, "conferenceId": "aaa-aaaa-aaa"}
    event = me.insert(with_conference(meeting, changed), conferenceDataVersion=1)
    assert "conferenceData" not in event


def test_a_copy_that_fails_leaves_the_conference_that_the_event_has(me, meeting, made):
    event = me.insert(with_conference(meeting, ZOOM), conferenceDataVersion=1)
    stolen = {**made, "signature": "wrong"}
    updated = me.update(event["id"], with_conference(meeting, stolen), conferenceDataVersion=1)
    assert updated["conferenceData"] == ZOOM
    patched = me.patch(event["id"], {"conferenceData": stolen}, conferenceDataVersion=1)
    assert patched["conferenceData"] == ZOOM


def test_notes_are_not_signed(me, meeting, made):
    noted = {**made, "notes": "Bring cake"}
    event = me.insert(with_conference(meeting, noted), conferenceDataVersion=1)
    assert event["conferenceData"] == noted


def test_an_event_sent_back_as_it_was_read_keeps_its_conference(me, made):
    event = me.items()[0]
    assert me.update(event["id"], event, conferenceDataVersion=1) == event


def test_the_signature_of_another_database_is_wrong_here(me, meeting, made, caller, clock):
    with Emulator(clock=clock, seed=0) as twin:
        other = caller(twin)
        event = other.insert(
            with_conference(meeting, {"createRequest": {"requestId": "r"}}), conferenceDataVersion=1
        )
        clock.advance(1)
        theirs = other.get(event["id"])["conferenceData"]
    # The twin has the same seed, and so the same secret; another seed has not.
    assert theirs == made
    with Emulator(clock=clock, seed=1) as stranger:
        other = caller(stranger)
        event = other.insert(
            with_conference(meeting, {"createRequest": {"requestId": "r"}}), conferenceDataVersion=1
        )
        clock.advance(1)
        theirs = other.get(event["id"])["conferenceData"]
    forged = {**made, "signature": theirs["signature"]}
    assert "conferenceData" not in me.insert(
        with_conference(meeting, forged), conferenceDataVersion=1
    )


def test_a_conference_from_elsewhere_is_stored_as_it_is_given(me, meeting):
    event = me.insert(with_conference(meeting, ZOOM), conferenceDataVersion=1)
    assert event["conferenceData"] == ZOOM
    assert "hangoutLink" not in event


def test_somebody_elses_meeting_of_meet_is_stored_as_it_is_given(me, meeting):
    theirs = {
        "conferenceId": "abc-defg-hij",
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "entryPoints": [{"entryPointType": "video", "uri": "https://meet.google.com/abc-defg-hij"}],
    }
    event = me.insert(with_conference(meeting, theirs), conferenceDataVersion=1)
    assert event["conferenceData"] == theirs
    assert event["hangoutLink"] == "https://meet.google.com/abc-defg-hij"


def test_nulls_within_a_conference_are_left_out(me, meeting):
    data = copy.deepcopy(ZOOM)
    data["entryPoints"][0]["pin"] = None
    data["notes"] = None
    stored = me.insert(with_conference(meeting, data), conferenceDataVersion=1)["conferenceData"]
    assert "notes" not in stored
    assert stored["entryPoints"] == ZOOM["entryPoints"]


@pytest.mark.parametrize(
    ("kind", "uri"),
    [
        ("video", "http://a"),
        ("video", "HTTPS://a"),
        ("more", "http://a"),
        ("phone", "tel:+12345678900,,,123456789;1234"),
        ("sip", "sip:12345678@myprovider.com"),
    ],
)
def test_an_entry_point_has_a_uri_of_its_scheme(me, meeting, kind, uri):
    video = {"entryPointType": "video", "uri": "https://zoom.us/j/1"}
    points = [{"entryPointType": kind, "uri": uri}]
    if kind == "more":
        points.append(video)
    data = {"conferenceSolution": {"name": "Zoom"}, "entryPoints": points}
    event = me.insert(with_conference(meeting, data), conferenceDataVersion=1)
    assert event["conferenceData"]["entryPoints"][0]["uri"] == uri


@pytest.mark.parametrize(
    ("kind", "uri"),
    [
        ("video", "ftp://a"),
        ("video", "meet.google.com/abc"),
        ("video", "tel:1"),
        ("video", ""),
        ("more", "tel:1"),
        ("phone", "+1234"),
        ("phone", "https://a"),
        ("sip", "123@a"),
        ("sip", "tel:1"),
    ],
)
def test_an_entry_point_with_a_uri_of_another_scheme_is_refused(me, meeting, kind, uri):
    points = [{"entryPointType": kind, "uri": uri}]
    if kind == "more":
        points.append({"entryPointType": "video", "uri": "https://zoom.us/j/1"})
    data = {"conferenceSolution": {"name": "Zoom"}, "entryPoints": points}
    error = me.insert_error(with_conference(meeting, data), conferenceDataVersion=1)
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["message"] == f"Invalid URI of a {kind} entry point."


def points(*kinds):
    uris = {"video": "https://a", "phone": "tel:1", "sip": "sip:a", "more": "https://b"}
    return [{"entryPointType": kind, "uri": uris[kind]} for kind in kinds]


@pytest.mark.parametrize(
    "kinds",
    [("video",), ("phone",), ("sip",), ("phone", "phone", "phone"), ("video", "sip", "more")],
)
def test_a_conference_may_have_these_entry_points(me, meeting, kinds):
    data = {"conferenceSolution": {"name": "Zoom"}, "entryPoints": points(*kinds)}
    stored = me.insert(with_conference(meeting, data), conferenceDataVersion=1)
    entry_points = stored["conferenceData"]["entryPoints"]
    assert [point["entryPointType"] for point in entry_points] == list(kinds)


@pytest.mark.parametrize(
    "kinds", [("video", "video"), ("sip", "sip"), ("video", "more", "more"), ("more",)]
)
def test_a_conference_may_not_have_these_entry_points(me, meeting, kinds):
    data = {"conferenceSolution": {"name": "Zoom"}, "entryPoints": points(*kinds)}
    error = me.insert_error(with_conference(meeting, data), conferenceDataVersion=1)
    assert (error["reason"], error["message"]) == ("invalid", "Invalid conference entry points.")


@pytest.mark.parametrize(
    "data",
    [
        {"conferenceSolution": {"name": "Zoom"}},
        {"conferenceSolution": {"name": "Zoom"}, "entryPoints": []},
        {"entryPoints": points("video")},
        {"conferenceId": "123"},
    ],
)
def test_a_conference_has_a_solution_and_an_entry_point_or_a_create_request(me, meeting, data):
    error = me.insert_error(with_conference(meeting, data), conferenceDataVersion=1)
    assert (error["reason"], error["message"]) == ("invalid", "Invalid conference data.")


@pytest.mark.parametrize(
    ("field", "length"),
    [
        ("uri", 1300),
        ("label", 512),
        ("pin", 128),
        ("accessCode", 128),
        ("meetingCode", 128),
        ("passcode", 128),
        ("password", 128),
    ],
)
def test_the_texts_of_an_entry_point_have_their_longest_length(me, meeting, field, length):
    def data(characters):
        point = {
            "entryPointType": "video",
            "uri": "https://a",
            field: ("https://a/" + "x" * length)[:characters],
        }
        return {"conferenceSolution": {"name": "Zoom"}, "entryPoints": [point]}

    me.insert(with_conference(meeting, data(length)), conferenceDataVersion=1)
    error = me.insert_error(with_conference(meeting, data(length + 1)), conferenceDataVersion=1)
    assert (
        error["message"]
        == f"Invalid value for: {field}. The maximum length is {length} characters."
    )


def test_notes_have_their_longest_length(me, meeting):
    me.insert(with_conference(meeting, {**ZOOM, "notes": "x" * 2048}), conferenceDataVersion=1)
    error = me.insert_error(
        with_conference(meeting, {**ZOOM, "notes": "x" * 2049}), conferenceDataVersion=1
    )
    assert error["message"] == "Invalid value for: notes. The maximum length is 2048 characters."


def test_an_entry_point_is_of_one_of_four_types(me, meeting):
    data = {
        "conferenceSolution": {"name": "Zoom"},
        "entryPoints": [{"entryPointType": "fax", "uri": "tel:1"}],
    }
    error = me.insert_error(with_conference(meeting, data), conferenceDataVersion=1)
    assert error["message"] == "Invalid value for: fax is not a valid value"
    data["entryPoints"][0].pop("entryPointType")
    error = me.insert_error(with_conference(meeting, data), conferenceDataVersion=1)
    assert (error["reason"], error["message"]) == ("required", "Missing entry point type.")


def test_an_entry_point_is_not_toll_and_toll_free_at_once(me, meeting):
    point = {"entryPointType": "phone", "uri": "tel:1", "entryPointFeatures": ["toll", "toll-free"]}
    data = {"conferenceSolution": {"name": "Zoom"}, "entryPoints": [point]}
    error = me.insert_error(with_conference(meeting, data), conferenceDataVersion=1)
    assert error["message"] == "Invalid features of an entry point."


def test_a_conference_of_an_unfamiliar_type_is_kept(me, meeting):
    data = {**ZOOM, "conferenceSolution": {"key": {"type": "carrierPigeon"}, "name": "Pigeon"}}
    event = me.insert(with_conference(meeting, data), conferenceDataVersion=1)
    assert event["conferenceData"] == data
