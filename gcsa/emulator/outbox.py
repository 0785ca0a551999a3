"""The mails that Google would have sent, for tests to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, overload

import msgspec

from gcsa.emulator.store.mails import StoredMail

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.rules import Rule

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that Google would have sent.

    Attributes:
        kind: What it is about: 'invitation', 'update' or 'cancellation' of an event, 'response' (of a guest, to its
            organizer), or 'calendarShared'.
        sender: The address of who caused it.
        to: The address that it went to.
        subject: Its subject.
        calendar_id: The id of the calendar that it is about.
        event_id: The id of the event that it is about, if it is about one.
        sent: When, on the emulator's clock.
    """

    kind: str
    sender: str
    to: str
    subject: str
    calendar_id: str
    event_id: str | None
    sent: datetime


class Outbox(Sequence[Mail]):
    """The mails of an emulator, oldest first.

        assert [mail.to for mail in emulator.outbox] == ["ann@example.com"]

    Args:
        store: The database that they are in.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __len__(self) -> int:
        return len(self._mails())

    @overload
    def __getitem__(self, index: int) -> Mail: ...

    @overload
    def __getitem__(self, index: slice) -> list[Mail]: ...

    def __getitem__(self, index: int | slice) -> Mail | list[Mail]:
        return self._mails()[index]

    def __repr__(self) -> str:
        return f"<Outbox {self._mails()!r}>"

    def to(self, address: str) -> list[Mail]:
        """Return the mails that went to an address."""
        return [mail for mail in self._mails() if mail.to == address.lower()]

    def clear(self) -> None:
        """Forget all mails."""
        with self._store.writing():
            self._store.mails.clear()

    def _mails(self) -> list[Mail]:
        with self._store.reading():
            stored = self._store.mails.all()
        return [
            Mail(
                mail.kind,
                mail.sender,
                mail.recipient,
                mail.subject,
                mail.calendar,
                mail.event,
                _EPOCH + timedelta(milliseconds=mail.sent),
            )
            for mail in stored
        ]


def send_sharing(call: Call, calendar: CalendarRow, rule: Rule) -> None:
    """Tell somebody that a calendar was shared with them.

    Args:
        call: The call that shares it.
        calendar: The calendar.
        rule: The rule, which is for a user or a group.
    """
    fields: Resource = msgspec.json.decode(calendar.resource)
    call.store.mails.add(
        StoredMail(
            sent=call.now,
            kind="calendarShared",
            sender=call.user.email,
            recipient=rule.id.partition(":")[2],
            subject=f'{call.user.email} has shared a calendar called "{fields["summary"]}" with you',
            calendar=calendar.id,
        )
    )
