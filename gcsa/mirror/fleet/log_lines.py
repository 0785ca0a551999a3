"""The log of a worker: what went wrong, each thing on one line."""

from __future__ import annotations

import logging
import os

# Shows where things went wrong, as it does for the other commands.
_DEBUG = "GCSA_DEBUG"


class OneLine(logging.Formatter):
    """Writes a record on one line; of an exception, its name and what it says."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        said = logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None})
        text = super().format(said)
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            text += f": {type(error).__name__}: {error}"
        return " ".join(text.split())


def log_to_stderr() -> None:
    """Write warnings and errors to the standard error stream, unless the program has its own ways with them."""
    handler = logging.StreamHandler()
    if not os.environ.get(_DEBUG):
        handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
