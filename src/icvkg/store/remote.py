"""Any SPARQL 1.1 endpoint as a store, through SPARQLWrapper (extra `icvkg[remote]`)."""

import re
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import PREFIXES
from icvkg.store.asking import Row
from icvkg.store.closed import refuse_hostile
from icvkg.store.http import Limits, Reply, fetch
from icvkg.store.login import read_login

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_VIRTUOSO_SAYS = "__ASK_RETVAL"
"""The variable in which Virtuoso 7 answers an ASK, as a row for yes and none for no."""
_VIRTUOSO_BLANK = re.compile(rb'("type": *"bnode", *"value": *")nodeID://')
"""How Virtuoso 7 begins the names of blank nodes, which have no colon in any other store."""
_DECLARED = re.compile(r"PREFIX\s+([\w.-]*):", re.IGNORECASE)


class RemoteStore:
    """A graph behind an endpoint, the default one unless named; answers like the embedded store, or raises IcvkgError.

    A graph is named as SPARQL 1.1 Protocol section 2.1.4 says: by the parameter default-graph-uri.
    """

    keeps_blank_nodes = False

    def __init__(self, url: str, limits: Limits | None = None, graph: str | None = None) -> None:
        self.url = checked_address(url)
        self.graph = graph
        self._limits = limits or Limits()
        self._login = read_login(url)

    @classmethod
    def reached(cls, url: str, limits: Limits | None = None, graph: str | None = None) -> Self:
        """The endpoint, once it has answered a first question."""
        store = cls(url, limits, graph)
        store.ask("ASK {}")
        return store

    def select(self, text: str, *, authored: bool = True) -> tuple[list[str], list[Row]]:
        """Variables and rows of a SELECT query; an ASK gives one row with the variable `answer`."""
        result = self._results(text, authored=authored)
        if isinstance(result, bool):
            return ["answer"], [(ox.Literal(result),)]
        return result

    def ask(self, text: str) -> bool:
        """The answer of an ASK query; raises IcvkgError for any other form."""
        result = self._results(text)
        if isinstance(result, bool):
            return result
        columns, rows = result
        if columns == [_VIRTUOSO_SAYS]:
            return bool(rows)
        raise IcvkgError("This query does not say yes or no: ASK was expected.")

    def construct(self, text: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query; raises IcvkgError for any other form."""
        reply = self._reply(text, "turtle")
        form = ox.RdfFormat.from_media_type(reply.media_type)
        if form is None:
            raise IcvkgError(self._not_understood(reply, "triples"))
        try:
            return [quad.triple for quad in ox.parse(reply.body, format=form, base_iri=self.url)]
        except (SyntaxError, ValueError) as error:
            raise IcvkgError(f"{self.url}: its answer is broken or cut short: {error}") from None

    def _results(self, text: str, *, authored: bool = True) -> bool | tuple[list[str], list[Row]]:
        reply = self._reply(text, "json", authored=authored)
        form = ox.QueryResultsFormat.from_media_type(reply.media_type)
        if form is None or reply.media_type in ("text/plain", "text/html"):
            raise IcvkgError(self._not_understood(reply, "rows or a yes or no"))
        try:
            found = ox.parse_query_results(_VIRTUOSO_BLANK.sub(rb"\1", reply.body), format=form)
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            return [variable.value for variable in found.variables], [tuple(solution) for solution in found]
        except (SyntaxError, ValueError) as error:
            raise IcvkgError(f"{self.url}: its answer is broken or cut short: {error}") from None

    def _reply(self, text: str, form: str, *, authored: bool = True) -> Reply:
        refuse_hostile(text, authored=authored)
        wrapper = self._wrapper(form)
        wrapper.setQuery(_with_prefixes(text))
        wrapper.queryType = "SELECT" if form == "json" else "CONSTRUCT"
        return fetch(wrapper._createRequest, self._limits, self._login)

    def _wrapper(self, form: str) -> "SPARQLWrapper":
        """SPARQLWrapper writes the request; it is sent here, since it would take a login wherever it is redirected.

        It guesses the form of a query from words in its comments too, so `_reply` says which answer it wants.
        """
        try:
            from SPARQLWrapper import POST, SPARQLWrapper
        except ImportError:
            raise IcvkgError("SPARQLWrapper is needed for an endpoint: pip install 'icvkg[remote]'.") from None
        wrapper = SPARQLWrapper(self.url, returnFormat=form)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        if self.graph:
            wrapper.addDefaultGraph(self.graph)
        if self._login.header:
            wrapper.addCustomHttpHeader("Authorization", self._login.header)
        return wrapper

    def _not_understood(self, reply: Reply, wanted: str) -> str:
        page = "a web page" if reply.media_type == "text/html" else reply.media_type or "something without a type"
        return (
            f"{self.url}: it answers with {page} where {wanted} were expected; is this the address of the query"
            " endpoint? It often ends in /sparql or /query."
        )


def checked_address(url: str) -> str:
    """The address; raises IcvkgError for one that is not of HTTP."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IcvkgError(f"{url!r} is no address of an endpoint: http://… or https://… was expected.")
    return url


def _with_prefixes(text: str) -> str:
    """The query with those of our prefixes declared, on its first line, that it uses without declaring them."""
    declared = set(_DECLARED.findall(text))
    missing = [name for name in PREFIXES if f"{name}:" in text and name not in declared]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text
