"""Rules on who may do what with a calendar, to and from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gcsa.acl import AccessControlRule
from gcsa.serializers._layout import Group, Layout, Value
from gcsa.serializers.base_serializer import BaseSerializer, copy_json

_LAYOUT = Layout(
    AccessControlRule,
    {
        "id": Value("acl_id"),
        "scope": Group({"type": Value("scope_type"), "value": Value("scope_value")}),
        "role": Value("role"),
    },
)


class ACLRuleSerializer(BaseSerializer[AccessControlRule]):
    """Turns an `AccessControlRule` into the JSON of an ACL rule and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl
    """

    type_ = AccessControlRule

    def __init__(self, access_control_rule: AccessControlRule | dict[str, Any] | str) -> None:
        super().__init__(access_control_rule)

    @classmethod
    def write(cls, obj: AccessControlRule) -> dict[str, Any]:
        """Return the rule's JSON; None is left out."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> AccessControlRule:
        """Return the rule, whatever the values are."""
        return _LAYOUT.read(resource)

    @classmethod
    def changes_to_json(cls, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of a patch that changes only what is named, by the rule's arguments.

        Raises:
            ValueError: Nothing is named.
            TypeError: A name is none of those, or a value is of the wrong type.
        """
        return copy_json(_LAYOUT.write_changes(changes, ("role", "scope_type", "scope_value")))
