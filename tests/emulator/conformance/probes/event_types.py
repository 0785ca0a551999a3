"""The types of events, and the properties that each has."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import all_day, meeting

PRIMARY = {"calendarId": "primary"}
INVITED = {"attendees": [{"email": "me@example.com"}]}


def type_of_refusal(stage, body):
    return stage.me.refused("events.insert", body, **PRIMARY)


def responses(event):
    return {guest["email"]: guest["responseStatus"] for guest in event["attendees"]}


@shows(
    "Event.{eventType,outOfOfficeProperties}",
    "EventOutOfOfficeProperties.{autoDeclineMode,declineMessage}",
)
def who_is_out_of_office_declines_by_itself(stage):
    ann = stage.ann
    properties = {
        "autoDeclineMode": "declineOnlyNewConflictingInvitations",
        "declineMessage": "I am away",
    }
    body = meeting(eventType="outOfOffice", outOfOfficeProperties=properties)
    event = stage.me.insert(body)
    assert (event["eventType"], event["outOfOfficeProperties"]) == ("outOfOffice", properties)
    invitation = ann.insert(meeting(**INVITED))
    [guest] = ann.event(invitation["id"])["attendees"]
    assert (guest["responseStatus"], guest["comment"]) == ("declined", "I am away")
    assert type_of_refusal(stage, all_day(**{**body, **all_day()})) == (
        400,
        "malformedOutOfOfficeEvent",
    )
    # "This cannot be modified after the event is created."
    assert stage.me.patch(event["id"], {"eventType": "default"})["eventType"] == "outOfOffice"


@shows(
    "Event.{eventType,focusTimeProperties}",
    "EventFocusTimeProperties.{autoDeclineMode,chatStatus,declineMessage}",
)
def focus_time_declines_all_that_is_in_its_way(stage):
    ann = stage.ann
    invitation = ann.insert(meeting(**INVITED))["id"]
    properties = {
        "autoDeclineMode": "declineAllConflictingInvitations",
        "chatStatus": "doNotDisturb",
        "declineMessage": "I am busy",
    }
    body = meeting(eventType="focusTime", focusTimeProperties=properties)
    event = stage.me.insert(body)
    assert event["focusTimeProperties"] == properties
    assert responses(ann.event(invitation)) == {"me@example.com": "declined"}
    unknown = {**properties, "chatStatus": "asleep"}
    assert type_of_refusal(stage, {**body, "focusTimeProperties": unknown}) == (400, "invalid")


WORKING = {
    "eventType": "workingLocation",
    "visibility": "public",
    "transparency": "transparent",
}


@shows(
    "Event.{eventType,workingLocationProperties}",
    "EventWorkingLocationProperties.{customLocation,homeOffice,officeLocation,type}",
    "EventWorkingLocationProperties.customLocation.label",
    "EventWorkingLocationProperties.officeLocation.{buildingId,deskId,floorId,floorSectionId,label}",
)
def where_somebody_works_has_the_details_of_its_kind(stage):
    office = {
        "buildingId": "B1",
        "deskId": "D2",
        "floorId": "3",
        "floorSectionId": "East",
        "label": "Head office",
    }
    for properties in (
        {"type": "homeOffice", "homeOffice": {}},
        {"type": "officeLocation", "officeLocation": office},
        {"type": "customLocation", "customLocation": {"label": "Café"}},
    ):
        body = all_day(workingLocationProperties=properties, **WORKING)
        assert stage.me.insert(body)["workingLocationProperties"] == properties
    # "Any other fields are ignored."
    both = {"type": "homeOffice", "homeOffice": {}, "officeLocation": office}
    event = stage.me.insert(all_day(workingLocationProperties=both, **WORKING))
    assert event["workingLocationProperties"] == {"type": "homeOffice", "homeOffice": {}}
    hidden = all_day(workingLocationProperties=both, **{**WORKING, "visibility": "private"})
    assert type_of_refusal(stage, hidden) == (400, "malformedWorkingLocationEvent")


@shows("Event.{eventType,birthdayProperties}", "EventBirthdayProperties.type")
def a_birthday_comes_back_each_year(stage):
    body = all_day(
        eventType="birthday",
        visibility="private",
        transparency="transparent",
        recurrence=["RRULE:FREQ=YEARLY"],
        birthdayProperties={"type": "birthday"},
    )
    event = stage.me.insert(body)
    assert (event["eventType"], event["birthdayProperties"]) == ("birthday", {"type": "birthday"})
    other = {**body, "birthdayProperties": {"type": "anniversary"}}
    assert type_of_refusal(stage, other) == (400, "eventTypeRestriction")
    assert type_of_refusal(stage, {**body, "recurrence": ["RRULE:FREQ=DAILY"]}) == (
        400,
        "eventTypeRestriction",
    )


@shows("EventBirthdayProperties.{contact,customTypeName,type}")
def the_day_of_a_contact_comes_from_elsewhere(stage):
    day = {
        "start": "2026-03-03",
        "recurrence": "FREQ=YEARLY",
        "eventType": "birthday",
        "visibility": "private",
        "transparency": "transparent",
        "birthdayProperties": {
            "type": "custom",
            "contact": "people/c12345",
            "customTypeName": "Name day",
        },
    }
    [event_id] = stage.emulator.seed_from({"events": [day]}).events
    event = stage.me.event(event_id)
    assert event["birthdayProperties"] == day["birthdayProperties"]
    # Read-only: what a call says of it is not heard.
    other = {"birthdayProperties": {"type": "birthday", "contact": "people/c6"}, "colorId": "7"}
    after = stage.me.patch(event_id, other)
    assert after["birthdayProperties"] == day["birthdayProperties"]


@shows("Event.{eventType,locked,privateCopy}")
def an_event_from_a_mail_is_locked(stage):
    flight = {"summary": "Flight", "start": "2026-03-03T10:00", "eventType": "fromGmail"}
    [event_id] = stage.emulator.seed_from({"events": [flight]}).events
    event = stage.me.event(event_id)
    assert (event["eventType"], event["locked"], event["privateCopy"]) == ("fromGmail", True, True)
    refused = stage.me.refused("events.patch", {"summary": "Mine"}, **PRIMARY, eventId=event_id)
    assert refused[0] == 400
    assert stage.me.patch(event_id, {"colorId": "7"})["colorId"] == "7"
    # "This type of event cannot be created."
    assert type_of_refusal(stage, meeting(eventType="fromGmail"))[0] == 400
