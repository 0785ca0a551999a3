"""Many events brought onto a calendar, so that it can be interrupted and repeated without storing any of them twice.

They are imported by their iCalendar id, under which a calendar has an event only once. What has been done is written
down, and left out when an interrupted transfer is started again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from gcsa.errors import GoogleCalendarError
from gcsa.event import Event

if TYPE_CHECKING:
    from gcsa.google_calendar import GoogleCalendar

# As many calls as one batch has.
AT_ONCE = 50
# What is taken over from a single changed instance.
_CHANGEABLE = (
    "summary", "start", "end", "description", "location", "attendees", "color_id", "transparency", "visibility",
)  # fmt: skip


class Journal:
    """What has been done of a transfer, in a file that is there until the transfer is complete.

    Args:
        folder: Where the files are.
        name: Tells the transfer from others.
    """

    def __init__(self, folder: Path, *name: str) -> None:
        digest = hashlib.sha256("\0".join(name).encode()).hexdigest()
        self._path = folder / f"transfer-{digest[:32]}.txt"
        self.done: dict[str, str] = {}
        if self._path.exists():
            lines = self._path.read_text("utf-8").splitlines(keepends=True)
            # The last line may have been cut off.
            whole = (line.rstrip("\n").split("\t") for line in lines if line.endswith("\n"))
            self.done = {parts[0]: parts[1] for parts in whole if len(parts) == 2}

    def add(self, done: Iterable[tuple[str, str]]) -> None:
        """Write down what is done: keys, and the ids of the events that were stored."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            for key, event_id in done:
                self.done[key] = event_id
                file.write(f"{key}\t{event_id}\n")

    def finish(self) -> None:
        """Forget the transfer: it is complete."""
        self._path.unlink(missing_ok=True)


@attrs.frozen
class Report:
    """What became of a transfer.

    Args:
        stored: How many events were stored now.
        skipped: How many had been stored before the transfer was interrupted.
        failures: Those that could not be stored, and why.
    """

    stored: int
    skipped: int
    failures: list[tuple[Event, Exception]]


def transfer(
    events: Sequence[Event],
    client: GoogleCalendar,
    calendar_id: str,
    journal: Journal,
    progress: Callable[[int], object],
) -> Report:
    """Bring events onto a calendar.

    Args:
        events: The events; single changed or cancelled instances after their series.
        client: The client.
        calendar_id: Where they go.
        journal: What has been done before.
        progress: Called with the number of events that are done further.
    """
    whole = [event for event in events if not _is_instance(event)]
    instances = [event for event in events if _is_instance(event)]
    ids = {key.split(" ")[0]: event_id for key, event_id in journal.done.items()}
    failures: list[tuple[Event, Exception]] = []
    left = [event for event in whole if key_of(event) not in journal.done]
    progress(len(whole) - len(left))
    for place in range(0, len(left), AT_ONCE):
        some = left[place : place + AT_ONCE]
        for event, outcome in zip(some, _import(some, client, calendar_id), strict=True):
            if isinstance(outcome, Exception):
                failures.append((event, outcome))
                continue
            ids[uid_of(event)] = outcome
            journal.add([(key_of(event), outcome)])
        progress(len(some))
    stored = len(left) - len(failures)
    for event in instances:
        if key_of(event) not in journal.done:
            try:
                _change_instance(event, ids.get(uid_of(event)), client, calendar_id)
            except (GoogleCalendarError, ValueError, TypeError) as error:
                failures.append((event, error))
            else:
                journal.add([(key_of(event), "-")])
                stored += 1
        progress(1)
    if not failures:
        journal.finish()
    return Report(stored, len(events) - stored - len(failures), failures)


def uid_of(event: Event) -> str:
    """Return an event's iCalendar id; one made of what the event says where it has none."""
    if event.ical_uid:
        return "".join(event.ical_uid.split())
    said = f"{event.summary}\0{event.start}\0{event.end}\0{event.timezone}\0{event.recurrence}"
    return f"{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}@gcsa"


def key_of(event: Event) -> str:
    """Return what tells an event, in the state that it is in, from others."""
    original = event.original_start_time
    version = event.etag or (event.updated.isoformat() if event.updated else "")
    return (
        " ".join(f"{uid_of(event)} {original.isoformat() if original else ''} {version}".split(" "))
        .replace("\t", "")
        .replace("\n", "")
    )


def _is_instance(event: Event) -> bool:
    return event.original_start_time is not None


def _import(
    events: Sequence[Event], client: GoogleCalendar, calendar_id: str
) -> list[str | Exception]:
    with client.batch() as batch:
        futures = [batch.import_event(_copied(event), calendar_id) for event in events]
    outcomes: list[str | Exception] = []
    for future in futures:
        error = future.exception()
        if error is None:
            outcomes.append(future.result().event_id or "")
        elif isinstance(error, Exception):
            outcomes.append(error)
        else:
            raise error
    return outcomes


def _copied(event: Event) -> Event:
    """Return an event as it is imported: under its iCalendar id, and without the id that it has elsewhere."""
    from gcsa.serializers.event_serializer import EventSerializer

    said: dict[str, Any] = EventSerializer.to_json(event)
    for key in ("id", "etag", "recurringEventId", "htmlLink", "kind"):
        said.pop(key, None)
    return EventSerializer.to_object({**said, "iCalUID": uid_of(event)})


def _change_instance(
    event: Event, series_id: str | None, client: GoogleCalendar, calendar_id: str
) -> None:
    if series_id is None:
        raise ValueError("The series of this changed event is not among those that are brought.")
    original: date | datetime | None = event.original_start_time
    if event.status == "cancelled":
        # It raises where the series has no such instance: it was cancelled before, and that is what is wanted.
        with suppress(ValueError):
            client.cancel_instance(series_id, original, calendar_id=calendar_id)
        return
    changes = {name: getattr(event, name) for name in _CHANGEABLE}
    if isinstance(event.start, datetime) and event.timezone:
        changes["timezone"] = event.timezone
    client.update_instance(series_id, original, calendar_id=calendar_id, **changes)
