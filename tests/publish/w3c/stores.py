"""One server over many small stores, `/0/sparql`, `/1/sparql`, …: `python -m tests.publish.w3c.stores FOLDER…`."""

import asyncio
import re
import socket
import sys
from pathlib import Path

from icvkg.publish.all_connections import Connections
from icvkg.publish.app import App
from icvkg.publish.endpoint import Endpoint
from icvkg.publish.messages import Request, Response
from icvkg.publish.routes import READ, Route
from icvkg.publish.server import listen, listening
from icvkg.store.limits import Limits
from icvkg.store.workers import Workers


class Stores:
    """A pool for each store, of which only the last asked is open."""

    def __init__(self, folders: list[Path]) -> None:
        self._pools = [Workers(folder, Limits(), size=1) for folder in folders]
        self._open: int | None = None

    async def answer(self, request: Request, match: re.Match[str]) -> Response:
        """The answer from the store of that number."""
        number = int(match[1])
        if number != self._open:
            self.close()
            self._open = number
            await self._pools[number].__aenter__()
        return await Endpoint(self._pools[number], str(number))(request)

    def close(self) -> None:
        """Ends the workers that run."""
        if self._open is not None:
            self._pools[self._open].close()


def main(folders: list[Path]) -> None:
    """Serves until it is told to stop."""
    opened, stores = listen("127.0.0.1", 0), Stores(folders)
    app = App([Route("/([0-9]+)/sparql", stores.answer, (*READ, "POST"))])
    print(opened.getsockname()[1], flush=True)
    asyncio.run(forever(opened, app))


async def forever(opened: socket.socket, app: App) -> None:
    """Serves until the process ends."""
    async with listening(opened, Connections(app)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
