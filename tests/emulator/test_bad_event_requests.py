"""What Google answers to requests that are wrong, with reason, message and place."""

import pytest


def test_the_body_of_an_error_is_googles(me):
    reply = me.call("GET", "/calendars/primary/events/nothing")
    assert reply.status == 404
    assert reply.headers["content-type"] == "application/json; charset=UTF-8"
    assert reply.json == {
        "error": {
            "errors": [{"domain": "global", "reason": "notFound", "message": "Not Found"}],
            "code": 404,
            "message": "Not Found",
        }
    }


def test_without_a_token_a_login_is_required(caller, emulator):
    reply = caller(emulator, None).call("GET", "/calendars/primary/events")
    assert reply.status == 401
    assert reply.error == {
        "domain": "global",
        "reason": "required",
        "message": "Login Required",
        "locationType": "header",
        "location": "Authorization",
    }
    assert reply.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic bWU6bWU=", "Bearer a@b@c"])
def test_credentials_that_are_nobodys_are_invalid(caller, emulator, header):
    reply = caller(emulator, None, {"Authorization": header}).call(
        "GET", "/calendars/primary/events"
    )
    assert reply.status == 401
    assert reply.error["reason"] == "authError"
    assert reply.error["message"] == "Invalid Credentials"


@pytest.mark.parametrize("parameter", ["access_token", "oauth_token"])
def test_a_token_may_be_in_the_query(caller, emulator, parameter):
    nobody = caller(emulator, None)
    assert nobody.list(**{parameter: "me@example.com"})["summary"] == "me@example.com"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/calendars"),
        ("POST", "/calendars/primary/events/"),
        ("PUT", "/calendars/primary/events"),
        ("GET", "/calendars/primary/events/abcde/nothing"),
    ],
)
def test_what_is_no_method_of_the_api_is_not_found(me, method, path):
    assert me.error(method, path)["status"] == 404


def test_somebody_elses_calendar_is_not_found(me, caller, emulator):
    caller(emulator, "you@example.com").list()
    assert me.error("GET", "/calendars/you@example.com/events")["reason"] == "notFound"
    assert me.error("GET", "/calendars/nobody@example.com/events")["reason"] == "notFound"


def test_an_event_named_like_a_method_is_an_event(me):
    assert me.error("GET", "/calendars/primary/events/import")["reason"] == "notFound"


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"5", b'"x"', b"null", b"\xff\xfe", b'{"a": }', b"[" * 5000]
)
def test_a_body_that_is_no_json_object_is_a_parse_error(me, body):
    error = me.insert_error(body)
    assert (error["status"], error["reason"], error["message"]) == (
        400,
        "parseError",
        "Parse Error",
    )


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"summary": 5}, "5"),
        ({"summary": ["x"]}, '["x"]'),
        ({"start": "tomorrow"}, "tomorrow"),
        ({"attendees": {"email": "a@b.c"}}, '{"email":"a@b.c"}'),
        ({"attendees": ["a@b.c"]}, "a@b.c"),
        ({"attendees": [None]}, "null"),
        ({"guestsCanModify": "perhaps"}, "perhaps"),
        ({"guestsCanModify": 1}, "1"),
        ({"sequence": "1.5"}, "1.5"),
        ({"sequence": 1.5}, "1.5"),
        ({"sequence": 2**31}, "2147483648"),
        ({"status": "maybe"}, "maybe"),
        ({"visibility": "secret"}, "secret"),
        ({"transparency": ""}, ""),
        ({"recurrence": "RRULE:FREQ=DAILY"}, "RRULE:FREQ=DAILY"),
        ({"recurrence": [1]}, "1"),
        ({"extendedProperties": {"private": {"a": 1}}}, "1"),
        ({"reminders": {"overrides": [{"method": "sms", "minutes": 1}]}}, "sms"),
        ({"attendees": [{"email": "a@b.c", "responseStatus": "yes"}]}, "yes"),
        ({"summary": {"x": "y" * 200}}, '{"x":"' + "y" * 94 + "…"),
    ],
)
def test_a_value_of_the_wrong_type_is_invalid(me, meeting, fields, shown):
    error = me.insert_error({**meeting, **fields})
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["message"] == f"Invalid value for: {shown} is not a valid value"


