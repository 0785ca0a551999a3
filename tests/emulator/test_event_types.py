"""Events of other types than the default one: what each has, needs and may not have."""

import pytest

START = {"dateTime": "2026-03-03T09:00:00Z"}
END = {"dateTime": "2026-03-03T12:00:00Z"}
TIMED = {"start": START, "end": END}
ALL_DAY = {"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}}

FOCUS_TIME = {**TIMED, "eventType": "focusTime", "focusTimeProperties": {}}
OUT_OF_OFFICE = {**TIMED, "eventType": "outOfOffice", "outOfOfficeProperties": {}}
WORKING_LOCATION = {
    **ALL_DAY,
    "eventType": "workingLocation",
    "visibility": "public",
    "transparency": "transparent",
    "workingLocationProperties": {"type": "homeOffice", "homeOffice": {}},
}
BIRTHDAY = {
    **ALL_DAY,
    "eventType": "birthday",
    "visibility": "private",
    "transparency": "transparent",
    "recurrence": ["RRULE:FREQ=YEARLY"],
}
STATUS = {
    "focusTime": FOCUS_TIME,
    "outOfOffice": OUT_OF_OFFICE,
    "workingLocation": WORKING_LOCATION,
}
ALL = {**STATUS, "birthday": BIRTHDAY}
PROPERTIES = {
    "focusTime": "focusTimeProperties",
    "outOfOffice": "outOfOfficeProperties",
    "workingLocation": "workingLocationProperties",
    "birthday": "birthdayProperties",
}


def refusal(error):
    assert (error["status"], error["domain"]) == (400, "calendar")
    return error["reason"], error["message"]


def without(body, name):
    return {key: value for key, value in body.items() if key != name}


# All of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL)
def test_an_event_of_a_type_says_so(me, kind):
    event = me.insert(ALL[kind])
    assert event["eventType"] == kind
    assert PROPERTIES[kind] in event
    assert me.items(eventTypes=kind) == [event]
    assert me.items(eventTypes="default") == []


@pytest.mark.parametrize("kind", ALL)
def test_an_event_of_a_type_is_on_a_primary_calendar_only(me, kind):
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    error = me.error("POST", f"/calendars/{team['id']}/events", ALL[kind])
    assert refusal(error) == (
        "eventTypeRestriction",
        f"Events of type {kind} can only be on a primary calendar.",
    )


@pytest.mark.parametrize("kind", ALL)
def test_an_event_of_a_type_cannot_be_moved(me, kind):
    event = me.insert(ALL[kind])
    team = me.ok("POST", "/calendars", {"summary": "Team"})
    error = me.error(
        "POST", f"/calendars/primary/events/{event['id']}/move", destination=team["id"]
    )
    assert refusal(error)[0] == "eventTypeRestriction"


@pytest.mark.parametrize("kind", ALL)
def test_the_properties_of_a_type_are_for_that_type(me, kind):
    name = PROPERTIES[kind]
    body = {**TIMED, name: ALL[kind].get(name, {"type": "birthday"})}
    assert refusal(me.insert_error(body)) == (
        "eventTypeRestriction",
        f"{name} requires an event type of {kind}",
    )


@pytest.mark.parametrize("kind", ALL)
def test_the_type_of_an_event_does_not_change(me, kind):
    event = me.insert(ALL[kind])
    assert me.patch(event["id"], {"eventType": "default"})["eventType"] == kind


@pytest.mark.parametrize("kind", ALL)
def test_sending_an_event_of_a_type_back_changes_nothing(me, kind):
    event = me.insert(ALL[kind])
    assert me.update(event["id"], event) == event


@pytest.mark.parametrize("kind", ALL)
def test_an_event_of_a_type_is_imported_as_a_default_one(me, kind):
    body = {**ALL[kind], "iCalUID": "uid"}
    event = me.ok("POST", "/calendars/primary/events/import", body)
    assert event["eventType"] == "default"
    assert PROPERTIES[kind] not in event


@pytest.mark.parametrize("kind", ALL)
def test_an_event_of_a_type_can_be_deleted_and_brought_back(me, kind):
    event = me.insert(ALL[kind])
    me.delete(event["id"])
    assert me.items() == []
    assert me.patch(event["id"], {"status": "confirmed"})["eventType"] == kind


def test_several_types_may_be_asked_for(me, meeting):
    me.insert(meeting)
    for body in STATUS.values():
        me.insert(body)
    kinds = {item["eventType"] for item in me.items(eventTypes=["focusTime", "default"])}
    assert kinds == {"focusTime", "default"}
    assert len(me.items()) == 4


def test_only_what_takes_time_makes_busy(me):
    for body in (*STATUS.values(), BIRTHDAY):
        me.insert(body)
    query = {
        "timeMin": "2026-03-03T00:00:00Z",
        "timeMax": "2026-03-04T00:00:00Z",
        "items": [{"id": "me@example.com"}],
    }
    assert me.ok("POST", "/freeBusy", query)["calendars"]["me@example.com"]["busy"] == [
        {"start": "2026-03-03T09:00:00Z", "end": "2026-03-03T12:00:00Z"}
    ]


# Focus time and out of office ---------------------------------------------------------------------------

ABSENCES = {
    "focusTime": (FOCUS_TIME, "malformedFocusTimeEvent", "A focus time event"),
    "outOfOffice": (OUT_OF_OFFICE, "malformedOutOfOfficeEvent", "An out of office event"),
}


@pytest.mark.parametrize(
    ("kind", "title"), [("focusTime", "Focus time"), ("outOfOffice", "Out of office")]
)
def test_an_absence_has_a_title_and_declines_nothing_unless_told(me, kind, title):
    event = me.insert(STATUS[kind])
    assert event["summary"] == title
    assert event[PROPERTIES[kind]] == {"autoDeclineMode": "declineNone"}
    assert me.insert({**STATUS[kind], "summary": "Mine"})["summary"] == "Mine"


@pytest.mark.parametrize("kind", ABSENCES)
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (ALL_DAY, "cannot be an all-day event"),
        ({"transparency": "transparent"}, "must have a transparency setting of opaque"),
        (
            {"attendees": [{"email": "ann@example.com"}]},
            "cannot have the property attendees",
        ),
    ],
)
def test_what_an_absence_cannot_be(me, kind, change, why):
    body, reason, name = ABSENCES[kind]
    assert refusal(me.insert_error({**body, **change})) == (reason, f"{name} {why}.")
    event = me.insert(body)
    cleared = {"dateTime": None}
    patch = {
        field: {**value, **cleared} if field in ("start", "end") else value
        for field, value in change.items()
    }
    error = me.error("PATCH", f"/calendars/primary/events/{event['id']}", patch)
    assert refusal(error) == (reason, f"{name} {why}.")


