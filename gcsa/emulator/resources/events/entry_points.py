"""The entry points of a conference: which ones it may have, and where they lead.

The rules are those of conferenceData.entryPoints in
https://developers.google.com/workspace/calendar/api/v3/reference/events .
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# "for video, http: or https: schema is required; for phone, tel: …; for sip, sip: …; for more, http: or https: …"
_SCHEMES: Final = {
    "video": ("http:", "https:"),
    "phone": ("tel:",),
    "sip": ("sip:",),
    "more": ("http:", "https:"),
}
# "A conference can have zero or one video [sip, more] entry point."
_AT_MOST_ONE: Final = ("video", "sip", "more")


def check_entry_points(data: Resource) -> None:
    """Check the rules for a conference's entry points.

    Raises:
        ApiError: There is no solution or entry point, there are too many of a type, or a URI does not fit its type.
    """
    entry_points: list[Resource] = data.get("entryPoints") or []
    if not entry_points or not data.get("conferenceSolution"):
        # "Either conferenceSolution and at least one entryPoint, or createRequest is required." The message is that of
        # https://github.com/googleapis/google-api-dotnet-client/issues/1894
        raise ApiError.invalid("Invalid conference data.")
    counts = Counter(entry_point.get("entryPointType") for entry_point in entry_points)
    if None in counts:
        raise ApiError.required("Missing entry point type.")
    if any(counts[kind] > 1 for kind in _AT_MOST_ONE) or set(counts) == {"more"}:
        # "A conference with only a more entry point is not a valid conference."
        raise ApiError.invalid("Invalid conference entry points.")
    for entry_point in entry_points:
        _check_entry_point(entry_point)


def _check_entry_point(entry_point: Resource) -> None:
    uri: str = entry_point.get("uri") or ""
    kind: str = entry_point["entryPointType"]
    if not uri.lower().startswith(_SCHEMES[kind]):
        raise ApiError.invalid(f"Invalid URI of a {kind} entry point.")
    features: list[str] = entry_point.get("entryPointFeatures") or []
    if "toll" in features and "toll-free" in features:
        # "toll and toll-free cannot be both set on the same entry point"
        raise ApiError.invalid("Invalid features of an entry point.")
