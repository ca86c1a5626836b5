"""What the processes of `icvkg serve` count together, in memory that all forked from the first one share.

Each process writes in a row of its own, so that none waits for another; the rows of those that ended still count.
"""

import mmap
import os
from enum import IntEnum

_ROWS = 4096


class Counted(IntEnum):
    """What is counted; responses by the first digit of their status."""

    CONNECTIONS = 0
    KEPT = 1
    SUCCESS = 2
    REDIRECTION = 3
    CLIENT_ERROR = 4
    SERVER_ERROR = 5
    LENT = 6
    LATE = 7


_WIDTH = len(Counted)
_cells = memoryview(mmap.mmap(-1, _ROWS * _WIDTH * 8)).cast("Q")


def count(what: Counted) -> None:
    """One more."""
    _cells[os.getpid() % _ROWS * _WIDTH + what] += 1


def count_status(status: int) -> None:
    """One more response with that status."""
    if 2 <= status // 100 <= 5:
        count(Counted(status // 100))


def total(what: Counted) -> int:
    """How many there were in all processes."""
    return sum(_cells[what::_WIDTH])
