"""The small server on this machine to which the browser is sent back after a sign-in."""

from __future__ import annotations

import errno
import hmac
import os
import socket
import socketserver
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Self, cast
from urllib.parse import parse_qs, urlsplit

import attrs

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{text}</title></head><body><p>{text}</p></body></html>
"""
_MOST_PARAMETERS = 50


@attrs.frozen
class SignInAnswer:
    """What the browser brought back.

    Attributes:
        code: The authorization code; None where the user did not allow it.
        error: OAuth's word for why not, such as 'access_denied'.
    """

    code: str | None = attrs.field(repr=False)
    error: str | None


class RedirectServer:
    """Waits for the browser to come back from the sign-in page.

    Only a request that carries this sign-in's own state counts: a browser's side requests, and what other programs and
    pages send to the port, are turned away, and it waits on. (google-auth-oauthlib's server takes the first request for
    the answer, and logs it with the code.)

    Args:
        host: The name by which the browser reaches this machine, part of the redirect address.
        port: The port; 0 for any that is free.
        bind_addr: The address to listen on, where it is not the host's, as in a container.
        state: The sign-in's own state.

    Raises:
        OSError: The port is taken, or there is no such address.
    """

    def __init__(self, host: str, port: int, bind_addr: str | None, state: str) -> None:
        address = bind_addr or host
        taken = False
        try:
            self._server = _Server(address, port, state)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            taken = True
        if taken:
            raise OSError(
                errno.EADDRINUSE,
                f"Port {port} of {address} is taken: give another authentication_flow_port, or 0 for any that is free",
            )
        self.uri = f"http://{host}:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.server_close()

    def wait(self) -> SignInAnswer:
        """Wait until the browser is back, and return what it brought."""
        while self._server.answer is None:
            self._server.serve_forever(poll_interval=0.1)
        return self._server.answer


class _Server(socketserver.ThreadingTCPServer):
    # Browsers open connections ahead, on which nothing comes: each has its own thread, and none is waited for.
    daemon_threads = True
    # Windows would let another program share the port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: str, port: int, state: str) -> None:
        self.answer: SignInAnswer | None = None
        self._state = state
        if ":" in address:
            self.address_family = socket.AF_INET6
        super().__init__((address, port), _Handler)

    def take(self, target: str) -> tuple[int, str]:
        """Read what a request brings; return the status and the sentence to answer it with."""
        parts = urlsplit(target)
        query = parse_qs(parts.query, max_num_fields=_MOST_PARAMETERS)
        state = query.get("state", [""])[0]
        if parts.path != "/" or not hmac.compare_digest(state.encode(), self._state.encode()):
            return 404, "This address waits for a sign-in, and this is not it."
        code, error = query.get("code", [None])[0], query.get("error", [None])[0]
        if error is not None:
            self.answer = SignInAnswer(None, error)
            return 200, "You did not allow it. You may close this window."
        if code is None:
            return 400, "There is neither a code nor an error in this answer."
        self.answer = SignInAnswer(code, None)
        return 200, "You are signed in. You may close this window."

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a broken connection be: the browser, or whoever it was, may come again."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 30

    def do_GET(self) -> None:
        server = cast("_Server", self.server)
        try:
            status, text = server.take(self.path)
        except ValueError:  # not an address at all
            status, text = 400, "This is not an address."
        page = _PAGE.format(text=text).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(page)
        self.wfile.flush()
        if server.answer is not None:
            server.shutdown()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter's name in the base class
        """Log nothing: the request line has the code in it."""
