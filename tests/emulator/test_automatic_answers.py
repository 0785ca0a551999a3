"""Rooms that accept what they are free for, and absences that decline what they are in the way of."""

import pytest

ROOM = "c_room@resource.calendar.google.com"


def responses(event):
    return {one["email"]: one["responseStatus"] for one in event["attendees"]}


def at(start, end, **fields):
    return {
        "start": {"dateTime": f"2026-03-03T{start}:00Z", "timeZone": "UTC"},
        "end": {"dateTime": f"2026-03-03T{end}:00Z", "timeZone": "UTC"},
        **fields,
    }


def booking(start, end, **fields):
    return at(start, end, attendees=[{"email": ROOM, "resource": True}], **fields)


def away(start, end, mode="declineAllConflictingInvitations", kind="outOfOffice", **fields):
    name = "outOfOfficeProperties" if kind == "outOfOffice" else "focusTimeProperties"
    properties = {"autoDeclineMode": mode, "declineMessage": "I am away"}
    return at(start, end, eventType=kind, **{name: properties}, **fields)


def invitation(start, end, **fields):
    return at(start, end, attendees=[{"email": "ann@example.com"}], **fields)


# Rooms --------------------------------------------------------------------------------------------------


def test_a_room_that_is_free_accepts(me):
    event = me.insert(booking("10:00", "11:00"))
    assert responses(event) == {ROOM: "accepted"}
    assert me.get(event["id"]) == event


def test_a_room_that_is_taken_declines(me, ann):
    me.insert(booking("10:00", "11:00"))
    assert responses(ann.insert(booking("10:30", "11:30"))) == {ROOM: "declined"}
    assert responses(ann.insert(booking("11:00", "11:30"))) == {ROOM: "accepted"}


def test_a_booking_that_is_called_off_or_declined_takes_no_room(me):
    first = me.insert(booking("10:00", "11:00"))
    assert responses(me.insert(booking("10:00", "11:00"))) == {ROOM: "declined"}
    me.delete(first["id"])
    assert responses(me.insert(booking("10:00", "11:00"))) == {ROOM: "accepted"}


def test_a_room_answers_anew_for_a_new_time(me):
    me.insert(booking("10:00", "11:00"))
    event = me.insert(booking("12:00", "13:00"))
    moved = me.patch(event["id"], {name: at("10:30", "11:30")[name] for name in ("start", "end")})
    assert responses(moved) == {ROOM: "declined"}
    back = me.patch(event["id"], {name: at("12:00", "13:00")[name] for name in ("start", "end")})
    assert responses(back) == {ROOM: "accepted"}


def test_a_room_declines_a_series_that_conflicts_once(me):
    me.insert(booking("10:00", "11:00"))
    rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]}
    assert responses(me.insert(booking("10:30", "11:30", **rule))) == {ROOM: "declined"}
    assert responses(me.insert(booking("11:30", "12:30", **rule))) == {ROOM: "accepted"}
    single = booking("11:30", "12:30")
    single["start"]["dateTime"] = "2026-03-07T11:30:00Z"
    single["end"]["dateTime"] = "2026-03-07T12:30:00Z"
    assert responses(me.insert(single)) == {ROOM: "declined"}


def test_the_organization_sees_when_a_room_is_taken(me, ann):
    me.insert(booking("10:00", "11:00"))
    query = {
        "timeMin": "2026-03-03T00:00:00Z",
        "timeMax": "2026-03-04T00:00:00Z",
        "items": [{"id": ROOM}],
    }
    assert ann.ok("POST", "/freeBusy", query)["calendars"][ROOM]["busy"] == [
        {"start": "2026-03-03T10:00:00Z", "end": "2026-03-03T11:00:00Z"}
    ]


def test_a_room_that_does_not_accept_by_itself_waits_for_an_answer(me, caller, emulator):
    room = caller(emulator, ROOM)
    room.ok("PATCH", "/calendars/primary", {"autoAcceptInvitations": False})
    event = me.insert(booking("10:00", "11:00"))
    assert responses(event) == {ROOM: "needsAction"}
    answer = [{"email": ROOM, "responseStatus": "accepted"}]
    room.patch(event["id"], {"attendees": answer})
    assert responses(me.get(event["id"])) == {ROOM: "accepted"}


