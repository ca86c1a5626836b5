"""Killable worker processes over a read-only store: a pool that asks, keeps time, and replaces what dies."""

import asyncio
import socket
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from icvkg.store.keeper import Keeper
from icvkg.store.limits import Limits
from icvkg.store.nursery import Nursery
from icvkg.store.questions import Question, Reply, Tell, Ticket

__all__ = ["Question", "Reply", "Workers"]
_PAUSE = 0.5
"""Seconds before another worker takes the place of one that could not even open the store."""
_LOOK = 0.01
"""How often the clock is looked at while there are questions, in seconds."""
_SLOW = 0.01
"""Seconds at one question after which the others in the socket of a worker go to other workers."""
_UNWANTED = 0.05
"""Seconds at a question that nobody wants answered any more after which its worker is ended."""
_AHEAD = 4
"""Questions that one worker may hold, the one it works on among them."""


class Workers:
    """A pool of workers; made before the process has threads, started inside of its event loop."""

    def __init__(self, folder: Path, limits: Limits, size: int = 4) -> None:
        self.limits, self._size = limits, size
        self._nursery = Nursery(folder, limits)
        self._all: set[Keeper] = set()
        self._idle: list[Keeper] = []
        self._waiting: deque[Ticket] = deque()
        self._adding: set[asyncio.Task[None]] = set()
        self._clock: asyncio.TimerHandle | None = None
        self._open = True

    async def __aenter__(self) -> Self:
        """Starts the workers."""
        self._loop = asyncio.get_running_loop()
        for _ in range(self._size):
            await self._add()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends every worker."""
        self.close()

    def close(self) -> None:
        """Ends every worker and takes away what they left."""
        self._open = False
        for worker in list(self._all):
            worker.kill()
        self._nursery.close()

    @property
    def spool(self) -> Path:
        """The folder of large answers on their way."""
        return self._nursery.spool

    @property
    def is_ready(self) -> bool:
        """Whether some worker has its store open."""
        return any(worker.was_ready for worker in self._all)

    async def ask(self, question: Question) -> Reply:
        """What came of the question: it waits for a free worker, and is `busy` when too many wait already.

        When the asking task is cancelled, a worker that is long at the question is ended.
        """
        reply: asyncio.Future[Reply] = self._loop.create_future()
        ticket = self.post(question, lambda came: None if reply.done() else reply.set_result(came))
        try:
            return await reply
        finally:
            ticket.leave()

    def post(self, question: Question, tell: Tell) -> Ticket:
        """As `ask`, for those who do not wait: `tell` hears the reply, unless the ticket is left before."""
        ticket = Ticket(question, tell, self._loop.time())
        self._place(ticket)
        if self._clock is None:
            self._clock = self._loop.call_later(_LOOK, self._look)
        return ticket

    def _place(self, ticket: Ticket) -> None:
        """Gives the question to an idle worker, else to one that is quick at its own, else has it wait."""
        if self._idle:
            self._idle.pop().ask(ticket)
        elif worker := self._quick():
            worker.ask(ticket)
        elif len(self._waiting) < self.limits.waiting:
            self._waiting.append(ticket)
        else:
            ticket.settle(Reply("busy"))

    def _quick(self) -> Keeper | None:
        """The worker with the fewest questions, all of them fresh."""
        begun = self._loop.time() - _SLOW
        free = [worker for worker in self._all if 0 < len(worker.asked) < _AHEAD and worker.began > begun]
        return min(free, key=lambda worker: len(worker.asked), default=None)

    def free(self, worker: Keeper) -> None:
        """A worker can take a question."""
        while self._waiting:
            ticket = self._waiting.popleft()
            if ticket.tell:
                worker.ask(ticket)
                return
        if not worker.asked:
            self._idle.append(worker)

    def _look(self) -> None:
        """Ends what is late or unwanted, frees what stands behind a slow question, sends away who waits long."""
        now, taken = self._loop.time(), list[Ticket]()
        for worker in [each for each in self._all if each.asked]:
            age = now - worker.began
            if age > self.limits.seconds:
                worker.stop()
            elif age > _UNWANTED and worker.asked[0].tell is None:
                worker.kill()
            elif age > _SLOW:
                taken += worker.take_back()
        self._again(taken)
        while self._waiting and now - self._waiting[0].since > self.limits.patience:
            self._waiting.popleft().settle(Reply("busy"))
        is_busy = self._waiting or any(worker.asked for worker in self._all)
        self._clock = self._loop.call_later(_LOOK, self._look) if is_busy and self._open else None

    def _again(self, tickets: Iterable[Ticket]) -> None:
        """Places questions that stood behind another one, before those who wait."""
        for ticket in sorted(tickets, key=lambda each: each.since, reverse=True):
            if self._idle:
                self._idle.pop().ask(ticket)
            else:
                self._waiting.appendleft(ticket)
        while len(self._waiting) > self.limits.waiting:
            self._waiting.pop().settle(Reply("busy"))

    def lost(self, worker: Keeper, followers: Iterable[Ticket]) -> None:
        """A worker is gone: another takes its place, and others its questions."""
        self._all.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if self._open:
            self._again(followers)
            task = self._loop.create_task(self._add(0 if worker.was_ready else _PAUSE))
            self._adding.add(task)
            task.add_done_callback(self._adding.discard)

    async def _add(self, pause: float = 0) -> None:
        await asyncio.sleep(pause)
        if not self._open:
            return
        pid, near = self._nursery.worker()
        near.setblocking(False)
        await _connected(near, worker := Keeper(self, pid))
        self._all.add(worker)


async def _connected(near: socket.socket, worker: Keeper) -> None:
    await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=near)
