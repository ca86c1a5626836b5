"""The ontology as one set of triples: every module and code list, imports followed by being there."""

import json
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources.abc import Traversable

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.namespaces import BASE, CODE, OUTSIDE
from icvkg.store.lines import joined, lines_of, split
from icvkg.store.remembered import Remember

ROOT = ox.NamedNode(BASE + "ontology/icv")
ALIGNMENT = "alignment.ttl"

_IMPORTS = ox.NamedNode(OUTSIDE["owl"] + "imports")
_ONTOLOGY = ox.NamedNode(OUTSIDE["owl"] + "Ontology")
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
_IN_SCHEME = ox.NamedNode(OUTSIDE["skos"] + "inScheme")


def read_ontology() -> list[ox.Triple]:
    """The triples of every module and code list, in file order; blank nodes are named by file and place.

    The alignments to outside vocabularies are left out: nothing imports them, and a release does not hold them.
    """
    return [triple for name, triples in read_modules().items() if name != ALIGNMENT for triple in triples]


def closure_lines(remember: Remember) -> tuple[list[bytes], dict[str, list[str]]]:
    """The merged ontology as sorted lines of N-Triples, and the notations of each code list by its IRI space."""
    files = artefacts.sorted_files(artefacts.folder("ontology"), ".ttl")
    found = remember("ontology", [each for file in files for each in (file.name.encode(), file.read_bytes())], _closure)
    first, _, lines = found.partition(b"\n")
    return split(lines), json.loads(first)


def _closure() -> bytes:
    triples = merge(read_ontology())
    codes = {space: sorted(names) for space, names in code_spaces(triples).items()}
    return json.dumps(codes).encode() + b"\n" + joined(lines_of(triples, ox.RdfFormat.N_TRIPLES))


def read_modules() -> dict[str, list[ox.Triple]]:
    """The triples of each Turtle file in `ontology/`, by the file's name."""
    return {file.name: _read(file) for file in artefacts.sorted_files(artefacts.folder("ontology"), ".ttl")}


def _read(file: Traversable) -> list[ox.Triple]:
    stem = file.name.removesuffix(".ttl")
    quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: ox.BlankNode) -> ox.BlankNode:
        return names.setdefault(term, ox.BlankNode(f"{stem}-{len(names) + 1}"))

    def fixed(triple: ox.Triple) -> ox.Triple:
        subject, value = triple.subject, triple.object
        return ox.Triple(
            named(subject) if isinstance(subject, ox.BlankNode) else subject,
            triple.predicate,
            named(value) if isinstance(value, ox.BlankNode) else value,
        )

    return [fixed(quad.triple) for quad in quads]


def imported(modules: dict[str, list[ox.Triple]]) -> list[ox.Triple]:
    """The triples of the root ontology's file and of every file that it imports, at any distance."""
    names = {ox.NamedNode(f"{BASE}ontology/{file.removesuffix('.ttl')}"): file for file in modules}
    reached, waiting = set[str](), [names[ROOT]]
    while waiting:
        file = waiting.pop()
        reached.add(file)
        wanted = {names[triple.object] for triple in modules[file] if triple.predicate == _IMPORTS}  # type: ignore[index]
        waiting.extend(wanted - reached)
    return [triple for file in modules if file in reached for triple in modules[file]]


def merge(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples under the one header of the root ontology, imports left out.

    Protégé and owlready2 read one header a file: of several they keep one at random.
    """
    kept = list(triples)
    headers = {t.subject for t in kept if t.predicate == _TYPE and t.object == _ONTOLOGY} - {ROOT}
    return [t for t in kept if t.subject not in headers and t.predicate != _IMPORTS]


def code_spaces(triples: list[ox.Triple]) -> dict[str, set[str]]:
    """The notations of each code list by its IRI space, such as `…/code/stage/`."""
    spaces: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, _ in triples:
        if predicate == _IN_SCHEME and isinstance(subject, ox.NamedNode) and subject.value.startswith(CODE):
            space, notation = subject.value.rsplit("/", 1)
            spaces[space + "/"].add(notation)
    return spaces
