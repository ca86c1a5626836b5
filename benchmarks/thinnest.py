"""The thinnest server over a store that Python can be: what no server of ours can be quicker than.

    python benchmarks/thinnest.py PORT STORE [--constant]

Two processes read whatever comes, take the query between `?query=` and the next space, run it without any check or
limit, and write the answer; `--constant` runs nothing, and writes the same answer each time. For comparison alone.
"""

import os
import select
import socket
import sys
from collections.abc import Callable
from urllib.parse import unquote

import pyoxigraph as ox


def engine(folder: str) -> Callable[[bytes], bytes]:
    """Runs the query."""
    store = ox.Store.read_only(folder)

    def answer(data: bytes) -> bytes:
        query = unquote(data.partition(b"?query=")[2].partition(b" ")[0].decode())
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return answer


def constant(folder: str) -> Callable[[bytes], bytes]:
    """Runs nothing."""
    body = engine(folder)(b"GET /sparql?query=SELECT%20*%20{?s%20?p%20?o}%20LIMIT%205 ")
    return lambda _: body


def serve(listening: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    """Answers until the process is ended."""
    poll, open_ = select.epoll(), dict[int, socket.socket]()
    poll.register(listening, select.EPOLLIN)
    while True:
        for handle, _ in poll.poll():
            if handle == listening.fileno():
                client, _ = listening.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                poll.register(client, select.EPOLLIN)
                open_[client.fileno()] = client
            elif data := os.read(handle, 8192):
                body = answer(data)
                os.write(handle, b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
            else:
                open_.pop(handle).close()


def main(port: int, folder: str, *options: str) -> None:
    """Two processes with a socket each, between which the kernel divides the connections."""
    os.fork()
    with socket.create_server(("127.0.0.1", port), reuse_port=True, backlog=256) as listening:
        serve(listening, (constant if options else engine)(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
