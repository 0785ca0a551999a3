"""acl.get and list: who may do what on a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import access, ids
from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.acl.scopes import read_rule_id, scope_of
from gcsa.emulator.resources.paging import Item, answer_page, read_request
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.rules import Rule


@method("calendar.acl.get")
def get(call: Call) -> Answer:
    """Return an access control rule.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/get
    """
    calendar = readable(call)
    return answer(find(call, calendar))


@method("calendar.acl.list")
def list_rules(call: Call) -> Answer:
    """Return a page of a calendar's access control rules.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/list
    """
    calendar = readable(call)
    rules = call.store.rules
    asked = read_request(
        call,
        ["acl", calendar.key],
        rules.last_change(calendar.key),
        # "it is not allowed to set showDeleted to False"
        not_false_with_sync_token=("showDeleted",),
    )
    if asked.since is None:
        deleted_too = call.parameters.flag("showDeleted")
        items = [
            Item(place, answer(rule).text)
            for place, rule in enumerate(rules.of_calendar(calendar.key))
            if deleted_too or rule.role != "none"
        ]
    else:
        changed = rules.changes(calendar.key, after=asked.since, until=asked.page.until)
        items = [Item(rule.change, answer(rule).text) for rule in changed]
    return answer_page(call, asked, "calendar#acl", items)


def find(call: Call, calendar: CalendarRow) -> Rule:
    """Return the rule that the call is about.

    Raises:
        ApiError: 404, there is none (any more); 400, its id could be that of none.
    """
    rule_id = read_rule_id(call.parameters.required("ruleId"))
    rule = call.store.rules.get(calendar.key, rule_id)
    if rule is None or rule.role == "none":
        raise ApiError.not_found()
    return rule


def answer(rule: Rule) -> Answer:
    """Return the answer that shows a rule."""
    etag = ids.etag(rule.version)
    resource = {
        "kind": "calendar#aclRule",
        "etag": etag,
        "id": rule.id,
        "scope": scope_of(rule.id),
        "role": rule.role,
    }
    return Answer(json_text(resource), etag)


def readable(call: Call) -> CalendarRow:
    """Return the calendar whose rules the call wants to read, or to be told of.

    Raises:
        ApiError: 404, it is not shown to the caller; 403, its rules are not.
    """
    # "writer - … Provides read access to the calendar's ACLs." To others https://github.com/GAM-team/GAM expects
    # 403 `forbidden` of acl.list, which is not what changing the rules answers.
    calendar_id = call.parameters.required("calendarId")
    calendar = access.find(call.store, call.user, calendar_id)
    role = access.role_of(call.store, call.user, calendar)
    if role == "none":
        raise ApiError.not_found()
    if not access.Access(calendar, role).allows("writer"):
        raise ApiError.forbidden()
    return calendar
