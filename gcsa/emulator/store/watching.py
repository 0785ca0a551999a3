"""The tables of push channels, and the triggers that note what has to be told to whom.

A notification is written in the transaction of the change that it is about, whichever method, process or program makes
it: it is lost only with the change itself.
"""

from __future__ import annotations

from typing import Final

# How many notifications wait for one channel at most. They only say that something changed, so one more would tell the
# receiver nothing that those before it do not.
MOST_WAITING: Final = 100

_TABLES: Final = """
-- watched: 'events' or 'acl', of which `subject` is a calendar's key; 'calendarList' or 'settings': a user's.
-- event_types: `|default|focusTime|`; NULL for all.
-- messages: the number of the last message.
CREATE TABLE channels (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (key),
    watched TEXT NOT NULL,
    subject INTEGER NOT NULL,
    event_types TEXT,
    resource_id TEXT NOT NULL,
    resource_uri TEXT NOT NULL,
    address TEXT NOT NULL,
    token TEXT,
    expiration INTEGER NOT NULL,
    messages INTEGER NOT NULL
);
CREATE INDEX channels_subject ON channels (watched, subject);
CREATE INDEX channels_expiration ON channels (expiration);

-- state: 'sync', 'exists' or 'not_exists'. due: 0 for at once.
CREATE TABLE notifications (
    key INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels (key),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX notifications_due ON notifications (due, key);
CREATE INDEX notifications_channel ON notifications (channel);
"""


def _trigger(
    table: str, operation: str, watched: str, subject: str, *, of_type: bool = False
) -> str:
    row = "OLD" if operation == "DELETE" else "NEW"
    of_row = f"watched = '{watched}' AND subject = {row}.{subject}"
    told = (
        f"{of_row} AND (SELECT count(*) FROM notifications AS waiting WHERE waiting.channel = channels.key)"
        f" < {MOST_WAITING}"
    )
    if of_type:
        told += f" AND (event_types IS NULL OR instr(event_types, '|' || {row}.event_type || '|'))"
    return (
        f"CREATE TRIGGER {table}_{operation.lower()}_is_told AFTER {operation} ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM channels WHERE {of_row}) BEGIN"
        f" UPDATE channels SET messages = messages + 1 WHERE {told};"
        " INSERT INTO notifications (channel, number, state)"
        f" SELECT key, messages, 'exists' FROM channels WHERE {told}; END;\n"
    )


_LAST_WORD: Final = (
    "CREATE TRIGGER calendars_end_is_told AFTER UPDATE OF deleted ON calendars"
    " WHEN NEW.deleted AND NOT OLD.deleted BEGIN"
    " UPDATE channels SET messages = messages + 1"
    " WHERE watched IN ('events', 'acl') AND subject = NEW.key;"
    " INSERT INTO notifications (channel, number, state) SELECT key, messages, 'not_exists'"
    " FROM channels WHERE watched IN ('events', 'acl') AND subject = NEW.key; END;\n"
)

WATCHING: Final = (
    _TABLES
    + "".join(
        _trigger(table, operation, watched, subject, of_type=table == "events")
        for table, watched, subject in (
            ("events", "events", "calendar"),
            ("acl", "acl", "calendar"),
            ("calendar_list", "calendarList", "user"),
            ("settings", "settings", "user"),
        )
        for operation in ("INSERT", "UPDATE", "DELETE")
    )
    + _LAST_WORD
)