@pytest.mark.parametrize("kind", ABSENCES)
def test_an_absence_needs_its_properties(me, kind):
    body, reason, name = ABSENCES[kind]
    missing = without(body, PROPERTIES[kind])
    expected = (reason, f"{name} must have the property {PROPERTIES[kind]}.")
    assert refusal(me.insert_error(missing)) == expected
    event = me.insert(body)
    path = f"/calendars/primary/events/{event['id']}"
    assert refusal(me.error("PUT", path, missing)) == expected
    assert refusal(me.error("PATCH", path, {PROPERTIES[kind]: None})) == expected


@pytest.mark.parametrize("name", ["description", "location"])
def test_an_absence_has_no_details(me, name):
    error = me.insert_error({**OUT_OF_OFFICE, name: "x"})
    assert refusal(error)[0] == "malformedOutOfOfficeEvent"
    assert me.insert({**FOCUS_TIME, name: "x"})[name] == "x"


@pytest.mark.parametrize("kind", STATUS)
def test_a_status_event_has_no_conference(me, kind):
    body = {**STATUS[kind], "conferenceData": {"createRequest": {"requestId": "r"}}}
    error = me.insert_error(body, conferenceDataVersion=1)
    assert refusal(error)[1].endswith("cannot have the property conferenceData.")


