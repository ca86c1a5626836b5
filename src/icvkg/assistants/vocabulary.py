"""The terms of the graph with their labels and how often they occur, and the terms of a query that do not occur."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from icvkg.errors import IcvkgError, nearest
from icvkg.namespaces import BASE, CODE, DEF, PREFIXES, shorten_iri
from icvkg.queries.answers import words
from icvkg.store.embedded import EmbeddedStore

KINDS = ("class", "property", "scheme")
_HEAD = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
_COUNTS = {
    "class": "SELECT ?term (COUNT(?x) AS ?count) { ?x a ?term } GROUP BY ?term",
    "property": "SELECT ?term (COUNT(*) AS ?count) { ?x ?term ?y } GROUP BY ?term",
    "scheme": f"{_HEAD} SELECT ?term (COUNT(?x) AS ?count) {{ ?x skos:inScheme ?term }} GROUP BY ?term",
}
_LABELS = f"""{_HEAD}
SELECT ?term ?en ?zh ?said {{
  ?term rdfs:label|skos:prefLabel ?en . FILTER(LANG(?en) = "en")
  FILTER(STRSTARTS(STR(?term), "{DEF}") || STRSTARTS(STR(?term), "{CODE}"))
  OPTIONAL {{ ?term rdfs:label|skos:prefLabel ?zh . FILTER(LANG(?zh) = "zh") }}
  OPTIONAL {{ ?term skos:definition|rdfs:comment ?said . FILTER(LANG(?said) = "en") }}
}} ORDER BY ?term"""
_NO_TERMS = re.compile(r'"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|(?<![\w/:])#[^\n]*')
_IRI = re.compile(r"<([^<>\"{}|^`\\\s]*)>")
_NAME = re.compile(r"(?<![\w?$:<-])([A-Za-z][\w-]*):([A-Za-z_][\w.-]*[\w-]|[A-Za-z_])")
_DECLARED = re.compile(r"PREFIX\s+([\w-]+):\s*<([^>]*)>", re.IGNORECASE)


@lru_cache(maxsize=4)
def terms(store: EmbeddedStore) -> list[dict[str, Any]]:
    """Every class, property and code list that occurs: kind, name, labels, definition and count, by kind and name."""
    rows = store.select(_LABELS)[1]
    said = {words(term): [words(each) for each in rest] for term, *rest in rows}
    return [
        {"kind": kind, "name": name, "label": en, "labelZh": zh, "definition": definition, "count": int(count)}
        for kind in KINDS
        for name, count in sorted((words(term), words(number)) for term, number in store.select(_COUNTS[kind])[1])
        for en, zh, definition in [said.get(name, ["", "", ""])]
    ]


def unknown_terms(store: EmbeddedStore, text: str) -> list[dict[str, str]]:
    """The names in a query that do not occur in the graph, each with the nearest that does, if one is like it."""
    absent = (iri for iri in dict.fromkeys(_terms(text)) if not _occurs(store, iri))
    return [{"term": shorten_iri(iri), "nearest": _nearest(store, iri)} for iri in absent]


def _occurs(store: EmbeddedStore, iri: str) -> bool:
    return store.ask(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s <{iri}> ?o }} UNION {{ ?s ?p <{iri}> }} }}")


def _terms(text: str) -> Iterator[str]:
    """The IRIs of a query in the namespaces that the graph uses."""
    bare = _NO_TERMS.sub(" ", text)
    prefixes = PREFIXES | dict(_DECLARED.findall(bare))
    bare = _DECLARED.sub(" ", bare)
    known = tuple(PREFIXES.values())
    iris = _IRI.findall(bare)
    iris += [prefixes[prefix] + local for prefix, local in _NAME.findall(_IRI.sub(" ", bare)) if prefix in prefixes]
    yield from (iri for iri in iris if iri.startswith((BASE, *known)) and not iri.startswith(PREFIXES["xsd"]))


def _nearest(store: EmbeddedStore, iri: str) -> str:
    """The term most like an unknown one, of those that begin with its namespace."""
    space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    if re.search(r'["\\\s]', space):
        raise IcvkgError(f"{iri} is no IRI.")
    ours = f'SELECT DISTINCT ?x {{ {{ ?x ?p ?o }} UNION {{ ?s ?x ?o }} FILTER(STRSTARTS(STR(?x), "{space}")) }}'
    near = nearest(iri, [row[0].value for row in store.select(ours, authored=False)[1] if row[0]])
    return shorten_iri(near) if near else ""
