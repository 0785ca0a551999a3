"""The calls on access rules."""

from __future__ import annotations

import pytest

from gcsa.acl import AccessControlRule, ACLRole, ACLScopeType
from gcsa.calendar import Calendar
from gcsa.errors import NotFoundError, PermissionDeniedError, PreconditionFailedError


@pytest.fixture
def team(calendar):
    return calendar.add_calendar(Calendar("Team")).id


def reader(address="ann@example.com", role=ACLRole.READER):
    return AccessControlRule(role=role, scope_type=ACLScopeType.USER, scope_value=address)


def test_an_added_rule_gives_access(calendar, client_for, team):
    ann = client_for("ann@example.com")
    with pytest.raises(NotFoundError):
        ann.get_calendar(team)
    rule = calendar.add_acl_rule(reader(), calendar_id=team)
    assert rule.id == "user:ann@example.com"
    assert ann.get_calendar(team).summary == "Team"


def test_the_default_calendar_is_meant_without_another(calendar):
    calendar.add_acl_rule(reader())
    assert calendar.get_acl_rule("user:ann@example.com").role == "reader"


def test_those_concerned_are_told_unless_that_is_not_wanted(calendar, emulator, team):
    calendar.add_acl_rule(reader(), calendar_id=team)
    calendar.add_acl_rule(reader("bob@example.com"), send_notifications=False, calendar_id=team)
    assert [mail.to for mail in emulator.outbox] == ["ann@example.com"]


def test_rules_are_listed(calendar, team):
    calendar.add_acl_rule(reader(), calendar_id=team)
    listed = {rule.id: rule.role for rule in calendar.get_acl_rules(calendar_id=team)}
    assert listed == {"user:me@example.com": "owner", "user:ann@example.com": "reader"}


def test_a_listing_of_rules_follows_every_page(calendar, team):
    for name in ("ann", "bob", "eve"):
        calendar.add_acl_rule(reader(f"{name}@example.com"), calendar_id=team)
    assert len(list(calendar.get_acl_rules(team, maxResults=2))) == 4


def test_removed_rules_are_listed_when_asked_for(calendar, team):
    rule = calendar.add_acl_rule(reader(), calendar_id=team)
    calendar.delete_acl_rule(rule, calendar_id=team)
    listed = {rule.id: rule.role for rule in calendar.get_acl_rules(team, show_deleted=True)}
    assert listed["user:ann@example.com"] == ACLRole.NONE


def test_a_rule_is_read_by_its_id_or_again(calendar, team):
    rule = calendar.add_acl_rule(reader(), calendar_id=team)
    assert calendar.get_acl_rule(rule.id, team) == rule
    assert calendar.get_acl_rule(rule, team) == rule


def test_an_update_replaces_a_rule(calendar, team):
    rule = calendar.add_acl_rule(reader(), calendar_id=team)
    rule.role = ACLRole.WRITER
    assert calendar.update_acl_rule(rule, calendar_id=team).role == "writer"
    assert calendar.get_acl_rule(rule.id, team).role == "writer"


def test_a_patch_changes_the_role(calendar, team):
    rule = calendar.add_acl_rule(reader(), calendar_id=team)
    patched = calendar.patch_acl_rule(rule.id, calendar_id=team, role=ACLRole.FREE_BUSY_READER)
    assert patched.role == "freeBusyReader"
    assert patched.scope_value == "ann@example.com"


def test_a_patch_of_what_a_rule_has_not_is_a_type_error(calendar):
    with pytest.raises(TypeError, match="roles cannot be changed: of AccessControlRule, role, "):
        calendar.patch_acl_rule("user:ann@example.com", roles="reader")


def test_a_rule_that_somebody_has_changed_is_not_overwritten_if_unchanged(calendar, team):
    rule = calendar.add_acl_rule(reader(), calendar_id=team)
    calendar.patch_acl_rule(rule.id, calendar_id=team, role="writer")
    rule.role = "owner"
    with pytest.raises(PreconditionFailedError):
        calendar.update_acl_rule(rule, calendar_id=team, if_unchanged=True)
    with pytest.raises(PreconditionFailedError):
        calendar.patch_acl_rule(rule, calendar_id=team, role="owner", if_unchanged=True)
    with pytest.raises(PreconditionFailedError):
        calendar.delete_acl_rule(rule, calendar_id=team, if_unchanged=True)
    assert calendar.get_acl_rule(rule.id, team).role == "writer"


def test_a_removed_rule_takes_access_away(calendar, client_for, team):
    calendar.add_acl_rule(reader(), calendar_id=team)
    assert calendar.delete_acl_rule("user:ann@example.com", calendar_id=team) is None
    with pytest.raises(NotFoundError):
        client_for("ann@example.com").get_calendar(team)


def test_rules_of_a_calendar_that_one_only_reads_are_not_shown(calendar, client_for, team):
    calendar.add_acl_rule(reader(), calendar_id=team)
    with pytest.raises(PermissionDeniedError, match="Ask the calendar's owner"):
        list(client_for("ann@example.com").get_acl_rules(team))


@pytest.mark.parametrize("call", ["update_acl_rule", "delete_acl_rule"])
def test_a_rule_without_an_id_is_refused(calendar, call):
    with pytest.raises(ValueError, match="This acl_rule has no id"):
        getattr(calendar, call)(reader())


@pytest.mark.parametrize("call", ["add_acl_rule", "update_acl_rule"])
def test_the_id_does_not_do_where_a_whole_rule_is_needed(calendar, call):
    with pytest.raises(TypeError, match="acl_rule must be AccessControlRule, not str"):
        getattr(calendar, call)("user:ann@example.com")
