"""The outside terms that were found in the file of their own vocabulary, and how they may be used."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from icvkg import artefacts

PROPERTIES = ("object property", "datatype property", "annotation property")
OPEN = "property"


@dataclass(frozen=True)
class Term:
    """An outside term: its kind, its label, and the version of the vocabulary that its file states.

    The kind is one of class, object property, datatype property, annotation property, concept, individual; or
    property, where the vocabulary leaves open whether values are things or literals.
    """

    iri: str
    kind: str
    label: str
    version: str


def read_vocabulary_terms() -> dict[str, Term]:
    """The terms of `ontology/vocabulary-terms.csv` by IRI."""
    text = (artefacts.folder("ontology") / "vocabulary-terms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["term"]: Term(row["term"], row["kind"], row["label"], row["version"]) for row in rows}


def as_declared(term: Term, subject_kind: str) -> str:
    """The kind that the term has in our file: its own, or where that is open the kind of our property."""
    return subject_kind if term.kind == OPEN and subject_kind in PROPERTIES else term.kind


def fits(predicate: str, subject_kind: str, object_kind: str) -> bool:
    """Whether the predicate may join things of these kinds.

    >>> fits("rdfs:subClassOf", "class", "class"), fits("skos:exactMatch", "class", "class")
    (True, False)
    """
    if predicate == "rdfs:seeAlso":
        return object_kind != OPEN
    return subject_kind == object_kind and subject_kind in JOINS.get(predicate, ())


JOINS: Mapping[str, tuple[str, ...]] = {
    "owl:equivalentClass": ("class",),
    "owl:equivalentProperty": PROPERTIES,
    "rdfs:seeAlso": ("class", *PROPERTIES, "concept", "individual"),
    "rdfs:subClassOf": ("class",),
    "rdfs:subPropertyOf": PROPERTIES,
    "skos:broadMatch": ("concept",),
    "skos:closeMatch": ("concept",),
    "skos:exactMatch": ("concept",),
    "skos:narrowMatch": ("concept",),
    "skos:relatedMatch": ("concept",),
}
