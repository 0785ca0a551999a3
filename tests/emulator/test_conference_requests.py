"""Create requests: what the reference says of a conference that the server makes."""

import re
from datetime import UTC, datetime

import pytest

from gcsa.emulator import Clock, Emulator


def request(kind="hangoutsMeet", request_id="request-1", **fields):
    key = {"conferenceSolutionKey": {"type": kind}} if kind else {}
    return {"conferenceData": {"createRequest": {"requestId": request_id, **key}, **fields}}


def allow(me, *types):
    """Let the caller's primary calendar have these types of conferences."""
    me.ok(
        "PATCH",
        "/calendars/primary",
        {"conferenceProperties": {"allowedConferenceSolutionTypes": list(types)}},
    )


@pytest.fixture
def asked(me, meeting):
    """What inserts an event with a create request."""
    return lambda *args, **fields: me.insert(
        {**meeting, **request(*args, **fields)}, conferenceDataVersion=1
    )


def status(event):
    return event["conferenceData"]["createRequest"]["status"]["statusCode"]


def test_a_create_request_is_pending_and_has_no_entry_points_yet(asked):
    event = asked()
    assert event["conferenceData"] == {
        "createRequest": {
            "requestId": "request-1",
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": "pending"},
        }
    }
    assert "hangoutLink" not in event


def test_a_create_request_stays_pending_until_the_delay_has_passed(me, asked, clock):
    event = asked()
    clock.advance(0.499)
    assert status(me.get(event["id"])) == "pending"
    clock.advance(0.001)
    assert status(me.get(event["id"])) == "success"


def test_the_delay_is_the_emulators(caller, meeting):
    clock = Clock.frozen(datetime(2026, 3, 2, tzinfo=UTC))
    with Emulator(clock=clock, conference_delay=3600) as emulator:
        me = caller(emulator)
        event = me.insert({**meeting, **request()}, conferenceDataVersion=1)
        clock.advance(3599)
        assert status(me.get(event["id"])) == "pending"
        clock.advance(1)
        assert status(me.get(event["id"])) == "success"


def test_a_conference_of_meet_has_video_phone_and_more(me, asked, clock):
    event = asked()
    clock.advance(1)
    data = me.get(event["id"])["conferenceData"]
    code = data["conferenceId"]
    assert re.fullmatch("[a-z]{3}-[a-z]{4}-[a-z]{3}", code)
    assert data["conferenceSolution"]["key"] == {"type": "hangoutsMeet"}
    assert data["conferenceSolution"]["name"] == "Google Meet"
    assert data["conferenceSolution"]["iconUri"].startswith("https://")
    video, phone, more = data["entryPoints"]
    assert video == {
        "entryPointType": "video",
        "uri": f"https://meet.google.com/{code}",
        "label": f"meet.google.com/{code}",
    }
    assert phone["entryPointType"] == "phone"
    assert phone["uri"].startswith("tel:+1-")
    assert phone["label"].startswith("+1 ")
    assert phone["regionCode"] == "US"
    assert re.fullmatch(r"\d+", phone["pin"])
    assert more["entryPointType"] == "more"
    assert more["uri"].startswith(f"https://tel.meet/{code}?pin=")
    assert "label" not in more


def test_the_create_request_stays_and_says_success(me, asked, clock):
    event = asked()
    clock.advance(1)
    assert me.get(event["id"])["conferenceData"]["createRequest"] == {
        "requestId": "request-1",
        "conferenceSolutionKey": {"type": "hangoutsMeet"},
        "status": {"statusCode": "success"},
    }


def test_the_video_address_is_the_hangout_link(me, asked, clock):
    event = asked()
    clock.advance(1)
    event = me.get(event["id"])
    assert event["hangoutLink"] == event["conferenceData"]["entryPoints"][0]["uri"]


def test_a_conference_is_signed(me, asked, clock):
    event = asked()
    assert "signature" not in event["conferenceData"]
    clock.advance(1)
    assert me.get(event["id"])["conferenceData"]["signature"]


