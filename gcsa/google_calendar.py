"""The clients: `GoogleCalendar` returns results, `AsyncGoogleCalendar` is awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from gcsa.batches import AsyncBatch, Batch
from gcsa.event import Event
from gcsa.operations.events import SendUpdatesMode
from gcsa.operations.operation import Listing, Operation
from gcsa.operations.page_turns import PageTurns
from gcsa.operations.procedure import Procedure
from gcsa.operations.runner import AsyncRunner, SyncRunner
from gcsa.operations.verbs import Tasks, Verbs
from gcsa.operations.windows import read_index
from gcsa.transport.pacing import CALLS_PER_MINUTE
from gcsa.transport.patience import Retry
from gcsa.transport.procedures import acarry_out, carry_out
from gcsa.transport.scopes import asked_scopes
from gcsa.transport.sign_in_place import SignInPlace

if TYPE_CHECKING:
    import os
    from types import TracebackType

    import httpx2
    from google.auth.credentials import Credentials

    from gcsa.transport.clock import Clock

__all__ = ["AsyncGoogleCalendar", "GoogleCalendar", "Retry", "SendUpdatesMode"]

T = TypeVar("T")


class GoogleCalendar(SyncRunner, Verbs, Tasks):
    """Google Calendar, as seen by one user.

    Safe to share between threads; closed by `close()` or `with`.

    Args:
        default_calendar: Id of the calendar that is meant where a method is given none; `'primary'`
            is the user's own, and its id is usually an e-mail address.
        credentials: Any credentials of google-auth. Without any, they are looked for: a saved sign-in, then
            client secrets to sign in with, then Application Default Credentials.
        credentials_path: The file that Google's console gave: client secrets (`credentials.json`,
            `client_secret_….json`), or the key of a service account. By default `credentials.json`, or the
            only `client_secret*.json`, in `~/.credentials`.
        token_path: Where the sign-in is saved, as JSON that only its owner may read; a `token.pickle` of
            gcsa 2 is read and replaced. By default `token.json` beside `credentials_path`, or in
            `~/.credentials`.
        save_token: Whether the sign-in, and each token that is refreshed later, is saved.
        read_only: Ask only for what it takes to read (`calendar.readonly`).
        authentication_flow_host: The name by which the browser reaches this machine after the sign-in.
        authentication_flow_port: The port on which it does; 0 for any that is free.
        authentication_flow_bind_addr: The address to listen on meanwhile, where it is not the host's, as in
            a container.
        open_browser: None opens the sign-in page in a browser, and goes on where there is none; its address
            is printed in any case. True insists on a browser, False never opens one.
        scopes: What to ask for instead of everything: names such as `'calendar.events'`, whole or from
            `calendar` on.
        subject: The user that a service account acts for, an e-mail address of its domain.
        api_endpoint: Another server than Google, such as `http://127.0.0.1:8085`. By default the
            emulator that the variable `GOOGLE_CALENDAR_EMULATOR_HOST` names, if it is set; no
            credentials are needed then.
        transport: What carries the requests, as httpx2 knows it; the network by default.
        retry: When calls are sent again.
        calls_per_minute: The quota to keep within, Google's default of 600 by default; a minute's
            calls may be spent in one burst. None for no limit; there is none on an emulator.
        clock: What pauses, time limits and "now" are taken from; the machine's by default.

    Raises:
        FileNotFoundError: There are no credentials; the message says how to get some.
        ValueError: There are several client secrets, or a file holds something else, or both `read_only` and
            `scopes` are given; or the token would travel to another machine over plain HTTP.
        AuthenticationError: The sign-in failed, or the saved one allows less than is asked for.
        webbrowser.Error: `open_browser` is True, and there is no browser.
    """

    def __init__(
        self,
        default_calendar: str = "primary",
        *,
        credentials: Credentials | None = None,
        credentials_path: str | os.PathLike[str] | None = None,
        token_path: str | os.PathLike[str] | None = None,
        save_token: bool = True,
        read_only: bool = False,
        authentication_flow_host: str = "localhost",
        authentication_flow_port: int = 8080,
        authentication_flow_bind_addr: str | None = None,
        open_browser: bool | None = None,
        scopes: str | Iterable[str] | None = None,
        subject: str | None = None,
        api_endpoint: str | None = None,
        transport: httpx2.BaseTransport | None = None,
        retry: Retry | None = None,
        calls_per_minute: float | None = CALLS_PER_MINUTE,
        clock: Clock | None = None,
    ) -> None:
        # Here and not above: they bring httpx2 and google-auth, and not everybody who imports this makes a client.
        from gcsa.transport.authentication import Identification
        from gcsa.transport.opening import open_wire, route_to

        self.default_calendar = default_calendar
        route = route_to(api_endpoint, retry, calls_per_minute, clock)
        who = Identification(
            scopes=asked_scopes(scopes, read_only),
            credentials=credentials,
            credentials_path=credentials_path,
            token_path=token_path,
            save_token=save_token,
            subject=subject,
            place=SignInPlace(
                authentication_flow_host,
                authentication_flow_port,
                authentication_flow_bind_addr,
                open_browser,
            ),
        )
        self._wire = open_wire(who, route, transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; no call can be made any more."""
        self._wire.client.close()

    def batch(self) -> Batch:
        """Collect calls and send them together: `with calendar.batch() as batch: …`."""
        return Batch(self._wire, self.default_calendar)

    def now(self) -> datetime:
        """Return the present moment on the client's clock."""
        return self._wire.route.clock.now()

    def execute(self, operation: Operation[T]) -> T:
        """Send one call and return its result."""
        return self._wire.send(operation)

    def iterate(self, listing: Listing[T]) -> Iterator[T]:
        """Iterate over the items of a listing, fetching each page when it is reached."""
        token: str | None = None
        turns = PageTurns(str(listing.first))
        while True:
            page = self._wire.send(listing.page(token))
            yield from page.items
            token = turns.on(page.next_page_token)
            if token is None:
                return

    def carry_out(self, procedure: Procedure[T]) -> T:
        """Carry out the steps of a procedure and return its result."""
        return carry_out(procedure, self._wire)

    def __iter__(self) -> Iterator[Event]:
        return self.get_events()

    def __getitem__(self, index: object) -> Iterator[Event]:
        """List events as `calendar[time_min:time_max:order_by]`, see `get_events`."""
        window = read_index(index)
        return self.get_events(
            window.time_min, window.time_max, window.order_by, single_events=window.single_events
        )


