"""Whom an access control rule is for: its scope, and the id that is made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gcsa.emulator import auth, organization
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store

_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,10}", re.ASCII)
_DEFAULT = "default"


def rule_id_of(scope: Resource | None) -> str:
    """Return the id of the rule for a scope, such as `user:me@example.com`.

    Raises:
        ApiError: The scope has no type, no value, or one that is no address or domain.
    """
    kind = (scope or {}).get("type")
    if scope is None or not kind:
        # https://github.com/google/google-api-javascript-client/issues/70 quotes reason and message.
        raise ApiError.required("Missing scope type.")
    if kind == _DEFAULT:
        # "Omitted for type default": whatever it is, it says nothing.
        return _DEFAULT
    value = (scope.get("value") or "").strip().lower()
    if not value:
        raise ApiError.required("Missing scope value.")
    if not _is_valid(kind, value):
        # https://github.com/GAM-team/GAM (gamlib/glgapi.py) knows the reason.
        raise ApiError(400, "invalidScopeValue", "Invalid scope value.", domain="calendar")
    return f"{kind}:{value}"


def read_rule_id(text: str) -> str:
    """Return the id of a rule as it is kept.

    Raises:
        ApiError: It is not an id that a rule could have.
    """
    rule_id = text.lower()
    kind, _, value = rule_id.partition(":")
    if rule_id != _DEFAULT and not _is_valid(kind, value):
        # https://github.com/khuisman/mcp-gee-sweet (test plan, TC-CAL68) quotes status and message.
        raise ApiError.invalid("Invalid resource id value.")
    return rule_id


def scope_of(rule_id: str) -> Resource:
    """Return the scope that a rule of this id is for."""
    if rule_id == _DEFAULT:
        return {"type": _DEFAULT}
    kind, _, value = rule_id.partition(":")
    return {"type": kind, "value": value}


def check_grantee(store: Store, rule_id: str, role: str) -> None:
    """Check that there is somebody whom a role can be given to.

    An address that nobody has yet may be given a role, as with Google.

    Raises:
        ApiError: 404, the domain is that of no organization; 400, everybody on the internet would write.
    """
    kind, _, value = rule_id.partition(":")
    if kind == "domain" and not organization.is_organization(store, value):
        # https://github.com/googleapis/google-api-python-client/issues/634
        raise ApiError.not_found()
    if kind == _DEFAULT and role not in ("none", "freeBusyReader", "reader"):
        # https://github.com/GAM-team/GAM (gamlib/glgapi.py) knows the reason.
        raise ApiError(
            400,
            "illegalAccessRoleForDefault",
            "Illegal access role for the default scope.",
            domain="calendar",
        )


def _is_valid(kind: str, value: str) -> bool:
    if kind in ("user", "group"):
        return auth.is_address(value)
    return kind == "domain" and _DOMAIN.fullmatch(value) is not None
