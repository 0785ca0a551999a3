"""A seed as it was written: in a YAML or JSON file, or as a dict; and the places in it, for whoever has to mend it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

# The way to a value: names and numbers, such as ("events", 3, "start").
Place = tuple[str | int, ...]


class SeedError(ValueError):
    """A seed that cannot be: the message says where, and why."""


class Document(NamedTuple):
    """What a seed says.

    Attributes:
        content: Its value.
        source: The file it was read from; empty for a dict.
        line_of: Returns the line of a place, None where it is not known.
    """

    content: Any
    source: str = ""
    line_of: Callable[[Place], int | None] = lambda _: None

    def error(self, place: Place, message: str) -> SeedError:
        """Return the error of something wrong at a place."""
        line = self.line_of(place)
        parts = [
            self.source if line is None else f"{self.source}, line {line}",
            place_text(place),
            message,
        ]
        return SeedError(": ".join(filter(None, parts)))


def place_text(place: Place) -> str:
    """Return a place as text: `events[3].start`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def read(source: str | os.PathLike[str] | Mapping[str, Any]) -> Document:
    """Read a seed.

    Args:
        source: The path of a YAML or JSON file, or a dict.

    Raises:
        SeedError: The file cannot be read as YAML or JSON.
        OSError: There is no such file, or it may not be read.
        ImportError: It is YAML, and PyYAML is not installed.
    """
    if not isinstance(source, str) and not hasattr(source, "__fspath__"):
        return Document(source)
    path = Path(cast("str | os.PathLike[str]", source))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SeedError(f"{path.name}: the file is not UTF-8") from None
    if path.suffix.lower() == ".json":
        return _read_json(text, path.name)
    return _read_yaml(text, path.name)


def _read_json(text: str, name: str) -> Document:
    try:
        return Document(msgspec.json.decode(text), name)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SeedError(f"{name}: {error or 'nested too deeply'}") from None


def _read_yaml(text: str, name: str) -> Document:
    try:
        yaml: Any = importlib.import_module("yaml")
    except ImportError:
        raise ImportError(
            "A YAML seed file needs PyYAML, which `pip install 'gcsa[emulator]'` brings; a JSON file does not."
        ) from None
    loader = _loader(yaml)(text)
    try:
        root = loader.get_single_node()
        content = None if root is None else loader.construct_document(root)
    except yaml.YAMLError as error:
        raise SeedError(_described(error, name)) from None
    finally:
        loader.dispose()

    def line_of(place: Place) -> int | None:
        return None if root is None else _line(root, place)

    return Document(content, name, line_of)


def _loader(yaml: Any) -> Any:
    """Return a safe loader that leaves dates as they are written, to be read as the API reads them."""
    resolvers = {
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": resolvers})


def _described(error: Any, name: str) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    where = name if mark is None else f"{name}, line {mark.line + 1}"
    return f"{where}: {problem}"


def _line(node: Any, place: Place) -> int:
    """Return the line of a place, or of the last part of the way to it that is there."""
    mark = node.start_mark
    for step in place:
        found = _step(node, step)
        if found is None:
            break
        name, node = found
        mark = name.start_mark
    line: int = mark.line + 1
    return line


def _step(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Return what a step leads to, after the name that it has."""
    if node.id == "sequence" and isinstance(step, int):
        return (node.value[step],) * 2 if step < len(node.value) else None
    if node.id == "mapping":
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    return None
