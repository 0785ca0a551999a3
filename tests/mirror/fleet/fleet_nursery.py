"""A program that starts a fleet's processes: it reads their commands, one JSON array on each line, and says their pids.

What they need takes longer to load than what they do in a test; here it is loaded once, and each of them is a fork of
a process that has it, and that has no threads and no connections yet.
"""

from __future__ import annotations

import json
import os
import signal
import sys

from gcsa.mirror.fleet.command_line import main

# What a worker loads when it begins to work.
import gcsa.google_calendar  # isort: skip  # noqa: F401
import procrastinate.worker  # isort: skip  # noqa: F401
import uvicorn  # isort: skip  # noqa: F401


def be_born(arguments):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os._exit(main(arguments))


if __name__ == "__main__":
    # Nobody waits for them, so that a pid is gone when its process is.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            be_born(json.loads(line))
        print(pid, flush=True)
