"""Where a worker writes an answer: in memory while it is small, then in a file."""

from pathlib import Path
from typing import BinaryIO

from icvkg.store.limits import Limits


class Spool:
    """A writer that moves to a file once it holds more than `inline` bytes, and refuses to hold more than `answer`."""

    __slots__ = ("_held", "_limits", "_out", "file", "is_full", "size")

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self._limits = file, limits
        self._held = list[bytes]()
        self._out: BinaryIO | None = None
        self.size, self.is_full = 0, False

    def write(self, data: bytes) -> int:
        """Takes the bytes; raises OSError beyond the limit."""
        self.size += len(data)
        if self.size <= self._limits.inline:
            self._held.append(data)
            return len(data)
        if self.size > self._limits.answer:
            self.is_full = True
            raise OSError("the answer is larger than allowed")
        return self._file().write(data)

    def _file(self) -> BinaryIO:
        if self._out is None:
            self._out = Path(self.file).open("wb")  # noqa: SIM115
            self._out.writelines(self._held)
            self._held.clear()
        return self._out

    def flush(self) -> None:
        """Nothing to do before the end."""

    def discard(self) -> None:
        """Takes away what was written."""
        if self._out is not None:
            self._out.close()
            Path(self.file).unlink(missing_ok=True)

    def finish(self) -> bytes | None:
        """The bytes, or None when they lie in the file."""
        if self._out is None:
            return b"".join(self._held)
        self._out.close()
        return None
