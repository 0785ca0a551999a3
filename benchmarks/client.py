"""The client beside its peers: listing, writing JSON, inserting, importing, and memory while streaming.

    python benchmarks/client.py

Each figure stands beside named peers and a floor that were measured in the same run. Times are processor times, which
depend little on what else the machine does, but for inserting, which is about waiting. Ours reads an event's attributes
when they are looked at, so listing is measured three times: without looking, looking at what an agenda shows, and
looking at everything. The original gcsa 2.7.0 is installed from PyPI into a virtual environment of its own, in the
user's cache directory, the first time.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import platformdirs
from _table import figure

from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolutionCreateRequest, SolutionType
from gcsa.emulator import Clock, Emulator, Request
from gcsa.event import Event
from gcsa.reminders import PopupReminder
from gcsa.serializers.event_serializer import EventSerializer
from gcsa.transport.request import encode_body

ORIGINAL = "gcsa==2.7.0"
FLOOR = "bare msgspec decoding (floor)"
PAGE = 250
PAGES = 40
INSERTS = 500
LATENCY = 0.05
START = datetime(2026, 3, 2, 9, tzinfo=UTC)

ATTRIBUTES = (
    "summary",
    "start",
    "end",
    "timezone",
    "event_id",
    "description",
    "location",
    "recurrence",
    "color_id",
    "visibility",
    "attendees",
    "attachments",
    "conference_solution",
    "reminders",
    "default_reminders",
    "transparency",
    "guests_can_invite_others",
    "guests_can_modify",
    "guests_can_see_other_guests",
    "creator",
    "organizer",
    "created",
    "updated",
    "recurring_event_id",
)
AGENDA = ("summary", "start", "end", "attendees")
LOOKING = {
    "": (),
    ", and looking at title, start, end and guests": AGENDA,
    ", and looking at every attribute": ATTRIBUTES,
}


def page_of_events() -> bytes:
    """Return a page of 250 events as Google sends it: guests, reminders, some conferences and series."""
    clock = Clock.frozen(START)
    with Emulator(seed=1, clock=clock) as emulator, emulator.client() as calendar:
        calendar.add_events(
            Event(
                f"Meeting number {number}",
                start=START + timedelta(hours=number),
                timezone="Europe/Prague",
                description="What there is to say about it, in a sentence or two. " * 3,
                location="Room 5, Prague",
                attendees=[
                    Attendee(f"guest{guest}@example.com", display_name=f"Guest {guest}")
                    for guest in range(number % 4)
                ],
                reminders=[PopupReminder(10)] if number % 2 else None,
                recurrence="RRULE:FREQ=WEEKLY;COUNT=10" if number % 10 == 0 else None,
                conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
                if number % 3 == 0
                else None,
            )
            for number in range(PAGE)
        )
        clock.advance(60)  # by then the conferences are made
        where = f"/calendar/v3/calendars/primary/events?maxResults={PAGE}&prettyPrint=false"
        who = [("Authorization", "Bearer me@example.com")]
        return emulator.handle(Request.of("GET", where, who)).body


def best(run: Callable[[], object], rounds: int = 5) -> float:
    """Return the processor time of the fastest of several rounds, in seconds."""
    return best_of([run], rounds)[0]


def best_of(runs: list[Callable[[], object]], rounds: int) -> list[float]:
    """Return the processor time of the fastest round of each, in seconds; the rounds alternate."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for taken, run in zip(times, runs, strict=True):
            began = time.process_time()
            run()
            taken.append(time.process_time() - began)
    return [min(taken) for taken in times]


def touch(event: Any, names: tuple[str, ...]) -> None:
    """Look at attributes of an event."""
    for name in names:
        getattr(event, name)


