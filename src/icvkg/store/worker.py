"""A worker process: answers one query after the other over a socket, until it is killed or the socket closes."""

import json
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
_DONE = {kind: json.dumps({"kind": "done", "graph": kind == "graph"}).encode() for kind in ("graph", "results")}
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def work(channel: socket.socket, folder: Path, spool: Path, limits: Limits) -> None:
    """Opens the store for reading and answers what comes over the channel.

    A request is a frame with `results` and `graph` (keys of the tables above, or null), `default` and `named` (IRIs of
    graphs) and the query as its body. A reply has `kind`: done, refused, invalid, unacceptable, large; with the answer
    as its body, or the name of the file that holds it, or what is wrong.
    """
    confine(limits.memory, limits.answer)
    store = ox.Store.read_only(str(folder))
    graphs = {str(graph) for graph in store.named_graphs()}
    channel.sendall(frames.pack({"kind": "ready"}))
    stream = channel.makefile("rb")
    for number in count(1):
        frame = frames.read(stream)
        if frame is None:
            return
        channel.sendall(_reply(store, graphs, frame, Spool(f"{spool}/{os.getpid()}.{number}", limits)))


def _reply(store: ox.Store, graphs: set[str], frame: frames.Frame, spool: Spool) -> bytes:
    header, body = frame
    text = body.decode()
    try:
        refuse_foreign(text, graphs, [*header["default"], *header["named"]])
        return _serialized(_evaluate(store, text, header), header, spool)
    except RefusedQueryError as error:
        return _said("refused", error)
    except IcvkgError as error:
        return _said("invalid", error)
    except (OSError, MemoryError, ValueError, RuntimeError) as error:
        spool.discard()
        return _said("large" if spool.is_full else "failed", error)


def _said(kind: str, error: BaseException) -> bytes:
    return frames.pack({"kind": kind, "detail": str(error)})


def refuse_foreign(text: str, graphs: set[str], asked: list[str]) -> None:
    """Raises RefusedQueryError for a query that leaves this store: by SERVICE, by FROM, or by the graphs asked for.

    Where the store has named graphs, FROM names those and fetches none; where it has none, every FROM is foreign.
    """
    refuse_hostile(text)
    if foreign := [iri for iri in asked if f"<{iri}>" not in graphs]:
        raise RefusedQueryError(f"There is no graph <{foreign[0]}> here; everything is in the default graph.")
    if not graphs and has_keyword(text, "from"):
        raise RefusedQueryError("There are no named graphs here (FROM): everything is in the default graph.")


def _evaluate(store: ox.Store, text: str, header: dict[str, Any]) -> Results:
    """The results; our prefixes need no declaration, and relative IRIs are ours."""
    options: dict[str, Any] = {"base_iri": BASE}
    if header["default"] or header["named"]:
        options["default_graph"] = [ox.NamedNode(iri) for iri in header["default"]]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in header["named"]]
    try:
        return store.query(text, **options)
    except SyntaxError as error:
        if "Prefix not found" not in str(error):
            raise IcvkgError(point_at(text, error)) from None
    try:
        return store.query(text, prefixes=PREFIXES, **options)
    except SyntaxError as error:
        raise IcvkgError(point_at(text, error)) from None


def _serialized(results: Results, header: dict[str, Any], spool: Spool) -> bytes:
    kind = "graph" if isinstance(results, ox.QueryTriples) else "results"
    form = header[kind]
    if form is None:
        return frames.pack({"kind": "unacceptable", "detail": kind})
    if isinstance(results, ox.QueryTriples):
        results.serialize(output=spool, format=GRAPH_FORMATS[form])  # type: ignore[arg-type]
    else:
        results.serialize(output=spool, format=RESULT_FORMATS[form])  # type: ignore[arg-type]
    body = spool.finish()
    if body is None:
        return frames.pack({"kind": "done", "graph": kind == "graph", "file": spool.file})
    return frames.join(_DONE[kind], body)
