"""The attachments of an event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# https://drive.google.com/file/d/<id>/view, https://docs.google.com/document/d/<id>/edit, …/open?id=<id>
_DRIVE_FILE = re.compile(
    r"https://(?:drive|docs)\.google\.com/(?:.*/d/|.*[?&]id=)([A-Za-z0-9_-]{10,})"
)


def attachments(given: list[Resource]) -> list[Resource]:
    """Return the attachments as they are stored: a file of Google Drive gets the id that its address has.

    Raises:
        ApiError: One has no address.
    """
    return [_attachment(attachment) for attachment in given]


def _attachment(given: Resource) -> Resource:
    url = given.get("fileUrl")
    if not url:
        raise ApiError.required("Missing attachment file URL.")
    complete = {
        name: given[name]
        for name in ("fileUrl", "title", "mimeType", "iconLink")
        if given.get(name)
    }
    if match := _DRIVE_FILE.match(url):
        complete["fileId"] = match[1]
    return complete
