"""The API's methods, one module or package for each resource.

A module here registers its methods when it is imported; `register` imports them all.
"""

from __future__ import annotations

import importlib

_MODULES = (
    "acl",
    "batch",
    "calendar_list",
    "calendars",
    "channels",
    "colors",
    "discovery",
    "events",
    "free_busy",
    "settings",
)


def register() -> None:
    """Import every resource, so that its methods are in the table of routes."""
    for name in _MODULES:
        importlib.import_module(f"{__name__}.{name}")
