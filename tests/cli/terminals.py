"""Programs in pseudo-terminals."""

from __future__ import annotations

import os
import signal
import sys

import pytest

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are of POSIX")

_LOOKS = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CI", "PY_COLORS")


def spawn(program, *words, rows=24, columns=80, cwd=None, **environment):
    """Start a program in a terminal with as many colours as there are, which nothing else tells how to look."""
    plain = {name: value for name, value in os.environ.items() if name not in _LOOKS}
    looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return pexpect.spawn(
        sys.executable,
        [str(program), *words],
        env={**plain, **looks, **environment},
        cwd=cwd,
        dimensions=(rows, columns),
        timeout=120,
        encoding="utf-8",
        # Where tests run in the background of a shell, Ctrl-C is ignored, and so it would be here.
        preexec_fn=_heed_interruptions,
    )


def interrupt(child):
    """Type Ctrl-C, and return what the program writes until it ends."""
    child.sendintr()
    written = child.read()
    child.close()
    return written.replace("^C", "")


def _heed_interruptions():
    signal.signal(signal.SIGINT, signal.SIG_DFL)
