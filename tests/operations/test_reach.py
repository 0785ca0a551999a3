"""Every method of Google's discovery document, and every parameter, can be reached from the client."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from urllib.parse import quote

import pytest

from gcsa.acl import AccessControlRule
from gcsa.batches import AsyncBatch, Batch
from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.channel import Channel
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.operations.operation import Listing
from gcsa.operations.runner import Caller
from gcsa.transport.request import encode_params

DISCOVERY = json.loads(
    (files("googleapiclient") / "discovery_cache/documents/calendar.v3.json").read_text()
)
METHODS = {
    method["id"].removeprefix("calendar."): method
    for resource in DISCOVERY["resources"].values()
    for method in resource["methods"].values()
}

ADDRESS = {"address": "https://example.com/hook"}
CALENDAR = Calendar("Travel", calendar_id="travel")
CHANNEL = Channel("channel", resource_id="resource")
ENTRY = CalendarListEntry("travel")
EVENT = Event("Lunch", start=datetime(2026, 3, 2, 12, tzinfo=UTC), event_id="lunch1")
RULE = AccessControlRule(role="reader", scope_type="default", acl_id="default")

# Of each method: the call, what it needs, and the arguments that stand for Google's parameters. A
# parameter that is not among them is given under Google's own name.
SENT = {"sendUpdates": "send_updates"}
ON = {"calendarId": "calendar_id"}
REACHED = {
    "acl.delete": ("delete_acl_rule", {"acl_rule": RULE}, {**ON, "ruleId": "acl_rule"}),
    "acl.get": ("get_acl_rule", {"rule_id": "default"}, {**ON, "ruleId": "rule_id"}),
    "acl.insert": (
        "add_acl_rule",
        {"acl_rule": RULE},
        {**ON, "sendNotifications": "send_notifications"},
    ),
    "acl.list": ("get_acl_rules", {}, {**ON, "showDeleted": "show_deleted"}),
    "acl.patch": (
        "patch_acl_rule",
        {"acl_rule": RULE, "role": "writer"},
        {**ON, "ruleId": "acl_rule", "sendNotifications": "send_notifications"},
    ),
    "acl.update": (
        "update_acl_rule",
        {"acl_rule": RULE},
        {**ON, "sendNotifications": "send_notifications", "ruleId": RULE},
    ),
    "acl.watch": ("watch_acl_rules", ADDRESS, ON),
    "calendarList.delete": (
        "delete_calendar_list_entry",
        {"calendar": ENTRY},
        {"calendarId": "calendar"},
    ),
    "calendarList.get": ("get_calendar_list_entry", {}, ON),
    "calendarList.insert": (
        "add_calendar_list_entry",
        {"calendar": ENTRY},
        {"colorRgbFormat": "color_rgb_format"},
    ),
    "calendarList.list": (
        "get_calendar_list",
        {},
        {
            "minAccessRole": "min_access_role",
            "showDeleted": "show_deleted",
            "showHidden": "show_hidden",
        },
    ),
    "calendarList.patch": (
        "patch_calendar_list_entry",
        {"calendar": ENTRY, "hidden": True},
        {"calendarId": "calendar", "colorRgbFormat": "color_rgb_format"},
    ),
    "calendarList.update": (
        "update_calendar_list_entry",
        {"calendar": ENTRY},
        {"calendarId": ENTRY, "colorRgbFormat": "color_rgb_format"},
    ),
    "calendarList.watch": ("watch_calendar_list", ADDRESS, {}),
    # "Clears a primary calendar": there is no other calendar that it could be.
    "calendars.clear": ("clear_calendar", {}, {"calendarId": "primary"}),
    "calendars.delete": ("delete_calendar", {"calendar": CALENDAR}, {"calendarId": "calendar"}),
    "calendars.get": ("get_calendar", {}, ON),
    "calendars.insert": ("add_calendar", {"calendar": CALENDAR}, {}),
    "calendars.patch": (
        "patch_calendar",
        {"calendar": CALENDAR, "summary": "Trips"},
        {"calendarId": "calendar"},
    ),
    "calendars.transferOwnership": (
        "transfer_ownership",
        {"calendar": CALENDAR, "new_owner": "ann@example.com"},
        {"calendarId": "calendar", "newDataOwner": "new_owner"},
    ),
    "calendars.update": ("update_calendar", {"calendar": CALENDAR}, {"calendarId": CALENDAR}),
    "channels.stop": ("stop_channel", {"channel": CHANNEL}, {}),
    "colors.get": ("list_event_colors", {}, {}),
    "events.delete": ("delete_event", {"event": EVENT}, {**ON, **SENT, "eventId": "event"}),
    "events.get": ("get_event", {"event_id": "lunch1"}, {**ON, "eventId": "event_id"}),
    "events.import": ("import_event", {"event": EVENT}, ON),
    "events.insert": ("add_event", {"event": EVENT}, {**ON, **SENT}),
    "events.instances": (
        "get_instances",
        {"recurring_event": EVENT},
        {
            **ON,
            "eventId": "recurring_event",
            "timeMin": "time_min",
            "timeMax": "time_max",
            "timeZone": "timezone",
        },
    ),
    "events.list": (
        "get_events",
        {"single_events": True},
        {
            **ON,
            "timeMin": "time_min",
            "timeMax": "time_max",
            "timeZone": "timezone",
            "orderBy": "order_by",
            "singleEvents": "single_events",
            "q": "query",
        },
    ),
    "events.move": (
        "move_event",
        {"event": EVENT, "destination_calendar_id": "travel"},
        {
            **SENT,
            "eventId": "event",
            "calendarId": "source_calendar_id",
            "destination": "destination_calendar_id",
        },
    ),
    "events.patch": (
        "patch_event",
        {"event": EVENT, "summary": "Dinner"},
        {**ON, **SENT, "eventId": "event"},
    ),
    "events.quickAdd": (
        "add_quick_event",
        {"event_string": "Lunch at noon"},
        {**ON, **SENT, "text": "event_string"},
    ),
    "events.update": ("update_event", {"event": EVENT}, {**ON, **SENT, "eventId": EVENT}),
    "events.watch": ("watch_events", ADDRESS, ON),
    "freebusy.query": ("get_free_busy", {}, {}),
    "settings.get": ("get_setting", {"setting": "weekStart"}, {"setting": "setting"}),
    "settings.list": ("get_settings", {}, {}),
    "settings.watch": ("watch_settings", ADDRESS, {}),
}

PARAMETERS = [
    (method_id, name)
    for method_id, method in METHODS.items()
    for name in {**DISCOVERY["parameters"], **method.get("parameters", {})}
]


class Desk(Caller):
    """Calls can be described on it, and that is all."""

    default_calendar = "default@example.com"

    def now(self):
        return datetime(2026, 3, 2, 9, tzinfo=UTC)


def described(method_id, **arguments):
    name, needed, _ = REACHED[method_id]
    operation = getattr(GoogleCalendar, name).of(Desk(), **{**needed, **arguments})
    return operation.first if isinstance(operation, Listing) else operation


def value_for(parameter):
    """Return a value that a person could give, and the text that has to be sent for it."""
    if "enum" in parameter:
        return parameter["enum"][0], parameter["enum"][0]
    if parameter["type"] == "boolean":
        return True, "true"
    if parameter["type"] == "integer":
        return 1, "1"
    if parameter.get("format") == "date-time":
        return datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "2026-03-02T09:30:00+00:00"
    if parameter.get("repeated"):
        return ["one"], "one"
    return "some/thing", "some/thing"


def test_the_document_has_38_methods():
    assert len(METHODS) == 38


def test_every_method_is_reached_and_no_other():
    assert REACHED.keys() == METHODS.keys()


@pytest.mark.parametrize("method_id", METHODS)
def test_a_call_asks_for_its_method(method_id):
    method = METHODS[method_id]
    operation = described(method_id)
    asked = operation.path.split("/")
    expected = method["path"].split("/")

    assert operation.method == method["httpMethod"]
    assert len(asked) == len(expected)
    assert all(
        want.startswith("{") or want == got for want, got in zip(expected, asked, strict=True)
    )


@pytest.mark.parametrize(("method_id", "name"), PARAMETERS)
def test_a_parameter_can_be_given(method_id, name):
    parameter = {**DISCOVERY["parameters"], **METHODS[method_id].get("parameters", {})}[name]
    argument = REACHED[method_id][2].get(name, name)
    value, text = value_for(parameter)

    if parameter["location"] == "path":
        if isinstance(argument, str) and argument != "primary":
            assert quote(text, safe="") in described(method_id, **{argument: value}).path.split("/")
        else:  # it can only be what is in the object, or the one calendar that there is
            in_path = argument if isinstance(argument, str) else argument.id
            assert in_path in described(method_id).path.split("/")
    else:
        operation = described(method_id, **{argument: value})
        assert (name, text) in encode_params(operation.params)


@pytest.mark.parametrize("method_id", METHODS)
def test_no_call_leaves_out_a_required_parameter(method_id):
    operation = described(method_id)
    required = {
        name
        for name, parameter in METHODS[method_id].get("parameters", {}).items()
        if parameter.get("required") and parameter["location"] == "query"
    }
    assert required <= {name for name, _ in encode_params(operation.params)}


@pytest.mark.parametrize("runner", [AsyncGoogleCalendar, Batch, AsyncBatch])
def test_what_one_runner_has_the_others_have_too(runner):
    for name, _, _ in REACHED.values():
        assert getattr(runner, name) is getattr(GoogleCalendar, name)


@pytest.mark.parametrize("method_id", METHODS)
def test_a_misspelt_argument_is_refused_before_anything_is_sent(method_id):
    with pytest.raises(TypeError, match="calendar_ids"):
        described(method_id, calendar_ids="travel")


@pytest.mark.parametrize("method_id", ["events.list", "events.instances", "acl.list"])
def test_an_empty_calendar_id_does_not_lead_to_the_default_calendar(method_id):
    with pytest.raises(ValueError, match="'' is not an identifier"):
        described(method_id, calendar_id="")


@pytest.mark.parametrize(
    "method_id", [name for name, row in REACHED.items() if ON.items() <= row[2].items()]
)
def test_without_a_calendar_id_the_default_calendar_is_meant(method_id):
    assert "default%40example.com" in described(method_id).path.split("/")


def test_a_partial_listing_still_asks_for_the_token_of_the_next_page():
    first = described("events.list", fields="items(id)")
    page = Listing(first).page("next")
    assert ("fields", "items(id),nextPageToken,nextSyncToken") in encode_params(page.params)


@pytest.mark.parametrize("fields", ["*", "items(id),nextPageToken,nextSyncToken"])
def test_a_partial_listing_that_has_the_tokens_stays_as_it_is(fields):
    page = Listing(described("events.list", fields=fields)).page(None)
    assert ("fields", fields) in encode_params(page.params)
