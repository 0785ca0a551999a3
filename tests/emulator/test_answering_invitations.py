"""What guests do with an invitation: answer it, change what is theirs, what they may, and take it off."""

import pytest

GUESTS = [{"email": "ann@example.com"}, {"email": "bob@example.org"}]


@pytest.fixture
def event(me, ann, bob, meeting):
    return me.insert({**meeting, "attendees": GUESTS})


@pytest.fixture
def open_event(me, ann, bob, meeting):
    return me.insert({**meeting, "attendees": GUESTS, "guestsCanModify": True})


@pytest.fixture
def series(me, ann, bob, timed):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", summary="Standup")
    return me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"], "attendees": GUESTS})


def instance(series, day):
    return f"{series['id']}_202603{day:02}T100000Z"


def responses(event):
    return {one["email"]: one["responseStatus"] for one in event["attendees"]}


def answer(status, email="ann@example.com", **more):
    """A guest list in which one has answered."""
    return {
        "attendees": [
            {**one, "responseStatus": status, **more} if one["email"] == email else one
            for one in GUESTS
        ]
    }


def refused(caller, event_id, body, method="PATCH"):
    error = caller.error(method, f"/calendars/primary/events/{event_id}", body)
    assert error["message"] == (
        "Shared properties can only be changed by the organizer of the event."
    )
    return (error["status"], error["domain"], error["reason"]) == (
        403,
        "calendar",
        "forbiddenForNonOrganizer",
    )


# Answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["accepted", "declined", "tentative"])
def test_an_answer_is_on_every_copy(event, me, ann, bob, status):
    patched = ann.patch(event["id"], answer(status))
    expected = {"ann@example.com": status, "bob@example.org": "needsAction"}
    for calendar in (me, ann, bob):
        assert responses(calendar.get(event["id"])) == expected
    assert patched == ann.get(event["id"])


def test_a_comment_and_additional_guests_travel_with_the_answer(event, me, ann, bob):
    ann.patch(event["id"], answer("accepted", comment="With pleasure", additionalGuests=2))
    for calendar in (me, bob):
        first = calendar.get(event["id"])["attendees"][0]
        assert (first["comment"], first["additionalGuests"]) == ("With pleasure", 2)
    ann.patch(event["id"], answer("accepted"))
    assert not {"comment", "additionalGuests"} & set(me.get(event["id"])["attendees"][0])


def test_fewer_than_no_additional_guests_cannot_come(event, ann):
    error = ann.error(
        "PATCH",
        f"/calendars/primary/events/{event['id']}",
        answer("accepted", additionalGuests=-1),
    )
    assert (error["status"], error["reason"]) == (400, "invalid")


def test_an_answer_alone_is_enough_when_attendees_are_omitted(event, me, ann):
    own = {"email": "ann@example.com", "responseStatus": "accepted", "displayName": "Not Ann"}
    ann.patch(event["id"], {"attendeesOmitted": True, "attendees": [own]})
    stored = me.get(event["id"])
    assert responses(stored) == {"ann@example.com": "accepted", "bob@example.org": "needsAction"}
    assert "displayName" not in stored["attendees"][0]


def test_with_attendees_omitted_nobody_answers_for_another(event, me):
    others = {"email": "ann@example.com", "responseStatus": "accepted"}
    me.patch(event["id"], {"attendeesOmitted": True, "attendees": [others]})
    assert responses(me.get(event["id"]))["ann@example.com"] == "needsAction"


def test_a_guest_does_not_answer_for_another(event, me, ann):
    ann.patch(event["id"], answer("declined", email="bob@example.org"))
    assert responses(me.get(event["id"]))["bob@example.org"] == "needsAction"


def test_an_organizer_who_sends_the_list_back_keeps_the_answers(event, me, ann):
    ann.patch(event["id"], answer("accepted"))
    me.patch(event["id"], {"attendees": me.get(event["id"])["attendees"], "summary": "New"})
    assert responses(ann.get(event["id"]))["ann@example.com"] == "accepted"


