"""The short way of plain queries: GET, a few harmless headers, the query alone in the address.

Most queries come like this. Two patterns that leave no room for a second reading take them apart, a worker is asked
without a task of their own, and the answer leaves as the long way would send it. What does not fit takes the long way.
"""

import re
from binascii import a2b_qp
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from icvkg.publish.answers import Answers
from icvkg.publish.endpoint import Asked, Endpoint
from icvkg.publish.messages import Request
from icvkg.publish.problems import ProblemError
from icvkg.publish.sending import Outgoing, plain
from icvkg.store.questions import Reply, Ticket

if TYPE_CHECKING:
    from icvkg.publish.connections import Connection

_LONGEST = 1 << 13
_LINE = re.compile(rb"GET /sparql\?query=((?:[\w.~!$'()*,;:@/?+-]|%[0-9A-Fa-f]{2})+) HTTP/1\.1")
_HEADERS = re.compile(
    rb"(?:(?:host|accept|accept-encoding|user-agent): [\x21-\x7e][\x20-\x7e]*\r\n|connection: keep-alive\r\n)+\r\n",
    re.IGNORECASE,
)


class Shortcut:
    """Plain queries to one endpoint, and the answers to those that came before, byte by byte."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._kept = Answers[bytes](64 << 20, 1 << 20)

    def take(self, connection: "Connection", data: bytes) -> bool:
        """Answers a request, or has it answered; False when it has to take the long way."""
        kept = self._kept.get(data)
        if kept is not None and connection.may_ask():
            connection.send_found(kept)
            return True
        if kept is not None or len(data) > _LONGEST:
            return False
        line, _, block = data.partition(b"\r\n")
        query, headers = _LINE.fullmatch(line), _headers(block)
        if query is None or headers is None:
            return False
        try:
            text = decoded(query[1]).decode()
            asked = self.endpoint.understand(text, [], headers.get("accept", ""))
        except (ProblemError, UnicodeDecodeError):
            return False
        if not connection.may_ask():
            return False
        connection.begin(Pending(self, connection, data, Request("GET", "/sparql", "", headers), asked))
        return True

    def keep(self, data: bytes, answer: bytes) -> None:
        """Keeps the answer to the same bytes."""
        self._kept.put(data, answer, len(data) + len(answer))


class Pending:
    """A plain query that a worker has."""

    __slots__ = ("_asked", "_connection", "_data", "_request", "_shortcut", "_ticket")

    def __init__(
        self, shortcut: Shortcut, connection: "Connection", data: bytes, request: Request, asked: Asked
    ) -> None:
        self._shortcut, self._connection, self._data = shortcut, connection, data
        self._request, self._asked = request, asked
        self._ticket: Ticket | None = None

    def start(self) -> None:
        """Asks; it may be answered before this returns."""
        ticket = self._shortcut.endpoint.workers.post(self._asked.question, self._told)
        self._ticket = ticket

    def abandon(self) -> None:
        """The client is gone."""
        if self._ticket is not None:
            self._ticket.leave()

    def _told(self, reply: Reply) -> None:
        try:
            response = self._shortcut.endpoint.respond(self._asked, reply)
        except ProblemError as error:
            response = error.response
        whole = plain(self._request, response) if response.status == 200 else None
        if whole is None:
            self._connection.send(Outgoing(self._request, response, is_public=True))
            return
        if self._asked.key:
            self._shortcut.keep(self._data, whole)
        self._connection.send_found(whole)
        self._connection.answered(self, keep=True)


def decoded(query: bytes) -> bytes:
    """A part of a query string without its escapes, which must all be well-formed; `=` must not stand in it.

    Percent-encoding is quoted-printable with another sign, and that is decoded in C.
    """
    return a2b_qp(query.replace(b"+", b" ").replace(b"%", b"="))


@lru_cache(1024)
def _headers(block: bytes) -> Mapping[str, str] | None:
    """The headers by name in lower case; None when there are others than plain ones, or one twice."""
    if not _HEADERS.fullmatch(block):
        return None
    pairs = [line.split(": ", 1) for line in block.decode("ascii").split("\r\n")[:-2]]
    found = {name.lower(): value for name, value in pairs}
    return found if len(found) == len(pairs) else None
