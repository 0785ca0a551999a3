"""The back end of a booking page, with FastAPI: free times of a company's people, and calls with them.

    pip install fastapi uvicorn gcsa
    SERVICE_ACCOUNT=key.json uvicorn --app-dir examples booking:app

The key is that of a service account that may act for the company's users: see docs/authentication.md. The tests are in
`test_booking.py`; with `gcsa emulator` and its own key (docs/emulator.md) the server runs without Google as well.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel

from gcsa.availability import WorkingHours
from gcsa.channel import Channel, UnknownNotificationError, parse_notification
from gcsa.conference import ConferenceSolutionCreateRequest, SolutionType
from gcsa.errors import (
    GoneError,
    GoogleCalendarError,
    NotFoundError,
    RateLimitError,
    ServerError,
    SyncTokenExpiredError,
    TransportError,
)
from gcsa.event import Event, Transparency
from gcsa.google_calendar import AsyncGoogleCalendar

COMPANY = "@example.com"
ZONE = "Europe/Prague"
HOURS = WorkingHours(time(9), time(17), timezone=ZONE)
LENGTH = timedelta(minutes=30)


class Office:
    """What the server keeps while it runs."""

    def __init__(self) -> None:
        self.calendars: dict[str, AsyncGoogleCalendar] = {}
        self.channels: dict[str, Channel] = {}
        self.sync_tokens: dict[str, str | None] = {}
        self.changed: list[str] = []
        # Two who want the same time at once come one after the other. Several server processes need a lock
        # that they share, such as one in their database.
        self.locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def calendar_of(self, person: str) -> AsyncGoogleCalendar:
        """Return the client that acts for one of the company's people."""
        if not person.endswith(COMPANY):
            raise HTTPException(404, f"There is no {person} here.")
        if person not in self.calendars:
            key = os.environ["SERVICE_ACCOUNT"]
            self.calendars[person] = AsyncGoogleCalendar(credentials_path=key, subject=person)
        return self.calendars[person]

    async def close(self) -> None:
        """Stop what was watched, and close the connections."""
        for person, channel in self.channels.items():
            await self.calendars[person].stop_channel(channel)
        for calendar in self.calendars.values():
            await calendar.aclose()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Open the office with the server, and close it in the end."""
    app.state.office = Office()
    yield
    await app.state.office.close()


def the_office(request: Request) -> Office:
    """Return the server's office."""
    office: Office = request.app.state.office
    return office


Here = Annotated[Office, Depends(the_office)]
app = FastAPI(lifespan=lifespan)


@app.exception_handler(GoogleCalendarError)
async def google_refuses(_: Request, error: GoogleCalendarError) -> JSONResponse:
    """Answer for Google: what is gone is not found, what may pass is to be tried later."""
    if isinstance(error, NotFoundError | GoneError):
        return JSONResponse({"detail": "There is no such call."}, 404)
    passes = isinstance(error, RateLimitError | ServerError | TransportError)
    return JSONResponse({"detail": "The calendar does not answer."}, 503 if passes else 502)


class Wish(BaseModel):
    """Who would like to talk, and when."""

    start: AwareDatetime
    guest: str


class Time(BaseModel):
    """When to talk instead."""

    start: AwareDatetime


class Call(BaseModel):
    """What was agreed."""

    id: str | None
    start: datetime
    link: str | None


def agreed(event: Event) -> Call:
    """Return what the page shows of an event."""
    assert isinstance(event.start, datetime)
    return Call(id=event.id, start=event.start, link=event.hangout_link)


async def refuse_taken(
    calendar: AsyncGoogleCalendar, start: datetime, but: str | None = None
) -> None:
    """Answer 409 if something else is on."""
    async for event in calendar.get_events(start, start + LENGTH, single_events=True):
        if event.id != but and event.transparency != Transparency.TRANSPARENT:
            raise HTTPException(409, f"{start:%H:%M} is taken.")


@app.get("/{person}/free")
async def free_times(person: str, day: date, office: Here) -> list[tuple[datetime, datetime]]:
    """List the times of a day at which a call can be booked."""
    midnight = datetime.combine(day, time())
    slots = await office.calendar_of(person).find_free_slots(
        LENGTH,
        time_min=midnight,
        time_max=midnight + timedelta(days=1),
        working_hours=HOURS,
        timezone=ZONE,
    )
    return [(slot.start, slot.end) for slot in slots]


@app.post("/{person}/calls", status_code=201)
async def book(person: str, wish: Wish, office: Here) -> Call:
    """Book a call with a Google Meet, and invite the guest by mail."""
    calendar = office.calendar_of(person)
    event = Event(
        f"Call with {wish.guest}",
        start=wish.start,
        end=wish.start + LENGTH,
        attendees=wish.guest,
        conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET),
    )
    async with office.locks[person]:
        await refuse_taken(calendar, wish.start)
        event = await calendar.add_event(event, send_updates="all")
    return agreed(await calendar.wait_for_conference(event))


@app.patch("/{person}/calls/{call_id}")
async def move(person: str, call_id: str, to: Time, office: Here) -> Call:
    """Move a call; its Meet stays."""
    calendar = office.calendar_of(person)
    async with office.locks[person]:
        await refuse_taken(calendar, to.start, but=call_id)
        return agreed(
            await calendar.patch_event(
                call_id, start=to.start, end=to.start + LENGTH, send_updates="all"
            )
        )


@app.delete("/{person}/calls/{call_id}", status_code=204)
async def cancel(person: str, call_id: str, office: Here) -> None:
    """Cancel a call, and tell the guest."""
    await office.calendar_of(person).delete_event(call_id, send_updates="all")


@app.put("/{person}/watch", status_code=204)
async def watch(person: str, office: Here) -> None:
    """Have Google tell this server when the calendar changes."""
    calendar = office.calendar_of(person)
    if person in office.channels:
        return
    office.sync_tokens[person] = (await calendar.get_event_changes()).next_sync_token
    address = os.environ["PUBLIC_ADDRESS"] + "/notifications"
    office.channels[person] = await calendar.watch_events(address)


@app.post("/notifications", status_code=204)
async def notified(request: Request, office: Here) -> None:
    """Take Google's notification, and find out what has changed."""
    try:
        notification = parse_notification(request.headers, office.channels.values())
    except UnknownNotificationError:
        raise HTTPException(404) from None
    if notification.is_sync:
        return
    person = next(who for who, one in office.channels.items() if one == notification.channel)
    calendar = office.calendar_of(person)
    try:
        changes = await calendar.get_event_changes(office.sync_tokens[person])
    except SyncTokenExpiredError:
        changes = await calendar.get_event_changes()
    office.sync_tokens[person] = changes.next_sync_token
    office.changed += [f"{event.summary}: {event.status}" for event in changes.items]
    office.changed += [f"{event_id}: deleted" for event_id in changes.deleted]


@app.get("/changes")
async def changes(office: Here) -> list[str]:
    """List what has changed since the server runs."""
    return office.changed
