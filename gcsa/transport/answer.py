"""An answer, read to its end, but not without end."""

from __future__ import annotations

import httpx2

from gcsa.errors import AnswerTooLargeError

# Bytes, after decompression: the largest page of 2,500 events is a tenth of it, and a compressed answer of
# a thousandth would fill the memory.
LARGEST_ANSWER = 256 * 1024 * 1024

# What says how the bytes travelled. They have arrived, and are decompressed.
_OF_THE_JOURNEY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def read_answer(response: httpx2.Response) -> httpx2.Response:
    """Read an answer that is being received.

    Returns:
        The same answer, read, and without the request: that has a token on it.

    Raises:
        AnswerTooLargeError: It is larger than any that Google Calendar gives.
    """
    body = _Body()
    for chunk in response.iter_bytes():
        body.add(chunk)
    return body.of(response)


async def aread_answer(response: httpx2.Response) -> httpx2.Response:
    """Read an answer that is being received, letting other tasks run; otherwise as `read_answer`."""
    body = _Body()
    async for chunk in response.aiter_bytes():
        body.add(chunk)
    return body.of(response)


class _Body:
    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > LARGEST_ANSWER:
            raise AnswerTooLargeError(
                f"The answer is larger than {LARGEST_ANSWER >> 20} MiB", outcome_unknown=True
            )
        self._chunks.append(chunk)

    def of(self, response: httpx2.Response) -> httpx2.Response:
        headers = [
            (name, value)
            for name, value in response.headers.multi_items()
            if name not in _OF_THE_JOURNEY
        ]
        return httpx2.Response(
            response.status_code,
            headers=headers,
            content=b"".join(self._chunks),
            extensions=response.extensions,
        )