def reading(page: Path) -> None:
    """Compare turning the bytes of 10,000 events into objects."""
    data = page.read_bytes()

    def floor() -> None:
        for _ in range(PAGES // 4):
            msgspec.json.decode(data)

    def ours(names: tuple[str, ...]) -> Callable[[], None]:
        def run() -> None:
            for _ in range(PAGES // 4):
                for event in EventSerializer.page_from_bytes(data).items:
                    touch(event, names)

        return run

    bare, *times = best_of([floor, *(ours(names) for names in LOOKING.values())], 12)
    events = PAGE * PAGES // 4
    print(f"Reading a page, events of {len(data) // PAGE:,} bytes, µs of processor time an event:")
    print(f"  {FLOOR:<52} {bare / events * 1e6:8.1f}")
    for how, seconds in zip(LOOKING, times, strict=True):
        print(
            f"  {'ours' + how:<52} {seconds / events * 1e6:8.1f} {seconds / bare:6.1f}x the floor"
        )
        figure(
            f"making objects of a page's bytes{how}",
            f"{seconds / events * 1e6:.1f} µs an event",
            f"{FLOOR}: {bare / events * 1e6:.1f} µs",
            seconds / bare,
            at_most=None if how else 2.5,
        )


def writing(page: Path) -> None:
    """Compare making JSON of events: of new ones, of ones that were read and changed, and the bytes that are sent."""
    read = EventSerializer.page_from_bytes(page.read_bytes()).items
    changed = EventSerializer.page_from_bytes(page.read_bytes()).items
    for event in changed:
        event.summary = "Changed"
    new = [new_event(number) for number in range(PAGE)]

    def of_each(write: Callable[[Event], object], events: list[Event]) -> Callable[[], None]:
        def run() -> None:
            for event in events:
                write(event)

        return run

    to_json = EventSerializer.to_json
    # One after the other, as in the process of the original: taking turns, each would find the caches full of others'.
    floor, *ours = (
        best_of([run], 30)[0]
        for run in (
            of_each(by_hand, new),
            of_each(to_json, new),
            of_each(to_json, read),
            of_each(to_json, changed),
            of_each(lambda event: encode_body(to_json(event)), new),
        )
    )
    theirs = json.loads(original("writing", str(page)))
    print("Making JSON of an event, µs of processor time:")
    print(f"  {'a new event, its dicts written by hand (floor)':<52} {floor / PAGE * 1e6:8.1f}")
    for (what, aim), mine, other in zip(WRITTEN.items(), ours, theirs, strict=True):
        print(
            f"  {what:<52} {mine / PAGE * 1e6:8.1f}   {other / mine:5.1f}x faster than the original"
        )
        figure(
            what,
            f"{mine / PAGE * 1e6:.1f} µs",
            f"{ORIGINAL}: {other / PAGE * 1e6:.1f} µs",
            other / mine,
            at_least=aim,
        )
    figure(
        "`to_json` of a new event",
        f"{ours[0] / PAGE * 1e6:.1f} µs",
        f"its dicts written by hand (floor): {floor / PAGE * 1e6:.1f} µs",
        ours[0] / floor,
    )


WRITTEN = {
    "`to_json` of a new event": 2,
    "`to_json` of an event that was read": 2,
    "`to_json` of an event that was read and changed": 2,
    "the bytes that are sent of a new event, by `to_json`": None,
}


def by_hand(event: Event) -> dict[str, object]:
    """Return the JSON of one of our new events, and of no other: what any program has to do at least."""
    assert event.start is not None
    assert event.end is not None
    return {
        "summary": event.summary,
        "start": {"dateTime": event.start.isoformat(), "timeZone": event.timezone},
        "end": {"dateTime": event.end.isoformat(), "timeZone": event.timezone},
        "recurrence": [],
        "visibility": event.visibility,
        "attendees": [{"email": attendee.email} for attendee in event.attendees],
        "attachments": [],
        "reminders": {
            "useDefault": event.default_reminders,
            "overrides": [
                {"method": reminder.method, "minutes": reminder.minutes_before_start}
                for reminder in event.reminders
            ],
        },
        "guestsCanInviteOthers": event.guests_can_invite_others,
        "guestsCanModify": event.guests_can_modify,
        "guestsCanSeeOtherGuests": event.guests_can_see_other_guests,
        "description": event.description,
        "location": event.location,
    }


def new_event(number: int) -> Event:
    """Return an event as a program makes it."""
    return Event(
        f"Meeting number {number}",
        start=START + timedelta(hours=number),
        end=START + timedelta(hours=number + 1),
        timezone="Europe/Prague",
        description="What there is to say about it.",
        location="Room 5, Prague",
        attendees=[Attendee("guest@example.com"), Attendee("another@example.com")],
        reminders=[PopupReminder(10)],
    )


def listing(page: Path) -> None:
    """Compare listing 10,000 events over HTTP: each client in a process of its own, from the same server."""
    with serving(page) as address:
        rows = {
            f"ours{how}": float(own(f"list{index}", address)) for index, how in enumerate(LOOKING)
        }
        rows["gcal-sync"] = float(own("gcal-sync", address))
        rows[ORIGINAL] = float(original("listing", address))
    events = PAGE * PAGES
    print(f"Listing {events:,} events over HTTP, µs of the client's processor time an event:")
    for name, seconds in rows.items():
        print(
            f"  {name:<52} {seconds / events * 1e6:8.1f}"
            f"   {rows[ORIGINAL] / seconds:6.1f}x faster than the original,"
            f" {rows['gcal-sync'] / seconds:5.1f}x than gcal-sync"
        )
    for how in LOOKING:
        for peer, aim in ((ORIGINAL, 10), ("gcal-sync", 4)):
            figure(
                f"listing {events:,} events over HTTP{how}",
                f"{rows[f'ours{how}'] / events * 1e6:.1f} µs an event",
                f"{peer}: {rows[peer] / events * 1e6:.1f} µs",
                rows[peer] / rows[f"ours{how}"],
                at_least=None if how else aim,
            )


@contextmanager
def serving(page: Path) -> Iterator[str]:
    """Serve a page, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, __file__, "--serve", str(page)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def own(what: str, argument: str) -> str:
    """Run a measurement in a process of its own, and return what it prints."""
    done = subprocess.run(
        [sys.executable, __file__, f"--{what}", argument],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def serve(page: Path) -> None:
    """Answer every request with the page; of forty in a row, only the last has no next one."""
    data = page.read_bytes().lstrip()[1:]
    requests = itertools.count(1)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):  # the client is done
            while await reader.readuntil(b"\r\n\r\n"):
                number = next(requests)
                more = b'{"nextPageToken":"%d",' % number if number % PAGES else b"{"
                head = (
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    f"Content-Length: {len(more) + len(data)}\r\n\r\n"
                )
                writer.write(head.encode() + more + data)

    async def run() -> None:
        server = await asyncio.start_server(connect, "127.0.0.1", 0)
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()

    asyncio.run(run())


def list_with_ours(address: str, names: tuple[str, ...]) -> None:
    """List the served events, three times, and print the processor time of the fastest."""
    import google.oauth2.credentials

    from gcsa.google_calendar import GoogleCalendar

    calendar = GoogleCalendar(
        credentials=google.oauth2.credentials.Credentials(token="me@example.com"),
        api_endpoint=address,
    )

    def run() -> None:
        count = 0
        for event in calendar.get_events():
            touch(event, names)
            count += 1
        assert count == PAGE * PAGES

    print(best(run, 3))


def list_with_gcal_sync(address: str) -> None:
    """Do the same with gcal-sync."""
    import aiohttp
    from gcal_sync.api import GoogleCalendarService, ListEventsRequest
    from gcal_sync.auth import AbstractAuth

    class Auth(AbstractAuth):
        async def async_get_access_token(self) -> str:
            return "me@example.com"

    async def script() -> None:
        async with aiohttp.ClientSession() as session:
            service = GoogleCalendarService(Auth(session, f"{address}/calendar/v3"))
            times = []
            for _ in range(2):
                began = time.process_time()
                count = 0
                async for result in await service.async_list_events(
                    ListEventsRequest(calendar_id="primary", start_time=START)
                ):
                    count += len(result.items)
                times.append(time.process_time() - began)
                assert count == PAGE * PAGES
            print(min(times))

    asyncio.run(script())


def inserting() -> None:
    """Compare inserting 500 events over 50 ms of latency."""
    with Emulator() as emulator:
        address = emulator.serve()
        port = int(address.rpartition(":")[2])
        with Relay(port, LATENCY / 2) as relay:
            theirs = float(original("inserting", f"http://127.0.0.1:{relay.port}"))
            import google.oauth2.credentials

            from gcsa.google_calendar import GoogleCalendar

            with GoogleCalendar(
                credentials=google.oauth2.credentials.Credentials(token="me@example.com"),
                api_endpoint=f"http://127.0.0.1:{relay.port}",
            ) as calendar:
                events = [Event(f"{n}", start=START + timedelta(hours=n)) for n in range(INSERTS)]
                began = time.perf_counter()
                calendar.add_events(events)
                ours = time.perf_counter() - began
    print(f"Inserting {INSERTS} events over {LATENCY * 1000:.0f} ms of latency:")
    print(
        f"  ours, add_events       {ours:7.2f} s   {theirs / ours:5.1f}x faster than the original"
    )
    print(f"  {ORIGINAL:<22} {theirs:7.2f} s")
    figure(
        f"inserting {INSERTS} events over {LATENCY * 1000:.0f} ms of latency, with `add_events`",
        f"{ours:.2f} s",
        f"{ORIGINAL}, one by one: {theirs:.1f} s",
        theirs / ours,
        at_least=25,
    )


IMPORTS = (
    # what, and the milliseconds that it may take
    ("import gcsa", 15),
    ("from gcsa.conference import ConferenceSolution", 60),
    (CLIENT_IMPORT := "from gcsa.google_calendar import GoogleCalendar", None),
)
FIRST_CALL = """
import sys
from google.oauth2.credentials import Credentials
from gcsa.google_calendar import GoogleCalendar
calendar = GoogleCalendar(credentials=Credentials(token="me@example.com"), api_endpoint=sys.argv[1])
assert next(iter(calendar.get_events())).summary
"""


def importing(page: Path) -> None:
    """Compare import times, and what it takes from there to the answer of a first call."""
    theirs_bare = cost_of(original_python(), "pass")
    theirs = cost_of(original_python(), CLIENT_IMPORT) - theirs_bare
    bare = cost_of(sys.executable, "pass")
    print("Importing, ms of processor time over a bare interpreter:")
    for statement, aim in IMPORTS:
        ours = cost_of(sys.executable, statement) - bare
        print(f"  {statement:<48} {ours * 1000:6.1f}   {ours / theirs:5.2f}x the original's client")
        if aim is not None:
            figure(
                f"`{statement}`",
                f"{ours * 1000:.1f} ms",
                "a bare interpreter, which is taken off",
                ours * 1000,
                unit="ms",
                at_most=aim,
            )
        else:
            figure(
                f"`{statement}`",
                f"{ours * 1000:.0f} ms",
                f"{ORIGINAL}, the same line: {theirs * 1000:.0f} ms",
                ours / theirs,
                at_most=0.5,
            )
    print(f"  {ORIGINAL}, its GoogleCalendar {theirs * 1000:26.1f}")
    one = page.with_name("one.json")
    one.write_bytes(msgspec.json.encode({**json.loads(page.read_bytes()), "items": [ONE_EVENT]}))
    with serving(one) as address:
        ours = cost_of(sys.executable, FIRST_CALL, address) - bare
        code = their_program()
        theirs = cost_of(original_python(), code, "first", address) - theirs_bare
    print(
        f"  from there to a first event, all together        {ours * 1000:6.1f}"
        f"   {ours / theirs:5.2f}x the original's"
    )
    figure(
        "a script that imports the client and lists one event, from start to end",
        f"{ours * 1000:.0f} ms",
        f"{ORIGINAL}: {theirs * 1000:.0f} ms",
        ours / theirs,
    )


ONE_EVENT = {
    "id": "one",
    "summary": "One",
    "start": {"dateTime": "2026-03-02T09:00:00Z"},
    "end": {"dateTime": "2026-03-02T10:00:00Z"},
}


def cost_of(python: str, statement: str, *arguments: str) -> float:
    """Return the processor time of running a statement in a new interpreter, in seconds."""
    costs = []
    for _ in range(15):
        command = [python, "-I", "-c", statement, *arguments]
        process = os.posix_spawn(python, command, os.environ)
        _, status, used = os.wait4(process, 0)
        assert status == 0
        costs.append(used.ru_utime + used.ru_stime)
    return min(costs)


def streaming(page: Path) -> None:
    """Compare the peak memory of streams of different lengths."""
    peaks = {
        count: int(
            subprocess.run(
                [sys.executable, __file__, "--stream", str(page), str(count)],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for count in (10_000, 100_000)
    }
    print("Peak memory of iterating over a listing, MiB:")
    for count, peak in peaks.items():
        print(f"  {count:>7,} events {peak / 1024:8.1f}   {peak / peaks[10_000]:.2f}x")
    figure(
        "peak memory of iterating over 100,000 events",
        f"{peaks[100_000] / 1024:.0f} MiB",
        f"over 10,000: {peaks[10_000] / 1024:.0f} MiB",
        peaks[100_000] / peaks[10_000],
        at_most=1.05,
    )


def stream(page: Path, count: int) -> None:
    """Iterate over so many events, and print the process's peak memory in KiB."""
    import resource

    import google.oauth2.credentials
    import httpx2

    from gcsa.google_calendar import GoogleCalendar

    data = page.read_bytes()
    left = count // PAGE

    def answer(_: httpx2.Request) -> httpx2.Response:
        nonlocal left
        left -= 1
        token = b'{"nextPageToken": "%d", ' % left if left else b"{"
        return httpx2.Response(200, content=token + data.lstrip()[1:])

    calendar = GoogleCalendar(
        credentials=google.oauth2.credentials.Credentials(token="me@example.com"),
        api_endpoint="http://calendar.emulator",
        transport=httpx2.MockTransport(answer),
    )
    seen = sum(1 for event in calendar.get_events() if event.summary)
    if seen != count:
        raise SystemExit(f"{seen} events instead of {count}")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


class Relay:
    """Passes connections on to a local port, each way a little later: a network's latency."""

    def __init__(self, target: int, delay: float) -> None:
        self._target, self._delay = target, delay
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Relay:
        self._thread.start()
        opened = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._connect, "127.0.0.1", 0), self._loop
        )
        self._server = opened.result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", self._target)
        with suppress(asyncio.CancelledError):  # at the end
            await asyncio.gather(self._pump(reader, there[1]), self._pump(there[0], writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        try:
            while data := await reader.read(65536):
                loop.call_later(self._delay, writer.write, data)
        except (ConnectionError, asyncio.CancelledError):
            pass
        loop.call_later(self._delay, writer.close)


THEIRS = """
import json, sys, time
from datetime import datetime, timedelta, timezone
what, argument = sys.argv[1:]
start = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
if what == "writing":
    from gcsa.attendee import Attendee
    from gcsa.event import Event
    from gcsa.reminders import PopupReminder
    from gcsa.serializers.event_serializer import EventSerializer
    with open(argument, "rb") as file:
        items = json.load(file)["items"]
    read, changed = ([EventSerializer.to_object(item) for item in items] for _ in range(2))
    for event in changed:
        event.summary = "Changed"
    new = [
        Event(
            f"Meeting number {number}",
            start=start + timedelta(hours=number),
            end=start + timedelta(hours=number + 1),
            timezone="Europe/Prague",
            description="What there is to say about it.",
            location="Room 5, Prague",
            attendees=[Attendee("guest@example.com"), Attendee("another@example.com")],
            reminders=[PopupReminder(10)],
        )
        for number in range(PAGE)
    ]
    found = []
    to_json = EventSerializer.to_json
    for events, write in (
        (new, to_json), (read, to_json), (changed, to_json), (new, lambda event: json.dumps(to_json(event)))
    ):
        times = []
        for _ in range(30):
            began = time.process_time()
            for event in events:
                write(event)
            times.append(time.process_time() - began)
        found.append(min(times))
    print(json.dumps(found))
else:
    import functools
    from googleapiclient import discovery
    discovery.build = functools.partial(
        discovery.build, client_options={"api_endpoint": argument + "/calendar/v3/"}, static_discovery=True
    )
    from google.oauth2.credentials import Credentials
    from gcsa.event import Event
    from gcsa.google_calendar import GoogleCalendar
    calendar = GoogleCalendar(credentials=Credentials(token="them@example.com"), save_token=False)
    if what == "first":
        assert next(iter(calendar.get_events(start))).summary
    elif what == "listing":
        times = []
        for _ in range(2):
            began = time.process_time()
            count = sum(1 for event in calendar.get_events(start))
            times.append(time.process_time() - began)
            assert count == EVENTS, count
        print(min(times))
    else:
        began = time.perf_counter()
        for number in range(COUNT):
            calendar.add_event(Event(str(number), start=start + timedelta(hours=number)))
        print(time.perf_counter() - began)
"""


def their_program() -> str:
    """Return the program that runs in the original's environment."""
    code = THEIRS.replace("COUNT", str(INSERTS)).replace("EVENTS", str(PAGE * PAGES))
    return code.replace("PAGE", str(PAGE))


def original_python() -> str:
    """Return the interpreter of the original's environment, made when it is not there."""
    home = Path(platformdirs.user_cache_dir("gcsa-benchmarks")) / ORIGINAL.replace("==", "-")
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", ORIGINAL], check=True)
        (home / "ready").touch()
    return str(python)


def original(what: str, argument: str) -> str:
    """Run a measurement in the original's environment, and return what it prints."""
    done = subprocess.run(
        [original_python(), "-I", "-c", their_program(), what, argument],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.json"
        page.write_bytes(page_of_events())
        listing(page)
        reading(page)
        writing(page)
        inserting()
        importing(page)
        streaming(page)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--stream", page, count]:
            stream(Path(page), int(count))
        case ["--serve", page]:
            serve(Path(page))
        case ["--list0" | "--list1" | "--list2" as which, address]:
            list_with_ours(address, list(LOOKING.values())[int(which[-1])])
        case ["--gcal-sync", address]:
            list_with_gcal_sync(address)
        case _:
            main()
