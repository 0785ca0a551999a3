"""Free/busy times, of calendars and of groups."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import meeting

DAY = {"timeMin": "2026-03-03T00:00:00Z", "timeMax": "2026-03-04T00:00:00Z"}
TEAM = "team@example.com"


def ask(person, *ids, **more):
    body = {**DAY, "items": [{"id": each} for each in ids], **more}
    return person.ok("freebusy.query", body)


@shows(
    "FreeBusyRequest.{items,timeMax,timeMin,timeZone}",
    "FreeBusyRequestItem.id",
    "FreeBusyResponse.{calendars,kind,timeMax,timeMin}",
    "FreeBusyCalendar.busy",
    "TimePeriod.{end,start}",
)
def busy_times_within_the_window_are_answered_in_the_zone(stage):
    me = stage.me
    me.insert(meeting())
    me.insert(meeting(transparency="transparent"))
    late = {"dateTime": "2026-03-03T23:00:00Z"}, {"dateTime": "2026-03-04T01:00:00Z"}
    me.insert(meeting(start=late[0], end=late[1]))
    answer = ask(me, "primary")
    assert answer["kind"] == "calendar#freeBusy"
    assert (answer["timeMin"], answer["timeMax"]) == (
        "2026-03-03T00:00:00.000Z",
        "2026-03-04T00:00:00.000Z",
    )
    assert answer["calendars"]["primary"]["busy"] == [
        {"start": "2026-03-03T10:00:00Z", "end": "2026-03-03T11:00:00Z"},
        {"start": "2026-03-03T23:00:00Z", "end": "2026-03-04T00:00:00Z"},
    ]
    there = ask(me, "primary", timeZone="Asia/Kolkata")["calendars"]["primary"]["busy"]
    assert there[0] == {"start": "2026-03-03T15:30:00+05:30", "end": "2026-03-03T16:30:00+05:30"}


@shows("FreeBusyCalendar.errors", "Error.{domain,reason}")
def a_calendar_that_fails_says_why(stage):
    answer = ask(stage.me, "nobody@example.com")
    errors = [{"domain": "global", "reason": "notFound"}]
    assert answer["calendars"]["nobody@example.com"]["errors"] == errors


@shows(
    "FreeBusyRequest.groupExpansionMax",
    "FreeBusyResponse.groups",
    "FreeBusyGroup.{calendars,errors}",
)
def a_group_is_taken_apart_unless_it_is_too_big(stage):
    stage.person("bob@example.com")
    members = ["ann@example.com", "bob@example.com"]
    stage.ann.share("me@example.com", "freeBusyReader")
    stage.emulator.groups.add(TEAM, members)
    answer = ask(stage.me, TEAM)
    assert answer["groups"][TEAM] == {"calendars": members}
    assert answer["calendars"]["ann@example.com"] == {"busy": []}
    small = ask(stage.me, TEAM, groupExpansionMax=1)
    assert small["groups"][TEAM]["errors"] == [{"domain": "global", "reason": "groupTooBig"}]
    body = {**DAY, "groupExpansionMax": 101}
    assert stage.me.refused("freebusy.query", body) == (400, "invalid")


@shows("FreeBusyRequest.calendarExpansionMax")
def no_more_calendars_are_looked_at_than_asked_for(stage):
    answer = ask(stage.me, "primary", "me@example.com", calendarExpansionMax=1)
    assert answer["calendars"]["primary"] == {"busy": []}
    [error] = answer["calendars"]["me@example.com"]["errors"]
    assert error["reason"] == "tooManyCalendarsRequested"
    body = {**DAY, "calendarExpansionMax": 51}
    assert stage.me.refused("freebusy.query", body) == (400, "invalid")
