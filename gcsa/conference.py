"""Conferences of events: how to join one, and the request to have one made.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from typing import Any

from attrs import Attribute, define, field
from attrs.validators import optional

from gcsa import _checks as checks

log = logging.getLogger(__name__)

MAX_CODE_LENGTH = 128
MAX_LABEL_LENGTH = 512
MAX_URI_LENGTH = 1300
MAX_NOTES_LENGTH = 2048

# What a uri has to start with, by the type of its entry point ("entryPoints[].uri" in
# https://developers.google.com/workspace/calendar/api/v3/reference/events).
_SCHEMES = {
    "video": ("http:", "https:"),
    "phone": ("tel:",),
    "sip": ("sip:",),
    "more": ("http:", "https:"),
}


class SolutionType:
    """What makes a conference.

    - `HANGOUT`: Hangouts for consumers (hangouts.google.com)
    - `NAMED_HANGOUT`: classic Hangouts for Google Workspace users (hangouts.google.com)
    - `HANGOUTS_MEET`: Google Meet (meet.google.com)
    - `ADD_ON`: a conference provider other than Google
    """

    HANGOUT = "eventHangout"
    NAMED_HANGOUT = "eventNamedHangout"
    HANGOUTS_MEET = "hangoutsMeet"
    ADD_ON = "addOn"


def _one_of_the_four(entry_point_type: str) -> str | None:
    # What Google leaves out is None, but what a person writes is one of the four.
    if entry_point_type not in EntryPoint.ENTRY_POINT_TYPES:
        four = ", ".join(map(repr, EntryPoint.ENTRY_POINT_TYPES))
        raise ValueError(f"entry_point_type must be one of {four}, not {entry_point_type!r}.")
    return entry_point_type


def _check_scheme(entry_point: EntryPoint, _attribute: Attribute[Any], uri: str | None) -> None:
    schemes = _SCHEMES.get(entry_point.entry_point_type or "")
    if uri is None or schemes is None or uri.lower().startswith(schemes):
        return
    # Only the scheme is told: the rest of a link may let its reader into the meeting.
    scheme, colon, _rest = uri.partition(":")
    log.warning(
        "The uri of a %s entry point has to start with %s; this one has %s. "
        "Google Calendar will refuse it.",
        entry_point.entry_point_type,
        " or ".join(schemes),
        f"{scheme + colon!r} there" if colon else "no scheme",
    )


def _check_label(entry_point: EntryPoint, _attribute: Attribute[Any], label: str | None) -> None:
    if label and entry_point.entry_point_type == EntryPoint.MORE:
        log.warning("The label of a more entry point should not be filled.")


@define(slots=False, repr=False)
class EntryPoint:
    """One way to join a conference, such as a link or a telephone number.

    Of `meeting_code`, `access_code`, `passcode`, `password` and `pin`, fill only those that the
    conference's provider uses and calls so. Show people only those that are filled.

    A `uri` that does not fit its type, and a `label` on MORE, are noted on the logger
    `gcsa.conference`.

    Args:
        entry_point_type: How one joins:

            - `VIDEO`: over HTTP. A conference has at most one.
            - `PHONE`: by dialing a telephone number. A conference has any number of them.
            - `SIP`: over SIP. A conference has at most one.
            - `MORE`: instructions, such as a page of further telephone numbers. A conference has
              at most one, and never alone.
        uri: Where one joins, at most 1300 characters. For VIDEO and MORE it starts with `http:` or
            `https:`, for PHONE with `tel:` and has the whole dial sequence
            (`tel:+12345678900,,,123456789;1234`), for SIP with `sip:`
            (`sip:12345678@myprovider.com`).
        label: What people see instead of the uri, at most 512 characters, not localized: for VIDEO
            `meet.google.com/aaa-bbbb-ccc`, for PHONE `+1 123 268 2601`, for SIP
            `12345678@altostrat.com`; nothing for MORE.
        pin: The PIN to join with, at most 128 characters.
        access_code: The access code to join with, at most 128 characters.
        meeting_code: The meeting code to join with, at most 128 characters.
        passcode: The passcode to join with, at most 128 characters.
        password: The password to join with, at most 128 characters.
        other: What else Google says of it, under Google's own names, such as `regionCode`.

    Raises:
        ValueError: The type is not one of the four, or a text is too long.
        TypeError: A text is not a string.
    """

    VIDEO = "video"
    PHONE = "phone"
    SIP = "sip"
    MORE = "more"
    ENTRY_POINT_TYPES = (VIDEO, PHONE, SIP, MORE)

    entry_point_type: str | None = field(converter=_one_of_the_four)
    uri: str | None = field(
        default=None, validator=[optional(checks.text(MAX_URI_LENGTH)), _check_scheme]
    )
    label: str | None = field(
        default=None, validator=[optional(checks.text(MAX_LABEL_LENGTH)), _check_label]
    )
    pin: str | None = field(default=None, validator=optional(checks.text(MAX_CODE_LENGTH)))
    access_code: str | None = field(default=None, validator=optional(checks.text(MAX_CODE_LENGTH)))
    meeting_code: str | None = field(default=None, validator=optional(checks.text(MAX_CODE_LENGTH)))
    passcode: str | None = field(default=None, validator=optional(checks.text(MAX_CODE_LENGTH)))
    password: str | None = field(default=None, validator=optional(checks.text(MAX_CODE_LENGTH)))
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping, kw_only=True)

    def __repr__(self) -> str:
        return f"<EntryPoint {self.entry_point_type} - {self.uri!r}>"


@define(slots=False)
class _BaseConferenceSolution:
    """What a conference and the request for one have in common.

    Args:
        conference_id: The conference's id. For developers, not to be shown to users.
        signature: Google's signature of the conference's data.
        notes: Notes to show to the user, at most 2048 characters. They may contain HTML.
        _status: How far Google is with making the conference.
        other: What else Google says of it, under Google's own names.
    """

    conference_id: str | None = field(default=None, validator=optional(checks.text()))
    signature: str | None = field(default=None, validator=optional(checks.text()))
    notes: str | None = field(default=None, validator=optional(checks.text(MAX_NOTES_LENGTH)))
    status: str | None = field(
        default=None,
        alias="_status",
        validator=optional(checks.one_of("pending", "failure", "success")),
    )
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping, kw_only=True)


def _as_entry_points(entry_points: EntryPoint | Iterable[EntryPoint]) -> list[EntryPoint]:
    return checks.listed("entry_points", EntryPoint, entry_points)


def _check_entry_points(
    _solution: ConferenceSolution, _attribute: Attribute[Any], entry_points: list[EntryPoint]
) -> None:
    types = [entry_point.entry_point_type for entry_point in entry_points]
    if not types:
        raise ValueError("entry_points must have at least one entry point.")
    for single in (EntryPoint.VIDEO, EntryPoint.SIP, EntryPoint.MORE):
        if types.count(single) > 1:
            raise ValueError(
                f"entry_points may have at most 1 {single} entry point, not {types.count(single)}."
            )
    if types == [EntryPoint.MORE]:
        raise ValueError("entry_points must have another entry point beside the more entry point.")


@define(slots=False, init=False, repr=False)
class ConferenceSolution(_BaseConferenceSolution):
    """A conference that there is, and how to join it.

    Args:
        entry_points: The ways to join, one `EntryPoint` or several, all of the same conference.
        solution_type: What it was made with, one of `SolutionType`.
        name: The solution's name as users see it, not localized.
        icon_uri: The solution's icon as users see it.
        conference_id: The conference's id. For developers to keep track of conferences, not to be
            shown to users. It is unset for `HANGOUT`, the name of the Hangout for `NAMED_HANGOUT`,
            the ten-letter meeting code, such as `'aaa-bbbb-ccc'`, for `HANGOUTS_MEET`, and whatever
            the provider makes it for `ADD_ON`.
        signature: Google's signature of the conference's data. Keep it when you copy the conference
            to another event; without it, Google does not copy.
        notes: Notes to show to the user, such as instructions from the domain's administrator or
            legal notices, at most 2048 characters. They may contain HTML.
        other: What else Google says of the conference, under Google's own names, such as
            `parameters`.

    Attributes:
        status: `'success'` for a conference that came from Google, None for one that you built.
            Two conferences are equal whichever of them came from Google.

    Raises:
        ValueError: There is no entry point, or only MORE, or more than one VIDEO, SIP or MORE; or
            `notes` are too long.
        TypeError: A value is of the wrong type.
    """

    entry_points: list[EntryPoint] = field(
        kw_only=True,
        converter=_as_entry_points,
        validator=_check_entry_points,
    )
    solution_type: str | None = field(kw_only=True, default=None, validator=optional(checks.text()))
    name: str | None = field(kw_only=True, default=None, validator=optional(checks.text()))
    icon_uri: str | None = field(kw_only=True, default=None, validator=optional(checks.text()))
    status: str | None = field(default=None, init=False, eq=False)

    def __init__(
        self,
        entry_points: EntryPoint | Iterable[EntryPoint],
        solution_type: str | None = None,
        name: str | None = None,
        icon_uri: str | None = None,
        conference_id: str | None = None,
        signature: str | None = None,
        notes: str | None = None,
        *,
        other: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(conference_id, signature, notes, other={} if other is None else other)
        self.entry_points = _as_entry_points(entry_points)
        self.solution_type = solution_type
        self.name = name
        self.icon_uri = icon_uri
        _note_needless_id(self)

    def __repr__(self) -> str:
        return f"<ConferenceSolution {self.solution_type} - {self.entry_points}>"


@define(slots=False, init=False, repr=False)
class ConferenceSolutionCreateRequest(_BaseConferenceSolution):
    """A request that Google make a new conference and attach it to the event.

    Google takes it and makes the conference later; `status` tells how far it is.

    Args:
        solution_type: What to make it with, one of `SolutionType`. By default whatever the calendar
            allows first.
        request_id: The request's own id, by default a fresh UUID. Google ignores a request whose id
            the event has already had, so a new request needs a new one.
        _status: How far Google is. Not for you to set:

            - `'pending'`: still at it
            - `'failure'`: it failed, there are no entry points
            - `'success'`: it is done; the event then has a `ConferenceSolution` with its entry
              points in place of the request
        conference_id: The conference's id. For developers to keep track of conferences, not to be
            shown to users. It is unset for `HANGOUT`, the name of the Hangout for `NAMED_HANGOUT`,
            the ten-letter meeting code, such as `'aaa-bbbb-ccc'`, for `HANGOUTS_MEET`, and whatever
            the provider makes it for `ADD_ON`.
        signature: Google's signature of the conference's data: none where the request failed,
            perhaps none while it is pending.
        notes: Notes to show to the user, such as instructions from the domain's administrator or
            legal notices, at most 2048 characters. They may contain HTML.
        other: What else Google says of the request, under Google's own names.

    Attributes:
        status: What Google said as `_status`; None for a request that you built.

    Raises:
        ValueError: `_status` is not one of the three, or `notes` are too long.
        TypeError: A value is of the wrong type.
    """

    solution_type: str | None = field(kw_only=True, default=None, validator=optional(checks.text()))
    request_id: str | None = field(kw_only=True, validator=checks.text())

    def __init__(
        self,
        solution_type: str | None = None,
        request_id: str | None = None,
        _status: str | None = None,
        conference_id: str | None = None,
        signature: str | None = None,
        notes: str | None = None,
        *,
        other: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            conference_id, signature, notes, _status, other={} if other is None else other
        )
        self.solution_type = solution_type
        self.request_id = uuid.uuid4().hex if request_id is None else request_id
        _note_needless_id(self)

    def __repr__(self) -> str:
        return f"<ConferenceSolutionCreateRequest {self.solution_type} - status:{self.status!r}>"


def _note_needless_id(conference: ConferenceSolution | ConferenceSolutionCreateRequest) -> None:
    if conference.solution_type == SolutionType.HANGOUT and conference.conference_id is not None:
        log.warning("The conference_id of an eventHangout conference should not be set.")