class AsyncGoogleCalendar(AsyncRunner, Verbs, Tasks):
    """Google Calendar, as seen by one user, for asyncio: the methods of `GoogleCalendar`, awaited.

    Listings are asynchronous iterators. Safe to share between tasks of one event loop; closed by
    `aclose()` or `async with`.

    Args:
        default_calendar: Id of the calendar that is meant where a method is given none.
        credentials: Any credentials of google-auth; they are refreshed in a thread. Without any, they are looked
            for: a saved sign-in, then client secrets to sign in with (which waits for the browser), then
            Application Default Credentials.
        credentials_path: The file that Google's console gave: client secrets (`credentials.json`,
            `client_secret_….json`), or the key of a service account. By default `credentials.json`, or the
            only `client_secret*.json`, in `~/.credentials`.
        token_path: Where the sign-in is saved, as JSON that only its owner may read; a `token.pickle` of
            gcsa 2 is read and replaced. By default `token.json` beside `credentials_path`, or in
            `~/.credentials`.
        save_token: Whether the sign-in, and each token that is refreshed later, is saved.
        read_only: Ask only for what it takes to read (`calendar.readonly`).
        authentication_flow_host: The name by which the browser reaches this machine after the sign-in.
        authentication_flow_port: The port on which it does; 0 for any that is free.
        authentication_flow_bind_addr: The address to listen on meanwhile, where it is not the host's, as in
            a container.
        open_browser: None opens the sign-in page in a browser, and goes on where there is none; its address
            is printed in any case. True insists on a browser, False never opens one.
        scopes: What to ask for instead of everything: names such as `'calendar.events'`, whole or from
            `calendar` on.
        subject: The user that a service account acts for, an e-mail address of its domain.
        api_endpoint: Another server than Google; by default the emulator that
            `GOOGLE_CALENDAR_EMULATOR_HOST` names.
        transport: What carries the requests, as httpx2 knows it; the network by default.
        retry: When calls are sent again.
        calls_per_minute: The quota to keep within, Google's default of 600 by default; a minute's
            calls may be spent in one burst. None for no limit; there is none on an emulator.
        clock: What pauses, time limits and "now" are taken from; the machine's by default.

    Raises:
        FileNotFoundError: There are no credentials; the message says how to get some.
        ValueError: There are several client secrets, or a file holds something else, or both `read_only` and
            `scopes` are given; or the token would travel to another machine over plain HTTP.
        AuthenticationError: The sign-in failed, or the saved one allows less than is asked for.
        webbrowser.Error: `open_browser` is True, and there is no browser.
    """

    def __init__(
        self,
        default_calendar: str = "primary",
        *,
        credentials: Credentials | None = None,
        credentials_path: str | os.PathLike[str] | None = None,
        token_path: str | os.PathLike[str] | None = None,
        save_token: bool = True,
        read_only: bool = False,
        authentication_flow_host: str = "localhost",
        authentication_flow_port: int = 8080,
        authentication_flow_bind_addr: str | None = None,
        open_browser: bool | None = None,
        scopes: str | Iterable[str] | None = None,
        subject: str | None = None,
        api_endpoint: str | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        retry: Retry | None = None,
        calls_per_minute: float | None = CALLS_PER_MINUTE,
        clock: Clock | None = None,
    ) -> None:
        # Here and not above: they bring httpx2 and google-auth, and not everybody who imports this makes a client.
        from gcsa.transport.authentication import Identification
        from gcsa.transport.opening import open_async_wire, route_to

        self.default_calendar = default_calendar
        route = route_to(api_endpoint, retry, calls_per_minute, clock)
        who = Identification(
            scopes=asked_scopes(scopes, read_only),
            credentials=credentials,
            credentials_path=credentials_path,
            token_path=token_path,
            save_token=save_token,
            subject=subject,
            place=SignInPlace(
                authentication_flow_host,
                authentication_flow_port,
                authentication_flow_bind_addr,
                open_browser,
            ),
        )
        self._wire = open_async_wire(who, route, transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; no call can be made any more."""
        await self._wire.client.aclose()

    def batch(self) -> AsyncBatch:
        """Collect calls and send them together: `async with calendar.batch() as batch: …`."""
        return AsyncBatch(self._wire, self.default_calendar)

    def now(self) -> datetime:
        """Return the present moment on the client's clock."""
        return self._wire.route.clock.now()

    async def execute(self, operation: Operation[T]) -> T:
        """Send one call and return its result."""
        return await self._wire.send(operation)

    async def iterate(self, listing: Listing[T]) -> AsyncIterator[T]:
        """Iterate over the items of a listing, fetching each page when it is reached."""
        token: str | None = None
        turns = PageTurns(str(listing.first))
        while True:
            page = await self._wire.send(listing.page(token))
            for item in page.items:
                yield item
            token = turns.on(page.next_page_token)
            if token is None:
                return

    async def carry_out(self, procedure: Procedure[T]) -> T:
        """Carry out the steps of a procedure and return its result."""
        return await acarry_out(procedure, self._wire)

    def __aiter__(self) -> AsyncIterator[Event]:
        return self.get_events()

    # Without it, `for` would take what is between square brackets for an index, and complain of that.
    __iter__ = None

    def __getitem__(self, index: object) -> AsyncIterator[Event]:
        """List events as `calendar[time_min:time_max:order_by]`, see `get_events`."""
        window = read_index(index)
        return self.get_events(
            window.time_min, window.time_max, window.order_by, single_events=window.single_events
        )
