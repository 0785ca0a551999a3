"""An emulator behind a port: uvicorn in a thread of its own."""

from __future__ import annotations

import os
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from gcsa.emulator.app import app_of
from gcsa.emulator.gate import Gate, is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gcsa.emulator.emulator import Emulator

# Seconds that a connection may be silent. Clients keep theirs for minutes, and one that finds its connection closed
# just when it sends cannot tell whether the call was made.
_KEEP_ALIVE = 240
# Seconds that the requests under way get when the server stops.
_LAST_REQUESTS = 5
_BACKLOG = 2048


class Server:
    """A server that answers from the moment it is made until it is stopped.

    Args:
        emulator: What answers.
        host: The address to listen on.
        port: The port to listen on; 0 for any that is free.
        allow_remote: Whether other machines may use it.
        names: Other names that it is reached by.

    Raises:
        ValueError: The address is not of the loopback, and `allow_remote` is not set.
        OSError: The port is in use, or there is no such address.
    """

    def __init__(
        self,
        emulator: Emulator,
        host: str,
        port: int,
        *,
        allow_remote: bool = False,
        names: Iterable[str] = (),
    ) -> None:
        if not allow_remote and not is_loopback(host):
            raise ValueError(
                f"host {host!r} can be reached from other machines, and whoever reaches an emulator can do everything"
                " on it: say allow_remote (--allow-remote) if that is meant"
            )
        self._socket = listen(host.strip("[]"), port)
        self.url = _url(host, self._socket.getsockname()[1])
        self._server = uvicorn.Server(
            uvicorn.Config(
                app_of(emulator, Gate(host, names)),
                lifespan="off",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                # Nobody stands between a client and the emulator, so nobody else's word counts for who it is.
                proxy_headers=False,
                timeout_keep_alive=_KEEP_ALIVE,
                timeout_graceful_shutdown=_LAST_REQUESTS,
            )
        )
        # The socket listens already: a request that comes before the thread has begun waits for it.
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="gcsa-emulator", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Answer what is under way, and close the port."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )[0]
    # The protocol is said, for asyncio turns off the delay of small packets only where it knows it to be TCP.
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _url(host: str, port: int) -> str:
    name = host.strip("[]")
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
