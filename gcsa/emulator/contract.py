"""The contract: Google's discovery document, as the emulator reads it from `contract.json`."""

from __future__ import annotations

import importlib.resources
from functools import cache
from typing import Any

import msgspec


class Parameter(msgspec.Struct, frozen=True, rename="camel"):
    """One path or query parameter of a method."""

    location: str
    type: str
    format: str | None = None
    enum: tuple[str, ...] | None = None
    minimum: str | None = None
    maximum: str | None = None
    default: str | None = None
    required: bool = False
    repeated: bool = False


class Reference(msgspec.Struct, frozen=True, rename={"name": "$ref"}):
    """The name of a schema."""

    name: str


class Method(msgspec.Struct, frozen=True, rename="camel"):
    """One method of the API."""

    id: str
    http_method: str
    path: str
    scopes: tuple[str, ...]
    parameters: dict[str, Parameter] = {}
    request: Reference | None = None
    response: Reference | None = None
    supports_subscription: bool = False


class Schema(msgspec.Struct, frozen=True, rename={"ref": "$ref"}):
    """The shape of a resource, or of one of its fields.

    `enum`, `readOnly`, `maxLength` and `maxItems` are what Google's prose says; see `distill.py`.
    """

    type: str | None = None
    ref: str | None = None
    format: str | None = None
    enum: tuple[str, ...] | None = None
    properties: dict[str, Schema] | None = None
    items: Schema | None = None
    additionalProperties: Schema | None = None  # noqa: N815 (the keyword's own name)
    readOnly: bool = False  # noqa: N815
    maxLength: int | None = None  # noqa: N815
    maxItems: int | None = None  # noqa: N815


class Contract(msgspec.Struct, frozen=True):
    """Methods by id (`calendar.events.insert`), schemas by name, and the parameters that all methods have."""

    methods: dict[str, Method]
    schemas: dict[str, Schema]
    common_parameters: dict[str, Parameter]
    base_path: str
    batch_path: str


@cache
def contract() -> Contract:
    """Return the contract; it is read once."""
    document: dict[str, Any] = msgspec.json.decode(contract_bytes())
    methods = [
        method
        for resource in document["resources"].values()
        for method in msgspec.convert(list(resource["methods"].values()), list[Method])
    ]
    return Contract(
        methods={method.id: method for method in methods},
        schemas=msgspec.convert(document["schemas"], dict[str, Schema]),
        common_parameters=msgspec.convert(document["parameters"], dict[str, Parameter]),
        base_path=document["basePath"],
        batch_path="/" + document["batchPath"],
    )


@cache
def contract_bytes() -> bytes:
    """Return `contract.json` as it is: a discovery document without prose."""
    return importlib.resources.files("gcsa.emulator").joinpath("contract.json").read_bytes()
