"""Pages and sync tokens of the lists that are read whole: calendars on a list, access control rules, settings."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator.answer import Answer, collection
from gcsa.emulator.errors import ApiError
from gcsa.emulator.tokens import (
    KEPT_CHANGES,
    PageToken,
    SyncToken,
    fingerprint,
    read_token,
    write_token,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call

# "By default the value is 100 entries. The page size can never be larger than 250 entries."
# https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list#maxResults
_PAGE: Final = 100
_LARGEST_PAGE: Final = 250
# These may differ from page to page of one listing; so may the parameters that are not the listing's own.
_OF_THE_PAGE: Final = frozenset({"pageToken", "maxResults"})


class Item(NamedTuple):
    """An item of a list.

    Attributes:
        place: Its place in the list's order: no two items have the same.
        text: Its JSON text.
    """

    place: int
    text: str


class Request(NamedTuple):
    """What is asked of a list.

    Attributes:
        collection: The fingerprint of the list.
        page: Where the page begins.
        since: The last change that the client has seen; None when it asks for everything.
    """

    collection: str
    page: PageToken
    since: int | None


def query_fingerprint(call: Call, *parts: object) -> str:
    """Return what tells a listing from others: its method, its caller, its parameters, and these parts."""
    own = call.method.parameters
    parameters = sorted(
        (name, values)
        for name, values in call.request.query.items()
        if name in own and name not in _OF_THE_PAGE
    )
    return fingerprint([*parts, call.method.id, call.user.email, parameters])


def read_request(
    call: Call,
    parts: Sequence[object],
    last_change: int,
    *,
    not_with_sync_token: Sequence[str] = (),
    not_false_with_sync_token: Sequence[str] = (),
) -> Request:
    """Return what is asked of a list.

    Args:
        call: The call.
        parts: What tells the list from others.
        last_change: The last number in the list's sequence of changes.
        not_with_sync_token: Parameters that cannot be given together with a sync token.
        not_false_with_sync_token: Parameters that cannot be false together with one.

    Raises:
        ApiError: 400, the parameters do not fit each other, or the page token is none of this listing's; 410, the sync
            token is too old, or from elsewhere.
    """
    listed = fingerprint(parts)
    since = None
    if text := call.parameters.text("syncToken"):
        _check_together(call, not_with_sync_token, not_false_with_sync_token)
        token = read_token(text, SyncToken, call.emulator.secret)
        if (
            token is None
            or token.collection != listed
            or token.issued < call.now - KEPT_CHANGES
            or token.change > last_change
        ):
            raise ApiError.full_sync_required()
        since = token.change
    return Request(listed, _page(call, query_fingerprint(call, *parts), last_change), since)


def answer_page(call: Call, asked: Request, kind: str, items: Iterable[Item]) -> Answer:
    """Return a page of a list; the last one has a sync token.

    Args:
        call: The call.
        asked: What is asked of the list.
        kind: The list's kind, such as 'calendar#acl'.
        items: All that was asked for, in the order of the list.
    """
    page = asked.page
    after = page.after[0] if page.after else -1
    later = (item for item in items if item.place > after)
    size = min(call.parameters.integer("maxResults") or _PAGE, _LARGEST_PAGE)
    shown = list(islice(later, size))
    etag = f'"p{fingerprint([asked.collection, *shown])}"'
    head: Resource = {"kind": kind, "etag": etag}
    if next(later, None) is None:
        token: PageToken | SyncToken = SyncToken(asked.collection, page.until, call.now)
        head["nextSyncToken"] = write_token(token, call.emulator.secret)
    else:
        token = PageToken(page.query, (shown[-1].place,), page.until, page.horizon)
        head["nextPageToken"] = write_token(token, call.emulator.secret)
    return collection(head, (item.text for item in shown), etag)


def _page(call: Call, query: str, last_change: int) -> PageToken:
    text = call.parameters.text("pageToken")
    if not text:
        return PageToken(query, (), last_change, 0)
    token = read_token(text, PageToken, call.emulator.secret)
    if token is None or token.query != query:
        raise ApiError.invalid(location="pageToken")
    return token


def _check_together(call: Call, excluded: Sequence[str], not_false: Sequence[str]) -> None:
    for name in excluded:
        if name in call.parameters:
            raise ApiError.invalid(
                f"The parameter {name} cannot be used together with a sync token.", location=name
            )
    for name in not_false:
        if name in call.parameters and not call.parameters.flag(name):
            raise ApiError.invalid(
                f"The parameter {name} cannot be false together with a sync token.", location=name
            )
