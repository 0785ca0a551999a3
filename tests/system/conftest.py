"""A served emulator, for real clients on real sockets."""

from __future__ import annotations

import pytest

from gcsa.emulator import Emulator


@pytest.fixture(scope="module")
def served():
    with Emulator() as emulator:
        emulator.serve()
        yield emulator


@pytest.fixture
def emulator(served):
    """The served emulator, empty."""
    served.reset()
    return served
