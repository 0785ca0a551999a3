"""The watch methods of events, access rules, the calendar list and settings, and channels.stop.

Reference: https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from gcsa.emulator.answer import NO_CONTENT, Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.push.addresses import check_address
from gcsa.emulator.push.roles import ROLES
from gcsa.emulator.resources.acl.reading import readable
from gcsa.emulator.routes import method
from gcsa.emulator.store.channels import NewChannel

if TYPE_CHECKING:
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow

_API: Final = "https://www.googleapis.com/calendar/v3/"
# "[A-Za-z0-9\\-_\\+/=]+": https://cloud.google.com/storage/docs/json_api/v1/status-codes#400-bad-request ; the lengths:
# https://developers.google.com/workspace/calendar/api/guides/push#required-properties
_ID: Final = re.compile(r"[A-Za-z0-9\-_+/=]+", re.ASCII)
_LONGEST_ID: Final = 64
_LONGEST_TOKEN: Final = 256
# "Valid values are "web_hook" (or "webhook")." says the discovery document.
_TYPES: Final = ("web_hook", "webhook")
# "The time-to-live in seconds for the notification channel. Default is 604800 seconds."
# https://developers.google.com/workspace/calendar/api/v3/reference/events/watch#params.ttl
_DEFAULT_LIFE: Final = 604_800
# The end of the year 9999, the last that a header can name, in milliseconds. Google documents no maximum, only that its
# own limits may end a channel earlier.
_LAST: Final = 253_402_300_799_000
_SECONDS: Final = re.compile(r"-?\d{1,15}", re.ASCII)
# A project's number, in Google's shape; the emulator is one project.
_PROJECT: Final = "100000000000"


@method("calendar.events.watch")
def watch_events(call: Call) -> Answer:
    """Open a channel for changes of a calendar's events.

    Of the parameters only eventTypes decides what is told: the others are those of the list that is watched.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/watch
    """
    types = call.parameters.texts("eventTypes")
    calendar = call.calendar(ROLES["events"]).calendar
    return _watch(call, "events", calendar, f"|{'|'.join(types)}|" if types else None)


@method("calendar.acl.watch")
def watch_acl(call: Call) -> Answer:
    """Open a channel for changes of a calendar's access rules.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/watch
    """
    # Who may not list the rules is told so in the same words here.
    return _watch(call, "acl", readable(call))


@method("calendar.calendarList.watch")
def watch_calendar_list(call: Call) -> Answer:
    """Open a channel for changes of the caller's list of calendars.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/watch
    """
    return _open(call, "calendarList", call.user.key, "users/me/calendarList")


@method("calendar.settings.watch")
def watch_settings(call: Call) -> Answer:
    """Open a channel for changes of the caller's settings.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/watch
    """
    return _open(call, "settings", call.user.key, "users/me/settings")


@method("calendar.channels.stop")
def stop(call: Call) -> Answer:
    """End a channel of the caller's.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/channels/stop
    """
    channel_id = _required(call, "id")
    resource_id = _required(call, "resourceId")
    channel = call.store.channels.by_id(channel_id)
    if (
        channel is None
        or channel.user != call.user.key
        or channel.resource_id != resource_id
        or channel.expiration <= call.now
    ):
        # https://github.com/googleapis/google-api-nodejs-client/issues/627
        raise ApiError(
            404, "notFound", f"Channel '{channel_id[:100]}' not found for project '{_PROJECT}'"
        )
    call.store.channels.close(channel.key)
    return NO_CONTENT


def _watch(
    call: Call, watched: str, calendar: CalendarRow, event_types: str | None = None
) -> Answer:
    name = quote(call.parameters.required("calendarId"), safe="@")
    return _open(call, watched, calendar.key, f"calendars/{name}/{watched}", event_types)


def _open(
    call: Call, watched: str, subject: int, path: str, event_types: str | None = None
) -> Answer:
    body, push = call.body, call.emulator.push
    channel_id = _channel_id(call)
    if _required(call, "type") not in _TYPES:
        raise ApiError.invalid(f"Unknown channel type: {body['type'][:100]}")
    address = _required(call, "address")
    check_address(address, allow_remote=push.may_leave)
    channel = NewChannel(
        channel_id,
        call.user.key,
        watched,
        subject,
        event_types,
        _resource_id(call.user.email, watched, subject),
        f"{_API}{path}?{_query(call)}",
        address,
        _token(call),
        _expiration(call),
    )
    _make_room(call, channel_id)
    if not call.store.channels.open(channel):
        # https://github.com/autokitteh/autokitteh/pull/1015 quotes reason and wording.
        raise ApiError(400, "channelIdNotUnique", f"Channel id {channel_id} not unique")
    call.store.after_commit(push.watched)
    resource = {
        "kind": "api#channel",
        "id": channel.id,
        "resourceId": channel.resource_id,
        "resourceUri": channel.resource_uri,
        "token": channel.token,
        "expiration": str(channel.expiration),
    }
    return Answer(json_text({name: value for name, value in resource.items() if value is not None}))


def _required(call: Call, name: str) -> str:
    value: str | None = call.body.get(name)
    if not value:
        raise ApiError.required(f"Missing channel {name}.")
    return value


def _channel_id(call: Call) -> str:
    channel_id = _required(call, "id")
    if len(channel_id) > _LONGEST_ID or _ID.fullmatch(channel_id) is None:
        raise ApiError(
            400,
            "push.channelIdInvalid",
            rf"Channel id must match the following regular expression: [A-Za-z0-9\-_\+/=]{{1,{_LONGEST_ID}}}",
        )
    return channel_id


def _token(call: Call) -> str | None:
    token: str | None = call.body.get("token")
    if token is None:
        return None
    if len(token) > _LONGEST_TOKEN:
        raise ApiError.invalid(
            f"Invalid channel token: the maximum length is {_LONGEST_TOKEN} characters."
        )
    if any(character < " " or character == "\x7f" for character in token):
        # It travels in a header.
        raise ApiError.invalid("Invalid channel token: it has control characters.")
    return token


def _expiration(call: Call) -> int:
    """Return when the channel ends: the earliest of what the body asks for, else a week from now."""
    asked: list[int] = []
    if (expiration := call.body.get("expiration")) is not None:
        asked.append(int(expiration))
    params: dict[str, str] = call.body.get("params") or {}
    if (ttl := params.get("ttl")) is not None:
        if _SECONDS.fullmatch(ttl) is None:
            raise ApiError.invalid(f"Invalid ttl value for channel {ttl[:100]}")
        asked.append(call.now + int(ttl) * 1000)
    ends = min(asked, default=call.now + _DEFAULT_LIFE * 1000)
    if not call.now < ends <= _LAST:
        # https://github.com/googleapis/google-api-nodejs-client/issues/3263 quotes the wording, with seconds from now.
        raise ApiError.invalid(f"Invalid ttl value for channel {(ends - call.now) // 1000}")
    return ends


def _make_room(call: Call, channel_id: str) -> None:
    """Let go of an expired channel of the same id: only one that is open keeps others from having it."""
    before = call.store.channels.by_id(channel_id)
    if before is not None and before.expiration <= call.now:
        call.store.channels.close(before.key)


def _resource_id(user: str, watched: str, subject: int) -> str:
    """Return the opaque name of what is watched, the same for every channel of a user on the same thing.

    In the shape of Google's: 27 characters, such as `U15kUHiUFlC5RoBIeInYEjmkfhs`.
    """
    content = f"{user} {watched} {subject}".encode()
    digest = hashlib.blake2b(content, digest_size=20).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _query(call: Call) -> str:
    """Return the query of the watched resource's address: the list's own parameters, and `alt=json`, as in Google's."""
    own = [
        (name, value)
        for name, values in call.request.query.items()
        if name in call.method.parameters
        for value in values
    ]
    return urlencode([*own, ("alt", "json")])
