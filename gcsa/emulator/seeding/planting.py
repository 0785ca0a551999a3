"""Putting a seed into an emulator: all of it or nothing, and checked as the API checks it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import quote

import msgspec

from gcsa.emulator import accounts, auth, routes
from gcsa.emulator.call import Call
from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError
from gcsa.emulator.http import Request
from gcsa.emulator.ids import Ids
from gcsa.emulator.parameters import read_parameters
from gcsa.emulator.seeding import document, shorthand
from gcsa.emulator.seeding.shorthand import ShorthandError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.seeding.document import Document, Place
    from gcsa.emulator.store.users import User

_GROUP_CALENDARS: Final = "@group.calendar.google.com"
_SCOPES: Final = ("user", "group", "domain")
_EVENT_QUERY: Final = {
    "conferenceDataVersion": ["1"],
    "supportsAttachments": ["true"],
    "sendUpdates": ["none"],
}


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seed brought.

    Attributes:
        users: The addresses of the accounts.
        groups: The addresses of the groups.
        calendars: The ids of the calendars.
        events: The ids of the events, in the order of the seed.
    """

    users: list[str] = field(default_factory=list[str])
    groups: list[str] = field(default_factory=list[str])
    calendars: list[str] = field(default_factory=list[str])
    events: list[str] = field(default_factory=list[str])

    def as_dict(self) -> dict[str, Any]:
        """Return the same as a dict."""
        return asdict(self)


def plant(emulator: Emulator, source: str | os.PathLike[str] | Mapping[str, Any]) -> Seeded:
    """Put a seed into an emulator.

    Args:
        emulator: The emulator.
        source: The path of a YAML or JSON file, or a dict.

    Raises:
        SeedError: Something in it cannot be; nothing of it is in the emulator then.
    """
    seed = document.read(source)
    with emulator.store.writing():
        return _Planting(emulator, seed).run()


class _NamedIds(Ids):
    """Where new identifiers come from, when a calendar already has one."""

    def __init__(self, calendar_id: str) -> None:
        super().__init__()
        self._calendar_id = calendar_id

    def calendar(self) -> str:
        return self._calendar_id


class _SeedCall(Call):
    """A call whose new calendar gets the id that the seed gives it."""

    named: Ids | None = None
    is_seeding = True

    @property
    def ids(self) -> Ids:
        return self.named or super().ids


