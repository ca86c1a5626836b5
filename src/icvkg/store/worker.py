"""A worker process: answers one query after the other over a socket, until it is killed or the socket closes."""

import os
import socket
from itertools import count
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import BASE, PREFIXES
from icvkg.store import frames
from icvkg.store.closed import RefusedQueryError, has_keyword, refuse_hostile
from icvkg.store.limits import Limits
from icvkg.store.questions import Question, Reply
from icvkg.store.sandbox import confine
from icvkg.store.spool import Spool
from icvkg.store.syntax import point_at

RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""In what form SELECT and ASK are answered."""
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "n3": ox.RdfFormat.N3,
}
"""In what form CONSTRUCT and DESCRIBE are answered."""
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def work(channel: socket.socket, folder: Path, spool: Path, limits: Limits) -> None:
    """Opens the store for reading and answers what comes over the channel, frame by frame.

    A request is a frame with `results` and `graph` (keys of the tables above, or null), `default` and `named` (IRIs of
    graphs) and the query as its body. A reply has `kind`: done, refused, invalid, unacceptable, large; with the answer
    as its body, or the name of the file that holds it, or what is wrong.
    """
    confine(limits.memory, limits.answer)
    reader = Reader(folder, spool, limits)
    channel.sendall(frames.pack({"kind": "ready"}))
    stream = channel.makefile("rb")
    while frame := frames.read(stream):
        header, body = frame
        graphs = tuple(header["default"]), tuple(header["named"])
        question = Question(body.decode(), header["results"], header["graph"], *graphs)
        channel.sendall(reader.answer(question).frame())


class Reader:
    """A store opened for reading, asked by a process that may die of it."""

    def __init__(self, folder: Path, spool: Path, limits: Limits) -> None:
        """Large answers go to files in `spool`; raises OSError when the store cannot be opened."""
        self._store = ox.Store.read_only(str(folder))
        self._graphs = {str(graph) for graph in self._store.named_graphs()}
        self._limits, self._prefix, self._numbers = limits, f"{spool}/{os.getpid()}.", count(1)

    def answer(self, question: Question) -> Reply:
        """The answer, or what is wrong with the question."""
        spool = Spool(f"{self._prefix}{next(self._numbers)}", self._limits)
        try:
            refuse_foreign(question.text, self._graphs, [*question.default, *question.named])
            return _serialized(_evaluate(self._store, question), question, spool)
        except RefusedQueryError as error:
            return Reply("refused", detail=str(error))
        except IcvkgError as error:
            return Reply("invalid", detail=str(error))
        except (OSError, MemoryError, ValueError, RuntimeError) as error:
            spool.discard()
            return Reply("large" if spool.is_full else "failed", detail=str(error))


def refuse_foreign(text: str, graphs: set[str], asked: list[str]) -> None:
    """Raises RefusedQueryError for a query that leaves this store: by SERVICE, by FROM, or by the graphs asked for.

    Where the store has named graphs, FROM names those and fetches none; where it has none, every FROM is foreign.
    """
    refuse_hostile(text)
    if foreign := [iri for iri in asked if f"<{iri}>" not in graphs]:
        raise RefusedQueryError(f"There is no graph <{foreign[0]}> here; everything is in the default graph.")
    if not graphs and has_keyword(text, "from"):
        raise RefusedQueryError("There are no named graphs here (FROM): everything is in the default graph.")


def _evaluate(store: ox.Store, question: Question) -> Results:
    """The results; our prefixes need no declaration, and relative IRIs are ours."""
    text, options = question.text, dict[str, Any](base_iri=BASE)
    if question.default or question.named:
        options["default_graph"] = [ox.NamedNode(iri) for iri in question.default]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in question.named]
    try:
        return store.query(text, **options)
    except SyntaxError as error:
        if "Prefix not found" not in str(error):
            raise IcvkgError(point_at(text, error)) from None
    try:
        return store.query(text, prefixes=PREFIXES, **options)
    except SyntaxError as error:
        raise IcvkgError(point_at(text, error)) from None


def _serialized(results: Results, question: Question, spool: Spool) -> Reply:
    is_graph = isinstance(results, ox.QueryTriples)
    form = question.graph if is_graph else question.results
    if form is None:
        return Reply("unacceptable", detail="graph" if is_graph else "results")
    if isinstance(results, ox.QueryTriples):
        results.serialize(output=spool, format=GRAPH_FORMATS[form])  # type: ignore[arg-type]
    else:
        results.serialize(output=spool, format=RESULT_FORMATS[form])  # type: ignore[arg-type]
    body = spool.finish()
    return Reply("done", body or b"", Path(spool.file) if body is None else None, is_graph)
