"""The fields of an event: which are kept as they were given, and which the server sets."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import all_day, daily, meeting

PRIMARY = {"calendarId": "primary"}
# What is kept as it was given, each beside a value that is not its default.
KEPT = {
    "anyoneCanAddSelf": True,
    "colorId": "7",
    "description": "<b>What</b> we talk about",
    "extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}},
    "gadget": {
        "display": "icon",
        "height": 120,
        "iconLink": "https://example.com/icon.png",
        "link": "https://example.com/gadget",
        "preferences": {"language": "cs"},
        "title": "Gadget",
        "type": "text/html",
        "width": 200,
    },
    "guestsCanInviteOthers": False,
    "guestsCanModify": True,
    "guestsCanSeeOtherGuests": False,
    "iCalUID": "kept@elsewhere.example",
    "id": "kept0",
    "location": "Prague",
    "sequence": 3,
    "source": {"title": "A page", "url": "https://example.com/page"},
    "status": "tentative",
    "summary": "Kept",
    "transparency": "transparent",
    "visibility": "private",
}


def same(given, answered):
    """Whether all that was given is answered, at every depth."""
    return all(answered.get(name) == value for name, value in given.items())


@shows(
    "Event.{anyoneCanAddSelf,colorId,description,extendedProperties,gadget,guestsCanInviteOthers}",
    "Event.{guestsCanModify,guestsCanSeeOtherGuests,iCalUID,id,location,sequence,source,status}",
    "Event.{summary,transparency,visibility}",
    "Event.extendedProperties.{private,shared}",
    "Event.gadget.{display,height,iconLink,link,preferences,title,type,width}",
    "Event.source.{title,url}",
)
def what_is_given_is_kept_through_insert_patch_and_update(stage):
    me = stage.me
    assert same(KEPT, me.insert(meeting(**KEPT)))
    assert same(KEPT, me.event("kept0"))
    assert same(KEPT, me.events()[0])
    changes = {name: value for name, value in KEPT.items() if name not in ("id", "iCalUID")}
    other = me.insert(meeting())["id"]
    assert same(changes, me.patch(other, changes))
    of = {**PRIMARY, "eventId": me.insert(meeting())["id"]}
    assert same(changes, me.ok("events.update", meeting(**changes), **of))
    assert same(changes, me.event(of["eventId"]))


@shows(
    "Event.{created,creator,etag,htmlLink,kind,updated,creator.email,creator.self}",
    "Event.{organizer,organizer.email,organizer.self}",
)
def what_the_server_sets_is_set_by_nobody_else(stage):
    me = stage.me
    lies = {
        "created": "2000-01-01T00:00:00Z",
        "updated": "2000-01-01T00:00:00Z",
        "creator": {"email": "eve@elsewhere.example"},
        "organizer": {"email": "eve@elsewhere.example"},
        "etag": '"1"',
        "htmlLink": "https://example.com/",
        "kind": "calendar#lie",
    }
    event = me.insert(meeting(**lies))
    mine = {"email": "me@example.com", "self": True}
    assert (event["kind"], event["creator"], event["organizer"]) == ("calendar#event", mine, mine)
    assert event["created"] == event["updated"] == "2026-03-02T09:00:00.000Z"
    assert event["htmlLink"].startswith("https://www.google.com/calendar/event?eid=")
    stage.wait(minutes=1)
    changed = me.patch(event["id"], {**lies, "summary": "Changed"})
    assert changed["created"] == event["created"]
    assert changed["updated"] == "2026-03-02T09:01:00.000Z"
    assert changed["etag"] not in (event["etag"], '"1"')


@shows("Event.{creator,organizer,organizer.email,organizer.displayName,creator.email}")
def a_secondary_calendar_is_the_organizer_of_its_events(stage):
    team = stage.me.new_calendar(summary="Team")
    event = stage.me.insert(meeting(), team)
    assert event["organizer"] == {"email": team, "displayName": "Team", "self": True}
    assert event["creator"] == {"email": "me@example.com"}


@shows("Event.creator.displayName", "Event.organizer.displayName")
def who_made_an_event_has_the_name_of_their_account(stage):
    stage.emulator.users.add("me@example.com", name="Me Myself")
    named = {"email": "me@example.com", "displayName": "Me Myself", "self": True}
    event = stage.me.insert(meeting(creator={"displayName": "Somebody else"}))
    assert event["creator"] == event["organizer"] == named
    assert "displayName" not in stage.ann.insert(meeting())["creator"]


@shows("Event.organizer.{displayName,email,id}")
def an_import_brings_its_organizer_along(stage):
    organizer = {"email": "eve@elsewhere.example", "displayName": "Eve", "id": "17"}
    guests = [{"email": "me@example.com"}]
    body = meeting(iCalUID="x@elsewhere.example", organizer=organizer, attendees=guests)
    assert stage.me.ok("events.import", body, **PRIMARY)["organizer"] == organizer


@shows("Event.{start,end}", "EventDateTime.{date,dateTime,timeZone}")
def times_are_answered_in_the_zone_of_the_calendar(stage):
    me = stage.me
    event = me.insert(daily())
    assert event["start"] == {"dateTime": "2026-03-03T08:00:00Z", "timeZone": "Europe/Prague"}
    assert event["end"] == {"dateTime": "2026-03-03T08:15:00Z", "timeZone": "Europe/Prague"}
    day = me.insert(all_day())
    assert (day["start"], day["end"]) == ({"date": "2026-03-03"}, {"date": "2026-03-04"})
    naive = {"start": {"dateTime": "2026-03-03T10:00:00"}}
    assert me.refused("events.insert", meeting(**naive), **PRIMARY) == (400, "required")
    unknown = {"start": {"dateTime": "2026-03-03T10:00:00", "timeZone": "Mars/Phobos"}}
    assert me.refused("events.insert", meeting(**unknown), **PRIMARY) == (400, "invalid")


@shows("Event.endTimeUnspecified")
def an_event_without_an_end_is_given_one(stage):
    body = meeting(endTimeUnspecified=True)
    del body["end"]
    event = stage.me.insert(body)
    assert event["endTimeUnspecified"] is True
    assert event["end"]["dateTime"] == "2026-03-03T11:00:00Z"
    del body["endTimeUnspecified"]
    assert stage.me.refused("events.insert", body, **PRIMARY) == (400, "required")


@shows("Event.{recurrence,recurringEventId,originalStartTime,status}")
def instances_of_a_series_know_it_and_when_they_would_be(stage):
    me = stage.me
    lines = ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Prague:20260304T090000"]
    series = me.insert(daily(recurrence=lines))
    assert series["recurrence"] == lines
    found = me.ok("events.instances", **PRIMARY, eventId=series["id"])["items"]
    starts = [event["start"]["dateTime"] for event in found]
    assert starts == ["2026-03-03T08:00:00Z", "2026-03-05T08:00:00Z"]
    instance = found[1]
    assert instance["recurringEventId"] == series["id"]
    assert "recurrence" not in instance
    moved = me.patch(instance["id"], {"start": {"dateTime": "2026-03-05T07:00:00Z"}})
    assert moved["originalStartTime"] == instance["start"]
    cancelled = me.patch(instance["id"], {"status": "cancelled"})
    assert cancelled["status"] == "cancelled"
    assert cancelled["originalStartTime"] == instance["start"]


@shows(
    "Event.reminders", "Event.reminders.{overrides,useDefault}", "EventReminder.{method,minutes}"
)
def reminders_come_from_the_calendar_or_from_the_event(stage):
    me = stage.me
    assert me.insert(meeting())["reminders"] == {"useDefault": True}
    own = {
        "useDefault": False,
        "overrides": [{"method": "email", "minutes": 1440}, {"method": "popup", "minutes": 10}],
    }
    event = me.insert(meeting(reminders=own))
    assert event["reminders"] == own
    stage.wait(minutes=1)
    # "Note that changing reminders does not also change the updated property of the enclosing event."
    changed = me.patch(event["id"], {"reminders": {"overrides": own["overrides"][:1]}})
    assert changed["updated"] == event["updated"]
    both = {"useDefault": True, "overrides": own["overrides"]}
    refused = me.refused("events.insert", meeting(reminders=both), **PRIMARY)
    assert refused == (400, "cannotUseDefaultRemindersAndSpecifyOverride")


@shows("Event.attachments", "EventAttachment.{fileId,fileUrl,iconLink,mimeType,title}")
def attachments_are_kept_and_files_of_drive_have_an_id(stage):
    file = {
        "fileUrl": "https://drive.google.com/file/d/1234567890abc/view",
        "title": "Agenda",
        "mimeType": "text/plain",
        "iconLink": "https://example.com/icon.png",
    }
    event = stage.me.insert(meeting(attachments=[file]), supportsAttachments=True)
    assert event["attachments"] == [{**file, "fileId": "1234567890abc"}]
    missing = meeting(attachments=[{"title": "No address"}])
    refused = stage.me.refused("events.insert", missing, **PRIMARY, supportsAttachments=True)
    assert refused == (400, "required")


@shows("Event.{privateCopy,attendees}")
def a_private_copy_goes_to_nobody(stage):
    ann = stage.ann
    guests = [{"email": "ann@example.com"}]
    body = meeting(iCalUID="x@elsewhere.example", attendees=guests, privateCopy=True)
    event = stage.me.ok("events.import", body, **PRIMARY)
    assert event["privateCopy"] is True
    assert ann.events() == []
    assert list(stage.emulator.outbox) == []
    stage.me.insert(meeting(attendees=guests))
    assert len(ann.events()) == 1


@shows("Event.eventLabelId")
def a_label_has_to_be_on_the_calendar(stage):
    me = stage.me
    label = {"id": "12345678-1234-4234-8234-123456789abc", "backgroundColor": "#039be5"}
    me.ok("calendars.patch", {"labelProperties": {"eventLabels": [label]}}, **PRIMARY)
    with_labels = {"eventLabelVersion": 1}
    event = me.insert(meeting(eventLabelId=label["id"]), **with_labels)
    assert event["eventLabelId"] == label["id"]
    unknown = meeting(eventLabelId="87654321-1234-4234-8234-123456789abc")
    assert me.refused("events.insert", unknown, **PRIMARY, **with_labels) == (400, "invalid")
    assert "eventLabelId" not in me.patch(event["id"], {"eventLabelId": ""}, **with_labels)