def test_the_conference_gives_the_event_a_new_etag_and_update(me, asked, clock):
    event = asked()
    token = me.list()["nextSyncToken"]
    clock.advance(60)
    ready = me.get(event["id"])
    assert ready["etag"] != event["etag"]
    assert ready["updated"] == "2026-03-02T09:00:00.500Z"
    assert me.items(syncToken=token) == [ready]


def test_a_listing_sees_the_conference_too(me, asked, clock):
    asked()
    clock.advance(1)
    assert status(me.items()[0]) == "success"


def test_two_conferences_are_two_meetings(me, asked, clock):
    events = [asked(), asked()]
    clock.advance(1)
    codes = {me.get(event["id"])["conferenceData"]["conferenceId"] for event in events}
    assert len(codes) == 2


def test_the_conference_id_of_an_event_hangout_is_unset(me, meeting, clock):
    allow(me, "eventHangout")
    event = me.insert({**meeting, **request("eventHangout")}, conferenceDataVersion=1)
    clock.advance(1)
    event = me.get(event["id"])
    assert "conferenceId" not in event["conferenceData"]
    assert event["conferenceData"]["conferenceSolution"]["key"] == {"type": "eventHangout"}
    assert event["hangoutLink"].startswith("https://hangouts.google.com/")


def test_the_conference_id_of_a_named_hangout_is_its_name(me, meeting, clock):
    allow(me, "eventNamedHangout")
    event = me.insert({**meeting, **request("eventNamedHangout")}, conferenceDataVersion=1)
    clock.advance(1)
    data = me.get(event["id"])["conferenceData"]
    assert data["entryPoints"][0]["uri"].endswith("/" + data["conferenceId"])


@pytest.mark.parametrize("version", [None, 0])
def test_without_version_1_conference_data_in_an_insert_is_ignored(me, meeting, version):
    query = {} if version is None else {"conferenceDataVersion": version}
    assert "conferenceData" not in me.insert({**meeting, **request()}, **query)


@pytest.mark.parametrize("data", ["nonsense", 5, {"entryPoints": "x"}, {"notes": "x" * 5000}])
def test_without_version_1_conference_data_may_be_anything(me, meeting, data):
    assert "conferenceData" not in me.insert({**meeting, "conferenceData": data})


def test_without_version_1_a_stored_conference_stays(me, asked, meeting, clock):
    event = asked()
    clock.advance(1)
    ready = me.get(event["id"])
    patched = me.patch(event["id"], {"summary": "New", "conferenceData": None})
    assert patched["conferenceData"] == ready["conferenceData"]
    updated = me.update(event["id"], {**meeting, "conferenceData": None})
    assert updated["conferenceData"] == ready["conferenceData"]
    assert updated["hangoutLink"] == ready["hangoutLink"]


def test_a_version_that_there_is_not_is_refused(me, meeting):
    error = me.insert_error(meeting, conferenceDataVersion=2)
    assert (error["reason"], error["location"]) == ("invalidParameter", "conferenceDataVersion")
    assert error["message"] == "Invalid value '2'. Values must be within the range: [0, 1]"


def test_null_in_a_patch_removes_the_conference(me, asked, clock):
    event = asked()
    clock.advance(1)
    patched = me.patch(event["id"], {"conferenceData": None}, conferenceDataVersion=1)
    assert not {"conferenceData", "hangoutLink"} & set(patched)


def test_a_patch_that_does_not_mention_it_leaves_the_conference(me, asked, clock):
    event = asked()
    clock.advance(1)
    patched = me.patch(event["id"], {"summary": "New"}, conferenceDataVersion=1)
    assert status(patched) == "success"


def test_an_update_without_it_removes_the_conference(me, asked, meeting, clock):
    event = asked()
    clock.advance(1)
    assert "conferenceData" not in me.update(event["id"], meeting, conferenceDataVersion=1)


