"""What a connection does to be lent to a worker and to come back."""

import asyncio
from typing import TYPE_CHECKING, cast

from icvkg.publish.lenders import Lease
from icvkg.publish.sending import Outgoing

if TYPE_CHECKING:
    from icvkg.publish.all_connections import Connections
    from icvkg.publish.connections import Connection
    from icvkg.publish.exchange import Exchange
    from icvkg.publish.shortcut import Pending


class Lendable:
    """A connection, as far as lending goes: while it is lent, it is not read from, and counts as being answered."""

    all: "Connections"
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    unlent_until = 0.0
    """Until when it is not lent, by the loop's clock: it asked something slow."""
    _answering: "Exchange | Lease | Pending | None"
    _last: bool
    _peer: str
    _since: float | None

    @property
    def handle(self) -> int:
        """The number of its socket."""
        return int(self.transport.get_extra_info("socket").fileno())

    def lend(self) -> None:
        """Lends the connection to a worker that answers plain queries by itself, if that can be."""
        lenders = self.all.lenders
        is_free = self.all.buckets is None or self.all.buckets.is_free(self._peer)
        if lenders is None or not is_free or not self._is_quiet() or self.loop.time() < self.unlent_until:
            return
        self.transport.pause_reading()
        if lease := lenders.lend(cast("Connection", self), self.handle):
            self._since, self._answering = None, lease
        else:
            self.transport.resume_reading()

    def _is_quiet(self) -> bool:
        is_open = not self._last and not self.transport.is_closing()
        return is_open and self._is_between() and self.transport.get_write_buffer_size() == 0

    def regain(self, answer: bytes = b"", data: bytes = b"") -> None:
        """The connection is back, with the rest of an answer to send, or with what was read and not answered."""
        if isinstance(self._answering, Lease) and not self.transport.is_closing():
            self.transport.write(answer)
            self.answered(self._answering, keep=True)
            self.transport.resume_reading()
            if data:
                self.data_received(data)

    def take_over(self, pending: "Pending") -> None:
        """The connection is back with a request that was asked already."""
        self._answering = pending
        self._read_on()

    def regain_refused(self, outgoing: Outgoing) -> None:
        """The connection is back, its request without an answer: this is said instead."""
        self.send(outgoing)
        self._read_on()

    def _read_on(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def _is_between(self) -> bool:
        raise NotImplementedError

    def data_received(self, data: bytes) -> None:
        """What the client sends."""
        raise NotImplementedError

    def send(self, outgoing: Outgoing) -> None:
        """Sends a response."""
        raise NotImplementedError

    def answered(self, exchange: "Exchange | Lease | Pending", *, keep: bool) -> None:
        """A response is out."""
        raise NotImplementedError
