"""What all processes of a fleet have to agree on."""

from __future__ import annotations

from datetime import timedelta

import attrs
from sqlalchemy import exc as sql
from sqlalchemy import make_url

from gcsa.transport.pacing import CALLS_PER_MINUTE

# "Per minute per project 10,000 requests": https://developers.google.com/workspace/calendar/api/guides/quota
CALLS_PER_MINUTE_OF_ALL = 10_000.0

_TIMES = (
    "heal_every",
    "discover_every",
    "renew_within",
    "heartbeat_every",
    "keep_for",
    "keep_changes_for",
)

_POSTGRESQL = frozenset({"postgresql", "postgres", "postgresql+psycopg"})


@attrs.frozen
class FleetSettings:
    """What all processes of a fleet have to agree on.

    Args:
        url: The database, such as `postgresql://user:password@host/name`.
        address: Where `gcsa fleet webhook` is reached by Google, an https address. None for no push channels: then
            calendars are synchronised every `heal_every` only.
        calls_per_minute: Google's quota for each user; None for no limit. It is kept by all workers together.
        calls_per_minute_of_all: Google's quota for the whole project, likewise.
        heal_every: After how long a calendar is synchronised without a notification, as one may have been lost.
        discover_every: How often each user's list of calendars is read, and channels that end soon are renewed.
        renew_within: What ends within this time is renewed; it should be some times `discover_every`.
        channel_ttl: Seconds after which a push channel ends; Google's default, a week, if None.
        heartbeat_every: How often a worker says that it is alive.
        stalled_after: After how long without that a worker is taken for dead, and its jobs are given to others.
        keep_for: How long what became of jobs is kept.
        keep_changes_for: How long the feed of changes is kept; None for ever. Whoever reads it less often than that is
            told that something was forgotten.

    Raises:
        ValueError: The database is not PostgreSQL, or a limit or a time is not above 0.
    """

    url: str = attrs.field(repr=False)
    address: str | None = None
    calls_per_minute: float | None = CALLS_PER_MINUTE
    calls_per_minute_of_all: float | None = CALLS_PER_MINUTE_OF_ALL
    heal_every: timedelta = timedelta(hours=1)
    discover_every: timedelta = timedelta(hours=1)
    renew_within: timedelta = timedelta(days=1)
    channel_ttl: int | None = None
    heartbeat_every: timedelta = timedelta(seconds=10)
    stalled_after: timedelta = timedelta(seconds=30)
    keep_for: timedelta = timedelta(days=7)
    keep_changes_for: timedelta | None = timedelta(days=30)

    def __attrs_post_init__(self) -> None:
        try:
            driver = make_url(self.url).drivername
        except sql.ArgumentError:
            driver = ""
        if driver not in _POSTGRESQL:
            # Without the address: there may be a password in it.
            raise ValueError(
                "A fleet needs PostgreSQL: give an address such as 'postgresql://user@host/name'."
            )
        for name in ("calls_per_minute", "calls_per_minute_of_all", "channel_ttl"):
            value: float | None = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(f"{name} must be above 0 or None, not {value}.")
        for name in _TIMES:
            time: timedelta | None = getattr(self, name)
            if time is not None and time <= timedelta(0):
                raise ValueError(f"{name} must be above 0, not {time}.")
        if self.stalled_after <= self.heartbeat_every:
            raise ValueError("stalled_after must be longer than heartbeat_every.")

    @property
    def conninfo(self) -> str:
        """The database's address, as PostgreSQL's own library reads it."""
        url = make_url(self.url).set(drivername="postgresql")
        return url.render_as_string(hide_password=False)