@pytest.mark.parametrize(
    ("start", "end", "reason", "message"),
    [
        (None, {"date": "2026-01-02"}, "required", "Missing start time."),
        ({"date": "2026-01-01"}, None, "required", "Missing end time."),
        ({}, {"date": "2026-01-02"}, "required", "Missing start time."),
        ({"date": "2026-01-01"}, {"timeZone": "UTC"}, "required", "Missing end time."),
        (
            {"date": "2026-01-01"},
            {"dateTime": "2026-01-02T00:00:00Z"},
            "invalid",
            "Start and end times must either both be date or both be dateTime.",
        ),
        (
            {"date": "2026-01-01", "dateTime": "2026-01-01T00:00:00Z"},
            {"date": "2026-01-02"},
            "invalid",
            "Invalid start time.",
        ),
        (
            {"dateTime": "2026-01-01T10:00:00"},
            {"dateTime": "2026-01-01T11:00:00Z"},
            "required",
            "Missing time zone definition for start time.",
        ),
        (
            {"dateTime": "2026-01-01T10:00:00Z"},
            {"dateTime": "2026-01-01T11:00:00"},
            "required",
            "Missing time zone definition for end time.",
        ),
        (
            {"dateTime": "2026-01-01T10:00:00", "timeZone": "Europe/Nowhere"},
            {"dateTime": "2026-01-01T11:00:00Z"},
            "invalid",
            "Invalid time zone definition for start time.",
        ),
        (
            {"dateTime": "2026-01-01T10:00:00Z"},
            {"dateTime": "2026-01-01T11:00:00Z", "timeZone": "../../etc/passwd"},
            "invalid",
            "Invalid time zone definition for end time.",
        ),
        (
            {"date": "2026-02-30"},
            {"date": "2026-03-02"},
            "invalid",
            "Invalid value for: Invalid format: '2026-02-30' is malformed",
        ),
        (
            {"date": "2026-01-01T00:00:00Z"},
            {"date": "2026-03-02"},
            "invalid",
            "Invalid value for: Invalid format: '2026-01-01T00:00:00Z' is malformed",
        ),
        (
            {"dateTime": "not-a-date"},
            {"dateTime": "2026-01-01T11:00:00Z"},
            "invalid",
            "Invalid value for: Invalid format: 'not-a-date' is malformed",
        ),
        (
            {"dateTime": "2026-01-01T25:00:00Z"},
            {"dateTime": "2026-01-02T11:00:00Z"},
            "invalid",
            "Invalid value for: Invalid format: '2026-01-01T25:00:00Z' is malformed",
        ),
        (
            {"dateTime": "0001-01-01T00:00:00+12:00", "timeZone": "America/Los_Angeles"},
            {"dateTime": "2026-01-02T11:00:00Z"},
            "invalid",
            "Invalid start time.",
        ),
    ],
)
def test_times_that_are_none_are_refused(me, start, end, reason, message):
    body = {"summary": "x"}
    if start is not None:
        body["start"] = start
    if end is not None:
        body["end"] = end
    error = me.insert_error(body)
    assert (error["status"], error["reason"], error["message"]) == (400, reason, message)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ({"dateTime": "2026-01-01T11:00:00Z"}, {"dateTime": "2026-01-01T10:59:59Z"}),
        ({"dateTime": "2026-01-01T11:00:00+01:00"}, {"dateTime": "2026-01-01T10:00:00+02:00"}),
        ({"date": "2026-01-02"}, {"date": "2026-01-01"}),
    ],
)
def test_an_event_that_ends_before_it_begins_is_refused(me, start, end):
    error = me.insert_error({"start": start, "end": end})
    assert error["status"] == 400
    assert error["domain"] == "calendar"
    assert error["reason"] == "timeRangeEmpty"
    assert error["message"] == "The specified time range is empty."