def test_a_conference_that_is_removed_while_it_is_pending_is_never_made(me, asked, clock):
    event = asked()
    removed = me.patch(event["id"], {"conferenceData": None}, conferenceDataVersion=1)
    clock.advance(1)
    assert me.get(event["id"]) == removed


def test_a_request_id_that_the_event_already_had_is_ignored(me, asked, clock):
    event = asked()
    clock.advance(1)
    ready = me.get(event["id"])
    assert me.patch(event["id"], request(), conferenceDataVersion=1) == ready
    assert me.update(event["id"], {**ready, **request()}, conferenceDataVersion=1) == ready


def test_a_request_id_is_ignored_also_when_the_conference_was_removed_since(me, asked, clock):
    event = asked()
    clock.advance(1)
    me.patch(event["id"], {"conferenceData": None}, conferenceDataVersion=1)
    assert "conferenceData" not in me.patch(event["id"], request(), conferenceDataVersion=1)


def test_the_same_request_id_on_another_event_is_a_new_request(asked):
    assert status(asked()) == status(asked()) == "pending"


def test_a_new_request_id_makes_a_new_conference(me, asked, clock):
    event = asked()
    clock.advance(1)
    before = me.get(event["id"])["conferenceData"]["conferenceId"]
    patched = me.patch(event["id"], request(request_id="request-2"), conferenceDataVersion=1)
    assert status(patched) == "pending"
    assert not {"entryPoints", "conferenceId", "signature"} & set(patched["conferenceData"])
    assert "hangoutLink" not in patched
    clock.advance(1)
    ready = me.get(event["id"])["conferenceData"]
    assert ready["createRequest"]["requestId"] == "request-2"
    assert ready["conferenceId"] != before


def test_a_new_request_replaces_one_that_is_pending(me, asked, clock):
    event = asked()
    clock.advance(0.4)
    me.patch(event["id"], request(request_id="request-2"), conferenceDataVersion=1)
    clock.advance(0.2)
    assert status(me.get(event["id"])) == "pending"
    clock.advance(0.3)
    assert me.get(event["id"])["conferenceData"]["createRequest"]["requestId"] == "request-2"
    assert status(me.get(event["id"])) == "success"


def test_a_request_without_an_id_is_refused(me, meeting):
    body = {**meeting, "conferenceData": {"createRequest": {}}}
    assert "conferenceData" in me.insert({**meeting, **request()}, conferenceDataVersion=1)
    error = me.insert_error(
        {
            **meeting,
            "conferenceData": {
                "createRequest": {"conferenceSolutionKey": {"type": "hangoutsMeet"}}
            },
        },
        conferenceDataVersion=1,
    )
    assert (error["reason"], error["message"]) == ("required", "Missing conference request ID.")
    assert me.insert_error(body, conferenceDataVersion=1)["status"] == 400


def test_without_a_solution_key_the_calendars_first_type_is_meant(me, meeting, clock):
    allow(me, "eventNamedHangout", "hangoutsMeet")
    event = me.insert({**meeting, **request(None)}, conferenceDataVersion=1)
    key = event["conferenceData"]["createRequest"]["conferenceSolutionKey"]
    assert key == {"type": "eventNamedHangout"}


@pytest.mark.parametrize("kind", ["eventHangout", "eventNamedHangout", "addOn", "zoom"])
def test_a_type_that_the_calendar_does_not_allow_is_refused(me, meeting, kind):
    error = me.insert_error({**meeting, **request(kind)}, conferenceDataVersion=1)
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["message"] == "Invalid conference type value."
    assert me.items() == []


def test_a_calendar_that_allows_nothing_makes_no_conference(me, meeting):
    allow(me)
    for kind in ("hangoutsMeet", None):
        error = me.insert_error({**meeting, **request(kind)}, conferenceDataVersion=1)
        assert error["message"] == "Invalid conference type value."


