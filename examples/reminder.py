"""What is on tomorrow, and which invitations wait for an answer: printed, or mailed.

    python examples/reminder.py                                              # prints it
    SMTP_HOST=mail.example.com python examples/reminder.py me@example.com    # mails it; for a cron job

The first time it asks for your consent in a browser. To try it without an account, run `gcsa emulator` in another
terminal, and set GOOGLE_CALENDAR_EMULATOR_HOST to its address.
"""

from __future__ import annotations

import os
import smtplib
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

from gcsa.attendee import ResponseStatus
from gcsa.event import Event
from gcsa.google_calendar import GoogleCalendar

MONTH = timedelta(days=30)


def own_answer(event: Event) -> str | None:
    """Return what the calendar's owner answered; None for an event without guests."""
    return next((guest.response_status for guest in event.attendees if guest.is_self), None)


def line(event: Event) -> str:
    """Describe an event in one line."""
    time = f"{event.start:%H:%M}" if isinstance(event.start, datetime) else "all day"
    place = event.hangout_link or event.location
    return f"{time}  {event.summary}" + (f"  ({place})" if place else "")


def letter(calendar: GoogleCalendar) -> Iterator[str]:
    """Say what there is to say, line by line."""
    today = calendar.now().date()
    tomorrow = today + timedelta(days=1)
    yield f"Tomorrow, {tomorrow:%A %d %B}"
    for event in calendar.get_events(
        tomorrow, tomorrow + timedelta(days=1), order_by="startTime", single_events=True
    ):
        if own_answer(event) != ResponseStatus.DECLINED:
            yield f"  {line(event)}"

    # A series is one invitation, so here it is one event.
    waiting = [
        event
        for event in calendar.get_events(today, today + MONTH)
        if own_answer(event) == ResponseStatus.NEEDS_ACTION
    ]
    if waiting:
        yield "Waiting for your answer"
    for event in waiting:
        host = event.organizer.email if event.organizer else "somebody"
        yield f"  {event.start:%d %B}  {line(event)}, from {host}"


def send(text: str, address: str) -> None:
    """Mail a text from somebody to themselves."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = text.splitlines()[0], address, address
    mail.set_content(text)
    with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ.get("SMTP_PORT", "25"))) as server:
        server.send_message(mail)


def main() -> None:
    """Print the letter, or mail it to the address that is given."""
    with GoogleCalendar(read_only=True) as calendar:
        text = "\n".join(letter(calendar))
    if len(sys.argv) > 1:
        send(text, sys.argv[1])
    else:
        print(text)


if __name__ == "__main__":
    main()
