"""Who belongs together: the users of one e-mail domain are a Google Workspace organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.store import Store

# Addresses of Google's own consumer domains belong to no organization.
_CONSUMER_DOMAINS: Final = frozenset({"gmail.com", "googlemail.com"})
# Rooms, projectors and so on have calendars, but nobody signs in as one.
_ROOM_DOMAIN: Final = "@resource.calendar.google.com"


def domain_of(email: str) -> str:
    """Return the domain of an address, in lower case."""
    return email.rpartition("@")[2].lower()


def is_room(address: str) -> bool:
    """Whether an address is that of a room or another resource of an organization."""
    return address.endswith(_ROOM_DOMAIN)


def is_consumer(email: str) -> bool:
    """Whether an address is one of Google's own for people, which belong to no organization."""
    return domain_of(email) in _CONSUMER_DOMAINS


def is_organization(store: Store, domain: str) -> bool:
    """Whether a domain is that of an organization here: somebody has an address in it."""
    if domain in _CONSUMER_DOMAINS or is_room(f"@{domain}"):
        return False
    return store.users.any_of_domain(domain)


def is_colleague(email: str, other: str) -> bool:
    """Whether two addresses belong to the same organization."""
    domain = domain_of(email)
    return domain == domain_of(other) and domain not in _CONSUMER_DOMAINS


def is_administrator(emulator: Emulator, email: str) -> bool:
    """Whether somebody administers an organization: the emulator's default user does."""
    return email == emulator.default_user and domain_of(email) not in _CONSUMER_DOMAINS
