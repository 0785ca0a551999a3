"""Accounts, their calendars, events, what changed, and push channels."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "mirror_accounts",
        sa.Column("key", _key(), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "mirror_calendars",
        sa.Column("key", _key(), primary_key=True),
        sa.Column("account", _key(), sa.ForeignKey("mirror_accounts.key"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("is_listed", sa.Boolean, nullable=False),
        sa.Column("is_primary", sa.Boolean, nullable=False),
        sa.Column("copy", sa.BigInteger),
        sa.Column("sync_token", sa.Text),
        sa.Column("staging", sa.BigInteger),
        sa.Column("page_token", sa.Text),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("notifications", sa.BigInteger, nullable=False),
        sa.Column("heeded", sa.BigInteger, nullable=False),
        sa.Column("synced_at", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", sa.BigInteger),
        sa.Column("failure", sa.Text),
        sa.Column("failure_kind", sa.Text),
        sa.Column("retry_at", sa.BigInteger),
        sa.UniqueConstraint("account", "id", name="mirror_calendars_by_id"),
    )
    op.create_table(
        "mirror_copies",
        sa.Column("key", _key(), primary_key=True),
        sa.Column("calendar", _key(), sa.ForeignKey("mirror_calendars.key"), nullable=False),
        sa.Column("time_zone", sa.Text),
        sa.Column("access_role", sa.Text),
    )
    op.create_index("ix_mirror_copies_calendar", "mirror_copies", ["calendar"])
    op.create_table(
        "mirror_events",
        sa.Column("key", _key(), primary_key=True),
        sa.Column("copy", _key(), sa.ForeignKey("mirror_copies.key"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("span", sa.SmallInteger, nullable=False),
        sa.Column("starts", sa.BigInteger),
        sa.Column("ends", sa.BigInteger),
        sa.Column("is_busy", sa.Boolean, nullable=False),
        sa.Column("series", sa.Text),
        sa.Column("original_start", sa.BigInteger),
        sa.Column("updated", sa.BigInteger),
        sa.Column("ical_uid", sa.Text),
        sa.Column("words", sa.Text, nullable=False),
        sa.UniqueConstraint("copy", "id", name="mirror_events_by_id"),
    )
    op.create_index("mirror_events_by_start", "mirror_events", ["copy", "span", "starts"])
    op.create_index("mirror_events_by_ical_uid", "mirror_events", ["copy", "ical_uid"])
    op.create_index("mirror_events_by_updated", "mirror_events", ["copy", "updated"])
    for name, column in (
        ("mirror_events_by_series", "series"),
        ("mirror_events_by_original_start", "original_start"),
    ):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            name, "mirror_events", ["copy", column], sqlite_where=known, postgresql_where=known
        )
    feed = op.create_table(
        "mirror_feed",
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("forgotten", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(feed, [{"position": 0, "forgotten": 0}])
    op.create_table(
        "mirror_changes",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("calendar", _key(), sa.ForeignKey("mirror_calendars.key"), nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("resource", sa.Text),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("mirror_changes_by_calendar", "mirror_changes", ["calendar", "position"])
    op.create_table(
        "mirror_channels",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("calendar", _key(), sa.ForeignKey("mirror_calendars.key"), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("ttl", sa.BigInteger),
        sa.Column("resource_id", sa.Text),
        sa.Column("resource_uri", sa.Text),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_mirror_channels_calendar", "mirror_channels", ["calendar"])
    if op.get_bind().dialect.name == "sqlite":
        _index_words_on_sqlite()
    else:
        _index_words_on_postgresql()


def _index_words_on_sqlite() -> None:
    # An index without a copy of what it indexes: https://www.sqlite.org/fts5.html#external_content_tables
    op.execute(
        "CREATE VIRTUAL TABLE mirror_words USING fts5("
        "words, content='mirror_events', content_rowid='key', tokenize='unicode61 remove_diacritics 0')"
    )
    add = "INSERT INTO mirror_words (rowid, words) VALUES (new.key, new.words);"
    remove = "INSERT INTO mirror_words (mirror_words, rowid, words) VALUES ('delete', old.key, old.words);"
    op.execute(f"CREATE TRIGGER mirror_words_added AFTER INSERT ON mirror_events BEGIN {add} END")
    op.execute(
        f"CREATE TRIGGER mirror_words_removed AFTER DELETE ON mirror_events BEGIN {remove} END"
    )
    op.execute(
        "CREATE TRIGGER mirror_words_changed AFTER UPDATE OF words ON mirror_events"
        f" WHEN old.words <> new.words BEGIN {remove} {add} END"
    )


def _index_words_on_postgresql() -> None:
    op.execute(
        "CREATE INDEX mirror_words ON mirror_events USING gin (to_tsvector('simple', words))"
    )
