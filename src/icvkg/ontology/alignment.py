"""Alignments to outside vocabularies: the table checked against verified terms, and the module that it gives."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.errors import Fault, nearest
from icvkg.namespaces import BASE, CODE, DEF, OUTSIDE, shorten_iri
from icvkg.ontology.closure import ROOT
from icvkg.ontology.sssom import FILE, MappingSet, Row
from icvkg.ontology.vocabularies import JOINS, Term, as_declared, fits

TERMS = "ontology/vocabulary-terms.csv"
JUSTIFICATION = "semapv:ManualMappingCuration"

_KINDS = {
    OUTSIDE["owl"] + "Class": "class",
    OUTSIDE["owl"] + "ObjectProperty": "object property",
    OUTSIDE["owl"] + "DatatypeProperty": "datatype property",
    OUTSIDE["owl"] + "AnnotationProperty": "annotation property",
    OUTSIDE["skos"] + "Concept": "concept",
}
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
_LABELS = (ox.NamedNode(OUTSIDE["rdfs"] + "label"), ox.NamedNode(OUTSIDE["skos"] + "prefLabel"))
_VERSION = ox.NamedNode(OUTSIDE["owl"] + "versionInfo")


@dataclass(frozen=True)
class Vocabularies:
    """What a row may name: our terms with kind and English label, the outside terms, and our version."""

    own: Mapping[str, Term]
    outside: Mapping[str, Term]


def own_terms(ontology: Iterable[ox.Triple]) -> dict[str, Term]:
    """Our classes, properties and codes, as terms of the version that the root ontology states."""
    held = [(t.subject, t.predicate, t.object) for t in ontology if isinstance(t.subject, ox.NamedNode)]
    things = [(subject, predicate, value) for subject, predicate, value in held if isinstance(value, ox.NamedNode)]
    words = [(subject, predicate, value) for subject, predicate, value in held if isinstance(value, ox.Literal)]
    kinds = {s.value: _KINDS[o.value] for s, p, o in things if p == _TYPE and o.value in _KINDS}
    labels = {s.value: o.value for s, p, o in words if p in _LABELS and o.language == "en"}
    version = next((o.value for s, p, o in words if s == ROOT and p == _VERSION), "")
    own = (iri for iri in kinds if iri.startswith((DEF, CODE)))
    return {iri: Term(iri, kinds[iri], labels.get(iri, ""), version) for iri in own}


def faults(mappings: MappingSet, known: Vocabularies) -> list[Fault]:
    """Everything wrong in the rows, by line."""
    found = [fault for row in mappings.rows for fault in _row_faults(row, mappings, known)]
    if not found:
        found = [*_order_faults(mappings), *_two_kinds(mappings, known)]
    return sorted(found)


def _row_faults(row: Row, mappings: MappingSet, known: Vocabularies) -> Iterator[Fault]:
    cells = row.cells
    subject = known.own.get(mappings.expand(cells["subject_id"]) or "")
    term = known.outside.get(mappings.expand(cells["object_id"]) or "")
    if subject is None:
        yield _missing(row, "subject_id", "a class, property or code of ours expected", known.own, mappings)
    if term is None:
        why = f"not in {TERMS}, which lists what was found in a vocabulary's own file; correct it, or verify and add it"
        yield _missing(row, "object_id", why, known.outside, mappings)
    if cells["predicate_id"] not in JOINS:
        yield _fault(row, "predicate_id", f"one of {', '.join(JOINS)} expected", nearest(cells["predicate_id"], JOINS))
    elif subject and term and not fits(cells["predicate_id"], subject.kind, as_declared(term, subject.kind)):
        yield _fault(row, "predicate_id", _unfit(cells["predicate_id"], subject, term))
    yield from _copied(row, subject, term)


def _unfit(predicate: str, subject: Term, term: Term) -> str:
    wanted = " or ".join(JOINS[predicate])
    return f"joins {wanted} with the same; here {subject.kind} with {term.kind}. rdfs:seeAlso joins things not alike"


def _missing(row: Row, column: str, why: str, known: Mapping[str, Term], mappings: MappingSet) -> Fault:
    value = row.cells[column]
    full = mappings.expand(value)
    if full is None:
        return _fault(
            row, column, "its prefix is not in the curie_map", nearest(value.partition(":")[0], mappings.prefixes)
        )
    near = nearest(full, (iri for iri in known if iri[:30] == full[:30]) if full.startswith(BASE) else known)
    return _fault(row, column, why, near)


def _copied(row: Row, subject: Term | None, term: Term | None) -> Iterator[Fault]:
    wanted = {"mapping_justification": JUSTIFICATION}
    if subject:
        wanted |= {"subject_label": subject.label, "subject_source_version": subject.version}
    if term:
        wanted |= {"object_label": term.label, "object_source_version": term.version}
    for column, value in wanted.items():
        if row.cells[column] != value:
            yield _fault(row, column, f"{value!r} expected")


def _fault(row: Row, column: str, expected: str, near: str = "") -> Fault:
    return Fault(FILE, row.line, column, row.cells[column], expected, near)


def _order_faults(mappings: MappingSet) -> Iterator[Fault]:
    for before, row in zip(mappings.rows, mappings.rows[1:], strict=False):
        if row.key <= before.key:
            yield _fault(row, "subject_id", "rows sorted by subject, predicate and object, none twice, expected")


def _two_kinds(mappings: MappingSet, known: Vocabularies) -> Iterator[Fault]:
    for iri, kinds in declared(mappings, known).items():
        if len(kinds) > 1:
            yield Fault(FILE, 0, "object_id", shorten_iri(iri), f"one kind expected, used as {' and '.join(kinds)}")


def declared(mappings: MappingSet, known: Vocabularies) -> dict[str, list[str]]:
    """The outside terms of the rows with the kinds that they are used as; one in a table that is in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in mappings.rows:
        subject = known.own[mappings.expand(row.cells["subject_id"]) or ""]
        term = known.outside[mappings.expand(row.cells["object_id"]) or ""]
        found[term.iri].add(as_declared(term, subject.kind))
    return {iri: sorted(found[iri]) for iri in sorted(found)}
