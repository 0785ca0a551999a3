"""Control over HTTP: what tests in any language need of the emulator beside the API, under `/emulator/…`.

No credentials are asked for: whoever reaches the emulator may control it, which is why it listens on this machine only.
"""

from __future__ import annotations

import importlib

_MODULES = ("clock", "faults", "oauth", "push", "quota", "state", "traffic")


def register() -> None:
    """Import every endpoint, so that it is in the table of routes."""
    for name in _MODULES:
        importlib.import_module(f"{__name__}.{name}")
