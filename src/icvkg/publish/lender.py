"""The front's end of a worker that has connections lent to it: lends, takes back, and ends the worker at its limit."""

import asyncio
import select
import socket
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from icvkg.publish.borrower import LEASE, borrow
from icvkg.publish.messages import Request
from icvkg.publish.moment import Moment, Phase
from icvkg.publish.sending import Outgoing
from icvkg.store import frames
from icvkg.store.limits import Limits
from icvkg.store.nursery import Nursery
from icvkg.store.process import Process
from icvkg.store.questions import Reply

if TYPE_CHECKING:
    from icvkg.publish.connections import Connection
    from icvkg.publish.shortcut import Shortcut

_LOOK = 0.01
"""How often the worker is looked at while connections are lent, in seconds."""
_SLOW = 0.05
"""Seconds at one request after which the other connections are taken back; the worker gives up on them sooner."""
_UNWANTED = 0.05
"""Seconds at a request after which the worker is ended when its client has left."""
_SETTLED = 0.005
"""Seconds after which a process that was ended does nothing any more."""
_PAUSE = 0.5
_LONG = 0.5
"""Seconds at a request after which the worker gives way to others, and is replaced when it is done."""
_PENALTY = 0.2
"""Seconds for which a connection that asked something slow is not lent."""
_BEHIND = 5
"""How nice it is then."""
_MOST = 500
_GONE = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


