"""What a user may do on a calendar: the one function that every method asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.users import User

# Each role may do what the ones before it may. https://developers.google.com/workspace/calendar/api/concepts/sharing
ROLES = ("none", "freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
_RANK = {role: rank for rank, role in enumerate(ROLES)}


def rank(role: str) -> int:
    """Return a number that is greater for a role that may do more."""
    return _RANK[role]


class Access(NamedTuple):
    """A calendar, and the role that a user has on it."""

    calendar: CalendarRow
    role: str

    def allows(self, role: str) -> bool:
        """Whether the user's role is at least this one."""
        return _RANK[self.role] >= _RANK[role]


def require(store: Store, user: User, calendar_id: str, role: str) -> Access:
    """Return the calendar and the user's role on it, which is at least the one required.

    Args:
        store: The database.
        user: Who asks.
        calendar_id: The calendar's id, or 'primary' for the user's own.
        role: The least role that will do.

    Raises:
        ApiError: 404 for a calendar that is not there or not to be seen, 403 for a lesser role.
    """
    calendar = find(store, user, calendar_id)
    access = Access(calendar, role_of(store, user, calendar))
    if access.allows(role):
        return access
    if access.role == "none":
        raise ApiError.not_found()
    raise ApiError.access_level_required("writer" if role.startswith("writer") else role)


def find(store: Store, user: User, calendar_id: str) -> CalendarRow:
    """Return the calendar of this id, whatever the user may do on it.

    Raises:
        ApiError: 404, there is none.
    """
    calendar = store.calendars.by_id(
        user.email if calendar_id == "primary" else calendar_id.lower()
    )
    if calendar is None or calendar.deleted:
        raise ApiError.not_found()
    return calendar


def role_of(store: Store, user: User, calendar: CalendarRow) -> str:
    """Return the role that a user has on a calendar: the highest that one of its rules gives."""
    if calendar.data_owner == user.key:
        return "owner"
    return max(store.rules.roles_of(calendar.key, user.email), key=rank, default="none")
