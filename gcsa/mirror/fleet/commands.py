"""The commands of a fleet, as functions: each is what `gcsa fleet …` and `python -m gcsa.mirror.fleet …` do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import attrs

from gcsa.mirror.fleet.accounts import Accounts
from gcsa.mirror.fleet.company import CompanyMirror
from gcsa.mirror.fleet.credentials import CredentialsFor
from gcsa.mirror.fleet.fleet import make_fleet, prepare_fleet
from gcsa.mirror.fleet.metrics import metrics_text, serve_metrics
from gcsa.mirror.fleet.queue import QUEUE, Queue
from gcsa.mirror.fleet.settings import FleetSettings
from gcsa.mirror.fleet.state import dead_letters, read_state
from gcsa.mirror.fleet.webhook import fleet_webhook
from gcsa.mirror.fleet.work import Work
from gcsa.mirror.fleet.worker import run_worker

Say = Callable[[str], None]


def init(settings: FleetSettings, say: Say = print) -> None:
    """Create the tables of a fleet, of the mirror and of the queue; what is there stays.

    Args:
        settings: Where.
        say: Writes a line.
    """
    make_fleet(settings)
    say("The fleet is ready.")


def enqueue(
    settings: FleetSettings,
    accounts: Iterable[str] = (),
    *,
    dead: bool = False,
    remove: bool = False,
    say: Say = print,
) -> None:
    """Add accounts, and have their calendars found and synchronised; without any, do so for all that are known.

    Args:
        settings: Where.
        accounts: The e-mail addresses of users.
        dead: Instead, try the jobs once more that were given up.
        remove: Instead, take these accounts away; their copies stay.
        say: Writes a line.

    Raises:
        ValueError: An account is no e-mail address.
        LookupError: An account to be taken away is not there; the others are taken away.
    """
    names = list(accounts)
    with CompanyMirror(settings.url) as mirror, Queue(settings.conninfo) as queue:
        prepare_fleet(mirror)
        known = Accounts(mirror.database)
        if remove:
            _remove(known, names, say)
            return
        if dead:
            letters = dead_letters(mirror.database)
            jobs = sum(
                queue.sync(letter.account, letter.calendar_id)
                if letter.calendar_id
                else queue.discover(letter.account)
                for letter in letters
            )
            say(f"{jobs} of {len(letters)} dead letters are tried once more.")
            return
        added = known.add(names)
        jobs = sum(map(queue.discover, names or known.all()))
        say(f"{len(added)} accounts are new; {jobs} jobs were put into the queue.")


def _remove(known: Accounts, names: list[str], say: Say) -> None:
    if not names:
        raise ValueError("Name the accounts that are to be taken away.")
    missing = [name for name in names if not known.remove(name)]
    say(f"{len(names) - len(missing)} accounts were removed.")
    if missing:
        raise LookupError(f"There is no account {', '.join(missing)} in this fleet.")


def worker(
    settings: FleetSettings,
    credentials_for: CredentialsFor,
    *,
    concurrency: int = 5,
    metrics_port: int | None = None,
    metrics_host: str = "127.0.0.1",
    until_empty: bool = False,
) -> None:
    """Do the jobs of a fleet until the process is asked to stop; start as many as are needed, on any machines.

    Args:
        settings: What the fleet has agreed on.
        credentials_for: Returns an account's credentials.
        concurrency: How many jobs are done at a time.
        metrics_port: Where Prometheus may ask for metrics; None for nowhere.
        metrics_host: The address of that.
        until_empty: Return when no job is waiting; what the last ones ask for is left for the next time.
    """
    _check_port(metrics_port or 0)
    with Work(settings, credentials_for) as work:
        prepare_fleet(work.mirror)
        server = (
            None
            if metrics_port is None
            else serve_metrics(work.mirror.database, metrics_port, metrics_host)
        )
        try:
            run_worker(work, concurrency, until_empty=until_empty)
        finally:
            if server is not None:
                server.shutdown()
                server.server_close()


def webhook(settings: FleetSettings, *, host: str = "127.0.0.1", port: int = 8080) -> None:
    """Receive Google's notifications until the process is asked to stop; put it behind a proxy that speaks https.

    Args:
        settings: What the fleet has agreed on.
        host: The address to listen on.
        port: The port to listen on.

    Raises:
        ImportError: uvicorn is not installed; the extra `fleet` brings it.
    """
    import uvicorn

    _check_port(port)
    with CompanyMirror(settings.url) as mirror, Queue(settings.conninfo) as queue:
        prepare_fleet(mirror)
        uvicorn.run(fleet_webhook(mirror, queue), host=host, port=port, log_level="warning")


def _check_port(port: int) -> None:
    if not 0 <= port <= 65_535:
        raise ValueError(f"A port is a number from 0 to 65535, not {port}.")


def status(settings: FleetSettings, *, how: str = "text", say: Say = print) -> None:
    """Say how a fleet is doing.

    Args:
        settings: Where.
        how: `'text'` for people, `'json'` for programs, `'prometheus'` for Prometheus.
        say: Writes a line.
    """
    with CompanyMirror(settings.url) as mirror:
        prepare_fleet(mirror)
        if how == "prometheus":
            say(metrics_text(mirror.database).rstrip("\n"))
            return
        state = read_state(mirror.database, QUEUE)
        letters = dead_letters(mirror.database, limit=20)
    if how == "json":
        said = {**attrs.asdict(state), "letters": [attrs.asdict(letter) for letter in letters]}
        say(json.dumps(said, default=str, indent=2))
        return
    say(f"accounts   {state.accounts}, {state.failing_accounts} failing")
    say(f"calendars  {state.calendars}, {state.unsynced} without a copy, {state.failing} failing")
    say(f"workers    {state.workers}")
    say(f"jobs       {state.jobs['todo']} waiting, {state.jobs['doing']} under way")
    say(f"lag        {state.lag:.0f} s; stalest copy {state.stalest:.0f} s")
    say(f"calls      {state.calls}")
    for letter in letters:
        about = letter.calendar_id or "the list of calendars"
        say(f"given up   {about} of {letter.account}: {letter.failure or letter.kind}")
    if state.dead_letters > len(letters):
        say(f"           … and {state.dead_letters - len(letters)} more")
