"""One call of a method: all that its handler is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gcsa.emulator import access
from gcsa.emulator.bodies import read_body
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.access import Access
    from gcsa.emulator.auth import Identity
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.clock import Clock
    from gcsa.emulator.contract import Method
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request
    from gcsa.emulator.ids import Ids
    from gcsa.emulator.parameters import Parameters
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User


@dataclass
class Call:
    """One call of a method, by somebody, inside a transaction of the store.

    Attributes:
        emulator: The emulator that was called.
        request: The HTTP request.
        method: What was called, as the contract describes it.
        identity: Who calls, and with which scopes.
        parameters: The values of path and query, checked.
        now: The time of the call, in milliseconds; every timestamp of one call is the same.
        is_batched: Whether it came as a part of a batch.
    """

    emulator: Emulator
    request: Request
    method: Method
    identity: Identity
    parameters: Parameters
    now: int
    is_batched: bool = False

    # Whether it puts there what a test starts with, and may make what only Google makes.
    is_seeding = False

    @property
    def user(self) -> User:
        """The account that calls."""
        return self.identity.user

    @property
    def store(self) -> Store:
        """The database."""
        return self.emulator.store

    @property
    def clock(self) -> Clock:
        """The emulator's clock."""
        return self.emulator.clock

    @property
    def ids(self) -> Ids:
        """Where new identifiers come from."""
        return self.emulator.ids

    @cached_property
    def body(self) -> Resource:
        """The resource in the body, checked against the method's request schema; see `bodies.read_body`."""
        if self.method.request is None:
            return {}
        return read_body(self.method.request.name, self.request.body)

    def check_match(self, etag: str) -> None:
        """Check the call's If-Match header against the etag that a resource has.

        Raises:
            ApiError: 412, the resource has another one: somebody changed it.
        """
        wanted = self.request.headers.get("if-match")
        if wanted is None:
            return
        tags = [tag.strip() for tag in wanted.split(",")]
        if "*" not in tags and etag not in tags:
            raise ApiError.precondition_failed()

    def calendar(self, role: str, calendar_id: str | None = None) -> Access:
        """Return the calendar that was asked for, and what the caller may do on it.

        Args:
            role: The least role that the method needs: 'freeBusyReader', 'reader', 'writer' or 'owner'.
            calendar_id: The calendar's id, or 'primary'. Default: the parameter calendarId.

        Raises:
            ApiError: 404 for no such calendar, or none that the caller may see; 403 for a lesser role.
        """
        if calendar_id is None:
            calendar_id = self.parameters.required("calendarId")
        return access.require(self.store, self.user, calendar_id, role)
