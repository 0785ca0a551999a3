"""The parameters of the methods that write events."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import meeting

PRIMARY = {"calendarId": "primary"}
GUEST = {"attendees": [{"email": "eve@elsewhere.example"}]}
LABEL = {"id": "12345678-1234-4234-8234-123456789abc", "backgroundColor": "#039be5"}


def writing(me, body):
    """For each method that takes an event, what writes this body with it: write(**parameters) -> the event.

    Each time it is another event.
    """

    def insert(**parameters):
        return me.insert({**meeting(), **body}, **parameters)

    def import_event(**parameters):
        number = len(me.stage.exchanges)
        uid = {"iCalUID": f"{number}@elsewhere.example"}
        return me.ok("events.import", {**meeting(), **uid, **body}, **PRIMARY, **parameters)

    def patch(**parameters):
        return me.patch(me.insert(meeting())["id"], body, **parameters)

    def update(**parameters):
        of = {**PRIMARY, "eventId": me.insert(meeting())["id"]}
        return me.ok("events.update", {**meeting(), **body}, **of, **parameters)

    return {"insert": insert, "import": import_event, "patch": patch, "update": update}


@shows("events.{import,insert,patch,update}?conferenceDataVersion")
def conference_data_counts_with_its_version_only(stage):
    body = {"conferenceData": {"createRequest": {"requestId": "one"}}}
    for write in writing(stage.me, body).values():
        assert "conferenceData" not in write()
        assert "conferenceData" not in write(conferenceDataVersion=0)
        data = write(conferenceDataVersion=1)["conferenceData"]
        assert data["createRequest"]["status"] == {"statusCode": "pending"}


@shows("events.{import,insert,patch,update}?supportsAttachments")
def attachments_count_for_whom_supports_them(stage):
    body = {"attachments": [{"fileUrl": "https://drive.google.com/file/d/1234567890abc/view"}]}
    for write in writing(stage.me, body).values():
        assert "attachments" not in write()
        assert write(supportsAttachments=True)["attachments"][0]["fileId"] == "1234567890abc"


@shows("events.{import,insert,patch,update}?eventLabelVersion", "Event.{colorId,eventLabelId}")
def a_label_counts_with_its_version_and_a_colour_without(stage):
    me = stage.me
    labels = {"labelProperties": {"eventLabels": [LABEL]}}
    me.ok("calendars.patch", labels, **PRIMARY)
    body = {"eventLabelId": LABEL["id"], "colorId": "7"}
    for write in writing(me, body).values():
        plain = write(eventLabelVersion=0)
        assert (plain.get("eventLabelId"), plain["colorId"]) == (None, "7")
        assert write(eventLabelVersion=1)["eventLabelId"] == LABEL["id"]


def mails_of(stage, call):
    """How many mails a call has sent."""
    stage.emulator.outbox.clear()
    call()
    return len(stage.emulator.outbox)


def telling(stage):
    """For each method that tells guests, what makes it tell one guest: call(**parameters)."""
    me = stage.me
    team = me.new_calendar()

    def event():
        return {**PRIMARY, "eventId": me.insert(meeting(**GUEST), sendUpdates="none")["id"]}

    def insert(**parameters):
        me.insert(meeting(**GUEST), **parameters)

    def patch(**parameters):
        me.ok("events.patch", {"location": "Prague"}, **event(), **parameters)

    def update(**parameters):
        body = meeting(summary="Changed", **GUEST)
        me.ok("events.update", body, **event(), **parameters)

    def delete(**parameters):
        me.call("events.delete", **event(), **parameters)

    def move(**parameters):
        me.ok("events.move", **event(), destination=team, **parameters)

    def quick_add(**parameters):
        text = "Lunch tomorrow at noon with eve@elsewhere.example"
        me.ok("events.quickAdd", **PRIMARY, text=text, **parameters)

    return insert, patch, update, delete, move, quick_add


@shows("events.{delete,insert,move,patch,quickAdd,update}?sendUpdates")
def guests_are_told_as_the_call_says(stage):
    for call in telling(stage):
        modes = ("all", "externalOnly", "none")
        sent = {mode: mails_of(stage, lambda: call(sendUpdates=mode)) for mode in modes}  # noqa: B023
        assert sent == {"all": 1, "externalOnly": 1, "none": 0}, call.__name__


@shows("events.{delete,insert,move,patch,quickAdd,update}?sendNotifications")
def guests_are_told_as_the_older_parameter_says(stage):
    for call in telling(stage):
        assert mails_of(stage, lambda: call(sendNotifications=True)) == 1, call.__name__  # noqa: B023
        assert mails_of(stage, lambda: call(sendNotifications=False)) == 0, call.__name__  # noqa: B023


@shows("events.move?destination", "Event.organizer")
def an_event_goes_where_it_is_sent(stage):
    me = stage.me
    event = {**PRIMARY, "eventId": me.insert(meeting())["id"]}
    first, second = me.new_calendar(), me.new_calendar()
    assert me.ok("events.move", **event, destination=first)["organizer"]["email"] == first
    assert me.events() == []
    event["calendarId"] = first
    assert me.ok("events.move", **event, destination=second)["organizer"]["email"] == second
    assert len(me.events(second)) == 1
    nowhere = me.refused("events.move", **{**event, "calendarId": second}, destination="x@y.z")
    assert nowhere == (404, "notFound")


@shows("events.quickAdd?text")
def a_phrase_says_what_and_when(stage):
    me = stage.me
    event = me.ok("events.quickAdd", **PRIMARY, text="Dinner tomorrow 7pm-9pm")
    assert event["summary"] == "Dinner"
    assert event["start"]["dateTime"] == "2026-03-03T19:00:00Z"
    assert event["end"]["dateTime"] == "2026-03-03T21:00:00Z"
    other = me.ok("events.quickAdd", **PRIMARY, text="Holiday on March 5")
    assert other["start"] == {"date": "2026-03-05"}
