"""The process tree of `icvkg serve`: one socket, two fronts that speak HTTP, each with its own workers."""

import asyncio
import gc
import os
import select
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import uvloop

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
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


def serve(
    opened: socket.socket,
    place: Place,
    limits: Limits,
    fronts: int,
    workers: int,
    rate: Rate = Rate(),  # noqa: B008
) -> int:
    """Serves until SIGINT or SIGTERM; a front that dies is replaced. The exit status."""
    stopping = False
    children: set[int] = set()

    def stop(number: int, _: object) -> None:
        nonlocal stopping
        stopping = True
        for pid in children:
            os.kill(pid, signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopping or children:
        while not stopping and len(children) < fronts:
            children.add(_fork(lambda: front(opened, place, limits, workers, rate)))
        pid, _ = os.wait()
        children.discard(pid)
    return 0


def prepare() -> None:
    """Sees to it that there is a current release with a sound store, in a process of its own.

    The engine starts threads; the process that forks the fronts must have none. Raises IcvkgError when it fails.
    """
    pid = _fork(_open)
    if os.waitpid(pid, 0)[1]:
        raise IcvkgError("There is no release to serve: run icvkg build to see why.")


def _open() -> None:
    _ = KnowledgeGraph.open().names


def _fork(task: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            task()
            status = 0
        finally:
            os._exit(status)
    return pid


def front(opened: socket.socket, place: Place, limits: Limits, size: int, rate: Rate) -> None:
    """One front process: HTTP in, answers out, until SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    pool = Workers(place.store, limits, size)
    lenders = Lenders(place.store, limits, place.manifest.digest) if hasattr(select, "epoll") else None
    uvloop.run(run(opened, pool, place.open(), rate, lenders))


async def run(
    opened: socket.socket, pool: Workers, graph: Published, rate: Rate, lenders: Lenders | None = None
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
