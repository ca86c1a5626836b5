"""Plain queries by the short way: the same answers as by the long way, and nothing else gets through."""

import socket
from urllib.parse import quote, unquote_to_bytes

import pytest

from icvkg.publish.plain import decoded
from tests.publish.serving import Running

LONG = {"X-Takes": "the long way"}
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
ACCEPTS: list[dict[str, str]] = [
    {}, {"Accept": "text/csv"}, {"Accept": "text/turtle;q=0.5, text/csv;q=0.1"}, {"Accept": "image/png"},
    {"Accept-Encoding": "gzip"},
]  # fmt: skip


def talk(server: Running, pieces: list[bytes], answers: int) -> bytes:
    """Sends the pieces, and reads so many answers: each leaves in one write."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            client.sendall(piece)
        while received.count(b"\r\n\r\n") < answers:
            received += client.recv(1 << 16)
    return received


def ask(server: Running, query: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (without the date) and body of the answer to a GET."""
    answer = server.ask("GET", f"/sparql?query={quote(query)}", headers)
    return answer.status, {name: value for name, value in answer.headers.items() if name != "date"}, answer.body


def test_every_escape_is_read_as_the_library_reads_it() -> None:
    plain = b"az09-._~!$'()*,;:@/?"
    escaped = b"".join(b"%%%02X%%%02x" % (byte, byte) for byte in range(256))
    for text in (plain, escaped, plain + escaped + plain, b"a%20%20%0A", b"%3D%3Db"):
        assert decoded(text) == unquote_to_bytes(text)
    assert decoded(b"a+b%2B") == b"a b+"


@pytest.mark.parametrize("headers", ACCEPTS)
@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_both_ways_give_the_same(server: Running, query: str, headers: dict[str, str]) -> None:
    first, again, other = (ask(server, query, each) for each in (headers, headers, headers | LONG))
    assert first == again == other


def test_requests_in_a_row_are_answered_in_order(server: Running) -> None:
    ways = ["", "X-Takes: the-long-way\r\n", "", "", "X-Takes: the-long-way\r\n"]
    queries = [quote(f"SELECT ({number} AS ?x) {{}}") for number in range(5)]
    head = "HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n"
    data = "".join(f"GET /sparql?query={query} {head}{way}\r\n" for query, way in zip(queries, ways, strict=True))
    parts = talk(server, [data.encode()], 5).split(b"HTTP/1.1 200 OK")[1:]
    assert [part.partition(b"\r\n\r\n")[2] for part in parts] == [f"x\r\n{number}\r\n".encode() for number in range(5)]


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_request_in_pieces_is_answered(server: Running, cut: int) -> None:
    data = f"GET /sparql?query={quote(QUERIES[0])} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    answer = talk(server, [data, data[:cut], data[cut:], data], 3)
    assert answer.count(b"HTTP/1.1 200 OK") == answer.count(b'"boolean":true') == 3