def test_modes_and_statuses_that_there_are_not(me):
    for properties in ({"autoDeclineMode": "declineSome"}, {"chatStatus": "asleep"}):
        error = me.insert_error({**FOCUS_TIME, "focusTimeProperties": properties})
        (value,) = properties.values()
        assert error["message"] == f"Invalid value for: {value} is not a valid value"


def test_focus_time_keeps_its_properties(me):
    properties = {
        "autoDeclineMode": "declineAllConflictingInvitations",
        "chatStatus": "doNotDisturb",
        "declineMessage": "Later",
    }
    event = me.insert({**FOCUS_TIME, "focusTimeProperties": properties})
    assert event["focusTimeProperties"] == properties
    patched = me.patch(event["id"], {"focusTimeProperties": {"chatStatus": "available"}})
    assert patched["focusTimeProperties"] == {**properties, "chatStatus": "available"}


def test_an_absence_may_repeat(me):
    rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}
    zoned = {
        "start": {**START, "timeZone": "UTC"},
        "end": {**END, "timeZone": "UTC"},
    }
    event = me.insert({**OUT_OF_OFFICE, **zoned, **rule})
    assert [item["eventType"] for item in me.instances(event["id"])] == ["outOfOffice"] * 2


# Working location ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "stored", "title"),
    [
        ({"type": "homeOffice"}, {"type": "homeOffice", "homeOffice": {}}, "Home"),
        (
            {"type": "customLocation", "customLocation": {"label": "Café"}, "homeOffice": {}},
            {"type": "customLocation", "customLocation": {"label": "Café"}},
            "Café",
        ),
        (
            {"type": "officeLocation", "officeLocation": {"buildingId": "b", "deskId": "d"}},
            {"type": "officeLocation", "officeLocation": {"buildingId": "b", "deskId": "d"}},
            "Office",
        ),
        (
            {"type": "officeLocation", "officeLocation": {"label": "HQ", "floorId": "1"}},
            {"type": "officeLocation", "officeLocation": {"label": "HQ", "floorId": "1"}},
            "HQ",
        ),
        (
            {"type": "homeOffice", "homeOffice": [1]},
            {"type": "homeOffice", "homeOffice": {}},
            "Home",
        ),
    ],
)
def test_a_working_location_says_where_and_nothing_else(me, properties, stored, title):
    event = me.insert({**WORKING_LOCATION, "workingLocationProperties": properties})
    assert event["workingLocationProperties"] == stored
    assert event["summary"] == title


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"visibility": "default"},
            "A working location event must have a visibility setting of public.",
        ),
        (
            {"transparency": "opaque"},
            "A working location event must have a transparency setting of transparent.",
        ),
        (
            {"end": {"date": "2026-03-05"}},
            "An all-day working location event must be exactly one day long.",
        ),
        (
            {"workingLocationProperties": {}},
            "A working location event must have a type of working location.",
        ),
        (
            {"workingLocationProperties": None},
            "A working location event must have the property workingLocationProperties.",
        ),
    ],
)
def test_what_a_working_location_needs(me, change, message):
    expected = ("malformedWorkingLocationEvent", message)
    assert refusal(me.insert_error({**WORKING_LOCATION, **change})) == expected


def test_a_working_location_of_some_hours_may_last_over_midnight(me):
    times = {"start": START, "end": {"dateTime": "2026-03-04T12:00:00Z"}}
    assert me.insert({**WORKING_LOCATION, **times})["end"]["dateTime"] == "2026-03-04T12:00:00Z"


# Searching ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("Out of office", "outOfOffice"),
        ("Abwesend", "outOfOffice"),
        ("Fokuszeit", "focusTime"),
        ("Zuhause", "workingLocation"),
    ],
)
def test_status_events_are_found_by_their_title_in_any_language(me, query, kind):
    for body in STATUS.values():
        me.insert({**body, "summary": "x"})
    assert [item["eventType"] for item in me.items(q=query)] == [kind]


