"""The tables. Resources are kept as JSON text, beside the columns that they are found by.

Times are seconds since 1970 UTC (`starts`, `ends`, `original_start`) or milliseconds (`created`, `updated`,
`due`). `change` is the calendar's own sequence of changes, which sync tokens and push count in.
"""

from __future__ import annotations

from gcsa.emulator.store.watching import WATCHING

# Written to the database's user_version: a newer database is refused, an older one is migrated in `store.py`.
VERSION = 1
# "gcsa" in ASCII: a database of another program is refused.
APPLICATION_ID = 0x67637361

_TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    key INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    created INTEGER NOT NULL
);

CREATE TABLE calendars (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    data_owner INTEGER NOT NULL REFERENCES users (key),
    is_primary INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    resource TEXT NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE calendar_list (
    user INTEGER NOT NULL REFERENCES users (key),
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    resource TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    PRIMARY KEY (user, calendar)
) WITHOUT ROWID;
CREATE INDEX calendar_list_change ON calendar_list (user, change);
CREATE INDEX calendar_list_calendar ON calendar_list (calendar);

CREATE TABLE acl (
    key INTEGER PRIMARY KEY,
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL
);
CREATE UNIQUE INDEX acl_id ON acl (calendar, id);
CREATE INDEX acl_change ON acl (calendar, change);

CREATE TABLE settings (
    user INTEGER NOT NULL REFERENCES users (key),
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;

CREATE TABLE mails (
    key INTEGER PRIMARY KEY,
    sent INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    calendar TEXT NOT NULL,
    event TEXT
);

CREATE TABLE user_groups (
    email TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE group_members (
    group_email TEXT NOT NULL REFERENCES user_groups (email),
    member TEXT NOT NULL,
    PRIMARY KEY (group_email, member)
) WITHOUT ROWID;
CREATE INDEX group_members_member ON group_members (member);

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
-- What declines invitations: looked at for each invitation, so it has to be found at once.
CREATE INDEX events_absence ON events (calendar, ends) WHERE event_type IN ('focusTime', 'outOfOffice');

-- Events that somebody is invited to who has no account yet.
CREATE TABLE invitations (
    address TEXT NOT NULL,
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    event TEXT NOT NULL,
    PRIMARY KEY (address, calendar, event)
) WITHOUT ROWID;

-- What a series was until a change of its calendar that gave it other instances, in the millisecond `replaced`.
CREATE TABLE former_series (
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    event TEXT NOT NULL,
    change INTEGER NOT NULL,
    resource TEXT NOT NULL,
    replaced INTEGER NOT NULL,
    PRIMARY KEY (calendar, event, change)
) WITHOUT ROWID;
CREATE INDEX former_series_replaced ON former_series (replaced);

-- Reminders for events, of users whose calendar it is not.
CREATE TABLE own_reminders (
    calendar INTEGER NOT NULL REFERENCES calendars (key),
    event TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (key),
    resource TEXT NOT NULL,
    PRIMARY KEY (calendar, event, user)
) WITHOUT ROWID;

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

-- OAuth: see `oauth.py`. Secrets, codes and tokens are SHA-256 hashes.
CREATE TABLE oauth_clients (
    id TEXT PRIMARY KEY,
    secret BLOB NOT NULL,
    kind TEXT NOT NULL,
    redirect_uris TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE service_account_keys (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    domain TEXT NOT NULL,
    public_key BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX service_account_keys_email ON service_account_keys (email);

CREATE TABLE consent_pages (
    token BLOB PRIMARY KEY,
    request BLOB NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE oauth_grants (
    key INTEGER PRIMARY KEY,
    client TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (key),
    scopes TEXT NOT NULL,
    created INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX oauth_grants_client ON oauth_grants (client, user);

CREATE TABLE authorization_codes (
    code BLOB PRIMARY KEY,
    grant_key INTEGER NOT NULL REFERENCES oauth_grants (key),
    redirect_uri TEXT NOT NULL,
    challenge TEXT,
    refreshable INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    spent INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE refresh_tokens (
    token BLOB PRIMARY KEY,
    grant_key INTEGER NOT NULL REFERENCES oauth_grants (key)
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_grant ON refresh_tokens (grant_key);

CREATE TABLE access_tokens (
    token BLOB PRIMARY KEY,
    client TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (key),
    scopes TEXT NOT NULL,
    expires INTEGER NOT NULL,
    grant_key INTEGER REFERENCES oauth_grants (key)
) WITHOUT ROWID;
CREATE INDEX access_tokens_expires ON access_tokens (expires);
CREATE INDEX access_tokens_grant ON access_tokens (grant_key);
"""
SCHEMA = _TABLES + WATCHING
