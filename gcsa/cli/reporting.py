"""What users are told when something goes wrong: one or two lines, and what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import typer

from gcsa.cli.failure import Failure
from gcsa.cli.plain_text import one_line

INTERRUPTED = 130
DEBUG = "GCSA_DEBUG"


@contextmanager
def reported() -> Generator[None]:
    """Tell the user of what goes wrong within, and end the command with its exit code."""
    try:
        yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever reads the output has had enough, as `head` does. What is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        failure = as_failure(error)
        first, *rest = failure.message.splitlines() or [""]
        told = [f"gcsa: {one_line(first)}", *(f"  {one_line(line)}" for line in rest)]
        if failure.hint:
            told.append(one_line(failure.hint))
        sys.stderr.write("\n".join(told) + "\n")
        raise typer.Exit(failure.exit_code) from None


def as_failure(error: Exception) -> Failure:
    """Return what a user is told of an error."""
    from gcsa.errors import GoogleCalendarError

    if isinstance(error, Failure):
        return error
    if isinstance(error, GoogleCalendarError):
        return _of_google(error)
    if isinstance(error, ModuleNotFoundError) and error.name:
        missing = error.name.partition(".")[0]
        return Failure(f"This needs {missing}, which is not installed.", _hint(error))
    if isinstance(error, OSError) and error.strerror:
        about = f"{error.filename}: " if error.filename else ""
        return Failure(f"{about}{error.strerror}.")
    if isinstance(error, (ValueError, TypeError, LookupError, OSError, ImportError, TimeoutError)):
        return Failure(str(error) or type(error).__name__, _hint(error))
    return Failure(
        f"{type(error).__name__}: {error}",
        f"This is a fault of gcsa's; with {DEBUG}=1 it says where it happened.",
    )


def _of_google(error: Exception) -> Failure:
    from gcsa import errors
    from gcsa.free_busy import FreeBusyQueryError
    from gcsa.transport.authentication import EMULATOR_HOST

    hints: list[tuple[type[Exception], str]] = [
        (FreeBusyQueryError, "Check the address, or ask them to share when they are busy."),
        (errors.AuthenticationError, "Sign in again with: gcsa auth login"),
        (
            errors.PermissionDeniedError,
            "Ask the calendar's owner for access; gcsa auth status says who you are.",
        ),
        (errors.NotFoundError, "See: gcsa calendars list, and gcsa find"),
        (errors.TransportError, "Check the connection, and look before you do it again."),
        (errors.BulkError, "Those that failed can be tried again; the others are done."),
    ]
    if not isinstance(error, errors.GoogleCalendarError):
        return Failure(str(error))
    hint = next((hint for kind, hint in hints if isinstance(error, kind)), error.advice)
    if isinstance(error, errors.TransportError) and (host := os.environ.get(EMULATOR_HOST)):
        hint = f"Is the emulator at {host} running? Start one with: gcsa emulator"
    elif error.outcome_unknown:
        hint = "Whether it was done is not known: look before you do it again."
    status = f" ({error.status})" if error.status is not None else ""
    return Failure(f"{error.message.rstrip('.')}{status}.", hint)


def _hint(error: Exception) -> str:
    if isinstance(error, ImportError):
        return "Install what is missing, for example with: pip install 'gcsa[cli]'"
    return ""
