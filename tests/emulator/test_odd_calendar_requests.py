"""Whatever a client sends about calendars, lists, rules, settings and free/busy times, the answer is Google's."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcsa.emulator import Clock, Emulator, Request
from tests.strategies.answers import check_answer
from tests.strategies.discovery import json_values, odd_resources, resources

CALENDAR = "{calendar}"
METHODS = [
    ("POST", "/calendars", "Calendar", "Calendar"),
    ("GET", f"/calendars/{CALENDAR}", None, "Calendar"),
    ("PATCH", f"/calendars/{CALENDAR}", "Calendar", "Calendar"),
    ("PUT", f"/calendars/{CALENDAR}", "Calendar", "Calendar"),
    ("POST", f"/calendars/{CALENDAR}/clear", None, None),
    ("POST", f"/calendars/{CALENDAR}/transferOwnership", None, None),
    ("POST", "/users/me/calendarList", "CalendarListEntry", "CalendarListEntry"),
    ("GET", "/users/me/calendarList", None, "CalendarList"),
    ("GET", f"/users/me/calendarList/{CALENDAR}", None, "CalendarListEntry"),
    ("PATCH", f"/users/me/calendarList/{CALENDAR}", "CalendarListEntry", "CalendarListEntry"),
    ("PUT", f"/users/me/calendarList/{CALENDAR}", "CalendarListEntry", "CalendarListEntry"),
    ("DELETE", f"/users/me/calendarList/{CALENDAR}", None, None),
    ("GET", f"/calendars/{CALENDAR}/acl", None, "Acl"),
    ("POST", f"/calendars/{CALENDAR}/acl", "AclRule", "AclRule"),
    ("GET", f"/calendars/{CALENDAR}/acl/{{text}}", None, "AclRule"),
    ("PATCH", f"/calendars/{CALENDAR}/acl/{{text}}", "AclRule", "AclRule"),
    ("PUT", f"/calendars/{CALENDAR}/acl/user:ann@example.com", "AclRule", "AclRule"),
    ("DELETE", f"/calendars/{CALENDAR}/acl/{{text}}", None, None),
    ("GET", "/users/me/settings", None, "Settings"),
    ("GET", "/users/me/settings/{text}", None, "Setting"),
    ("GET", "/colors", None, "Colors"),
    ("POST", "/freeBusy", "FreeBusyRequest", "FreeBusyResponse"),
]
PARAMETERS = (
    *("maxResults", "pageToken", "syncToken", "showDeleted", "showHidden", "minAccessRole"),
    *("showOwnOrganizationOnly", "colorRgbFormat", "sendNotifications"),
    *("newDataOwner", "useAdminAccess"),
)
VALUES = st.sampled_from(["", "true", "false", "1", "-1", "99999999999", "reader", "x@y"])
QUERIES = st.dictionaries(st.sampled_from(PARAMETERS), VALUES | st.text(max_size=5), max_size=3)


@pytest.fixture(scope="module")
def shared():
    """An emulator that all requests of a test go to, in the state that the ones before left."""
    with Emulator(clock=Clock.frozen(), seed=0) as emulator:
        emulator.groups.add("team@example.com", ["me@example.com", "ann@example.com"])
        yield emulator


@pytest.mark.parametrize(("method", "path", "body", "answer"), METHODS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_request_makes_the_emulator_fail(shared, method, path, body, answer, data):
    calendar = data.draw(st.sampled_from(["primary", "me@example.com"]) | st.text(max_size=3))
    text = data.draw(st.text(min_size=1, max_size=8))
    target = path.format(calendar=quote(calendar, safe=""), text=quote(text, safe=""))
    query = urlencode(data.draw(QUERIES))
    content = b""
    if body is not None:
        drawn = data.draw(resources(body) | odd_resources(body) | json_values())
        content = json.dumps(drawn).encode()
    request = Request.of(
        method,
        f"/calendar/v3{target}?{query}",
        [("Authorization", "Bearer me@example.com")],
        content,
    )
    check_answer(shared.handle(request), answer)
