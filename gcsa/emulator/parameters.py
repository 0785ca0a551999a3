"""The parameters of a call, read and checked against the contract."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gcsa.emulator import times
from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from gcsa.emulator.contract import Method, Parameter
    from gcsa.emulator.http import Query

Value = str | int | bool | list[str]

_INTEGER = re.compile(r"[+-]?\d{1,20}", re.ASCII)
_RANGES = {"int32": (-(1 << 31), (1 << 31) - 1), "uint32": (0, (1 << 32) - 1)}


class Parameters:
    """The values that one call gave, by Google's names; what was not given is None, False or empty."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str | None:
        """Return a string parameter."""
        value = self._values.get(name)
        return value if isinstance(value, str) else None

    def required(self, name: str) -> str:
        """Return a string parameter that the contract requires."""
        return str(self._values[name])

    def integer(self, name: str) -> int | None:
        """Return an integer parameter."""
        value = self._values.get(name)
        return value if isinstance(value, int) else None

    def flag(self, name: str) -> bool:
        """Return a boolean parameter, False when it was not given."""
        return self._values.get(name) is True

    def texts(self, name: str) -> list[str]:
        """Return a parameter that may be repeated."""
        value = self._values.get(name)
        return value if isinstance(value, list) else []

    def seconds(self, name: str) -> int | None:
        """Return a date-time parameter, in seconds since 1970."""
        text = self.text(name)
        return None if text is None else times.seconds(_aware(text))

    def milliseconds(self, name: str) -> int | None:
        """Return a date-time parameter, in milliseconds since 1970."""
        text = self.text(name)
        return None if text is None else times.milliseconds(_aware(text))


def read_parameters(method: Method, path: Mapping[str, str], query: Query) -> Parameters:
    """Return the parameters of a call.

    A parameter that the method does not have is ignored, as Google does; of one that is given twice but may not be
    repeated, the first counts.

    Raises:
        ApiError: One is missing, of the wrong type or out of its range.
    """
    readers, required = _readers(method.id)
    values: dict[str, Value] = dict(path)
    for name, texts in query.items():
        reader = readers.get(name)
        if reader is None:
            continue
        read, repeated = reader
        if repeated:
            values[name] = [str(read(text)) for text in texts]
        else:
            values[name] = read(texts[0])
    for name in required:
        if values.get(name, "") == "":
            raise ApiError.required_parameter(name)
    return Parameters(values)


@cache
def _readers(
    method_id: str,
) -> tuple[dict[str, tuple[Callable[[str], Value], bool]], tuple[str, ...]]:
    own = contract().methods[method_id].parameters
    readers = {
        name: (_reader(name, parameter), parameter.repeated)
        for name, parameter in (contract().common_parameters | own).items()
        if parameter.location == "query"
    }
    required = tuple(name for name, parameter in own.items() if parameter.required)
    return readers, required


def _reader(name: str, parameter: Parameter) -> Callable[[str], Value]:
    if parameter.type == "integer":
        return _integer_reader(name, parameter)
    if parameter.type == "boolean":
        return lambda text: _boolean(name, text)
    if parameter.enum is not None:
        allowed = parameter.enum
        return lambda text: _one_of(name, text, allowed)
    if parameter.format == "date-time":
        return _date_time
    return lambda text: text


def _integer_reader(name: str, parameter: Parameter) -> Callable[[str], Value]:
    least, most = _RANGES[parameter.format or "int32"]
    if parameter.minimum is not None:
        least = int(parameter.minimum)
    if parameter.maximum is not None:
        most = int(parameter.maximum)

    def read(text: str) -> int:
        if _INTEGER.fullmatch(text) is None:
            raise ApiError.invalid_parameter(name, f"Invalid integer value: '{_short(text)}'.")
        value = int(text)
        if not least <= value <= most:
            # The wording is that of Google's common front end, which answers YouTube's clients with "Invalid value
            # '100'. Values must be within the range: [0, 50]", and with "Invalid string value: …" below.
            raise ApiError.invalid_parameter(
                name,
                f"Invalid value '{_short(text)}'. Values must be within the range: [{least}, {most}]",
            )
        return value

    return read


def _boolean(name: str, text: str) -> bool:
    lowered = text.lower()
    if lowered in ("true", "1", ""):
        return True
    if lowered in ("false", "0"):
        return False
    raise ApiError.invalid_parameter(name, f"Invalid boolean value: '{_short(text)}'.")


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ApiError.invalid_parameter(
            name, f"Invalid string value: '{_short(text)}'. Allowed values: [{', '.join(allowed)}]"
        )
    return text


def _date_time(text: str) -> str:
    _aware(text)
    return text


def _aware(text: str) -> datetime:
    moment = times.parse_date_time(text)
    if moment is None or moment.tzinfo is None:
        raise ApiError.bad_request()
    return moment


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:100] + "…"
