"""The tables. Resources are kept as JSON text, beside the columns that they are found by.

Times are seconds since 1970 UTC (`starts`, `ends`, `original_start`) or milliseconds (`created`, `updated`,
`due`). `change` is the calendar's own sequence of changes, which sync tokens and push count in.
"""

from __future__ import annotations

# Written to the database's user_version: a newer database is refused, an older one is migrated in `store.py`.
VERSION = 1
# "gcsa" in ASCII: a database of another program is refused.
APPLICATION_ID = 0x67637361

SCHEMA = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    key INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL
);

CREATE TABLE calendars (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    data_owner INTEGER NOT NULL REFERENCES users (key),
    is_primary INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    resource TEXT NOT NULL,
    updated INTEGER NOT NULL,
    change INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE calendar_list (
    user INTEGER NOT NULL REFERENCES users (key),
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    resource TEXT NOT NULL,
    updated INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (user, calendar)
) WITHOUT ROWID;

CREATE TABLE acl (
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    updated INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (calendar, id)
) WITHOUT ROWID;

-- state: 0 there, 1 deleted, 2 a cancelled instance of a series that is there.
-- kind: 0 a single event, 1 a series, 2 an exception of one.
-- span: the class of length that (starts, ends) falls in; see `events.py`.
CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    id TEXT NOT NULL,
    resource TEXT NOT NULL,
    state INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    span INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    change INTEGER NOT NULL,
    ical_uid TEXT NOT NULL,
    series TEXT,
    original_start INTEGER,
    event_type TEXT NOT NULL
);
CREATE UNIQUE INDEX events_id ON events (calendar, id);
CREATE INDEX events_time ON events (calendar, state, span, starts);
CREATE INDEX events_updated ON events (calendar, updated);
CREATE INDEX events_change ON events (calendar, change);
CREATE INDEX events_ical_uid ON events (calendar, ical_uid);
CREATE INDEX events_series ON events (calendar, series, original_start) WHERE series IS NOT NULL;

-- Every create request that an event ever had; `due` while it is pending.
CREATE TABLE conference_requests (
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    event TEXT NOT NULL,
    request TEXT NOT NULL,
    due INTEGER,
    PRIMARY KEY (calendar, event, request)
) WITHOUT ROWID;
CREATE INDEX conference_requests_due ON conference_requests (due) WHERE due IS NOT NULL;

-- The addresses of every conference that was made here.
CREATE TABLE conferences (
    uri TEXT PRIMARY KEY
) WITHOUT ROWID;
"""
