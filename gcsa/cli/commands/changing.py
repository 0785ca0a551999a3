"""Changing what is on: `add`, `quick`, `edit`, `move`, `delete`, `respond`, `meet`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gcsa.cli.command import command
from gcsa.cli.commands.viewing import EventWords, OnDay, pick
from gcsa.cli.desk import Desk

if TYPE_CHECKING:
    from gcsa.calendar import CalendarListEntry
    from gcsa.cli.sources import Found
    from gcsa.conference import ConferenceSolutionCreateRequest
    from gcsa.event import Event
    from gcsa.reminders import Reminder

At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="WHEN",
        help="When it starts, such as 'tomorrow 12:30'; a day alone is all day.",
    ),
]
For = Annotated[
    str | None,
    typer.Option("--for", metavar="LENGTH", help="How long it lasts, such as 45m, 1h30 or 2d."),
]
Where = Annotated[str | None, typer.Option("--where", metavar="PLACE", help="Where it is.")]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with", metavar="E-MAIL", help="Invite somebody; several with commas, or repeated."
    ),
]
Meet = Annotated[bool, typer.Option("--meet", help="Add a Google Meet.")]
Repeat = Annotated[
    str | None,
    typer.Option(
        "--repeat",
        metavar="HOW",
        help="How often, such as weekly, weekdays or 'daily until 1 may'.",
    ),
]
Remind = Annotated[
    list[str] | None,
    typer.Option(
        "--remind",
        metavar="BEFORE",
        help="Such as 10m or 'email 1d'; none for none; may be repeated.",
    ),
]
About = Annotated[str | None, typer.Option("--about", metavar="TEXT", help="The description.")]
Color = Annotated[
    str | None,
    typer.Option(
        "--color", metavar="COLOR", help="Such as tomato, basil or peacock; an id 1 to 11."
    ),
]
Free = Annotated[bool, typer.Option("--free", help="It takes no time: one is available then.")]
Private = Annotated[bool, typer.Option("--private", help="Only guests see what it is.")]
Tell = Annotated[
    Literal["all", "external", "none"],
    typer.Option("--tell", help="Which guests are told by mail."),
]
Series = Annotated[bool, typer.Option("--series", help="The whole series, not one instance of it.")]
Following = Annotated[
    bool, typer.Option("--following", help="This instance of a series and all that follow it.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

MODES = {"all": "all", "external": "externalOnly", "none": "none"}


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    command(app, "add", lists=True)(add)
    command(app, "quick", lists=True)(quick)
    command(app, "edit", lists=True)(edit)
    command(app, "move", lists=True)(move)
    command(app, "delete")(delete)
    command(app, "respond", lists=True)(respond)
    command(app, "meet", lists=True)(meet)


def add(
    desk: Desk,
    summary: Annotated[str, typer.Argument(metavar="SUMMARY", help="What it is.")],
    at: At = None,
    for_: For = None,
    where: Where = None,
    with_: With = None,
    meet: Meet = False,
    repeat: Repeat = None,
    remind: Remind = None,
    about: About = None,
    color: Color = None,
    free: Free = False,
    private: Private = False,
    tell: Tell = "none",
) -> None:
    """Add an event."""
    from gcsa.cli.addresses import parse_addresses
    from gcsa.cli.failure import Misunderstanding
    from gcsa.cli.repeats import parse_repeat
    from gcsa.event import Event

    if not summary.strip():
        raise Misunderstanding("What is it?", "Give it a name, such as gcsa add Lunch --at noon")
    start = _start(at, desk)
    calendar = desk.calendar
    reminders = _reminders(remind)
    event = Event(
        summary,
        start,
        start + _length(for_, start),
        timezone=desk.timezone if isinstance(start, datetime) else None,
        location=where,
        description=about,
        attendees=parse_addresses(with_),
        recurrence=parse_repeat(repeat, start, desk.now) if repeat else None,
        color_id=_color(color),
        reminders=reminders,
        default_reminders=reminders is None,
        transparency="transparent" if free else None,
        visibility="private" if private else "default",
        conference_solution=_request_for_meet() if meet else None,
    )
    client = desk.client
    stored = client.add_event(event, MODES[tell], calendar.calendar_id)
    if meet:
        stored = client.wait_for_conference(stored, calendar_id=calendar.calendar_id)
    _tell(desk, "Added", stored, calendar)


def quick(
    desk: Desk,
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE", help="Such as 'Lunch with Ann tomorrow at 12:30'.")
    ],
    tell: Tell = "none",
) -> None:
    """Add an event that a sentence describes.

    Google reads the time from it, in English or the language of the calendar.
    """
    from gcsa.cli.failure import Misunderstanding

    if not sentence.strip():
        raise Misunderstanding("What is it?", "Such as: gcsa quick 'Lunch tomorrow at 12:30'")
    calendar = desk.calendar
    stored = desk.client.add_quick_event(sentence, MODES[tell], calendar.calendar_id)
    _tell(desk, "Added", stored, calendar)


def edit(
    desk: Desk,
    event: EventWords,
    on: OnDay = None,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="TEXT", help="What it is.")
    ] = None,
    at: At = None,
    for_: For = None,
    where: Where = None,
    with_: With = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="E-MAIL",
            help="Take a guest off; several with commas, or repeated.",
        ),
    ] = None,
    repeat: Repeat = None,
    remind: Remind = None,
    about: About = None,
    color: Color = None,
    free: Annotated[
        bool | None, typer.Option("--free/--busy", help="Whether it takes time.")
    ] = None,
    series: Series = False,
    following: Following = False,
    tell: Tell = "none",
) -> None:
    """Change an event; what is not named stays.

    An empty text clears what it is given for. Of a series it is one instance, with --following that and all later
    ones, with --series the whole.
    """
    from gcsa.cli.failure import Misunderstanding

    client = desk.client
    found = _meant(desk, event, on, series=series, following=following)
    if repeat is not None and found.event.is_recurring_instance and not following:
        # How often it repeats is said of a series alone.
        found = pick(desk, found.event.event_id or "", series=True)
    changes: dict[str, Any] = {}
    if summary is not None:
        changes["summary"] = summary
    if where is not None:
        changes["location"] = where or None
    if about is not None:
        changes["description"] = about or None
    if color is not None:
        changes["color_id"] = _color(color)
    if free is not None:
        changes["transparency"] = "transparent" if free else "opaque"
    if remind is not None:
        changes |= _changed_reminders(remind)
    changes |= _changed_times(desk, found.event, at, for_)
    changes |= _changed_guests(found.event, with_, without)
    if repeat is not None:
        changes |= _changed_repetition(desk, found.event, repeat, changes)
    if not changes:
        raise Misunderstanding(
            "Nothing is to be changed.", "Say what, such as --at 'friday 14:00'."
        )
    calendar_id = found.calendar.calendar_id
    if following:
        stored = client.update_following(
            found.event, send_updates=MODES[tell], calendar_id=calendar_id, **changes
        )
    else:
        stored = client.patch_event(
            found.event,
            send_updates=MODES[tell],
            calendar_id=calendar_id,
            if_unchanged=True,
            **changes,
        )
    _tell(desk, "Changed", stored, found.calendar)


def move(
    desk: Desk,
    event: EventWords,
    to: Annotated[
        str,
        typer.Option("--to", metavar="CALENDAR", help="The calendar to move it to, by id or name."),
    ],
    on: OnDay = None,
    tell: Tell = "none",
) -> None:
    """Move an event to another calendar.

    A series moves as a whole.
    """
    from gcsa.cli.failure import Failure
    from gcsa.cli.records import name_of

    client = desk.client
    found = pick(desk, event, on)
    destination = desk.calendar_named(to)
    if destination.calendar_id == found.calendar.calendar_id:
        raise Failure(
            f"{_described(found.event, desk)} is on {name_of(destination)} already.",
            "Say with --calendar which one is to be moved.",
        )
    series_id = found.event.recurring_event_id
    stored = client.move_event(
        series_id or found.event,
        destination.calendar_id or "",
        MODES[tell],
        found.calendar.calendar_id,
    )
    _tell(desk, "Moved", stored, destination)


def delete(
    desk: Desk,
    event: EventWords,
    on: OnDay = None,
    series: Series = False,
    following: Following = False,
    yes: Yes = False,
    tell: Tell = "none",
) -> None:
    """Delete an event, or one instance of a series.

    With --following it is that instance and all later ones, with --series the whole series. Asks first.
    """
    client = desk.client
    found = _meant(desk, event, on, series=series, following=following)
    calendar_id = found.calendar.calendar_id
    what = _described(found.event, desk) + (", and all that follow it" if following else "")
    desk.confirm(f"Delete {what}?", yes=yes)
    if following:
        client.cancel_following(found.event, send_updates=MODES[tell], calendar_id=calendar_id)
    else:
        client.delete_event(found.event, MODES[tell], calendar_id)
    desk.say(f"Deleted {what}.")


def respond(
    desk: Desk,
    answer: Annotated[
        Literal["yes", "no", "maybe"],
        typer.Argument(
            metavar="ANSWER", help="Whether you come: yes, no or maybe.", show_default=False
        ),
    ],
    event: EventWords,
    on: OnDay = None,
    comment: Annotated[
        str | None, typer.Option("--comment", metavar="TEXT", help="A note to the organizer.")
    ] = None,
    series: Series = False,
    tell: Tell = "none",
) -> None:
    """Answer an invitation."""
    from gcsa.cli.failure import Failure
    from gcsa.cli.invitations import own_response

    client = desk.client
    found = pick(desk, event, on, series=series)
    if own_response(found.event) is None:
        raise Failure(
            f"You are no guest of {_described(found.event, desk)}.",
            "Only who is invited can answer.",
        )
    status = {"yes": "accepted", "no": "declined", "maybe": "tentative"}[answer]
    stored = client.respond(
        found.event,
        status,
        comment,
        send_updates=MODES[tell],
        calendar_id=found.calendar.calendar_id,
    )
    _tell(desk, f"Answered {answer} to", stored, found.calendar)


def meet(desk: Desk, event: EventWords, on: OnDay = None, series: Series = False) -> None:
    """Add a Google Meet to an event and print how to join.

    A conference that is there stays.
    """
    from gcsa.cli.failure import Failure
    from gcsa.cli.records import EVENT_FIELDS, event_record, join_link
    from gcsa.cli.sources import Found

    client = desk.client
    found = pick(desk, event, on, series=series)
    stored, calendar_id = found.event, found.calendar.calendar_id
    if join_link(stored) is None:
        stored = client.patch_event(
            stored, calendar_id=calendar_id, conference_solution=_request_for_meet()
        )
        stored = client.wait_for_conference(stored, calendar_id=calendar_id)
    if join_link(stored) is None:
        raise Failure("Google could not make the conference.", "Try again in a minute.")
    now = Found(stored, found.calendar)

    def paint() -> None:
        from gcsa.cli.painting import conference_lines

        for line in conference_lines(stored):
            desk.line(line)

    desk.give(event_record(now, desk.zone), EVENT_FIELDS, paint)


def _meant(desk: Desk, words: str, on: str | None, *, series: bool, following: bool) -> Found:
    """Return the event that is meant; with `following`, the first instance of those that are."""
    from gcsa.cli.failure import Failure, Misunderstanding

    if series and following:
        raise Misunderstanding("It is either --series or --following.")
    found = pick(desk, words, on, series=series)
    if following and found.event.recurrence:
        raise Failure(
            "This is the id of the whole series.",
            "Give the id of an instance, or words and --on; or --series for all of it.",
        )
    if following and not found.event.is_recurring_instance:
        raise Failure("This event does not repeat: nothing follows it.", "Leave --following out.")
    return found


def _tell(desk: Desk, what: str, event: Event, calendar: CalendarListEntry) -> None:
    """Print what became of an event: a sentence; its id alone where silence is asked for; or its record."""
    import sys

    from gcsa.cli.records import EVENT_FIELDS, event_record, join_link
    from gcsa.cli.sources import Found

    def paint() -> None:
        if desk.choices.quiet:
            sys.stdout.write(f"{event.event_id}\n")
            return
        desk.say(f"{what} {_described(event, desk)}")
        desk.say(f"  id    {event.event_id}")
        link = join_link(event)
        if link:
            desk.say(f"  join  {link}")

    desk.give(event_record(Found(event, calendar), desk.zone), EVENT_FIELDS, paint)


def _described(event: Event, desk: Desk) -> str:
    from gcsa.cli.plain_text import one_line
    from gcsa.cli.wording import when_text

    kind = "the series " if event.recurrence else ""
    return f"{kind}{one_line(event.summary) or '(no title)'}, {when_text(event, desk.zone)}"


def _start(at: str | None, desk: Desk) -> date | datetime:
    from gcsa.cli.failure import Misunderstanding
    from gcsa.cli.moments import parse_moment

    if at is None:
        raise Misunderstanding("When is it?", "Say so with --at, such as --at 'tomorrow 12:30'.")
    return parse_moment(at, desk.now)


def _length(length: str | None, start: date | datetime) -> timedelta:
    from gcsa.cli.failure import Misunderstanding
    from gcsa.cli.lengths import parse_length

    if length is None:
        return timedelta(hours=1) if isinstance(start, datetime) else timedelta(days=1)
    lasts = parse_length(length)
    if not isinstance(start, datetime) and lasts % timedelta(days=1):
        raise Misunderstanding(
            f"What begins on a day cannot last {length}.",
            "Give --at a time of day, or --for whole days.",
        )
    return lasts


def _changed_times(
    desk: Desk, event: Event, at: str | None, length: str | None
) -> dict[str, object]:
    from gcsa.cli.failure import Failure
    from gcsa.cli.wording import local

    if at is None and length is None:
        return {}
    if event.start is None or event.end is None:
        raise Failure("The event has no time that could be changed.")
    before = local(event.start, event.timezone, desk.zone)
    start = _start(at, desk) if at is not None else before
    if length is not None or isinstance(start, datetime) != isinstance(before, datetime):
        lasts = _length(length, start)
    else:
        lasts = _lasted(event)
    changes: dict[str, object] = {"start": start, "end": start + lasts}
    if isinstance(start, datetime):
        changes["timezone"] = event.timezone or desk.timezone
    return changes


def _lasted(event: Event) -> timedelta:
    """Return how long an event lasts, by the clock and not by the wall where the two differ."""
    from gcsa.event_time import moment

    if event.start is None or event.end is None:
        return timedelta(0)
    start = moment(event.start, event.timezone if isinstance(event.start, datetime) else "UTC")
    end = moment(
        event.end,
        (event.end_timezone or event.timezone) if isinstance(event.end, datetime) else "UTC",
    )
    return end.astimezone(UTC) - start.astimezone(UTC)


def _changed_guests(
    event: Event, added: list[str] | None, removed: list[str] | None
) -> dict[str, object]:
    from gcsa.attendee import Attendee
    from gcsa.cli.addresses import parse_addresses
    from gcsa.cli.failure import Failure

    if not added and not removed:
        return {}
    gone = {address.lower() for address in parse_addresses(removed)}
    there = {(guest.email or "").lower() for guest in event.attendees}
    unknown = gone - there
    if unknown:
        raise Failure(f"No guest of this event: {', '.join(sorted(unknown))}.")
    stay = [guest for guest in event.attendees if (guest.email or "").lower() not in gone]
    new = [Attendee(one) for one in parse_addresses(added) if one.lower() not in there]
    return {"attendees": [*stay, *new]}


def _changed_reminders(remind: list[str]) -> dict[str, object]:
    return {"reminders": _reminders(remind) or [], "default_reminders": False}


def _changed_repetition(
    desk: Desk, event: Event, repeat: str, changes: dict[str, object]
) -> dict[str, object]:
    from gcsa.cli.repeats import parse_repeat

    if repeat in ("", "never", "none"):
        return {"recurrence": None}
    start = changes.get("start", event.start)
    begins = start if isinstance(start, date) else desk.now
    return {"recurrence": [parse_repeat(repeat, begins, desk.now)]}


def _reminders(given: list[str] | None) -> list[Reminder] | None:
    from gcsa.cli.alerts import parse_reminder

    if given is None:
        return None
    return [] if given == ["none"] else [parse_reminder(one) for one in given]


def _color(name: str | None) -> str | None:
    from gcsa.cli.colors import EVENT_NAMES, EVENTS
    from gcsa.cli.failure import Misunderstanding

    if not name:
        return None
    color_id = EVENT_NAMES.get(name.lower(), name)
    if color_id not in EVENTS:
        raise Misunderstanding(
            f"There is no colour {name!r}.", f"There are {', '.join(EVENT_NAMES)}."
        )
    return color_id


def _request_for_meet() -> ConferenceSolutionCreateRequest:
    from gcsa.conference import ConferenceSolutionCreateRequest, SolutionType

    return ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
