"""How a fleet's calls travel: over connections that all accounts share, at the pace of their quotas."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

import httpx2

from gcsa.mirror.fleet.quota import SharedQuota
from gcsa.transport.rounds import PARTS

# What counts as a call of the API; tokens are asked for elsewhere.
_API = ("/calendar/", "/batch/calendar/")

# Of a service account that acts for users, Google counts all calls as the account's own, unless they name the user:
# "You can avoid this by using the quotaUser URL parameter (or x-goog-quota-user HTTP header) to indicate which user
# will be charged." https://developers.google.com/workspace/calendar/api/guides/quota#service-accounts
_CHARGED = "X-Goog-Quota-User"

# "any arbitrary string under 40 characters", https://cloud.google.com/apis/docs/capping-api-usage
_LONGEST_NAME = 32


class PacedTransport(httpx2.BaseTransport):
    """Sends an account's requests when its quota allows, and has Google count them for this account.

    Args:
        account: The account.
        quota: What is counted.
        network: What carries the requests. It is shared, and stays open when this is closed.
        wait: Returns after so many seconds.
    """

    def __init__(
        self,
        account: str,
        quota: SharedQuota,
        network: httpx2.BaseTransport,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._account = account
        self._charged = hashlib.sha256(account.encode()).hexdigest()[:_LONGEST_NAME]
        self._quota = quota
        self._network = network
        self._wait = wait

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and return the answer.

        Raises:
            QuotaSpentError: It would have to wait too long; it is not sent.
        """
        if request.url.path.startswith(_API):
            seconds = self._quota.reserve(self._account, request.extensions.get(PARTS, 1))
            if seconds:
                self._wait(seconds)
            request.headers[_CHARGED] = self._charged
        return self._network.handle_request(request)
