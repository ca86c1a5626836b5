"""JSON-LD with a published context: short names for our terms, prefixes for the rest (JSON-LD 1.1)."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from icvkg.namespaces import BASE, DEF, OUTSIDE, PREFIXES
from icvkg.publish.resources import Published

CONTEXT = "context.jsonld"
"""The path of the context."""
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
_STRING = OUTSIDE["xsd"] + "string"
_MORE = {
    "dcat": "http://www.w3.org/ns/dcat#", "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#", "void": "http://rdfs.org/ns/void#",
}  # fmt: skip
Node = dict[str, Any]


def context(graph: Published) -> bytes:
    """The context: our prefixes, and every object property of ours, whose values are IRIs."""
    prefixes = {name: {"@id": space, "@prefix": True} for name, space in sorted({**PREFIXES, **_MORE}.items())}
    terms = {name: {"@id": DEF + name, "@type": "@id"} for name in _links(graph)}
    return _bytes({"@context": {"@version": 1.1, "id": "@id", "type": "@type", **prefixes, **terms}})


def document(graph: Published, triples: Iterable[ox.Triple]) -> bytes:
    """The triples as JSON-LD that names the context; subjects and properties in order."""
    links = set(_links(graph))
    nodes: dict[str, Node] = {}
    for triple in sorted(triples, key=str):
        node = nodes.setdefault(str(triple.subject), {"id": _reference(triple.subject)})
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
            node.setdefault("type", []).append(_short(triple.object.value))
        else:
            key = triple.predicate.value.removeprefix(DEF)
            name = key if key in links else _short(triple.predicate.value)
            node.setdefault(name, []).append(_value(triple.object, is_link=key in links))
    return _bytes({"@context": BASE + CONTEXT, "@graph": [_single(node) for node in nodes.values()]})


def _links(graph: Published) -> list[str]:
    """The names of our object properties that are no prefix."""
    ours = {iri.removeprefix(DEF) for iri in graph.object_properties if iri.startswith(DEF)}
    return sorted(ours - set(PREFIXES) - set(_MORE) - {"id", "type"})


def _single(node: Node) -> Node:
    """A list of one value as the value."""
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _reference(term: object) -> str:
    return _short(term.value) if isinstance(term, ox.NamedNode) else str(term)


@lru_cache(1 << 16)
def _short(iri: str) -> str:
    """The IRI by its longest prefix; whole where the rest would not read as a name."""
    spaces: Mapping[str, str] = PREFIXES | _MORE
    fitting = [(len(space), name, space) for name, space in spaces.items() if iri.startswith(space)]
    _, name, space = max(fitting, default=(0, "", ""))
    local = iri[len(space) :]
    return f"{name}:{local}" if name and local and not local.startswith("//") else iri


def _value(term: object, *, is_link: bool) -> str | dict[str, str]:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"@value": term.value, "@language": term.language}
        typed = {"@value": term.value, "@type": _short(term.datatype.value)}
        return term.value if term.datatype.value == _STRING and not is_link else typed
    return _reference(term) if is_link else {"id": _reference(term)}


def _bytes(value: Node) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