class Lender(asyncio.Protocol):
    """One borrowing worker, replaced when it ends; made before the process has threads.

    Each lease belongs to an epoch. Taking everything back ends an epoch at both ends: a lease that was still on its way
    is then dropped by the worker unread, and neither end reads where the other may.
    """

    def __init__(self, folder: Path, limits: Limits, release: str) -> None:
        self._limits, self._moment = limits, Moment()
        self._nursery = Nursery(folder, limits, partial(borrow, moment=self._moment, release=release))
        self._near: socket.socket | None = None
        self._lent: dict[int, tuple[Connection, int]] = {}
        self._number = self._epoch = 0
        self._is_ready = self._is_slow = self._is_long = self._is_late = False
        self._is_open, self._clock = True, cast("asyncio.TimerHandle | None", None)
        self._adding: asyncio.Task[None] | None = None
        self.shortcut: Shortcut | None = None

    async def __aenter__(self) -> Self:
        """Starts the worker."""
        self._loop = asyncio.get_running_loop()
        await self._add(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends it."""
        self._is_open = False
        if self._near is not None:
            self._process.kill()
        self._nursery.close()

    async def _add(self, pause: float) -> None:
        await asyncio.sleep(pause)
        if self._is_open:
            pid, near = self._nursery.worker()
            near.setblocking(False)
            self._process, self._received, self._epoch = Process(pid), bytearray(), 0
            self._is_ready = self._is_slow = self._is_long = self._is_late = False
            await self._loop.create_unix_connection(lambda: self, sock=near)
            self._near = near

    @property
    def room(self) -> int:
        """How many connections may be lent to it now."""
        return _MOST - len(self._lent) if self._near is not None and self._is_ready and not self._is_slow else 0

    def lend(self, connection: "Connection", handle: int) -> int:
        """Lends a connection that is not read from: the number of the lease, 0 when it could not be lent."""
        if self._near is None:
            return 0
        try:
            socket.send_fds(self._near, [LEASE.pack(self._epoch, self._number + 1)], [handle])
        except OSError:
            return 0
        self._number += 1
        self._lent[self._number] = connection, self._epoch
        if self._clock is None:
            self._clock = self._loop.call_later(_LOOK, self._look)
        return self._number

    def forget(self, number: int) -> None:
        """The connection of that lease is gone."""
        self._lent.pop(number, None)

    def recall(self) -> None:
        """Nothing more is lent; the worker gives everything back as soon as it can, and ends."""
        self._is_open = False
        if self._near is not None:
            self._near.shutdown(socket.SHUT_WR)

    def data_received(self, data: bytes) -> None:
        """What the worker says."""
        self._received += data
        at = 0
        while found := frames.unpack(self._received, at):
            (header, body), at = found
            self._heard(header, body)
        del self._received[:at]

    def _heard(self, header: dict[str, Any], body: bytes) -> None:
        if header["kind"] == "ready":
            self._is_ready = True
        elif header["kind"] == "dropped":
            self._dropped(header["epoch"])
        elif lease := self._lent.pop(header["lease"], None):
            self._returned(lease[0], header, body)
        elif header["kind"] == "reply":
            _reply(body[header["request"] :]).discard()

    def _returned(self, connection: "Connection", header: dict[str, Any], body: bytes) -> None:
        match header["kind"]:
            case "gone":
                connection.transport.close()
            case "reply":
                cast("Shortcut", self.shortcut).resume(
                    connection, body[: header["request"]], _reply(body[header["request"] :])
                )
            case kind:
                connection.regain(*((body, b"") if kind == "rest" else (b"", body)))

    def _dropped(self, epoch: int) -> None:
        """Everything up to that epoch is ours again."""
        self._take_back(epoch)
        self._epoch, self._is_slow = max(self._epoch, epoch + 1), False
        if self._is_long:
            self._end(is_late=False)

    def _take_back(self, epoch: int, but: int = 0) -> None:
        numbers = [number for number, (_, lent) in self._lent.items() if lent <= epoch and number != but]
        for connection, _ in [self._lent.pop(number) for number in numbers]:
            connection.regain()

    def _look(self) -> None:
        """Takes the others back from a worker that is slow; ends it when it is late, or nobody waits."""
        now = self._moment.read()
        age = time.monotonic() - now.since if now.since else 0.0
        if age > self._limits.seconds:
            self._end(is_late=True)
        elif age > _UNWANTED and self._is_left(now.lease):
            self._end(is_late=False)
        elif age > _LONG and not self._is_long:
            self._is_long = True
            self._process.put_behind(_BEHIND)
        elif age > _SLOW and not self._is_slow:
            self._turn_away(now.lease)
        is_busy = self._lent and not self._is_late
        self._clock = self._loop.call_later(_LOOK, self._look) if is_busy else None

    def _turn_away(self, but: int) -> None:
        """Takes back every connection but the one whose request is slow."""
        self._is_slow = True
        self._take_back(self._epoch, but)
        self._epoch += 1
        if but in self._lent:
            self._lent[but][0].unlent_until = self._loop.time() + _PENALTY

    def _is_left(self, number: int) -> bool:
        """Whether the client of that lease has gone; none is there any more when we closed it ourselves."""
        if number not in self._lent:
            return True
        looking = select.poll()
        looking.register(self._lent[number][0].handle, _GONE)
        return bool(looking.poll(0))

    def _end(self, *, is_late: bool) -> None:
        self._is_late, self._is_slow = is_late, True
        self._process.kill()
        self._loop.call_later(_SETTLED, self._lost, self._near)

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker is gone: ended by us, or by itself."""
        self._lost(self._near)

    def _lost(self, near: socket.socket | None) -> None:
        """Says so to whom it was at work for, unless an answer was being written, and takes the others back."""
        if near is None or near is not self._near:
            return
        self._near, now, was_ready = None, self._moment.read(), self._is_ready
        near.close()
        self._clear()
        connection, _ = self._lent.pop(now.lease, (None, 0))
        self._take_back(self._epoch)
        if connection is not None and now.phase == Phase.WRITING:
            connection.transport.abort()
        elif connection is not None:
            problem = cast("Shortcut", self.shortcut).endpoint.problem(Reply("late" if self._is_late else "died"))
            connection.regain_refused(Outgoing(Request("GET", "/sparql"), problem.response, is_public=True))
        if self._is_open:
            self._adding = self._loop.create_task(self._add(0 if was_ready else _PAUSE))

    def _clear(self) -> None:
        self._process.close()
        for file in self._nursery.spool.glob(f"{self._process.pid}.*"):
            file.unlink(missing_ok=True)


def _reply(data: bytes) -> Reply:
    """The reply in a frame."""
    found = frames.unpack(data)
    assert found, "half a frame"
    return Reply.read(*found[0])
