import pytest


def test_a_patch_changes_what_it_names_and_nothing_else(me, meeting, clock):
    event = me.insert({**meeting, "description": "d", "location": "here"})
    clock.advance(1)
    patched = me.patch(event["id"], {"summary": "New"})
    assert patched == {
        **event,
        "summary": "New",
        "updated": "2026-03-02T09:00:01.000Z",
        "etag": patched["etag"],
    }
    assert patched["etag"] != event["etag"]
    assert me.get(event["id"]) == patched


def test_null_in_a_patch_removes_a_field(me, meeting):
    event = me.insert({**meeting, "description": "d", "location": "here", "colorId": "3"})
    patched = me.patch(event["id"], {"description": None, "colorId": None, "summary": None})
    assert not {"description", "colorId", "summary"} & set(patched)
    assert patched["location"] == "here"


def test_what_an_event_cannot_be_without_is_its_default_again_when_it_is_removed(me, meeting):
    event = me.insert({**meeting, "status": "tentative", "reminders": {"useDefault": False}})
    nothing = dict.fromkeys(
        ("status", "sequence", "reminders", "organizer", "creator", "eventType")
    )
    patched = me.patch(event["id"], nothing)
    assert patched["status"] == "confirmed"
    assert patched["reminders"] == {"useDefault": True}
    for name in ("sequence", "organizer", "creator", "eventType"):
        assert patched[name] == event[name]


def test_a_patch_replaces_lists_and_merges_objects(me, meeting):
    event = me.insert(
        {
            **meeting,
            "attendees": [{"email": "a@example.com"}, {"email": "b@example.com"}],
            "extendedProperties": {"private": {"a": "1", "b": "2"}, "shared": {"c": "3"}},
        }
    )
    patched = me.patch(
        event["id"],
        {
            "attendees": [{"email": "c@example.com"}],
            "extendedProperties": {"private": {"a": None, "d": "4"}},
        },
    )
    assert [attendee["email"] for attendee in patched["attendees"]] == ["c@example.com"]
    assert patched["extendedProperties"] == {"private": {"b": "2", "d": "4"}, "shared": {"c": "3"}}


def test_an_update_replaces_everything_but_what_the_server_decides(me, meeting, clock):
    event = me.insert(
        {**meeting, "description": "d", "colorId": "3", "attendees": [{"email": "a@example.com"}]}
    )
    clock.advance(1)
    updated = me.update(
        event["id"], {"start": meeting["start"], "end": meeting["end"], "location": "there"}
    )
    assert not {"description", "colorId", "attendees", "summary"} & set(updated)
    assert updated["location"] == "there"
    for name in ("id", "iCalUID", "created", "creator", "organizer", "htmlLink", "eventType"):
        assert updated[name] == event[name]


def test_an_update_needs_times(me, meeting):
    event = me.insert(meeting)
    error = me.error("PUT", f"/calendars/primary/events/{event['id']}", {"summary": "x"})
    assert (error["reason"], error["message"]) == ("required", "Missing start time.")


def test_sending_back_what_was_read_changes_nothing(me, meeting, clock):
    event = me.insert({**meeting, "attendees": [{"email": "a@example.com"}]})
    clock.advance(60)
    assert me.update(event["id"], event) == event
    assert me.patch(event["id"], {"summary": "Meeting"}) == event
    assert me.get(event["id"]) == event


def test_two_changes_within_a_millisecond_have_two_etags(me, meeting):
    event = me.insert(meeting)
    first = me.patch(event["id"], {"summary": "1"})
    second = me.patch(event["id"], {"summary": "2"})
    assert len({event["etag"], first["etag"], second["etag"]}) == 3
    assert event["updated"] == second["updated"]


def test_reminders_change_the_etag_and_not_the_time_of_the_update(me, meeting, clock):
    event = me.insert(meeting)
    clock.advance(60)
    patched = me.patch(event["id"], {"reminders": {"useDefault": False}})
    assert patched["updated"] == event["updated"]
    assert patched["etag"] != event["etag"]


@pytest.mark.parametrize(
    ("change", "bumped"),
    [
        ({"start": {"dateTime": "2026-03-03T10:30:00Z"}}, True),
        ({"end": {"dateTime": "2026-03-03T12:30:00Z"}}, True),
        ({"summary": "New"}, False),
        ({"attendees": [{"email": "a@example.com"}]}, False),
    ],
)
def test_a_new_time_is_a_new_sequence_number(me, meeting, change, bumped):
    event = me.insert(meeting)
    assert me.patch(event["id"], change)["sequence"] == (1 if bumped else 0)


def test_a_sequence_number_may_be_raised_and_not_lowered(me, meeting):
    event = me.insert(meeting)
    assert me.patch(event["id"], {"sequence": 5})["sequence"] == 5
    error = me.error("PATCH", f"/calendars/primary/events/{event['id']}", {"sequence": 4})
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["message"].startswith(
        "Invalid sequence value. The specified sequence number is below"
    )


