"""Every field of an event and every parameter of the events methods, by Google's discovery document.

A field or parameter that the document gets and this file does not know makes a test fail.
"""

from __future__ import annotations

import pytest

from tests.strategies.discovery import DOCUMENT, SCHEMAS

LABEL = "42617328-8756-4291-8273-192837465647"


# Fields -------------------------------------------------------------------------------------------------


def leaves(schema, path="", read_only=False):
    """Yield the paths of a schema's fields, such as `attendees[].email`, and whether each is read-only."""
    read_only = read_only or "read-only" in schema.get("description", "").lower()
    schema = SCHEMAS[schema["$ref"]] if "$ref" in schema else schema
    if schema.get("type") == "array":
        yield from leaves(schema["items"], f"{path}[]", read_only)
    elif "properties" in schema:
        for name, field in schema["properties"].items():
            yield from leaves(field, f"{path}.{name}".lstrip("."), read_only)
    else:
        yield path, read_only


LEAVES = dict(leaves(SCHEMAS["Event"]))
# "Read-only, except when importing an event."
IMPORTABLE = {path for path in LEAVES if path.startswith("organizer.")} - {"organizer.self"}
# What the server alone says, although the document does not call it read-only.
SERVERS = {"kind", "etag"}
READ_ONLY = ({path for path, read_only in LEAVES.items() if read_only} | SERVERS) - IMPORTABLE

