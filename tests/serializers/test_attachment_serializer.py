"""Attachments, as Google sends and takes them."""

from __future__ import annotations

from gcsa.attachment import Attachment
from gcsa.serializers.attachment_serializer import AttachmentSerializer


def test_an_attachment_is_written_with_what_was_set() -> None:
    attachment = Attachment("https://file", "Agenda", "text/plain", "https://icon", "123")
    assert AttachmentSerializer.to_json(attachment) == {
        "fileUrl": "https://file",
        "title": "Agenda",
        "mimeType": "text/plain",
        "iconLink": "https://icon",
        "fileId": "123",
    }
    assert AttachmentSerializer.to_json(Attachment("https://file")) == {"fileUrl": "https://file"}


def test_an_attachment_is_read_with_its_id_and_what_else_google_says() -> None:
    resource = {"fileUrl": "https://file", "fileId": "123", "new": {"a": [1]}}
    attachment = AttachmentSerializer.to_object(resource)
    assert attachment == Attachment("https://file", _file_id="123", other={"new": {"a": [1]}})
    assert AttachmentSerializer.to_json(attachment) == resource


def test_an_attachment_without_a_url_is_read() -> None:
    attachment = AttachmentSerializer.to_object({"title": "Agenda"})
    assert (attachment.file_url, attachment.title) == (None, "Agenda")
