"""What a worker does: each kind of job, as a method."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Self

from gcsa.errors import AuthenticationError, GoogleCalendarError
from gcsa.google_calendar import GoogleCalendar
from gcsa.mirror.errors import UnknownCalendarError
from gcsa.mirror.fleet.accounts import Accounts
from gcsa.mirror.fleet.clients import Clients
from gcsa.mirror.fleet.company import CompanyMirror
from gcsa.mirror.fleet.credentials import CredentialsFor
from gcsa.mirror.fleet.guard import Guard
from gcsa.mirror.fleet.queue import Queue, account_lock, calendar_lock
from gcsa.mirror.fleet.quota import QuotaSpentError, SharedQuota
from gcsa.mirror.fleet.runs import DONE, Runs
from gcsa.mirror.fleet.settings import FleetSettings
from gcsa.mirror.moments import milliseconds

log = logging.getLogger(__name__)

# The run was put off until there is quota again.
WAITS = "waits for quota"

# Seconds after which a calendar is looked at again that somebody else is still busy with.
_BUSY = 5.0

# Dead letters are kept so many times longer than the rest: somebody should see them.
KEEP_DEAD_LETTERS = 4

# How many jobs one look at the database makes at the most; the next look is a minute later.
_AT_ONCE = 10_000


class Work:
    """What a worker does.

    Args:
        settings: What the fleet has agreed on.
        credentials_for: Returns an account's credentials.
        api_endpoint: Another server than Google; by default the emulator that `GOOGLE_CALENDAR_EMULATOR_HOST` names.

    Raises:
        DatabaseError: The database cannot be used.
    """

    def __init__(
        self,
        settings: FleetSettings,
        credentials_for: CredentialsFor,
        api_endpoint: str | None = None,
    ) -> None:
        self.settings = settings
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.mirror = CompanyMirror(settings.url)
        database = self.mirror.database
        self.accounts = Accounts(database)
        self.runs = Runs(database, self.name)
        quota = SharedQuota(database, settings.calls_per_minute, settings.calls_per_minute_of_all)
        self._clients = Clients(credentials_for, quota, api_endpoint)
        self.guard = Guard(settings.conninfo)
        self.queue = Queue(settings.conninfo)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.queue.close()
        self.guard.close()
        self._clients.close()
        self.mirror.close()

    def sync(self, account: str, calendar_id: str) -> None:
        """Bring the copy of a calendar up to date, and see to it that Google says when the calendar changes.

        Raises:
            Exception: It failed. That is written down on the calendar; what is stored stays.
        """
        if not self.accounts.has(account):
            return
        with self.guard.holding(calendar_lock(account, calendar_id)) as is_held:
            if not is_held:
                self.queue.sync(account, calendar_id, after=_BUSY)
                return
            try:
                with self._run(account, calendar_id):
                    self._sync(account, calendar_id)
            except QuotaSpentError as spent:
                self.queue.sync(account, calendar_id, after=spent.seconds)

    def discover(self, account: str) -> None:
        """Read an account's list of calendars, ask for what is new to be synchronised, and renew channels.

        Raises:
            Exception: It failed. That is written down on the account.
        """
        if not self.accounts.has(account):
            return
        with self.guard.holding(account_lock(account)) as is_held:
            if not is_held:
                self.queue.discover(account, after=_BUSY)
                return
            try:
                with self._run(account):
                    self._discover(account)
            except QuotaSpentError as spent:
                self.queue.discover(account, after=spent.seconds)

    def ask_for_what_is_due(self) -> int:
        """Ask for what has not been synchronised or discovered for a while, and return how many jobs that makes.

        That brings in new accounts and calendars, and heals what lost notifications have left behind.
        """
        settings = self.settings
        due = self.mirror.due_calendars(_now(), settings.heal_every, _AT_ONCE)
        made = [self.queue.sync(one.account, one.calendar_id) for one in due]
        accounts = self.accounts.due(settings.discover_every, _AT_ONCE)
        made += [self.queue.discover(account) for account in accounts]
        return sum(made)

    def forget_what_is_old(self) -> None:
        """Forget the runs and the changes that have been kept for long enough."""
        self.runs.forget(self.settings.keep_for * KEEP_DEAD_LETTERS)
        keep_changes_for = self.settings.keep_changes_for
        if keep_changes_for is not None:
            self.mirror.forget_changes(before=datetime.now(UTC) - keep_changes_for)

    def _sync(self, account: str, calendar_id: str) -> None:
        mirror = self.mirror.of(account)
        try:
            client = self._clients.of(account)
            # The channel first: what changes while the calendar is being listed is noticed then.
            self._watch(mirror, client, calendar_id)
            mirror.sync(client, calendar_id)
        except QuotaSpentError:
            raise
        except GoogleCalendarError as error:
            self._forget_if_refused(account, error)
            raise
        except Exception as error:
            mirror.note_failure(calendar_id, error, _now())
            raise

    def _watch(self, mirror: CompanyMirror, client: GoogleCalendar, calendar_id: str) -> None:
        address = self.settings.address
        if address is None or mirror.is_watched(calendar_id, address, _now()):
            return
        try:
            mirror.watch(client, calendar_id, address, ttl=self.settings.channel_ttl)
        except (GoogleCalendarError, UnknownCalendarError) as error:
            # Some calendars, such as those of holidays, have no notifications; they are healed now and then.
            log.info("No channel for %s of %s: %s", calendar_id, mirror.account, error)

    def _discover(self, account: str) -> None:
        mirror = self.mirror.of(account)
        try:
            client = self._clients.of(account)
            mirror.discover(client)
            failures = mirror.renew(client, self._renewed_within).failures
        except QuotaSpentError:
            raise
        except Exception as error:
            self._forget_if_refused(account, error)
            self.accounts.note(account, error)
            raise
        for calendar_id, failure in failures.items():
            log.warning("The channel of %s of %s is not renewed: %s", calendar_id, account, failure)
        self.accounts.note(account, None)
        for known in mirror.calendars():
            if known.is_listed and known.synced_at is None and known.failure is None:
                self.queue.sync(account, known.id)

    @property
    def _renewed_within(self) -> timedelta:
        """How soon a channel has to end to be renewed: short-lived ones when half their life is over."""
        ttl = self.settings.channel_ttl
        within = self.settings.renew_within
        return within if ttl is None else min(within, timedelta(seconds=ttl / 2))

    def _forget_if_refused(self, account: str, error: Exception) -> None:
        if isinstance(error, AuthenticationError):
            self._clients.forget(account)

    @contextmanager
    def _run(self, account: str, calendar_id: str = "") -> Generator[None]:
        run = self.runs.begin(account, calendar_id)
        try:
            yield
        except QuotaSpentError:
            self.runs.end(run, WAITS)
            raise
        except Exception as error:
            self.runs.end(run, type(error).__name__, str(error))
            raise
        self.runs.end(run, DONE)


def _now() -> int:
    return milliseconds(datetime.now(UTC))
