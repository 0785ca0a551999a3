"""The people and groups of an emulator: what an administrator would set up before anybody calls the API."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator import accounts, auth, ids, preferences, sharing, times
from gcsa.emulator.answer import json_text
from gcsa.emulator.organization import domain_of
from gcsa.emulator.resources.calendars.zone import change_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.clock import Clock
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User


class Users(Collection[str]):
    """The accounts of an emulator, by their addresses.

        emulator.users.add("ann@example.com", name="Ann", time_zone="Europe/Prague")
        assert "ann@example.com" in emulator.users

    An account need not be added: who calls with an address as token has one at once. The accounts of one e-mail domain
    are a Google Workspace organization, and the emulator's default user administers that of its own.

    Args:
        store: The database.
        clock: The emulator's clock.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and address.lower() in self._addresses()

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses())

    def __len__(self) -> int:
        return len(self._addresses())

    def __repr__(self) -> str:
        return f"<Users {self._addresses()}>"

    @property
    def domains(self) -> dict[str, list[str]]:
        """The domains of the accounts, each with its addresses."""
        domains: dict[str, list[str]] = {}
        for address in self._addresses():
            domains.setdefault(domain_of(address), []).append(address)
        return domains

    def add(
        self,
        address: str,
        *,
        name: str | None = None,
        time_zone: str | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Open an account, or change the one of this address.

        Args:
            address: Its e-mail address, which is also the id of its primary calendar.
            name: The name of who it belongs to, which is the `displayName` of the creator and the organizer of events
                that they make from then on. Default: it stays as it is; a new account has none.
            time_zone: The zone of its primary calendar and of its settings, such as 'Europe/Prague'. Default: it
                stays as it is; of a new account, UTC.
            settings: Settings by Google's ids, as text: `{"weekStart": "1", "format24HourTime": "true"}`.

        Raises:
            ValueError: The address is none, or that of a group; the zone or a setting is unknown.
        """
        given = dict(settings or {})
        if time_zone is not None:
            given.setdefault("timezone", time_zone)
        for setting, value in given.items():
            preferences.check(setting, value)
        if time_zone is not None and times.zone(time_zone) is None:
            raise ValueError(f"there is no time zone {time_zone!r}")
        email = _checked(address)
        now = self._clock.milliseconds()
        with self._store.writing():
            if self._store.groups.exists(email):
                raise ValueError(f"{email} is the address of a group")
            user = accounts.open_account(self._store, email, now)
            if name is not None:
                self._store.users.set_name(user.key, name)
            if time_zone is not None:
                self._set_time_zone(user, time_zone, now)
            for setting, value in given.items():
                preferences.change(self._store, user.key, setting, value, now)

    def settings(self, address: str) -> dict[str, str]:
        """Return the settings of an account, by Google's ids.

        Raises:
            KeyError: There is no such account.
        """
        with self._store.reading():
            user = self._store.users.by_email(address.lower())
            if user is None:
                raise KeyError(address)
            settings = preferences.settings_of(self._store, user.key)
        return {setting.id: setting.value for setting in settings}

    def _addresses(self) -> list[str]:
        with self._store.reading():
            return self._store.users.emails()

    def _set_time_zone(self, user: User, time_zone: str, now: int) -> None:
        calendar = self._store.calendars.by_id(user.email)
        if calendar is None or calendar.time_zone == time_zone:
            return
        fields: Resource = msgspec.json.decode(calendar.resource)
        text = json_text({**fields, "timeZone": time_zone})
        version = ids.next_version(now, calendar.version)
        self._store.calendars.set_resource(calendar.key, text, time_zone, version)
        change_zone(
            self._store,
            calendar._replace(resource=text, time_zone=time_zone, version=version),
        )


class Groups(Mapping[str, list[str]]):
    """The groups of an emulator: their addresses, and the members of each.

        emulator.groups.add("team@example.com", members=["ann@example.com", "bob@example.com"])
        assert emulator.groups["team@example.com"] == ["ann@example.com", "bob@example.com"]

    Calendars can be shared with a group, and a free/busy query can be asked for one.

    Args:
        store: The database.
        clock: The emulator's clock.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __getitem__(self, address: str) -> list[str]:
        with self._store.reading():
            if not self._store.groups.exists(address.lower()):
                raise KeyError(address)
            return self._store.groups.members(address.lower())

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses())

    def __len__(self) -> int:
        return len(self._addresses())

    def __repr__(self) -> str:
        return f"<Groups {dict(self)}>"

    def add(self, address: str, members: Iterable[str] = ()) -> None:
        """Make a group, or give the one of this address other members.

        Args:
            address: Its e-mail address.
            members: The addresses of its members; a group may be a member too.

        Raises:
            ValueError: An address is none, or the group's is that of an account.
        """
        email = _checked(address)
        addresses = [_checked(member) for member in members]
        with self._store.writing():
            if self._store.users.by_email(email) is not None:
                raise ValueError(f"{email} is the address of an account")
            self._store.groups.put(email, addresses)
            self._take_off_lists()

    def remove(self, address: str) -> None:
        """Take a group away.

        Raises:
            KeyError: There is no such group.
        """
        with self._store.writing():
            if not self._store.groups.remove(address.lower()):
                raise KeyError(address)
            self._take_off_lists()

    def _addresses(self) -> list[str]:
        with self._store.reading():
            return self._store.groups.addresses()

    def _take_off_lists(self) -> None:
        now = self._clock.milliseconds()
        for calendar in self._store.rules.calendars_shared_with_groups():
            sharing.take_off_lists(self._store, calendar, now)


def _checked(address: str) -> str:
    if not auth.is_address(address):
        raise ValueError(f"{address!r} is not an e-mail address")
    return address.lower()
