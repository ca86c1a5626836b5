"""The near end of one worker process: sends questions, reads replies in the order of the questions, ends it."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, cast

from icvkg.store import frames
from icvkg.store.process import Process
from icvkg.store.questions import Reply, Ticket

if TYPE_CHECKING:
    from icvkg.store.workers import Workers


class Keeper(asyncio.Protocol):
    """One worker process. It works on one question at a time; the next few may already lie in its socket."""

    def __init__(self, pool: "Workers", pid: int) -> None:
        self._pool, self._process, self._received = pool, Process(pid), bytearray()
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._is_late = False
        self.asked: deque[Ticket] = deque()
        self.began = 0.0
        """When it began with the first of `asked`."""
        self.was_ready = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open; the worker is still opening its store."""
        self._transport = cast("asyncio.Transport", transport)

    def ask(self, ticket: Ticket) -> None:
        """One more question."""
        assert self._transport is not None
        if not self.asked:
            self.began = self._loop.time()
        self.asked.append(ticket)
        self._transport.write(ticket.question.frame())

    def take_back(self) -> list[Ticket]:
        """The questions that it has not begun with; it will answer them, and nobody will listen."""
        followers = [ticket for ticket in list(self.asked)[1:] if ticket.tell]
        for place in range(1, len(self.asked)):
            self.asked[place] = Ticket(self.asked[place].question, None, 0)
        return followers

    def stop(self) -> None:
        """Ends the process at the time limit."""
        self._is_late = True
        self.kill()

    def kill(self) -> None:
        """Ends the process at once; the pool hears of it as of any other death."""
        self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Parts of replies, or whole ones."""
        if self._received:
            self._received += data
            data = self._received  # type: ignore[assignment]
        at = 0
        while found := frames.unpack(data, at):
            (header, body), at = found
            self._heard(header["kind"], Reply.read(header, body))
        self._received = bytearray(data[at:])

    def _heard(self, kind: str, reply: Reply) -> None:
        if kind == "ready":
            self.was_ready = True
        else:
            self.began = self._loop.time()
            self.asked.popleft().settle(reply)
        self._pool.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone: killed by us at its limit, or ended by itself."""
        self._process.close()
        for file in self._pool.spool.glob(f"{self._process.pid}.*"):
            file.unlink(missing_ok=True)
        followers = self.take_back()
        head = self.asked.popleft() if self.asked else None
        self._pool.lost(self, followers)
        if head is not None:
            head.settle(Reply("late" if self._is_late else "died"))
