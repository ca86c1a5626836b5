"""Finds things by name, in English or Chinese."""

import re
import unicodedata
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import BASE
from icvkg.store.asking import Row
from icvkg.store.embedded import EmbeddedStore

_NAMES = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name WHERE {
  VALUES ?naming {
    rdfs:label skos:altLabel icv:legalName icv:designation icv:documentNumber icv:stockTicker skos:notation
  }
  ?thing ?naming ?name .
}"""


@dataclass(frozen=True)
class Hit:
    """A thing that was found: its IRI, the name that matched, and how well (0 is best)."""

    iri: str
    name: str
    rank: int


def search(store: EmbeddedStore, text: str, limit: int = 20) -> list[Hit]:
    """The things whose names match the text, best first; one hit a thing.

    Ranked by kind of match (whole name, start of name, start of a word, inside a word, every word somewhere), things
    before claims, then by the length of the name.
    """
    wanted = fold(text)
    best: dict[str, Hit] = {}
    for row in store.select(_NAMES)[1] if wanted else []:
        hit = _hit(row, wanted)
        if hit and (hit.iri not in best or _order(hit) < _order(best[hit.iri])):
            best[hit.iri] = hit
    return sorted(best.values(), key=_order)[:limit]


def fold(text: str) -> str:
    """The text as it is compared: NFKC, case folded, single spaces, hyphens as spaces, digits without commas.

    >>> fold("  HUAWEI  华为 20,000")
    'huawei 华为 20000'
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("-", " ")
    return " ".join(re.sub(r"(?<=\d),(?=\d{3})", "", plain).split())


def _hit(row: Row, wanted: str) -> Hit | None:
    thing, name = row
    if not isinstance(thing, ox.NamedNode) or not isinstance(name, ox.Literal) or not thing.value.startswith(BASE):
        return None
    rank = _rank(fold(name.value), wanted)
    return None if rank is None else Hit(thing.value, name.value, rank)


def _rank(name: str, wanted: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    if wanted in name:
        return 3
    return 4 if all(word in name for word in wanted.split()) else None


def _order(hit: Hit) -> tuple[int, bool, int, str]:
    return hit.rank, "/id/claim/" in hit.iri, len(hit.name), hit.iri