# Absences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["outOfOffice", "focusTime"])
def test_an_absence_declines_the_invitations_that_conflict_with_it(me, ann, kind):
    conflicting = me.insert(invitation("10:00", "11:00"))
    later = me.insert(invitation("12:00", "13:00"))
    ann.insert(away("09:00", "12:00", kind=kind))
    declined = me.get(conflicting["id"])["attendees"][0]
    assert (declined["responseStatus"], declined["comment"]) == ("declined", "I am away")
    assert responses(me.get(later["id"])) == {"ann@example.com": "needsAction"}
    assert responses(ann.get(conflicting["id"])) == {"ann@example.com": "declined"}


@pytest.mark.parametrize(
    ("mode", "old", "new"),
    [
        ("declineNone", "needsAction", "needsAction"),
        ("declineOnlyNewConflictingInvitations", "needsAction", "declined"),
        ("declineAllConflictingInvitations", "declined", "declined"),
    ],
)
def test_what_an_absence_declines_is_what_its_mode_says(me, ann, mode, old, new):
    before = me.insert(invitation("10:00", "11:00"))
    ann.insert(away("09:00", "12:00", mode))
    after = me.insert(invitation("10:00", "11:00"))
    assert responses(me.get(before["id"])) == {"ann@example.com": old}
    assert responses(after) == {"ann@example.com": new}


def test_an_invitation_that_moves_into_an_absence_is_declined(me, ann):
    ann.insert(away("09:00", "12:00"))
    event = me.insert(invitation("13:00", "14:00"))
    assert responses(event) == {"ann@example.com": "needsAction"}
    moved = me.patch(event["id"], {name: at("10:00", "11:00")[name] for name in ("start", "end")})
    assert responses(moved) == {"ann@example.com": "declined"}


def test_an_absence_that_gets_longer_or_stricter_declines_more(me, ann):
    event = me.insert(invitation("12:30", "13:00"))
    absence = ann.insert(away("09:00", "12:00"))
    assert responses(me.get(event["id"])) == {"ann@example.com": "needsAction"}
    ann.patch(absence["id"], {"end": {"dateTime": "2026-03-03T13:00:00Z"}})
    assert responses(me.get(event["id"])) == {"ann@example.com": "declined"}


def test_ones_own_events_and_those_that_take_no_time_are_not_declined(me, ann):
    own = ann.insert(at("10:00", "11:00", attendees=[{"email": "ann@example.com"}]))
    free = me.insert(invitation("10:00", "11:00", transparency="transparent"))
    ann.insert(away("09:00", "12:00"))
    assert responses(ann.get(own["id"])) == {"ann@example.com": "needsAction"}
    assert responses(me.get(free["id"])) == {"ann@example.com": "needsAction"}


def test_of_a_series_only_the_instances_that_conflict_are_declined(me, ann):
    series = me.insert(invitation("10:00", "11:00", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]))
    absence = away("09:00", "12:00")
    for name in ("start", "end"):
        absence[name]["dateTime"] = absence[name]["dateTime"].replace("03-03", "03-04")
    ann.insert(absence)
    answers = [responses(one)["ann@example.com"] for one in me.instances(series["id"])]
    assert answers == ["needsAction", "declined", "needsAction"]


def test_an_absence_each_week_declines_instances_of_a_new_series(me, ann):
    ann.insert(away("09:00", "12:00", recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"]))
    series = me.insert(invitation("10:00", "11:00", recurrence=["RRULE:FREQ=DAILY;COUNT=9"]))
    answers = [responses(one)["ann@example.com"] for one in me.instances(series["id"])]
    assert [day for day, answer in enumerate(answers) if answer == "declined"] == [0, 7]


def test_an_absence_that_is_over_or_called_off_declines_nothing(me, ann):
    absence = ann.insert(away("09:00", "12:00"))
    ann.delete(absence["id"])
    assert responses(me.insert(invitation("10:00", "11:00"))) == {"ann@example.com": "needsAction"}


def test_unlimited_series_on_both_sides_are_answered_for_a_year(me, ann):
    ann.insert(away("09:00", "12:00", recurrence=["RRULE:FREQ=WEEKLY"]))
    series = me.insert(invitation("10:00", "11:00", recurrence=["RRULE:FREQ=WEEKLY"]))
    window = {"timeMin": "2027-02-01T00:00:00Z", "timeMax": "2027-03-20T00:00:00Z"}
    answers = [responses(one)["ann@example.com"] for one in me.instances(series["id"], **window)]
    assert answers == ["declined"] * 5 + ["needsAction"] * 2