def test_a_bureau_is_an_office(me):
    office = {"type": "officeLocation", "officeLocation": {"deskId": "D-7"}}
    event = me.insert({**WORKING_LOCATION, "workingLocationProperties": office, "summary": "x"})
    for query in ("Bureau", "Office", "D-7"):
        assert me.items(q=query) == [event]
    assert me.items(q="Zuhause") == []


# Birthdays ----------------------------------------------------------------------------------------------


def test_a_birthday_comes_back_each_year(me):
    event = me.insert(BIRTHDAY)
    assert event["summary"] == "Happy birthday!"
    assert event["birthdayProperties"] == {"type": "birthday"}
    days = [item["start"]["date"] for item in me.instances(event["id"], maxResults=2)]
    assert days == ["2026-03-03", "2027-03-03"]


def test_a_birthday_on_a_leap_day_is_on_the_last_day_of_february(me):
    leap = {"start": {"date": "2028-02-29"}, "end": {"date": "2028-03-01"}}
    rule = {"recurrence": ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"]}
    event = me.insert({**BIRTHDAY, **leap, **rule})
    days = [item["start"]["date"] for item in me.instances(event["id"], maxResults=2)]
    assert days == ["2028-02-29", "2029-02-28"]
    assert refusal(me.insert_error({**BIRTHDAY, **leap}))[0] == "eventTypeRestriction"


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "public"},
        {"transparency": "opaque"},
        {"recurrence": ["RRULE:FREQ=DAILY"]},
        {"recurrence": []},
        {"end": {"date": "2026-03-05"}},
        {"start": {**START, "timeZone": "UTC"}, "end": {**END, "timeZone": "UTC"}},
        {"location": "Here"},
        {"description": "x"},
        {"attendees": [{"email": "ann@example.com"}]},
        {"birthdayProperties": {"type": "anniversary"}},
        {"birthdayProperties": {"type": "self"}},
        {"birthdayProperties": {"contact": "people/c12345"}},
        {"birthdayProperties": {"type": "birthday", "customTypeName": "Name day"}},
    ],
)
def test_what_a_birthday_cannot_be(me, change):
    assert refusal(me.insert_error({**BIRTHDAY, **change}))[0] == "eventTypeRestriction"


def test_of_a_birthday_title_colour_reminders_and_day_can_be_changed(me):
    event = me.insert(BIRTHDAY)
    changes = {
        "summary": "Ann",
        "colorId": "3",
        "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 60}]},
        "start": {"date": "2028-02-29"},
        "end": {"date": "2028-03-01"},
    }
    patched = me.patch(event["id"], changes)
    for name, value in changes.items():
        assert patched[name] == value
    assert patched["recurrence"] == ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"]


@pytest.mark.parametrize(
    "change",
    [
        {"location": "Here"},
        {"visibility": "public"},
        {"recurrence": ["RRULE:FREQ=DAILY"]},
        {"start": {"date": "2026-03-01"}},
        {"guestsCanModify": True},
    ],
)
def test_other_changes_of_a_birthday_are_refused(me, change):
    event = me.insert(BIRTHDAY)
    error = me.error("PATCH", f"/calendars/primary/events/{event['id']}", change)
    assert refusal(error)[0] == "eventTypeRestriction"


@pytest.mark.parametrize(
    "properties",
    [{"type": "birthday", "contact": "people/c12345"}, {"type": "self", "contact": "people/c1"}],
)
def test_the_day_of_a_birthday_that_comes_from_a_contact_stays(me, emulator, properties):
    # https://developers.google.com/workspace/calendar/api/guides/event-types#birthday
    seed = {**BIRTHDAY, "summary": "Ann", "birthdayProperties": properties}
    (event_id,) = emulator.seed_from({"events": [{**seed, "user": "me@example.com"}]}).events
    event = me.get(event_id)
    assert event["birthdayProperties"] == properties
    path = f"/calendars/primary/events/{event_id}"
    error = me.error(
        "PATCH", path, {"start": {"date": "2026-03-05"}, "end": {"date": "2026-03-06"}}
    )
    assert refusal(error)[0] == "eventTypeRestriction"
    assert me.update(event_id, event) == event
    assert me.patch(event_id, {"summary": "Ann, 40"})["summary"] == "Ann, 40"


