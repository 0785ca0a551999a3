"""The mails that Google would send about events."""

import pytest

GUESTS = [{"email": "ann@example.com"}, {"email": "eva@other.example"}]


@pytest.fixture
def event(me, ann, meeting, emulator):
    return me.insert({**meeting, "attendees": GUESTS})


def sent(emulator):
    mails = [(mail.kind, mail.to) for mail in emulator.outbox]
    emulator.outbox.clear()
    return mails


def answer(status):
    return {"attendees": [{**GUESTS[0], "responseStatus": status}, GUESTS[1]]}


def test_nobody_is_told_unless_the_call_says_so(event, me, ann, emulator):
    me.patch(event["id"], {"summary": "New"})
    ann.patch(event["id"], answer("accepted"))
    me.delete(event["id"])
    assert sent(emulator) == []


def test_an_invitation_is_mailed_to_every_guest(me, ann, meeting, emulator):
    event = me.insert(
        {**meeting, "attendees": [{"email": "me@example.com"}, *GUESTS]}, sendUpdates="all"
    )
    first, second = emulator.outbox
    assert (first.kind, first.sender, first.to) == (
        "invitation",
        "me@example.com",
        "ann@example.com",
    )
    assert (first.event_id, first.calendar_id) == (event["id"], "me@example.com")
    assert first.subject == (
        "Invitation: Meeting @ Tue Mar 3, 2026 10am - 11am (UTC) (ann@example.com)"
    )
    assert second.to == "eva@other.example"


@pytest.mark.parametrize(
    ("start", "end", "when"),
    [
        ({"date": "2026-03-03"}, {"date": "2026-03-04"}, "Tue Mar 3, 2026"),
        ({"date": "2026-03-03"}, {"date": "2026-03-06"}, "Tue Mar 3, 2026 - Thu Mar 5, 2026"),
        (
            {"dateTime": "2026-03-03T00:05:00", "timeZone": "Europe/Prague"},
            {"dateTime": "2026-03-04T12:30:00", "timeZone": "Europe/Prague"},
            "Tue Mar 3, 2026 12:05am - Wed Mar 4, 2026 12:30pm (Europe/Prague)",
        ),
    ],
)
def test_the_subject_says_when(me, emulator, start, end, when):
    body = {"start": start, "end": end, "attendees": GUESTS[:1]}
    me.insert(body, sendUpdates="all")
    assert emulator.outbox[0].subject == f"Invitation: (No title) @ {when} (ann@example.com)"


def test_only_those_without_an_account_are_external(me, ann, meeting, emulator):
    guests = [*GUESTS, {"email": "new@example.com"}, {"email": "somebody@gmail.com"}]
    me.insert({**meeting, "attendees": guests}, sendUpdates="externalOnly")
    assert sent(emulator) == [("invitation", "eva@other.example")]


def test_the_old_parameter_still_counts(me, ann, meeting, emulator):
    me.insert({**meeting, "attendees": GUESTS}, sendNotifications="true")
    assert len(sent(emulator)) == 2
    me.insert({**meeting, "attendees": GUESTS}, sendNotifications="false")
    me.insert({**meeting, "attendees": GUESTS}, sendNotifications="true", sendUpdates="none")
    assert sent(emulator) == []


def test_a_change_invites_updates_and_cancels(event, me, ann, emulator):
    body = {"summary": "New", "attendees": [GUESTS[0], {"email": "new@other.example"}]}
    me.patch(event["id"], body, sendUpdates="all")
    assert sent(emulator) == [
        ("update", "ann@example.com"),
        ("cancellation", "eva@other.example"),
        ("invitation", "new@other.example"),
    ]


def test_subjects_of_changes_and_cancellations(event, me, emulator):
    me.patch(event["id"], {"summary": "New"}, sendUpdates="externalOnly")
    me.delete(event["id"], sendUpdates="externalOnly")
    when = "New @ Tue Mar 3, 2026 10am - 11am (UTC) (eva@other.example)"
    assert [mail.subject for mail in emulator.outbox] == [
        f"Updated invitation: {when}",
        f"Canceled event: {when}",
    ]


def test_what_guests_cannot_see_is_no_news(event, me, emulator):
    me.patch(event["id"], {"colorId": "3"}, sendUpdates="all")
    me.patch(event["id"], answer("accepted"), sendUpdates="all")
    me.patch(event["id"], {"reminders": {"useDefault": False}}, sendUpdates="all")
    assert sent(emulator) == []


