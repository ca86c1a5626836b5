"""Killable worker processes over a read-only store: a pool that asks, keeps time, and replaces what dies."""

import asyncio
import os
import signal
import socket
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

from icvkg.store import frames
from icvkg.store.limits import Limits
from icvkg.store.nursery import Nursery

_PAUSE = 0.5
"""Seconds before another worker takes the place of one that could not even open the store."""


@dataclass(frozen=True)
class Question:
    """A query with the forms wanted for rows and for triples (None: neither will do), and the graphs it is about."""

    text: str
    results: str | None = "json"
    graph: str | None = "ttl"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def frame(self) -> bytes:
        """The question as a worker reads it."""
        header = {"results": self.results, "graph": self.graph, "default": self.default, "named": self.named}
        return frames.pack(header, self.text.encode())


@dataclass(frozen=True)
class Reply:
    """What came of a question.

    `kind` is done (with `body`, or `file` for a large one, and `size`), refused, invalid, unacceptable, large, failed,
    late (stopped at the time limit), died (memory, or a fault of the engine) or busy; `detail` says more.
    """

    kind: str
    body: bytes = b""
    file: Path | None = None
    size: int = 0
    is_graph: bool = False
    detail: str = ""


class Worker(asyncio.Protocol):
    """One worker process: answers one question at a time."""

    def __init__(self, pool: "Workers", pid: int) -> None:
        self._pool, self._pid, self._received = pool, pid, bytearray()
        self._handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._reply: asyncio.Future[Reply] | None = None
        self._is_late = False
        self.was_ready = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open; the worker is still opening its store."""
        self._transport = cast("asyncio.Transport", transport)

    def ask(self, question: Question, seconds: float) -> asyncio.Future[Reply]:
        """The reply, in time or `late`."""
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        self._reply = loop.create_future()
        self._timer = loop.call_later(seconds, self._expire)
        self._transport.write(question.frame())
        return self._reply

    def _expire(self) -> None:
        self._is_late = True
        self.kill()

    def kill(self) -> None:
        """Ends the process at once; the pool hears of it as of any other death."""
        try:
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            else:
                os.kill(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Part of a reply, or the whole."""
        self._received += data
        frame = frames.unpack(self._received)
        if frame is None:
            return
        self._received.clear()
        header, body = frame
        if header["kind"] != "ready":
            self._settle(_reply(header, body))
        self.was_ready = True
        self._pool.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone: killed by us at its limit, or ended by itself."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        for file in self._pool.spool.glob(f"{self._pid}.*"):
            file.unlink(missing_ok=True)
        self._settle(Reply("late" if self._is_late else "died"))
        self._pool.lost(self)

    def _settle(self, reply: Reply) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(reply)
        elif reply.file:
            reply.file.unlink(missing_ok=True)
        self._timer = self._reply = None


def _reply(header: dict[str, Any], body: bytes) -> Reply:
    file = Path(header["file"]) if "file" in header else None
    return Reply(
        header["kind"], body, file, header.get("size", 0), header.get("graph", False), header.get("detail", "")
    )


class Workers:
    """A pool of workers; made before the process has threads, started inside of its event loop."""

    def __init__(self, folder: Path, limits: Limits, size: int = 4) -> None:
        self.limits, self._size = limits, size
        self._nursery = Nursery(folder, limits)
        self._all: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._adding: set[asyncio.Task[None]] = set()
        self._open = True

    async def __aenter__(self) -> Self:
        """Starts the workers."""
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
        """What came of the question: it waits for a free worker, and is `busy` when too many wait already."""
        if self._idle:
            return await self._idle.pop().ask(question, self.limits.seconds)
        if len(self._waiting) >= self.limits.waiting:
            return Reply("busy")
        worker = await self._next_free()
        return await worker.ask(question, self.limits.seconds) if worker else Reply("busy")

    async def _next_free(self) -> Worker | None:
        """The worker that is free next; None when that takes too long."""
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            await asyncio.wait([waiting], timeout=self.limits.patience)
        except asyncio.CancelledError:
            if waiting.done():
                self.free(waiting.result())
            raise
        finally:
            waiting.cancel()
        return None if waiting.cancelled() else waiting.result()

    def free(self, worker: Worker) -> None:
        """A worker can take a question."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    def lost(self, worker: Worker) -> None:
        """A worker is gone: another takes its place."""
        self._all.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if self._open:
            task = asyncio.get_running_loop().create_task(self._add(0 if worker.was_ready else _PAUSE))
            self._adding.add(task)
            task.add_done_callback(self._adding.discard)

    async def _add(self, pause: float = 0) -> None:
        await asyncio.sleep(pause)
        if not self._open:
            return
        pid, near = self._nursery.worker()
        near.setblocking(False)
        await _connected(near, worker := Worker(self, pid))
        self._all.add(worker)


async def _connected(near: socket.socket, worker: Worker) -> None:
    await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=near)
