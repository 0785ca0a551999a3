"""Turning the pages of a listing, and noticing when they go round in a circle."""

from __future__ import annotations

from gcsa.errors import GoogleCalendarError


class PageTurns:
    """Remembers the pages that a listing has asked for.

    A token that comes a second time leads to pages that were read already, and a listing that follows it never ends.

    Args:
        asked: What the listing asks for, such as `GET users/me/calendarList`.
    """

    def __init__(self, asked: str) -> None:
        self._asked = asked
        self._tokens: set[str] = set()

    def on(self, token: str | None) -> str | None:
        """Return the token of the next page, None where there is none.

        Raises:
            GoogleCalendarError: It has come before.
        """
        if token is None:
            return None
        if token in self._tokens:
            raise GoogleCalendarError(
                f"The listing goes round in a circle: after page {len(self._tokens) + 1} comes one that it had before",
                request=self._asked,
            )
        self._tokens.add(token)
        return token