def test_ids_uid_and_type_of_an_event_never_change(me, meeting):
    event = me.insert(meeting)
    patched = me.patch(
        event["id"],
        {"id": "abcdef", "iCalUID": "other", "eventType": "focusTime", "summary": "New"},
    )
    for name in ("id", "iCalUID", "eventType"):
        assert patched[name] == event[name]


def test_an_all_day_event_becomes_a_timed_one_when_the_day_is_removed(me):
    event = me.insert({"start": {"date": "2026-03-04"}, "end": {"date": "2026-03-05"}})
    path = f"/calendars/primary/events/{event['id']}"
    start, end = {"dateTime": "2026-03-04T10:00:00Z"}, {"dateTime": "2026-03-04T11:00:00Z"}
    assert me.error("PATCH", path, {"start": start, "end": end})["message"] == "Invalid start time."
    patched = me.patch(
        event["id"], {"start": {**start, "date": None}, "end": {**end, "date": None}}
    )
    assert patched["start"] == {"dateTime": "2026-03-04T10:00:00Z", "timeZone": "UTC"}


def test_only_the_etag_that_is_asked_for_may_be_changed(me, meeting):
    event = me.insert(meeting)
    path = f"/calendars/primary/events/{event['id']}"
    me.ok("PATCH", path, {"summary": "1"}, headers={"If-Match": event["etag"]})
    for method, body in (("PATCH", {"summary": "2"}), ("PUT", meeting), ("DELETE", None)):
        error = me.error(method, path, body, headers={"If-Match": event["etag"]})
        assert (error["status"], error["reason"]) == (412, "conditionNotMet")
        assert error["location"] == "If-Match"
        assert error["message"] == "Precondition Failed"
    assert me.get(event["id"])["summary"] == "1"
    me.ok("PATCH", path, {"summary": "3"}, headers={"If-Match": "*"})


def test_a_patch_may_be_sent_as_a_post_that_says_so(me, meeting):
    event = me.insert(meeting)
    path = f"/calendars/primary/events/{event['id']}"
    patched = me.ok("POST", path, {"summary": "New"}, headers={"X-HTTP-Method-Override": "PATCH"})
    assert patched["summary"] == "New"


def test_an_attendee_who_may_not_see_the_others_changes_only_their_own_answer(me, meeting):
    guests = [{"email": "a@example.com"}, {"email": "me@example.com"}]
    event = me.insert({**meeting, "attendees": guests})
    patched = me.patch(
        event["id"],
        {
            "attendeesOmitted": True,
            "attendees": [{"email": "me@example.com", "responseStatus": "declined"}],
        },
    )
    assert [(one["email"], one["responseStatus"]) for one in patched["attendees"]] == [
        ("a@example.com", "needsAction"),
        ("me@example.com", "declined"),
    ]


def test_whether_an_attendee_is_a_resource_is_settled_when_they_are_added(me, meeting):
    event = me.insert({**meeting, "attendees": [{"email": "room@example.com", "resource": True}]})
    patched = me.patch(event["id"], {"attendees": [{"email": "room@example.com", "comment": "ok"}]})
    assert patched["attendees"][0]["resource"] is True


def test_attachments_stay_when_a_client_does_not_know_them(me, meeting):
    files = [{"fileUrl": "https://example.com/a.pdf"}]
    event = me.insert({**meeting, "attachments": files}, supportsAttachments="true")
    assert me.update(event["id"], {**meeting, "summary": "New"})["attachments"] == files
    assert me.patch(event["id"], {"attachments": []})["attachments"] == files
    assert "attachments" not in me.patch(
        event["id"], {"attachments": []}, supportsAttachments="true"
    )


def test_an_unknown_event_cannot_be_changed(me, meeting):
    for method in ("PATCH", "PUT", "DELETE"):
        assert me.error(method, "/calendars/primary/events/abcdef", meeting)["status"] == 404


# Deleting -----------------------------------------------------------------------------------------------


def test_a_deleted_event_is_answered_without_a_body(me, meeting):
    event = me.insert(meeting)
    reply = me.call("DELETE", f"/calendars/primary/events/{event['id']}")
    assert (reply.status, reply.body) == (204, b"")


def test_deleting_twice_is_gone(me, meeting):
    event = me.insert(meeting)
    me.delete(event["id"])
    error = me.error("DELETE", f"/calendars/primary/events/{event['id']}")
    assert (error["status"], error["reason"]) == (410, "deleted")
    assert error["message"] == "Resource has been deleted"


def test_a_deleted_event_can_still_be_read(me, meeting, clock):
    event = me.insert(meeting)
    clock.advance(1)
    me.delete(event["id"])
    deleted = me.get(event["id"])
    assert deleted == {
        **event,
        "status": "cancelled",
        "etag": deleted["etag"],
        "updated": "2026-03-02T09:00:01.000Z",
    }


def test_a_status_of_cancelled_deletes_and_one_of_confirmed_brings_back(me, meeting):
    event = me.insert(meeting)
    me.patch(event["id"], {"status": "cancelled"})
    assert me.items() == []
    me.patch(event["id"], {"status": "confirmed"})
    assert [item["id"] for item in me.items()] == [event["id"]]
