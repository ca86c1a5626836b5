"""Where a worker writes an answer: in memory while it is small, then in a file."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from icvkg.store.limits import Limits


class Spool:
    """A writer that moves to a file once it holds more than `inline` bytes, and refuses to hold more than `answer`."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self._limits = file, limits
        self._out: BinaryIO = BytesIO()
        self.size = 0
        self.is_full = False

    def write(self, data: bytes) -> int:
        """Takes the bytes; raises OSError beyond the limit."""
        self.size += len(data)
        if self.size > self._limits.answer:
            self.is_full = True
            raise OSError("the answer is larger than allowed")
        if self.size > self._limits.inline and isinstance(self._out, BytesIO):
            opened = Path(self.file).open("wb")  # noqa: SIM115
            opened.write(self._out.getvalue())
            self._out = opened
        return self._out.write(data)

    def flush(self) -> None:
        """Nothing to do before the end."""

    def discard(self) -> None:
        """Takes away what was written."""
        self._out.close()
        Path(self.file).unlink(missing_ok=True)

    def finish(self) -> bytes | None:
        """The bytes, or None when they lie in the file."""
        if isinstance(self._out, BytesIO):
            return self._out.getvalue()
        self._out.close()
        return None