def test_an_organizer_who_leaves_the_answers_out_starts_anew(event, me, ann):
    # https://github.com/macro-inc/macro/pull/6062
    ann.patch(event["id"], answer("accepted"))
    me.patch(event["id"], {"attendees": GUESTS})
    assert responses(ann.get(event["id"]))["ann@example.com"] == "needsAction"


def test_an_update_with_what_was_read_answers_too(event, me, ann):
    copy = ann.get(event["id"])
    copy["attendees"][0]["responseStatus"] = "accepted"
    ann.update(event["id"], copy)
    assert responses(me.get(event["id"]))["ann@example.com"] == "accepted"


def test_an_answer_to_a_series_counts_for_every_instance(series, me, ann):
    me.patch(instance(series, 4), {"summary": "Special"})
    ann.patch(series["id"], answer("accepted"))
    for item in me.items(singleEvents="true"):
        assert responses(item)["ann@example.com"] == "accepted"


def test_an_answer_to_an_instance_counts_for_it_alone(series, me, ann, bob):
    ann.patch(instance(series, 4), answer("declined"))
    for calendar in (me, ann, bob):
        answers = [
            responses(item)["ann@example.com"] for item in calendar.items(singleEvents="true")
        ]
        assert answers == ["needsAction", "declined", "needsAction", "needsAction"]
        assert calendar.get(instance(series, 4))["recurringEventId"] == series["id"]


def test_who_declined_one_instance_has_declined_it_when_they_accept_the_series(series, me, ann):
    ann.patch(instance(series, 4), answer("declined"))
    ann.patch(series["id"], answer("accepted"))
    answers = [responses(item)["ann@example.com"] for item in me.items(singleEvents="true")]
    assert answers == ["accepted", "declined", "accepted", "accepted"]


def test_a_declined_event_does_not_make_busy(event, ann):
    window = {"timeMin": "2026-03-03T00:00:00Z", "timeMax": "2026-03-04T00:00:00Z"}
    query = {**window, "items": [{"id": "ann@example.com"}]}
    busy = ann.ok("POST", "/freeBusy", query)["calendars"]["ann@example.com"]["busy"]
    assert len(busy) == 1
    ann.patch(event["id"], answer("declined"))
    busy = ann.ok("POST", "/freeBusy", query)["calendars"]["ann@example.com"]["busy"]
    assert busy == []


# A copy's own -------------------------------------------------------------------------------------------

PRIVATE = {
    "colorId": "7",
    "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]},
    "transparency": "transparent",
    "visibility": "private",
    "extendedProperties": {"private": {"mine": "1"}},
}


@pytest.mark.parametrize("name", PRIVATE)
def test_what_is_private_to_a_copy_stays_on_it(event, me, ann, bob, name):
    before = me.get(event["id"]), bob.get(event["id"])
    assert ann.patch(event["id"], {name: PRIVATE[name]})[name] == PRIVATE[name]
    assert (me.get(event["id"]), bob.get(event["id"])) == before
    me.patch(event["id"], {"summary": "New"})
    copy = ann.get(event["id"])
    assert (copy[name], copy["summary"]) == (PRIVATE[name], "New")


def test_what_is_private_may_differ_from_instance_to_instance(series, me, ann):
    ann.patch(series["id"], {"colorId": "7"})
    ann.patch(instance(series, 4), {"colorId": "8"})
    me.patch(series["id"], {"summary": "New"})
    items = ann.items(singleEvents="true")
    assert [item["colorId"] for item in items] == ["7", "8", "7", "7"]
    assert {item["summary"] for item in items} == {"New"}
    assert len(me.items()) == 1


def test_an_answer_and_what_is_private_may_be_given_in_one(event, me, ann):
    ann.patch(event["id"], {**answer("accepted"), "colorId": "7"})
    assert ann.get(event["id"])["colorId"] == "7"
    assert responses(me.get(event["id"]))["ann@example.com"] == "accepted"