TIMED = {
    "start": {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2026-03-03T11:00:00Z", "timeZone": "Europe/London"},
}
ALL_DAY = {"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}}
ENTRY_POINTS = [
    {
        "entryPointType": "video",
        "uri": "https://video.example.com/1",
        "label": "video.example.com/1",
        "meetingCode": "m",
        "passcode": "p",
        "password": "w",
        "accessCode": "a",
        "pin": "1",
        "regionCode": "CZ",
        "entryPointFeatures": ["toll"],
    }
]
EVERYTHING = {
    **TIMED,
    "id": "anidofours",
    "iCalUID": "a-uid@of.ours",
    "status": "tentative",
    "summary": "Summary",
    "description": "<b>Description</b>",
    "location": "Location",
    "colorId": "5",
    "recurrence": ["RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=Europe/Prague:20260304T110000"],
    "transparency": "transparent",
    "visibility": "private",
    "sequence": 3,
    "attendees": [
        {
            "email": "ann@example.com",
            "displayName": "Ann",
            "id": "12345",
            "optional": True,
            "responseStatus": "tentative",
            "comment": "Comment",
            "additionalGuests": 2,
        },
        {"email": "room@example.com", "resource": True, "responseStatus": "accepted"},
    ],
    "extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}},
    "conferenceData": {
        "conferenceId": "id",
        "conferenceSolution": {
            "key": {"type": "addOn"},
            "name": "Name",
            "iconUri": "https://example.com/icon.png",
        },
        "entryPoints": ENTRY_POINTS,
        "notes": "Notes",
        "signature": "signature",
        "parameters": {"addOnParameters": {"parameters": {"c": "3"}}},
    },
    "gadget": {
        "type": "type",
        "title": "Title",
        "link": "https://example.com",
        "iconLink": "https://example.com/icon.png",
        "width": 10,
        "height": 20,
        "display": "chip",
        "preferences": {"d": "4"},
    },
    "anyoneCanAddSelf": True,
    "guestsCanInviteOthers": False,
    "guestsCanModify": True,
    "guestsCanSeeOtherGuests": False,
    "privateCopy": True,
    "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 30}]},
    "source": {"url": "https://example.com/source", "title": "Source"},
    "attachments": [
        {
            "fileUrl": "https://example.com/file.pdf",
            "title": "File",
            "mimeType": "application/pdf",
            "iconLink": "https://example.com/icon.png",
        }
    ],
}
VERSIONS = {"conferenceDataVersion": 1, "supportsAttachments": "true", "maxAttendees": 10}


def location(kind, details):
    properties = {"type": kind, kind: details}
    return {
        **ALL_DAY,
        "eventType": "workingLocation",
        "visibility": "public",
        "transparency": "transparent",
        "workingLocationProperties": properties,
    }


OFFICE = {
    "buildingId": "b",
    "deskId": "d",
    "floorId": "f",
    "floorSectionId": "s",
    "label": "Office",
}
DECLINING = {
    "autoDeclineMode": "declineOnlyNewConflictingInvitations",
    "declineMessage": "Message",
}
INSERTED = [
    (EVERYTHING, VERSIONS),
    (ALL_DAY, {}),
    ({**TIMED, "eventLabelId": LABEL}, {"eventLabelVersion": 1}),
    ({"start": TIMED["start"], "endTimeUnspecified": True}, {}),
    (
        {
            **TIMED,
            "conferenceData": {
                "createRequest": {
                    "requestId": "r",
                    "conferenceSolutionKey": {"type": "hangoutsMeet"},
                }
            },
        },
        {"conferenceDataVersion": 1},
    ),
    (
        {
            **TIMED,
            "eventType": "focusTime",
            "focusTimeProperties": {**DECLINING, "chatStatus": "doNotDisturb"},
        },
        {},
    ),
    ({**TIMED, "eventType": "outOfOffice", "outOfOfficeProperties": DECLINING}, {}),
    (location("homeOffice", {}), {}),
    (location("officeLocation", OFFICE), {}),
    (location("customLocation", {"label": "Café"}), {}),
    (
        {
            **ALL_DAY,
            "eventType": "birthday",
            "visibility": "private",
            "transparency": "transparent",
            "recurrence": ["RRULE:FREQ=YEARLY"],
            "birthdayProperties": {"type": "birthday"},
        },
        {},
    ),
]
# Written by an import alone: whose event it is, and which instance of which series that is there already.
DAILY = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}
IMPORTED = [
    {
        **TIMED,
        "iCalUID": "guest",
        "organizer": {"email": "boss@example.org", "displayName": "Boss", "id": "12345"},
        "attendees": [{"email": "me@example.com"}],
    },
    {
        **TIMED,
        "iCalUID": "timed",
        "originalStartTime": {"dateTime": "2026-03-04T10:00:00Z", "timeZone": "Europe/Prague"},
    },
    {**ALL_DAY, "iCalUID": "days", "originalStartTime": {"date": "2026-03-04"}},
]
# Says something about the request, not about the event: see the tests of answering.
OF_THE_REQUEST = {"attendeesOmitted"}
# Follows from the iCalUID of an import.
DERIVED = {"recurringEventId"}


def at(resource, path):
    """The values at a path: more than one where lists are on the way."""
    if not path:
        return [resource]
    name, _, rest = path.partition(".")
    is_list = name.endswith("[]")
    if not isinstance(resource, dict) or name.removesuffix("[]") not in resource:
        return []
    value = resource[name.removesuffix("[]")]
    items = value if is_list else [value]
    return [found for item in items for found in at(item, rest)]


def sent(path):
    """The bodies that have a field, each with how to send it."""
    inserted = [(body, query, "") for body, query in INSERTED if at(body, path)]
    return inserted + [(body, {}, "/import") for body in IMPORTED if at(body, path)]


@pytest.fixture
def series(me):
    """The series whose instances are imported here."""
    for uid, times in (("timed", TIMED), ("days", ALL_DAY)):
        body = {**times, **DAILY, "iCalUID": uid}
        me.ok("POST", "/calendars/primary/events/import", body)


@pytest.fixture
def label(me):
    labels = [{"id": LABEL, "backgroundColor": "#039be5"}]
    me.ok("PATCH", "/calendars/primary", {"labelProperties": {"eventLabels": labels}})


WRITABLE = sorted(LEAVES.keys() - READ_ONLY - OF_THE_REQUEST - DERIVED)


@pytest.mark.parametrize("path", WRITABLE)
def test_a_field_is_stored_and_answered_as_it_was_written(me, label, series, path):
    assert sent(path), f"no body here has the field {path}"
    for body, query, suffix in sent(path):
        event = me.ok("POST", f"/calendars/primary/events{suffix}", body, **query)
        # What has its default is left out of an answer.
        assert at(event, path) == at(body, path)
        assert at(me.get(event["id"]), path) == at(body, path)
        (listed,) = [item for item in me.items() if item["id"] == event["id"]]
        assert at(listed, path) == at(body, path)


CHANGEABLE = sorted(
    set(WRITABLE)
    - IMPORTABLE
    - {path for path in WRITABLE if path.startswith(("originalStartTime", "birthdayProperties"))}
    # "This cannot be modified after the event is created.", "Immutable", or what names an event.
    - {"eventType", "privateCopy", "id", "iCalUID"}
)


@pytest.mark.parametrize("path", CHANGEABLE)
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_field_can_be_changed(me, label, path, method):
    for body, query, _ in sent(path):
        start = {name: body[name] for name in ("start", "end", "eventType") if name in body}
        needed = {
            name: body[name]
            for name in body
            if "eventType" in body and name not in ("summary", path.partition(".")[0])
        }
        if body.get("eventType", "default") != "default":
            event = me.insert(body, **query)
        else:
            event = me.insert({**TIMED, **start, **needed})
        changed = me.ok(method, f"/calendars/primary/events/{event['id']}", body, **query)
        assert at(changed, path) == at(body, path)
        assert at(me.get(event["id"]), path) == at(body, path)


BOGUS = {
    "attachments[].fileId": "bogus",
    "attendees[].asyncOperation": "inProgress",
    "attendees[].organizer": True,
    "attendees[].self": True,
    "birthdayProperties.contact": "people/c1",
    "birthdayProperties.customTypeName": "bogus",
    "conferenceData.createRequest.status.statusCode": "success",
    "created": "2000-01-01T00:00:00.000Z",
    "creator.displayName": "bogus",
    "creator.email": "bogus@example.com",
    "creator.id": "bogus",
    "creator.self": False,
    "etag": '"1"',
    "hangoutLink": "https://bogus.example.com",
    "htmlLink": "https://bogus.example.com",
    "kind": "bogus",
    "locked": True,
    "organizer.self": False,
    "updated": "2000-01-01T00:00:00.000Z",
}


def with_value(body, path, value):
    """A body with a value at a path, and lists of one item on the way."""
    name, _, rest = path.partition(".")
    if name.endswith("[]"):
        key = name.removesuffix("[]")
        return {**body, key: [with_value(dict(body[key][0]), rest, value)]}
    if rest:
        return {**body, name: with_value(dict(body.get(name, {})), rest, value)}
    return {**body, name: value}


@pytest.mark.parametrize("path", sorted(READ_ONLY))
def test_a_read_only_field_is_ignored(me, path):
    bodies = [body for body, _ in INSERTED if body is not ALL_DAY and "eventLabelId" not in body]
    parent = path.rpartition(".")[0].partition("[")[0].partition(".")[0]
    body = next((body for body in bodies if parent in body), EVERYTHING)
    if path.startswith("conferenceData.createRequest"):
        body = next(body for body in bodies if at(body, "conferenceData.createRequest"))
    if not path.startswith("birthdayProperties."):
        # A new birthday "must" leave these two empty, says the guide: see test_what_a_birthday_cannot_be.
        body = with_value(body, path, BOGUS[path])
    for suffix in ("", "/import"):
        uid = {"iCalUID": f"uid{suffix}"} if suffix else {}
        event = me.ok("POST", f"/calendars/primary/events{suffix}", {**body, **uid}, **VERSIONS)
        assert BOGUS[path] not in at(event, path)
        changed = me.ok(
            "PATCH",
            f"/calendars/primary/events/{event['id']}",
            with_value(event, path, BOGUS[path])
            if parent in event or not parent
            else {parent: body.get(parent)},
            **VERSIONS,
        )
        assert BOGUS[path] not in at(changed, path)
        me.delete(event["id"])
        body = {name: value for name, value in body.items() if name != "id"}


def test_a_series_that_an_instance_was_imported_for_is_named(me, series):
    event = me.ok("POST", "/calendars/primary/events/import", IMPORTED[1])
    assert event["id"].startswith(event["recurringEventId"])


def test_attendees_are_said_to_be_omitted_where_they_are(me):
    event = me.insert({**TIMED, "attendees": EVERYTHING["attendees"]}, maxAttendees=1)
    assert event["attendeesOmitted"] is True
    assert "attendeesOmitted" not in me.get(event["id"])


def test_every_field_of_a_listing_is_answered(me):
    me.ok("PATCH", "/calendars/primary", {"description": "Description"})
    for number in range(2):
        me.insert({**TIMED, "summary": str(number)})
    first = me.list(maxResults=1)
    last = me.list(maxResults=1, pageToken=first["nextPageToken"])
    assert first.keys() | last.keys() == SCHEMAS["Events"]["properties"].keys()
    assert (first["kind"], first["accessRole"], first["timeZone"]) == (
        "calendar#events",
        "owner",
        "UTC",
    )
    assert first["defaultReminders"] == [{"method": "popup", "minutes": 10}]


# Special values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ({"date": "2026-03-03"}, {"date": "2026-03-04"}),
        (
            {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "UTC"},
            {"dateTime": "2026-03-03T10:30:00Z", "timeZone": "UTC"},
        ),
    ],
)
def test_an_event_without_an_end_is_given_one(me, emulator, start, end):
    emulator.users.add("me@example.com", settings={"defaultEventLength": "30"})
    event = me.insert({"start": start, "endTimeUnspecified": True})
    assert (event["end"], event["endTimeUnspecified"]) == (end, True)
    patched = me.patch(event["id"], {"end": end})
    assert "endTimeUnspecified" not in patched


