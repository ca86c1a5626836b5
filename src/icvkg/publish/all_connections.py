"""The open connections of a front, and what they share."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from icvkg.publish.dates import Dates
from icvkg.publish.lenders import Lenders
from icvkg.publish.rates import Buckets
from icvkg.publish.shortcut import Shortcut

if TYPE_CHECKING:
    from icvkg.publish.connections import Connection

Application = Callable[..., Coroutine[Any, Any, None]]


class Connections:
    """The open connections of a server."""

    def __init__(
        self,
        application: Application,
        shortcut: Shortcut | None = None,
        buckets: Buckets | None = None,
        lenders: Lenders | None = None,
    ) -> None:
        """`shortcut` may answer what it knows, `lenders` have others do so; `buckets` may say who has to wait."""
        self.application, self.shortcut, self.buckets, self.lenders = application, shortcut, buckets, lenders
        self.open = set["Connection"]()
        self.date = Dates().header

    async def finish(self, seconds: float) -> None:
        """Lets what was begun come to its end, and takes nothing new."""
        for connection in list(self.open):
            connection.finish()
        if self.lenders is not None:
            self.lenders.recall()
        for _ in range(int(seconds / 0.05)):
            if not self.open:
                return
            await asyncio.sleep(0.05)
        for connection in list(self.open):
            connection.transport.abort()
