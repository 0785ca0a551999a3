"""The program: from the words of a command line to its exit status."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from gcsa.cli.app import app


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 for what went wrong, 2 for what was asked for wrongly.

    Args:
        arguments: The words after the program's name; those of the process by default.
    """
    # Who closes an output wants nothing of it.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        # What a terminal's encoding lacks is shown as a question mark, and ends nothing.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        app(None if arguments is None else list(arguments), prog_name="gcsa")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
