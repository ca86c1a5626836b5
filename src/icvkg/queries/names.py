"""Every name in the graph, with the kind of thing that bears it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import BASE, DEF, ID
from icvkg.store.asking import AskableStore

_NAMES = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?naming ?name WHERE {
  VALUES ?naming {
    rdfs:label skos:altLabel icv:legalName icv:designation icv:documentNumber icv:stockTicker skos:notation
  }
  ?thing ?naming ?name .
}"""
_TICKER = DEF + "stockTicker"
SAYINGS = tuple(f"{ID}{kind}/" for kind in ("claim", "evidence", "source"))
"""Kinds whose labels are made of the names of things, or are titles: these come after all things, terms and codes."""


@dataclass(frozen=True)
class Name:
    """One name of one thing, as it is written."""

    iri: str
    text: str

    @property
    def of_a_thing(self) -> bool:
        """Whether a thing, term or code bears it, and no claim or source."""
        return not self.iri.startswith(SAYINGS)


def names(store: AskableStore) -> list[Name]:
    """All names: those of things first, each kind by IRI; a stock code also without its exchange and behind it."""
    rows = store.select(_NAMES)[1]
    found = {name for thing, naming, text in rows for name in _names(thing, naming, text)}
    return sorted(found, key=lambda name: (not name.of_a_thing, name.iri, name.text))


def _names(thing: object, naming: object, text: object) -> Iterator[Name]:
    if not isinstance(thing, ox.NamedNode) or not isinstance(text, ox.Literal) or not thing.value.startswith(BASE):
        return
    yield Name(thing.value, text.value)
    if isinstance(naming, ox.NamedNode) and naming.value == _TICKER:
        exchange, _, code = text.value.partition(":")
        yield from (Name(thing.value, code), Name(thing.value, f"{code}.{exchange}"))
