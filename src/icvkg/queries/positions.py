"""Where places lie: their own coordinates, or those of the nearest area around them that has some."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import ID
from icvkg.store.asking import AskableStore, Term

PLACES = f"{ID}place/"
_POSITIONS = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
SELECT ?place ?by ?latitude ?longitude WHERE {
  VALUES ?place { PLACES }
  ?place icv:within? ?by . ?by geo:lat ?latitude ; geo:long ?longitude .
  FILTER NOT EXISTS { ?place icv:within? ?nearer . ?nearer icv:within ?by ; geo:lat ?other }
} ORDER BY ?place ?by"""
_ALL = """
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?place (?place AS ?by) ?latitude ?longitude WHERE { ?place geo:lat ?latitude ; geo:long ?longitude }
ORDER BY ?place"""


@dataclass(frozen=True)
class Position:
    """A point in degrees (WGS 84), and the place that lies there."""

    longitude: float
    latitude: float
    by: str


def positions(store: AskableStore, places: Iterable[str]) -> dict[str, Position]:
    """The position of each place that has one, by IRI; approximate, as all coordinates of the graph are."""
    listed = " ".join(str(ox.NamedNode(place)) for place in sorted(places))
    return _read(store, _POSITIONS.replace("PLACES", listed)) if listed else {}


def known_positions(store: AskableStore) -> dict[str, Position]:
    """The position of every place that has coordinates of its own."""
    return _read(store, _ALL)


def _read(store: AskableStore, text: str) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for place, by, latitude, longitude in store.select(text, authored=False)[1]:
        position = Position(_degrees(longitude), _degrees(latitude), by.value if by else "")
        found.setdefault(place.value if place else "", position)
    return found


def _degrees(term: Term | None) -> float:
    return float(term.value) if isinstance(term, ox.Literal) else 0.0