@pytest.mark.parametrize("failure", [True, {"hangoutsMeet"}, ["hangoutsMeet", "eventHangout"]])
def test_a_failed_request_has_neither_entry_points_nor_signature(caller, meeting, failure):
    clock = Clock.frozen(datetime(2026, 3, 2, tzinfo=UTC))
    with Emulator(clock=clock, conference_failure=failure) as emulator:
        me = caller(emulator)
        event = me.insert({**meeting, **request()}, conferenceDataVersion=1)
        assert status(event) == "pending"
        clock.advance(1)
        failed = me.get(event["id"])
        assert failed["conferenceData"] == {
            "createRequest": {
                "requestId": "request-1",
                "conferenceSolutionKey": {"type": "hangoutsMeet"},
                "status": {"statusCode": "failure"},
            }
        }
        assert "hangoutLink" not in failed
        assert failed["etag"] != event["etag"]


def test_only_the_types_that_are_to_fail_fail(caller, meeting):
    clock = Clock.frozen(datetime(2026, 3, 2, tzinfo=UTC))
    with Emulator(clock=clock, conference_failure={"eventHangout"}) as emulator:
        me = caller(emulator)
        event = me.insert({**meeting, **request()}, conferenceDataVersion=1)
        clock.advance(1)
        assert status(me.get(event["id"])) == "success"


def test_after_a_failure_a_new_request_may_succeed(caller, meeting):
    clock = Clock.frozen(datetime(2026, 3, 2, tzinfo=UTC))
    with Emulator(clock=clock, conference_failure=True) as emulator:
        me = caller(emulator)
        event = me.insert({**meeting, **request()}, conferenceDataVersion=1)
        clock.advance(1)
        me.get(event["id"])
        emulator.conference_failure = False
        me.patch(event["id"], request(request_id="request-2"), conferenceDataVersion=1)
        clock.advance(1)
        assert status(me.get(event["id"])) == "success"


def test_notes_and_parameters_of_a_request_are_kept(me, asked, clock):
    parameters = {"addOnParameters": {"parameters": {"a": "b"}}}
    event = asked(notes="<b>Mind the gap</b>", parameters=parameters)
    clock.advance(1)
    data = me.get(event["id"])["conferenceData"]
    assert (data["notes"], data["parameters"]) == ("<b>Mind the gap</b>", parameters)


def test_notes_may_be_added_while_the_request_is_pending_and_afterwards(me, asked, clock):
    event = asked()
    pending = me.patch(event["id"], {"conferenceData": {"notes": "first"}}, conferenceDataVersion=1)
    assert status(pending) == "pending"
    clock.advance(1)
    assert me.get(event["id"])["conferenceData"]["notes"] == "first"
    patched = me.patch(
        event["id"], {"conferenceData": {"notes": "second"}}, conferenceDataVersion=1
    )
    assert patched["conferenceData"]["notes"] == "second"
    assert patched["hangoutLink"]


def test_every_instance_of_a_series_has_the_series_conference(me, timed, clock):
    body = timed(
        "2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", recurrence=["RRULE:FREQ=DAILY;COUNT=2"]
    )
    series = me.insert({**body, **request()}, conferenceDataVersion=1)
    me.patch(f"{series['id']}_20260303T100000Z", {"summary": "special"})
    clock.advance(1)
    items = me.items(singleEvents="true")
    links = {item["hangoutLink"] for item in items}
    assert len(items) == 2
    assert links == {me.get(series["id"])["hangoutLink"]}


def test_an_event_that_was_deleted_meanwhile_stays_deleted(me, asked, clock):
    event = asked()
    me.delete(event["id"])
    clock.advance(1)
    assert me.get(event["id"])["status"] == "cancelled"


def test_a_pending_conference_is_finished_after_a_restart(tmp_path, caller, meeting):
    clock = Clock.frozen(datetime(2026, 3, 2, tzinfo=UTC))
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        event = caller(emulator).insert({**meeting, **request()}, conferenceDataVersion=1)
    clock.advance(1)
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        assert status(caller(emulator).get(event["id"])) == "success"
