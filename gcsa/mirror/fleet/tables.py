"""The tables of a fleet, beside the mirror's and the queue's; `versions` has how they come about.

There is also a view, `fleet_dead_letters`: the jobs that were given up, each calendar's last one, unless the calendar
has been well since.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

metadata = MetaData()

_Moment = TIMESTAMP(timezone=True)
_NOW = text("clock_timestamp()")

# The users whose calendars are copied.
accounts = Table(
    "fleet_accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("added_at", _Moment, nullable=False, server_default=_NOW),
    # When the user's list of calendars was read last, and when that was last tried.
    Column("discovered_at", _Moment),
    Column("tried_at", _Moment),
    # Why it could not be read the last time.
    Column("failure", Text),
    Column("failure_kind", Text),
)

# How much of a quota there is: a bucket for each user, and one, of the name '*', for all.
paces = Table(
    "fleet_paces",
    metadata,
    Column("name", Text, primary_key=True),
    Column("remaining", Double, nullable=False),
    Column("counted_at", _Moment, nullable=False),
    Column("calls", BigInteger, nullable=False),
)

# Who did what and when. A run without an end is under way, or was until its worker was killed.
runs = Table(
    "fleet_runs",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("account", Text, nullable=False),
    # Empty for what is about the account itself.
    Column("calendar_id", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("began_at", _Moment, nullable=False, server_default=_NOW),
    Column("ended_at", _Moment),
    Column("outcome", Text),
    Column("failure", Text),
    Index("fleet_runs_by_calendar", "account", "calendar_id", "id"),
    Index("fleet_runs_by_end", "ended_at"),
    # The database itself refuses a second run of the same calendar at the same time.
    Index(
        "fleet_runs_one_at_a_time",
        "account",
        "calendar_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
)

# How often runs have ended in which way, since the beginning.
outcomes = Table(
    "fleet_outcomes",
    metadata,
    Column("outcome", Text, primary_key=True),
    Column("times", BigInteger, nullable=False),
)