def test_an_event_may_end_when_it_begins(me, timed):
    moment = me.insert(timed("2026-01-01T11:00:00Z", "2026-01-01T11:00:00Z"))
    day = me.insert({"start": {"date": "2026-01-01"}, "end": {"date": "2026-01-01"}})
    for event in (moment, day):
        assert me.get(event["id"])["end"] == event["start"]


@pytest.mark.parametrize(
    ("attendee", "reason", "message"),
    [
        ({"displayName": "Ann"}, "required", "Missing attendee email."),
        ({"email": ""}, "required", "Missing attendee email."),
        ({"email": "ann"}, "invalid", "Invalid attendee email."),
        ({"email": "ann@b c"}, "invalid", "Invalid attendee email."),
        ({"email": "a" * 400 + "@example.com"}, "invalid", "Invalid attendee email."),
    ],
)
def test_an_attendee_needs_an_address(me, meeting, attendee, reason, message):
    error = me.insert_error({**meeting, "attendees": [attendee]})
    assert (error["status"], error["reason"], error["message"]) == (400, reason, message)


def test_an_event_has_no_more_guests_than_it_can_have(me, meeting):
    guests = [{"email": f"guest{number}@example.net"} for number in range(1001)]
    error = me.insert_error({**meeting, "attendees": guests})
    assert error["message"] == "Too many attendees. At most 1000 are allowed."
    me.insert({**meeting, "attendees": guests[:-1]})


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ([{"minutes": 5}], "Missing reminder method."),
        ([{"method": "popup"}], "Missing reminder minutes."),
        (
            [{"method": "popup", "minutes": 40321}],
            "Invalid reminder minutes: 40321. Values must be within the range: [0, 40320]",
        ),
        (
            [{"method": "popup", "minutes": -1}],
            "Invalid reminder minutes: -1. Values must be within the range: [0, 40320]",
        ),
        (
            [{"method": "popup", "minutes": 1}] * 6,
            "Invalid value for: overrides. At most 5 are allowed.",
        ),
    ],
)
def test_reminders_keep_to_googles_limits(me, meeting, overrides, message):
    error = me.insert_error({**meeting, "reminders": {"useDefault": False, "overrides": overrides}})
    assert (error["status"], error["message"]) == (400, message)


def test_default_and_own_reminders_exclude_each_other(me, meeting):
    reminders = {"useDefault": True, "overrides": [{"method": "popup", "minutes": 1}]}
    error = me.insert_error({**meeting, "reminders": reminders})
    assert error["status"] == 400
    assert error["reason"] == "cannotUseDefaultRemindersAndSpecifyOverride"
    assert (
        error["message"] == "Cannot specify both default reminders and overrides at the same time."
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"colorId": "12"}, "Invalid color ID."),
        ({"source": {"url": "ftp://example.com"}}, "Invalid source URL."),
        ({"eventType": "fromGmail"}, "Invalid event type."),
        ({"extendedProperties": {"shared": {str(n): "" for n in range(301)}}},
         "The extended properties of the event are too large."),
        ({"recurrence": ["RRULE:FREQ=NEVER"]}, "Invalid recurrence rule."),
        ({"recurrence": ["DTSTART:20260101T000000Z"]}, "Invalid recurrence rule."),
        ({"recurrence": ["FREQ=DAILY"]}, "Invalid recurrence rule."),
        ({"recurrence": ["RRULE:FREQ=DAILY;COUNT=x"]}, "Invalid recurrence rule."),
        ({"recurrence": ["RRULE:FREQ=DAILY"] * 1001}, "Invalid recurrence rule."),
    ],
)  # fmt: skip
def test_fields_that_break_their_rules_are_invalid(me, timed, fields, message):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "Europe/Zurich", **fields)
    error = me.insert_error(body)
    assert (error["status"], error["reason"], error["message"]) == (400, "invalid", message)


