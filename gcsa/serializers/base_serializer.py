"""What every serializer does: JSON as text, bytes or dict on one side, one noun on the other."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any, Generic, TypeVar, cast

import msgspec

from gcsa.serializers.page import Page

T = TypeVar("T")

_decode = msgspec.json.Decoder().decode

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class BaseSerializer(Generic[T]):
    """Turns one kind of object into the JSON of Google's API and back.

    A subclass sets `type_`, names the one parameter of its `__init__` after it in snake_case, and
    implements `write` and `read`::

        class PersonSerializer(BaseSerializer[Person]):
            type_ = Person

            def __init__(self, person: Person | dict[str, Any] | str) -> None:
                super().__init__(person)

            @classmethod
            def write(cls, obj: Person) -> dict[str, Any]: ...

            @classmethod
            def read(cls, resource: dict[str, Any]) -> Person: ...

    Args:
        obj: The object, or its JSON as a dict or a string.

    Raises:
        TypeError: `obj` is none of these.
    """

    type_: type[T]

    # Whether what `write` returns shares nothing changeable with the object.
    writes_afresh = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Check `type_` and the name of the parameter of `__init__`.

        Raises:
            AssertionError: One of them is not as it has to be.
        """
        super().__init_subclass__(**kwargs)
        type_ = getattr(cls, "type_", None)
        if not isinstance(type_, type):
            raise AssertionError(f"{cls.__name__} has to set type_, the class that it serializes.")
        expected = _WORD_START.sub("_", type_.__name__).lower()
        _self, *parameters = inspect.signature(cls.__init__).parameters
        if parameters != [expected]:
            raise AssertionError(
                f"{cls.__name__}.__init__ has to have exactly one parameter, named {expected!r}"
                f" after {type_.__name__}; it has {', '.join(parameters) or 'none'}."
            )

    def __init__(self, obj: T | dict[str, Any] | str) -> None:
        self._object: T | None = None
        self._json: dict[str, Any] | None = None
        if isinstance(obj, self.type_):
            self._object = obj
        elif isinstance(obj, (dict, str)):
            self._json = copy_json(self.ensure_dict(cast("dict[str, Any] | str", obj)))
        else:
            raise TypeError(
                f"{type(self).__name__} takes {self.type_.__name__}, a dict or a JSON string,"
                f" not {type(obj).__name__}."
            )

    def get_json(self) -> dict[str, Any]:
        """Return the JSON that was given, or the JSON of the object that was given."""
        if self._json is None:
            return self.to_json(cast("T", self._object))
        return copy_json(self._json)

    def get_object(self) -> T:
        """Return the object that was given, or the object of the JSON that was given."""
        if self._object is None:
            self._object = self.to_object(cast("dict[str, Any]", self._json))
        return self._object

    @classmethod
    def to_json(cls, obj: T) -> dict[str, Any]:
        """Return the object's JSON, as a new dict that shares nothing changeable with the object.

        Raises:
            TypeError: `obj` is not of the serializer's type.
        """
        # As an object: the check is for those who call without a type checker.
        given: object = obj
        if not isinstance(given, cls.type_):
            raise TypeError(
                f"{cls.__name__}.to_json takes {cls.type_.__name__}, not {type(given).__name__}."
            )
        written = cls.write(obj)
        return written if cls.writes_afresh else copy_json(written)

    @classmethod
    def to_object(cls, json_: dict[str, Any] | str) -> T:
        """Return the object of its JSON. Whatever the values are, they are kept.

        Args:
            json_: A dict, which is neither changed nor kept, or a string.

        Raises:
            TypeError: `json_` is neither a dict nor a JSON string of an object.
            ValueError: The string is not JSON.
        """
        resource = cls.ensure_dict(json_)
        return cls.read(copy_json(resource) if resource is json_ else resource)

    @classmethod
    def from_bytes(cls, body: bytes) -> T:
        """Return the object of a response's body.

        Raises:
            TypeError: The body is JSON, but not an object.
            ValueError: The body is not JSON.
        """
        return cls.read(_an_object(_parse(body)))

    @classmethod
    def page_from_bytes(cls, body: bytes) -> Page[T]:
        """Return the page of a listing from a response's body.

        Items that are not JSON objects stay in the page's `other["items"]`.

        Raises:
            TypeError: The body is JSON, but not an object.
            ValueError: The body is not JSON.
        """
        envelope = _an_object(_parse(body))
        found: object = envelope.pop("items", None)
        items: list[T] = []
        if isinstance(found, list):
            read = cls.read
            odd: list[Any] = []
            for item in cast("list[object]", found):
                if isinstance(item, dict):
                    items.append(read(cast("dict[str, Any]", item)))
                else:
                    odd.append(item)
            if odd:
                envelope["items"] = odd
        elif found is not None:
            envelope["items"] = found
        return Page(
            items=items,
            next_page_token=_take_text(envelope, "nextPageToken"),
            next_sync_token=_take_text(envelope, "nextSyncToken"),
            other=envelope,
        )

    @staticmethod
    def ensure_dict(json_: dict[str, Any] | str) -> dict[str, Any]:
        """Return a dict as it is, and a JSON string as the dict that it says.

        Raises:
            TypeError: `json_` is neither a dict nor a JSON string of an object.
            ValueError: The string is not JSON.
        """
        given: object = json_
        if isinstance(given, str):
            return _an_object(_parse(given))
        return _an_object(given)

    @classmethod
    def write(cls, obj: T) -> dict[str, Any]:
        """Return the object's JSON; it may share lists and dicts with the object.

        What a subclass implements. Callers use `to_json`, other serializers this one.
        """
        raise NotImplementedError(f"{cls.__name__} does not implement write().")

    @classmethod
    def read(cls, resource: dict[str, Any]) -> T:
        """Return the object of a dict that nobody else has, so that the object may keep it.

        What a subclass implements. Callers use `to_object`, other serializers this one.
        """
        raise NotImplementedError(f"{cls.__name__} does not implement read().")


