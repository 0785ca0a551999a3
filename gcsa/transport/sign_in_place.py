"""Where a sign-in happens."""

from __future__ import annotations

import attrs


@attrs.frozen
class SignInPlace:
    """Where a sign-in happens: the browser, and the server that it comes back to.

    Args:
        host: The name by which the browser reaches this machine.
        port: The port on which it comes back; 0 for any that is free.
        bind_addr: The address to listen on, where it is not the host's.
        open_browser: Whether to open a browser: True insists on one, None goes on without, False never does.
    """

    host: str = "localhost"
    port: int = 8080
    bind_addr: str | None = None
    open_browser: bool | None = None
