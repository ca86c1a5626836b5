"""One writer at a time: a lock of the operating system, released even when its holder is killed."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

FILE = ".lock"
Say = Callable[[str], None]


class BusyError(Exception):
    """Another process is writing here; the message says which."""


@contextmanager
def exclusive(root: Path, say: Say | None = None, *, wait: bool = True) -> Iterator[None]:
    """Keeps every other writer of this folder of releases waiting; waits itself, and says so, while another writes.

    Raises BusyError instead of waiting when `wait` is false.
    """
    root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(root / FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, root, say, wait=wait)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, root: Path, say: Say | None, *, wait: bool) -> None:
    said = False
    while not _try(descriptor):
        holder = os.pread(descriptor, 20, 0).decode("ascii", errors="replace").strip()
        message = f"Another build (process {holder}) is writing to {root}"
        if not wait:
            raise BusyError(message)
        if say and not said:
            say(f"{message}: waiting for it to end.")
        said = True
        sleep(0.1)


def _sign(descriptor: int) -> None:
    """Leaves the holder's process number for those who wait; a full disk does not matter here."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    except OSError:
        return


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        os.lseek(descriptor, 1000, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
