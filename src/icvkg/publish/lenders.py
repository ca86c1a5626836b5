"""All that lend for one front."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from icvkg.publish.lender import Lender
from icvkg.store.limits import Limits

if TYPE_CHECKING:
    from icvkg.publish.connections import Connection
    from icvkg.publish.shortcut import Shortcut


class Lenders:
    """So many borrowing workers; made before the process has threads."""

    def __init__(self, folder: Path, limits: Limits, release: str, size: int = 2) -> None:
        self._all = [Lender(folder, limits, release) for _ in range(size)]
        self._stack = AsyncExitStack()

    def use(self, shortcut: "Shortcut") -> Self:
        """Has this one answer what workers send back."""
        for lender in self._all:
            lender.shortcut = shortcut
        return self

    async def __aenter__(self) -> Self:
        """Starts the workers."""
        for lender in self._all:
            await self._stack.enter_async_context(lender)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends them."""
        await self._stack.aclose()

    def lend(self, connection: "Connection", handle: int) -> "Lease | None":
        """Lends a connection that is not read from to the worker with the fewest; None when none takes it."""
        lender = max(self._all, key=lambda each: each.room)
        number = lender.lend(connection, handle) if lender.room else 0
        return Lease(lender, number) if number else None

    def recall(self) -> None:
        """Nothing more is lent; everything comes back as soon as it can."""
        for lender in self._all:
            lender.recall()


class Lease:
    """What a connection is at while it is lent."""

    __slots__ = ("_lender", "_number")

    def __init__(self, lender: Lender, number: int) -> None:
        self._lender, self._number = lender, number

    def abandon(self) -> None:
        """The connection is gone."""
        self._lender.forget(self._number)
