"""Application Default Credentials, and where it is worth to look for them."""

from __future__ import annotations

import json

import httpx2
import pytest

from gcsa.transport.application_default import application_default
from gcsa.transport.token_request import TokenRequest

SCOPES = ("https://www.googleapis.com/auth/calendar",)


class Unreached(httpx2.BaseTransport):
    def handle_request(self, request):
        raise AssertionError(f"{request.url} was asked")


@pytest.fixture
def find(home):
    def find(transport=None):
        return application_default(
            SCOPES, TokenRequest(httpx2.Client(transport=transport or Unreached()))
        )

    return find


@pytest.fixture
def key(google, tmp_path):
    path = tmp_path / "key.json"
    path.write_text(json.dumps(google.service_account_info()))
    return path


def test_where_nothing_announces_them_nobody_is_asked(find):
    assert find() is None


def test_the_variable_names_them(find, key, monkeypatch):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    found = find()
    assert found.service_account_email == json.loads(key.read_text())["client_email"]
    assert found.scopes == SCOPES


def test_gclouds_are_found_in_its_folder(find, tokens, home):
    path = home / ".config" / "gcloud" / "application_default_credentials.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"type": "authorized_user", **(saved := tokens())}))
    assert find().refresh_token == saved["refresh_token"]


def test_gclouds_folder_can_be_elsewhere(find, tokens, tmp_path, monkeypatch):
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    (tmp_path / "application_default_credentials.json").write_text(
        json.dumps({"type": "authorized_user", **(saved := tokens())})
    )
    assert find().refresh_token == saved["refresh_token"]


class MetadataServer(httpx2.BaseTransport):
    """What a machine of Google's has beside it.

    Reference: https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys
    """

    def handle_request(self, request):
        answers = {"/computeMetadata/v1/project/project-id": "a-project"}
        return httpx2.Response(
            200,
            text=answers.get(request.url.path, "computeMetadata/\n"),
            headers={"Metadata-Flavor": "Google"},
        )


@pytest.mark.parametrize("name", ["K_SERVICE", "CLOUD_RUN_JOB", "GAE_ENV"])
def test_googles_own_machines_are_asked(find, monkeypatch, name):
    monkeypatch.setenv(name, "x")
    assert type(find(MetadataServer())).__module__ == "google.auth.compute_engine.credentials"


def test_a_machine_of_compute_engine_says_so(find, home, monkeypatch):
    product = home / "product_name"
    product.write_text("Google Compute Engine\n")
    monkeypatch.setattr("gcsa.transport.application_default._PRODUCT_NAME", product)
    assert find(MetadataServer()) is not None
    product.write_text("ThinkPad\n")
    assert find() is None


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "There is no credentials file "), ("s3cret", "is not a credentials file"),
     ('{"type": "x"}', "does not have a valid type"), ('{"type": "external_account"}', "external account credentials"),
     ('{"type": "service_account", "private_key": "s3cret"}', "nor the whole key of a service account")],
)  # fmt: skip
def test_some_that_cannot_be_used_say_why(find, tmp_path, monkeypatch, content, why):
    path = tmp_path / "key.json"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    with pytest.raises(
        ValueError, match="The Application Default Credentials cannot be used: "
    ) as error:
        find()
    assert why in str(error.value)
    assert "s3cret" not in str(error.value)
    assert error.value.__context__ is None
