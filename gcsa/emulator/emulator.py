"""The front door: `Emulator`, which answers requests as Google Calendar would."""

from __future__ import annotations

import hashlib
import logging
from contextlib import nullcontext
from typing import TYPE_CHECKING, Self

from gcsa.emulator import accounts, auth, control, intake, oauth, presentation, resources, routes
from gcsa.emulator.call import Call
from gcsa.emulator.clock import as_clock
from gcsa.emulator.directory import Groups, Users
from gcsa.emulator.errors import JSON_HEADERS, ApiError
from gcsa.emulator.exchange import NEVER_SENT, ConnectionLost, Exchange
from gcsa.emulator.faults import Faults
from gcsa.emulator.http import Response
from gcsa.emulator.ids import Ids
from gcsa.emulator.oauth import clients, service_accounts
from gcsa.emulator.outbox import Outbox
from gcsa.emulator.parameters import read_parameters
from gcsa.emulator.push import Delivery, Push
from gcsa.emulator.quota import Quota
from gcsa.emulator.request_log import RequestLog
from gcsa.emulator.resources.events import conferences
from gcsa.emulator.seeding import Seeded, plant
from gcsa.emulator.store import Store
from gcsa.emulator.store.failures import cause_of
from gcsa.emulator.transport import EmulatorTransport

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Any

    from gcsa.emulator.auth import Identity
    from gcsa.emulator.clock import Clock
    from gcsa.emulator.http import Request
    from gcsa.emulator.oauth.clients import ClientKind, ClientSecrets
    from gcsa.emulator.routes import Route
    from gcsa.emulator.serving import Server
    from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar

_log = logging.getLogger("gcsa.emulator")

ENDPOINT = "http://calendar.emulator"
_RESPONSE_HEADERS = {
    **JSON_HEADERS,
    "cache-control": "private, max-age=0, must-revalidate, no-transform",
}
_NO_FAULT = nullcontext()
resources.register()
oauth.register()
control.register()


