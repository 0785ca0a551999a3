"""E-mail addresses as people write them: one by one, or several with commas."""

from __future__ import annotations

from collections.abc import Iterable

from gcsa.cli.failure import Misunderstanding


def parse_addresses(given: Iterable[str] | None) -> list[str]:
    """Return the addresses in several texts.

    Raises:
        Misunderstanding: Something is no address.
    """
    addresses = [
        one.strip() for several in given or () for one in several.split(",") if one.strip()
    ]
    for address in addresses:
        name, at, domain = address.rpartition("@")
        if not (name and at and "." in domain) or " " in address:
            raise Misunderstanding(
                f"{address!r} is no e-mail address.", "Write it as ann@example.com."
            )
    return addresses
