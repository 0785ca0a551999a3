"""What takes several calls, step by step and without anybody to carry it out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gcsa.errors import GoogleCalendarError
from gcsa.google_calendar import GoogleCalendar
from gcsa.operations.operation import Operation
from gcsa.operations.procedure import Take, Together
from gcsa.operations.runner import Caller
from gcsa.serializers.page import Page


class Desk(Caller):
    default_calendar = "primary"

    def now(self):
        return datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_changes_that_come_without_a_token_are_an_error():
    steps = GoogleCalendar.get_event_changes.of(Desk())
    assert isinstance(next(steps), Operation)
    with pytest.raises(GoogleCalendarError) as raised:
        steps.send(Page([]))
    assert str(raised.value) == (
        "No sync token came with the changes on GET calendars/primary/events."
    )


def test_a_bulk_call_takes_as_many_as_are_sent_side_by_side():
    steps = GoogleCalendar.delete_events.of(Desk(), (f"event{number}" for number in range(999)))
    step = next(steps)
    assert isinstance(step, Take)
    assert step.most == 200

    together = steps.send(["event0", "event1"])

    assert isinstance(together, Together)
    assert [operation.path.split("/")[-1] for operation in together.operations] == [
        "event0",
        "event1",
    ]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), RuntimeError("stop")])
def test_an_interrupted_bulk_call_says_how_far_it_came(interruption):
    steps = GoogleCalendar.delete_events.of(Desk(), [])
    next(steps)
    steps.send(["event0", "event1"])
    steps.send([None, None])
    steps.send(["event2"])
    with pytest.raises(type(interruption)) as raised:
        steps.throw(interruption)
    assert raised.value.__notes__ == [
        "The first 2 events are done; of the 1 after them some may be."
    ]