class Emulator:
    """Google Calendar in a box.

        with Emulator() as emulator:
            calendar = emulator.client("me@example.com")

    It is safe to share between threads; with a path, several processes may use the same database.

    Attributes:
        address: Where it is reached: `http://calendar.emulator`, through `transport`, until it is served.
        faults: The faults that tests order; see `Faults.add`.
        quota: The limits on calls a minute, off by default.
        requests: What was asked of it, to assert on.
        users: Its accounts; see `Users.add`.
        groups: Its groups; see `Groups.add`.
        outbox: The mails that Google would have sent.
        push: The delivery of notifications.

    Args:
        database: Where everything is kept: a path, or ":memory:" for as long as the emulator is open.
        clock: Its time: a `Clock`, or a function that returns an aware datetime. Default: real time.
        conference_delay: Seconds of the clock that a conference takes to be made.
        conference_failure: Whether making a conference fails: True for all, or a set of conference solution
            types ('hangoutsMeet', …).
        default_user: The account that `client()` is for.
        seed: Makes ids, and the calls that faults strike by chance, the same each time. Default: unpredictable ones.
        seed_file: A YAML or JSON file of users, groups, calendars and events to start with; see `seed_from`. Of a
            database that has an account already, it is not read.
        allow_remote_push: Whether push notifications may be sent to other machines than this one.

    Raises:
        ValueError: The file is not a database of this emulator, or the default user is not an address; a SeedError for
            a seed file that cannot be.
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
        seed_file: str | os.PathLike[str] | None = None,
        allow_remote_push: bool = False,
    ) -> None:
        if not auth.is_address(default_user):
            raise ValueError(f"default_user is an e-mail address, not {default_user!r}")
        self.address = ENDPOINT
        self.clock = as_clock(clock)
        self._seed = seed
        self.ids = Ids(seed)
        self.conference_delay = conference_delay
        self.conference_failure = conference_failure
        self.default_user = default_user.lower()
        self.store = Store(database)
        with self.store.writing():
            self.secret = self.store.meta.get_or_make("secret", self.ids.secret)
        self.faults = Faults(seed)
        self.quota = Quota()
        self.requests = RequestLog(self.clock)
        self.users = Users(self.store, self.clock)
        self.groups = Groups(self.store, self.clock)
        self.outbox = Outbox(self.store)
        self.transport = EmulatorTransport(self.handle, self.clock)
        self._servers: list[Server] = []
        self.push = Push(self.store, self.clock, self._catch_up, allow_remote=allow_remote_push)
        if seed_file is not None and not self.users:
            try:
                self.seed_from(seed_file)
            except BaseException:
                self.close()
                raise

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
        """Stop serving, and close the database."""
        while self._servers:
            self._servers.pop().stop()
        self.push.close()
        self.store.close()

    def seed_from(self, source: str | os.PathLike[str] | Mapping[str, Any]) -> Seeded:
        """Add users, groups, calendars and events.

        Events are checked as the API checks them. Besides Google's own forms there are short ones, such as
        `start: 2026-01-05T09:00`; docs/emulator.md describes them all.

        Args:
            source: The path of a YAML or JSON file, or what such a file says as a dict.

        Returns:
            The addresses and ids of what was added.

        Raises:
            SeedError: Something cannot be; the message says where. Nothing is added then.
            OSError: There is no such file, or it may not be read.
            ImportError: It is YAML, and PyYAML is not installed; the extra `emulator` brings it.
        """
        seeded = plant(self, source)
        self.push.wake()
        return seeded

    def reset(self) -> None:
        """Start again from nothing: no accounts, calendars, events, groups, mails, channels, tokens and keys.

        The request log is emptied, faults are taken off, and the calls that were counted for the quota forgotten. Kept
        are the clock, the limits of the quota, and what the emulator was made with; with a seed, ids begin anew.
        """
        self.faults.clear()
        self.quota.clear()
        self.requests.clear()
        self.ids = Ids(self._seed)
        secret = hashlib.sha256(self.ids.secret() + self.secret).digest()
        with self.store.writing():
            self.store.clear()
            # Another secret: page and sync tokens from before are known to be old.
            self.secret = self.store.meta.get_or_make("secret", lambda: secret)

    def snapshot(self) -> bytes:
        """Return everything that is stored, to `restore` it later: the bytes of an SQLite database.

        The clock, faults, the quota and the request log are not part of it.
        """
        return self.store.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Make everything that is stored as it was when a snapshot was taken.

        Args:
            snapshot: What `snapshot` returned, also that of another emulator.

        Raises:
            ValueError: The bytes are no snapshot, or one of another version of the emulator; nothing has changed then.
        """
        self.store.restore(snapshot)
        with self.store.writing():
            self.secret = self.store.meta.get_or_make("secret", self.ids.secret)
        self.push.watched()

    def deliver_notifications(self) -> list[Delivery]:
        """Deliver the push notifications that are due, and return what came of each.

        In real time they are delivered in the background anyway; on a frozen clock only by this.
        """
        return self.push.deliver()

    def serve(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        *,
        allow_remote: bool = False,
        names: Sequence[str] = (),
    ) -> str:
        """Answer over HTTP too, in a thread, until the emulator is closed.

        Args:
            port: The port to listen on; 0 for any that is free.
            host: The address to listen on.
            allow_remote: Whether other machines may use it: needed for a host that they can reach. Whoever can reach
                an emulator can do everything on it, as any of its users.
            names: Other names that it is reached by; requests for a name that is not its own are refused.

        Returns:
            Its address, with the port that it listens on.

        Raises:
            ValueError: Other machines can reach the host, and `allow_remote` is not set.
            OSError: The port is in use, or this machine does not have the address.
            ImportError: The extra `emulator` is not installed.
        """
        from gcsa.emulator.serving import Server

        server = Server(self, host, port, allow_remote=allow_remote, names=names)
        self._servers.append(server)
        self.address = server.url
        return server.url

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

    def client_secrets(
        self,
        kind: ClientKind = "installed",
        redirect_uris: Sequence[str] | None = None,
    ) -> ClientSecrets:
        """Register a program that asks users for access, and return its client secrets.

        Written to a file as JSON, they are what Google's console gives as `client_secret_….json`: google-auth-oauthlib
        and other libraries read them, and find this emulator by the addresses in them.

        Args:
            kind: 'installed' for a program on a user's machine, which is answered on any port of that machine; 'web'
                for one on a server, which is answered at its registered addresses only.
            redirect_uris: Where a web client may be answered: https, or http on this machine. Default:
                `http://localhost:8080/`.

        Raises:
            ValueError: Another kind, or an address that cannot be.
        """
        return clients.register_client(self.store, kind, self.address, redirect_uris)

    def service_account_info(
        self, email: str = service_accounts.DEFAULT_EMAIL, *, domain: str | None = None
    ) -> dict[str, str]:
        """Make a key for a service account, and return its key file.

        Written to a file as JSON, it is what Google's console gives: google-auth and other libraries read it, and find
        this emulator by the addresses in it. Each call makes a further key; all are good.

        Args:
            email: The service account's address.
            domain: The domain whose users it may impersonate (`subject`). Default: the one of the default user.

        Raises:
            ValueError: The address is not one.
        """
        domain = domain or self.default_user.rpartition("@")[2]
        return service_accounts.make_key(self.store, email, domain, self.address)

    def handle(self, request: Request) -> Response:
        """Answer one request; every error is an answer too.

        Raises:
            ConnectionLost: A fault drops the connection: there is no answer.
        """
        return self._exchange(Exchange.begin(request), self._handle)

    def call(self, request: Request) -> Response:
        """Answer one call of a method of the API, and nothing else: what a batch does with each of its parts."""
        return self._exchange(Exchange.begin(request, in_batch=True), self._call)

    def _exchange(self, exchange: Exchange, answer: Callable[[Exchange], Response]) -> Response:
        try:
            if exchange.is_too_late:
                return NEVER_SENT
            response = exchange.on_the_wire(self._answered(exchange, answer))
        except ConnectionLost as loss:
            self.requests.add(exchange, None)
            return exchange.lost(loss)
        finally:
            exchange.end()
        self.requests.add(exchange, response.status)
        self.push.wake()
        return response

    def _answered(self, exchange: Exchange, answer: Callable[[Exchange], Response]) -> Response:
        request = exchange.request
        try:
            request = exchange.request = intake.unwrapped(request)
            response = answer(exchange)
        except ApiError as error:
            response = error.response()
        except ConnectionLost:
            raise
        except Exception as error:
            response = self._failed(request, error)
        response = presentation.as_script(request, response)
        return response.without_body() if request.method == "HEAD" else response

    def _failed(self, request: Request, error: Exception) -> Response:
        cause = cause_of(error)
        if cause is None:
            # A fault of the emulator's own: said plainly to whoever runs it, and to the client as Google would.
            _log.exception("%s %s could not be answered", request.method, request.path)
            return ApiError(500, "backendError", "Backend Error").response()
        # Nothing of the call is in the database. "503 Service Unavailable" tells clients to wait before they try again.
        message = f"The calendar database cannot be used: {cause}."
        _log.error("%s %s could not be answered. %s", request.method, request.path, message)
        return ApiError(503, "backendError", message).response()

    def _handle(self, exchange: Exchange) -> Response:
        request = exchange.request
        http_method = "GET" if request.method == "HEAD" else request.method
        endpoint = routes.find_endpoint(http_method, request.path)
        if endpoint is None:
            return self._call(exchange)
        exchange.name = routes.endpoint_name(request)
        with self.faults.on(exchange) if self.faults else _NO_FAULT:
            return endpoint(self, request)

    def _call(self, exchange: Exchange) -> Response:
        request = exchange.request
        presentation.check(request)
        http_method = "GET" if request.method == "HEAD" else request.method
        route = routes.find_route(http_method, request.path)
        exchange.name = route.method.id
        now = self.clock.milliseconds()
        token = auth.token_of(request)
        if token is None and auth.is_by_key(request, route.method.id):
            self._catch_up(now)
            identity = auth.NOBODY
        else:
            identity = self._identify(token, now)
            exchange.user = identity.user.email
        with self.faults.on(exchange) if self.faults else _NO_FAULT:
            if self.quota.is_limited:
                self.quota.count(request, identity.user.email, now)
            return self._carry_out(exchange, http_method, route, identity, now)

    def _carry_out(
        self, exchange: Exchange, http_method: str, route: Route, identity: Identity, now: int
    ) -> Response:
        request, method = exchange.request, route.method
        _check_scopes(identity, method.scopes)
        parameters = read_parameters(method, route.path, request.query)
        schema = None if method.response is None else method.response.name
        presentation.check_fields(request.query, schema)
        if request.body and method.request is not None:
            intake.check_content(request)
        is_batched = exchange.batch is not None
        call = Call(self, request, method, identity, parameters, now, is_batched)
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
        body = presentation.presented(answer.text, request.query, schema) if answer.text else b""
        headers = _RESPONSE_HEADERS if answer.text else {}
        if answer.etag is not None:
            headers = {**headers, "etag": answer.etag}
        return Response(answer.status, headers, body)

    def _catch_up(self, now: int) -> None:
        """Do what the passing of time has made due."""
        with self.store.reading():
            is_due = self.store.conferences.any_due(now)
        if is_due:
            with self.store.writing():
                conferences.finish_due(self, now)

    def _identify(self, token: str | None, now: int) -> Identity:
        """Return who asks; on the way, do what the passing of time has made due."""
        with self.store.looking():
            identity = auth.identity_of(self.store, token, self.default_user, now)
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
        raise ApiError.insufficient_permissions(allowed)
