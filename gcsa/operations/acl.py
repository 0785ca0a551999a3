"""The calls on access rules: who may see or change a calendar.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gcsa.acl import AccessControlRule
from gcsa.operations.arguments import identity, if_match, parted, require
from gcsa.operations.method import listing, operation
from gcsa.operations.operation import Listing, Operation, Param, deletion, path
from gcsa.operations.runner import Caller
from gcsa.serializers.acl_rule_serializer import ACLRuleSerializer


class AccessRules(Caller):
    """The methods on access rules, of both clients and of their batches."""

    @listing
    def get_acl_rules(
        self, /, calendar_id: str | None = None, show_deleted: bool = False, **kwargs: Param
    ) -> Listing[AccessControlRule]:
        """List the access rules of a calendar.

        Args:
            calendar_id: The calendar; the default one if None.
            show_deleted: Whether to list rules that were removed, too; their role is `ACLRole.NONE`.
            **kwargs: Further parameters of Google's, under its own names.

        Returns:
            The rules, as an iterator.

        Raises:
            PermissionDeniedError: The user may not see the calendar's rules.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/list
        """
        return rules_of(self, calendar_id, {"showDeleted": show_deleted, **kwargs})

    @operation
    def get_acl_rule(
        self, /, rule_id: AccessControlRule | str, calendar_id: str | None = None, **kwargs: Param
    ) -> Operation[AccessControlRule]:
        """Return one access rule.

        Args:
            rule_id: Its id, such as `'user:ann@example.com'`; or the rule, to read it again.
            calendar_id: The calendar; the default one if None.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            NotFoundError: The calendar has no such rule.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/get
        """
        where = _rules_path(self, calendar_id, identity(rule_id, AccessControlRule, "rule_id"))
        return Operation("GET", where, ACLRuleSerializer.from_bytes, kwargs)

    @operation
    def add_acl_rule(
        self,
        /,
        acl_rule: AccessControlRule,
        send_notifications: bool = True,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Operation[AccessControlRule]:
        """Give somebody access to a calendar, and return the rule. A scope has one rule: the newest.

        Args:
            acl_rule: The rule.
            send_notifications: Whether those concerned are told by mail.
            calendar_id: The calendar; the default one if None.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            TypeError: `acl_rule` is not an `AccessControlRule`.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/insert
        """
        return Operation(
            "POST",
            _rules_path(self, calendar_id),
            ACLRuleSerializer.from_bytes,
            {"sendNotifications": send_notifications, **kwargs},
            ACLRuleSerializer.to_json(require(acl_rule, AccessControlRule, "acl_rule")),
        )

    @operation
    def update_acl_rule(
        self,
        /,
        acl_rule: AccessControlRule,
        send_notifications: bool = True,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        **kwargs: Param,
    ) -> Operation[AccessControlRule]:
        """Store an access rule in place of what is there under its id, and return it.

        Args:
            acl_rule: The rule, with its id.
            send_notifications: Whether those concerned are told by mail. Nobody is told when access ends.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse when somebody has changed the rule since it was read.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The rule has no id, or no etag with `if_unchanged`.
            TypeError: `acl_rule` is not an `AccessControlRule`.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/update
        """
        rule_id = identity(
            require(acl_rule, AccessControlRule, "acl_rule"), AccessControlRule, "acl_rule"
        )
        return Operation(
            "PUT",
            _rules_path(self, calendar_id, rule_id),
            ACLRuleSerializer.from_bytes,
            {"sendNotifications": send_notifications, **kwargs},
            ACLRuleSerializer.to_json(acl_rule),
            if_match(acl_rule, if_unchanged),
            # A second attempt would find the etag that the first one made.
            repeatable=not if_unchanged,
        )

    @operation
    def patch_acl_rule(
        self,
        /,
        acl_rule: AccessControlRule | str,
        *,
        send_notifications: bool = True,
        calendar_id: str | None = None,
        if_unchanged: bool = False,
        **changes: Any,
    ) -> Operation[AccessControlRule]:
        """Change only what is named of an access rule, and return it.

        Args:
            acl_rule: The rule, or its id.
            send_notifications: Whether those concerned are told by mail. Nobody is told when access ends.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse when somebody has changed the rule since it was read.
            **changes: New values under the names of `AccessControlRule`'s arguments, such as
                `role=ACLRole.WRITER`.

        Raises:
            ValueError: Nothing is named, or the rule has no id.
            TypeError: A name is none of the rule's arguments, or a value is of the wrong type.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/patch
        """
        named, params = parted(changes, ())
        rule_id = identity(acl_rule, AccessControlRule, "acl_rule")
        return Operation(
            "PATCH",
            _rules_path(self, calendar_id, rule_id),
            ACLRuleSerializer.from_bytes,
            {"sendNotifications": send_notifications, **params},
            ACLRuleSerializer.changes_to_json(named),
            if_match(acl_rule, if_unchanged),
            repeatable=not if_unchanged,
        )

    @operation
    def delete_acl_rule(
        self,
        /,
        acl_rule: AccessControlRule | str,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        **kwargs: Param,
    ) -> Operation[None]:
        """Take access to a calendar away.

        Args:
            acl_rule: The rule, or its id.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse when somebody has changed the rule since it was read.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The rule has no id.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/delete
        """
        rule_id = identity(acl_rule, AccessControlRule, "acl_rule")
        where = _rules_path(self, calendar_id, rule_id)
        return deletion(where, kwargs, if_match(acl_rule, if_unchanged))


def rules_of(
    caller: Caller, calendar_id: str | None, params: Mapping[str, Param]
) -> Listing[AccessControlRule]:
    """Describe the listing of a calendar's rules with these parameters and no others."""
    where = _rules_path(caller, calendar_id)
    return Listing(Operation("GET", where, ACLRuleSerializer.page_from_bytes, params))


def _rules_path(caller: Caller, calendar_id: str | None, *rule_id: str) -> str:
    return path("calendars", caller.calendar_or_default(calendar_id), "acl", *rule_id)