def test_without_an_end_that_is_unspecified_an_end_is_missing(me):
    assert me.insert_error({"start": TIMED["start"]})["message"] == "Missing end time."


@pytest.mark.parametrize(
    "gadget", [{"width": 0}, {"height": -1}, {"link": "http://x"}, {"iconLink": "ftp://x"}]
)
def test_a_gadget_that_cannot_be_shown_is_refused(me, gadget):
    error = me.insert_error({**TIMED, "gadget": gadget})
    (name,) = gadget
    assert (error["reason"], error["message"]) == ("invalid", f"Invalid gadget {name}.")


def test_the_source_of_an_event_is_its_creators_to_see_and_to_change(me, caller, emulator):
    rule = {"role": "owner", "scope": {"type": "user", "value": "ann@example.com"}}
    me.ok("POST", "/calendars/primary/acl", rule)
    ann = caller(emulator, "ann@example.com")
    source = {"url": "https://example.com/source"}
    event = me.insert({**TIMED, "source": source})
    for shown in (ann.get(event["id"], "me@example.com"), ann.items("me@example.com")[0]):
        assert "source" not in shown
    ann.patch(event["id"], {"source": {"url": "https://else.where"}}, calendar="me@example.com")
    ann.update(event["id"], TIMED, calendar="me@example.com")
    assert me.get(event["id"])["source"] == source
    anns = ann.insert({**TIMED, "source": source}, calendar="me@example.com")
    assert anns["source"] == source
    assert "source" not in me.get(anns["id"])


