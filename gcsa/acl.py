"""Sharing a calendar: who may do what with it."""

from __future__ import annotations

from typing import Any

from attrs import define, field
from attrs.validators import optional

from gcsa import _checks as checks


class ACLRole:
    """What a rule allows.

    - `NONE`: nothing
    - `FREE_BUSY_READER`: to see when the calendar is free or busy
    - `READER`: to read it; of private events only the times
    - `WRITER_WITHOUT_PRIVATE_ACCESS`: to read and change it; of private events only the times
    - `WRITER`: to read and change it, and to see its rules
    - `OWNER`: also to change its rules
    """

    NONE = "none"
    FREE_BUSY_READER = "freeBusyReader"
    READER = "reader"
    WRITER_WITHOUT_PRIVATE_ACCESS = "writerWithoutPrivateAccess"
    WRITER = "writer"
    OWNER = "owner"


class ACLScopeType:
    """Whom a rule is for.

    - `DEFAULT`: everybody, signed in or not
    - `USER`: one user
    - `GROUP`: the members of a group
    - `DOMAIN`: the users of a domain
    """

    DEFAULT = "default"
    USER = "user"
    GROUP = "group"
    DOMAIN = "domain"


def _a_text(name: str, given: str) -> str | None:
    # What Google leaves out is None, but what a person writes is there.
    checks.require_text(name, given)
    return given


def _role(role: str) -> str | None:
    return _a_text("role", role)


def _scope_type(scope_type: str) -> str | None:
    return _a_text("scope_type", scope_type)


@define(slots=False, kw_only=True, repr=False)
class AccessControlRule:
    """One rule on who may do what with a calendar.

    Args:
        role: What the rule allows, one of `ACLRole`.
        scope_type: Whom it is for, one of `ACLScopeType`.
        acl_id: The rule's id. Set by Google.
        scope_value: The e-mail address of the user or of the group, or the name of the domain. None
            for the scope `DEFAULT`.
        other: What else Google says of it, under Google's own names, such as `etag`.

    Raises:
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl
    """

    role: str | None = field(converter=_role)
    scope_type: str | None = field(converter=_scope_type)
    acl_id: str | None = field(default=None, validator=optional(checks.text()))
    scope_value: str | None = field(default=None, validator=optional(checks.text()))
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping)

    @property
    def id(self) -> str | None:
        """The rule's id, the same as `acl_id`."""
        return self.acl_id

    def __repr__(self) -> str:
        whom = f"{self.scope_type} {self.scope_value!r}" if self.scope_value else self.scope_type
        return f"<AccessControlRule {self.role} - {whom}>"
