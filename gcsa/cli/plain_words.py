"""Commands whose words are taken as they are, where they are texts.

Typer reads every parameter with a model of Pydantic, and makes one even of what is not given; to load Pydantic takes
longer than everything else that a short command does. Texts need no reading. What is something else, such as a path or
one of several choices, is still Typer's to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand, TyperGroup

_TEXTS = (str, list[str])


class PlainCommand(TyperCommand):
    """A command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of a command line."""
        _take_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)


class PlainGroup(TyperGroup):
    """A group of commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words before the name of one of the commands."""
        _take_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)


def _take_plainly(parameters: Iterable[Any]) -> None:
    for parameter in parameters:
        # A version of Typer that reads in another way is left to do so.
        if getattr(parameter, "_runtime_param", parameter) is None:
            parameter._runtime_param = _Plain()


class _Plain:
    """Stands where Typer looks for what reads a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value of a parameter from what the command line says."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        said = param.type_descriptor
        if said.annotation in _TEXTS and said.parameter_info.parser is None:
            return list(value) if several else value
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
