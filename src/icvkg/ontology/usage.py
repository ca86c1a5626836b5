"""Which file names which term, as triples for the rules, and how many terms the curated queries name.

A file is `https://w3id.org/icvkg/artefact/<path>` and `dcterms:isPartOf` its folder. A query or a file of shapes
`dcterms:references` the terms and codes in its text; a module of the ontology `dcterms:hasPart` each of its headers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.namespaces import BASE, CODE, DEF, OUTSIDE, expand_name
from icvkg.ontology.closure import read_modules

ARTEFACT = BASE + "artefact/"
_PART_OF, _HAS_PART, _REFERENCES = (
    ox.NamedNode(OUTSIDE["dcterms"] + name) for name in ("isPartOf", "hasPart", "references")
)
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
_ONTOLOGY = ox.NamedNode(OUTSIDE["owl"] + "Ontology")
_TERMS = [ox.NamedNode(OUTSIDE["owl"] + kind) for kind in ("Class", "ObjectProperty", "DatatypeProperty")]
_QUERIES = ox.NamedNode(ARTEFACT + "queries")
_COMMENT = re.compile(r"(?m)(^|\s)#.*$")
_NAME = re.compile(r"(?<![\w/-])([a-z][a-z-]*:[A-Za-z0-9][\w-]*)|<([^<>\s]+)>")


@dataclass(frozen=True)
class Coverage:
    """How many of our own classes and properties some curated query names."""

    named: int
    terms: int

    def __str__(self) -> str:
        """The share with its parts, such as `3 of 4 (75 %)`."""
        return f"{self.named} of {self.terms} ({round(100 * self.named / max(self.terms, 1))} %)"


def usage() -> list[ox.Triple]:
    """The triples on every query, every file of shapes and every module of the ontology."""
    texts = ((folder, name, named_terms(text)) for folder, name, text in _texts())
    named = [triple for folder, name, terms in texts for triple in _file(folder, name, _REFERENCES, terms)]
    return named + [triple for name, triples in read_modules().items() for triple in module_parts(name, triples)]


def module_parts(name: str, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The ontology headers in the module of that name."""
    headers = [t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY]
    return _file("ontology", name, _HAS_PART, (each.value for each in headers if isinstance(each, ox.NamedNode)))


def named_terms(text: str) -> set[str]:
    """The IRIs of our terms and codes in SPARQL or Turtle, in full or with our prefixes; comments do not count.

    >>> named_terms("SELECT ?x { ?x a icv:Firm } # icv:Place")
    {'https://w3id.org/icvkg/def/Firm'}
    """
    found = {full or expand_name(name) or "" for name, full in _NAME.findall(_COMMENT.sub("", text))}
    return {iri for iri in found if iri.startswith((DEF, CODE)) and not iri.endswith("/")}


def coverage(triples: Iterable[ox.Triple]) -> Coverage:
    """Counts over the ontology together with the triples of `usage`."""
    held = set(triples)
    declared = {t.subject for t in held if t.predicate == _TYPE and t.object in _TERMS}
    own = {term for term in declared if str(term).startswith("<" + DEF)}
    queries = {t.subject for t in held if t.predicate == _PART_OF and t.object == _QUERIES}
    named = {t.object for t in held if t.predicate == _REFERENCES and t.subject in queries}
    return Coverage(len(own & named), len(own))


def _texts() -> Iterator[tuple[str, str, str]]:
    """Folder, name and text of each query and each file of shapes."""
    queries, shapes = artefacts.folder("queries"), artefacts.folder("validation") / "shapes"
    for theme in artefacts.sorted_folders(queries):
        for file in artefacts.sorted_files(theme, ".rq"):
            yield "queries", f"{theme.name}/{file.name}", file.read_text(encoding="utf-8")
    for file in artefacts.sorted_files(shapes, ".ttl"):
        yield "validation/shapes", file.name, file.read_text(encoding="utf-8")


def _file(folder: str, name: str, predicate: ox.NamedNode, values: Iterable[str]) -> Iterator[ox.Triple]:
    file = ox.NamedNode(f"{ARTEFACT}{folder}/{name}")
    yield ox.Triple(file, _PART_OF, ox.NamedNode(ARTEFACT + folder))
    yield from (ox.Triple(file, predicate, ox.NamedNode(value)) for value in sorted(values))
