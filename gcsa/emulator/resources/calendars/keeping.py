"""calendars.insert, get, patch and update: a calendar and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import calendar_lists, ids, sharing
from gcsa.emulator.answer import json_text
from gcsa.emulator.resources.calendars import fields
from gcsa.emulator.resources.calendars.zone import change_zone
from gcsa.emulator.resources.events.fields import merged, without_nulls
from gcsa.emulator.resources.events.labels import labels_of, take_off_labels
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.answer import Answer
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow

# An update that says nothing of these leaves them alone: "If not specified, the label properties [the working hours]
# remain unchanged." The same is assumed of what else an owner would hardly want to lose with a new title.
_KEPT_BY_UPDATE = (
    "timeZone",
    "conferenceProperties",
    "autoAcceptInvitations",
    "labelProperties",
    "workingHours",
)


@method("calendar.calendars.insert")
def insert(call: Call) -> Answer:
    """Make a secondary calendar; the caller owns it, and it is on the caller's list.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/insert
    """
    store, user = call.store, call.user
    calendar_id = call.ids.calendar()
    given = fields.with_labels(_writable(without_nulls(call.body)), call.ids)
    resource = fields.completed(given, calendar_id=calendar_id, is_primary=False)
    calendar = store.calendars.add(
        calendar_id,
        data_owner=user.key,
        is_primary=False,
        time_zone=resource["timeZone"],
        resource=json_text(resource),
        version=ids.next_version(call.now),
        now=call.now,
    )
    sharing.set_role(store, calendar.key, f"user:{user.email}", "owner", call.now)
    own = {**calendar_lists.next_colors(store, user.key), "selected": True}
    calendar_lists.put(store, user.key, calendar.key, own, call.now)
    return fields.answer(store, calendar)


@method("calendar.calendars.get")
def get(call: Call) -> Answer:
    """Return a calendar.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/get
    """
    return fields.answer(call.store, call.calendar("freeBusyReader").calendar)


@method("calendar.calendars.patch")
def patch(call: Call) -> Answer:
    """Change the fields of a calendar that the body names; null removes one.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/patch
    """
    calendar = _owned(call)
    given = _writable(call.body)
    if not given.get("workingHours"):
        # "If not specified (or passed as null or an empty object), the existing working hours remain unchanged."
        given.pop("workingHours", None)
    before = fields.decoded(calendar)
    # "To update the working hours, the entire working hours object must be passed."
    whole = {name: given[name] for name in ("workingHours",) if name in given}
    return _change(call, calendar, {**merged(before, given), **without_nulls(whole)}, given)


@method("calendar.calendars.update")
def update(call: Call) -> Answer:
    """Replace the fields of a calendar by those of the body.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/update
    """
    calendar = _owned(call)
    given: Resource = without_nulls(_writable(call.body))
    if not given.get("workingHours"):
        given.pop("workingHours", None)
    before = fields.decoded(calendar)
    kept = {name: before[name] for name in _KEPT_BY_UPDATE if name in before}
    return _change(call, calendar, {**kept, **given}, given)


def _writable(body: Resource) -> Resource:
    return {name: value for name, value in body.items() if name in fields.STORED}


def _owned(call: Call) -> CalendarRow:
    calendar = call.calendar("owner").calendar
    call.check_match(ids.etag(calendar.version))
    return calendar


def _change(call: Call, calendar: CalendarRow, after: Resource, given: Resource) -> Answer:
    store = call.store
    if "labelProperties" in given:
        after = fields.with_labels(after, call.ids)
    resource = fields.completed(after, calendar_id=calendar.id, is_primary=calendar.is_primary)
    text = json_text(resource)
    if text == calendar.resource:
        return fields.answer(store, calendar)
    zone = resource["timeZone"]
    version = ids.next_version(call.now, calendar.version)
    store.calendars.set_resource(calendar.key, text, zone, version)
    changed = calendar._replace(resource=text, time_zone=zone, version=version)
    if zone != calendar.time_zone:
        change_zone(store, changed)
    take_off_labels(store, changed, labels_of(calendar) - labels_of(changed), call.now)
    return fields.answer(store, changed)
