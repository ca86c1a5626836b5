"""Plain queries by the short way: the same answers as by the long way, and nothing else gets through."""

import socket
from urllib.parse import quote, unquote_to_bytes

import pytest

from icvkg.publish.shortcut import decoded
from tests.publish.serving import Running

LONG = "X-Takes: the-long-way\r\n"
"""A header that the short way does not know."""
QUERIES = [
    "ASK { act:huawei a icv:Firm }",
    "SELECT * { ?s a icv:Firm } ORDER BY ?s LIMIT 3",
    "SELECT * { ?s a icv:Firm } ORDER BY ?s LIMIT 3000",
    "CONSTRUCT { ?s a icv:Firm } { VALUES ?s { act:huawei } }",
    'SELECT ("a=b+c%20d & 华为" AS ?x) {}',
    "SELECT (RAND() < 2 AS ?x) {}",
    "SELECT * { ?s ?p ",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { FILTER(" + "(" * 300 + "1" + ")" * 300 + ") }",
]
ACCEPTS = ["", "Accept: text/csv\r\n", "Accept: text/turtle;q=0.5, text/csv;q=0.1\r\n", "Accept: image/png\r\n",
           "Accept-Encoding: gzip\r\n"]  # fmt: skip


def talk(server: Running, data: bytes) -> bytes:
    """All that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(1 << 16), b""))


def ask(server: Running, query: str, headers: str) -> tuple[set[bytes], bytes]:
    """Head (without the date) and body of the answer to a GET."""
    text = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n{headers}\r\n"
    head, _, body = talk(server, text.encode()).partition(b"\r\n\r\n")
    return {line for line in head.split(b"\r\n") if not line.startswith(b"date:")}, body


def test_every_escape_is_read_as_the_library_reads_it() -> None:
    plain = b"az09-._~!$'()*,;:@/?"
    escaped = b"".join(b"%%%02X%%%02x" % (byte, byte) for byte in range(256))
    for text in (plain, escaped, plain + escaped + plain, b"a%20%20%0A", b"%3D%3Db"):
        assert decoded(text) == unquote_to_bytes(text)
    assert decoded(b"a+b%2B") == b"a b+"


@pytest.mark.parametrize("headers", ACCEPTS)
@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_both_ways_give_the_same(server: Running, query: str, headers: str) -> None:
    first, again, other = (ask(server, query, each) for each in (headers, headers, headers + LONG))
    assert first == again == other
    assert first[0]


def test_requests_in_a_row_are_answered_in_order(server: Running) -> None:
    ways = ["", LONG, "", "", LONG]
    data = "".join(
        f"GET /sparql?query={quote(f'SELECT ({number} AS ?x) {{}}')} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n{way}\r\n"
        for number, way in enumerate(ways)
    )
    bodies = [part.rpartition(b"\r\n\r\n")[2] for part in talk(server, data.encode()).split(b"HTTP/1.1 200 OK")[1:]]
    assert bodies == [f"x\r\n{number}\r\n".encode() for number in range(5)]


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_request_in_pieces_is_answered(server: Running, cut: int) -> None:
    data = f"GET /sparql?query={quote(QUERIES[0])} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (data, data[:cut], data[cut:], data):
            client.sendall(piece)
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: client.recv(1 << 16), b""))
    assert answer.count(b"HTTP/1.1 200 OK") == answer.count(b'"boolean":true') == 3
