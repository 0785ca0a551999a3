"""How fast the emulator is, each figure beside a floor that was measured in the same run.

    python benchmarks/emulator.py

The peer is a public emulator of the same calls, npm's `emulate`, as its own command runs it.
The served figures are of `python -m gcsa emulator` on a core of its own, over one connection, its database on disk, by
the clock; on Linux also by the processor time that the server used, which is what a core can do when nothing else
needs it. The others are of calls in process, in processor time. Each is the best of many rounds, which alternate with
those of its floor.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import _node_emulator as node
from _table import figure

from gcsa.emulator import Clock, Emulator, Request

EVENTS = "/calendar/v3/calendars/primary/events"
HEADERS = {"Authorization": "Bearer me@example.com", "Content-Type": "application/json"}
EVENT = {
    "summary": "Planning meeting",
    "description": "What we do next, and who does it.",
    "start": {"dateTime": "2026-03-02T09:00:00+01:00", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2026-03-02T10:00:00+01:00", "timeZone": "Europe/Prague"},
    "attendees": [{"email": "you@example.com"}, {"email": "they@example.com"}],
}
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
# Of single inserts beside the other emulator, for each kind of event; together they are the 5,000 that are listed.
# It allows a token 5,000 calls an hour, and takes any for its default user's, so each round there has one of its own.
ROUNDS, INSERTS = 10, 250
# Google indents its JSON unless it is told not to, and so do we; the other emulator never does.
COMPACT = "prettyPrint=false"

# What a server that does nothing costs: uvicorn, with the emulator's settings, and an answer of an event's size.
BARE_SERVER = """
import sys, uvicorn
from starlette.routing import Router
from gcsa.emulator.serving import listen
async def answer(scope, receive, send):
    while (await receive()).get("more_body"): pass
    await send({"type": "http.response.start", "status": 200, "headers": [
        (b"content-type", b"application/json"), (b"content-length", b"900")]})
    await send({"type": "http.response.body", "body": b"x" * 900})
listener = listen("127.0.0.1", 0)
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(
    Router(default=answer), lifespan="off", ws="none", log_level="critical", access_log=False, server_header=False,
)).run([listener])
"""


class Connection:
    """One connection to a server, and nothing that costs time on this side of it."""

    def __init__(self, url: str) -> None:
        self._host = url.removeprefix("http://")
        host, _, port = self._host.rpartition(":")
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def request(
        self, path: str, body: bytes, headers: dict[str, str], method: str = "POST"
    ) -> bytes:
        sent = {"Host": self._host, "Content-Length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def send(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._socket.recv(1 << 16)
        head, _, body = received.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), received
        if b"\r\ntransfer-encoding: chunked" in head.lower():
            return self._rest_of_chunks(body)
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._socket.recv(1 << 16)
        return body

    def _rest_of_chunks(self, received: bytes) -> bytes:
        # Every chunk ends with a line's end, the last one with two; no JSON has one within.
        while not received.endswith(b"0\r\n\r\n"):
            received += self._socket.recv(1 << 20)
        body = b""
        while received[:1] != b"0":
            size, _, received = received.partition(b"\r\n")
            body += received[: int(size, 16)]
            received = received[int(size, 16) + 2 :]
        return body


class Server:
    """A server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.url = url
        self._tasks = Path(f"/proc/{process.pid}/task")

    def processor_time(self) -> float:
        """The seconds that it has been on a processor; 0 where that cannot be known."""
        if not self._tasks.exists():
            return 0.0
        return (
            sum(int((task / "schedstat").read_text().split()[0]) for task in self._tasks.iterdir())
            / 1e9
        )


