"""Seed files: what they may say, how short, and where they are wrong."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

import pytest

from gcsa.emulator import Clock, Emulator
from gcsa.emulator.seeding import SeedError

YAML = """\
users:
  - email: me@example.com
    timeZone: Europe/Prague
    settings: {weekStart: 1, format24HourTime: true}
  - ann@example.com

groups:
  - email: team@example.com
    members: [me@example.com, ann@example.com]

calendars:
  - id: team
    summary: Team
    description: Everybody's
    timeZone: America/New_York
    acl:
      ann@example.com: writer
      group:team@example.com: reader
      domain:example.com: reader
      default: freeBusyReader
  - id: ann@example.com
    summary: Ann's own
    acl: {me@example.com: reader}

events:
  - summary: Lunch
    start: 2026-03-03T12:00
    duration: 1h30m
    attendees: [ann@example.com, {email: bob@example.org, optional: true}]
    reminders: [10, {method: email, minutes: 60}]
  - summary: Standup
    calendar: team
    start: 2026-03-02 09:00
    duration: 15
    recurrence: FREQ=DAILY;COUNT=5
  - summary: Holiday
    user: ann@example.com
    start: 2026-03-04
    duration: 3d
"""


@pytest.fixture
def yaml_file(tmp_path):
    def write(text, name="seed.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def event_of(emulator, me):
    """Seed one event, and return it."""

    def seed(**fields):
        [event_id] = emulator.seed_from({"events": [{"summary": "Event", **fields}]}).events
        return me.get(event_id)

    return seed


@pytest.fixture
def error_of(emulator):
    """Seed, and return the message of the error."""

    def seed(source):
        with pytest.raises(SeedError) as caught:
            emulator.seed_from(source)
        return str(caught.value)

    return seed


# What a file brings -----------------------------------------------------------------------------------------


def test_a_yaml_file_brings_users_groups_calendars_and_events(emulator, yaml_file):
    seeded = emulator.seed_from(yaml_file(YAML))
    assert seeded.users == ["me@example.com", "ann@example.com"]
    assert seeded.groups == ["team@example.com"]
    assert seeded.calendars == ["team@group.calendar.google.com", "ann@example.com"]
    assert len(seeded.events) == 3
    assert list(emulator.users) == ["me@example.com", "ann@example.com"]
    assert emulator.groups["team@example.com"] == ["ann@example.com", "me@example.com"]


def test_users_have_their_zone_and_settings(emulator, yaml_file, me):
    emulator.seed_from(yaml_file(YAML))
    settings = emulator.users.settings("me@example.com")
    assert settings["weekStart"] == "1"
    assert settings["format24HourTime"] == "true"
    assert settings["timezone"] == "Europe/Prague"
    assert me.ok("GET", "/calendars/primary")["timeZone"] == "Europe/Prague"


def test_users_have_their_name(emulator, caller, meeting):
    emulator.seed_from({"users": [{"email": "ann@example.com", "name": "Ann"}]})
    event = caller(emulator, "ann@example.com").insert(meeting)
    assert event["creator"]["displayName"] == "Ann"


def test_calendars_have_their_fields_and_rules(emulator, yaml_file, me):
    emulator.seed_from(yaml_file(YAML))
    team = me.ok("GET", "/calendars/team@group.calendar.google.com")
    assert (team["summary"], team["description"]) == ("Team", "Everybody's")
    assert team["timeZone"] == "America/New_York"
    rules = me.ok("GET", "/calendars/team@group.calendar.google.com/acl")["items"]
    assert {rule["id"]: rule["role"] for rule in rules} == {
        "user:me@example.com": "owner",
        "user:ann@example.com": "writer",
        "group:team@example.com": "reader",
        "domain:example.com": "reader",
        "default": "freeBusyReader",
    }


def test_the_primary_calendar_of_a_user_gets_fields_and_rules_too(emulator, yaml_file, me):
    emulator.seed_from(yaml_file(YAML))
    assert me.ok("GET", "/calendars/ann@example.com")["summary"] == "Ann's own"
    assert [event["summary"] for event in me.items("ann@example.com")][-1] == "Holiday"


def test_a_calendar_is_the_default_users_unless_it_names_another(emulator, caller):
    emulator.seed_from(
        {"calendars": [{"id": "a", "summary": "A"}, {"summary": "B", "owner": "ann@example.com"}]}
    )
    owners = {
        user: [
            entry["summary"]
            for entry in caller(emulator, user).ok("GET", "/users/me/calendarList")["items"]
            if not entry.get("primary")
        ]
        for user in ("me@example.com", "ann@example.com")
    }
    assert owners == {"me@example.com": ["A"], "ann@example.com": ["B"]}


def test_events_are_on_their_calendars(emulator, yaml_file, me, caller):
    emulator.seed_from(yaml_file(YAML))
    team = "team@group.calendar.google.com"
    assert [event["summary"] for event in me.items()] == ["Lunch"]
    assert len(me.items(team, singleEvents="true")) == 5
    [holiday] = [e for e in caller(emulator, "ann@example.com").items() if "date" in e["start"]]
    assert holiday["creator"]["email"] == "ann@example.com"


def test_an_event_on_a_calendar_is_put_there_by_the_calendars_owner(emulator, caller):
    emulator.seed_from(
        {
            "calendars": [{"id": "team", "summary": "Team", "owner": "ann@example.com"}],
            "events": [{"summary": "Event", "calendar": "team", "start": "2026-03-03"}],
        }
    )
    [event] = caller(emulator, "ann@example.com").items("team@group.calendar.google.com")
    assert event["creator"]["email"] == "ann@example.com"


def test_seeds_add_to_what_is_there(emulator, me, meeting):
    me.insert(meeting)
    emulator.seed_from({"events": [{"summary": "Another", "start": "2026-03-05"}]})
    assert [event["summary"] for event in me.items(orderBy="startTime", singleEvents="true")] == [
        "Meeting",
        "Another",
    ]


def test_a_json_file_will_do_too(emulator, yaml_file, me):
    text = json.dumps({"events": [{"summary": "Lunch", "start": "2026-03-03T12:00"}]}, indent="\t")
    emulator.seed_from(yaml_file(text, "seed.json"))
    assert [event["summary"] for event in me.items()] == ["Lunch"]


def test_an_empty_seed_brings_nothing(emulator, yaml_file):
    assert emulator.seed_from({}).as_dict() == {
        "users": [],
        "groups": [],
        "calendars": [],
        "events": [],
    }
    assert emulator.seed_from(yaml_file("users:\nevents:\n")).users == []


def test_seeding_is_no_request_and_meets_no_fault(emulator):
    emulator.faults.add()
    emulator.quota.per_user = 1
    emulator.seed_from({"events": [{"start": "2026-03-03"}, {"start": "2026-03-04"}]})
    assert list(emulator.requests) == []


# The short ways ---------------------------------------------------------------------------------------------


def test_a_time_is_one_in_the_calendars_zone(emulator, event_of):
    emulator.users.add("me@example.com", time_zone="Europe/Prague")
    event = event_of(start="2026-07-01T12:00")
    assert event["start"] == {
        "dateTime": "2026-07-01T12:00:00+02:00",
        "timeZone": "Europe/Prague",
    }


def test_an_event_may_have_a_zone_of_its_own(event_of):
    event = event_of(start="2026-07-01 12:00", timeZone="America/New_York")
    assert event["start"] == {
        "dateTime": "2026-07-01T16:00:00Z",
        "timeZone": "America/New_York",
    }


@pytest.mark.parametrize(
    "start",
    [
        "2026-03-03T12:00",
        "2026-03-03 12:00",
        "2026-03-03T12:00:00",
        "2026-03-03T12:00:00Z",
        "2026-03-03T13:00+01:00",
        "2026-03-03t12:00:00.5z",
        datetime(2026, 3, 3, 12, 0),
        {"dateTime": "2026-03-03T12:00:00Z"},
    ],
)
def test_a_time_may_be_written_in_many_ways(event_of, start):
    event = event_of(start=start)
    assert event["start"]["dateTime"] == "2026-03-03T12:00:00Z"
    assert event["end"]["dateTime"] == "2026-03-03T13:00:00Z"


@pytest.mark.parametrize("start", ["2026-03-03", date(2026, 3, 3), {"date": "2026-03-03"}])
def test_a_day_alone_is_the_whole_of_it(event_of, start):
    event = event_of(start=start)
    assert (event["start"], event["end"]) == ({"date": "2026-03-03"}, {"date": "2026-03-04"})


@pytest.mark.parametrize(
    ("duration", "end"),
    [
        (15, "2026-03-03T12:15:00Z"),
        ("90m", "2026-03-03T13:30:00Z"),
        ("90min", "2026-03-03T13:30:00Z"),
        ("1h30m", "2026-03-03T13:30:00Z"),
        ("1h 30m", "2026-03-03T13:30:00Z"),
        ("2d", "2026-03-05T12:00:00Z"),
        ("1w", "2026-03-10T12:00:00Z"),
        (0, "2026-03-03T12:00:00Z"),
    ],
)
def test_an_event_lasts_as_long_as_it_says(event_of, duration, end):
    assert event_of(start="2026-03-03T12:00", duration=duration)["end"]["dateTime"] == end


def test_an_end_may_be_written_like_a_start(event_of):
    event = event_of(start="2026-03-03T12:00", end="2026-03-03T12:20")
    assert event["end"]["dateTime"] == "2026-03-03T12:20:00Z"


@pytest.mark.parametrize(
    "recurrence", ["FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;COUNT=3", ["RRULE:FREQ=DAILY;COUNT=3"]]
)
def test_a_rule_may_be_written_alone(event_of, me, recurrence):
    event = event_of(start="2026-03-03T12:00", recurrence=recurrence)
    assert event["recurrence"] == ["RRULE:FREQ=DAILY;COUNT=3"]
    assert len(me.instances(event["id"])) == 3


def test_reminders_may_be_minutes(event_of):
    assert event_of(start="2026-03-03", reminders=10)["reminders"] == {
        "useDefault": False,
        "overrides": [{"method": "popup", "minutes": 10}],
    }


def test_googles_own_forms_are_taken_as_they_are(event_of):
    event = event_of(
        id="abcde",
        start={"dateTime": "2026-03-03T12:00:00+01:00", "timeZone": "Europe/Prague"},
        end={"dateTime": "2026-03-03T13:00:00+01:00", "timeZone": "Europe/Prague"},
        reminders={"useDefault": True},
        extendedProperties={"private": {"a": "b"}},
        attachments=[{"fileUrl": "https://drive.google.com/open?id=abcdefghijkl", "title": "Plan"}],
        etag="ignored",
    )
    assert event["id"] == "abcde"
    assert event["extendedProperties"] == {"private": {"a": "b"}}
    assert event["attachments"][0]["title"] == "Plan"


# Where it is wrong ------------------------------------------------------------------------------------------


def test_the_day_of_a_contact_can_be_seeded_although_no_call_can_make_it(event_of, me):
    day = {
        "start": "2026-03-03",
        "recurrence": "FREQ=YEARLY",
        "eventType": "birthday",
        "visibility": "private",
        "transparency": "transparent",
    }
    properties = {"type": "custom", "contact": "people/c12345", "customTypeName": "Name day"}
    event = event_of(**day, birthdayProperties=properties)
    assert event["birthdayProperties"] == properties
    event.pop("id")
    error = me.insert_error(event)
    assert (error["status"], error["reason"]) == (400, "eventTypeRestriction")


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("12:00\n", "25:00\n", "line 27: events[0].start: there is no time '2026-03-03T25:00'"),
        ("2026-03-04", "soon", "line 38: events[2].start: 'soon' is neither a day such as"),
        ("duration: 15", "durashun: 15", "line 34: events[1].durashun: there is no such field"),
        ("1h30m", "long", "line 28: events[0].duration: 'long' is neither a number of minutes"),
        ("duration: 3d", "duration: 90m", "line 39: events[2].duration: an event of whole days"),
        ("COUNT=5", "COUNT=x", "line 31: events[1]: Invalid recurrence rule."),
        ("calendar: team", "calendar: teem", "line 32: events[1].calendar: there is no calendar"),
        ("weekStart: 1", "weekStart: 5", "line 2: users[0]: the setting weekStart cannot be '5'"),
        ("- ann@example.com\n", "- ann\n", "line 5: users[1]: 'ann' is not an e-mail address"),
        ("com: writer", "com: boss", "line 17: calendars[0].acl.ann@example.com: Invalid value"),
        ("id: team", "id: the team", "line 12: calendars[0].id: 'the team@group.calendar"),
        ("America/New_York", "Mars", "line 12: calendars[0]: Invalid time zone: Mars"),
        ("[me@example.com, ann", "[7, ann", "line 9: groups[0].members[0]: expected an e-mail"),
        ("groups:\n", "grups:\n", "line 7: grups: there is no such field"),
        ("calendars:\n", "calendars: [\n", "expected the node content"),
        ("[10, {", "[soon, {", "line 26: events[0]: Invalid value for: soon"),
    ],
)
def test_an_error_names_the_line_the_place_and_the_cause(
    error_of, yaml_file, written, instead, message
):
    assert YAML.count(written) == 1
    said = error_of(yaml_file(YAML.replace(written, instead)))
    assert said.startswith("seed.yaml, line ")
    assert message in said


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ([], "expected an object, not []"),
        ({"users": "me@example.com"}, "users: expected a list, not 'me@example.com'"),
        ({"users": [7]}, "users[0]: expected an object, not 7"),
        ({"users": [{}]}, "users[0].email: expected text, not None"),
        ({"groups": [{"email": "x"}]}, "groups[0]: 'x' is not an e-mail address"),
        ({"calendars": [{"id": "team"}]}, "calendars[0]: Missing title."),
        ({"calendars": [{"id": 7}]}, "calendars[0].id: expected text, not 7"),
        ({"calendars": [{"owner": "x"}]}, "calendars[0].owner: 'x' is not an e-mail address"),
        ({"calendars": [{"summary": "A", "acl": []}]}, "calendars[0].acl: expected an object"),
        ({"events": [{}]}, "events[0]: Missing start time."),
        ({"events": [{"start": 7}]}, "events[0]: Invalid value for: 7 is not a valid value"),
        ({"events": [{"start": "2026-03-03", "end": "2026-03-03T10:00"}]}, "must either both be"),
        (
            {"events": [{"start": "2026-03-03", "end": "2026-03-04", "duration": 1}]},
            "events[0].duration: an event has an end or a duration, not both",
        ),
        ({"events": [{"start": "2026-03-03", "duration": -5}]}, "-5 is neither a number"),
        ({"events": [{"start": "9999-12-31", "duration": "9w"}]}, "ends after the year 9999"),
        ({"events": [{"start": "2026-03-03", "user": "x"}]}, "events[0].user: 'x' is not an"),
        ({"events": [{"start": "2026-03-03", "id": "X"}]}, "events[0]: Invalid resource id"),
        ({"events": [{"start": "2026-03-03", "timeZone": 7}]}, "events[0].timeZone: expected text"),
        ({"events": [{7: 8}]}, "events[0]: expected text for a name, not 7"),
    ],
)
def test_an_error_of_a_dict_names_the_place(error_of, source, message):
    assert message in error_of(source)


def test_a_seed_is_planted_whole_or_not_at_all(emulator, error_of, yaml_file):
    error_of(yaml_file(YAML.replace("3d", "3x")))
    assert list(emulator.users) == []
    assert emulator.seed_from(yaml_file(YAML)).users


def test_a_calendar_that_is_there_already_is_refused(emulator, error_of):
    emulator.seed_from({"calendars": [{"id": "team", "summary": "Team"}]})
    assert error_of({"calendars": [{"id": "team", "summary": "Team"}]}) == (
        "calendars[0].id: there is a calendar team@group.calendar.google.com already"
    )


def test_a_json_file_that_is_none_says_so(error_of, yaml_file):
    assert error_of(yaml_file("{", "seed.json")) == "seed.json: Input data was truncated"


def test_a_file_that_is_not_utf_8_says_so(error_of, tmp_path):
    (tmp_path / "seed.yaml").write_bytes(b"users: [\xff]")
    assert error_of(tmp_path / "seed.yaml") == "seed.yaml: the file is not UTF-8"


def test_a_file_can_make_nothing_but_data(error_of, yaml_file):
    said = error_of(yaml_file('users: !!python/object/apply:os.system ["true"]\n'))
    assert "could not determine a constructor" in said


def test_without_pyyaml_a_yaml_file_says_what_to_install(emulator, yaml_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ImportError, match=r"pip install 'gcsa\[emulator\]'"):
        emulator.seed_from(yaml_file(YAML))


# From the start ---------------------------------------------------------------------------------------------


def test_an_emulator_may_begin_with_a_seed(yaml_file, caller):
    with Emulator(clock=Clock.frozen(), seed_file=yaml_file(YAML)) as emulator:
        assert [event["summary"] for event in caller(emulator).items()] == ["Lunch"]


def test_a_database_that_is_in_use_is_not_seeded_again(tmp_path, yaml_file, caller):
    for _ in range(2):
        with Emulator(tmp_path / "calendars.db", seed_file=yaml_file(YAML)) as emulator:
            assert len(caller(emulator).items()) == 1


def test_an_emulator_does_not_begin_with_a_seed_that_cannot_be(yaml_file):
    with pytest.raises(SeedError, match="line 1: usrs: there is no such field"):
        Emulator(seed_file=yaml_file("usrs: []"))