# Rights -------------------------------------------------------------------------------------------------

SHARED = {
    "summary": "New",
    "description": "New",
    "location": "There",
    "status": "tentative",
    "start": {"dateTime": "2026-03-03T10:30:00Z"},
    "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"],
    "extendedProperties": {"shared": {"ours": "1"}},
}


@pytest.mark.parametrize("name", SHARED)
def test_a_guest_does_not_change_what_is_everybodys(event, me, ann, name):
    before = me.get(event["id"]), ann.get(event["id"])
    assert refused(ann, event["id"], {name: SHARED[name]})
    assert (me.get(event["id"]), ann.get(event["id"])) == before


@pytest.mark.parametrize("name", SHARED)
def test_a_guest_who_may_modify_an_event_changes_it_for_everybody(open_event, me, ann, bob, name):
    patched = ann.patch(open_event["id"], {name: SHARED[name]})
    for calendar in (me, bob):
        assert calendar.get(open_event["id"])[name] == patched[name] != open_event.get(name)
    assert me.get(open_event["id"])["organizer"]["email"] == "me@example.com"


def test_a_new_time_by_a_guest_has_a_new_sequence_number(open_event, me, ann):
    ann.patch(open_event["id"], {"start": SHARED["start"]})
    assert me.get(open_event["id"])["sequence"] == ann.get(open_event["id"])["sequence"] == 1


@pytest.mark.parametrize(
    "name", ["guestsCanModify", "guestsCanInviteOthers", "guestsCanSeeOtherGuests"]
)
def test_the_rights_of_guests_are_the_organizers_to_give(open_event, me, ann, name):
    assert refused(
        ann, open_event["id"], {name: not open_event.get(name, name != "guestsCanModify")}
    )


def test_an_update_without_shared_properties_would_reset_them(me, ann, meeting):
    # "if your request doesn't include any shared properties, this is equivalent to trying to set them to their default
    # values"  https://developers.google.com/workspace/calendar/api/guides/errors
    event = me.insert({**meeting, "attendees": GUESTS, "guestsCanInviteOthers": False})
    copy = ann.get(event["id"])
    del copy["guestsCanInviteOthers"]
    assert refused(ann, event["id"], copy, method="PUT")


def test_a_guest_invites_others(event, me, ann, bob, caller, emulator):
    new = caller(emulator, "new@example.com")
    invited = {"email": "new@example.com", "responseStatus": "accepted"}
    ann.patch(event["id"], {"attendees": [*GUESTS, invited]})
    assert responses(me.get(event["id"]))["new@example.com"] == "needsAction"
    assert len(bob.get(event["id"])["attendees"]) == 3
    assert new.get(event["id"])["organizer"]["email"] == "me@example.com"


def test_a_guest_who_may_not_invite_others_does_not(me, ann, bob, meeting):
    event = me.insert({**meeting, "attendees": GUESTS, "guestsCanInviteOthers": False})
    body = {"attendees": [*GUESTS, {"email": "new@example.com"}]}
    assert refused(ann, event["id"], body)


def test_a_guest_removes_nobody(event, me, ann):
    assert refused(ann, event["id"], {"attendees": [{"email": "ann@example.com"}]})
    assert refused(ann, event["id"], {"attendees": []})
    assert len(me.get(event["id"])["attendees"]) == 2


def test_a_guest_who_may_modify_an_event_removes_others_and_themselves(open_event, me, ann, bob):
    ann.patch(open_event["id"], {"attendees": [{"email": "ann@example.com"}]})
    assert bob.items() == []
    ann.patch(open_event["id"], {"attendees": []})
    assert ann.items() == []
    assert "attendees" not in me.get(open_event["id"])


