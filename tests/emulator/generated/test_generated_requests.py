"""5,000 generated calls of all 38 methods, plausible and odd: no failure, no hang, and every answer is Google's.

The calls are drawn from the discovery document. They come in sequences, each in a world that has people, calendars
and events in it, so that a call meets what the calls before it made. Other ones each time, and as many as wanted:

    GENERATED_REQUESTS=100000 python -m pytest tests/emulator/generated
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from gcsa.emulator import Request
from tests.emulator.generated.calls import METHODS, draw_call
from tests.emulator.generated.known_world import USERS, World
from tests.emulator.generated.valid_answers import check_answer, check_error

WANTED = int(os.environ.get("GENERATED_REQUESTS", "5000"))
LENGTH = 20
# Seconds of the processor. The dearest call takes a fifth of it, and most a thousandth.
LONGEST = 1.0


@pytest.fixture(scope="module")
def world():
    world = World()
    with world.emulator:
        yield world


@pytest.fixture(scope="module")
def sent():
    """What was sent, counted: the methods, and the statuses of their answers."""
    return Counter(), Counter()


def sequences(calls):
    """Run a test on sequences of so many calls in all; without `GENERATED_REQUESTS`, no others each time."""
    chosen = settings(
        max_examples=calls // LENGTH,
        derandomize="GENERATED_REQUESTS" not in os.environ,
        database=None,
        deadline=None,
        # A sequence ends with the call that fails, and the calls are noted: there is nothing to be made simpler.
        phases=[Phase.generate],
    )
    drawn = given(random=st.randoms(use_true_random=True))
    return lambda test: chosen(drawn(test))


def answer(world, request):
    """The answer to a request, which does not take long."""
    began = time.thread_time()
    response = world.emulator.handle(request)
    assert time.thread_time() - began < LONGEST
    return response


def check(call, request, response):
    """Check an answer; of one that was asked for in parts, only that it is no failure."""
    if response.status >= 400:
        check_error(response)
    elif "fields" not in request.query and "x-http-method-override" not in request.headers:
        check_answer(call.method, response)


@sequences(WANTED)
def test_no_call_makes_the_emulator_fail(world, sent, random):
    methods, statuses = sent
    world.begin_again()
    for _ in range(LENGTH):
        call = draw_call(random, USERS)
        request = world.request_of(call)
        note(f"{call.method} by {call.user}: {request}")
        response = answer(world, request)
        note(f"{response.status} {response.body}")
        check(call, request, response)
        if response.status == 200 and response.body:
            world.learn(json.loads(response.body))
        methods[call.method] += 1
        statuses[response.status] += 1


def test_the_calls_were_of_all_methods_and_many_succeeded(sent):
    methods, statuses = sent
    assert methods.keys() == METHODS.keys()
    assert sum(methods.values()) >= WANTED
    assert statuses[200] + statuses[204] > WANTED / 5
    assert {400, 401, 403, 404, 410, 412} <= statuses.keys()


def part_of(number, request):
    """A request as a part of a batch."""
    target = request.path + "?" + urlencode(request.query, doseq=True)
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    return (
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <{number}>\r\n\r\n"
        f"{request.method} {target} HTTP/1.1\r\n{head}\r\n"
    ).encode("utf-8", "replace") + request.body


def parts_of(response):
    """The parts of a batch's answer: the status line and the body of each."""
    boundary = response.headers["content-type"].partition("boundary=")[2].encode()
    for part in response.body.split(b"--" + boundary)[1:-1]:
        _, status, body = part.split(b"\r\n\r\n", 2)
        yield int(status.split()[1]), body


@sequences(WANTED // 5)
def test_no_batch_of_calls_makes_the_emulator_fail(world, random):
    world.begin_again()
    requests = [world.request_of(draw_call(random, USERS)) for _ in range(LENGTH)]
    body = b"\r\n".join(part_of(number, request) for number, request in enumerate(requests))
    batch = Request.of(
        "POST",
        "/batch/calendar/v3",
        [("Content-Type", "multipart/mixed; boundary=b"), ("Authorization", f"Bearer {USERS[0]}")],
        body + b"\r\n--b--",
    )
    response = world.emulator.handle(batch)
    assert response.status == 200, response
    answered = list(parts_of(response))
    assert len(answered) == len(requests)
    for request, (status, content) in zip(requests, answered, strict=True):
        assert status < 500, request
        assert not content.strip() or isinstance(json.loads(content), dict)