class _Planting:
    """One seed on its way into an emulator."""

    def __init__(self, emulator: Emulator, seed: Document) -> None:
        self._emulator = emulator
        self._seed = seed
        self._now = emulator.clock.milliseconds()
        self._seeded = Seeded()

    def run(self) -> Seeded:
        content = self._object((), self._seed.content)
        self._check_names((), content, frozenset({"users", "groups", "calendars", "events"}))
        for section, plant_one in (
            ("users", self._user),
            ("groups", self._group),
            ("calendars", self._calendar),
            ("events", self._event),
        ):
            for number, item in enumerate(self._list((section,), content.get(section))):
                plant_one((section, number), item)
        return self._seeded

    # Users and groups -----------------------------------------------------------------------------------

    def _user(self, place: Place, item: object) -> None:
        fields = {"email": item} if isinstance(item, str) else self._object(place, item)
        self._check_names(place, fields, frozenset({"email", "name", "timeZone", "settings"}))
        settings = self._inner(place, fields, "settings")
        email = self._text(place, fields, "email")
        try:
            self._emulator.users.add(
                email,
                name=self._text(place, fields, "name") if "name" in fields else None,
                time_zone=self._text(place, fields, "timeZone") if "timeZone" in fields else None,
                settings={name: _setting(value) for name, value in settings.items()},
            )
        except ValueError as error:
            raise self._seed.error(place, str(error)) from None
        self._seeded.users.append(email.lower())

    def _group(self, place: Place, item: object) -> None:
        fields = self._object(place, item)
        self._check_names(place, fields, frozenset({"email", "members"}))
        email = self._text(place, fields, "email")
        members = self._list((*place, "members"), fields.get("members"))
        for number, member in enumerate(members):
            if not isinstance(member, str):
                raise self._seed.error((*place, "members", number), "expected an e-mail address")
        try:
            self._emulator.groups.add(email, members)
        except ValueError as error:
            raise self._seed.error(place, str(error)) from None
        self._seeded.groups.append(email.lower())

    # Calendars ------------------------------------------------------------------------------------------

    def _calendar(self, place: Place, item: object) -> None:
        fields = self._object(place, item)
        schema = contract().schemas["Calendar"].properties or {}
        self._check_names(place, fields, frozenset({*schema, "owner", "acl"}))
        body = {name: value for name, value in fields.items() if name not in ("owner", "acl", "id")}
        calendar_id = self._text(place, fields, "id") if "id" in fields else None
        if calendar_id is not None:
            calendar_id = _full_id(calendar_id)
        owner = self._owner(place, fields, calendar_id)
        if calendar_id is None or calendar_id != owner.email:
            calendar_id = self._new_calendar(place, owner, calendar_id, body)
        elif body:
            self._call(place, owner, "PATCH", _path(calendar_id), body)
        rules = self._inner(place, fields, "acl")
        for who, role in rules.items():
            rule = {"scope": _scope(who), "role": role}
            path = _path(calendar_id, "acl")
            query = {"sendNotifications": ["false"]}
            self._call((*place, "acl", who), owner, "POST", path, rule, query)
        self._seeded.calendars.append(calendar_id)

    def _owner(self, place: Place, fields: Resource, calendar_id: str | None) -> User:
        if "owner" in fields:
            return self._account((*place, "owner"), self._text(place, fields, "owner"))
        own = calendar_id and self._emulator.store.users.by_email(calendar_id)
        return own or self._account(place, self._emulator.default_user)

    def _new_calendar(
        self, place: Place, owner: User, calendar_id: str | None, body: Resource
    ) -> str:
        named = None
        if calendar_id is not None:
            if not auth.is_address(calendar_id):
                raise self._seed.error((*place, "id"), f"{calendar_id!r} cannot be a calendar's id")
            if self._emulator.store.calendars.by_id(calendar_id) is not None:
                raise self._seed.error((*place, "id"), f"there is a calendar {calendar_id} already")
            named = _NamedIds(calendar_id)
        made = self._call(place, owner, "POST", "/calendar/v3/calendars", body, named=named)
        made_id: str = made["id"]
        return made_id

    # Events ---------------------------------------------------------------------------------------------

    def _event(self, place: Place, item: object) -> None:
        fields = self._object(place, item)
        schema = contract().schemas["Event"].properties or {}
        self._check_names(place, fields, shorthand.OWN_FIELDS | frozenset(schema))
        calendar_id, user = self._calendar_of(place, fields)
        calendar = self._emulator.store.calendars.by_id(calendar_id)
        if calendar is None:
            raise self._seed.error((*place, "calendar"), f"there is no calendar {calendar_id}")
        try:
            body = shorthand.event_body(fields, calendar.time_zone)
        except ShorthandError as error:
            raise self._seed.error((*place, error.field), str(error)) from None
        path = _path(calendar_id, "events")
        made = self._call(place, user, "POST", path, body, _EVENT_QUERY)
        self._seeded.events.append(made["id"])

    def _calendar_of(self, place: Place, fields: Resource) -> tuple[str, User]:
        """Return the calendar of an event, and who puts it there: its user, else the calendar's owner."""
        user = None
        if "user" in fields:
            user = self._account((*place, "user"), self._text(place, fields, "user"))
        name = self._text(place, fields, "calendar") if "calendar" in fields else "primary"
        if name == "primary":
            user = user or self._account(place, self._emulator.default_user)
            return user.email, user
        calendar_id = _full_id(name)
        if user is None:
            calendar = self._emulator.store.calendars.by_id(calendar_id)
            if calendar is not None:
                user = self._emulator.store.users.by_key(calendar.data_owner)
        return calendar_id, user or self._account(place, self._emulator.default_user)

    # Calls and checks -----------------------------------------------------------------------------------

    def _call(
        self,
        place: Place,
        user: User,
        http_method: str,
        path: str,
        body: Resource,
        query: Mapping[str, list[str]] | None = None,
        *,
        named: Ids | None = None,
    ) -> Resource:
        """Make a call of the API as a user and return its answer."""
        route = routes.find_route(http_method, path)
        try:
            content = msgspec.json.encode(body)
        except TypeError as error:
            raise self._seed.error(place, str(error)) from None
        request = Request(http_method, path, dict(query or {}), {}, content)
        parameters = read_parameters(route.method, route.path, request.query)
        identity = auth.Identity(user)
        call = _SeedCall(self._emulator, request, route.method, identity, parameters, self._now)
        call.named = named
        try:
            answer: Resource = msgspec.json.decode(route.handler(call).text)
        except ApiError as error:
            raise self._seed.error(place, error.message) from None
        return answer

    def _account(self, place: Place, email: str) -> User:
        if not auth.is_address(email):
            raise self._seed.error(place, f"{email!r} is not an e-mail address")
        return accounts.open_account(self._emulator.store, email.lower(), self._now)

    def _object(self, place: Place, value: object) -> Resource:
        if not isinstance(value, dict):
            raise self._seed.error(place, f"expected an object, not {_short(value)}")
        resource = cast("Resource", value)
        for name in resource:
            if not isinstance(cast("object", name), str):
                raise self._seed.error(place, f"expected text for a name, not {name!r}")
        return resource

    def _inner(self, place: Place, fields: Resource, name: str) -> Resource:
        value = fields.get(name)
        return {} if value is None else self._object((*place, name), value)

    def _list(self, place: Place, value: object) -> list[Any]:
        if value is None:
            return []
        try:
            return msgspec.convert(value, list[Any])
        except msgspec.ValidationError:
            raise self._seed.error(place, f"expected a list, not {_short(value)}") from None

    def _text(self, place: Place, fields: Resource, name: str) -> str:
        value = fields.get(name)
        if not isinstance(value, str) or not value:
            raise self._seed.error((*place, name), f"expected text, not {_short(value)}")
        return value

    def _check_names(self, place: Place, fields: Resource, known: frozenset[str]) -> None:
        for name in fields:
            if name not in known:
                raise self._seed.error((*place, name), "there is no such field")


def _full_id(name: str) -> str:
    """Return the id of a calendar; a plain name is one of Google's group calendars."""
    return (name if "@" in name else name + _GROUP_CALENDARS).lower()


def _path(calendar_id: str, *rest: str) -> str:
    return "/".join(("/calendar/v3/calendars", quote(calendar_id, safe="@"), *rest))


def _scope(who: str) -> Resource:
    """Return the scope of a rule: `ann@example.com`, `group:team@example.com`, `domain:example.com` or `default`."""
    kind, colon, value = who.partition(":")
    if colon and kind in _SCOPES:
        return {"type": kind, "value": value}
    return {"type": "default"} if who == "default" else {"type": "user", "value": who}


def _setting(value: object) -> str:
    """Return the text of a setting, which YAML may have read as a number or a truth value."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"
