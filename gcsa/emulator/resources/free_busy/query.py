"""freebusy.query: when the owners of calendars, and the members of groups, are busy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator import access, times
from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.free_busy.busy import Patience, TooManyTimesError, busy_times
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from datetime import tzinfo

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call

# "Maximum value is 100" of groupExpansionMax, and 50 of calendarExpansionMax.
# https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
_MOST_MEMBERS: Final = 100
_MOST_CALENDARS: Final = 50
# Ninety days, says https://github.com/calcom/cal.com/pull/11962 ; in seconds.
_LONGEST: Final = 90 * 86_400
# Times that are looked at for one question: 22 a day on each of fifty calendars for ninety days.
_MOST_TIMES: Final = 100_000


class _Window(NamedTuple):
    """What is asked for: from when, until when, both in seconds, and the zone of the answer."""

    start: int
    end: int
    zone: tzinfo


class _Wanted(NamedTuple):
    """Whose times are asked for: the groups that were found, and calendars by the ids that the answer has."""

    groups: dict[str, Resource]
    calendars: list[str]


@method("calendar.freebusy.query")
def query(call: Call) -> Answer:
    """Return when calendars are busy; what fails for one of them is said beside it.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
    """
    window = _window(call.body)
    wanted = _wanted(call)
    most = _expansion(call.body, "calendarExpansionMax", _MOST_CALENDARS)
    patience = Patience(_MOST_TIMES)
    calendars = {
        name: _calendar(call, name, window, patience)
        if place < most
        else _failed("tooManyCalendarsRequested", busy=[])
        for place, name in enumerate(wanted.calendars)
    }
    resource: Resource = {
        "kind": "calendar#freeBusy",
        "timeMin": times.rfc3339_milliseconds(window.start * 1000),
        "timeMax": times.rfc3339_milliseconds(window.end * 1000),
        **({"groups": wanted.groups} if wanted.groups else {}),
        "calendars": calendars,
    }
    return Answer(json_text(resource))


def _window(body: Resource) -> _Window:
    start, end = _moment(body, "timeMin"), _moment(body, "timeMax")
    if end <= start:
        raise ApiError.time_range_empty("timeMax")
    if end - start > _LONGEST:
        # https://github.com/calcom/cal.com/pull/11696 quotes the message.
        raise ApiError(
            400,
            "timeRangeTooLong",
            "The requested time range is too long.",
            domain="calendar",
            location="timeMax",
        )
    name = body.get("timeZone") or "UTC"
    zone = times.zone(name)
    if zone is None:
        raise ApiError.invalid(f"Invalid time zone: {name[:100]}", location="timeZone")
    return _Window(start, end, zone)


def _moment(body: Resource, name: str) -> int:
    text = body.get(name)
    if not text:
        # https://github.com/aaronsb/google-workspace-mcp/issues/98 quotes reason and message.
        raise ApiError.required(f"Missing {name} parameter.", location=name)
    moment = times.parse_date_time(text)
    if moment is None or moment.tzinfo is None:
        raise ApiError.bad_request()
    try:
        return times.seconds(moment)
    except OverflowError:
        raise ApiError.bad_request() from None


def _expansion(body: Resource, name: str, most: int) -> int:
    value: int | None = body.get(name)
    if value is None:
        return most
    if not 0 < value <= most:
        raise ApiError.invalid(
            f"Invalid value '{value}'. Values must be within the range: [1, {most}]",
            location=name,
        )
    return value


def _wanted(call: Call) -> _Wanted:
    """Return whose times are asked for, groups taken apart into their members."""
    groups: dict[str, Resource] = {}
    calendars: dict[str, None] = {}
    most = _expansion(call.body, "groupExpansionMax", _MOST_MEMBERS)
    items: list[Resource] = call.body.get("items") or []
    for item in items:
        name = item.get("id")
        if not name:
            raise ApiError.required("Missing item id.", location="items")
        if not call.store.groups.exists(name.lower()):
            calendars[name] = None
            continue
        people = call.store.groups.people(name.lower())
        if len(people) > most:
            # "An error is returned for a group with more members than this value."
            groups[name] = _failed("groupTooBig", calendars=[])
        else:
            groups[name] = {"calendars": people}
            calendars.update(dict.fromkeys(people))
    return _Wanted(groups, list(calendars))


def _calendar(call: Call, name: str, window: _Window, patience: Patience) -> Resource:
    try:
        calendar = access.require(call.store, call.user, name, "freeBusyReader").calendar
    except ApiError as error:
        return _failed(error.reason, busy=[])
    try:
        busy = busy_times(call.store, calendar, window.start, window.end, patience)
    except TooManyTimesError:
        return _failed("internalError", busy=[])
    return {
        "busy": [
            {"start": _text(time.start, window.zone), "end": _text(time.end, window.zone)}
            for time in busy
        ]
    }


def _failed(reason: str, **empty: list[object]) -> Resource:
    return {"errors": [{"domain": "global", "reason": reason}], **empty}


def _text(at: int, zone: tzinfo) -> str:
    moment = times.from_seconds(at)
    try:
        return times.rfc3339(moment.astimezone(zone))
    except OverflowError:
        return times.rfc3339(moment)
