"""Conferences, their entry points and the requests for them, to and from JSON."""

from __future__ import annotations

from typing import Any

from gcsa.conference import ConferenceSolution, ConferenceSolutionCreateRequest, EntryPoint
from gcsa.serializers._layout import Group, Items, Layout, Value, keys_of
from gcsa.serializers.base_serializer import BaseSerializer

_ENTRY_POINT = Layout(
    EntryPoint,
    {
        "entryPointType": Value("entry_point_type"),
        "uri": Value("uri"),
        "label": Value("label"),
        "pin": Value("pin"),
        "accessCode": Value("access_code"),
        "meetingCode": Value("meeting_code"),
        "passcode": Value("passcode"),
        "password": Value("password"),
    },
)


class EntryPointSerializer(BaseSerializer[EntryPoint]):
    """Turns an `EntryPoint` into the JSON of one of a conference's `entryPoints` and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = EntryPoint

    def __init__(self, entry_point: EntryPoint | dict[str, Any] | str) -> None:
        super().__init__(entry_point)

    @classmethod
    def write(cls, obj: EntryPoint) -> dict[str, Any]:
        """Return the entry point's JSON; None is left out."""
        return _ENTRY_POINT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> EntryPoint:
        """Return the entry point, whatever the values are."""
        return _ENTRY_POINT.read(resource)


_COMMON_PARTS = {
    "conferenceId": Value("conference_id"),
    "signature": Value("signature"),
    "notes": Value("notes"),
}

_SOLUTION = Layout(
    ConferenceSolution,
    {
        "entryPoints": Items("entry_points", EntryPointSerializer),
        "conferenceSolution": Group(
            {
                "key": Group({"type": Value("solution_type")}),
                "name": Value("name"),
                "iconUri": Value("icon_uri"),
            }
        ),
        **_COMMON_PARTS,
    },
)

_REQUEST = Layout(
    ConferenceSolutionCreateRequest,
    {
        "createRequest": Group(
            {
                "requestId": Value("request_id"),
                "conferenceSolutionKey": Group({"type": Value("solution_type")}),
                "status": Group({"statusCode": Value("status")}),
            }
        ),
        **_COMMON_PARTS,
    },
)


class ConferenceSolutionSerializer(BaseSerializer[ConferenceSolution]):
    """Turns a `ConferenceSolution` into the JSON of an event's `conferenceData` and back.

    A create request that the conference was made by stays in `other`.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = ConferenceSolution

    def __init__(self, conference_solution: ConferenceSolution | dict[str, Any] | str) -> None:
        super().__init__(conference_solution)

    @classmethod
    def write(cls, obj: ConferenceSolution) -> dict[str, Any]:
        """Return the conference's JSON; None is left out."""
        return _SOLUTION.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> ConferenceSolution:
        """Return the conference, whatever the values are.

        Its status is that of the create request beside it, and `'success'` where there is none.
        """
        solution = _SOLUTION.read(resource)
        status = _status_code(resource)
        solution.status = status if isinstance(status, str) else "success"
        return solution


class ConferenceSolutionCreateRequestSerializer(BaseSerializer[ConferenceSolutionCreateRequest]):
    """Turns a `ConferenceSolutionCreateRequest` into the JSON of `conferenceData` and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = ConferenceSolutionCreateRequest

    def __init__(
        self,
        conference_solution_create_request: ConferenceSolutionCreateRequest | dict[str, Any] | str,
    ) -> None:
        super().__init__(conference_solution_create_request)

    @classmethod
    def write(cls, obj: ConferenceSolutionCreateRequest) -> dict[str, Any]:
        """Return the request's JSON; None is left out."""
        return _REQUEST.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> ConferenceSolutionCreateRequest:
        """Return the request, whatever the values are; its id is None where there is none."""
        return _REQUEST.read(resource)


def write_conference(
    conference: ConferenceSolution | ConferenceSolutionCreateRequest,
) -> dict[str, Any]:
    """Return the JSON of an event's `conferenceData`; it may share lists and dicts."""
    if isinstance(conference, ConferenceSolution):
        return ConferenceSolutionSerializer.write(conference)
    return ConferenceSolutionCreateRequestSerializer.write(conference)


def read_conference(
    resource: dict[str, Any],
) -> ConferenceSolution | ConferenceSolutionCreateRequest:
    """Return what an event's `conferenceData` is: a conference, or the request for one.

    A request that is pending or has failed is a request, and one that has succeeded is a
    conference: Google leaves the request beside it. Where a request has no status that we know, the
    entry points tell whether there is a conference yet.
    """
    if isinstance(resource.get("createRequest"), dict):
        status = _status_code(resource)
        if status in ("pending", "failure") or (
            status != "success" and not resource.get("entryPoints")
        ):
            return ConferenceSolutionCreateRequestSerializer.read(resource)
    return ConferenceSolutionSerializer.read(resource)


def _status_code(resource: dict[str, Any]) -> object:
    return keys_of(keys_of(resource.get("createRequest")).get("status")).get("statusCode")
