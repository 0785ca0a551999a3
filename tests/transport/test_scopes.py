"""Which scopes are asked for, and which ones do."""

from __future__ import annotations

import pytest

from gcsa.emulator.contract import contract
from gcsa.transport.scopes import asked_scopes, missing_scopes

PREFIX = "https://www.googleapis.com/auth/"
CALENDAR = f"{PREFIX}calendar"


@pytest.mark.parametrize(
    ("scopes", "read_only", "expected"),
    [
        (None, False, (CALENDAR,)),
        (None, True, (f"{CALENDAR}.readonly",)),
        ("calendar.events", False, (f"{CALENDAR}.events",)),
        (f"{CALENDAR}.events calendar.acls", False, (f"{CALENDAR}.events", f"{CALENDAR}.acls")),
        (["calendar", "email", CALENDAR], False, (CALENDAR, "email")),
    ],
)
def test_scopes_may_be_named_from_calendar_on(scopes, read_only, expected):
    assert asked_scopes(scopes, read_only) == expected


@pytest.mark.parametrize("scopes", ["", " ", []])
def test_no_scope_at_all_is_refused(scopes):
    with pytest.raises(ValueError, match="scopes is empty: name at least one"):
        asked_scopes(scopes, False)


def test_read_only_and_scopes_exclude_each_other():
    with pytest.raises(ValueError, match="Give either read_only or scopes, not both"):
        asked_scopes("calendar", True)


def test_what_is_said_to_be_covered_is_accepted_by_every_method():
    methods = contract().methods.values()
    scopes = sorted({scope for method in methods for scope in method.scopes})
    for granted in scopes:
        for asked in scopes:
            if not missing_scopes([asked], [granted]):
                refused = [m.id for m in methods if asked in m.scopes and granted not in m.scopes]
                assert refused == [], (granted, asked)


def test_everything_covers_whatever_is_of_the_calendar_and_nothing_else():
    assert missing_scopes([f"{CALENDAR}.events", f"{CALENDAR}.readonly"], [CALENDAR]) == []
    assert missing_scopes(["email"], [CALENDAR]) == ["email"]


def test_less_does_not_cover_more():
    assert missing_scopes([CALENDAR], [f"{CALENDAR}.events", f"{CALENDAR}.readonly"]) == [CALENDAR]
    assert missing_scopes([f"{CALENDAR}.events"], [f"{CALENDAR}.readonly"]) == [
        f"{CALENDAR}.events"
    ]