@contextmanager
def serving(*command: str, alone: bool = True):
    """Run a server, on a core of its own if it is to be alone there."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    try:
        if alone and (cores := spare_cores()):
            os.sched_setaffinity(process.pid, {cores[0]})
        line = process.stdout.readline()
        yield Server(process, line[line.index("http://") :].strip())
    finally:
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
        process.wait()


def spare_cores() -> list[int]:
    """The cores besides the first one, which this program stays on; none where that cannot be said."""
    if not hasattr(os, "sched_setaffinity"):
        return []
    cores = sorted(os.sched_getaffinity(0))
    return cores[1:]


def seconds(action, times: int, clock) -> float:
    """How long an action takes, when it is done so often."""
    start = clock()
    for _ in range(times):
        action()
    return (clock() - start) / times


def best(*actions, times: int, rounds: int, clock=time.process_time) -> list[float]:
    """The best time of each action in seconds, in rounds that alternate."""
    taken = [[seconds(action, times, clock) for action in actions] for _ in range(rounds)]
    return [min(times_of_one) for times_of_one in zip(*taken, strict=True)]


def batch_of(calls: int) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a batch of inserts."""
    content = json.dumps(EVENT)
    part = (
        "--b\r\nContent-Type: application/http\r\nContent-ID: <{number}>\r\n\r\n"
        f"POST {EVENTS} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{content}}\r\n"
    )
    parts = [part.format(number=number, content=content) for number in range(calls)]
    body = "".join([*parts, "--b--\r\n"]).encode()
    return body, {**HEADERS, "Content-Type": "multipart/mixed; boundary=b"}


class BareTable:
    """What SQLite alone costs: one table of ids and texts, on disk, each transaction committed."""

    def __init__(self, path: Path, text: str) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("CREATE TABLE events (id TEXT PRIMARY KEY, resource TEXT NOT NULL)")
        self._text = text

    def insert(self, rows: int) -> None:
        execute = self._database.execute
        execute("BEGIN IMMEDIATE")
        for _ in range(rows):
            execute("INSERT INTO events VALUES (?, ?)", (os.urandom(13).hex(), self._text))
        execute("COMMIT")

    def first(self, rows: int) -> str:
        found = self._database.execute("SELECT resource FROM events LIMIT ?", (rows,))
        return f"[{','.join(row[0] for row in found)}]"


def inserts(folder: Path) -> None:
    database = str(folder / "served.db")
    command = ("-m", "gcsa", "emulator", "--port", "0", "--database", database)
    with serving(*command) as server, serving("-c", BARE_SERVER) as bare_server:
        emulator, bare = Connection(server.url), Connection(bare_server.url)
        single = emulator.request(EVENTS, json.dumps(EVENT).encode(), HEADERS)
        bare_single = bare.request(EVENTS, json.dumps(EVENT).encode(), HEADERS)
        table = BareTable(folder / "bare.db", emulator.send(single).decode())
        ours, served, stored = best(
            lambda: emulator.send(single),
            lambda: bare.send(bare_single),
            lambda: table.insert(1),
            times=300,
            rounds=15,
            clock=time.perf_counter,
        )
        (used,) = best(
            lambda: emulator.send(single), times=200, rounds=15, clock=server.processor_time
        )
        line("single inserts over HTTP, one connection", f"{1 / ours:,.0f}/s", "aim 1,500/s")
        by_processor_time(used, 1)
        floor("a bare uvicorn application", f"{1 / served:,.0f}/s", ours / served)
        floor("a bare sqlite3 insert and commit", f"{1 / stored:,.0f}/s", ours / stored)
        figure(
            "emulator: single inserts over HTTP",
            f"{1 / ours:,.0f}/s",
            f"uvicorn alone (floor): {1 / served:,.0f}/s; a commit of sqlite3 alone: {1 / stored:,.0f}/s",
            ours / served,
        )

        body, headers = batch_of(50)
        batch = emulator.request("/batch/calendar/v3", body, headers)
        assert emulator.send(batch).count(b"HTTP/1.1 200 OK") == 50
        ours, stored = best(
            lambda: emulator.send(batch),
            lambda: table.insert(50),
            times=10,
            rounds=20,
            clock=time.perf_counter,
        )
        (used,) = best(
            lambda: emulator.send(batch), times=10, rounds=15, clock=server.processor_time
        )
        line("inserts in batches of 50 over HTTP", f"{50 / ours:,.0f}/s", "aim 5,000/s")
        by_processor_time(used, 50)
        floor("bare sqlite3 inserts, 50 to a commit", f"{50 / stored:,.0f}/s", ours / stored)
        figure(
            "emulator: inserts in batches of 50 over HTTP",
            f"{50 / ours:,.0f}/s",
            f"sqlite3 alone, 50 to a commit (floor): {50 / stored:,.0f}/s",
            ours / stored,
        )


