"""`python -m gcsa.mirror.fleet`: the commands of a fleet."""

from __future__ import annotations

import sys

from gcsa.mirror.fleet.command_line import main

if __name__ == "__main__":
    sys.exit(main())