def test_an_answer_is_mailed_to_the_organizer(event, ann, emulator):
    ann.patch(event["id"], answer("tentative"), sendUpdates="all")
    (mail,) = emulator.outbox
    assert (mail.kind, mail.sender, mail.to) == ("response", "ann@example.com", "me@example.com")
    assert mail.subject == (
        "Tentatively accepted: Meeting @ Tue Mar 3, 2026 10am - 11am (UTC) (ann@example.com)"
    )


def test_a_copy_that_is_taken_off_is_an_answer(event, ann, emulator):
    ann.delete(event["id"], sendUpdates="all")
    assert sent(emulator) == [("response", "me@example.com")]


def test_a_guest_who_changes_an_event_has_everybody_told(me, ann, meeting, emulator):
    event = me.insert({**meeting, "attendees": GUESTS, "guestsCanModify": True})
    ann.patch(event["id"], {"summary": "New"}, sendUpdates="all")
    assert sent(emulator) == [("update", "eva@other.example"), ("update", "me@example.com")]


def test_the_owner_of_a_secondary_calendar_is_not_told_of_their_own_change(
    me, ann, meeting, emulator
):
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    event = me.insert({**meeting, "attendees": GUESTS[:1]}, calendar=team["id"])
    me.patch(event["id"], {"summary": "New"}, calendar=team["id"], sendUpdates="all")
    assert sent(emulator) == [("update", "ann@example.com")]


def test_mails_that_were_turned_off_are_not_sent(event, me, ann, emulator):
    kept = [{"type": "eventCancellation", "method": "email"}]
    settings = {"notificationSettings": {"notifications": kept}}
    ann.ok("PATCH", "/users/me/calendarList/primary", settings)
    me.patch(event["id"], {"summary": "New"}, sendUpdates="all")
    assert sent(emulator) == [("update", "eva@other.example")]
    me.delete(event["id"], sendUpdates="all")
    assert len(sent(emulator)) == 2


def test_a_mail_about_an_instance_says_which(me, ann, timed, emulator):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", summary="Standup")
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY"], "attendees": GUESTS[:1]})
    instance = f"{series['id']}_20260304T100000Z"
    me.patch(instance, {"location": "Room 1"}, sendUpdates="all")
    (mail,) = emulator.outbox
    assert mail.event_id == instance
    assert "Wed Mar 4, 2026" in mail.subject


def test_quick_events_and_moves_are_told_too(me, ann, emulator):
    event = me.ok(
        "POST",
        "/calendars/primary/events/quickAdd",
        text="Lunch tomorrow 1pm with ann@example.com",
        sendUpdates="all",
    )
    assert sent(emulator) == [("invitation", "ann@example.com")]
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    path = f"/calendars/primary/events/{event['id']}/move"
    me.ok("POST", path, destination=team["id"], sendUpdates="all")
    assert sent(emulator) == [("update", "ann@example.com")]


def test_a_room_reads_no_mail_but_its_answer_is_one(me, ann, meeting, emulator):
    room = "c_room@resource.calendar.google.com"
    body = {**meeting, "attendees": [{"email": room}]}
    event = me.insert({**body, "attendees": [*GUESTS[:1], {"email": room}]}, sendUpdates="all")
    assert sent(emulator) == [("invitation", "ann@example.com"), ("response", "me@example.com")]
    ann.insert(body, sendUpdates="all")
    assert sent(emulator) == [("response", "ann@example.com")]
    assert event["attendees"][1]["responseStatus"] == "accepted"


def test_an_absence_that_declines_says_so_to_the_organizer(event, me, ann, emulator):
    ann.insert(
        {
            "start": {"dateTime": "2026-03-03T09:00:00Z"},
            "end": {"dateTime": "2026-03-03T12:00:00Z"},
            "eventType": "outOfOffice",
            "outOfOfficeProperties": {"autoDeclineMode": "declineAllConflictingInvitations"},
        },
        sendUpdates="all",
    )
    assert sent(emulator) == [("response", "me@example.com")]


def test_an_event_that_is_brought_back_invites_again(event, me, emulator):
    me.delete(event["id"])
    me.patch(event["id"], {"status": "confirmed"}, sendUpdates="externalOnly")
    assert sent(emulator) == [("invitation", "eva@other.example")]


def test_a_group_is_written_to_as_one(me, ann, meeting, emulator):
    emulator.groups.add("team@example.com", members=["ann@example.com"])
    me.insert({**meeting, "attendees": [{"email": "team@example.com"}]}, sendUpdates="all")
    assert sent(emulator) == [("invitation", "team@example.com")]
