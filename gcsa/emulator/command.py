"""`gcsa emulator`: Google Calendar on a port of this machine, until it is interrupted."""

from __future__ import annotations

import argparse
import errno
import gc
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gcsa.emulator.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

_HOW_TO = """\
Google Calendar in a box, at {url}
  user      {user} (token: emulator; any other e-mail address is a token too)
  database  {database}
  gcsa and other programs that know it:
    export GOOGLE_CALENDAR_EMULATOR_HOST={host}
  google-api-python-client:
    build("calendar", "v3", credentials=Credentials("emulator"),
          discoveryServiceUrl="{url}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest")
Ctrl-C stops it.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to a parser."""
    parser.add_argument(
        "--port", type=_port, default=8085, help="port to listen on, 0 for any (8085)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--database", default=":memory:", metavar="FILE", help="keep everything in this file"
    )
    parser.add_argument(
        "--user", default="me@example.com", metavar="E-MAIL", help="default user (me@example.com)"
    )
    parser.add_argument(
        "--seed", metavar="FILE", help="users, calendars and events to begin with, as YAML or JSON"
    )
    parser.add_argument(
        "--allow-remote", action="store_true", help="let other machines use it, as any of its users"
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name that it is reached by (may be repeated)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM comes; return the exit status."""
    with _interruptions() as interrupted:
        try:
            emulator = Emulator(
                arguments.database, default_user=arguments.user, seed_file=arguments.seed
            )
        except FileNotFoundError as error:
            return _fail(f"There is no file {str(error.filename)!r}.")
        except (ValueError, OSError, ImportError) as error:
            return _fail(str(error))
        with emulator:
            return _serve(emulator, arguments, interrupted)


def _serve(emulator: Emulator, arguments: argparse.Namespace, interrupted: threading.Event) -> int:
    try:
        url = emulator.serve(
            arguments.port,
            arguments.host,
            allow_remote=arguments.allow_remote,
            names=arguments.allow_host,
        )
    except OSError as error:
        return _fail(_refused(error, arguments.host, arguments.port))
    except (ValueError, ImportError) as error:
        return _fail(str(error))
    in_memory = arguments.database == ":memory:"
    sys.stdout.write(
        _HOW_TO.format(
            url=url,
            host=urlsplit(url).netloc,
            user=emulator.default_user,
            database="in memory: it ends with this process" if in_memory else arguments.database,
        )
    )
    sys.stdout.flush()
    # What was loaded stays for as long as this serves: nothing of it needs to be looked at for garbage again.
    gc.freeze()
    interrupted.wait()
    return 0


@contextmanager
def _interruptions() -> Generator[threading.Event]:
    """Turn SIGINT and SIGTERM into an event for as long as this lasts."""
    event = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (a handler's signature)
        event.set()

    before = {
        number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _refused(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use: stop what uses it, or choose another with --port"
    return f"cannot listen on port {port} of {host}: {error.strerror or error}"


def _fail(message: str) -> int:
    sys.stderr.write(f"gcsa emulator: {message}\n")
    return 1


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)
