"""Following what changes: the feed, for those who must not miss anything, and listeners, for those who may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload

from gcsa.mirror import calendar_list, feed
from gcsa.mirror.feed import Change
from gcsa.mirror.listeners import L
from gcsa.mirror.moments import milliseconds
from gcsa.mirror.part import MirrorPart


class Following(MirrorPart):
    """What a mirror tells of changes."""

    def changes(
        self, after: int = 0, limit: int = 1000, *, calendar_id: str | None = None
    ) -> list[Change]:
        """Return what was added, updated and deleted in the copies, in order.

        The feed is kept in the database: a consumer that stores the cursor of the last change that it is done with, and
        asks for what comes after it, sees each change once and misses none, whatever is synchronised meanwhile and by
        whom.

        Args:
            after: The cursor of the last change that was seen; 0 for all.
            limit: How many changes at the most.
            calendar_id: Only those of this calendar.

        Returns:
            The changes; none when there are no more for now.

        Raises:
            ForgottenChangesError: Changes after the cursor were forgotten, see `forget_changes`, or the cursor is not
                one of this feed. Take `cursor()`, read the calendars anew, and go on from that cursor.
            UnknownCalendarError: The calendar is not in the mirror.
        """
        with self._database.reading() as connection:
            if calendar_id is not None:
                calendar_id = calendar_list.find(connection, self._account, calendar_id).id
            return feed.read(
                connection,
                after=after,
                limit=limit,
                account=self._account,
                calendar_id=calendar_id,
            )

    def cursor(self) -> int:
        """Return the cursor of the last change that there was: for who wants to see what changes from now on."""
        with self._database.reading() as connection:
            return feed.end_of(connection)

    @overload
    def forget_changes(self, until: int) -> None: ...
    @overload
    def forget_changes(self, *, before: datetime) -> None: ...
    def forget_changes(self, until: int | None = None, *, before: datetime | None = None) -> None:
        """Forget old changes, of all accounts, when every consumer is done with them; the feed grows otherwise.

        A consumer that is not done with them is told so: `changes` raises `ForgottenChangesError`, and nothing is
        missed in silence.

        Args:
            until: The cursor of the last change to be forgotten; or
            before: when the changes were made that are to be forgotten: those before this time. Without a zone it is
                this machine's.

        Raises:
            TypeError: Not one of the two is given.
        """
        if (until is None) == (before is None):
            raise TypeError("What is to be forgotten? Give a cursor, until=…, or a time, before=…")
        if before is not None:
            with self._database.reading() as connection:
                until = feed.position_before(connection, milliseconds(before.astimezone(UTC)))
        while self._forget_some(until or 0):
            pass

    def _forget_some(self, until: int) -> bool:
        with self._database.writing() as connection:
            return feed.forget_some(connection, until)

    def on_change(self, listener: L) -> L:
        """Have a function called with each `Change` that a synchronisation of this object makes, once it is stored.

        ::

            @mirror.on_change
            def tell(change):
                print(change.kind, change.event)

        Each listener is called in the thread that synchronises; with an asynchronous client that is not the thread of
        the event loop. One that raises is logged, and changes nothing. What a program must not miss when it is
        stopped, or what other programs synchronise, it reads with `changes`.

        Args:
            listener: The function.

        Returns:
            The function, so that this can be used as a decorator.
        """
        return self._listeners.add(listener)
