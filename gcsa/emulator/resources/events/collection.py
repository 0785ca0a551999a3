"""What the listings of a calendar's events have in common: their head, their pages and their tokens."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from gcsa.emulator import calendar_lists, ids, times
from gcsa.emulator.access import rank
from gcsa.emulator.answer import Answer, collection
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.paging import query_fingerprint
from gcsa.emulator.tokens import PageToken, read_token, write_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gcsa.emulator.access import Access
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.entries import Entry

# "By default the value is 250 events. The page size can never be larger than 2500 events."
# https://developers.google.com/workspace/calendar/api/v3/reference/events/list#maxResults
_PAGE: Final = 250
_LARGEST_PAGE: Final = 2500
# A series without an end has to end somewhere when a listing has no timeMax: with Google "it's not endless, just
# somewhat lengthy" (https://stackoverflow.com/questions/30599745). Ten years, in seconds.
_HORIZON: Final = 10 * 366 * 86_400


def page_size(call: Call) -> int:
    """Return how many events the page has at most."""
    return min(call.parameters.integer("maxResults") or _PAGE, _LARGEST_PAGE)


def first_or_later_page(call: Call, access: Access) -> PageToken:
    """Return where the page begins that is asked for; of the first one, `after` is empty.

    Raises:
        ApiError: The page token is none of this listing's.
    """
    query = query_fingerprint(call, access.calendar.id)
    text = call.parameters.text("pageToken")
    if not text:
        horizon = max(call.now // 1000, call.parameters.seconds("timeMin") or 0) + _HORIZON
        return PageToken(query, (), access.calendar.change, horizon)
    token = read_token(text, PageToken, call.emulator.secret)
    if token is None or token.query != query:
        raise ApiError.invalid(location="pageToken")
    return token


def check_window(call: Call) -> None:
    """Check timeMin and timeMax.

    Raises:
        ApiError: The window is empty.
    """
    time_min, time_max = call.parameters.seconds("timeMin"), call.parameters.seconds("timeMax")
    if time_min is not None and time_max is not None and time_max <= time_min:
        raise ApiError.time_range_empty("timeMax")


def page_of(
    call: Call,
    access: Access,
    entries: Iterator[Entry],
    page: PageToken,
    sync_token: str | None = None,
) -> Answer:
    """Return a page of events.

    Args:
        call: The call.
        access: The calendar.
        entries: The events from this page on.
        page: Where the page begins.
        sync_token: The token that the last page has.
    """
    items = list(islice(entries, page_size(call)))
    is_last = next(entries, None) is None
    calendar = access.calendar
    own: Resource = msgspec.json.decode(calendar.resource)
    entry = calendar_lists.own_fields(call.store, call.user.key, calendar.key)
    etag = ids.collection_etag(rank(access.role), calendar.key, calendar.change, calendar.changed)
    head: Resource = {
        "kind": "calendar#events",
        "etag": etag,
        "summary": own["summary"],
        **({"description": own["description"]} if own.get("description") else {}),
        "updated": times.rfc3339_milliseconds(calendar.changed),
        "timeZone": call.parameters.text("timeZone") or calendar.time_zone,
        "accessRole": access.role,
        "defaultReminders": entry.get("defaultReminders", []),
    }
    if not is_last:
        later = PageToken(page.query, items[-1].place, page.until, page.horizon)
        head["nextPageToken"] = write_token(later, call.emulator.secret)
    elif sync_token is not None:
        head["nextSyncToken"] = sync_token
    return collection(head, (item.text for item in items), etag)
