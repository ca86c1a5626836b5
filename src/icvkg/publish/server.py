"""A front of `icvkg serve`: it speaks HTTP on a socket that fronts share, and has workers of its own."""

import asyncio
import gc
import select
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import uvloop

from icvkg.errors import IcvkgError
from icvkg.publish.all_connections import Connections
from icvkg.publish.app import App
from icvkg.publish.connections import Connection
from icvkg.publish.lenders import Lenders
from icvkg.publish.rates import Buckets, Rate
from icvkg.publish.resources import Published
from icvkg.publish.shortcut import Shortcut
from icvkg.publish.site import Site
from icvkg.release import location
from icvkg.release.manifest import Manifest, read_manifest
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.limits import Limits
from icvkg.store.workers import Workers

_GRACE = 10.0
"""Seconds for begun responses when a front is told to stop."""


@dataclass(frozen=True)
class Place:
    """Where one release lies: the folder of its store, and that of its files."""

    store: Path
    folder: Path

    @classmethod
    def current(cls) -> Self:
        """The current release; raises IcvkgError when there is none."""
        home = location.home()
        digest = location.current_digest(home)
        if digest is None:
            raise IcvkgError("There is no release to serve: run icvkg build.")
        return cls(location.store_folder(home, digest), location.release_folder(home, digest))

    @property
    def manifest(self) -> Manifest:
        """What the release holds."""
        return read_manifest(self.folder)

    def open(self) -> Published:
        """The release, opened for reading, its resources listed."""
        opened = Published(EmbeddedStore.read_only(self.store), self.manifest, self.folder)
        assert opened.resources, "a release without resources"
        return opened


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, inherited by the fronts; raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family, backlog=1024)
    opened.set_inheritable(True)
    return opened


@dataclass(frozen=True)
class Front:
    """One front process: HTTP in on the socket, answers out, until SIGTERM."""

    opened: socket.socket
    limits: Limits
    workers: int
    rate: Rate = field(default_factory=Rate)

    def __call__(self, place: Place, ready: Callable[[], object]) -> None:
        """Serves that release; calls `ready` once requests are taken."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        pool = Workers(place.store, self.limits, self.workers)
        lenders = Lenders(place.store, self.limits, place.manifest.digest) if hasattr(select, "epoll") else None
        uvloop.run(run(self.opened, pool, place.open(), self.rate, ready, lenders))


async def run(
    opened: socket.socket,
    pool: Workers,
    graph: Published,
    rate: Rate,
    ready: Callable[[], object],
    lenders: Lenders | None = None,
) -> None:
    """Serves on the socket with this pool until the process is told to stop; then finishes what was begun."""
    site = Site(pool, graph)
    site.pages.warm()
    gc.freeze()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    app, shortcut = App(site.routes(), dress=site.pages.not_found), Shortcut(site.endpoint)
    connections = Connections(app, shortcut, Buckets(rate), lenders)
    async with pool, _lending(lenders, shortcut), listening(opened, connections):
        ready()
        await stopping.wait()


@asynccontextmanager
async def _lending(lenders: Lenders | None, shortcut: Shortcut) -> AsyncIterator[None]:
    if lenders is None:
        yield
        return
    async with lenders.use(shortcut):
        yield


@asynccontextmanager
async def listening(opened: socket.socket, connections: Connections) -> AsyncIterator[None]:
    """Answers on the socket; at the end, new connections are left to others and begun responses finished."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(connections), sock=opened)
    try:
        yield
    finally:
        server.close()
        await connections.finish(_GRACE)
