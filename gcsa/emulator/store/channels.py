"""The push channels that are open, and the notifications that wait to be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class NewChannel(NamedTuple):
    """A push channel that is being opened.

    Attributes:
        id: The id that its user chose.
        user: The user's key.
        watched: 'events', 'acl', 'calendarList' or 'settings'.
        subject: Whose: the key of the calendar (events, acl) or of the user.
        event_types: Only changes of events of these types; None for all. As `|default|focusTime|`.
        resource_id: Google's opaque name of what is watched.
        resource_uri: The address of what is watched.
        address: Where notifications are sent.
        token: What is sent with each of them.
        expiration: When the channel ends, in milliseconds.
    """

    id: str
    user: int
    watched: str
    subject: int
    event_types: str | None
    resource_id: str
    resource_uri: str
    address: str
    token: str | None
    expiration: int


class Channel(NamedTuple):
    """A push channel's row: a NewChannel with its key, and the number of its last message."""

    id: str
    user: int
    watched: str
    subject: int
    event_types: str | None
    resource_id: str
    resource_uri: str
    address: str
    token: str | None
    expiration: int
    messages: int
    key: int


class Notification(NamedTuple):
    """A notification that waits.

    Attributes:
        key: Its key.
        channel: Its channel's key.
        number: Its message number.
        state: 'sync', 'exists' or 'not_exists'.
        attempts: How often it has been tried.
        due: When it is to be tried, in milliseconds; 0 for at once.
    """

    key: int
    channel: int
    number: int
    state: str
    attempts: int
    due: int


_WRITTEN: Final = ", ".join(NewChannel._fields)
_COLUMNS: Final = ", ".join(Channel._fields)
_NOTIFICATION: Final = ", ".join(Notification._fields)


class Channels:
    """The `channels` and `notifications` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Channels -------------------------------------------------------------------------------------------

    def open(self, channel: NewChannel) -> bool:
        """Open a channel, with its first message, `sync`; False when there is one of this id."""
        cursor = self._connection.execute(
            f"INSERT INTO channels ({_WRITTEN}, messages) VALUES ({'?, ' * len(channel)} 1)"
            " ON CONFLICT (id) DO NOTHING RETURNING key",
            channel,
        )
        row = cursor.fetchone()
        if row is None:
            return False
        self._connection.execute(
            "INSERT INTO notifications (channel, number, state) VALUES (?, 1, 'sync')", row
        )
        return True

    def by_id(self, channel_id: str) -> Channel | None:
        """Return the channel of this id."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM channels WHERE id = ?", (channel_id,)
        ).fetchone()
        return None if row is None else Channel._make(row)

    def by_key(self, key: int) -> Channel | None:
        """Return the channel of this key."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM channels WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else Channel._make(row)

    def every(self) -> list[Channel]:
        """Return the channels, in the order in which they were opened."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM channels ORDER BY key")
        return [Channel._make(row) for row in rows]

    def any(self) -> bool:
        """Whether there is a channel."""
        return self._connection.execute("SELECT 1 FROM channels LIMIT 1").fetchone() is not None

    def close(self, key: int) -> None:
        """End a channel; what waits for it is not delivered any more."""
        self._connection.execute("DELETE FROM notifications WHERE channel = ?", (key,))
        self._connection.execute("DELETE FROM channels WHERE key = ?", (key,))

    def expired(self, now: int) -> list[int]:
        """Return the keys of the channels whose time is over."""
        rows = self._connection.execute("SELECT key FROM channels WHERE expiration <= ?", (now,))
        return [row[0] for row in rows]

    # Notifications --------------------------------------------------------------------------------------

    def due(self, now: int) -> list[Notification]:
        """Return the notifications that are to be tried by now, those that wait longest first."""
        rows = self._connection.execute(
            f"SELECT {_NOTIFICATION} FROM notifications WHERE due <= ? ORDER BY due, key", (now,)
        )
        return [Notification._make(row) for row in rows]

    def waiting(self) -> int:
        """Return how many notifications wait, due or not."""
        row = self._connection.execute("SELECT count(*) FROM notifications").fetchone()
        count: int = row[0]
        return count

    def claim(self, notification: Notification, until: int) -> bool:
        """Take a notification to deliver it; False when somebody else has.

        Args:
            notification: As it was read.
            until: When, in milliseconds, it is to be tried again if it is never heard of.
        """
        cursor = self._connection.execute(
            "UPDATE notifications SET due = ?, attempts = attempts + 1"
            " WHERE key = ? AND attempts = ? AND due = ?",
            (until, notification.key, notification.attempts, notification.due),
        )
        return cursor.rowcount == 1

    def retry(self, key: int, due: int) -> None:
        """Note when a notification is to be tried again."""
        self._connection.execute("UPDATE notifications SET due = ? WHERE key = ?", (due, key))

    def done(self, key: int) -> None:
        """Forget a notification."""
        self._connection.execute("DELETE FROM notifications WHERE key = ?", (key,))
