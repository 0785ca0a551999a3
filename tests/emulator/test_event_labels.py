"""Labels: what calendars have them, and events one of them."""

import pytest

WORK = "42617328-8756-4291-8273-192837465647"
PLAY = "19283746-9182-4736-8271-918273645261"


@pytest.fixture(autouse=True)
def labels(me):
    labels = [
        {"id": WORK, "backgroundColor": "#039be5", "name": "Work"},
        {"id": PLAY, "backgroundColor": "#33b679"},
    ]
    me.ok("PATCH", "/calendars/primary", {"labelProperties": {"eventLabels": labels}})
    return labels


def test_an_event_has_one_of_its_calendars_labels(me, meeting):
    event = me.insert({**meeting, "eventLabelId": WORK}, eventLabelVersion=1)
    assert event["eventLabelId"] == WORK
    assert me.items() == [event]


def test_a_label_that_the_calendar_does_not_have_is_refused(me, meeting):
    error = me.insert_error({**meeting, "eventLabelId": "nothing"}, eventLabelVersion=1)
    assert (error["status"], error["reason"], error["message"]) == (
        400,
        "invalid",
        "Invalid event label ID.",
    )


def test_version_1_ignores_colours_and_version_0_labels(me, meeting):
    both = {**meeting, "eventLabelId": WORK, "colorId": "5"}
    new = me.insert(both, eventLabelVersion=1)
    assert new["eventLabelId"] == WORK
    assert "colorId" not in new
    for query in ({}, {"eventLabelVersion": 0}):
        old = me.insert(both, **query)
        assert old["colorId"] == "5"
        assert "eventLabelId" not in old


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_label_takes_it_off(me, meeting, nothing):
    event = me.insert({**meeting, "eventLabelId": WORK}, eventLabelVersion=1)
    patched = me.patch(event["id"], {"eventLabelId": nothing}, eventLabelVersion=1)
    assert "eventLabelId" not in patched


def test_an_update_without_a_label_takes_it_off_for_who_knows_labels(me, meeting):
    event = me.insert({**meeting, "eventLabelId": WORK}, eventLabelVersion=1)
    assert me.update(event["id"], meeting)["eventLabelId"] == WORK
    assert "eventLabelId" not in me.update(event["id"], meeting, eventLabelVersion=1)


def test_an_update_by_who_knows_labels_leaves_a_colour_alone(me, meeting):
    event = me.insert({**meeting, "colorId": "5"})
    assert me.update(event["id"], meeting, eventLabelVersion=1)["colorId"] == "5"
    assert "colorId" not in me.update(event["id"], meeting)


def test_an_event_has_a_label_or_a_colour(me, meeting):
    event = me.insert({**meeting, "colorId": "5"})
    labelled = me.patch(event["id"], {"eventLabelId": PLAY}, eventLabelVersion=1)
    assert "colorId" not in labelled
    coloured = me.patch(event["id"], {"colorId": "6"})
    assert coloured["colorId"] == "6"
    assert "eventLabelId" not in coloured


def test_an_import_may_have_a_label(me, meeting):
    body = {**meeting, "iCalUID": "uid", "eventLabelId": WORK}
    path = "/calendars/primary/events/import"
    assert me.ok("POST", path, body, eventLabelVersion=1)["eventLabelId"] == WORK


def test_a_label_that_goes_leaves_its_events(me, meeting, labels):
    work = me.insert({**meeting, "eventLabelId": WORK}, eventLabelVersion=1)
    play = me.insert({**meeting, "eventLabelId": PLAY}, eventLabelVersion=1)
    token = me.list()["nextSyncToken"]
    properties = {"labelProperties": {"eventLabels": labels[1:]}}
    me.ok("PATCH", "/calendars/primary", properties)
    assert "eventLabelId" not in me.get(work["id"])
    assert me.get(play["id"]) == play
    assert [item["id"] for item in me.items(syncToken=token)] == [work["id"]]


def test_a_label_stays_on_its_calendar(me, meeting, caller, emulator):
    ann = caller(emulator, "ann@example.com")
    ann.list()
    body = {**meeting, "eventLabelId": WORK, "attendees": [{"email": "ann@example.com"}]}
    event = me.insert(body, eventLabelVersion=1)
    assert "eventLabelId" not in ann.get(event["id"])
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    path = f"/calendars/primary/events/{event['id']}/move"
    assert "eventLabelId" not in me.ok("POST", path, destination=team["id"])


def test_instances_may_have_labels_of_their_own(me, timed):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", eventLabelId=WORK)
    series = me.insert({**body, "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}, eventLabelVersion=1)
    second = me.instances(series["id"])[1]
    me.patch(second["id"], {"eventLabelId": PLAY}, eventLabelVersion=1)
    assert [item["eventLabelId"] for item in me.instances(series["id"])] == [WORK, PLAY]
    me.patch(series["id"], {"eventLabelId": ""}, eventLabelVersion=1)
    assert [item.get("eventLabelId") for item in me.instances(series["id"])] == [None, PLAY]
