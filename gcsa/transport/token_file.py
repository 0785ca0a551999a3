"""The file in which a sign-in is kept: JSON that only its owner may read.

What earlier versions of gcsa kept instead, a pickle, is read as well, without running it, and replaced.
"""

from __future__ import annotations

import logging
from pathlib import Path

import attrs
import msgspec
from google.auth.credentials import Credentials

from gcsa.transport.pickled_token import (
    LARGEST,
    NotPickledCredentials,
    is_pickle,
    read_pickled_credentials,
)
from gcsa.transport.private_file import write_private
from gcsa.transport.saved_token import SavedToken

log = logging.getLogger(__name__)


@attrs.frozen
class TokenFile:
    """Where a sign-in is kept.

    Args:
        path: The file.
        earlier: Where an earlier version of gcsa kept it; read, and removed, when there is no such file.
    """

    path: Path
    earlier: Path | None = None

    def read(self) -> SavedToken | None:
        """Return what is kept, None for nothing.

        Raises:
            ValueError: The file holds something else.
            OSError: It cannot be read.
        """
        place = self._place()
        if place is None:
            return None
        saved = _decoded(place)
        if isinstance(saved, SavedToken):
            return saved
        raise ValueError(
            f"{place} is not a saved sign-in: {saved}. Nothing in it was run. Delete the file, and sign in again."
        )

    def is_pickle(self) -> bool:
        """Tell whether what is kept was kept by an earlier version of gcsa."""
        place = self._place()
        if place is None:
            return False
        with place.open("rb") as file:
            return is_pickle(file.read(1))

    def save(self, token: SavedToken) -> None:
        """Keep a sign-in, in place of what was kept before.

        Raises:
            OSError: The file cannot be written.
        """
        content = msgspec.json.encode(token)
        write_private(self.path, msgspec.json.format(content, indent=2) + b"\n")
        if self.earlier is not None:
            self.earlier.unlink(missing_ok=True)

    def try_to_save(self, token: SavedToken) -> None:
        """Keep a sign-in where that is possible; where it is not, a warning is logged: it is good all the same."""
        try:
            self.save(token)
        except OSError as error:
            log.warning("The sign-in could not be saved in %s (%s).", self.path, error.strerror)

    def save_refreshed(self, credentials: Credentials) -> None:
        """Keep credentials that have just been refreshed, if what is kept is still the same sign-in.

        Another process may have signed in anew, or out, in the meantime; that is left as it is.
        """
        from google.oauth2.credentials import Credentials as UserCredentials

        if not isinstance(credentials, UserCredentials):
            return
        try:
            kept = self.read()
        except (OSError, ValueError):
            return
        refreshed = SavedToken.of(credentials)
        if kept is not None and kept.refresh_token == refreshed.refresh_token:
            self.try_to_save(refreshed)

    def _place(self) -> Path | None:
        if self.path.exists():
            return self.path
        if self.earlier is not None and self.earlier.exists():
            return self.earlier
        return None


def _decoded(path: Path) -> SavedToken | str:
    """Return what a file holds, or what is wrong with it; no exception here can carry its content."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    try:
        if is_pickle(content):
            return SavedToken.of_pickled(read_pickled_credentials(content))
        if len(content) > LARGEST:
            return f"it is larger than {LARGEST} bytes"
        return msgspec.json.decode(content, type=SavedToken)
    except NotPickledCredentials as error:
        return f"it is a pickle, and {error}"
    except msgspec.MsgspecError:
        return "it is neither such JSON nor the pickle of an earlier version"
