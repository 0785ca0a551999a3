"""The rows of one copy of a calendar, written and looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, select, update

from gcsa.mirror.placing import CANCELLED, WAITING, Kind, Row
from gcsa.mirror.schema.tables import events
from gcsa.mirror.series import Series, series_of
from gcsa.mirror.upsert import insert
from gcsa.serializers.event_serializer import EventSerializer

_WRITTEN = tuple(column for column in Row.__annotations__ if column != "id")


class Stored(NamedTuple):
    """A row as it is stored, as far as it matters to what comes after it."""

    id: str
    resource: str
    etag: str | None
    kind: int
    series: str | None
    original_start: int | None

    @property
    def is_live(self) -> bool:
        """Whether it is an event, and not an instance that is cancelled."""
        return self.kind != Kind.CANCELLED_INSTANCE


class Rows:
    """The rows of one copy.

    Args:
        connection: A transaction that writes.
        copy: The number of the copy.
        zone: The zone of the calendar.
    """

    def __init__(self, connection: Connection, copy: int, zone: tzinfo) -> None:
        self.copy = copy
        self.zone = zone
        self._connection = connection

    def put(self, rows: Sequence[Row]) -> None:
        """Write rows, in place of those that have the same ids."""
        if not rows:
            return
        statement = insert(self._connection, events)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["copy", "id"],
                set_={name: statement.excluded[name] for name in _WRITTEN},
            ),
            [{"copy": self.copy, **row} for row in rows],
        )

    def remove(self, ids: Collection[str]) -> None:
        """Remove the rows of these ids."""
        if ids:
            self._connection.execute(
                delete(events).where(events.c.copy == self.copy, events.c.id.in_(ids))
            )

    def by_id(self, ids: Collection[str]) -> dict[str, Stored]:
        """Return the rows of these ids, as far as there are any."""
        if not ids:
            return {}
        return {row.id: row for row in self._all(self._select().where(events.c.id.in_(ids)))}

    def of_series(self, series: Collection[str]) -> list[Stored]:
        """Return the instances of these series that have rows of their own."""
        if not series:
            return []
        return self._all(self._select().where(events.c.series.in_(series)))

    def series(self, ids: Iterable[str]) -> dict[str, Series]:
        """Return the series of these ids, as far as there are any."""
        found: dict[str, Series] = {}
        for row in self.by_id(set(ids)).values():
            if row.kind == Kind.SERIES:
                series = series_of(EventSerializer.ensure_dict(row.resource), self.zone)
                if series is not None:
                    found[row.id] = series
        return found

    def waiting(self) -> list[Stored]:
        """Return the cancelled instances whose series had not come when they did."""
        return self._all(self._select().where(events.c.span == WAITING))

    def let_in(self, ids: Collection[str]) -> None:
        """Let cancelled instances wait no longer."""
        if ids:
            self._connection.execute(
                update(events)
                .where(events.c.copy == self.copy, events.c.id.in_(ids))
                .values(span=CANCELLED)
            )

    def _select(self) -> Select[Any, Any, Any, Any, Any, Any]:
        return select(
            events.c.id,
            events.c.resource,
            events.c.etag,
            events.c.kind,
            events.c.series,
            events.c.original_start,
        ).where(events.c.copy == self.copy)

    def _all(self, query: Select[Any, Any, Any, Any, Any, Any]) -> list[Stored]:
        return [Stored._make(row) for row in self._connection.execute(query)]
