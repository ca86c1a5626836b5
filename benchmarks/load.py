"""A load generator: many connections, one request after the other on each, latencies kept."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import uvloop


@dataclass(frozen=True)
class Load:
    """What a run found: answers a second, milliseconds at the middle and at the 99th of a hundred, wrong answers."""

    rate: float
    middle: float
    slow: float
    wrong: int


class _Client(asyncio.Protocol):
    """One connection that asks again as soon as it has its answer."""

    def __init__(self, request: Callable[[], bytes], until: float, seconds: list[float]) -> None:
        self._request, self._until, self._seconds = request, until, seconds
        self._buffer, self._began, self.wrong = b"", 0.0, 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks the first time."""
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._began = time.perf_counter()
        self._transport.write(self._request())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Part of an answer, or the whole."""
        self._buffer += data
        if not self._is_whole():
            return
        now = time.perf_counter()
        self._seconds.append(now - self._began)
        self.wrong += not self._buffer.startswith(b"HTTP/1.1 200")
        self._buffer = b""
        if now < self._until:
            self._ask()
        elif not self.done.done():
            self.done.set_result(None)
            self._transport.close()

    def _is_whole(self) -> bool:
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        lowered = head.lower()
        at = lowered.find(b"content-length:")
        if not found:
            return False
        if at < 0:
            return body.endswith(b"0\r\n\r\n")
        return len(body) >= int(lowered[at + 15 :].split(b"\r\n", 1)[0])

    def connection_lost(self, exc: Exception | None) -> None:
        """The server closed: counted as wrong when it was early."""
        if not self.done.done():
            self.wrong += 1
            self.done.set_result(None)


def run(port: int, path: str, query: Callable[[], str], connections: int, seconds: float) -> Load:
    """Asks for so long on so many connections."""
    return uvloop.run(_run(port, path, query, connections, seconds))


async def _run(port: int, path: str, query: Callable[[], str], connections: int, seconds: float) -> Load:
    head = "Host: 127.0.0.1\r\nAccept: application/sparql-results+json\r\n\r\n"

    def request() -> bytes:
        return f"GET {path}?query={quote(query())} HTTP/1.1\r\n{head}".encode()

    loop, taken = asyncio.get_running_loop(), list[float]()
    began = time.perf_counter()
    clients = [_Client(request, began + seconds, taken) for _ in range(connections)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(client.done for client in clients))
    ordered = sorted(taken)
    rate = len(ordered) / (time.perf_counter() - began)
    middle, slow = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
    return Load(rate, middle, slow, sum(client.wrong for client in clients))
