"""A small process that forks workers: it holds no store and no threads, so that a fork is quick and safe."""

import os
import shutil
import signal
import socket
import struct
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from icvkg.store.limits import Limits
from icvkg.store.worker import work

_PID = struct.Struct(">i")
Task = Callable[..., None]
"""Takes the socket, `folder`, `spool` and `limits`, as `work` does."""


class Nursery:
    """The near end: asks for workers. It must be made before this process has threads.

    The far end and all workers end when this object is closed, or with this process, however it ends.
    """

    def __init__(self, folder: Path, limits: Limits, task: Task = work) -> None:
        """`task` is what a worker does."""
        self.spool = Path(tempfile.mkdtemp(prefix="icvkg-answers-"))
        self._near, far = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            _keep_only(far.fileno())
            _end_after(partial(_rear, far, partial(task, folder=folder, spool=self.spool, limits=limits), self.spool))
        far.close()

    def worker(self) -> tuple[int, socket.socket]:
        """A new worker: its process id, and the socket on which it will say that it is ready."""
        near, far = socket.socketpair()
        socket.send_fds(self._near, [b"w"], [far.fileno()])
        far.close()
        return _PID.unpack(self._near.recv(_PID.size))[0], near

    def close(self) -> None:
        """Ends the far end, which takes away what answers are left."""
        self._near.close()
        os.waitpid(self.pid, 0)


def _rear(asking: socket.socket, task: Callable[[socket.socket], None], spool: Path) -> None:
    """Forks a worker for each socket that comes in, until there is nobody left to ask; the kernel buries the dead."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        message, handles, _, _ = socket.recv_fds(asking, 1, 1)
        if not message:
            shutil.rmtree(spool, ignore_errors=True)
            return
        channel = socket.socket(fileno=handles[0])
        pid = os.fork()
        if pid == 0:
            asking.close()
            _end_after(partial(task, channel))
        channel.close()
        asking.sendall(_PID.pack(pid))


def _keep_only(handle: int) -> None:
    """Lets go of every other file and socket of the parent, the one it listens on above all."""
    os.closerange(3, handle)
    os.closerange(handle + 1, min(65536, os.sysconf("SC_OPEN_MAX")))


def _end_after(task: Callable[[], None]) -> None:
    """Does the task and ends the process without running what the parent had registered for its own end."""
    status = 1
    try:
        task()
        status = 0
    finally:
        os._exit(status)
