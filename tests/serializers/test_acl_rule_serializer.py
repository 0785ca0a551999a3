"""Rules on who may do what with a calendar, as Google sends and takes them."""

from __future__ import annotations

import pytest

from gcsa.acl import AccessControlRule
from gcsa.serializers.acl_rule_serializer import ACLRuleSerializer

RULE = {
    "kind": "calendar#aclRule",
    "etag": '"00000000000000000000"',
    "id": "user:a@example.com",
    "scope": {"type": "user", "value": "a@example.com"},
    "role": "owner",
}


def test_a_rule_is_written_with_what_was_set() -> None:
    rule = AccessControlRule(role="reader", scope_type="group", scope_value="g@example.com")
    assert ACLRuleSerializer.to_json(rule) == {
        "scope": {"type": "group", "value": "g@example.com"},
        "role": "reader",
    }
    everybody = AccessControlRule(role="reader", scope_type="default", acl_id="default")
    assert ACLRuleSerializer.to_json(everybody) == {
        "id": "default",
        "scope": {"type": "default"},
        "role": "reader",
    }


def test_a_rule_is_read_with_what_else_google_says() -> None:
    rule = ACLRuleSerializer.to_object(RULE)
    assert rule == AccessControlRule(
        role="owner",
        scope_type="user",
        acl_id="user:a@example.com",
        scope_value="a@example.com",
        other={"kind": "calendar#aclRule", "etag": '"00000000000000000000"'},
    )


def test_a_rule_with_another_role_keeps_the_rest() -> None:
    rule = ACLRuleSerializer.to_object(RULE)
    rule.role = "reader"
    assert ACLRuleSerializer.to_json(rule) == {**RULE, "role": "reader"}


def test_a_rule_without_a_scope_is_read() -> None:
    rule = ACLRuleSerializer.to_object({"id": "x", "scope": None})
    assert (rule.role, rule.scope_type, rule.scope_value) == (None, None, None)
    assert ACLRuleSerializer.to_json(rule) == {"id": "x", "scope": None}


def test_a_page_of_rules_is_read_from_bytes() -> None:
    page = ACLRuleSerializer.page_from_bytes(b'{"items": [{"role": "owner"}, {"role": "reader"}]}')
    assert [rule.role for rule in page.items] == ["owner", "reader"]


def test_a_patch_of_a_rule_has_only_what_is_named() -> None:
    assert ACLRuleSerializer.changes_to_json({"role": "reader"}) == {"role": "reader"}
    changes = {"scope_type": "user", "scope_value": "a@example.com"}
    assert ACLRuleSerializer.changes_to_json(changes) == {
        "scope": {"type": "user", "value": "a@example.com"}
    }
    with pytest.raises(TypeError, match="of AccessControlRule, role, scope_type, scope_value and"):
        ACLRuleSerializer.changes_to_json({"acl_id": "x"})
