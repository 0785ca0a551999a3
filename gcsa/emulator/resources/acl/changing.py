"""acl.insert, patch, update and delete: somebody's role on a calendar changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import ids, outbox, sharing
from gcsa.emulator.answer import NO_CONTENT, Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.acl import reading
from gcsa.emulator.resources.acl.scopes import check_grantee, rule_id_of
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.rules import Rule


@method("calendar.acl.insert")
def insert(call: Call) -> Answer:
    """Give a role on a calendar to a user, a group, a domain or everybody; they have it instead of one before.

    A calendar that is shared is not put on anybody's list: who wants it there inserts it
    (https://help.okta.com/en/prod/Content/Topics/Workflows/connector-reference/googlecalendar/actions/addusertocalendar.htm).

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/insert
    """
    calendar = call.calendar("owner").calendar
    body = call.body
    rule_id = rule_id_of(body.get("scope"))
    if not body.get("role"):
        raise ApiError.required("Missing role.")
    return _give(call, calendar, rule_id, body["role"])


@method("calendar.acl.patch")
def patch(call: Call) -> Answer:
    """Change the role that a rule gives.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/patch
    """
    calendar, rule = _find(call)
    body = call.body
    if body.get("scope"):
        _check_same_scope(rule, {**_scope(rule), **body["scope"]})
    return _give(call, calendar, rule.id, body.get("role") or rule.role)


@method("calendar.acl.update")
def update(call: Call) -> Answer:
    """Change the role that a rule gives; the body says again whom it is for.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/update
    """
    calendar, rule = _find(call)
    _check_same_scope(rule, call.body.get("scope"))
    return _give(call, calendar, rule.id, call.body.get("role") or rule.role)


@method("calendar.acl.delete")
def delete(call: Call) -> Answer:
    """Delete a rule, and with it the role that it gives.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/delete
    """
    calendar, rule = _find(call)
    _check_changeable(call, calendar, rule.id)
    sharing.set_role(call.store, calendar.key, rule.id, "none", call.now)
    return NO_CONTENT


def _find(call: Call) -> tuple[CalendarRow, Rule]:
    calendar = call.calendar("owner").calendar
    rule = reading.find(call, calendar)
    call.check_match(ids.etag(rule.version))
    return calendar, rule


def _scope(rule: Rule) -> dict[str, str]:
    kind, _, value = rule.id.partition(":")
    return {"type": kind, "value": value}


def _check_same_scope(rule: Rule, scope: dict[str, str] | None) -> None:
    if rule_id_of(scope) != rule.id:
        # A rule's id is its scope: for another scope there is another rule.
        raise ApiError.invalid("The scope of a rule cannot be changed.")


def _give(call: Call, calendar: CalendarRow, rule_id: str, role: str) -> Answer:
    store = call.store
    check_grantee(store, rule_id, role)
    before = store.rules.get(calendar.key, rule_id)
    if before is not None and before.role == role:
        return reading.answer(before)
    _check_changeable(call, calendar, rule_id)
    rule = sharing.set_role(store, calendar.key, rule_id, role, call.now)
    if _is_notified(call, rule):
        outbox.send_sharing(call, calendar, rule)
    return reading.answer(rule)


def _check_changeable(call: Call, calendar: CalendarRow, rule_id: str) -> None:
    if rule_id == f"user:{call.user.email}":
        # https://pastebin.com/432S3afE shows Google's answer.
        raise ApiError(
            403, "cannotChangeOwnAcl", "Cannot change your own access level.", domain="calendar"
        )
    owner = call.store.users.by_key(calendar.data_owner)
    if owner is None or rule_id != f"user:{owner.email}":
        return
    # "The data owner's access level cannot be changed from the default owner access":
    # https://developers.google.com/calendar/releases (October 27, 2025). Both reasons are known to
    # https://github.com/GAM-team/GAM (gamlib/glgapi.py).
    if calendar.is_primary:
        raise ApiError(
            403,
            "cannotChangeOwnerAcl",
            "Cannot change the access level of the calendar's owner.",
            domain="calendar",
        )
    raise ApiError(
        403,
        "cannotModifyAclOfCalendarOwner",
        "Cannot change the access level of the calendar's data owner.",
        domain="calendar",
    )


def _is_notified(call: Call, rule: Rule) -> bool:
    # "Whether to send notifications about the calendar sharing change. Note that there are no notifications on access
    # removal. Optional. The default is True."
    wanted = "sendNotifications" not in call.parameters or call.parameters.flag("sendNotifications")
    return wanted and rule.role != "none" and rule.id.startswith(("user:", "group:"))
