"""Channels: the watch methods with their parameters, and what a channel says of itself."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import httpx2

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import meeting
from tests.emulator.conformance.typical import CHANNEL

WATCHED = ("acl", "calendarList", "events", "settings")
# What the listings of the four resources are asked for; the tokens are theirs.
ASKED = {
    "acl": {"maxResults": 1, "showDeleted": True},
    "calendarList": {
        "maxResults": 1,
        "minAccessRole": "reader",
        "showDeleted": True,
        "showHidden": True,
        "showOwnOrganizationOnly": True,
    },
    "events": {
        "alwaysIncludeEmail": True,
        "eventTypes": ["default", "focusTime"],
        "iCalUID": "listed@google.com",
        "maxAttendees": 1,
        "maxResults": 1,
        "orderBy": "updated",
        "privateExtendedProperty": "a=1",
        "q": "two words & more",
        "sharedExtendedProperty": ["a=1", "b=2"],
        "showDeleted": True,
        "showHiddenInvitations": True,
        "singleEvents": True,
        "timeMax": "2027-01-01T00:00:00Z",
        "timeMin": "2026-01-01T00:00:00Z",
        "timeZone": "Asia/Kolkata",
        "updatedMin": "2026-03-01T00:00:00Z",
    },
    "settings": {"maxResults": 1},
}


def path(watched):
    return {"calendarId": "primary"} if watched in ("acl", "events") else {}


@shows(
    "acl.watch?{maxResults,pageToken,showDeleted,syncToken}",
    "calendarList.watch?{maxResults,minAccessRole,pageToken,showDeleted,showHidden,syncToken}",
    "calendarList.watch?showOwnOrganizationOnly",
    "events.watch?{alwaysIncludeEmail,eventTypes,iCalUID,maxAttendees,maxResults,orderBy,pageToken}",
    "events.watch?{privateExtendedProperty,q,sharedExtendedProperty,showDeleted,singleEvents}",
    "events.watch?{showHiddenInvitations,syncToken,timeMax,timeMin,timeZone,updatedMin}",
    "settings.watch?{maxResults,pageToken,syncToken}",
    "Channel.resourceUri",
)
def the_address_of_what_is_watched_has_the_listing_that_was_asked_for(stage):
    me = stage.me
    me.insert(meeting(id="listed"))
    me.insert(meeting())
    me.new_calendar()
    me.share("ann@example.com", "reader")
    for watched in WATCHED:
        first = me.ok(f"{watched}.list", **path(watched), maxResults=1)
        last = me.ok(f"{watched}.list", **path(watched))
        asked = {**ASKED[watched], "syncToken": last["nextSyncToken"]}
        asked["pageToken"] = first["nextPageToken"]
        for name, value in asked.items():
            channel = {**CHANNEL, "id": f"{watched}-{name}"}
            opened = me.ok(f"{watched}.watch", channel, **path(watched), **{name: value})
            uri = urlsplit(opened["resourceUri"])
            assert uri.path.startswith("/calendar/v3/")
            assert uri.path.endswith(f"/{watched}")
            values = value if isinstance(value, list) else [value]
            text = [str(each).lower() if each is True else str(each) for each in values]
            assert [each for own, each in parse_qsl(uri.query) if own == name] == text
        plain = me.ok(f"{watched}.watch", {**CHANNEL, "id": watched}, **path(watched))
        assert urlsplit(plain["resourceUri"]).query == "alt=json"


@shows("events.watch?eventTypes")
def a_channel_is_told_of_the_types_that_it_asks_for(stage):
    told = []

    def receive(request):
        told.append(
            (request.headers["X-Goog-Channel-ID"], request.headers["X-Goog-Resource-State"])
        )
        return httpx2.Response(200)

    stage.emulator.push.transport = httpx2.MockTransport(receive)
    focus = {**CHANNEL, "id": "focus"}
    stage.me.ok("events.watch", focus, calendarId="primary", eventTypes="focusTime")
    stage.me.ok("events.watch", {**CHANNEL, "id": "any"}, calendarId="primary")
    stage.me.insert(meeting())
    stage.emulator.deliver_notifications()
    assert sorted(told) == [("any", "exists"), ("any", "sync"), ("focus", "sync")]


@shows("Channel.{id,kind,resourceId,token,expiration,params,type,address}")
def a_channel_answers_what_it_was_asked_for(stage):
    body = {**CHANNEL, "token": "a secret", "params": {"ttl": "3600"}}
    opened = stage.me.ok("events.watch", body, calendarId="primary")
    assert {name: opened[name] for name in ("kind", "id", "token")} == {
        "kind": "api#channel",
        "id": CHANNEL["id"],
        "token": "a secret",
    }
    assert opened["expiration"] == "1772445600000"  # an hour after 2026-03-02T09:00:00Z
    until = {**CHANNEL, "id": "until", "expiration": "1772449200000"}
    other = stage.me.ok("events.watch", until, calendarId="primary")
    assert other["expiration"] == "1772449200000"
    assert other["resourceId"] == opened["resourceId"]
    assert "type" not in opened
    assert "address" not in opened
    refused = stage.me.refused("events.watch", {**CHANNEL, "type": "mail"}, calendarId="primary")
    assert refused == (400, "invalid")
    refused = stage.me.refused(
        "events.watch", {**CHANNEL, "address": "ftp://127.0.0.1/"}, calendarId="primary"
    )
    assert refused[0] == 400


@shows("Channel.payload")
def notifications_have_no_body_although_one_is_wanted(stage):
    # "Notification messages posted by the Google Calendar API to your receiving URL do not include a message body."
    # https://developers.google.com/workspace/calendar/api/guides/push#understanding-the-notification-message-format
    bodies = []

    def receive(request):
        bodies.append(request.read())
        return httpx2.Response(200)

    stage.emulator.push.transport = httpx2.MockTransport(receive)
    stage.me.ok("events.watch", {**CHANNEL, "payload": True}, calendarId="primary")
    stage.me.insert(meeting())
    stage.emulator.deliver_notifications()
    assert bodies == [b"", b""]


@shows("Channel.{id,resourceId}")
def a_channel_is_stopped_by_its_id_and_what_it_watches(stage):
    opened = stage.me.ok("events.watch", CHANNEL, calendarId="primary")
    body = {"id": opened["id"], "resourceId": opened["resourceId"]}
    refused = stage.me.refused("channels.stop", {**body, "resourceId": "another"})
    assert refused == (404, "notFound")
    assert stage.me.call("channels.stop", body).status == 204
    assert stage.me.refused("channels.stop", body) == (404, "notFound")
