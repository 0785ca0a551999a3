"""One request on its way through the emulator: what is noted of it, and what happens to its answer on the wire."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gcsa.emulator.http import Response

if TYPE_CHECKING:
    from contextvars import Token

    from gcsa.emulator.http import Request

Drop = Literal["connect", "before", "after"]


class ConnectionLost(Exception):
    """The connection ends without an answer, because a fault says so.

    Args:
        drop: When: 'connect', it is never made; 'before' what was asked is done; 'after' it.

    Attributes:
        latency: Seconds of the emulator's clock that pass before it ends.
    """

    def __init__(self, drop: Drop) -> None:
        super().__init__(f"the connection was dropped: {drop}")
        self.drop: Drop = drop
        self.latency = 0.0


@dataclass(slots=True, eq=False)
class Exchange:
    """A request that is being answered.

    Attributes:
        request: The request.
        name: What was called: `calendar.events.insert`, `batch`, `POST /token`; empty while it is not known.
        user: Who called, once it is known.
        batch: The exchange of the batch that this call is a part of.
        latency: Seconds of the emulator's clock that pass before the answer comes.
        is_cut: Whether the connection is lost in the middle of the answer's body.
        loss: The loss of the connection, in one of the calls of this batch.
    """

    request: Request
    name: str = ""
    user: str | None = None
    batch: Exchange | None = None
    latency: float = 0.0
    is_cut: bool = False
    loss: ConnectionLost | None = None
    _token: Token[Exchange | None] | None = None

    @classmethod
    def begin(cls, request: Request, *, in_batch: bool = False) -> Exchange:
        """Begin the exchange of a request.

        Args:
            request: The request.
            in_batch: Whether it is a call of the batch whose exchange is running.
        """
        exchange = cls(request, batch=_current.get() if in_batch else None)
        exchange._token = _current.set(exchange)
        return exchange

    @property
    def is_too_late(self) -> bool:
        """Whether the connection was lost in an earlier call of the same batch: this one is not made any more."""
        return self.batch is not None and self.batch.loss is not None

    def end(self) -> None:
        """End the exchange; what happens to the connection of a call happens to its whole batch."""
        if self._token is not None:
            _current.reset(self._token)
        if self.batch is not None:
            self.batch.latency += self.latency
            self.batch.is_cut |= self.is_cut

    def on_the_wire(self, response: Response) -> Response:
        """Return the answer as it travels: late, cut, or just as it is.

        Raises:
            ConnectionLost: It does not travel at all. That includes one that is to be cut, but has no body.
        """
        if self.loss is not None:
            raise self.loss
        if self.batch is not None or not (self.latency or self.is_cut):
            return response
        if self.is_cut and not response.body:
            raise ConnectionLost("after")
        sent = len(response.body) // 2 if self.is_cut else None
        return replace(response, latency=self.latency, sent=sent)

    def lost(self, loss: ConnectionLost) -> Response:
        """Lose the connection: for a call of a batch, once the batch has been dealt with.

        A batch's calls share a transaction: what they did before the loss is not undone by it.

        Returns:
            For a call of a batch, an answer that will not be sent.

        Raises:
            ConnectionLost: This is no call of a batch.
        """
        if self.batch is None:
            loss.latency = self.latency
            raise loss
        # The batch has come by this connection, and its earlier calls are done: it was made.
        self.batch.loss = ConnectionLost("before") if loss.drop == "connect" else loss
        return NEVER_SENT


NEVER_SENT = Response(503)
_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)
