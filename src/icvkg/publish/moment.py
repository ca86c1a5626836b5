"""What a lent worker is doing at this moment, in memory that it shares with its front: no message says it sooner."""

import mmap
import struct
from enum import IntEnum
from typing import NamedTuple

_RECORD = struct.Struct("=dqq")
_IDLE = _RECORD.pack(0.0, 0, 0)


class Phase(IntEnum):
    """How far an answer is."""

    ASKED = 1
    WRITING = 2


class Now(NamedTuple):
    """Since when (monotonic clock, seconds; 0: idle) a worker is at the request of which lease, and how far."""

    since: float
    lease: int
    phase: int


class Moment:
    """Written by the worker, read by the front; made before the worker is forked."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, mmap.PAGESIZE)

    def note(self, since: float, lease: int, phase: Phase) -> None:
        """The worker begins with something."""
        self._shared[: _RECORD.size] = _RECORD.pack(since, lease, phase)

    def rest(self) -> None:
        """The worker is done."""
        self._shared[: _RECORD.size] = _IDLE

    def read(self) -> Now:
        """What it is at; read until it stands still."""
        seen, again = b"", self._shared[: _RECORD.size]
        while seen != again:
            seen, again = again, self._shared[: _RECORD.size]
        return Now(*_RECORD.unpack(seen))
