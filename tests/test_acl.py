"""Rules on who may do what with a calendar."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.acl import AccessControlRule, ACLRole, ACLScopeType


def test_a_rule_needs_a_role_and_a_scope_only() -> None:
    rule = AccessControlRule(role=ACLRole.READER, scope_type=ACLScopeType.DEFAULT)
    assert (rule.role, rule.scope_type) == ("reader", "default")
    assert (rule.acl_id, rule.id, rule.scope_value, rule.other) == (None, None, None, {})


def test_a_rule_has_what_it_was_given() -> None:
    rule = AccessControlRule(
        role=ACLRole.WRITER,
        scope_type=ACLScopeType.USER,
        acl_id="user:a@example.com",
        scope_value="a@example.com",
        other={"etag": '"1"'},
    )
    assert (rule.acl_id, rule.id) == ("user:a@example.com", "user:a@example.com")
    assert (rule.scope_type, rule.scope_value) == ("user", "a@example.com")
    assert rule.other == {"etag": '"1"'}


def test_the_roles_are_these_six() -> None:
    assert ACLRole.NONE == "none"
    assert ACLRole.FREE_BUSY_READER == "freeBusyReader"
    assert ACLRole.READER == "reader"
    assert ACLRole.WRITER_WITHOUT_PRIVATE_ACCESS == "writerWithoutPrivateAccess"
    assert ACLRole.WRITER == "writer"
    assert ACLRole.OWNER == "owner"


def test_the_scopes_are_these_four() -> None:
    assert ACLScopeType.DEFAULT == "default"
    assert ACLScopeType.USER == "user"
    assert ACLScopeType.GROUP == "group"
    assert ACLScopeType.DOMAIN == "domain"


def test_a_rule_shows_what_it_allows_whom() -> None:
    rule = AccessControlRule(role="writer", scope_type="user", scope_value="a@x.com")
    assert repr(rule) == "<AccessControlRule writer - user 'a@x.com'>"
    everybody = AccessControlRule(role="reader", scope_type="default")
    assert repr(everybody) == "<AccessControlRule reader - default>"


def test_rules_compare_by_value() -> None:
    rule = AccessControlRule(role="writer", scope_type="user", scope_value="a@x.com")
    same = AccessControlRule(role="writer", scope_type="user", scope_value="a@x.com")
    assert rule == same
    same.role = "reader"
    assert rule != same


@pytest.mark.parametrize("field", ["role", "scope_type", "acl_id", "scope_value"])
def test_a_value_of_the_wrong_type_is_named(field: str) -> None:
    values: dict[str, Any] = {"role": "reader", "scope_type": "default", field: 5}
    with pytest.raises(TypeError, match=f"{field} must be a string, not int"):
        AccessControlRule(**values)
