"""The module `alignment`: OWL from the table of alignments, under a header like the other modules'."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.errors import FaultyTablesError
from icvkg.namespaces import BASE, OUTSIDE
from icvkg.ontology.alignment import Vocabularies, declared, faults, own_terms
from icvkg.ontology.closure import ALIGNMENT, ROOT, read_ontology
from icvkg.ontology.sssom import MappingSet, read_mappings
from icvkg.ontology.vocabularies import read_vocabulary_terms

HEADER = ox.NamedNode(BASE + "ontology/" + ALIGNMENT.removesuffix(".ttl"))

_OWL, _RDFS, _DCTERMS = (OUTSIDE[name] for name in ("owl", "rdfs", "dcterms"))
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
_TYPES = {
    "class": "Class",
    "object property": "ObjectProperty",
    "datatype property": "DatatypeProperty",
    "annotation property": "AnnotationProperty",
    "individual": "NamedIndividual",
    "concept": "NamedIndividual",
}
_TITLES = (
    ox.Literal("ICV value chain ontology, alignments", language="en"),
    ox.Literal("智能网联汽车价值链本体:对齐", language="zh"),
)
_DESCRIPTION = ox.Literal(
    "Terms of the ontology beside those of outside vocabularies; no module imports it.", language="en"
)
_OF_ITS_OWN = {_DCTERMS + "title", _DCTERMS + "description", _OWL + "imports"}


@dataclass(frozen=True)
class Module:
    """The text of the module, with how many rows and outside terms it comes from."""

    text: str
    rows: int
    terms: int


def module_file() -> Path:
    """Where the module stands."""
    return Path(str(artefacts.folder("ontology") / ALIGNMENT))


def verified_module() -> Module:
    """The module that our table gives; raises FaultyTablesError with every fault of the table."""
    ontology, mappings = read_ontology(), read_mappings()
    known = Vocabularies(own_terms(ontology), read_vocabulary_terms())
    if found := faults(mappings, known):
        raise FaultyTablesError(found)
    return Module(turtle(mappings, known, ontology), len(mappings.rows), len(declared(mappings, known)))


def turtle(mappings: MappingSet, known: Vocabularies, ontology: Iterable[ox.Triple]) -> str:
    """The module as Turtle, the same for the same table."""
    body = {*_terms(mappings, known), *_predicates(mappings), *_axioms(mappings)}
    triples = [*_header(ontology), *sorted(body, key=str)]
    spaces = sorted({**OUTSIDE, **mappings.prefixes}.items())
    used = [term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)]
    prefixes = {name: space for name, space in spaces if any(iri.startswith(space) for iri in used)}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _header(ontology: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The header of the root ontology with title, description and import of its own."""
    kept = [t for t in ontology if t.subject == ROOT and t.predicate.value not in _OF_ITS_OWN]
    yield from sorted((ox.Triple(HEADER, t.predicate, _renamed(t.object)) for t in kept), key=str)
    yield from (ox.Triple(HEADER, ox.NamedNode(_DCTERMS + "title"), title) for title in _TITLES)
    yield ox.Triple(HEADER, ox.NamedNode(_DCTERMS + "description"), _DESCRIPTION)
    yield ox.Triple(HEADER, ox.NamedNode(_OWL + "imports"), ROOT)


def _renamed(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
    if isinstance(value, ox.Literal):
        text = value.value.replace(ROOT.value, HEADER.value).replace(
            "ontology, version", "ontology, alignments, version"
        )
        return ox.Literal(text) if text != value.value else value
    return ox.NamedNode(str(value)[1:-1].replace(ROOT.value, HEADER.value))


def _terms(mappings: MappingSet, known: Vocabularies) -> Iterator[ox.Triple]:
    for iri, (kind,) in declared(mappings, known).items():
        term = ox.NamedNode(iri)
        yield ox.Triple(term, _TYPE, ox.NamedNode(_OWL + _TYPES[kind]))
        if kind == "concept":
            yield ox.Triple(term, _TYPE, ox.NamedNode(OUTSIDE["skos"] + "Concept"))
        yield ox.Triple(term, ox.NamedNode(_RDFS + "label"), ox.Literal(known.outside[iri].label, language="en"))


def _predicates(mappings: MappingSet) -> Iterator[ox.Triple]:
    """Declarations of the mapping properties of SKOS that the rows use."""
    for short in {row.cells["predicate_id"] for row in mappings.rows if row.cells["predicate_id"].startswith("skos:")}:
        yield ox.Triple(_full(short, OUTSIDE), _TYPE, ox.NamedNode(_OWL + "ObjectProperty"))


def _axioms(mappings: MappingSet) -> Iterator[ox.Triple]:
    spaces = {**OUTSIDE, **mappings.prefixes}
    for row in mappings.rows:
        subject, predicate, value = (_full(short, spaces) for short in row.key)
        yield ox.Triple(subject, predicate, value)


def _full(short: str, spaces: Mapping[str, str]) -> ox.NamedNode:
    prefix, _, local = short.partition(":")
    return ox.NamedNode(spaces[prefix] + local)
