"""Somebody who controls the emulator in plain JSON."""

from __future__ import annotations

import json

import pytest

from gcsa.emulator import Request


class Control:
    """Calls control endpoints in process."""

    def __init__(self, emulator):
        self._emulator = emulator

    def response(self, method, path, body=None, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body and "content-type" not in sent:
            sent["content-type"] = "application/json"
        request = Request.of(method, f"/emulator{path}", sent.items(), body or b"")
        return self._emulator.handle(request)

    def __call__(self, method, path, body=None, **headers):
        response = self.response(method, path, body, **headers)
        assert response.status == 200, response.body
        return json.loads(response.body)

    def error(self, method, path, body=None, **headers):
        response = self.response(method, path, body, **headers)
        assert response.status >= 400
        return response.status, json.loads(response.body)["error"]["message"]


@pytest.fixture
def control(emulator):
    return Control(emulator)
