"""The shapes graph: triples as they were written, looked up by subject and predicate."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.errors import IcvkgError
from icvkg.store.files import read_files
from icvkg.validation.vocabulary import RDF, SUBCLASS, TYPE

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
NIL = ox.NamedNode(RDF + "nil")


class ShapesGraph:
    """Shapes as triples. Literals keep their lexical form, which a store would rewrite."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.triples = list(dict.fromkeys(triples))
        self._objects: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        self._subjects: dict[str, list[tuple[Term, Term]]] = defaultdict(list)
        self._predicates: dict[Term, list[str]] = defaultdict(list)
        for triple in self.triples:
            self._objects[triple.subject, triple.predicate.value].append(triple.object)
            self._subjects[triple.predicate.value].append((triple.subject, triple.object))
            self._predicates[triple.subject].append(triple.predicate.value)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """The objects of a subject and predicate, sorted."""
        return sorted(self._objects.get((subject, predicate), []), key=str)

    def value(self, subject: Term, predicate: str) -> Term | None:
        """The first of the objects, if there is one."""
        return next(iter(self.objects(subject, predicate)), None)

    def text(self, subject: Term, predicate: str) -> str | None:
        """The first of the objects that are literals or IRIs, without quotes or brackets."""
        return next((plain(each) for each in self.objects(subject, predicate)), None)

    def pairs(self, predicate: str) -> list[tuple[Term, Term]]:
        """Subjects and objects of a predicate."""
        return self._subjects.get(predicate, [])

    def predicates(self, subject: Term) -> list[str]:
        """The predicates of a subject, sorted, each once."""
        return sorted(set(self._predicates.get(subject, [])))

    def is_list(self, node: Term) -> bool:
        """Whether the node is an RDF list."""
        return node == NIL or (node, RDF + "first") in self._objects

    def members(self, node: Term) -> tuple[Term, ...]:
        """The members of an RDF list; raises IcvkgError for anything else."""
        found, seen = [], set()
        while node != NIL:
            first, rest = self.value(node, RDF + "first"), self.value(node, RDF + "rest")
            if first is None or rest is None or node in seen:
                raise IcvkgError(f"{node} is not a well-formed list")
            seen.add(node)
            found.append(first)
            node = rest
        return tuple(found)

    def subclasses(self, name: str) -> set[Term]:
        """A class and everything below it, as far as the shapes graph says."""
        known: set[Term] = {ox.NamedNode(name)}
        while new := {low for low, high in self.pairs(SUBCLASS) if high in known} - known:
            known |= new
        return known

    def instances(self, name: str) -> set[Term]:
        """The nodes with that type or one below it."""
        classes = self.subclasses(name)
        return {node for node, kind in self.pairs(TYPE) if kind in classes}


def plain(term: Term) -> str:
    """A term's text without quotes or brackets."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def read_shapes(places: Sequence[Path] | Traversable | None = None) -> ShapesGraph:
    """The shapes in files and folders (our own `validation/shapes` unless given) as one graph."""
    if places is None:
        places = artefacts.folder("validation") / "shapes"
    if isinstance(places, Traversable):
        files = artefacts.sorted_files(places, ".ttl")
        return ShapesGraph(triple for file in files for triple in _turtle(file))
    return ShapesGraph(read_files(places))


def _turtle(file: Traversable) -> Iterator[ox.Triple]:
    quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return (quad.triple for quad in quads)
