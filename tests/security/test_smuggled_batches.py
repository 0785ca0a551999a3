"""What is put into a batch is one call of the API as who it says it is, or it is refused.

The rules of batches themselves are in tests/emulator/test_batches.py.
"""

from __future__ import annotations

import pytest

from tests.emulator.conformance.document import METHODS
from tests.security.conftest import EVENT, SECRET, VICTIM, aimed, dumped

STRANGER = "stranger@elsewhere.example"
EVENTS = f"/calendar/v3/calendars/{VICTIM}/events"
TYPE = "multipart/mixed; boundary=outer"


def part(request: bytes, head: bytes = b"") -> bytes:
    return b"--outer\r\nContent-Type: application/http\r\n" + head + b"\r\n" + request + b"\r\n"


def sent(world, *parts, target="/batch/calendar/v3", token=STRANGER):
    headers = [("Content-Type", TYPE)]
    return world.person(token).send("POST", target, b"".join(parts) + b"--outer--", headers)


def statuses(reply) -> list[int]:
    return [int(line.split()[1]) for line in reply.body.split(b"\r\n") if line.startswith(b"HTTP/")]


def call(method: str, target: str, body=None, headers: bytes = b"") -> bytes:
    content = b"" if body is None else dumped(body)
    return b"%s %s HTTP/1.1\r\nContent-Type: application/json\r\n%s\r\n%s" % (
        method.encode(),
        target.encode(),
        headers,
        content,
    )


@pytest.mark.parametrize("name", METHODS)
def test_each_method_is_refused_in_a_batch_as_it_is_alone(world, name):
    before = world.state()
    body, parameters = aimed(name, world, VICTIM)
    alone = world.person(STRANGER).call(name, body, **parameters)
    path = METHODS[name]["path"]
    query = []
    for key, value in parameters.items():
        if f"{{{key}}}" in path:
            path = path.replace(f"{{{key}}}", str(value))
        else:
            query.append(f"{key}={value}".replace(" ", "+"))
    target = f"/calendar/v3/{path}?{'&'.join(query)}"
    if name.endswith(".watch"):
        body = {**body, "id": "another"}
    if alone.status < 300 and not name.endswith((".get", ".list", ".query")):
        return  # what is the stranger's own was done already
    reply = sent(world, part(call(METHODS[name]["httpMethod"], target, body)))
    assert statuses(reply) == [alone.status]
    assert SECRET not in reply.shown
    assert world.state() == before


@pytest.mark.parametrize(
    "target",
    [
        f"https://victim.example{EVENTS}",
        f"http://{VICTIM}@calendar.emulator{EVENTS}",
        f"//victim.example{EVENTS}",
        f"calendar/v3/../v3/calendars/{VICTIM}/events",
        f"{EVENTS}/{EVENT}",
        f"{EVENTS}?access_token=nonsense",
        f"/calendar/v3/calendars/primary/../{VICTIM}/events",
        f"/calendar/v3/calendars/primary%2f..%2f{VICTIM}/events",
        "/emulator/requests",
        "/emulator/snapshot",
        "http://localhost/emulator/snapshot",
        "/batch/calendar/v3",
        "/batch",
        "/token",
        "/o/oauth2/auth",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_no_address_within_a_part_leads_elsewhere(world, method, target):
    before = world.state()
    reply = sent(world, part(call(method, target, {} if method == "POST" else None)))
    assert reply.status == 200
    assert all(status >= 400 for status in statuses(reply))
    assert SECRET not in reply.shown
    assert world.state() == before


def test_a_batch_within_a_batch_is_refused(world):
    inner = b"--inner\r\nContent-Type: application/http\r\n\r\n" + call(
        "GET", EVENTS, headers=f"Authorization: Bearer {VICTIM}\r\n".encode()
    )
    nested = (
        b"POST /batch HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n"
        + inner
        + b"\r\n--inner--\r\n"
    )
    reply = sent(world, part(nested))
    assert statuses(reply) == [404]
    assert SECRET not in reply.shown


@pytest.mark.parametrize(
    "headers",
    [
        b"Host: victim.example",
        b"X-Forwarded-User: victim@example.com",
        b"Cookie: access_token=victim@example.com",
        b"X-Authorization: Bearer victim@example.com",
        b"Authorization : Basic victim@example.com",
        b"Content-Length: 0\r\nX-HTTP-Method-Override: GET",
        b"Transfer-Encoding: chunked",
    ],
)
def test_no_header_of_a_part_makes_its_call_somebody_elses(world, headers):
    reply = sent(world, part(call("GET", f"{EVENTS}/{EVENT}", headers=headers + b"\r\n")))
    assert statuses(reply)[0] in (401, 404)
    assert SECRET not in reply.shown


def test_what_follows_a_body_is_no_second_call(world):
    """A front end that believed Content-Length, and a server that does not, would not see the same calls."""
    before = world.state()
    second = call(
        "DELETE", f"{EVENTS}/{EVENT}", headers=f"Authorization: Bearer {VICTIM}\r\n".encode()
    )
    first = b"POST /calendar/v3/calendars/primary/events HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"
    for between in (b"\r\n", b"\r\n\r\n", b"\n", b""):
        reply = sent(world, part(first + between + second))
        assert statuses(reply) == [400]
    assert world.state() == before


def test_a_token_of_one_part_does_not_serve_the_next(world):
    own = f"Authorization: Bearer {STRANGER}\r\n".encode()
    reply = sent(
        world,
        part(call("GET", "/calendar/v3/calendars/primary", headers=own)),
        part(call("GET", "/calendar/v3/calendars/primary")),
        token=None,
    )
    assert statuses(reply) == [200, 401]


@pytest.mark.parametrize(
    "content_id",
    [
        b"<a>\rSet-Cookie: owned=1\r\r<script>",
        b"<a>\x0bX-Owned: 1",
        b"<a>\x00X-Owned: 1",
        b"<a>\x85X-Owned: 1",
        b"<a>\x1cX-Owned: 1",
    ],
)
def test_a_content_id_cannot_add_lines_to_the_answer(world, content_id):
    head = b"Content-ID: " + content_id + b"\r\n"
    reply = sent(world, part(call("GET", "/calendar/v3/calendars/primary"), head))
    (line,) = [line for line in reply.body.split(b"\r\n") if line.startswith(b"Content-ID")]
    assert line.decode("latin-1").isprintable()
    assert len(line.decode("latin-1").splitlines()) == 1