def test_a_timed_series_needs_a_zone(me, meeting):
    error = me.insert_error({**meeting, "recurrence": ["RRULE:FREQ=DAILY"]})
    assert error["reason"] == "required"
    assert error["message"] == "Missing time zone definition for start time."


def test_an_attachment_needs_an_address(me, meeting):
    error = me.insert_error(
        {**meeting, "attachments": [{"title": "x"}]}, supportsAttachments="true"
    )
    assert (error["reason"], error["message"]) == ("required", "Missing attachment file URL.")


@pytest.mark.parametrize(
    ("query", "location", "message"),
    [
        ({"maxResults": "many"}, "maxResults", "Invalid integer value: 'many'."),
        ({"maxResults": "1.0"}, "maxResults", "Invalid integer value: '1.0'."),
        (
            {"maxResults": "0"},
            "maxResults",
            "Invalid value '0'. Values must be within the range: [1, 2147483647]",
        ),
        (
            {"maxResults": str(2**31)},
            "maxResults",
            "Invalid value '2147483648'. Values must be within the range: [1, 2147483647]",
        ),
        (
            {"maxAttendees": "-1"},
            "maxAttendees",
            "Invalid value '-1'. Values must be within the range: [1, 2147483647]",
        ),
        ({"singleEvents": "maybe"}, "singleEvents", "Invalid boolean value: 'maybe'."),
        (
            {"orderBy": "starttime"},
            "orderBy",
            "Invalid string value: 'starttime'. Allowed values: [startTime, updated]",
        ),
    ],
)
def test_a_parameter_of_the_wrong_type_is_named(me, query, location, message):
    error = me.list_error(**query)
    assert error["status"] == 400
    assert error["reason"] == "invalidParameter"
    assert error["locationType"] == "parameter"
    assert error["location"] == location
    assert error["message"] == message


@pytest.mark.parametrize("name", ["timeMin", "timeMax", "updatedMin"])
@pytest.mark.parametrize(
    "text", ["2026-01-01T10:00:00", "2026-01-01", "today", "2026-13-01T00:00:00Z", ""]
)
def test_a_time_without_offset_or_sense_is_a_bad_request(me, name, text):
    error = me.list_error(**{name: text})
    assert (error["status"], error["reason"], error["message"]) == (
        400,
        "badRequest",
        "Bad Request",
    )


@pytest.mark.parametrize("time_max", ["2026-01-01T00:00:00Z", "2025-12-31T00:00:00Z"])
def test_a_window_that_is_empty_is_refused(me, time_max):
    error = me.list_error(timeMin="2026-01-01T00:00:00Z", timeMax=time_max)
    assert error["reason"] == "timeRangeEmpty"
    assert error["location"] == "timeMax"


def test_the_order_of_start_needs_single_events(me):
    error = me.list_error(orderBy="startTime")
    assert (error["status"], error["reason"], error["location"]) == (400, "invalid", "orderBy")
    assert error["message"] == "The requested ordering is not available for the particular query."


def test_a_constraint_on_properties_has_a_name_and_a_value(me):
    assert me.list_error(privateExtendedProperty="name")["location"] == "privateExtendedProperty"
    assert me.list_error(sharedExtendedProperty="=x")["location"] == "sharedExtendedProperty"


def test_an_unknown_zone_for_the_answer_is_named(me):
    error = me.list_error(timeZone="Europe/Nowhere")
    assert (error["status"], error["location"]) == (400, "timeZone")


def test_a_required_parameter_is_named(me):
    error = me.error("POST", "/calendars/primary/events/quickAdd")
    assert (error["status"], error["reason"], error["location"]) == (400, "required", "text")
    assert error["message"] == "Required parameter: text"


def test_an_unknown_parameter_is_ignored(me):
    assert me.items(nonsense="1") == []


