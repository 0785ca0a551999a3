"""The tables of a mirror.

Everything that has a number of its own is found by `key`. Moments are milliseconds since 1970; the places of events in
time are seconds, as finer ones do not exist on a calendar.

An account is a user whose calendars are copied. Each calendar of an account has a row; what it shows is one *copy*: the
rows of `events` that have the copy's number. A full synchronisation fills another copy, and then exchanges them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

# SQLite numbers rows by itself only where the column's type is exactly INTEGER.
_Key = BigInteger().with_variant(Integer(), "sqlite")


_has_series = text("series IS NOT NULL")
_has_original_start = text("original_start IS NOT NULL")

accounts = Table(
    "mirror_accounts",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

calendars = Table(
    "mirror_calendars",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("account", _Key, ForeignKey(accounts.c.key), nullable=False),
    Column("id", Text, nullable=False),
    # The entry of the user's list of calendars, as it came; or as much of it as a listing of events says.
    Column("resource", Text, nullable=False),
    Column("is_listed", Boolean, nullable=False),
    Column("is_primary", Boolean, nullable=False),
    # What is shown, and what has changed since; without a copy there is nothing yet.
    Column("copy", BigInteger),
    Column("sync_token", Text),
    # Where a synchronisation has got to: the copy that a full one fills, and the page that comes next.
    Column("staging", BigInteger),
    Column("page_token", Text),
    # Counts the steps, so that two synchronisations at the same time know of each other.
    Column("step", BigInteger, nullable=False),
    # How many notifications have come, and how many of them the last synchronisation knew of.
    Column("notifications", BigInteger, nullable=False),
    Column("heeded", BigInteger, nullable=False),
    Column("synced_at", BigInteger),
    # How often synchronising has failed since it last went well, when, why, and when it is worth trying again.
    Column("failures", Integer, nullable=False),
    Column("failed_at", BigInteger),
    Column("failure", Text),
    Column("failure_kind", Text),
    Column("retry_at", BigInteger),
    UniqueConstraint("account", "id", name="mirror_calendars_by_id"),
)

copies = Table(
    "mirror_copies",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("calendar", _Key, ForeignKey(calendars.c.key), nullable=False, index=True),
    # What the listing said that it was made from: in another zone, or for another role, the events look different.
    Column("time_zone", Text),
    Column("access_role", Text),
)

events = Table(
    "mirror_events",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("copy", _Key, ForeignKey(copies.c.key), nullable=False),
    Column("id", Text, nullable=False),
    # The event's JSON as it came.
    Column("resource", Text, nullable=False),
    Column("etag", Text),
    Column("kind", SmallInteger, nullable=False),
    # Where it is in time: from `starts` until `ends`, and the class of length that it falls in; see `place`.
    Column("span", SmallInteger, nullable=False),
    Column("starts", BigInteger),
    Column("ends", BigInteger),
    Column("is_busy", Boolean, nullable=False),
    # Of an instance that has a row of its own: its series, and where the series would have it.
    Column("series", Text),
    Column("original_start", BigInteger),
    Column("updated", BigInteger),
    Column("ical_uid", Text),
    # What can be searched for, in words; the index on them is the database's own kind.
    Column("words", Text, nullable=False),
    UniqueConstraint("copy", "id", name="mirror_events_by_id"),
    Index("mirror_events_by_start", "copy", "span", "starts"),
    Index(
        "mirror_events_by_series",
        "copy",
        "series",
        sqlite_where=_has_series,
        postgresql_where=_has_series,
    ),
    Index(
        "mirror_events_by_original_start",
        "copy",
        "original_start",
        sqlite_where=_has_original_start,
        postgresql_where=_has_original_start,
    ),
    Index("mirror_events_by_ical_uid", "copy", "ical_uid"),
    Index("mirror_events_by_updated", "copy", "updated"),
)

# One row: how many changes there have been, and how many of the first of them are forgotten.
feed = Table(
    "mirror_feed",
    metadata,
    Column("position", BigInteger, nullable=False),
    Column("forgotten", BigInteger, nullable=False),
)

changes = Table(
    "mirror_changes",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("calendar", _Key, ForeignKey(calendars.c.key), nullable=False),
    Column("event_id", Text, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    # What was deleted, as it last was; what is still there is in `events`.
    Column("resource", Text),
    Column("at", BigInteger, nullable=False),
    Index("mirror_changes_by_calendar", "calendar", "position"),
)

channels = Table(
    "mirror_channels",
    metadata,
    Column("id", Text, primary_key=True),
    Column("calendar", _Key, ForeignKey(calendars.c.key), nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("token", Text, nullable=False),
    # The life that was asked for, in seconds.
    Column("ttl", BigInteger),
    # Unknown until the server has answered.
    Column("resource_id", Text),
    Column("resource_uri", Text),
    Column("expires_at", BigInteger),
    Column("opened_at", BigInteger, nullable=False),
)
