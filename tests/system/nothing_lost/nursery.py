"""A process with everything imported, which forks children that are to be killed: no round waits for Python to start.

It is told on its standard input what a child is to do, a line of JSON each. The child, and after its end the nursery,
say on the standard output what happened, a line of JSON each.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from datetime import UTC, datetime

import httpx2
from google.oauth2.credentials import Credentials
from sqlalchemy import Engine, create_engine, event

from gcsa.emulator import Clock, Emulator, Request
from gcsa.google_calendar import GoogleCalendar
from gcsa.mirror import Mirror

API = "/calendar/v3"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def say(**what):
    os.write(1, json.dumps(what).encode() + b"\n")


class Fuse:
    """Kills this process at the step of a number; steps are counted from 1, and 0 never comes."""

    def __init__(self, at):
        self.at = at
        self.steps = 0

    def step(self, *_arguments, **_named):
        self.steps += 1
        if self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def serve(path):
    """Serve an emulator until somebody kills it."""
    emulator = Emulator(path)
    say(address=emulator.serve())
    while True:
        signal.pause()


def write(path, requests, at, largest_file=None):
    """Carry out requests, and die at the instruction of a number that the database carries out for them.

    No file grows beyond its largest size, in bytes: a write that would make it larger fails.
    """
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    fuse = Fuse(at)
    emulator = Emulator(path, clock=Clock.frozen(NOW))
    if largest_file is None:
        emulator.store.connection.set_progress_handler(fuse.step, 1)
    for method, target, headers, body in requests:
        answer = emulator.handle(Request.of(method, target, headers, body.encode()))
        say(status=answer.status, body=answer.body.decode())
    say(steps=fuse.steps)


def open_database(path, at):
    """Open an emulator's database, making it if it is not there, and die at the line of a number of our program."""
    fuse = Fuse(at)

    def trace(frame, _event, _argument):
        if "/gcsa/emulator/" not in frame.f_code.co_filename:
            return None
        fuse.step()
        return trace

    sys.settrace(trace)
    emulator = Emulator(path)
    sys.settrace(None)
    emulator.close()
    say(steps=fuse.steps)


class _Fused(httpx2.BaseTransport):
    """Passes requests on; before each one, and before its answer is taken, is a step."""

    def __init__(self, transport, fuse):
        self._transport = transport
        self._fuse = fuse

    def handle_request(self, request):
        self._fuse.step()
        answer = self._transport.handle_request(request)
        self._fuse.step()
        return answer


def synchronise(path, url, calendar_id, page_size, at):
    """Bring a mirror up to date, and die at a step: a request, its answer, a statement, or a transaction's end."""
    fuse = Fuse(at)
    emulator = Emulator(path, clock=Clock.frozen(NOW))
    client = GoogleCalendar(
        credentials=Credentials("me@example.com"),
        transport=_Fused(emulator.transport, fuse),
        api_endpoint=emulator.address,
        clock=emulator.clock,
    )
    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, fuse.step)
    with Mirror(url, page_size=page_size) as mirror:
        mirror.sync(client, calendar_id)
    say(steps=fuse.steps)


DEEDS = {deed.__name__: deed for deed in (serve, write, open_database, synchronise)}


def warm_up():
    """Have everything imported that is imported when it is first used."""
    create_engine("postgresql+psycopg://")
    with Emulator() as emulator, Mirror("sqlite://") as mirror:
        emulator.serve()
        with httpx2.Client(base_url=emulator.address) as client:
            client.get(f"{API}/colors", headers={"Authorization": "Bearer me@example.com"})
        mirror.sync(emulator.client())


def main():
    warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                say(pid=os.getpid())
                DEEDS[order.pop("deed")](**order)
            except BaseException as error:
                say(failed=repr(error))
            finally:
                os._exit(0)
        _, status = os.waitpid(pid, 0)
        say(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
