"""calendars.transferOwnership: a secondary calendar gets another data owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import accounts, auth, calendar_lists, ids, organization, sharing
from gcsa.emulator.answer import NO_CONTENT, Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.users import User


@method("calendar.calendars.transferOwnership")
def transfer_ownership(call: Call) -> Answer:
    """Give a secondary calendar of the organization to another of its users; only an administrator may.

    The one before stays among the calendar's owners, whose role is another thing than its data owner's.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/transferOwnership
    """
    if not call.parameters.flag("useAdminAccess"):
        # "This method currently only supports admin access, thus only true is accepted for this field."
        raise ApiError.invalid(location="useAdminAccess")
    if not organization.is_administrator(call.emulator, call.user.email):
        raise ApiError.forbidden()
    store, calendar = call.store, _calendar(call)
    user = _new_data_owner(call)
    if user.key == calendar.data_owner:
        return NO_CONTENT
    store.calendars.set_data_owner(
        calendar.key, user.key, ids.next_version(call.now, calendar.version)
    )
    store.reminders.change_owner(calendar.key, calendar.data_owner, user.key)
    sharing.set_role(store, calendar.key, f"user:{user.email}", "owner", call.now)
    entry = store.lists.get(user.key, calendar.key)
    if entry is None or entry.deleted:
        # Calendars that one owns are on one's list: https://cli.nylas.com/guides/google-calendar-ownership-changes
        own = calendar_lists.next_colors(store, user.key)
        calendar_lists.put(store, user.key, calendar.key, own, call.now)
    return NO_CONTENT


def _calendar(call: Call) -> CalendarRow:
    calendar = call.store.calendars.by_id(call.parameters.required("calendarId").lower())
    if calendar is None or calendar.deleted:
        # "Transferring disabled or deleted calendars isn't supported."
        raise ApiError.not_found()
    owner = call.store.users.by_key(calendar.data_owner)
    if owner is None or not organization.is_colleague(call.user.email, owner.email):
        raise ApiError.not_found()
    if calendar.is_primary:
        raise ApiError.invalid("Only secondary calendars can be transferred.")
    return calendar


def _new_data_owner(call: Call) -> User:
    email = call.parameters.required("newDataOwner").lower()
    if (
        not auth.is_address(email)
        or not organization.is_colleague(call.user.email, email)
        or call.store.groups.exists(email)
    ):
        raise ApiError.invalid(location="newDataOwner")
    return accounts.open_account(call.store, email, call.now)
