"""Triples into a store over HTTP: by SPARQL 1.1 Update, or by the SPARQL 1.1 Graph Store HTTP Protocol."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote, urlsplit
from urllib.request import Request

import pyoxigraph as ox

from icvkg.store.files import serialize
from icvkg.store.http import Limits, fetch
from icvkg.store.login import read_login
from icvkg.store.remote import checked_address

Statements = Sequence[ox.Triple]


class GraphWriter(Protocol):
    """Where triples of one graph can be put. Every call is one request, and raises IcvkgError in words."""

    def insert(self, triples: Statements) -> None:
        """Adds triples; those that are there stay as they are. Without blank nodes it may be repeated."""

    def clear(self) -> None:
        """Takes everything out of the graph."""


class _Writer:
    """An address with a login and limits; requests that hold blank nodes are never repeated."""

    def __init__(self, url: str, graph: str | None, limits: Limits | None = None) -> None:
        self._url = checked_address(url)
        self._graph = graph
        self._limits = limits or Limits()
        self._login = read_login(url)

    def _send(self, url: str, method: str, body: bytes, media_type: str, *, once: bool = False) -> None:
        headers = {"Content-Type": media_type} if body else {}
        if self._login.header:
            headers["Authorization"] = self._login.header
        limits = Limits(self._limits.seconds, 0) if once else self._limits
        fetch(lambda: Request(url, body or None, headers, method=method), limits, self._login)


class UpdateWriter(_Writer):
    """SPARQL 1.1 Update, by POST of the request itself (SPARQL 1.1 Protocol section 2.2.2)."""

    def insert(self, triples: Statements) -> None:
        """INSERT DATA of the triples; INSERT where they have blank nodes, which Virtuoso refuses in data."""
        lines = serialize(triples, ox.RdfFormat.N_TRIPLES).decode()
        data = f"GRAPH <{self._graph}> {{\n{lines}}}" if self._graph else lines
        if has_blank_nodes(triples):
            self._update(f"INSERT {{\n{data}}} WHERE {{}}", once=True)
        else:
            self._update(f"INSERT DATA {{\n{data}}}")

    def clear(self) -> None:
        """CLEAR of the graph; one that is not there is empty already."""
        self._update(f"CLEAR SILENT {f'GRAPH <{self._graph}>' if self._graph else 'DEFAULT'}")

    def _update(self, text: str, *, once: bool = False) -> None:
        self._send(self._url, "POST", text.encode(), "application/sparql-update; charset=utf-8", once=once)


class GraphStoreWriter(_Writer):
    """The Graph Store HTTP Protocol: POST merges (section 5.5), PUT of nothing empties (section 5.3)."""

    def insert(self, triples: Statements) -> None:
        """POST of the triples as N-Triples."""
        body = serialize(triples, ox.RdfFormat.N_TRIPLES)
        self._send(self._address, "POST", body, "application/n-triples", once=has_blank_nodes(triples))

    def clear(self) -> None:
        """PUT of an empty graph, as a comment of N-Triples: some servers take no body without bytes."""
        self._send(self._address, "PUT", b"# nothing\n", "application/n-triples")

    @property
    def _address(self) -> str:
        named = f"graph={quote(self._graph, safe='')}" if self._graph else "default"
        return f"{self._url}{'&' if urlsplit(self._url).query else '?'}{named}"


def has_blank_nodes(triples: Statements) -> bool:
    """Whether a triple has a blank node, which a second insertion would double."""
    return any(isinstance(term, ox.BlankNode) for triple in triples for term in triple)


def update_address(query_url: str) -> str:
    """Where a store most likely takes updates that answers queries at this address.

    >>> update_address("http://localhost:3030/icvkg/query")
    'http://localhost:3030/icvkg/update'
    >>> update_address("http://localhost:7200/repositories/icvkg")
    'http://localhost:7200/repositories/icvkg/statements'
    """
    place, _, last = query_url.rpartition("/")
    if last == "query":
        return f"{place}/update"
    return f"{query_url}/statements" if place.endswith("/repositories") else query_url
