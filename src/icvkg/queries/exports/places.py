"""GeoJSON (RFC 7946): one feature a row, at the first place of the row whose position is known."""

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.queries.answers import words
from icvkg.queries.exports.export import Export
from icvkg.queries.exports.typed import values
from icvkg.queries.positions import PLACES, Position, positions
from icvkg.store.asking import Row


def as_geojson(export: Export) -> bytes:
    """A collection of features with the row as properties; a row without a known position has no geometry.

    `locatedBy` names the place whose coordinates were taken: for a zone, the nearest area around it that has some.
    Raises IcvkgError for an answer that holds no places.
    """
    answer = export.answer
    named = {term.value for row in answer.rows for term in row if isinstance(term, ox.NamedNode) and _is_place(term)}
    if not named:
        raise IcvkgError("GeoJSON is for answers with places: no column of this one holds any (plc:…).")
    if answer.origin is None:
        raise ValueError("an answer without an origin has no positions")
    found = positions(answer.origin.store, named)
    features = [
        _feature(dict(zip(answer.columns, plain, strict=True)), _position(row, found))
        for row, plain in zip(answer.rows, values(answer), strict=True)
    ]
    document = {"type": "FeatureCollection", "about": dict(export.about), "features": features}
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _is_place(term: ox.NamedNode) -> bool:
    return term.value.startswith(PLACES)


def _position(row: Row, found: Mapping[str, Position]) -> Position | None:
    return next((found[term.value] for term in row if term is not None and term.value in found), None)


def _feature(properties: dict[str, Any], position: Position | None) -> dict[str, Any]:
    if position is None:
        return {"type": "Feature", "geometry": None, "properties": properties}
    point = {"type": "Point", "coordinates": [position.longitude, position.latitude]}
    said = {"locatedBy": words(ox.NamedNode(position.by)), "approximate": True}
    return {"type": "Feature", "geometry": point, "properties": properties | said}