# Events from Gmail --------------------------------------------------------------------------------------


def test_an_event_from_gmail_cannot_be_created(me, meeting):
    error = me.insert_error({**meeting, "eventType": "fromGmail"})
    assert (error["status"], error["reason"]) == (400, "invalid")


@pytest.fixture
def from_gmail(emulator):
    seeded = emulator.seed_from(
        {
            "events": [
                {
                    "summary": "Flight to Prague",
                    "start": "2026-03-05T09:00",
                    "eventType": "fromGmail",
                    "user": "me@example.com",
                }
            ]
        }
    )
    return seeded.events[0]


def test_a_seed_brings_an_event_from_gmail(me, from_gmail):
    (event,) = me.items(eventTypes="fromGmail")
    assert (event["id"], event["summary"], event["locked"]) == (
        from_gmail,
        "Flight to Prague",
        True,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"colorId": "3"},
        {"reminders": {"useDefault": False}},
        {"visibility": "public"},
        {"transparency": "transparent"},
        {"status": "tentative"},
        {"extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}}},
    ],
)
def test_what_can_be_changed_of_an_event_from_gmail(me, from_gmail, change):
    ((name, value),) = change.items()
    assert me.patch(from_gmail, change)[name] == value


@pytest.mark.parametrize(
    "change", [{"summary": "x"}, {"location": "x"}, {"start": START, "end": END}]
)
def test_what_cannot_be_changed_of_an_event_from_gmail(me, from_gmail, change):
    error = me.error("PATCH", f"/calendars/primary/events/{from_gmail}", change)
    assert (error["status"], error["reason"]) == (400, "badRequest")


def test_an_event_from_gmail_can_be_deleted(me, from_gmail):
    me.delete(from_gmail)
    assert me.items() == []


# Administrators -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", STATUS)
def test_an_administrator_manages_the_status_events_of_the_organization(me, ann, kind):
    calendar = "ann@example.com"
    event = me.insert(STATUS[kind], calendar=calendar)
    assert ann.get(event["id"])["organizer"] == {"email": calendar, "self": True}
    assert me.get(event["id"], calendar=calendar)["eventType"] == kind
    assert [item["id"] for item in me.items(calendar, eventTypes=kind)] == [event["id"]]
    me.patch(event["id"], {"summary": "x"}, calendar=calendar)
    assert ann.get(event["id"])["summary"] == "x"
    me.delete(event["id"], calendar=calendar)
    assert ann.items() == []


def test_an_administrator_has_no_other_business_on_a_colleagues_calendar(me, ann, meeting):
    event = ann.insert(meeting)
    path = "/calendars/ann@example.com/events"
    for method, where, body, query in (
        ("POST", path, meeting, {}),
        ("GET", path, None, {}),
        ("GET", path, None, {"eventTypes": ["focusTime", "default"]}),
        ("GET", f"{path}/{event['id']}", None, {}),
        ("PATCH", f"{path}/{event['id']}", {"summary": "x"}, {}),
        ("DELETE", f"{path}/{event['id']}", None, {}),
    ):
        assert me.error(method, where, body, **query)["status"] == 404


def test_nobody_else_manages_the_status_events_of_others(me, ann, caller, emulator):
    me.list()
    outside = caller(emulator, "bob@example.org")
    outside.list()
    path = "/calendars/{}/events"
    assert ann.error("POST", path.format("me@example.com"), FOCUS_TIME)["status"] == 404
    assert me.error("POST", path.format("bob@example.org"), FOCUS_TIME)["status"] == 404
