"""A worker with connections of its own, lent to it by its front: plain queries are read, run and answered in one place.

It works on one request at a time, and reads from a connection only when it turns to it: when it is ended, at most one
request is lost, and the front knows which. After a request that took long it gives everything back, for the front may
have taken the others already. What is not a plain query, or has no plain answer, goes back with its connection.
"""

import gc
import os
import select
import socket
import struct
import time
from pathlib import Path

from icvkg.publish.answers import Answers
from icvkg.publish.dates import Dates
from icvkg.publish.endpoint import Asked, Desk
from icvkg.publish.messages import Request
from icvkg.publish.moment import Moment, Phase
from icvkg.publish.plain import FOUND, LONGEST, plain_query
from icvkg.publish.sending import plain
from icvkg.publish.tally import Counted, count
from icvkg.store import frames
from icvkg.store.limits import Limits
from icvkg.store.sandbox import confine
from icvkg.store.worker import Reader

LEASE = struct.Struct(">IQ")
"""What comes with a connection: the epoch of the front, and the number of the lease."""
SLOW = 0.03
"""Seconds after which a request has taken long: less than the front waits before it takes the others."""
_PATIENCE = 1.0
"""Seconds after which a connection that says nothing goes back."""


def borrow(channel: socket.socket, folder: Path, spool: Path, limits: Limits, *, moment: Moment, release: str) -> None:
    """Answers on the connections that come over the channel, until that closes."""
    confine(limits.memory, limits.answer, nice=0)
    moment.rest()
    reader = Reader(folder, spool, limits)
    gc.freeze()
    gc.set_threshold(50_000)
    channel.sendall(frames.pack({"kind": "ready"}))
    Borrower(channel, reader, Desk(limits, release), moment).run()


class Borrower:
    """The connections of one worker."""

    def __init__(self, channel: socket.socket, reader: Reader, desk: Desk, moment: Moment) -> None:
        self._channel, self._reader, self._desk, self._moment = channel, reader, desk, moment
        self._kept, self._dates = Answers[bytes](4 << 20, 1 << 18), Dates()
        self._lent, self._used = dict[int, int](), dict[int, float]()
        self._poll, self._epoch, self._is_open = select.epoll(), 0, True
        self._poll.register(channel, select.EPOLLIN)

    def run(self) -> None:
        """One request after the other."""
        looked = time.monotonic()
        while self._is_open:
            for handle, _ in self._poll.poll(_PATIENCE if self._lent else None):
                if handle == self._channel.fileno():
                    self._receive()
                elif not self._turn(handle):
                    break
            if time.monotonic() - looked > _PATIENCE:
                self._give_back_idle(looked)
                looked = time.monotonic()
        self._drop()

    def _receive(self) -> None:
        """A connection, unless it was lent before the front took all of them back."""
        message, handles, _, _ = socket.recv_fds(self._channel, LEASE.size, 1)
        self._is_open = bool(message)
        if message:
            epoch, number = LEASE.unpack(message)
            if epoch != self._epoch:
                os.close(handles[0])
                return
            self._lent[handles[0]], self._used[handles[0]] = number, time.monotonic()
            self._poll.register(handles[0], select.EPOLLIN)

    def _turn(self, handle: int) -> bool:
        """What a client sent, answered; False when it took long."""
        try:
            data = os.read(handle, LONGEST + 1)
        except BlockingIOError:
            return True
        except OSError:
            data = b""
        began = self._used[handle] = time.monotonic()
        kept = self._kept.get(data)
        if kept is not None:
            count(Counted.KEPT)
            self._send(handle, began, kept)
        elif not data:
            self._give(handle, "gone")
        elif found := plain_query(self._desk, data):
            return self._answer(handle, data, *found)
        else:
            self._give(handle, "back", data)
        return True

    def _answer(self, handle: int, data: bytes, request: Request, asked: Asked) -> bool:
        began = time.monotonic()
        self._moment.note(began, self._lent[handle], Phase.ASKED)
        reply = self._reader.answer(asked.question)
        whole = plain(request, self._desk.respond(asked, reply)) if reply.kind == "done" else None
        if whole is None:
            self._give(handle, "reply", data + reply.frame(), request=len(data))
        else:
            if asked.key:
                self._kept.put(data, whole, len(data) + len(whole))
            self._send(handle, began, whole)
        self._moment.rest()
        if time.monotonic() - began < SLOW:
            return True
        self._drop()
        return False

    def _send(self, handle: int, began: float, whole: bytes) -> None:
        """An answer; what the client does not take at once, the front will send."""
        answer = FOUND + self._dates.header() + whole
        self._moment.note(began, self._lent[handle], Phase.WRITING)
        try:
            sent = os.write(handle, answer)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = -1
        if sent < 0:
            self._give(handle, "gone")
        else:
            count(Counted.LENT)
            count(Counted.SUCCESS)
        if 0 <= sent < len(answer):
            self._give(handle, "rest", answer[sent:])
        self._moment.rest()

    def _give(self, handle: int, kind: str, body: bytes = b"", **more: int) -> None:
        """Gives a connection back, with what the front is to do."""
        number = self._let_go(handle)
        self._channel.sendall(frames.pack({"kind": kind, "lease": number, **more}, body))

    def _let_go(self, handle: int) -> int:
        self._poll.unregister(handle)
        os.close(handle)
        del self._used[handle]
        return self._lent.pop(handle)

    def _give_back_idle(self, since: float) -> None:
        for handle in [handle for handle, used in self._used.items() if used < since]:
            self._give(handle, "back")

    def _drop(self) -> None:
        """Gives everything back at once."""
        for handle in list(self._lent):
            self._let_go(handle)
        self._channel.sendall(frames.pack({"kind": "dropped", "epoch": self._epoch}))
        self._epoch += 1
