"""A week's calendar in five minutes, without an account: `make demo` runs this.

It talks to an emulator inside this process. Against Google itself only the first lines of `main` differ:
`calendar = GoogleCalendar()` in place of the emulator and its client.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolution, ConferenceSolutionCreateRequest, SolutionType
from gcsa.emulator import Emulator
from gcsa.event import Event
from gcsa.recurrence import FR, MO, WE, WEEKLY, Recurrence
from gcsa.reminders import EmailReminder, PopupReminder

PRAGUE = ZoneInfo("Europe/Prague")


def status(event: Event) -> str:
    """Say how far an event's conference is."""
    return str(event.conference_solution and event.conference_solution.status)


def main() -> None:
    """Create, wait, copy, repeat and list."""
    today = datetime.now(PRAGUE).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today + timedelta(days=7 - today.weekday())

    with Emulator() as emulator, emulator.client("me@example.com") as calendar:
        emulator.users.add("me@example.com", time_zone="Europe/Prague")

        print("1. A meeting with guests, reminders and a request for a Google Meet")
        kickoff = calendar.add_event(
            Event(
                "Project kick-off",
                start=monday.replace(hour=10),
                end=monday.replace(hour=11, minute=30),
                timezone="Europe/Prague",
                location="Room 5",
                attendees=["ann@example.com", Attendee("bob@example.com", optional=True)],
                reminders=[
                    PopupReminder(minutes_before_start=10),
                    EmailReminder(days_before=1, at=time(18)),
                ],
                conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET),
            )
        )
        print(f"   {kickoff}")
        print(f"   guests:     {', '.join(guest.email or '' for guest in kickoff.attendees)}")
        print(f"   conference: {status(kickoff)}")

        print("2. Google makes conferences asynchronously; wait for it")
        kickoff = calendar.wait_for_conference(kickoff)
        print(f"   conference: {status(kickoff)}")
        conference = kickoff.conference_solution
        assert isinstance(conference, ConferenceSolution)
        for entry_point in conference.entry_points:
            pin = f" (PIN {entry_point.pin})" if entry_point.pin else ""
            print(f"   {entry_point.entry_point_type or '':<11} {entry_point.uri}{pin}")

        print("3. The same conference on a second event: copied with its signature")
        retro = calendar.add_event(
            Event(
                "Retrospective",
                start=monday.replace(hour=15) + timedelta(days=3),
                timezone="Europe/Prague",
                conference_solution=conference,
            )
        )
        print(f"   {retro}: {retro.hangout_link}")
        assert retro.conference_solution == conference

        print("4. A weekly event")
        standup = calendar.add_event(
            Event(
                "Stand-up",
                start=monday.replace(hour=9),
                end=monday.replace(hour=9, minute=15),
                timezone="Europe/Prague",
                recurrence=Recurrence.rule(freq=WEEKLY, by_week_day=[MO, WE, FR]),
            )
        )
        print(f"   {standup.recurrence[0]}")

        print("5. The week's agenda")
        day = None
        for event in calendar[monday : monday + timedelta(days=7) : "startTime"]:
            assert isinstance(event.start, datetime)
            assert isinstance(event.end, datetime)
            if event.start.date() != day:
                day = event.start.date()
                print(f"   {day:%A %d %B}")
            meet = f"  {event.hangout_link}" if event.hangout_link else ""
            print(f"     {event.start:%H:%M}–{event.end:%H:%M}  {event.summary}{meet}")


if __name__ == "__main__":
    main()
