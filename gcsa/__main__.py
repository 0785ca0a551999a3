"""The command line: `gcsa` and `python -m gcsa`.

The emulator and the fleet need nothing of the extra `cli`, so `gcsa emulator` and `gcsa fleet` work without it.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# To load a program makes many objects and no garbage, which Python looks for each 700 objects: a seventh of the time
# that a short command takes.
_PATIENCE = 50_000
_MISSING = (
    "gcsa: this needs more than the library itself; install it with: pip install 'gcsa[cli]'\n"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: The words after the program's name; those of the process by default.
    """
    if arguments is None:
        gc.set_threshold(_PATIENCE)
        arguments = sys.argv[1:]
    words = list(arguments)
    try:
        from gcsa.cli.program import run
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        return _without_typer(words)
    return run(words)


def _without_typer(words: Sequence[str]) -> int:
    if words[:1] == ["fleet"]:
        return _fleet(words[1:])
    if words[:1] != ["emulator"]:
        sys.stderr.write(_MISSING)
        return 2
    import argparse

    from gcsa.emulator import command

    parser = argparse.ArgumentParser(
        prog="gcsa emulator",
        description="Serve Google Calendar from this machine, to test against.",
    )
    command.add_arguments(parser)
    return command.run(parser.parse_args(words[1:]))


def _fleet(words: Sequence[str]) -> int:
    try:
        from gcsa.mirror.fleet.command_line import main as fleet
    except ModuleNotFoundError as error:
        sys.stderr.write(
            f"gcsa: A fleet needs {error.name}.\nInstall it with: pip install 'gcsa[fleet]'\n"
        )
        return 1
    return fleet(words)


if __name__ == "__main__":
    sys.exit(main())