SERIES = {**TIMED, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}


def test_an_instance_that_hides_more_hides_its_whole_series(me):
    series = me.insert(SERIES)
    first, second, _ = me.instances(series["id"])
    me.patch(first["id"], {"summary": "Special"})
    patched = me.patch(second["id"], {"visibility": "private", "location": "Here"})
    assert (patched["visibility"], patched["location"]) == ("private", "Here")
    assert {item["visibility"] for item in me.instances(series["id"])} == {"private"}
    assert me.get(series["id"])["visibility"] == "private"
    assert me.get(first["id"])["summary"] == "Special"


def test_an_instance_does_not_hide_less_than_its_series(me):
    series = me.insert({**SERIES, "visibility": "private"})
    first, *_ = me.instances(series["id"])
    assert me.patch(first["id"], {"visibility": "public"})["visibility"] == "private"
    me.patch(series["id"], {"visibility": "public"})
    assert {item["visibility"] for item in me.instances(series["id"])} == {"public"}


# Parameters ---------------------------------------------------------------------------------------------

METHODS = DOCUMENT["resources"]["events"]["methods"]
GUESTS = [{"email": "ann@example.com"}, {"email": "bob@example.org"}]


class Acts:
    """Each method, on an event of its own: `act("patch", body, **query)`."""

    def __init__(self, me):
        self.me = me
        team = me.ok("POST", "/calendars", {"summary": "Team"})
        self.team = team["id"]
        self.count = 0

    def __call__(self, method, body=None, **query):
        me, events = self.me, "/calendars/primary/events"
        self.count += 1
        new = {**TIMED, "summary": f"Event {self.count}", "attendees": GUESTS, **(body or {})}
        if method == "insert":
            return me.insert(new, **query)
        if method == "import":
            return me.ok("POST", f"{events}/import", {**new, "iCalUID": str(self.count)}, **query)
        if method == "quickAdd":
            text = "Lunch tomorrow 1pm with ann@example.com"
            return me.ok("POST", f"{events}/quickAdd", **{"text": text, **query})
        if method == "instances":
            series = me.insert({**new, "recurrence": SERIES["recurrence"]})
            return me.ok("GET", f"{events}/{series['id']}/instances", **query)
        event = me.insert({**TIMED, "summary": "Before", "attendees": GUESTS})
        one = f"{events}/{event['id']}"
        if method == "list":
            return me.list(**query)
        if method == "get":
            return me.get(event["id"], **query)
        if method == "patch":
            return me.patch(event["id"], new, **query)
        if method == "update":
            return me.update(event["id"], new, **query)
        if method == "delete":
            return me.delete(event["id"], **query)
        if method == "move":
            return me.ok("POST", f"{one}/move", **{"destination": self.team, **query})
        raise AssertionError(f"a new method: {method}")


