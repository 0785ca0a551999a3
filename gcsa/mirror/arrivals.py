"""What has changed on a calendar, put into its copy page by page.

Reference: https://developers.google.com/workspace/calendar/api/guides/sync
"""

from __future__ import annotations

import logging

from gcsa.mirror.feed import Code, Entry
from gcsa.mirror.pages import RawPage
from gcsa.mirror.placing import WAITING, Kind, Row, row_of, text_of
from gcsa.mirror.rows import Rows, Stored

log = logging.getLogger(__name__)


def rows_of(rows: Rows, page: RawPage) -> dict[str, Row | None]:
    """Return the row of each event of a page, by its id; None for one that is deleted."""
    found: dict[str, Row | None] = {}
    for text, resource in page.items:
        event_id = text_of(resource, "id")
        if event_id is None:
            log.warning("An event without an id is not stored: there would be no finding it")
        else:
            found[event_id] = row_of(text, resource, rows.zone)
    return found


def put_changes(rows: Rows, page: RawPage) -> list[Entry]:
    """Put what a page says has changed into a copy, and return what has really changed.

    Args:
        rows: The copy.
        page: A page of a listing with a sync token.
    """
    arrived = rows_of(rows, page)
    before = rows.by_id(arrived.keys())
    entries = _put_events(rows, arrived, before)
    entries += _remove_with_series(rows, arrived, before)
    _forget_cancelled_without_place(rows, arrived)
    is_last = page.next_page_token is None
    entries += _put_cancelled(rows, arrived, before, is_last=is_last)
    if is_last:
        entries += _settle_waiting(rows)
    return entries


def _put_events(
    rows: Rows, arrived: dict[str, Row | None], before: dict[str, Stored]
) -> list[Entry]:
    entries: list[Entry] = []
    written: list[Row] = []
    for event_id, row in arrived.items():
        if row is None or row["kind"] == Kind.CANCELLED_INSTANCE:
            continue
        old = before.get(event_id)
        if old is None or not old.is_live:
            entries.append(Entry(event_id, Code.ADDED))
        elif _differs(row, old):
            entries.append(Entry(event_id, Code.UPDATED))
        if old is None or old.resource != row["resource"]:
            written.append(row)
    rows.put(written)
    return entries


def _remove_with_series(
    rows: Rows, arrived: dict[str, Row | None], before: dict[str, Stored]
) -> list[Entry]:
    """Remove what is deleted; of a series, all instances that have rows of their own."""
    gone = [
        before[event_id] for event_id, row in arrived.items() if row is None and event_id in before
    ]
    series = [old.id for old in gone if old.kind == Kind.SERIES]
    known = {old.id for old in gone}
    gone += [old for old in rows.of_series(series) if old.id not in known]
    rows.remove({old.id for old in gone})
    for old in gone:
        before.pop(old.id, None)
    return [_deleted(old) for old in gone if old.is_live]


def _forget_cancelled_without_place(rows: Rows, arrived: dict[str, Row | None]) -> None:
    """Forget the cancelled instances that their series, as it is now, would not have anyway."""
    changed = [event_id for event_id, row in arrived.items() if row and row["kind"] == Kind.SERIES]
    cancelled = [old for old in rows.of_series(changed) if not old.is_live]
    if not cancelled:
        return
    series = rows.series(changed)
    rows.remove(
        {
            old.id
            for old in cancelled
            if old.series in series
            and (old.original_start is None or not series[old.series].has(old.original_start))
        }
    )


def _put_cancelled(
    rows: Rows, arrived: dict[str, Row | None], before: dict[str, Stored], *, is_last: bool
) -> list[Entry]:
    """Put instances that are cancelled; their series may be on this page, in the copy, on a later page, or gone."""
    cancelled = [row for row in arrived.values() if row and row["kind"] == Kind.CANCELLED_INSTANCE]
    if not cancelled:
        return []
    series = rows.series(row["series"] for row in cancelled if row["series"])
    entries: list[Entry] = []
    written: list[Row] = []
    removed: set[str] = set()
    for row in cancelled:
        old, own = before.get(row["id"]), series.get(row["series"] or "")
        at = row["original_start"]
        has_place = own is not None and at is not None and own.has(at)
        if has_place:
            written.append(row)
        elif own is None and not is_last:
            row["span"] = WAITING
            written.append(row)
        else:
            removed.add(row["id"])
        if old is not None and old.is_live:
            entries.append(_deleted(old))
        elif old is None and has_place:
            entries.append(Entry(row["id"], Code.DELETED, row["resource"]))
    rows.put(written)
    rows.remove(removed & before.keys())
    return entries


def _settle_waiting(rows: Rows) -> list[Entry]:
    """Let in the cancelled instances whose series has come after them; forget the others."""
    waiting = rows.waiting()
    if not waiting:
        return []
    series = rows.series(old.series for old in waiting if old.series)
    let_in = [
        old
        for old in waiting
        if old.original_start is not None
        and (own := series.get(old.series or "")) is not None
        and own.has(old.original_start)
    ]
    ids = {old.id for old in let_in}
    rows.let_in(ids)
    rows.remove({old.id for old in waiting} - ids)
    return [Entry(old.id, Code.DELETED, old.resource) for old in let_in]


def _differs(row: Row, old: Stored) -> bool:
    # One that has an etag and one that has none are not the same.
    return row["resource"] != old.resource if row["etag"] is None else row["etag"] != old.etag


def _deleted(old: Stored) -> Entry:
    return Entry(old.id, Code.DELETED, old.resource)
