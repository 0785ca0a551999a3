"""Following what changes: the feed, for those who must not miss anything, and listeners, for those who may."""

from __future__ import annotations

from gcsa.mirror import calendar_list, feed
from gcsa.mirror.feed import Change
from gcsa.mirror.listeners import L
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
            ForgottenChangesError: Changes after the cursor were forgotten, see `forget_changes`.
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

    def forget_changes(self, until: int) -> None:
        """Forget old changes, of all accounts, when every consumer is done with them; the feed grows otherwise.

        Args:
            until: The cursor of the last change to be forgotten.
        """
        with self._database.writing() as connection:
            feed.forget(connection, until)

    def on_change(self, listener: L) -> L:
        """Have a function called with each `Change` that a synchronisation of this object makes, once it is stored.

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