def beside_node(folder: Path) -> None:
    """The same requests to both emulators, each as its command runs it, in rounds that alternate."""
    command = ("-m", "gcsa", "emulator", "--port", "0")
    on_disk = ("--database", str(folder / "beside.db"))
    try:
        with (
            serving(*command, *on_disk, alone=False) as server,
            serving(*command, alone=False) as in_memory,
            node.served() as (process, url),
        ):
            duel({"on disk": server, "in memory": in_memory, node.NAME: Server(process, url)})
    except node.NotHereError as reason:
        line(f"beside {node.NAME}", "not measured", str(reason))
        figure(f"emulator: beside {node.NAME}", "", f"not measured: {reason}", 0, at_least=1)


def duel(servers: dict[str, Server]) -> None:
    connections = {name: Connection(server.url) for name, server in servers.items()}
    bodies = {
        "plain events": {name: value for name, value in EVENT.items() if name != "attendees"},
        "events with two guests": EVENT,
    }
    for what, event in bodies.items():
        body = json.dumps(event).encode()
        times: dict[str, list[float]] = {name: [] for name in servers}
        used: dict[str, list[float]] = {name: [] for name in servers}
        for round_ in range(ROUNDS):
            for name, connection in connections.items():
                token = f"{what}{round_}" if name == node.NAME else "me@example.com"
                headers = HEADERS | {"Authorization": f"Bearer {token}"}
                request = connection.request(f"{EVENTS}?{COMPACT}", body, headers)
                begun = servers[name].processor_time()
                times[name].append(
                    seconds(partial(connection.send, request), INSERTS, time.perf_counter)
                )
                used[name].append((servers[name].processor_time() - begun) / INSERTS)
        rates = {name: 1 / min(taken) for name, taken in times.items()}
        for name, rate in rates.items():
            busy = min(used[name])
            line(
                f"{what}, one by one, {name}",
                f"{rate:,.0f}/s",
                f"{1 / busy:,.0f}/s by processor" if busy else "",
            )
        for where, aim in (("on disk", 1), ("in memory", None)):
            figure(
                f"emulator: single inserts of {what} over HTTP, {where}",
                f"{rates[where]:,.0f}/s",
                f"{node.NAME}, in memory: {rates[node.NAME]:,.0f}/s",
                rates[where] / rates[node.NAME],
                at_least=aim,
            )
    lists = []
    for name, connection in connections.items():
        token = "lists" if name == node.NAME else "me@example.com"
        headers = HEADERS | {"Authorization": f"Bearer {token}"}
        request = connection.request(f"{EVENTS}?maxResults=250&{COMPACT}", b"", headers, "GET")
        assert len(json.loads(connection.send(request))["items"]) == 250
        lists.append(partial(connection.send, request))
    mine, _, other = best(*lists, times=5, rounds=25, clock=time.perf_counter)
    line("listing 250 of 5,000 over HTTP", f"{1000 * mine:.2f} ms")
    floor(node.NAME, f"{1000 * other:.2f} ms", mine / other)
    figure(
        "emulator: listing 250 of 5,000 events over HTTP",
        f"{1000 * mine:.2f} ms",
        f"{node.NAME}: {1000 * other:.2f} ms",
        other / mine,
        at_least=3,
    )


