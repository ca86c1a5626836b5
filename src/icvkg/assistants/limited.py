"""Queries within limits: the one place where the server runs what an assistant wrote."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.formats import as_json
from icvkg.store import frames
from icvkg.store.workers import Question

Rows = list[dict[str, dict[str, str]]]
"""Bindings as in SPARQL 1.1 Query Results JSON, a row each."""


@dataclass(frozen=True)
class Limits:
    """How much a query and a page of its answer may take; `text` and `page` in characters, `answer` in bytes.

    `workers` is how many queries run at the same time.
    """

    text: int = 100_000
    seconds: float = 20.0
    answer: int = 64 << 20
    rows: int = 100
    page: int = 60_000
    workers: int = 4


class Asker:
    """Asks a store in worker processes, which are kept for the next query and killed at the time limit."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._free = threading.BoundedSemaphore(limits.workers)
        self._idle: list[_Worker] = []

    def rows(self, text: str) -> tuple[list[str], Rows]:
        """Columns and rows of a query; triples come as subject, predicate and object.

        Raises IcvkgError for a query that is too long, not valid, not allowed, too slow or has too large an answer.
        """
        if len(text) > self._limits.text:
            raise IcvkgError(f"The query has {len(text)} characters; at most {self._limits.text} are allowed.")
        with self._free:
            worker = self._idle.pop() if self._idle else _Worker(self._folder, self._limits)
            reply = worker.ask(text, self._limits.seconds)
            if reply is None:
                worker.close()
            else:
                self._idle.append(worker)
        if reply is None:
            raise IcvkgError(worker.end(self._limits.seconds))
        return _read(*reply, self._limits)

    def close(self) -> None:
        """Ends the workers."""
        while self._idle:
            self._idle.pop().close()


class _Worker:
    """One process with its end of the socket."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        near, far = socket.socketpair()
        words = ["-P", "-m", "icvkg.assistants.worker", str(folder), str(far.fileno()), tempfile.gettempdir()]
        places = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, *words, str(limits.answer)], pass_fds=[far.fileno()], env=places,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        far.close()
        self._near, self._stream = near, near.makefile("rb")
        self._is_late = False
        frames.read(self._stream)

    def ask(self, text: str, seconds: float) -> frames.Frame | None:
        """The reply; None when the process died, or was killed because it took too long."""
        clock = threading.Timer(seconds, self._expire)
        clock.start()
        try:
            self._near.sendall(Question(text.encode("utf-8", "replace").decode(), "json", "nt").frame())
            reply = frames.read(self._stream)
        except (OSError, ValueError):
            return None
        else:
            return None if self._is_late else reply
        finally:
            clock.cancel()

    def _expire(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self, seconds: float) -> str:
        """Why there was no reply, in words."""
        if self._is_late:
            return f"The query took longer than {seconds:g} s and was stopped: ask for less."
        return "The query took too much memory and was stopped: ask for less, or with LIMIT."

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        self._stream.close()
        self._near.close()


def _read(header: dict[str, Any], body: bytes, limits: Limits) -> tuple[list[str], Rows]:
    if header["kind"] == "large":
        raise IcvkgError(f"The answer is larger than {limits.answer} bytes: ask for less, or with LIMIT.")
    if header["kind"] != "done":
        raise IcvkgError(str(header["detail"]))
    if header["graph"]:
        triples = [tuple(quad.triple) for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        body = as_json(Answer(("subject", "predicate", "object"), tuple(triples))).encode()
    found: dict[str, Any] = json.loads(body)
    if "boolean" in found:
        answer = {"type": "literal", "value": str(found["boolean"]).lower()}
        return ["answer"], [{"answer": answer}]
    return found["head"]["vars"], found["results"]["bindings"]
