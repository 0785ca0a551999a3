"""The front door: `Emulator`, which answers requests as Google Calendar would."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

import msgspec

from gcsa.emulator import accounts, auth, resources, routes
from gcsa.emulator.call import Call
from gcsa.emulator.clock import as_clock
from gcsa.emulator.errors import JSON_HEADERS, ApiError
from gcsa.emulator.http import Response
from gcsa.emulator.ids import Ids
from gcsa.emulator.parameters import read_parameters
from gcsa.emulator.resources.events import conferences
from gcsa.emulator.store import Store
from gcsa.emulator.transport import EmulatorTransport

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection
    from datetime import datetime
    from types import TracebackType

    from gcsa.emulator.auth import Identity
    from gcsa.emulator.clock import Clock
    from gcsa.emulator.http import Request
    from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar

_log = logging.getLogger("gcsa.emulator")

ENDPOINT = "http://calendar.emulator"
_RESPONSE_HEADERS = {
    **JSON_HEADERS,
    "cache-control": "private, max-age=0, must-revalidate, no-transform",
}
resources.register()


class Emulator:
    """Google Calendar in a box.

        with Emulator() as emulator:
            calendar = emulator.client("me@example.com")

    It is safe to share between threads; with a path, several processes may use the same database.

    Args:
        database: Where everything is kept: a path, or ":memory:" for as long as the emulator is open.
        clock: Its time: a `Clock`, or a function that returns an aware datetime. Default: real time.
        conference_delay: Seconds of the clock that a conference takes to be made.
        conference_failure: Whether making a conference fails: True for all, or a set of conference solution
            types ('hangoutsMeet', …).
        default_user: The account that `client()` is for.
        seed: Makes ids the same each time. Default: unpredictable ids.

    Raises:
        ValueError: The file is not a database of this emulator, or the default user is not an address.
    """

    def __init__(
        self,
        database: str | os.PathLike[str] = ":memory:",
        *,
        clock: Clock | Callable[[], datetime] | None = None,
        conference_delay: float = 0.5,
        conference_failure: bool | Collection[str] = False,
        default_user: str = "me@example.com",
        seed: int | None = None,
    ) -> None:
        if not auth.is_address(default_user):
            raise ValueError(f"default_user is an e-mail address, not {default_user!r}")
        self.clock = as_clock(clock)
        self.ids = Ids(seed)
        self.conference_delay = conference_delay
        self.conference_failure = conference_failure
        self.default_user = default_user.lower()
        self.store = Store(database)
        with self.store.writing():
            self.secret = self.store.meta.get_or_make("secret", self.ids.secret)
        self.transport = EmulatorTransport(self.handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def client(self, user: str | None = None, default_calendar: str = "primary") -> GoogleCalendar:
        """Return a client of this emulator, in process.

        Args:
            user: The e-mail address of the account. Default: the emulator's default user.
            default_calendar: The id of the calendar that the client's methods are about.
        """
        from google.oauth2.credentials import Credentials

        from gcsa.google_calendar import GoogleCalendar

        return GoogleCalendar(
            default_calendar,
            credentials=Credentials(token=user or self.default_user),
            transport=self.transport,
            api_endpoint=ENDPOINT,
            clock=self.clock,
        )

    def async_client(
        self, user: str | None = None, default_calendar: str = "primary"
    ) -> AsyncGoogleCalendar:
        """Return an asynchronous client of this emulator, in process.

        Args:
            user: The e-mail address of the account. Default: the emulator's default user.
            default_calendar: The id of the calendar that the client's methods are about.
        """
        from google.oauth2.credentials import Credentials

        from gcsa.google_calendar import AsyncGoogleCalendar

        return AsyncGoogleCalendar(
            default_calendar,
            credentials=Credentials(token=user or self.default_user),
            transport=self.transport,
            api_endpoint=ENDPOINT,
            clock=self.clock,
        )

    def handle(self, request: Request) -> Response:
        """Answer one request; every error is an answer too."""
        try:
            endpoint = routes.find_endpoint(request.method, request.path)
            if endpoint is not None:
                return endpoint(self, request)
            return self._call(request)
        except ApiError as error:
            return error.response()
        except Exception:
            # A fault of the emulator's own: said plainly to whoever runs it, and to the client as Google would.
            _log.exception("%s %s could not be answered", request.method, request.path)
            return ApiError(500, "backendError", "Backend Error").response()

    def _call(self, request: Request) -> Response:
        http_method = request.headers.get("x-http-method-override", request.method)
        route = routes.find_route(http_method, request.path)
        now = self.clock.milliseconds()
        identity = self._identify(auth.token_of(request), now)
        _check_scopes(identity, route.method.scopes)
        call = Call(
            self,
            request,
            route.method,
            identity,
            read_parameters(route.method, route.path, request.query),
            now,
        )
        transaction = self.store.reading() if http_method == "GET" else self.store.writing()
        with transaction:
            answer = route.handler(call)
        if (
            http_method == "GET"
            and answer.etag is not None
            and request.headers.get("if-none-match") == answer.etag
        ):
            # https://developers.google.com/workspace/calendar/api/guides/version-resources#conditional_retrieval
            return Response(304, {"etag": answer.etag})
        body = answer.text.encode()
        if body and request.query.get("prettyPrint") == ["true"]:
            body = msgspec.json.format(body, indent=1)
        headers = _RESPONSE_HEADERS if answer.text else {}
        if answer.etag is not None:
            headers = {**headers, "etag": answer.etag}
        return Response(answer.status, headers, body)

    def _identify(self, token: str | None, now: int) -> Identity:
        """Return who asks; on the way, do what the passing of time has made due."""
        with self.store.reading():
            identity = auth.identity_of(self.store, token)
            is_due = self.store.conferences.any_due(now)
        if is_due:
            with self.store.writing():
                conferences.finish_due(self, now)
        if isinstance(identity, str):
            with self.store.writing():
                return auth.Identity(accounts.open_account(self.store, identity, now))
        return identity


def _check_scopes(identity: Identity, allowed: Collection[str]) -> None:
    if identity.scopes is not None and identity.scopes.isdisjoint(allowed):
        raise ApiError(403, "insufficientPermissions", "Insufficient Permission")
