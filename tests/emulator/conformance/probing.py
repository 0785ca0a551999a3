"""Probes: what shows that the emulator honours a part of the discovery document.

A probe is a function that plays on a `Stage` and asserts what Google documents. It claims what it shows by name; that
it did show it is witnessed by what was sent and answered, so that nobody claims what never came up:

- a parameter: its method succeeded with it, and was called with another value of it, or without it, too;
- a field: it was in an answer that was valid against its schema, or, where it is never answered, in a request.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from tests.emulator.conformance import probes
from tests.emulator.conformance.document import (
    COMMON_PARAMETERS,
    FIELDS,
    METHODS,
    PARAMETERS,
    expand,
)
from tests.emulator.conformance.stage import Stage

_PROBES = {}


@dataclass(frozen=True)
class Probe:
    """A probe.

    Attributes:
        name: What it shows, as a sentence with underscores.
        claims: The names that it claims.
        play: The function.
    """

    name: str
    claims: frozenset
    play: object

    @property
    def sentence(self):
        """What it shows."""
        words = self.name.replace("_", " ").replace("json", "JSON")
        return words[0].upper() + words[1:]


@dataclass(frozen=True)
class Witnessed:
    """What a probe has shown.

    Attributes:
        methods: The methods that succeeded.
        claims: The parameters and fields that were claimed, and came up.
        answered: The fields among them that an answer had.
    """

    methods: frozenset
    claims: frozenset
    answered: frozenset


def shows(*claims):
    """Register a probe that shows these; `events.{get,list}?timeZone` is short for two."""
    names = frozenset(name for claim in claims for name in expand(claim))
    unknown = names - set(PARAMETERS) - set(COMMON_PARAMETERS) - set(FIELDS)
    assert not unknown, f"the discovery document has no {sorted(unknown)}"

    def register(play):
        assert play.__name__ not in _PROBES, f"there are two probes {play.__name__}"
        _PROBES[play.__name__] = Probe(play.__name__, names, play)
        return play

    return register


def all_probes():
    """All probes of the modules in `probes/`."""
    for module in pkgutil.iter_modules(probes.__path__):
        importlib.import_module(f"{probes.__name__}.{module.name}")
    return list(_PROBES.values())


@cache
def witness(probe):
    """Play a probe, once, and return what it has shown.

    Raises:
        AssertionError: The emulator does something else than Google documents, or what is claimed did not come up.
    """
    stage = Stage()
    with stage.emulator:
        probe.play(stage)
    answered = frozenset().union(*(exchange.answered for exchange in stage.exchanges))
    sent = frozenset().union(*(exchange.sent for exchange in stage.exchanges if exchange.succeeded))
    for claim in sorted(probe.claims):
        if claim in FIELDS:
            assert claim in answered | sent, f"{claim} never came up"
        else:
            _check_parameter(stage, claim)
    methods = frozenset(exchange.method for exchange in stage.exchanges if exchange.succeeded)
    return Witnessed(methods, probe.claims, probe.claims & answered)


def _check_parameter(stage, claim):
    method, _, name = claim.partition("?")
    for each in [method] if method else METHODS:
        exchanges = [exchange for exchange in stage.exchanges if exchange.method == each]
        values = {repr(exchange.parameters.get(name)) for exchange in exchanges}
        assert len(values) > 1, f"{claim}: {each} was called with one value of it only: {values}"
        assert any(exchange.succeeded and name in exchange.parameters for exchange in exchanges), (
            f"{claim}: {each} never succeeded with it"
        )
