"""What a guest may change of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.invitations.copies import FOLLOWING, PRIVATE

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# "Shared properties (for example, guestsCanInviteOthers, guestsCanModify, or guestsCanSeeOtherGuests) can only be set
# by the organizer."  https://developers.google.com/workspace/calendar/api/guides/errors#403_forbidden_for_non-organizer
_ORGANIZERS: Final = frozenset(
    {
        "anyoneCanAddSelf",
        "guestsCanInviteOthers",
        "guestsCanModify",
        "guestsCanSeeOtherGuests",
    }
)
# What is looked at by itself, or is not for a guest to say at all.
_NOT_COMPARED: Final = (
    PRIVATE
    | frozenset(FOLLOWING)
    | {
        "attendees",
        "attendeesOmitted",
        "etag",
        "extendedProperties",
        "sequence",
        "source",
        "updated",
    }
)


def shared_changes(before: Resource, after: Resource) -> frozenset[str]:
    """Return the fields in which a guest's copy differs from before, and which all copies have in common.

    Args:
        before: The copy as it was.
        after: The copy as its owner would have it.
    """
    left, right = ordered(before), ordered(after)
    names = (left.keys() | right.keys()) - _NOT_COMPARED
    changed = {name for name in names if left.get(name) != right.get(name)}
    if _shared(left) != _shared(right):
        changed.add("extendedProperties")
    return frozenset(changed)


def _shared(resource: Resource) -> Resource:
    properties: Resource = resource.get("extendedProperties", {}).get("shared", {})
    return properties


def check_guest(event: Resource, changes: frozenset[str], added: bool, removed: bool) -> None:
    """Check that a guest may change an event.

    Args:
        event: The organizer's event.
        changes: The fields that all copies have in common and that would change.
        added: Whether guests would be added.
        removed: Whether guests would be removed.

    Raises:
        ApiError: 403 `forbiddenForNonOrganizer`.
    """
    if event.get("guestsCanModify") is True:
        is_allowed = changes.isdisjoint(_ORGANIZERS)
    else:
        may_invite = event.get("guestsCanInviteOthers") is not False
        is_allowed = not changes and not removed and (may_invite or not added)
    if not is_allowed:
        raise ApiError.forbidden_for_non_organizer()