def listings(folder: Path) -> None:
    body, headers = batch_of(50)
    batch = Request.of("POST", "/batch/calendar/v3", headers.items(), body)
    listing = Request.of("GET", f"{EVENTS}?maxResults=250", HEADERS.items())
    insert = Request.of("POST", EVENTS, HEADERS.items(), json.dumps(EVENT).encode())
    took: dict[int, float] = {}
    inserting: dict[int, float] = {}
    with Emulator(folder / "listed.db") as emulator:
        stored = 0
        for wanted in SIZES:
            for _ in range((wanted - stored) // 50):
                emulator.handle(batch)
            answer = emulator.handle(listing)
            items = json.loads(answer.body)["items"]
            assert len(items) == 250
            table = BareTable(folder / f"bare-{wanted}.db", json.dumps(items[0]))
            table.insert(250)
            ours, bare = best(
                partial(emulator.handle, listing), partial(table.first, 250), times=1, rounds=200
            )
            took[wanted] = ours
            (inserting[wanted],) = best(partial(emulator.handle, insert), times=50, rounds=10)
            stored = wanted + 500
            line(f"250 events of {wanted:,}", f"{1000 * ours:.2f} ms")
            floor("a bare SELECT of 250 texts", f"{1000 * bare:.2f} ms", ours / bare)
    least, most = SIZES[0], SIZES[-1]
    for what, cost in (("listing 250", took), ("an insert", inserting)):
        line(
            f"  {what} at {most:,} against {least:,}",
            f"{cost[most] / cost[least]:.2f} times",
            "aim: flat",
        )
        figure(
            f"emulator: {what} with {most:,} events stored",
            f"{1e6 * cost[most]:,.0f} µs",
            f"with {least:,} stored: {1e6 * cost[least]:,.0f} µs",
            cost[most] / cost[least],
            at_most=1.25,
        )


def expansions() -> None:
    window = (
        f"timeMin={MONDAY:%Y-%m-%dT%H:%M:%SZ}&timeMax={MONDAY + timedelta(7):%Y-%m-%dT%H:%M:%SZ}"
    )
    listing = Request.of(
        "GET",
        f"{EVENTS}?singleEvents=true&orderBy=startTime&maxResults=2500&{window}",
        HEADERS.items(),
    )

    def calendar_of_series(start: datetime) -> Emulator:
        emulator = Emulator(clock=Clock.frozen(MONDAY))
        for number in range(200):
            begins = start + timedelta(minutes=number)
            event = {
                "summary": f"Series {number}",
                "start": {"dateTime": begins.isoformat(), "timeZone": "Europe/Prague"},
                "end": {
                    "dateTime": (begins + timedelta(minutes=30)).isoformat(),
                    "timeZone": "Europe/Prague",
                },
                "recurrence": ["RRULE:FREQ=DAILY"],
            }
            answer = emulator.handle(
                Request.of("POST", EVENTS, HEADERS.items(), json.dumps(event).encode())
            )
            assert answer.status == 200, answer.body
        assert len(json.loads(emulator.handle(listing).body)["items"]) == 1400
        return emulator

    with (
        calendar_of_series(MONDAY.replace(year=MONDAY.year - 10)) as old,
        calendar_of_series(MONDAY) as new,
    ):
        ours, young = best(
            partial(old.handle, listing), partial(new.handle, listing), times=2, rounds=25
        )
    line("a week of 200 daily series, ten years old", f"{1000 * ours:.1f} ms", "1,400 instances")
    floor("the same series, begun this week", f"{1000 * young:.1f} ms", ours / young)
    figure(
        "emulator: a week of 200 daily series that began ten years ago",
        f"{1000 * ours:.0f} ms",
        f"series that began this week: {1000 * young:.0f} ms",
        ours / young,
        at_most=1.25,
    )


def line(what: str, figure: str, remark: str = "") -> None:
    print(f"{what:<46}{figure:>14}  {remark}".rstrip(), flush=True)


def by_processor_time(used: float, inserts: int) -> None:
    if used:
        line("  by the server's processor time", f"{inserts / used:,.0f}/s")


def floor(what: str, figure: str, ratio: float) -> None:
    print(f"  floor: {what:<38}{figure:>14}  {ratio:.2f} times the time", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        inserts(Path(folder))
        beside_node(Path(folder))
        listings(Path(folder))
        expansions()


if __name__ == "__main__":
    main()
