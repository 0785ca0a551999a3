"""What mutmut is told of our tests: a plugin of pytest, for `make mutation` only.

mutmut runs, for each mutant, all tests that have called the function. Most calls of a serializer are made by tests of
something else, which take longer and prove less: a mutant has to be killed by the tests of its own area.
"""

from __future__ import annotations

import os
import sys

from hypothesis import settings

# The tests of an area, by the beginning of the names of its modules; the first that fits counts.
TESTS = {
    "gcsa.conference": (
        "tests/test_conference.py",
        "tests/serializers/test_conference_serializer.py",
    ),
    "gcsa.serializers": ("tests/serializers/",),
    "gcsa.recurrence": ("tests/recurrence/",),
    "gcsa.transport": ("tests/transport/", "tests/clients/", "tests/system/nothing_lost/"),
    "gcsa.mirror.feed": ("tests/mirror/test_feed.py",),
    "gcsa.mirror.filling": ("tests/mirror/test_mirror_push.py", "tests/mirror/test_syncing.py"),
    "gcsa.mirror.arrivals": (
        "tests/mirror/test_feed.py",
        "tests/mirror/test_odd_events.py",
        "tests/mirror/test_windows.py",
    ),
    "gcsa.mirror.placing": (
        "tests/mirror/test_odd_events.py",
        "tests/mirror/test_windows.py",
        "tests/mirror/test_mirror_free_busy.py",
    ),
    "gcsa.mirror": (
        "tests/mirror/test_syncing.py",
        "tests/mirror/test_odd_events.py",
        "tests/mirror/test_feed.py",
        "tests/security/test_hostile_answers.py::test_a_mirror",
    ),
}

# What hypothesis tries there takes seconds for each mutant.
SLOW = (
    "tests/recurrence/test_series_against_dateutil.py",
    "tests/serializers/test_noun_round_trips.py",
)

# The same few examples for each mutant, so that it is killed every time or never.
settings.register_profile(
    "mutation", derandomize=True, database=None, deadline=None, max_examples=20
)
settings.load_profile("mutation")


def pytest_collection_modifyitems(config, items):
    _forget()
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    areas = (paths for area, paths in TESTS.items() if mutant.startswith(f"{area}."))
    paths = next(areas, ("tests/",))
    kept = [
        item
        for item in items
        if item.nodeid.startswith(paths)
        and "postgresql" not in item.nodeid
        and not (item.nodeid.startswith(SLOW) and hasattr(item.obj, "hypothesis"))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _forget():
    """Forget what the code remembers: a mutant is tried in a copy of a process in which all tests have run."""
    for name, module in list(sys.modules.items()):
        if name.startswith("gcsa"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
