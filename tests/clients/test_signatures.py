"""The signatures that scripts written for gcsa 2 rely on.

What the methods here have beyond them cannot get in a script's way: it is given by name only.
"""

from __future__ import annotations

import inspect
from inspect import Parameter

import pytest

from gcsa.emulator import Emulator
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, SendUpdatesMode

REQUIRED = Parameter.empty

# The arguments in their order, each with its default; those after None can be given by name only.
SIGNATURES = {
    "__init__": {
        "default_calendar": "primary",
        None: None,
        "credentials": None,
        "credentials_path": None,
        "token_path": None,
        "save_token": True,
        "read_only": False,
        "authentication_flow_host": "localhost",
        "authentication_flow_port": 8080,
        "authentication_flow_bind_addr": None,
        "open_browser": None,
    },
    "get_events": {
        "time_min": None,
        "time_max": None,
        "order_by": None,
        "timezone": None,
        "single_events": False,
        "query": None,
        "calendar_id": None,
    },
    "get_instances": {
        "recurring_event": REQUIRED,
        "time_min": None,
        "time_max": None,
        "timezone": None,
        "calendar_id": None,
    },
    "get_event": {"event_id": REQUIRED, "calendar_id": None},
    "add_event": {"event": REQUIRED, "send_updates": "none", "calendar_id": None},
    "add_quick_event": {"event_string": REQUIRED, "send_updates": "none", "calendar_id": None},
    "update_event": {"event": REQUIRED, "send_updates": "none", "calendar_id": None},
    "import_event": {"event": REQUIRED, "calendar_id": None},
    "move_event": {
        "event": REQUIRED,
        "destination_calendar_id": REQUIRED,
        "send_updates": "none",
        "source_calendar_id": None,
    },
    "delete_event": {"event": REQUIRED, "send_updates": "none", "calendar_id": None},
    "get_calendar": {"calendar_id": None},
    "add_calendar": {"calendar": REQUIRED},
    "update_calendar": {"calendar": REQUIRED},
    "delete_calendar": {"calendar": REQUIRED},
    "clear_calendar": {},
    "clear": {},
    "get_calendar_list": {"min_access_role": None, "show_deleted": False, "show_hidden": False},
    "get_calendar_list_entry": {"calendar_id": None},
    "add_calendar_list_entry": {"calendar": REQUIRED, "color_rgb_format": None},
    "update_calendar_list_entry": {"calendar": REQUIRED, "color_rgb_format": None},
    "delete_calendar_list_entry": {"calendar": REQUIRED},
    "get_acl_rules": {"calendar_id": None, "show_deleted": False},
    "get_acl_rule": {"rule_id": REQUIRED, "calendar_id": None},
    "add_acl_rule": {"acl_rule": REQUIRED, "send_notifications": True, "calendar_id": None},
    "update_acl_rule": {"acl_rule": REQUIRED, "send_notifications": True, "calendar_id": None},
    "delete_acl_rule": {"acl_rule": REQUIRED, "calendar_id": None},
    "list_event_colors": {},
    "list_calendar_colors": {},
    "get_settings": {},
    "get_free_busy": {
        "resource_ids": None,
        None: None,
        "time_min": None,
        "time_max": None,
        "timezone": None,
        "group_expansion_max": None,
        "calendar_expansion_max": None,
        "ignore_errors": False,
    },
}

# Google's own parameters can be given by their names.
PASSED_ON = [
    "get_events",
    "get_instances",
    "get_event",
    "add_event",
    "add_quick_event",
    "update_event",
    "import_event",
    "move_event",
    "delete_event",
]


def parameters_of(client, name):
    found = list(inspect.signature(getattr(client, name)).parameters.values())
    assert found[0].name == "self"
    return found[1:]


@pytest.mark.parametrize("client", [GoogleCalendar, AsyncGoogleCalendar])
@pytest.mark.parametrize("name", SIGNATURES)
def test_a_method_has_the_arguments_that_scripts_give_it(client, name):
    found = parameters_of(client, name)
    expected = dict(SIGNATURES[name])
    by_name_only = list(expected)[list(expected).index(None) + 1 :] if None in expected else []
    expected.pop(None, None)

    assert {p.name: p.default for p in found if p.name in expected} == expected
    assert [p.name for p in found if p.kind is Parameter.POSITIONAL_OR_KEYWORD] == [
        argument for argument in expected if argument not in by_name_only
    ]


@pytest.mark.parametrize("client", [GoogleCalendar, AsyncGoogleCalendar])
@pytest.mark.parametrize("name", SIGNATURES)
def test_what_a_method_has_beyond_them_need_not_be_given(client, name):
    beyond = [p for p in parameters_of(client, name) if p.name not in SIGNATURES[name]]
    assert {p.kind for p in beyond} <= {Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD}
    assert all(p.default is not REQUIRED for p in beyond if p.kind is Parameter.KEYWORD_ONLY)


@pytest.mark.parametrize("name", PASSED_ON)
def test_a_method_passes_googles_own_parameters_on(name):
    assert Parameter.VAR_KEYWORD in {p.kind for p in parameters_of(GoogleCalendar, name)}


def test_who_is_told_of_a_change_is_said_in_googles_words():
    assert SendUpdatesMode.ALL == "all"
    assert SendUpdatesMode.EXTERNAL_ONLY == "externalOnly"
    assert SendUpdatesMode.NONE == "none"


def test_calendars_are_iterated_and_indexed():
    assert {"__iter__", "__getitem__"} <= set(dir(GoogleCalendar))
    assert {"__aiter__", "__getitem__"} <= set(dir(AsyncGoogleCalendar))


def test_an_asynchronous_calendar_is_for_async_for_only():
    with pytest.raises(TypeError, match="'AsyncGoogleCalendar' object is not iterable"):
        iter(Emulator().async_client())