def test_a_guest_who_may_modify_an_event_changes_instances_and_the_series(me, ann, bob, timed):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", summary="Standup")
    series = me.insert(
        {
            **body,
            "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"],
            "attendees": GUESTS,
            "guestsCanModify": True,
        }
    )
    ann.patch(instance(series, 4), {"summary": "Special"})
    ann.patch(series["id"], {"summary": "Renamed"})
    for calendar in (me, ann, bob):
        summaries = [item["summary"] for item in calendar.items(singleEvents="true")]
        assert summaries == ["Renamed", "Special", "Renamed", "Renamed"]


def test_a_guest_who_may_modify_an_event_gives_it_a_conference(open_event, me, ann, bob, clock):
    create = {"conferenceData": {"createRequest": {"requestId": "r"}}}
    ann.patch(open_event["id"], create, conferenceDataVersion=1)
    clock.advance(1)
    links = {calendar.get(open_event["id"])["hangoutLink"] for calendar in (me, ann, bob)}
    assert len(links) == 1


def test_a_guest_without_that_right_gives_it_none(event, me, ann):
    error = ann.error(
        "PATCH",
        f"/calendars/primary/events/{event['id']}",
        {"conferenceData": {"createRequest": {"requestId": "r"}}},
        conferenceDataVersion=1,
    )
    assert error["reason"] == "forbiddenForNonOrganizer"
    assert "conferenceData" not in me.get(event["id"])


def test_a_guest_does_not_move_an_event(event, ann):
    team = ann.ok("POST", "/calendars", {"summary": "Team"})
    path = f"/calendars/primary/events/{event['id']}/move"
    error = ann.error("POST", path, destination=team["id"])
    assert error["reason"] == "cannotChangeOrganizer"


def test_what_was_imported_from_elsewhere_is_the_guests_own_to_change(me, meeting):
    imported = me.ok(
        "POST",
        "/calendars/primary/events/import",
        {
            **meeting,
            "iCalUID": "uid",
            "organizer": {"email": "boss@other.example"},
            "attendees": [{"email": "me@example.com"}],
        },
    )
    patched = me.patch(imported["id"], {"summary": "New", **answer("accepted", "me@example.com")})
    assert patched["summary"] == "New"


# Taking a copy off --------------------------------------------------------------------------------------


def test_a_guest_who_deletes_their_copy_has_declined(event, me, ann, bob):
    ann.delete(event["id"])
    assert ann.items() == []
    for calendar in (me, bob):
        assert responses(calendar.get(event["id"]))["ann@example.com"] == "declined"
    left = ann.get(event["id"])
    assert (left["status"], left["summary"]) == ("cancelled", "Meeting")
    assert responses(left)["ann@example.com"] == "declined"


def test_a_status_of_cancelled_takes_a_copy_off_as_well(event, me, ann):
    ann.patch(event["id"], {"status": "cancelled"})
    assert ann.items() == []
    assert me.get(event["id"])["status"] == "confirmed"


def test_deleting_a_copy_twice_is_gone(event, ann):
    ann.delete(event["id"])
    error = ann.error("DELETE", f"/calendars/primary/events/{event['id']}")
    assert (error["status"], error["reason"]) == (410, "deleted")


def test_a_copy_that_was_taken_off_stays_off(event, me, ann):
    ann.delete(event["id"])
    me.patch(event["id"], {"summary": "New"})
    assert ann.items() == []


def test_a_copy_that_was_taken_off_can_be_put_on_again_as_it_is_by_then(event, me, ann):
    ann.delete(event["id"])
    me.patch(event["id"], {"summary": "New"})
    ann.patch(event["id"], {"status": "confirmed"})
    (copy,) = ann.items()
    assert copy["summary"] == "New"
    assert responses(copy)["ann@example.com"] == "declined"


def test_accepting_what_was_taken_off_puts_it_on_again(event, me, ann):
    ann.delete(event["id"])
    ann.patch(event["id"], answer("accepted"))
    assert [copy["status"] for copy in ann.items()] == ["confirmed"]
    assert responses(me.get(event["id"]))["ann@example.com"] == "accepted"


