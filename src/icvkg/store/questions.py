"""What is asked of a worker, and what comes of it."""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from icvkg.store import frames


class Question(NamedTuple):
    """A query with the forms wanted for rows and for triples (None: neither will do), and the graphs it is about."""

    text: str
    results: str | None = "json"
    graph: str | None = "ttl"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def frame(self) -> bytes:
        """The question as a worker reads it."""
        return frames.join(_header(self.results, self.graph, self.default, self.named), self.text.encode())


@lru_cache(64)
def _header(results: str | None, graph: str | None, default: tuple[str, ...], named: tuple[str, ...]) -> bytes:
    return json.dumps({"results": results, "graph": graph, "default": default, "named": named}).encode()


_DONE = [json.dumps({"kind": "done", "graph": is_graph}).encode() for is_graph in (False, True)]


class Reply(NamedTuple):
    """What came of a question.

    `kind` is done (with `body`, or `file` for a large one), refused, invalid, unacceptable, large, failed,
    late (stopped at the time limit), died (memory, or a fault of the engine) or busy; `detail` says more.
    """

    kind: str
    body: bytes = b""
    file: Path | None = None
    is_graph: bool = False
    detail: str = ""

    def frame(self) -> bytes:
        """The reply as a worker sends it."""
        if self.kind == "done" and self.file is None:
            return frames.join(_DONE[self.is_graph], self.body)
        said = {"kind": self.kind, "graph": self.is_graph, "detail": self.detail}
        return frames.pack(said | ({"file": str(self.file)} if self.file else {}))

    @classmethod
    def read(cls, header: dict[str, Any], body: bytes) -> "Reply":
        """The reply in a frame from a worker."""
        file = Path(header["file"]) if "file" in header else None
        return cls(header["kind"], body, file, header.get("graph", False), header.get("detail", ""))

    def discard(self) -> None:
        """Takes away the file of an answer that nobody wants."""
        if self.file:
            self.file.unlink(missing_ok=True)


Tell = Callable[[Reply], None]


class Ticket:
    """A question on its way: whom to tell what came of it, and since when (seconds of the loop's clock) it waits."""

    __slots__ = ("question", "since", "tell")

    def __init__(self, question: Question, tell: Tell | None, since: float) -> None:
        self.question, self.tell, self.since = question, tell, since

    def leave(self) -> None:
        """Nobody wants the reply any more: a worker that is long at it is stopped."""
        self.tell = None

    def settle(self, reply: Reply) -> None:
        """Passes the reply on, once."""
        tell, self.tell = self.tell, None
        if tell is not None:
            tell(reply)
        else:
            reply.discard()
