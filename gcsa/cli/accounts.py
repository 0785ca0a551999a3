"""The account that a command works on: Google's, or an emulator's."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gcsa.cli.configuration import Configuration
from gcsa.cli.failure import Failure
from gcsa.cli.surroundings import Choices, Surroundings

if TYPE_CHECKING:
    from gcsa.google_calendar import GoogleCalendar
    from gcsa.transport.authentication import Identification

_SIGN_IN = "Run: gcsa auth login"
_GET_CREDENTIALS = (
    "Get a credentials file (https://developers.google.com/workspace/guides/create-credentials), then run:"
    " gcsa auth login --credentials FILE. To try it without an account: gcsa demo"
)


_PATIENCE_WITH_EMULATORS = 2.0  # seconds


@contextmanager
def open_client(
    surroundings: Surroundings, choices: Choices, configuration: Configuration
) -> Generator[GoogleCalendar]:
    """Return a client of the account that is meant, for as long as the block lasts.

    Raises:
        Failure: Nobody is signed in, or the emulator's database cannot be used.
    """
    if surroundings.emulator is not None:
        with surroundings.emulator.client() as client:
            yield client
        return
    database = choices.emulator or configuration.emulator
    if database is not None:
        with _emulated(database) as client:
            yield client
        return
    with _google(configuration) as client:
        yield client


def identification(configuration: Configuration) -> Identification:
    """Return whom the configuration is about: where credentials and the sign-in are looked for."""
    from gcsa.transport.authentication import Identification
    from gcsa.transport.scopes import asked_scopes

    return Identification(
        scopes=asked_scopes(None, False),
        credentials_path=configuration.credentials,
        token_path=configuration.token,
        subject=configuration.subject,
    )


def on_emulator() -> bool:
    """Tell whether the environment points clients at an emulator."""
    import os

    from gcsa.transport.authentication import EMULATOR_HOST

    return bool(os.environ.get(EMULATOR_HOST))


@contextmanager
def _emulated(database: str) -> Generator[GoogleCalendar]:
    from gcsa.emulator import Emulator

    try:
        emulator = Emulator(Path(database).expanduser())
    except (ValueError, OSError) as error:
        raise Failure(
            str(error), "Give the path of an emulator's database with --emulator."
        ) from None
    with emulator, emulator.client() as client:
        yield client


@contextmanager
def _google(configuration: Configuration) -> Generator[GoogleCalendar]:
    from gcsa.google_calendar import GoogleCalendar
    from gcsa.transport.patience import Retry

    retry = Retry()
    if on_emulator():
        # One that is not there will not come: nobody waits for minutes at a prompt.
        retry = Retry(time_limit=_PATIENCE_WITH_EMULATORS)
    else:
        _check_signed_in(identification(configuration))
    try:
        client = GoogleCalendar(
            credentials_path=configuration.credentials,
            token_path=configuration.token,
            subject=configuration.subject,
            open_browser=False,
            retry=retry,
        )
    except FileNotFoundError:
        raise no_credentials() from None
    with client:
        yield client


def no_credentials() -> Failure:
    """Return what is said where nothing is found to sign in with."""
    return Failure("You are not signed in: there are no credentials.", _GET_CREDENTIALS)


def _check_signed_in(who: Identification) -> None:
    """Refuse what would stop to sign in with a browser: only `gcsa auth login` does that."""
    from gcsa.transport.credentials_file import CredentialsFile, find_credentials_file
    from gcsa.transport.scopes import missing_scopes

    path = who.credentials_path or find_credentials_file(who.folder)
    if path is None or not path.is_file() or CredentialsFile(path).client_secrets is None:
        return
    saved = who.token_file.read()
    if saved is None:
        raise Failure("You are not signed in.", _SIGN_IN)
    if saved.is_expired or (saved.allowed and missing_scopes(who.scopes, saved.allowed)):
        raise Failure("Your sign-in has expired, or allows too little.", _SIGN_IN)
