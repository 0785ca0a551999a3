"""Attachments: the files of an event."""

from __future__ import annotations

from typing import Any

from attrs import define, field
from attrs.validators import optional

from gcsa import _checks as checks

# https://developers.google.com/workspace/drive/api/guides/mime-types
_GOOGLE_DRIVE_MIME_TYPES = frozenset(
    f"application/vnd.google-apps.{kind}"
    for kind in (
        "audio",
        "document",
        "drawing",
        "drive-sdk",
        "file",
        "folder",
        "form",
        "fusiontable",
        "jam",
        "mail-layout",
        "map",
        "photo",
        "pic",
        "presentation",
        "script",
        "shortcut",
        "site",
        "spreadsheet",
        "unknown",
        "vid",
        "video",
    )
)


def _a_url(file_url: str) -> str | None:
    checks.require_text("file_url", file_url)
    return file_url


@define(slots=False, repr=False)
class Attachment:
    """A file that is attached to an event.

    An event has at most 25 of them.

    Args:
        file_url: Where the file is. For a file in Google Drive, its `alternateLink`, such as
            `https://docs.google.com/document/d/…/edit`.
        title: The file's title.
        mime_type: The file's MIME type, such as `'application/vnd.google-apps.document'`.
        _icon_link: Where the file's icon is. Set by Google for files of its own.
        _file_id: The file's id in Google Drive. Set by Google.
        other: What else Google says of it, under Google's own names.

    Attributes:
        icon_link: What was given as `_icon_link`.
        file_id: What was given as `_file_id`.

    Raises:
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    file_url: str | None = field(converter=_a_url)
    title: str | None = field(default=None, validator=optional(checks.text()))
    mime_type: str | None = field(default=None, validator=optional(checks.text()))
    icon_link: str | None = field(
        default=None, alias="_icon_link", validator=optional(checks.text())
    )
    file_id: str | None = field(default=None, alias="_file_id", validator=optional(checks.text()))
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping, kw_only=True)

    @property
    def unsupported_mime_type(self) -> bool:
        """Whether `mime_type` is not one of Google Drive's own; then Google may show no icon."""
        return self.mime_type not in _GOOGLE_DRIVE_MIME_TYPES

    def __repr__(self) -> str:
        return f"<Attachment {self.title!r} - {self.file_url!r}>"
