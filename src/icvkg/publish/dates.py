"""The header that says when it is."""

import time
from email.utils import formatdate


class Dates:
    """Makes the header once a second."""

    def __init__(self) -> None:
        self._second, self._date = 0, b""

    def header(self) -> bytes:
        """The header as a line."""
        now = int(time.time())
        if now != self._second:
            self._second, self._date = now, b"date: " + formatdate(now, usegmt=True).encode() + b"\r\n"
        return self._date
