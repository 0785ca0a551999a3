"""The parameters by which events are found, and those that say how they look."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import all_day, daily, meeting

PRIMARY = {"calendarId": "primary"}


def names(person, **parameters):
    """The summaries of the events that are listed, in order."""
    return [event.get("summary") for event in person.events(**parameters)]


def at(hour, day=3):
    return {"dateTime": f"2026-03-{day:02}T{hour:02}:00:00Z"}


@shows("events.list?{timeMin,timeMax}")
def only_what_overlaps_the_window_is_listed(stage):
    me = stage.me
    for hour in (8, 10, 12):
        me.insert(meeting(summary=str(hour), start=at(hour), end=at(hour + 1)))
    assert names(me) == ["8", "10", "12"]
    # Both bounds are exclusive: what ends with timeMin, or starts with timeMax, is outside.
    assert names(me, timeMin="2026-03-03T09:00:00Z") == ["10", "12"]
    assert names(me, timeMax="2026-03-03T10:00:00Z") == ["8"]
    window = {"timeMin": "2026-03-03T09:30:00+00:00", "timeMax": "2026-03-03T12:00:00Z"}
    assert names(me, **window) == ["10"]
    backwards = {"timeMin": window["timeMax"], "timeMax": window["timeMin"]}
    assert me.refused("events.list", **PRIMARY, **backwards) == (400, "timeRangeEmpty")


@shows("events.list?{singleEvents,orderBy}")
def series_are_expanded_and_ordered_as_asked(stage):
    me = stage.me
    me.insert(daily())
    stage.wait(minutes=1)
    late = me.insert(meeting(summary="Late", start=at(20), end=at(21)))
    stage.wait(minutes=1)
    me.insert(meeting(summary="Early", start=at(6), end=at(7)))
    assert len(names(me)) == 3
    assert names(me, singleEvents=True, orderBy="startTime", maxResults=4) == [
        *("Early", "Standup", "Late", "Standup"),
    ]
    stage.wait(minutes=1)
    me.patch(late["id"], {"location": "Prague"})
    assert names(me, orderBy="updated") == ["Standup", "Early", "Late"]
    refused = me.refused("events.list", **PRIMARY, orderBy="startTime")
    assert refused == (400, "invalid")


@shows(
    "events.{list,instances}?{maxResults,pageToken}",
    "Events.{nextPageToken,nextSyncToken,items}",
)
def listings_come_in_pages(stage):
    me = stage.me
    series = me.insert(daily())
    for number in range(4):
        me.insert(meeting(summary=str(number)))
    for method, of, total in (("list", {}, 5), ("instances", {"eventId": series["id"]}, 5)):
        whole = me.ok(f"events.{method}", **PRIMARY, **of)
        first = me.ok(f"events.{method}", **PRIMARY, **of, maxResults=3)
        assert "nextSyncToken" not in first
        token = first["nextPageToken"]
        second = me.ok(f"events.{method}", **PRIMARY, **of, maxResults=3, pageToken=token)
        assert first["items"] + second["items"] == whole["items"]
        assert (len(first["items"]), len(whole["items"])) == (3, total)
        assert "nextPageToken" not in second
    assert me.ok("events.list", **PRIMARY)["nextSyncToken"]


@shows("Events.{accessRole,defaultReminders,description,etag,kind,summary,timeZone,updated}")
def a_listing_says_whose_it_is(stage):
    me = stage.me
    fields = {"summary": "Team", "description": "Ours", "timeZone": "Europe/Prague"}
    team = me.new_calendar(**fields)
    me.ok(
        "calendarList.patch",
        {"defaultReminders": [{"method": "popup", "minutes": 7}]},
        calendarId=team,
    )
    listing = me.ok("events.list", calendarId=team)
    assert {name: listing[name] for name in fields} == fields
    assert listing["kind"] == "calendar#events"
    assert listing["accessRole"] == "owner"
    assert listing["defaultReminders"] == [{"method": "popup", "minutes": 7}]
    stage.wait(minutes=5)
    me.insert(meeting(), team)
    later = me.ok("events.list", calendarId=team)
    assert later["etag"] != listing["etag"]
    assert later["updated"] == "2026-03-02T09:05:00.000Z"


@shows("events.list?q")
def words_are_found_in_all_that_the_reference_names(stage):
    me = stage.me
    me.insert(meeting(summary="Alpha"))
    me.insert(meeting(summary="B", description="beta"))
    me.insert(meeting(summary="C", location="Gamma Street"))
    me.insert(meeting(summary="D", attendees=[{"email": "delta@x.test", "displayName": "Epsilon"}]))
    team = me.new_calendar(summary="Zeta")
    me.insert(meeting(summary="F"), team)
    found = {word: names(me, q=word) for word in ("alpha", "BETA", "gamma", "delta", "epsilon")}
    assert found == {
        "alpha": ["Alpha"],
        "BETA": ["B"],
        "gamma": ["C"],
        "delta": ["D"],
        "epsilon": ["D"],
    }
    assert names(me, calendarId=team, q="zeta") == ["F"]  # its organizer's name
    assert names(me, q="alpha gamma") == []
    assert len(names(me, q="example.com")) == 4  # its organizer's address


@shows("events.list?q")
def words_are_found_in_where_somebody_works(stage):
    me = stage.me
    office = {"buildingId": "Eta", "deskId": "Theta", "label": "Iota"}
    place = {"type": "officeLocation", "officeLocation": office}
    fields = {
        "eventType": "workingLocation",
        "visibility": "public",
        "transparency": "transparent",
    }
    me.insert(all_day(summary="Office", workingLocationProperties=place, **fields))
    for word in ("eta", "theta", "iota", "Office"):
        assert len(names(me, q=word)) == 1, word
    assert names(me, q="kappa") == []


@shows("events.list?{privateExtendedProperty,sharedExtendedProperty}")
def events_are_found_by_their_properties(stage):
    me = stage.me
    both = {"private": {"a": "1", "b": "2"}, "shared": {"c": "3"}}
    me.insert(meeting(summary="With", extendedProperties=both))
    me.insert(meeting(summary="Without"))
    assert len(names(me)) == 2
    assert names(me, privateExtendedProperty=["a=1", "b=2"]) == ["With"]
    assert names(me, privateExtendedProperty=["a=1", "b=3"]) == []
    assert names(me, privateExtendedProperty="c=3") == []
    assert names(me, sharedExtendedProperty="c=3") == ["With"]


@shows("events.list?{eventTypes,iCalUID}")
def events_are_found_by_type_and_uid(stage):
    me = stage.me
    usual = me.insert(meeting(summary="Usual"))
    me.insert(meeting(summary="Focus", eventType="focusTime", focusTimeProperties={}))
    assert sorted(names(me)) == ["Focus", "Usual"]
    assert names(me, eventTypes="focusTime") == ["Focus"]
    assert sorted(names(me, eventTypes=["focusTime", "default"])) == ["Focus", "Usual"]
    assert names(me, eventTypes="birthday") == []
    assert names(me, iCalUID=usual["iCalUID"]) == ["Usual"]


@shows("events.list?{showDeleted,syncToken,updatedMin}")
def deleted_events_are_listed_when_asked_for_and_when_synced(stage):
    me = stage.me
    gone = me.insert(meeting(summary="Gone"))
    me.insert(meeting(summary="Stays"))
    token = me.ok("events.list", **PRIMARY)["nextSyncToken"]
    stage.wait(minutes=1)
    me.call("events.delete", **PRIMARY, eventId=gone["id"])

    def states(**parameters):
        return {event["id"]: event["status"] for event in me.events(**parameters)}

    assert len(states()) == 1
    assert states(showDeleted=True)[gone["id"]] == "cancelled"
    # "When specified, entries deleted since this time will always be included regardless of showDeleted."
    assert states(updatedMin="2026-03-02T09:00:30Z") == {gone["id"]: "cancelled"}
    assert states(syncToken=token) == {gone["id"]: "cancelled"}
    together = {"syncToken": token, "updatedMin": "2026-03-02T09:00:30Z"}
    assert me.refused("events.list", **PRIMARY, **together) == (400, "invalid")
    assert me.refused("events.list", **PRIMARY, syncToken="x") == (410, "fullSyncRequired")
    long_ago = {"updatedMin": "2020-01-01T00:00:00Z"}
    assert me.refused("events.list", **PRIMARY, **long_ago) == (410, "updatedMinTooLongAgo")


@shows("events.list?showHiddenInvitations")
def hidden_invitations_are_listed_when_asked_for(stage):
    me, ann = stage.me, stage.ann
    stage.emulator.users.add("me@example.com", settings={"hideInvitations": "true"})
    ann.insert(meeting(summary="Invitation", attendees=[{"email": "me@example.com"}]))
    assert names(me) == []
    assert names(me, showHiddenInvitations=True) == ["Invitation"]


@shows("events.{get,instances,list}?timeZone", "Events.timeZone")
def times_are_answered_in_the_zone_that_is_asked_for(stage):
    me = stage.me
    series = me.insert(daily())["id"]
    zone = {"timeZone": "Asia/Kolkata"}
    assert me.event(series)["start"]["dateTime"] == "2026-03-03T08:00:00Z"
    assert me.event(series, **zone)["start"]["dateTime"] == "2026-03-03T13:30:00+05:30"
    for method, of in (("list", {}), ("instances", {"eventId": series})):
        usual = me.ok(f"events.{method}", **PRIMARY, **of)
        there = me.ok(f"events.{method}", **PRIMARY, **of, **zone)
        assert usual["items"][0]["start"]["dateTime"] == "2026-03-03T08:00:00Z"
        assert there["items"][0]["start"]["dateTime"] == "2026-03-03T13:30:00+05:30"
        assert (usual["timeZone"], there["timeZone"]) == ("UTC", "Asia/Kolkata")


@shows(
    "events.{get,insert,instances,list,patch,update}?maxAttendees",
    "Event.attendeesOmitted",
)
def with_more_guests_than_wanted_only_the_participant_is_shown(stage):
    me = stage.me
    guests = [{"email": each} for each in ("me@example.com", "ann@example.com", "x@y.test")]
    body = daily(attendees=guests)
    event = me.insert(body)["id"]
    of = {**PRIMARY, "eventId": event}
    calls = {
        "get": (None, of),
        "insert": (body, PRIMARY),
        "instances": (None, of),
        "list": (None, PRIMARY),
        "patch": ({"location": "Prague"}, of),
        "update": (body, of),
    }
    for method, (content, parameters) in calls.items():
        for most, shown in ((2, ["me@example.com"]), (3, [guest["email"] for guest in guests])):
            answer = me.ok(f"events.{method}", content, **parameters, maxAttendees=most)
            one = answer["items"][0] if "items" in answer else answer
            assert [guest["email"] for guest in one["attendees"]] == shown, (method, most)
            assert one.get("attendeesOmitted", False) == (most == 2), (method, most)


@shows("events.{get,instances,list,patch,update}?alwaysIncludeEmail")
def addresses_are_answered_whether_asked_for_or_not(stage):
    # "Deprecated and ignored. A value will always be returned in the email field".
    me = stage.me
    body = daily(attendees=[{"email": "ann@example.com"}])
    of = {**PRIMARY, "eventId": me.insert(body)["id"]}
    calls = {
        "get": (None, of),
        "instances": (None, of),
        "list": (None, PRIMARY),
        "patch": ({}, of),
        "update": (body, of),
    }
    for method, (content, parameters) in calls.items():
        answers = [
            me.ok(f"events.{method}", content, **parameters, alwaysIncludeEmail=each)
            for each in (True, False)
        ]
        assert answers[0] == answers[1]
        one = answers[0]["items"][0] if "items" in answers[0] else answers[0]
        assert one["attendees"][0]["email"] == "ann@example.com"


@shows("events.instances?{originalStart,showDeleted,timeMax,timeMin}")
def instances_are_found_by_when_they_are_or_were(stage):
    me = stage.me
    series = me.insert(daily())["id"]
    instance = f"{series}_20260304T080000Z"
    me.patch(instance, {"start": at(20, 4), "end": at(21, 4)})
    me.call("events.delete", **PRIMARY, eventId=f"{series}_20260305T080000Z")

    def starts(**parameters):
        page = me.ok("events.instances", **PRIMARY, eventId=series, **parameters)
        return [event.get("start", {}).get("dateTime", "")[:13] for event in page["items"]]

    whole = ["2026-03-03T08", "2026-03-04T20", "2026-03-06T08", "2026-03-07T08"]
    assert starts() == whole
    assert starts(timeMin="2026-03-05T00:00:00Z") == whole[2:]
    assert starts(timeMax="2026-03-05T00:00:00Z") == whole[:2]
    assert starts(originalStart="2026-03-04T09:00:00+01:00") == ["2026-03-04T20"]
    assert len(starts(showDeleted=True)) == 5
