"""Giving and taking roles on calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import access, calendar_lists, ids
from gcsa.emulator.store.rules import Rule

if TYPE_CHECKING:
    from gcsa.emulator.store import Store


def set_role(store: Store, calendar: int, rule_id: str, role: str, now: int) -> Rule:
    """Give a role to those whom a rule is for; 'none' deletes the rule.

    Args:
        store: The database.
        calendar: The calendar's key.
        rule_id: Google's id, such as `user:me@example.com`.
        role: The role.
        now: The time, in milliseconds.
    """
    before = store.rules.get(calendar, rule_id)
    rule = Rule(
        calendar,
        rule_id,
        role,
        ids.next_version(now, 0 if before is None else before.version),
        store.rules.last_change(calendar) + 1,
    )
    store.rules.put(rule)
    if before is not None and access.rank(role) < access.rank(before.role):
        take_off_lists(store, calendar, now)
    return rule


def take_off_lists(store: Store, calendar_key: int, now: int) -> None:
    """Take a calendar off the lists of those who may not see it any more."""
    calendar = store.calendars.by_key(calendar_key)
    if calendar is None:
        return
    for entry in store.lists.of_calendar(calendar_key):
        user = store.users.by_key(entry.user)
        if user is None or access.role_of(store, user, calendar) == "none":
            calendar_lists.take_off(store, entry, now)
