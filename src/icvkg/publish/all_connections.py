"""The open connections of a front, and what they share."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from icvkg.publish.rates import Buckets
from icvkg.publish.shortcut import Shortcut

if TYPE_CHECKING:
    from icvkg.publish.connections import Connection

Application = Callable[..., Coroutine[Any, Any, None]]


class Connections:
    """The open connections of a server."""

    def __init__(
        self, application: Application, shortcut: Shortcut | None = None, buckets: Buckets | None = None
    ) -> None:
        """`shortcut` may answer what it knows how to; `buckets` may say that a client has to wait."""
        self.application, self.shortcut, self.buckets = application, shortcut, buckets
        self.open = set["Connection"]()
        self._second, self._date = 0, b""

    def date(self) -> bytes:
        """The header that says when it is, made once a second."""
        now = int(time.time())
        if now != self._second:
            self._second, self._date = now, b"date: " + formatdate(now, usegmt=True).encode() + b"\r\n"
        return self._date

    async def finish(self, seconds: float) -> None:
        """Lets what was begun come to its end, and takes nothing new."""
        for connection in list(self.open):
            connection.finish()
        for _ in range(int(seconds / 0.05)):
            if not self.open:
                return
            await asyncio.sleep(0.05)
        for connection in list(self.open):
            connection.transport.abort()
