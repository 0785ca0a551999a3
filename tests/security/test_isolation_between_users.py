"""What is one user's stays that user's: every method of Google's document, asked by those who may not.

What each role may do is in tests/emulator/test_roles_on_events.py; here nothing may come through.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.emulator.conformance.document import METHODS
from tests.security.conftest import EVENT, SECRET, SERIES, VICTIM, aimed

STRANGER = "stranger@elsewhere.example"
# These have no calendar in their path: they are about the caller's own things.
OWN = {
    "calendarList.list", "calendarList.watch", "calendars.insert", "colors.get", "freebusy.query", "settings.get",
    "settings.list", "settings.watch",
}  # fmt: skip
READS = {"freebusy.query", *(n for n, m in METHODS.items() if m["httpMethod"] == "GET")}
WATCHES = {name for name in METHODS if name.endswith(".watch")}
# A reader keeps the calendar on a list of their own.
OWN_LIST = {name for name in METHODS if name.startswith("calendarList.")}
WRITES = set(METHODS) - READS - WATCHES - OWN_LIST - OWN - {"channels.stop"}


def test_the_document_has_38_methods():
    assert len(METHODS) == 38
    assert len(WRITES) == 16


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("which", ["primary", "secondary"])
def test_a_stranger_gets_nothing_and_changes_nothing(world, name, which):
    calendar = VICTIM if which == "primary" else world.calendar
    stranger = world.person(STRANGER)
    before = world.state()
    for event in (EVENT, SERIES, f"{SERIES}_20260311T100000Z"):
        body, parameters = aimed(name, world, calendar, event=event)
        reply = stranger.call(name, body, **parameters)
        assert SECRET not in reply.shown
        assert (reply.status < 300) == (name in OWN), reply
        assert name in OWN or (reply.status, reply.json["error"]["errors"][0]["reason"]) in (
            (404, "notFound"),
            (403, "forbidden"),  # calendars.transferOwnership: only administrators may
        )
    if name == "freebusy.query":
        assert reply.json["calendars"][calendar] == {
            "errors": [{"domain": "global", "reason": "notFound"}],
            "busy": [],
        }
    if name not in ("calendarList.watch", "settings.watch"):  # the stranger's own channels
        assert world.state() == before


@pytest.mark.parametrize("name", [name for name in METHODS if name.startswith("events.")])
def test_the_id_of_somebody_elses_event_opens_nothing_on_ones_own_calendar(world, name):
    stranger = world.person(STRANGER)
    mine = stranger.ok("calendars.insert", {"summary": "Mine"})["id"]
    before = world.state()
    for destination in (mine, world.calendar, VICTIM):
        body, parameters = aimed(name, world, "primary", destination=destination)
        if body and "attendees" in body:
            del body["attendees"]  # inviting the victim is what anybody may
        reply = stranger.call(name, body, **parameters)
        assert SECRET not in reply.shown
        if "eventId" in parameters:
            assert reply.status == 404
    if name != "events.watch":
        assert world.state() == before


def test_ones_own_event_cannot_be_moved_onto_somebody_elses_calendar(world):
    stranger = world.person(STRANGER)
    body, parameters = aimed("events.insert", world, "primary")
    mine = stranger.ok("events.insert", {**body, "attendees": []}, **parameters)
    before = world.state()
    for calendar in (VICTIM, world.calendar):
        moved = stranger.call(
            "events.move", calendarId="primary", eventId=mine["id"], destination=calendar
        )
        assert moved.status == 404
    assert world.state() == before


@pytest.mark.parametrize("name", sorted(WRITES))
@pytest.mark.parametrize("role", ["freeBusyReader", "reader"])
def test_who_only_reads_changes_nothing(world, role, name):
    reader = world.with_role(role)
    before = world.state()
    body, parameters = aimed(name, world, world.calendar)
    reply = reader.call(name, body, **parameters)
    assert reply.status == 403, reply
    assert SECRET not in reply.shown
    assert world.state() == before


@pytest.mark.parametrize("name", sorted(READS | WATCHES))
def test_who_sees_free_and_busy_reads_no_detail(world, name):
    reader = world.with_role("freeBusyReader")
    for event in (EVENT, SERIES, f"{SERIES}_20260311T100000Z"):
        body, parameters = aimed(name, world, world.calendar, event=event)
        reply = reader.call(name, body, **parameters)
        # The calendar's own title is told to whom it is shared with.
        assert SECRET not in reply.shown.replace(f"{SECRET} plans", "")


@pytest.mark.parametrize("name", sorted(n for n in READS if n.startswith("events.")))
def test_a_reader_reads_no_detail_of_a_private_event(world, name):
    reader = world.with_role("reader")
    world.victim.ok("events.delete", calendarId=world.calendar, eventId=SERIES)
    body, parameters = aimed(name, world, world.calendar)
    reply = reader.call(name, body, **parameters)
    assert SECRET not in reply.shown.replace(f"{SECRET} plans", "")


@pytest.mark.parametrize("query", [{"q": SECRET}, {"sharedExtendedProperty": f"{SECRET}={SECRET}"}])
def test_a_search_does_not_tell_what_is_in_events_that_one_may_not_read(world, query):
    reader = world.with_role("freeBusyReader")
    assert reader.ok("events.list", calendarId=world.calendar, **query)["items"] == []


def test_who_is_nobody_gets_nothing(world):
    for token, more in ((None, {}), (None, {"key": "AIzaSy"})):
        for name in METHODS:
            body, parameters = aimed(name, world, world.calendar)
            reply = world.person(token).call(name, body, **parameters, **more)
            assert SECRET not in reply.shown
            public = more and name in ("colors.get", "freebusy.query")
            assert (reply.status == 200) if public else reply.status in (401, 404), (name, reply)


# Other ways to spell it ---------------------------------------------------------------------------------

SPELLINGS = {
    "every character encoded": lambda c: "".join(f"%{ord(letter):02x}" for letter in c),
    "encoded twice": lambda c: quote(quote(c, safe=""), safe=""),
    "encoded three times": lambda c: quote(quote(quote(c, safe=""), safe=""), safe=""),
    "in capitals": lambda c: quote(c.upper(), safe=""),
    "with dots at the end": lambda c: quote(c, safe="") + "..",
    "with a blank": lambda c: quote(c, safe="") + "%20",
    "with a line end": lambda c: quote(c, safe="") + "%0d%0a",
    "with a NUL": lambda c: quote(c, safe="") + "%00",
    "after a NUL": lambda c: "primary%00" + quote(c, safe=""),
    "after dots": lambda c: "primary/../" + quote(c, safe=""),
    "after encoded dots": lambda c: "primary%2f%2e%2e%2f" + quote(c, safe=""),
    "after dots and encoded slashes": lambda c: "primary/..%2f" + quote(c, safe=""),
    "after a slash": lambda c: "/" + quote(c, safe=""),
    "after a backslash": lambda c: "primary%5c..%5c" + quote(c, safe=""),
    "with a parameter": lambda c: quote(c, safe="") + ";a=b",
    "with a fragment": lambda c: quote(c, safe="") + "%23",
    "in full width": lambda c: quote("".join(chr(ord(x) + 0xFEE0) if x.isalnum() else x for x in c)),
    "with an accent": lambda c: quote(c + "\u0301"),
    "not in UTF-8": lambda c: quote(c, safe="") + "%ff",
    "with a dotted I": lambda c: quote(c.replace("i", "\u0130")),
    "as a pattern": lambda _: "%25",
    "as SQL": lambda c: quote(f"' OR id = '{c}' --", safe=""),
}  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_a_calendar_leads_around_its_rules(world, spelling):
    stranger = world.person(STRANGER)
    before = world.state()
    for calendar in (VICTIM, world.calendar):
        spelled = {"calendarId": SPELLINGS[spelling](calendar)}
        for name in METHODS:
            body, parameters = aimed(name, world, calendar)
            if "calendarId" not in parameters:
                continue
            reply = stranger.call(name, body, spelled=spelled, **parameters)
            assert reply.status in (400, 403, 404), (name, reply)
            assert SECRET not in reply.shown
    assert world.state() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Original-URL": "/calendar/v3/calendars/victim@example.com/events"},
        {"X-Rewrite-URL": "/calendar/v3/calendars/victim@example.com/events"},
        {"X-Forwarded-User": VICTIM},
        {"X-Goog-User-Project": VICTIM},
        {"X-Goog-Authenticated-User-Email": f"accounts.google.com:{VICTIM}"},
        {"From": VICTIM},
        {"Cookie": f"user={VICTIM}; access_token={VICTIM}"},
        {"Proxy-Authorization": f"Bearer {VICTIM}"},
    ],
)
def test_no_header_makes_one_somebody_else(world, headers):
    stranger = world.person(STRANGER)
    assert (
        stranger.call("calendars.get", headers=headers, calendarId="primary").json["id"] == STRANGER
    )
    refused = stranger.call("events.list", headers=headers, calendarId=VICTIM)
    assert (refused.status, SECRET in refused.shown) == (404, False)


@pytest.mark.parametrize(
    "query",
    [f"calendarId={VICTIM}", f"quotaUser={VICTIM}&userIp={VICTIM}", f"access_token={VICTIM}"],
)
def test_no_parameter_makes_one_somebody_else_than_ones_header_says(world, query):
    reply = world.person(STRANGER).send("GET", f"/calendar/v3/calendars/primary/events?{query}")
    assert reply.status == 200
    assert reply.json["summary"] == STRANGER


def test_pages_and_sync_tokens_of_somebody_elses_listing_are_of_no_use(world):
    page = world.victim.ok("events.list", calendarId=VICTIM, maxResults=1)["nextPageToken"]
    sync = world.victim.ok("events.list", calendarId=VICTIM)["nextSyncToken"]
    stranger = world.person(STRANGER)
    for name in ("events.list", "calendarList.list", "acl.list", "settings.list"):
        own = {"calendarId": "primary"} if name in ("events.list", "acl.list") else {}
        assert stranger.call(name, pageToken=page, **own).status == 400
        assert stranger.call(name, syncToken=sync, **own).status == 410
