"""`/emulator/requests` and `/emulator/outbox`: what came in, and what mail would have gone out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gcsa.emulator import times
from gcsa.emulator.control.guard import control, one

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request
    from gcsa.emulator.request_log import RecordedRequest


@control("GET", "/requests")
def requests(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Return the requests, oldest first: all, or those for a `method` and of a `user`; the last `limit` of them."""
    method, user, limit = (one(request, name) for name in ("method", "user", "limit"))
    found = [
        entry
        for entry in (list(emulator.requests) if method is None else emulator.requests.of(method))
        if user is None or entry.user == user.lower()
    ]
    if limit is not None:
        if not (limit.isascii() and limit.isdigit()):
            raise ValueError("limit is a number of requests.")
        found = found[max(0, len(found) - int(limit)) :]
    return {"requests": [_described(entry) for entry in found]}


@control("DELETE", "/requests")
def forget_requests(emulator: Emulator, request: Request) -> dict[str, Any]:  # noqa: ARG001
    """Forget the requests."""
    emulator.requests.clear()
    return {"requests": []}


@control("GET", "/outbox")
def outbox(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Return the mails, oldest first: all, or those `to` an address."""
    to = one(request, "to")
    mails = list(emulator.outbox) if to is None else emulator.outbox.to(to)
    return {
        "mails": [
            {**asdict(mail), "sent": mail.sent.isoformat(timespec="milliseconds")} for mail in mails
        ]
    }


@control("DELETE", "/outbox")
def empty_outbox(emulator: Emulator, request: Request) -> dict[str, Any]:  # noqa: ARG001
    """Forget the mails."""
    emulator.outbox.clear()
    return {"mails": []}


def _described(entry: RecordedRequest) -> dict[str, Any]:
    return {
        "method": entry.method,
        "user": entry.user,
        "status": entry.status,
        "in_batch": entry.in_batch,
        "at": times.rfc3339_milliseconds(times.milliseconds(entry.at)),
        "http_method": entry.http_method,
        "path": entry.path,
        "query": entry.query,
        "headers": dict(entry.headers),
        "body": _body(entry),
    }


def _body(entry: RecordedRequest) -> Any:
    try:
        return entry.json()
    except (ValueError, RecursionError):
        return entry.body.decode("utf-8", "replace")
