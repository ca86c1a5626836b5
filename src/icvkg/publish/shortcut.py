"""The short way of plain queries: a worker is asked without a task of their own, the answer leaves in one write.

It leaves as the long way would send it. What does not fit takes the long way.
"""

from typing import TYPE_CHECKING

from icvkg.publish.answers import Answers
from icvkg.publish.endpoint import Asked, Endpoint
from icvkg.publish.messages import Request
from icvkg.publish.plain import plain_query
from icvkg.publish.problems import ProblemError
from icvkg.publish.sending import Outgoing, plain
from icvkg.publish.tally import Counted, count
from icvkg.store.questions import Reply, Ticket

if TYPE_CHECKING:
    from icvkg.publish.connections import Connection


class Shortcut:
    """Plain queries to one endpoint, and the answers to those that came before, byte by byte."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._kept = Answers[bytes](64 << 20, 1 << 20)

    def take(self, connection: "Connection", data: bytes) -> bool:
        """Answers a request, or has it answered; False when it has to take the long way."""
        kept = self._kept.get(data)
        if kept is not None and connection.may_ask():
            count(Counted.KEPT)
            connection.send_found(kept)
            return True
        found = plain_query(self.endpoint, data) if kept is None else None
        if found is None or not connection.may_ask():
            return False
        connection.begin(Pending(self, connection, data, *found))
        return True

    def resume(self, connection: "Connection", data: bytes, reply: Reply) -> None:
        """Answers a request that was read and asked elsewhere."""
        found = plain_query(self.endpoint, data)
        assert found, "what is no plain query is not asked elsewhere"
        connection.take_over(pending := Pending(self, connection, data, *found))
        pending.told(reply)

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
        ticket = self._shortcut.endpoint.workers.post(self._asked.question, self.told)
        self._ticket = ticket

    def abandon(self) -> None:
        """The client is gone."""
        if self._ticket is not None:
            self._ticket.leave()

    def told(self, reply: Reply) -> None:
        """Answers."""
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
        self._connection.lend()
