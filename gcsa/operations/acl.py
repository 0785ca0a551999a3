"""The calls on access rules: who may see or change a calendar.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl
"""

from __future__ import annotations

from gcsa.acl import AccessControlRule, ACLRole
from gcsa.changes import Changes
from gcsa.operations.method import listing, operation, procedure
from gcsa.operations.operation import Listing, Operation, Param, deletion, identity, path
from gcsa.operations.procedure import Procedure
from gcsa.operations.runner import Caller
from gcsa.operations.sync import changes_of
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
            PermissionDeniedError: The user does not own the calendar.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/list
        """
        params: dict[str, Param] = {"showDeleted": show_deleted, **kwargs}
        return Listing(
            Operation(
                "GET", self._rules_path(calendar_id), ACLRuleSerializer.page_from_bytes, params
            )
        )

    @operation
    def get_acl_rule(
        self, rule_id: str, calendar_id: str | None = None
    ) -> Operation[AccessControlRule]:
        """Return one access rule.

        Args:
            rule_id: Its id, such as `'user:ann@example.com'`.
            calendar_id: The calendar; the default one if None.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/get
        """
        return Operation(
            "GET", self._rules_path(calendar_id, rule_id), ACLRuleSerializer.from_bytes
        )

    @operation
    def add_acl_rule(
        self,
        acl_rule: AccessControlRule,
        send_notifications: bool = True,
        calendar_id: str | None = None,
    ) -> Operation[AccessControlRule]:
        """Give somebody access to a calendar, and return the rule. A scope has one rule: the newest.

        Args:
            acl_rule: The rule.
            send_notifications: Whether those concerned are told by mail.
            calendar_id: The calendar; the default one if None.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/insert
        """
        return Operation(
            "POST",
            self._rules_path(calendar_id),
            ACLRuleSerializer.from_bytes,
            {"sendNotifications": send_notifications},
            ACLRuleSerializer.to_json(acl_rule),
        )

    @operation
    def update_acl_rule(
        self,
        acl_rule: AccessControlRule,
        send_notifications: bool = True,
        calendar_id: str | None = None,
    ) -> Operation[AccessControlRule]:
        """Store an access rule in place of what is there under its id, and return it.

        Args:
            acl_rule: The rule, with its id.
            send_notifications: Whether those concerned are told by mail. Nobody is told when access ends.
            calendar_id: The calendar; the default one if None.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/update
        """
        rule_id = identity(acl_rule, AccessControlRule, "acl_rule")
        return Operation(
            "PUT",
            self._rules_path(calendar_id, rule_id),
            ACLRuleSerializer.from_bytes,
            {"sendNotifications": send_notifications},
            ACLRuleSerializer.to_json(acl_rule),
        )

    @operation
    def delete_acl_rule(
        self, acl_rule: AccessControlRule | str, calendar_id: str | None = None
    ) -> Operation[None]:
        """Take access to a calendar away.

        Args:
            acl_rule: The rule, or its id.
            calendar_id: The calendar; the default one if None.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/delete
        """
        rule_id = identity(acl_rule, AccessControlRule, "acl_rule")
        return deletion(self._rules_path(calendar_id, rule_id))

    @procedure
    def get_acl_changes(
        self, /, sync_token: str | None = None, calendar_id: str | None = None, **kwargs: Param
    ) -> Procedure[Changes[AccessControlRule]]:
        """Return what has changed among a calendar's access rules since a sync token was given.

        Args:
            sync_token: `next_sync_token` of the last answer; None for everything, and a first token.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            SyncTokenExpiredError: The token is no longer good; ask again without one.

        Reference: https://developers.google.com/workspace/calendar/api/guides/sync
        """
        first = Operation(
            "GET", self._rules_path(calendar_id), ACLRuleSerializer.page_from_bytes, kwargs
        )
        return changes_of(
            Listing(first), sync_token, lambda rule: rule.role == ACLRole.NONE, lambda rule: rule.id
        )

    def _rules_path(self, calendar_id: str | None, *rule_id: str) -> str:
        return path("calendars", calendar_id or self.default_calendar, "acl", *rule_id)
