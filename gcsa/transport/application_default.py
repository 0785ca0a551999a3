"""Application Default Credentials: those that Google's own tools and machines provide.

Reference: https://cloud.google.com/docs/authentication/application-default-credentials
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError
from google.auth.transport import Request

from gcsa.transport.credentials_file import CredentialsFile
from gcsa.transport.google_auth import google_auth

# Set on Cloud Run, Cloud Functions and App Engine; the last one stands in for the machines' metadata server in tests.
# https://cloud.google.com/run/docs/container-contract#env-vars
_GOOGLE_MACHINES = ("K_SERVICE", "CLOUD_RUN_JOB", "GAE_ENV", "GCE_METADATA_HOST")
# What google-auth looks at to tell a machine of Compute Engine.
_PRODUCT_NAME = Path("/sys/class/dmi/id/product_name")


def application_default(scopes: Sequence[str], request: Request) -> Credentials | None:
    """Return the Application Default Credentials, None where there are none.

    They are only looked for where something says that there are some: on a laptop, asking for Google's metadata server
    would take seconds.

    Args:
        scopes: What they are for.
        request: How Google is reached.

    Raises:
        ValueError: There are some, and they cannot be used.
    """
    path = _file()
    if path is None and not _is_google_machine():
        return None
    problem = ""
    try:
        if path is not None:
            file = CredentialsFile(path)
            # google-auth reads these as well, but asks `gcloud` for a project first, and sends the refresh token of a
            # user to Google, whoever gave it.
            if file.kind in ("service_account", "authorized_user"):
                return file.credentials(scopes, None)
        return google_auth.default(scopes=scopes, request=request)[0]
    except (FileNotFoundError, ValueError) as error:
        problem = str(error)
    except DefaultCredentialsError as error:
        problem = str(error.args[0]).strip() if error.args else ""
    raise ValueError(f"The Application Default Credentials cannot be used: {problem}")


def _file() -> Path | None:
    if named := os.environ.get("GOOGLE_APPLICATION_CREDENTIALS"):
        return Path(named)
    path = _gcloud_file()
    return path if path.is_file() else None


def _gcloud_file() -> Path:
    """Return where `gcloud auth application-default login` puts them."""
    name = "application_default_credentials.json"
    if folder := os.environ.get("CLOUDSDK_CONFIG"):
        return Path(folder) / name
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", "C:\\")) / "gcloud" / name
    return Path.home() / ".config" / "gcloud" / name


def _is_google_machine() -> bool:
    if any(os.environ.get(name) for name in _GOOGLE_MACHINES):
        return True
    try:
        return _PRODUCT_NAME.read_text().startswith("Google")
    except OSError:
        return False