@pytest.fixture
def act(me, label):
    return Acts(me)


def events_of(answer):
    return answer.get("items", [answer])


def always_include_email(act, method, emulator):
    # "Deprecated and ignored."
    with_it, without = act(method, alwaysIncludeEmail="true"), act(method)
    assert with_it.keys() == without.keys()


def max_attendees(act, method, emulator):
    for event in events_of(act(method, maxAttendees=1)):
        assert event["attendeesOmitted"] is True
        assert "attendees" not in event or event["attendees"] == []
    assert len(events_of(act(method, maxAttendees=2))[0]["attendees"]) == 2


def time_zone(act, method, emulator):
    event = events_of(act(method, timeZone="Asia/Kolkata"))[0]
    assert event["start"]["dateTime"].endswith("+05:30")


def send_updates(act, method, emulator):
    for mode, told in (("all", True), ("none", False)):
        act(method, sendUpdates=mode)
        assert bool(emulator.outbox) is told
        emulator.outbox.clear()
    act(method, sendUpdates="externalOnly")
    assert {mail.to for mail in emulator.outbox} <= {"bob@example.org"}


def send_notifications(act, method, emulator):
    for flag, told in (("true", True), ("false", False)):
        act(method, sendNotifications=flag)
        assert bool(emulator.outbox) is told
        emulator.outbox.clear()


def conference_data_version(act, method, emulator):
    body = {"conferenceData": {"createRequest": {"requestId": "r"}}}
    assert "conferenceData" not in act(method, body, conferenceDataVersion=0)
    assert "conferenceData" in act(method, body, conferenceDataVersion=1)


def supports_attachments(act, method, emulator):
    body = {"attachments": [{"fileUrl": "https://example.com/file"}]}
    assert "attachments" not in act(method, body, supportsAttachments="false")
    assert "attachments" in act(method, body, supportsAttachments="true")


def event_label_version(act, method, emulator):
    body = {"eventLabelId": LABEL, "colorId": "5"}
    assert "eventLabelId" not in act(method, body, eventLabelVersion=0)
    assert "colorId" not in act(method, body, eventLabelVersion=1)


def max_results(act, method, emulator):
    act(method)
    answer = act(method, maxResults=1)
    assert len(answer["items"]) == 1
    assert answer["nextPageToken"]


def page_token(act, method, emulator):
    if method == "instances":
        series = act.me.insert(SERIES)
        path = f"/calendars/primary/events/{series['id']}/instances"
    else:
        path = "/calendars/primary/events"
        for _ in range(2):
            act("insert")
    first = act.me.ok("GET", path, maxResults=1)
    second = act.me.ok("GET", path, maxResults=1, pageToken=first["nextPageToken"])
    assert first["items"] != second["items"]


def show_deleted(act, method, emulator):
    series = act.me.insert(SERIES)
    instance = act.me.instances(series["id"])[0]
    act.me.delete(instance["id"])
    path = f"/calendars/primary/events/{series['id']}/instances"
    query = {} if method == "instances" else {"singleEvents": "true"}
    path = path if method == "instances" else "/calendars/primary/events"
    shown = [item["id"] for item in act.me.ok("GET", path, showDeleted="true", **query)["items"]]
    hidden = [item["id"] for item in act.me.ok("GET", path, **query)["items"]]
    assert instance["id"] in shown
    assert instance["id"] not in hidden


def time_min(act, method, emulator):
    assert act(method, timeMin="2030-01-01T00:00:00Z")["items"] == []


def time_max(act, method, emulator):
    assert act(method, timeMax="2020-01-01T00:00:00Z")["items"] == []


def original_start(act, method, emulator):
    (item,) = act(method, originalStart="2026-03-04T10:00:00Z")["items"]
    assert item["originalStartTime"]["dateTime"] == "2026-03-04T10:00:00Z"


def destination(act, method, emulator):
    assert act(method)["organizer"]["email"] == act.team


def text(act, method, emulator):
    assert act(method, text="Dinner tomorrow 7pm")["summary"] == "Dinner"


def event_types(act, method, emulator):
    assert act(method, eventTypes="focusTime")["items"] == []


def ical_uid(act, method, emulator):
    event = act("insert")
    assert [item["id"] for item in act(method, iCalUID=event["iCalUID"])["items"]] == [event["id"]]


