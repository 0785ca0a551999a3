"""Attachments to and from JSON."""

from __future__ import annotations

from typing import Any

from gcsa.attachment import Attachment
from gcsa.serializers._layout import Layout, Value
from gcsa.serializers.base_serializer import BaseSerializer

_LAYOUT = Layout(
    Attachment,
    {
        "fileUrl": Value("file_url"),
        "title": Value("title"),
        "mimeType": Value("mime_type"),
        "iconLink": Value("icon_link"),
        "fileId": Value("file_id"),
    },
)


class AttachmentSerializer(BaseSerializer[Attachment]):
    """Turns an `Attachment` into the JSON of one of an event's `attachments` and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = Attachment

    def __init__(self, attachment: Attachment | dict[str, Any] | str) -> None:
        super().__init__(attachment)

    @classmethod
    def write(cls, obj: Attachment) -> dict[str, Any]:
        """Return the attachment's JSON; None is left out."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Attachment:
        """Return the attachment, whatever the values are."""
        return _LAYOUT.read(resource)
