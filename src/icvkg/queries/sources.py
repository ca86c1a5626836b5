"""All sources of each row of an answer, as one column."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer, as_precise, words
from icvkg.queries.citation import reference
from icvkg.store.asking import AskableStore, Row

_SOURCES = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?title ?publisher ?url ?published ?precision ?site ?locator WHERE {
  VALUES ?thing { THINGS }
  ?thing icv:hasEvidence ?evidence .
  ?evidence icv:source ?source .
  ?source rdfs:label ?title ; icv:publisherName ?publisher .
  OPTIONAL { ?evidence icv:locator ?locator }
  OPTIONAL { ?source icv:url ?url }
  OPTIONAL { ?source icv:readOnSite ?site }
  OPTIONAL { ?source icv:publishedOn ?published ; icv:publishedOnPrecision ?precision }
} ORDER BY ?thing ?evidence"""


def with_sources(answer: Answer, column: str) -> Answer:
    """The answer with one more column: every source of what the row rests on, told as in `icvkg cite`.

    A row rests on its claims, or else on the first thing of it that names evidence. Raises IcvkgError for an answer of
    which no row rests on anything that can be cited.
    """
    if answer.origin is None:
        raise ValueError("an answer without an origin cannot be cited")
    store, rows = answer.origin.store, answer.rows
    for places in _candidates(answer):
        found = _references(store, {each.value for row in rows for each in _things(row, places)})
        if found:
            told = (" | ".join(_told(row, places, found)) for row in rows)
            extended = tuple((*row, ox.Literal(text)) for row, text in zip(rows, told, strict=True))
            return replace(answer, columns=(*answer.columns, column), rows=extended)
    if not rows:
        return replace(answer, columns=(*answer.columns, column))
    raise IcvkgError("Nothing in this answer names a source of its own (its rows count or compare claims).")


def _candidates(answer: Answer) -> list[list[int]]:
    """Places of columns that may hold what a row rests on: its claims together, else each column alone."""
    claims = [place for place, name in enumerate(answer.columns) if name == "claim" or name.endswith("Claim")]
    return [claims] if claims else [[place] for place in range(len(answer.columns))]


def _things(row: Row, places: Sequence[int]) -> list[ox.NamedNode]:
    return [term for place in places if isinstance(term := row[place], ox.NamedNode)]


def _told(row: Row, places: Sequence[int], found: dict[str, list[str]]) -> Iterable[str]:
    return dict.fromkeys(text for thing in _things(row, places) for text in found.get(thing.value, ()))


def _references(store: AskableStore, things: set[str]) -> dict[str, list[str]]:
    """The sources of each thing, in words."""
    if not things:
        return {}
    listed = " ".join(str(ox.NamedNode(thing)) for thing in sorted(things))
    found: dict[str, list[str]] = {}
    for thing, title, publisher, url, published, precision, site, locator in store.select(
        _SOURCES.replace("THINGS", listed), authored=False
    )[1]:
        day = as_precise(words(published), words(precision))
        text = reference(words(publisher), words(title), day, words(site), words(locator), words(url))
        found.setdefault(thing.value if thing else "", []).append(text)
    return found
