"""Clients that are slow, endless or malformed lose their connection; the others notice nothing."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from icvkg.release.location import store_folder
from tests.publish.serving import Running, running

ORDINARY = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def endpoint(release: Path, home: Path) -> Iterator[Running]:
    """A server that waits one second for a head or a body."""
    options = {"head_seconds": 1.0, "body_seconds": 1.0, "stall_seconds": 1.0}
    with running(store=store_folder(home, release.name), folder=release, **options) as started:
        yield started


def talk(server: Running, *pieces: bytes, pause: float = 0.0) -> bytes:
    """What comes back until the server closes or is silent for three seconds."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=3) as client:
        heard = b""
        try:
            for piece in pieces:
                client.sendall(piece)
                time.sleep(pause)
            while data := client.recv(65536):
                heard += data
        except OSError:
            pass
        return heard


def status(heard: bytes) -> int:
    return int(heard.split(b" ", 2)[1]) if heard else 0


def test_a_head_that_drips_is_ended(endpoint: Running) -> None:
    heard = talk(endpoint, b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 20, pause=0.1)
    assert status(heard) in (0, 408)


def test_silence_is_ended(endpoint: Running) -> None:
    began = time.monotonic()
    assert status(talk(endpoint)) == 408
    assert time.monotonic() - began < 2.5


def test_a_body_that_drips_is_ended(endpoint: Running) -> None:
    heard = talk(endpoint, POST + b"Content-Length: 1000\r\n\r\n", b"ASK {")
    assert status(heard) == 408
    assert b"longer than 1 s" in heard


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"a" * (1 << 20) + b"\r\n",
        b"".join(b"X-%d: b\r\n" % number for number in range(60_000)),
        b"Cookie: " + b"a=b; " * 200_000 + b"\r\n",
    ],
    ids=["one long header", "many headers", "a large cookie"],
)
def test_a_large_head_is_refused(endpoint: Running, head: bytes) -> None:
    assert status(talk(endpoint, b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n")) in (0, 431)


def test_a_long_address_is_refused(endpoint: Running) -> None:
    assert status(talk(endpoint, b"GET /sparql?query=" + b"a" * (1 << 20) + b" HTTP/1.1\r\n\r\n")) in (0, 431)


def test_an_endless_body_is_refused(endpoint: Running) -> None:
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    assert status(talk(endpoint, POST + b"Transfer-Encoding: chunked\r\n\r\n", *[piece] * 64)) in (0, 413)


@pytest.mark.parametrize(
    "request_",
    [
        POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: 99999999999999999999\r\n\r\n",
        POST + b"Content-Length: a\r\n\r\n",
        b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        b"GET /robots.txt HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 100,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://127.0.0.1:9/nothing HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /id/actor/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=range(14),
)
def test_a_malformed_request_is_refused(endpoint: Running, request_: bytes) -> None:
    assert 400 <= (status(talk(endpoint, request_)) or 400) < 500


def test_who_does_not_read_loses_the_connection(endpoint: Running) -> None:
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=5) as client:
        client.sendall(b"GET /release/2026.11.0/icvkg.jsonld HTTP/1.1\r\nHost: x\r\n\r\n" * 4)
        time.sleep(3)
        heard = 0
        try:
            while data := client.recv(65536):
                heard += len(data)
        except OSError:
            pass
    assert heard < 40_000_000


def test_two_hundred_idle_connections_harm_nobody(endpoint: Running) -> None:
    idle = [socket.create_connection(("127.0.0.1", endpoint.port)) for _ in range(200)]
    assert endpoint.query("ASK { }").status == 200
    for each in idle:
        each.close()


def test_requests_in_a_row_on_one_connection_are_answered(endpoint: Running) -> None:
    heard = talk(endpoint, ORDINARY * 3)
    assert heard.count(b"HTTP/1.1 200 OK") == 3