def test_a_guest_who_is_asked_again_has_the_event_again(event, me, ann):
    ann.delete(event["id"])
    me.patch(event["id"], {"attendees": GUESTS})
    assert len(ann.items()) == 1


def test_a_series_can_be_taken_off_and_put_on_again(series, me, ann):
    me.patch(instance(series, 4), {"summary": "Special"})
    ann.delete(series["id"])
    assert ann.items(singleEvents="true") == []
    assert {responses(item)["ann@example.com"] for item in me.items(singleEvents="true")} == {
        "declined"
    }
    ann.patch(series["id"], {"status": "confirmed"})
    summaries = [item["summary"] for item in ann.items(singleEvents="true")]
    assert summaries == ["Standup", "Special", "Standup", "Standup"]


def test_one_instance_can_be_taken_off(series, me, ann, bob):
    ann.delete(instance(series, 4))
    assert len(ann.items(singleEvents="true")) == 3
    assert len(bob.items(singleEvents="true")) == 4
    assert responses(me.get(instance(series, 4)))["ann@example.com"] == "declined"
    me.patch(series["id"], {"summary": "New"})
    assert len(ann.items(singleEvents="true")) == 3


def test_a_guest_of_one_instance_can_take_it_off(series, me, caller, emulator):
    eva = caller(emulator, "eva@example.com")
    eva.list()
    me.patch(instance(series, 4), {"attendees": [*GUESTS, {"email": "eva@example.com"}]})
    eva.delete(instance(series, 4))
    assert eva.items() == eva.items(singleEvents="true") == []
    assert eva.get(instance(series, 4))["status"] == "cancelled"
    assert responses(me.get(instance(series, 4)))["eva@example.com"] == "declined"


def test_a_guest_with_an_old_etag_changes_nothing(event, me, ann):
    copy = ann.get(event["id"])
    me.patch(event["id"], {"summary": "New"})
    path = f"/calendars/primary/events/{event['id']}"
    for method, body in (("PATCH", answer("accepted")), ("DELETE", None)):
        error = ann.error(method, path, body, headers={"If-Match": copy["etag"]})
        assert error["status"] == 412
    assert responses(me.get(event["id"]))["ann@example.com"] == "needsAction"


# Who writes on a guest's calendar -----------------------------------------------------------------------


def test_an_assistant_answers_for_the_owner_of_the_calendar(event, me, ann, caller, emulator):
    rule = {"role": "writer", "scope": {"type": "user", "value": "assistant@example.com"}}
    ann.ok("POST", "/calendars/primary/acl", rule)
    assistant = caller(emulator, "assistant@example.com")
    assistant.patch(event["id"], answer("accepted"), calendar="ann@example.com")
    assert responses(me.get(event["id"]))["ann@example.com"] == "accepted"


# Hidden invitations -------------------------------------------------------------------------------------


def test_invitations_without_an_answer_are_hidden_from_who_wants_that(event, ann, emulator):
    emulator.users.add("ann@example.com", settings={"hideInvitations": "true"})
    own = ann.insert({"start": {"date": "2026-03-05"}, "end": {"date": "2026-03-06"}})
    assert [item["id"] for item in ann.items()] == [own["id"]]
    assert len(ann.items(showHiddenInvitations="true")) == 2
    ann.patch(event["id"], answer("tentative"))
    assert len(ann.items()) == 2


def test_instances_of_hidden_invitations_are_hidden_too(series, ann, emulator):
    emulator.users.add("ann@example.com", settings={"hideInvitations": "true"})
    assert ann.items(singleEvents="true") == []
    assert len(ann.items(singleEvents="true", showHiddenInvitations="true")) == 4
    ann.patch(instance(series, 4), answer("accepted"))
    assert [item["id"] for item in ann.items(singleEvents="true")] == [instance(series, 4)]


def test_nobody_elses_setting_hides_an_invitation(event, me, ann, emulator):
    emulator.users.add("me@example.com", settings={"hideInvitations": "true"})
    assert len(ann.items()) == 1
    assert len(me.items()) == 1
