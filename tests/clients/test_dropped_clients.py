"""Clients that nobody closes."""

from __future__ import annotations

import gc

import google.oauth2.credentials
import pytest

from gcsa.emulator import Emulator
from gcsa.google_calendar import GoogleCalendar


@pytest.mark.filterwarnings("error")
def test_a_client_that_is_dropped_leaves_no_connection_open():
    with Emulator() as emulator:
        calendar = GoogleCalendar(
            credentials=google.oauth2.credentials.Credentials(token="me@example.com"),
            api_endpoint=emulator.serve(),
        )
        list(calendar.get_events())
        connections = calendar._wire.client
        del calendar
        gc.collect()
        assert connections.is_closed


def test_a_batch_keeps_its_dropped_client_open():
    with Emulator() as emulator:
        batch = emulator.client().batch()
        gc.collect()
        with batch:
            found = batch.get_calendar()
        assert found.result().id == "me@example.com"
