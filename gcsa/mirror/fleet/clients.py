"""The clients of a fleet: one for each account, kept for as long as there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict

import httpx2

from gcsa.google_calendar import GoogleCalendar, Retry
from gcsa.mirror.fleet.carriage import PacedTransport
from gcsa.mirror.fleet.credentials import CredentialsFor
from gcsa.mirror.fleet.quota import SharedQuota

# Each has a token, which is asked for again when the client is made again.
_MOST_CLIENTS = 2000

# The queue tries again later; meanwhile a thread is better used for another calendar.
_RETRY = Retry(attempts=3, time_limit=20)

_LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=50)


class Clients:
    """Makes the clients of accounts.

    Args:
        credentials_for: Returns an account's credentials.
        quota: What their calls are counted with.
        api_endpoint: Another server than Google; by default the emulator that `GOOGLE_CALENDAR_EMULATOR_HOST` names.
    """

    def __init__(
        self, credentials_for: CredentialsFor, quota: SharedQuota, api_endpoint: str | None = None
    ) -> None:
        self._credentials_for = credentials_for
        self._quota = quota
        self._api_endpoint = api_endpoint
        self._network = httpx2.HTTPTransport(limits=_LIMITS)
        self._clients: OrderedDict[str, GoogleCalendar] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, account: str) -> GoogleCalendar:
        """Return an account's client.

        Raises:
            Exception: What the function that returns the credentials raises.
        """
        with self._lock:
            client = self._clients.get(account)
            if client is not None:
                self._clients.move_to_end(account)
                return client
        made = GoogleCalendar(
            credentials=self._credentials_for(account),
            api_endpoint=self._api_endpoint,
            transport=PacedTransport(account, self._quota, self._network),
            retry=_RETRY,
            calls_per_minute=None,
        )
        with self._lock:
            # Whichever of two threads was first; the other's has not been used yet.
            client = self._clients.setdefault(account, made)
            while len(self._clients) > _MOST_CLIENTS:
                self._clients.popitem(last=False)
        return client

    def forget(self, account: str) -> None:
        """Have an account's credentials asked for again the next time, as the present ones are not good."""
        with self._lock:
            self._clients.pop(account, None)

    def close(self) -> None:
        """Close the connections."""
        self._network.close()