def test_of_a_parameter_that_is_given_twice_the_first_counts(me, meeting):
    for _ in range(3):
        me.insert(meeting)
    assert len(me.items(maxResults=["1", "2"])) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY"],
        ["RRULE:FREQ=SECONDLY", "EXRULE:FREQ=SECONDLY"],
        ["RRULE:FREQ=DAILY;UNTIL=99991231T000000Z", "EXRULE:FREQ=DAILY"],
        ["RRULE:FREQ=DAILY"] * 51,
        ["EXDATE:" + ",".join(["20260303T100000Z"] * 7000)],
    ],
)
def test_a_rule_that_nobody_could_expand_is_refused_at_once(me, timed, lines):
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC", recurrence=lines)
    error = me.insert_error(body)
    assert (error["reason"], error["message"]) == ("invalid", "Invalid recurrence rule.")


def test_a_rule_that_matches_nothing_gives_its_start_and_no_more(me, timed):
    # The 30th of February never comes; nobody may look for it until the end of time.
    body = timed("2026-03-03T10:00:00", "2026-03-03T11:00:00", "UTC")
    me.insert({**body, "recurrence": ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]})
    assert len(me.items(singleEvents="true", maxResults=2500)) == 1


def test_a_rule_that_excludes_some_of_another_is_expanded(me, timed):
    body = timed("2026-03-02T10:00:00", "2026-03-02T11:00:00", "UTC")
    rules = ["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"]
    me.insert({**body, "recurrence": rules})
    week = me.items(singleEvents="true", timeMax="2026-03-11T00:00:00Z")
    assert [item["start"]["dateTime"][8:10] for item in week] == [
        "02",
        "03",
        "04",
        "05",
        "06",
        "09",
        "10",
    ]


def test_a_series_by_the_second_fills_pages_and_nothing_else(me, timed):
    # Each instance lasts four years, so that 126 million of them overlap at any time.
    body = timed("2026-03-03T10:00:00", "2030-03-03T10:00:00", "UTC")
    me.insert({**body, "recurrence": ["RRULE:FREQ=SECONDLY"]})
    page = me.list(singleEvents="true", maxResults=10)
    assert [item["start"]["dateTime"][-3:-1] for item in page["items"]] == [
        f"{n:02}" for n in range(10)
    ]
    later = me.list(singleEvents="true", maxResults=10, pageToken=page["nextPageToken"])
    assert [item["start"]["dateTime"][-3:-1] for item in later["items"]] == [
        f"{n}" for n in range(10, 20)
    ]


@pytest.mark.parametrize(
    "query", [{"timeMin": "9999-12-31T23:59:59-14:00"}, {"timeMax": "0001-01-01T00:00:00+14:00"}]
)
@pytest.mark.parametrize("single", ["true", "false"])
def test_a_window_at_the_ends_of_time_is_empty(me, timed, query, single):
    body = timed("2026-03-03T10:00:00", "2026-03-03T10:00:01", "UTC")
    me.insert({**body, "recurrence": ["RRULE:FREQ=SECONDLY;COUNT=10"]})
    assert me.items(**query, singleEvents=single) == []


def test_instances_end_with_the_calendar(me):
    # The second instance would end after the year 9999.
    body = {"start": {"date": "2026-01-01"}, "end": {"date": "9999-12-20"}}
    event = me.insert({**body, "recurrence": ["RRULE:FREQ=MONTHLY"]})
    assert len(me.items(singleEvents="true")) == 1
    assert me.error("GET", f"/calendars/primary/events/{event['id']}_20260201")["status"] == 404


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"])
def test_times_at_the_ends_of_the_calendar_are_refused(me, timed, text):
    assert me.insert_error(timed(text, text))["message"] == "Invalid start time."


def test_a_body_that_is_nested_without_end_is_refused(me, meeting):
    deep = b"[" * 900 + b"]" * 900
    body = b'{"workingLocationProperties":{"homeOffice":' + deep + b"}}"
    assert me.insert_error(body)["reason"] == "parseError"
    nested = {
        "eventType": "workingLocation",
        "visibility": "public",
        "transparency": "transparent",
        "workingLocationProperties": {"type": "homeOffice", "homeOffice": {"a": [[{"b": 1}]]}},
    }
    me.insert({**meeting, **nested})
