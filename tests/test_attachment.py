"""Attachments: the files of an event."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.attachment import Attachment

URL = "https://docs.google.com/document/d/123/edit"


def test_an_attachment_is_built_from_its_parameters_in_order() -> None:
    attachment = Attachment(URL, "Agenda", "text/plain", "https://icon", "123")
    assert attachment.file_url == URL
    assert attachment.title == "Agenda"
    assert attachment.mime_type == "text/plain"
    assert attachment.icon_link == "https://icon"
    assert attachment.file_id == "123"


def test_an_attachment_needs_a_url_only() -> None:
    attachment = Attachment(URL)
    assert (attachment.title, attachment.mime_type) == (None, None)
    assert (attachment.icon_link, attachment.file_id, attachment.other) == (None, None, {})


def test_what_google_sets_may_be_given_by_name() -> None:
    attachment = Attachment(URL, _icon_link="https://icon", _file_id="123")
    assert (attachment.icon_link, attachment.file_id) == ("https://icon", "123")


@pytest.mark.parametrize("kind", ["document", "spreadsheet", "presentation", "drive-sdk", "vid"])
def test_google_drives_own_mime_types_are_supported(kind: str) -> None:
    attachment = Attachment(URL, mime_type=f"application/vnd.google-apps.{kind}")
    assert attachment.unsupported_mime_type is False


@pytest.mark.parametrize("mime_type", ["application/pdf", "application/vnd.google-apps.x", None])
def test_other_mime_types_are_not_supported(mime_type: str | None) -> None:
    assert Attachment(URL, mime_type=mime_type).unsupported_mime_type is True


def test_the_support_follows_a_change_of_the_mime_type() -> None:
    attachment = Attachment(URL, mime_type="application/pdf")
    attachment.mime_type = "application/vnd.google-apps.form"
    assert attachment.unsupported_mime_type is False


def test_an_attachment_shows_its_title_and_its_url() -> None:
    assert repr(Attachment("https://x", "Agenda")) == "<Attachment 'Agenda' - 'https://x'>"


def test_attachments_compare_by_value() -> None:
    assert Attachment(URL, "Agenda") == Attachment(URL, "Agenda")
    assert Attachment(URL, "Agenda") != Attachment(URL, "Minutes")
    assert Attachment(URL, other={"x": 1}) != Attachment(URL)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"file_url": None}, "file_url must be a string, not NoneType."),
        ({"title": 5}, "title must be a string, not int."),
        ({"mime_type": 5}, "mime_type must be a string, not int."),
        ({"_icon_link": 5}, "icon_link must be a string, not int."),
        ({"_file_id": 5}, "file_id must be a string, not int."),
    ],
)
def test_a_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Attachment(**{"file_url": URL, **values})
