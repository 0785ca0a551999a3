"""Conferences: made on request, and brought along."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import meeting

PRIMARY = {"calendarId": "primary"}
VERSION = {"conferenceDataVersion": 1}
FOREIGN = {
    "conferenceId": "42",
    "conferenceSolution": {
        "key": {"type": "addOn"},
        "name": "Talk",
        "iconUri": "https://example.com/icon.png",
    },
    "entryPoints": [
        {
            "entryPointType": "video",
            "uri": "https://example.com/42",
            "label": "example.com/42",
            "accessCode": "1",
            "meetingCode": "2",
            "passcode": "3",
            "password": "4",
        },
        {
            "entryPointType": "phone",
            "uri": "tel:+1-555-0100",
            "label": "+1 555-0100",
            "pin": "5",
            "regionCode": "US",
            "entryPointFeatures": ["toll-free"],
        },
    ],
    "notes": "Bring <b>tea</b>",
    "parameters": {"addOnParameters": {"parameters": {"host": "ann"}}},
}


@shows(
    "Event.{conferenceData,hangoutLink}",
    "ConferenceData.{conferenceId,conferenceSolution,createRequest,entryPoints,signature}",
    "ConferenceRequestStatus.statusCode",
    "ConferenceSolution.{iconUri,key,name}",
    "ConferenceSolutionKey.type",
    "CreateConferenceRequest.{conferenceSolutionKey,requestId,status}",
    "EntryPoint.{entryPointType,label,pin,regionCode,uri}",
)
def a_conference_is_made_a_moment_after_it_was_asked_for(stage):
    request = {"requestId": "one", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    event = stage.me.insert(meeting(conferenceData={"createRequest": request}), **VERSION)
    pending = {**request, "status": {"statusCode": "pending"}}
    assert event["conferenceData"] == {"createRequest": pending}
    stage.wait(seconds=1)
    after = stage.me.event(event["id"])
    data = after["conferenceData"]
    assert data["createRequest"] == {**request, "status": {"statusCode": "success"}}
    assert data["conferenceSolution"]["key"] == {"type": "hangoutsMeet"}
    assert data["conferenceSolution"]["name"] == "Google Meet"
    assert data["signature"]
    kinds = [entry_point["entryPointType"] for entry_point in data["entryPoints"]]
    assert kinds == ["video", "phone", "more"]
    assert data["entryPoints"][1]["regionCode"] == "US"
    assert after["hangoutLink"] == f"https://meet.google.com/{data['conferenceId']}"
    again = {"conferenceData": {"createRequest": request}}
    same = stage.me.patch(event["id"], again, **VERSION)
    assert same["conferenceData"]["conferenceId"] == data["conferenceId"]
    stage.emulator.conference_failure = True
    failing = meeting(conferenceData={"createRequest": {"requestId": "two"}})
    failed = stage.me.insert(failing, **VERSION)["id"]
    stage.wait(seconds=1)
    data = stage.me.event(failed)["conferenceData"]
    assert data["createRequest"]["status"] == {"statusCode": "failure"}
    assert "signature" not in data


@shows(
    "ConferenceData.{conferenceId,conferenceSolution,entryPoints,notes,parameters}",
    "ConferenceParameters.addOnParameters",
    "ConferenceParametersAddOnParameters.parameters",
    "ConferenceSolution.{iconUri,key,name}",
    "EntryPoint.{accessCode,entryPointFeatures,entryPointType,label,meetingCode,passcode}",
    "EntryPoint.{password,pin,regionCode,uri}",
)
def a_conference_from_elsewhere_is_kept_as_it_was_given(stage):
    event = stage.me.insert(meeting(conferenceData=FOREIGN), **VERSION)
    assert event["conferenceData"] == FOREIGN
    assert stage.me.event(event["id"])["conferenceData"] == FOREIGN
    wrong = [{"entryPointType": "phone", "uri": "https://example.com/"}]
    bad = meeting(conferenceData={**FOREIGN, "entryPoints": wrong})
    assert stage.me.refused("events.insert", bad, **PRIMARY, **VERSION) == (400, "invalid")


@shows("ConferenceData.signature")
def a_conference_that_was_made_here_is_copied_with_its_signature_only(stage):
    request = {"createRequest": {"requestId": "one"}}
    event = stage.me.insert(meeting(conferenceData=request), **VERSION)["id"]
    stage.wait(seconds=1)
    data = stage.me.event(event)["conferenceData"]
    signed = stage.me.insert(meeting(conferenceData=data), **VERSION)
    assert signed["conferenceData"]["conferenceId"] == data["conferenceId"]
    unsigned = {name: value for name, value in data.items() if name != "signature"}
    assert "conferenceData" not in stage.me.insert(meeting(conferenceData=unsigned), **VERSION)


@shows("ConferenceProperties.allowedConferenceSolutionTypes", "Calendar.conferenceProperties")
def a_calendar_says_which_conferences_it_takes(stage):
    types = {"conferenceProperties": {"allowedConferenceSolutionTypes": ["eventNamedHangout"]}}
    stage.me.ok("calendars.patch", types, **PRIMARY)
    request = {"requestId": "one", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    body = meeting(conferenceData={"createRequest": request})
    assert stage.me.refused("events.insert", body, **PRIMARY, **VERSION) == (400, "invalid")
    first = {"createRequest": {"requestId": "two"}}
    event = stage.me.insert(meeting(conferenceData=first), **VERSION)
    key = event["conferenceData"]["createRequest"]["conferenceSolutionKey"]
    assert key == {"type": "eventNamedHangout"}
