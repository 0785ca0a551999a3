"""Pages of Google's listings, with each item's JSON as it came."""

from __future__ import annotations

import json
from typing import Any, cast

import attrs
import msgspec

from gcsa.operations.calendar_list import CalendarList
from gcsa.operations.events import Events
from gcsa.operations.operation import Operation, Param
from gcsa.operations.runner import Caller
from gcsa.serializers.base_serializer import BaseSerializer

Resource = dict[str, Any]

# "The page size can never be larger than 2500 events":
# https://developers.google.com/workspace/calendar/api/v3/reference/events/list#maxResults
LARGEST_PAGE = 2500

_decode = msgspec.json.Decoder().decode


@attrs.frozen
class RawPage:
    """A page of a listing.

    Args:
        items: The items with their JSON as it came.
        next_page_token: Asks for the next page; None on the last one.
        next_sync_token: Asks, later, for what has changed since; only the last page has it.
        head: What else the listing says about itself.
    """

    items: list[tuple[str, Resource]]
    next_page_token: str | None
    next_sync_token: str | None
    head: Resource


def events_page(
    caller: Caller, calendar_id: str, size: int, sync_token: str | None, page_token: str | None
) -> Operation[RawPage]:
    """Describe the call for a page of all events of a calendar, or of those that changed.

    Args:
        caller: What the call will be made on.
        calendar_id: The calendar's id.
        size: How many events the page has at the most.
        sync_token: Since when; None for everything.
        page_token: Which page; None for the first one.

    Reference: https://developers.google.com/workspace/calendar/api/guides/sync
    """
    params: dict[str, Param] = {
        "maxResults": size,
        # Spaces that nobody reads are not worth storing.
        "prettyPrint": False,
        "syncToken": sync_token,
        "pageToken": page_token,
    }
    listing = Events.get_events.of(caller, calendar_id=calendar_id)
    return attrs.evolve(cast("Operation[RawPage]", listing.first), decode=read_page, params=params)


def calendar_list_page(caller: Caller, page_token: str | None) -> Operation[RawPage]:
    """Describe the call for a page of the user's list of calendars, hidden ones among them."""
    listing = CalendarList.get_calendar_list.of(caller, show_hidden=True)
    first = cast("Operation[RawPage]", listing.first)
    params = {**first.params, "prettyPrint": False, "pageToken": page_token}
    return attrs.evolve(first, decode=read_page, params=params)


def calendar_list_entry(caller: Caller, calendar_id: str) -> Operation[tuple[str, Resource]]:
    """Describe the call for one entry of the user's list of calendars; its result is the JSON as it came, and read."""
    entry = CalendarList.get_calendar_list_entry.of(caller, calendar_id)
    described = cast("Operation[tuple[str, Resource]]", entry)
    return attrs.evolve(described, decode=_read_entry, params={"prettyPrint": False})


def read_page(body: bytes) -> RawPage:
    """Return the page of a response's body; what is no object among its items is left out.

    Raises:
        ValueError: The body is no JSON object.
    """
    try:
        envelope = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        texts = msgspec.json.decode(envelope.pop("items", b"[]"), type=list[msgspec.Raw])
        items = [(bytes(text).decode(), _decode(text)) for text in texts]
        head: Resource = {name: _decode(value) for name, value in envelope.items()}
    except (msgspec.MsgspecError, UnicodeError):
        # The standard library is slower, but takes what others write: lone surrogates, numbers beyond a double.
        items, head = _read_slowly(body)
    return RawPage(
        items=[(text, item) for text, item in items if isinstance(item, dict)],
        next_page_token=_text(head.pop("nextPageToken", None)),
        next_sync_token=_text(head.pop("nextSyncToken", None)),
        head=head,
    )


def _read_entry(body: bytes) -> tuple[str, Resource]:
    text = body.decode()
    return text, BaseSerializer.ensure_dict(text)


def _read_slowly(body: bytes) -> tuple[list[tuple[str, Any]], Resource]:
    envelope: object = json.loads(body)
    if not isinstance(envelope, dict):
        raise ValueError("A JSON object was expected.")
    head = cast("Resource", envelope)
    found: object = head.pop("items", None)
    if not isinstance(found, list):
        return [], head
    return [(json.dumps(item), item) for item in cast("list[object]", found)], head


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