def order_by(act, method, emulator):
    late = act("insert", {"start": {"date": "2026-05-01"}, "end": {"date": "2026-05-02"}})
    early = act("insert", {"start": {"date": "2026-01-01"}, "end": {"date": "2026-01-02"}})
    ids = [late["id"], early["id"]]
    by_start = act.me.items(orderBy="startTime", singleEvents="true")
    assert [item["id"] for item in by_start] == ids[::-1]
    emulator.clock.advance(1)
    act.me.patch(late["id"], {"summary": "x"})
    assert [item["id"] for item in act.me.items(orderBy="updated")] == ids[::-1]


def extended_property(act, method, emulator):
    properties = {"private": {"a": "1"}, "shared": {"b": "2"}}
    event = act("insert", {"extendedProperties": properties})
    for query in ({"privateExtendedProperty": "a=1"}, {"sharedExtendedProperty": "b=2"}):
        assert [item["id"] for item in act(method, **query)["items"]] == [event["id"]]
    assert act(method, privateExtendedProperty="b=2")["items"] == []


def free_text(act, method, emulator):
    event = act("insert", {"location": "Žižkov"})
    assert [item["id"] for item in act(method, q="Žižkov")["items"]] == [event["id"]]


def show_hidden_invitations(act, method, emulator):
    emulator.users.add("ann@example.com", settings={"hideInvitations": "true"})
    act("insert")
    ann = act.me.__class__(emulator, "ann@example.com")
    assert ann.items() == []
    assert len(ann.items(showHiddenInvitations="true")) == 1


def single_events(act, method, emulator):
    act.me.insert(SERIES)
    assert len(act.me.items(singleEvents="true")) == 3
    assert len(act.me.items()) == 1


def sync_token(act, method, emulator):
    token = act.me.list()["nextSyncToken"]
    event = act("insert")
    assert [item["id"] for item in act.me.items(syncToken=token)] == [event["id"]]


def updated_min(act, method, emulator):
    act("insert")
    emulator.clock.advance(60)
    event = act("insert")
    items = act.me.items(updatedMin="2026-03-02T09:00:30Z")
    assert [item["id"] for item in items] == [event["id"]]


EFFECTS = {
    "alwaysIncludeEmail": always_include_email,
    "conferenceDataVersion": conference_data_version,
    "destination": destination,
    "eventLabelVersion": event_label_version,
    "eventTypes": event_types,
    "iCalUID": ical_uid,
    "maxAttendees": max_attendees,
    "maxResults": max_results,
    "orderBy": order_by,
    "originalStart": original_start,
    "pageToken": page_token,
    "privateExtendedProperty": extended_property,
    "q": free_text,
    "sendNotifications": send_notifications,
    "sendUpdates": send_updates,
    "sharedExtendedProperty": extended_property,
    "showDeleted": show_deleted,
    "showHiddenInvitations": show_hidden_invitations,
    "singleEvents": single_events,
    "supportsAttachments": supports_attachments,
    "syncToken": sync_token,
    "text": text,
    "timeMax": time_max,
    "timeMin": time_min,
    "timeZone": time_zone,
    "updatedMin": updated_min,
}
# A notification says that something changed, and not what: of the parameters of a listing, only the types of events
# tell what to watch. The tests of push channels show that one.
PARAMETERS = [
    (method, name)
    for method, description in METHODS.items()
    for name, parameter in description["parameters"].items()
    if parameter["location"] == "query" and method != "watch"
]


@pytest.mark.parametrize(("method", "name"), PARAMETERS)
def test_a_parameter_does_what_it_says(act, emulator, method, name):
    EFFECTS[name](act, method, emulator)


def test_the_parameters_of_watching_are_those_of_listing():
    assert METHODS["watch"]["parameters"].keys() == METHODS["list"]["parameters"].keys()


@pytest.mark.parametrize("name", sorted(METHODS["watch"]["parameters"].keys() - {"calendarId"}))
def test_the_parameters_of_watching_are_accepted(me, name):
    values = {
        "boolean": "true",
        "integer": "1",
        "string": "a=b" if name.endswith("Property") else "x",
    }
    parameter = METHODS["watch"]["parameters"][name]
    value = parameter.get("enum", [values[parameter["type"]]])[0]
    if parameter.get("format") == "date-time":
        value = "2026-03-01T00:00:00Z"
    body = {"id": f"channel-{name}", "type": "web_hook", "address": "http://127.0.0.1:9/hook"}
    channel = me.ok("POST", "/calendars/primary/events/watch", body, **{name: value})
    assert channel["id"] == f"channel-{name}"
