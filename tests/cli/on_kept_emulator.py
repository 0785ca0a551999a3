"""Runs the command as its own process, on an emulator that keeps all in a file and may answer a call very late."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gcsa.cli.app import app
from gcsa.cli.surroundings import Surroundings
from gcsa.emulator import Clock, Emulator


class TellingClock(Clock):
    """The machine's clock; it rings the terminal's bell when somebody begins to wait."""

    def sleep(self, seconds: float) -> None:
        # Not through sys.stderr, in whose place the bar puts itself.
        os.write(2, b"\a")
        super().sleep(seconds)


def main() -> None:
    folder = Path(os.environ["GCSA_TEST_FOLDER"])
    with Emulator(folder / "calendars.db", clock=TellingClock(), seed=0) as emulator:
        if "GCSA_TEST_LATE" in os.environ:
            call, number = os.environ["GCSA_TEST_LATE"].split()
            emulator.faults.add(latency=600, on=call, skip=int(number), times=1)
        app(
            sys.argv[1:],
            prog_name="gcsa",
            obj=Surroundings(
                emulator=emulator, configuration=folder / "config.toml", state=folder / "state"
            ),
        )


if __name__ == "__main__":
    main()
