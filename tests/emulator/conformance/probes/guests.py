"""The guests of an event: the fields of an attendee, and what guests may do."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import meeting

PRIMARY = {"calendarId": "primary"}
ANN = "ann@example.com"


@shows(
    "Event.attendees",
    "EventAttendee.{additionalGuests,comment,displayName,email,id,optional,responseStatus}",
)
def guests_are_kept_as_they_were_given(stage):
    guest = {
        "email": "eve@elsewhere.example",
        "id": "17",
        "displayName": "Eve",
        "optional": True,
        "responseStatus": "tentative",
        "comment": "Perhaps",
        "additionalGuests": 2,
    }
    event = stage.me.insert(meeting(attendees=[guest]))
    assert event["attendees"] == [guest]
    assert stage.me.event(event["id"])["attendees"] == [guest]
    for bad, reason in (({"displayName": "Nobody"}, "required"), ({"email": "no"}, "invalid")):
        refused = stage.me.refused("events.insert", meeting(attendees=[bad]), **PRIMARY)
        assert refused == (400, reason)


@shows("EventAttendee.{organizer,self,responseStatus,email}")
def each_guest_has_a_copy_in_which_they_are_themselves(stage):
    ann = stage.ann
    guests = [{"email": "me@example.com"}, {"email": ANN}]
    event = stage.me.insert(meeting(attendees=guests))["id"]

    def marked(person, mark):
        return [one["email"] for one in person.event(event)["attendees"] if one.get(mark)]

    assert marked(stage.me, "organizer") == marked(ann, "organizer") == ["me@example.com"]
    assert (marked(stage.me, "self"), marked(ann, "self")) == (["me@example.com"], [ANN])
    ann.patch(event, {"attendees": [guests[0], {"email": ANN, "responseStatus": "accepted"}]})
    answers = {one["email"]: one["responseStatus"] for one in stage.me.event(event)["attendees"]}
    assert answers[ANN] == "accepted"


@shows("EventAttendee.resource")
def whether_a_guest_is_a_room_never_changes(stage):
    room = {"email": "room@elsewhere.example", "resource": True}
    event = stage.me.insert(meeting(attendees=[room]))
    assert event["attendees"][0]["resource"] is True
    after = stage.me.patch(event["id"], {"attendees": [{**room, "resource": False}]})
    assert after["attendees"][0]["resource"] is True


@shows("Event.attendeesOmitted")
def with_guests_left_out_only_the_answer_of_the_participant_changes(stage):
    ann = stage.ann
    stage.person("bob@example.com")
    guests = [{"email": ANN}, {"email": "bob@example.com"}]
    event = stage.me.insert(meeting(attendees=guests))["id"]
    own = {"email": ANN, "responseStatus": "declined"}
    ann.patch(event, {"attendeesOmitted": True, "attendees": [own]})
    answers = {one["email"]: one["responseStatus"] for one in stage.me.event(event)["attendees"]}
    assert answers == {ANN: "declined", "bob@example.com": "needsAction"}


@shows("Event.{guestsCanModify,guestsCanInviteOthers,guestsCanSeeOtherGuests}")
def guests_may_do_what_the_organizer_lets_them(stage):
    ann = stage.ann
    stage.person("bob@example.com")
    guests = [{"email": ANN}, {"email": "bob@example.com"}]
    more = {"attendees": [*guests, {"email": "eve@elsewhere.example"}]}
    closed = {"guestsCanInviteOthers": False, "guestsCanSeeOtherGuests": False}
    event = stage.me.insert(meeting(attendees=guests, **closed))["id"]
    assert [one["email"] for one in ann.event(event)["attendees"]] == [ANN]
    ann.call("events.patch", {"summary": "Hers", **more}, **PRIMARY, eventId=event)
    mine = stage.me.event(event)
    assert (mine["summary"], len(mine["attendees"])) == ("Meeting", 2)
    free = {"guestsCanModify": True, "guestsCanInviteOthers": True, "guestsCanSeeOtherGuests": True}
    stage.me.patch(event, free)
    ann.patch(event, {"summary": "Ours", **more})
    mine = stage.me.event(event)
    assert (mine["summary"], len(mine["attendees"])) == ("Ours", 3)


@shows("Event.{visibility,transparency,source}")
def what_is_private_is_hidden_from_readers(stage):
    me, ann = stage.me, stage.ann
    me.share(ANN, "reader")
    source = {"title": "A page", "url": "https://example.com/page"}
    secret = me.insert(meeting(summary="Secret", visibility="private", source=source))["id"]
    shared = me.insert(meeting(summary="Open", source=source))["id"]
    seen = ann.event(secret, "me@example.com")
    assert (seen.get("summary"), seen["visibility"]) == (None, "private")
    # "Can only be seen or modified by the creator of the event."
    assert "source" not in ann.event(shared, "me@example.com")
    assert me.event(shared)["source"] == source
    free = me.insert(meeting(transparency="transparent", visibility="private"))["id"]
    at = {"calendarId": "me@example.com", "eventId": free}
    assert ann.refused("events.get", **at) == (404, "notFound")
