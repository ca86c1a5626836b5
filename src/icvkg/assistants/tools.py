"""What an assistant can do: eight tools over one release, all of which only read."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Self

from icvkg.assistants.evidence import sources, things_in
from icvkg.assistants.limited import Asker, Limits
from icvkg.assistants.pages import page
from icvkg.assistants.vocabulary import KINDS, terms, unknown_terms
from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import PREFIXES, expand_name, shorten_iri
from icvkg.queries.catalogue import CuratedQuery, catalogue, find_query
from icvkg.release.location import store_folder
from icvkg.store.closed import refuse_hostile
from icvkg.store.embedded import EmbeddedStore

Found = dict[str, Any]
_UPDATE = re.compile(
    r"^\s*(?:(?:PREFIX|BASE)\b[^>]*>\s*)*(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


class Tools:
    """The tools; each answer names release, hash and sources, and says when it was cut."""

    def __init__(self, graph: KnowledgeGraph, limits: Limits | None = None) -> None:
        self._graph = graph
        self._limits = limits or Limits()
        self._asker = Asker(store_folder(graph.home, graph.manifest.digest), self._limits)

    def __enter__(self) -> Self:
        """The tools, for as long as they are needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the processes that ran queries."""
        self._asker.close()

    def search(self, text: str, cursor: str | None = None) -> Found:
        """Things whose names match."""
        hits = [{"thing": shorten_iri(hit.iri), "name": hit.name} for hit in self._graph.search(text, 200)]
        found = self._page(hits, ["search", text], cursor)
        iris = (expand_name(hit["thing"]) for hit in found["items"])
        return self._signed(found, [iri for iri in iris if iri])

    def describe(self, thing: str, language: str = "en", cursor: str | None = None) -> Found:
        """What is said of a thing."""
        told = self._graph.describe(thing, language)
        found = self._page([asdict(claim) for claim in told.claims], ["describe", thing, language], cursor)
        said = {"iri": told.iri, "statements": [list(each) for each in told.statements]}
        return self._signed(said | found, [told.iri, *(claim["iri"] for claim in found["items"])])

    def schema(self, kind: str | None = None, text: str = "", cursor: str | None = None) -> Found:
        """The terms for SPARQL."""
        if kind not in (None, *KINDS):
            raise UnknownNameError("kind of term", kind or "", KINDS)
        wanted = text.casefold()
        kept = [
            each
            for each in terms(self._graph.embedded)
            if kind in (None, each["kind"]) and wanted in f"{each['name']} {each['label']} {each['labelZh']}".casefold()
        ]
        found = self._page(kept, ["schema", kind, text], cursor)
        return self._signed({"prefixes": PREFIXES} | found, [])

    def list_queries(self, theme: str | None = None, question: str | None = None, cursor: str | None = None) -> Found:
        """The curated queries, by fit to a question where one is given."""
        if question:
            chosen = [each for each in self._graph.ask(question) if each.near and theme in (None, each.query.theme)]
            listed = [
                _listed(each.query) | {"confidence": each.confidence, "suggested": each.parameters} for each in chosen
            ]
        else:
            listed = [_listed(each) for each in catalogue(theme)]
        return self._signed(self._page(listed, ["list_queries", theme, question], cursor), [])

    def run_query(self, name: str, parameters: dict[str, str] | None = None, cursor: str | None = None) -> Found:
        """The answer of a curated query."""
        query = find_query(name)
        found = self._rows(self._graph.bound(query, parameters or {}), cursor)
        return {"question": query.summary, "meaning": query.description.strip(), "columns": query.columns} | found

    def sparql(self, query: str, cursor: str | None = None) -> Found:
        """The answer of a query."""
        if _UPDATE.match(query):
            raise IcvkgError("This is an update; the graph can only be read: SELECT, ASK, CONSTRUCT or DESCRIBE.")
        return self._rows(query, cursor)

    def validate_sparql(self, query: str) -> Found:
        """Whether a query is valid and allowed, and which of its terms the graph does not know."""
        said = {"valid": True, "message": "", "unknownTerms": []}
        try:
            if _UPDATE.match(query):
                raise IcvkgError("This is an update; the graph can only be read.")
            refuse_hostile(query)
            EmbeddedStore.in_memory().select(query)
            said["unknownTerms"] = unknown_terms(self._graph.embedded, query)
        except IcvkgError as error:
            said |= {"valid": False, "message": str(error)}
        return self._signed(said, [])

    def sources_of(self, claim: str, language: str = "en") -> Found:
        """The sources of a claim or a thing, each with a citation."""
        iri = self._graph.resolve(claim)
        cited = [each.text(self._graph.release) for each in self._graph.cite(claim, language)]
        return self._signed({"claim": iri, "citations": cited}, [iri])

    def _rows(self, text: str, cursor: str | None) -> Found:
        variables, rows = self._asker.rows(text)
        if not _ORDERED.search(text):
            rows.sort(key=lambda row: str(sorted((name, term["value"]) for name, term in row.items())))
        found = self._page(rows, ["rows", text], cursor)
        return self._signed({"variables": variables} | found, things_in(found["items"]))

    def _page(self, items: Sequence[Any], asked: Sequence[Any], cursor: str | None) -> Found:
        return page(items, [self._graph.manifest.digest, *asked], cursor, self._limits)

    def _signed(self, found: Found, things: Sequence[str]) -> Found:
        """An answer with the release that gave it and the sources of what it names."""
        manifest = self._graph.manifest
        release = {"version": manifest.version, "hash": manifest.digest, "asOf": manifest.as_of}
        return {"release": release} | found | sources(self._graph.embedded, things)


def _listed(query: CuratedQuery) -> Found:
    return {
        "name": query.name,
        "theme": query.theme,
        "question": query.summary,
        "questionZh": query.summary_zh,
        "parameters": [asdict(each) for each in query.parameters],
    }
