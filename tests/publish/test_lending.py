"""Connections lent to a worker: the same answers as by the long way, and nobody is harmed by what another one asks."""

import os
import select
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from icvkg.release.location import store_folder
from tests.publish.serving import Running, running
from tests.publish.test_containment import ENDLESS, GREEDY, SMALL, descendants
from tests.publish.test_shortcut import ACCEPTS, LONG, QUERIES

pytestmark = pytest.mark.skipif(not hasattr(select, "epoll"), reason="connections are lent on Linux alone")
SECONDS = 1.0


OPENED = list["Client"]()


class Client:
    """A connection that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._connection.connect()
        OPENED.append(self)

    @property
    def socket(self) -> socket.socket:
        """What it talks over."""
        return self._connection.sock

    def ask(self, query: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (without the date) and body."""
        self._connection.putrequest("GET", f"/sparql?query={quote(query)}", skip_accept_encoding=True)
        for pair in (headers or {}).items():
            self._connection.putheader(*pair)
        self._connection.endheaders()
        return self.read()

    def read(self, path: str = "") -> tuple[int, dict[str, str], bytes]:
        """The answer to a GET of the path, or to what was sent."""
        if path:
            self._connection.request("GET", path)
        answer = self._connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "date"}
        return answer.status, found, answer.read()

    def close(self) -> None:
        """Leaves."""
        self._connection.close()


def holders(server: Running, client: Client) -> int:
    """How many processes of the server hold the connection."""
    ports = f"{server.port:04X}", f"{client.socket.getsockname()[1]:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {row[9] for row in rows if row[1].endswith(ports[0]) and row[2].endswith(ports[1])}
    return sum(bool(inodes & sockets(pid)) for pid in descendants(server.pid))


def sockets(pid: int) -> set[str]:
    found = set()
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.add(os.readlink(each).removeprefix("socket:[").removesuffix("]"))
        except OSError:
            continue
    return found


def until(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def lent(server: Running) -> Client:
    """A connection that a worker has."""
    client, number = Client(server.port), 0

    def is_lent() -> bool:
        nonlocal number
        number += 1
        assert client.ask(f"{SMALL} # {time.monotonic()}{number}")[0] == 200
        return holders(server, client) == 2

    assert until(is_lent)
    return client


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture(scope="module")
def tight(release: Path, home: Path) -> Iterator[Running]:
    """A server with tight limits."""
    options = {"seconds": SECONDS, "memory": 640 << 20, "answer": 4 << 20}
    with running(store=store_folder(home, release.name), folder=release, workers=1, **options) as started:
        yield started


@pytest.mark.parametrize("headers", ACCEPTS)
def test_a_lent_connection_gives_the_same_answers(server: Running, headers: dict[str, str]) -> None:
    for number, query in enumerate(QUERIES):
        client, fresh = lent(server), f"{query} # {number} {headers}"
        first, again = client.ask(fresh, headers), client.ask(fresh, headers)
        assert first == again == Client(server.port).ask(fresh, headers | LONG)


def test_what_is_no_plain_query_is_answered_too(server: Running) -> None:
    client = lent(server)
    assert client.read("/health")[0] == 200
    data = f"GET /sparql?query={quote(SMALL)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for cut in (1, 20, 60):
        client = lent(server)
        client.socket.sendall(data[:cut])
        time.sleep(0.05)
        client.socket.sendall(data[cut:] + data)
        received = b""
        while received.count(b'"boolean":true') < 2:
            more = client.socket.recv(1 << 16)
            assert more
            received += more


def test_a_client_that_reads_late_gets_all_of_it(server: Running) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o } LIMIT 6000"
    client = lent(server)
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    for number in range(3):
        client.socket.sendall(f"GET /sparql?query={quote(f'{query} # {number}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
        parts = b""
        while not parts.endswith(b"]}}"):
            received = client.socket.recv(1 << 16)
            assert received
            parts += received
        assert parts.partition(b"\r\n\r\n")[2] == server.query(query).body


def test_a_late_query_is_stopped_and_the_connection_kept(tight: Running) -> None:
    client = lent(tight)
    began = time.monotonic()
    status, headers, body = client.ask(ENDLESS)
    assert time.monotonic() - began < SECONDS + 1
    assert (status, headers["content-type"]) == (504, "application/problem+json")
    assert b"stopped after 1 s" in body
    assert client.ask(SMALL)[0] == 200


def test_a_greedy_query_ends_its_worker_alone(release: Path, home: Path) -> None:
    options = {"seconds": 30, "memory": 640 << 20}
    with running(store=store_folder(home, release.name), folder=release, workers=1, **options) as started:
        client = lent(started)
        status, _, body = client.ask(GREEDY)
        assert (status, b"640 MiB" in body) == (503, True)
        assert client.ask(SMALL)[0] == 200
        lent(started)


def test_others_are_answered_while_one_is_stuck(tight: Running) -> None:
    stuck, *others = [lent(tight) for _ in range(8)]
    stuck.socket.sendall(f"GET /sparql?query={quote(f'{ENDLESS} # other')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    time.sleep(0.02)
    began = time.monotonic()
    for turn in range(3):
        assert [each.ask(f"{SMALL} # {turn} {place}")[0] for place, each in enumerate(others)] == [200] * 7
    assert time.monotonic() - began < SECONDS / 2
    received = stuck.socket.recv(1 << 16)
    assert received.startswith(b"HTTP/1.1 504 ")


def test_who_leaves_stops_the_query(release: Path, home: Path) -> None:
    with running(store=store_folder(home, release.name), folder=release, workers=1, seconds=60) as started:
        client, before = lent(started), set(descendants(started.pid))
        client.socket.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
        client.close()
        assert until(lambda: bool(before - set(descendants(started.pid))))


def test_who_is_silent_is_given_back(server: Running) -> None:
    client = lent(server)
    assert until(lambda: holders(server, client) == 1)
    assert client.ask(SMALL)[0] == 200


def test_a_limited_address_is_not_lent() -> None:
    from icvkg.publish.rates import Buckets, Rate

    buckets = Buckets(Rate(5))
    assert buckets.is_free("127.0.0.1")
    assert not buckets.is_free("192.0.2.1")
    assert Buckets(Rate(0)).is_free("192.0.2.1")
