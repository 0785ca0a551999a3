"""emulator.users and emulator.groups: who there is."""

from __future__ import annotations

import pytest


def test_who_calls_has_an_account_from_then_on(emulator, me, caller):
    assert list(emulator.users) == []
    me.ok("GET", "/calendars/primary")
    caller(emulator, "Ann@Example.com").ok("GET", "/calendars/primary")
    assert list(emulator.users) == ["me@example.com", "ann@example.com"]
    assert "ANN@example.com" in emulator.users
    assert "bob@example.com" not in emulator.users
    assert len(emulator.users) == 2
    assert repr(emulator.users) == "<Users ['me@example.com', 'ann@example.com']>"


def test_the_accounts_of_a_domain_belong_together(emulator):
    for address in ("ann@example.com", "eve@other.org", "bob@example.com"):
        emulator.users.add(address)
    assert emulator.users.domains == {
        "example.com": ["ann@example.com", "bob@example.com"],
        "other.org": ["eve@other.org"],
    }


def test_an_account_is_made_with_a_zone_and_settings(emulator, caller):
    emulator.users.add(
        "ann@example.com", time_zone="Europe/Prague", settings={"format24HourTime": "true"}
    )
    ann = caller(emulator, "ann@example.com")
    assert ann.ok("GET", "/calendars/primary")["timeZone"] == "Europe/Prague"
    settings = emulator.users.settings("Ann@example.com")
    assert settings["timezone"] == "Europe/Prague"
    assert settings["format24HourTime"] == "true"
    assert settings["weekStart"] == "0"


def test_an_account_with_a_name_shows_it_on_what_its_user_makes(emulator, me, caller, meeting):
    emulator.users.add("me@example.com", name="Me Myself")
    emulator.users.add("ann@example.com", name="Ann")
    ann = caller(emulator, "ann@example.com")
    rule = {"role": "writer", "scope": {"type": "user", "value": "ann@example.com"}}
    me.ok("POST", "/calendars/primary/acl", rule)
    event = ann.insert({**meeting, "attendees": [{"email": "ann@example.com"}]}, "me@example.com")
    assert event["creator"] == {"email": "ann@example.com", "displayName": "Ann"}
    organizer = {"email": "me@example.com", "displayName": "Me Myself"}
    assert event["organizer"] == {**organizer, "self": True}
    copy = ann.get(event["id"])
    assert copy["creator"] == {**event["creator"], "self": True}
    assert copy["organizer"] == organizer
    emulator.users.add("ann@example.com", time_zone="Europe/Prague")
    assert ann.insert(meeting)["creator"]["displayName"] == "Ann"


def test_the_creator_of_an_event_that_moves_keeps_their_name(emulator, me, meeting):
    emulator.users.add("me@example.com", name="Me Myself")
    team = me.ok("POST", "/calendars", {"summary": "Team"})["id"]
    event = me.insert(meeting)["id"]
    moved = me.ok("POST", f"/calendars/primary/events/{event}/move", destination=team)
    assert moved["creator"] == {"email": "me@example.com", "displayName": "Me Myself"}


def test_an_account_that_is_added_again_moves_to_the_new_zone(emulator, me, meeting):
    event = me.insert(meeting)
    emulator.users.add("me@example.com", time_zone="Asia/Tokyo")
    assert me.get(event["id"])["start"]["dateTime"] == "2026-03-03T19:00:00+09:00"
    assert me.ok("GET", "/calendars/primary")["summary"] == "me@example.com"


def test_an_account_needs_an_address_and_a_zone_that_exist(emulator):
    with pytest.raises(ValueError, match="'ann' is not an e-mail address"):
        emulator.users.add("ann")
    with pytest.raises(ValueError, match="the setting timezone cannot be 'Mars'"):
        emulator.users.add("ann@example.com", time_zone="Mars")
    assert list(emulator.users) == []
    with pytest.raises(KeyError):
        emulator.users.settings("ann@example.com")


def test_groups_have_members(emulator):
    emulator.groups.add("Team@example.com", ["Bob@example.com", "ann@example.com"])
    emulator.groups.add("empty@example.com")
    assert dict(emulator.groups) == {
        "empty@example.com": [],
        "team@example.com": ["ann@example.com", "bob@example.com"],
    }
    emulator.groups.add("team@example.com", ["eve@other.org"])
    assert emulator.groups["team@example.com"] == ["eve@other.org"]
    emulator.groups.remove("team@example.com")
    assert list(emulator.groups) == ["empty@example.com"]
    with pytest.raises(KeyError):
        emulator.groups.remove("team@example.com")
    assert "team@example.com" not in emulator.groups


def test_an_address_is_a_groups_or_an_accounts(emulator):
    emulator.users.add("ann@example.com")
    with pytest.raises(ValueError, match=r"ann@example\.com is the address of an account"):
        emulator.groups.add("ann@example.com")
    emulator.groups.add("team@example.com")
    with pytest.raises(ValueError, match=r"team@example\.com is the address of a group"):
        emulator.users.add("team@example.com")
    with pytest.raises(ValueError, match="'x' is not an e-mail address"):
        emulator.groups.add("all@example.com", ["x"])


@pytest.mark.parametrize("leave", ["another group", "no group"])
def test_who_leaves_a_group_loses_the_calendars_that_it_was_given(emulator, me, caller, leave):
    ann = caller(emulator, "ann@example.com")
    emulator.groups.add("team@example.com", ["ann@example.com"])
    scope = {"type": "group", "value": "team@example.com"}
    me.ok("POST", "/calendars/primary/acl", {"role": "reader", "scope": scope})
    ann.ok("POST", "/users/me/calendarList", {"id": "me@example.com"})
    if leave == "no group":
        emulator.groups.remove("team@example.com")
    else:
        emulator.groups.add("team@example.com", ["bob@example.com"])
    assert ann.error("GET", "/calendars/me@example.com")["status"] == 404
    entries = ann.ok("GET", "/users/me/calendarList")["items"]
    assert [entry["id"] for entry in entries] == ["ann@example.com"]
