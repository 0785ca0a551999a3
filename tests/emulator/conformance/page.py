"""The page docs/conformance.md: what of the discovery document the emulator honours, as the probes have seen it."""

from __future__ import annotations

from pathlib import Path

from tests.emulator.conformance.document import (
    COMMON_PARAMETERS,
    FIELDS,
    GRANTS,
    METHODS,
    PARAMETERS,
    SCOPES,
)
from tests.emulator.conformance.missing import MISSING
from tests.emulator.conformance.probing import all_probes, witness
from tests.emulator.conformance.scopes import granted
from tests.strategies.discovery import DOCUMENT, SCHEMAS

PAGE = Path(__file__).parents[3] / "docs" / "conformance.md"
INTRODUCTION = """\
# Conformance

Google describes the Calendar API in its
[discovery document](https://calendar-json.googleapis.com/$discovery/rest?version=v3), from which clients are built.
This page says what of it the [emulator](emulator.md) honours. It is written by `make conformance`, and a test fails
when it is not what the emulator does.

Nothing is counted because somebody says so. For each parameter and each field a probe calls the emulator and checks
that what Google documents happens: that the parameter makes the difference that it should, and that the field is
answered as it was given, or as the server sets it. Those [probes](#what-the-probes-saw) are in
`tests/emulator/conformance/`. Besides,
[google-api-python-client](https://github.com/googleapis/google-api-python-client) calls each method with success and
with a documented error (`tests/system/google_api_python_client/`), and thousands of generated requests look for
answers that are not valid against the document (`tests/emulator/generated/`).
"""


def page():
    """The text of the page; it plays all probes.

    Raises:
        AssertionError: A probe does not see what it claims.
    """
    seen = {probe: witness(probe) for probe in all_probes()}
    claims = frozenset().union(*(each.claims for each in seen.values()))
    answered = frozenset().union(*(each.answered for each in seen.values()))
    methods = frozenset().union(*(each.methods for each in seen.values()))
    sections = [
        INTRODUCTION,
        _summary(methods, claims),
        _missing(methods, claims),
        _methods(claims),
        _fields(claims, answered),
        _probes(seen),
    ]
    return "\n".join(sections)


def names():
    """All that can be honoured."""
    return [*METHODS, *PARAMETERS, *COMMON_PARAMETERS, *FIELDS]


def _summary(methods, claims):
    refused = len(METHODS) * len(SCOPES) - len(GRANTS)
    rows = [
        ("Methods", methods & METHODS.keys(), METHODS),
        ("Their parameters", claims.intersection(PARAMETERS), PARAMETERS),
        (
            "Common parameters, on every method",
            claims.intersection(COMMON_PARAMETERS),
            COMMON_PARAMETERS,
        ),
        ("Fields of schemas", claims.intersection(FIELDS), FIELDS),
        ("Scopes that allow a method", granted(), GRANTS),
    ]
    lines = [f"| {title} | {len(honoured)} | {len(every)} |" for title, honoured, every in rows]
    return f"""\
| | Honoured | All |
| --- | ---: | ---: |
{_joined(lines)}

This is revision {DOCUMENT["revision"]} of the document. A scope that does not allow a method is refused, 403
`insufficientPermissions`, in each of the {refused} other pairs of a method and a scope.
"""


def _missing(methods, claims):
    lines = [f"- `{name}`: {MISSING[name]}" for name in names() if name not in claims | methods]
    return f"""\
## What is missing

{_joined(lines) or "Nothing."}
"""


def _methods(claims):
    lines = []
    for name, method in METHODS.items():
        parameters = [f"{name}?{each}" for each in method.get("parameters", {})]
        scopes = [grant for grant in granted() if grant.startswith(f"{name}@")]
        lines.append(f"| `{name}` | {_share(parameters, claims, '?')} | {_listed(scopes, '@')} |")
    common = [name for name in COMMON_PARAMETERS if name in claims]
    return f"""\
## Methods

| Method | Parameters | Scopes |
| --- | --- | --- |
{_joined(lines)}

Every method takes these, too: {_listed(common, "?")}.
"""


def _fields(claims, answered):
    lines = []
    for schema in SCHEMAS:
        own = [field for field in FIELDS if field.startswith(f"{schema}.")]
        lines.append(f"| `{schema}` | {_share(own, claims, '.')} |")
    taken = [f"`{field}`" for field in FIELDS if field in claims - answered]
    return f"""\
## Fields

| Schema | Fields |
| --- | --- |
{_joined(lines)}

Taken from requests, and never answered, are {", ".join(taken)}.
"""


def _probes(seen):
    lines = []
    for probe in seen:
        shown = ", ".join(f"`{claim}`" for claim in sorted(probe.claims))
        # What the paths of all methods have is in the table of methods.
        lines.append(f"| {probe.sentence} | {shown if len(probe.claims) < 45 else '…'} |")
    return f"""\
## What the probes saw

| What was seen | Shows |
| --- | --- |
{_joined(lines)}
"""


def _share(every, claims, mark):
    """How many of some names are honoured, and which."""
    honoured = [name for name in every if name in claims]
    if not every:
        return "none"
    return f"{len(honoured)}/{len(every)}: {_listed(honoured, mark)}"


def _listed(full_names, mark):
    return ", ".join(f"`{name.partition(mark)[2]}`" for name in full_names)


def _joined(lines):
    return "\n".join(lines)
