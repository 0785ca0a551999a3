"""Free/busy to and from JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from gcsa.free_busy import FreeBusy, TimeRange
from gcsa.serializers._layout import (
    ABSENT,
    Attributes,
    Converted,
    Layout,
    Part,
    Parts,
    Texts,
    keys_of,
    read_parts,
    write_parts,
)
from gcsa.serializers.base_serializer import BaseSerializer
from gcsa.util.date_time_util import to_localized_iso


class _Moment(Converted):
    """A datetime here, RFC 3339 text at Google."""

    json_type = str

    def to_attribute(self, value: Any) -> datetime | None:
        return _read_moment(value)

    def to_json(self, attribute: Any) -> Any:
        return _write_moment(attribute)


class _Busy(Converted):
    """A calendar's busy times: TimeRanges here, objects of two texts at Google."""

    json_type = list

    def to_attribute(self, value: Any) -> list[TimeRange]:
        ranges = map(_read_range, value)
        return [time_range for time_range in ranges if time_range is not None]

    def to_json(self, attribute: Any) -> Any:
        return [
            {"start": _write_moment(time_range.start), "end": _write_moment(time_range.end)}
            for time_range in attribute
        ]


class _Errors(Converted):
    """What failed: Google's own objects, in both."""

    json_type = list

    def to_attribute(self, value: Any) -> list[dict[str, Any]]:
        return [error for error in value if isinstance(error, dict)]

    def to_json(self, attribute: Any) -> Any:
        return attribute


class _ByName(Part):
    """What is found of each calendar or group, and what failed, in two dicts by its name.

    Args:
        found: The attribute of what is found.
        failed: The attribute of what failed.
        parts: The keys of each one's object, with the attributes `found` and `failed`.
    """

    json_type = dict

    def __init__(self, found: str, failed: str, parts: Parts) -> None:
        self.attributes = {found: "found", failed: "failed"}
        self.parts = parts

    def absent(self) -> Attributes:
        return {attribute: {} for attribute in self.attributes}

    def read(self, value: Any, attributes: Attributes) -> object:
        kept: dict[str, Any] = {}
        for name, resource in value.items():
            if type(resource) is not dict:
                kept[name] = resource
                continue
            one: Attributes = {}
            rest = read_parts(self.parts, cast("dict[str, Any]", resource), one)
            for attribute, part in self.attributes.items():
                if part in one:
                    attributes[attribute][name] = one[part]
            if rest or not resource:
                kept[name] = rest
        return kept if kept or not value else ABSENT

    def write(self, attributes: Attributes, kept: Any) -> object:
        rests = keys_of(kept)
        names = {name: None for attribute in self.attributes for name in attributes[attribute]}
        written: dict[str, Any] = {}
        for name in names | rests:
            one = {
                part: attributes[attribute].get(name) for attribute, part in self.attributes.items()
            }
            rest: object = rests.get(name, {})
            resource = write_parts(self.parts, one, keys_of(rest))
            written[name] = resource if resource or isinstance(rest, dict) else rest
        return written if written or isinstance(kept, dict) else kept


def _read_range(period: Any) -> TimeRange | None:
    start = _read_moment(keys_of(period).get("start"))
    end = _read_moment(keys_of(period).get("end"))
    return None if start is None or end is None else TimeRange(start, end)


def _read_moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        # RFC 3339, section 5.6, allows "t" and "z" as well.
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _write_moment(moment: datetime) -> str:
    return to_localized_iso(moment).replace("+00:00", "Z")


_LAYOUT = Layout(
    FreeBusy,
    {
        "timeMin": _Moment("time_min"),
        "timeMax": _Moment("time_max"),
        "groups": _ByName(
            "groups", "groups_errors", {"calendars": Texts("found"), "errors": _Errors("failed")}
        ),
        "calendars": _ByName(
            "calendars", "calendars_errors", {"busy": _Busy("found"), "errors": _Errors("failed")}
        ),
    },
)


class FreeBusySerializer(BaseSerializer[FreeBusy]):
    """Turns a `FreeBusy` into the JSON of the answer to a free/busy query and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
    """

    type_ = FreeBusy

    def __init__(self, free_busy: FreeBusy | dict[str, Any] | str) -> None:
        super().__init__(free_busy)

    @classmethod
    def write(cls, obj: FreeBusy) -> dict[str, Any]:
        """Return the answer's JSON."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> FreeBusy:
        """Return the free/busy, whatever the values are; a time that cannot be read is left out."""
        return _LAYOUT.read(resource)
