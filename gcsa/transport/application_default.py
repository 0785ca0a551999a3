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

from gcsa.transport.google_auth import google_auth

_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
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
    if not _are_announced():
        return None
    problem = ""
    try:
        return google_auth.default(scopes=scopes, request=request)[0]
    except DefaultCredentialsError as error:
        problem = str(error.args[0]).strip() if error.args else ""
    raise ValueError(f"The Application Default Credentials cannot be used: {problem}")


def _are_announced() -> bool:
    return (
        bool(os.environ.get(_VARIABLE))
        or _gcloud_file().is_file()
        or any(os.environ.get(name) for name in _GOOGLE_MACHINES)
        or _is_compute_engine()
    )


def _gcloud_file() -> Path:
    """Return where `gcloud auth application-default login` puts them."""
    name = "application_default_credentials.json"
    if folder := os.environ.get("CLOUDSDK_CONFIG"):
        return Path(folder) / name
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", "C:\\")) / "gcloud" / name
    return Path.home() / ".config" / "gcloud" / name


def _is_compute_engine() -> bool:
    try:
        return _PRODUCT_NAME.read_text().startswith("Google")
    except OSError:
        return False