def copy_json(value: T) -> T:
    """Return JSON (dicts, lists and values) with its dicts and lists copied at every depth."""
    # As an object: what a type checker makes of a T that is a dict says nothing of what is in it.
    given: object = value
    if not isinstance(given, (dict, list)):
        return value
    try:
        return cast("T", msgspec.to_builtins(given))
    except TypeError:
        # What is no JSON stays what it is: sending it will tell what is wrong with it.
        return cast("T", _copy(value))


def _copy(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in cast("dict[object, object]", value).items()}
    if isinstance(value, list):
        return [_copy(item) for item in cast("list[object]", value)]
    return value


def same_json(one: Any, another: Any) -> bool:
    """Return whether two JSON values are the same at every depth."""
    # Python's == has 1 equal to True and to 1.0.
    if type(one) is not type(another):
        return False
    if isinstance(one, dict):
        first, second = cast("dict[str, Any]", one), cast("dict[str, Any]", another)
        return first.keys() == second.keys() and all(
            same_json(value, second[name]) for name, value in first.items()
        )
    if isinstance(one, list):
        items, others = cast("list[object]", one), cast("list[object]", another)
        return len(items) == len(others) and all(map(same_json, items, others))
    return bool(one == another)


def _parse(text: str | bytes) -> object:
    try:
        return _decode(text)
    except RecursionError:
        raise ValueError("The JSON is nested as deeply as nothing of Google's is.") from None
    except (msgspec.MsgspecError, UnicodeError):
        # The standard library is slower but takes what msgspec refuses and others write: lone
        # surrogates, NaN, numbers beyond a double. It also has the better words for what is wrong.
        return json.loads(text)


def _an_object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"A JSON object was expected, not {type(value).__name__}.")
    return cast("dict[str, Any]", value)


def _take_text(envelope: dict[str, Any], key: str) -> str | None:
    value: object = envelope.get(key)
    if not isinstance(value, str):
        return None
    del envelope[key]
    return value
