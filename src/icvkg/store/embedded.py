"""The embedded store: pyoxigraph in memory while building, a read-only folder while asking."""

import errno
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Self

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import PREFIXES
from icvkg.store.asking import Row, Term
from icvkg.store.closed import refuse_hostile
from icvkg.store.lines import fill, triples_of
from icvkg.store.syntax import point_at

_DEFAULT = ox.DefaultGraph()
_MANY = 1000


class EmbeddedStore:
    """One default graph and SPARQL 1.1 over it; queries neither reach the network nor change anything.

    Our prefixes need no declaration here; the curated queries declare theirs, to run anywhere.
    """

    keeps_blank_nodes = True

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def in_memory(cls, triples: Iterable[ox.Triple] = ()) -> Self:
        """A store in memory, filled with the triples."""
        held = cls(ox.Store())
        held.add(triples)
        return held

    @classmethod
    def read_only(cls, folder: Path) -> Self:
        """The store kept in a folder, opened for reading; raises OSError when it is damaged or missing."""
        try:
            return cls(ox.Store.read_only(str(folder)))
        except RuntimeError as error:
            raise OSError(f"{folder}: {error}") from None

    @staticmethod
    def write(folder: Path, lines: Sequence[bytes]) -> None:
        """Keeps the triples of these lines of N-Triples in a new folder from which `read_only` opens quickly."""
        store = ox.Store(str(folder))
        fill(store, lines)
        store.flush()

    @staticmethod
    def write_lines(folder: Path, lines: BinaryIO) -> None:
        """Loads N-Triples into a new folder; raises FileExistsError where something is there already."""
        if folder.exists():
            raise FileExistsError(errno.EEXIST, "is there already: a new folder was expected", str(folder))
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
            store = ox.Store(f"{scratch}/store")
            store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
            store.flush()
            del store
            Path(scratch, "store").rename(folder)

    @staticmethod
    def patch(folder: Path, removed: Iterable[bytes], added: Iterable[bytes]) -> int:
        """Takes triples out of the store kept in a folder and adds others; gives how many it holds then.

        Raises OSError when the store is damaged.
        """
        try:
            store = ox.Store(str(folder))
            for triple in triples_of(removed):
                store.remove(_quad(triple))
            store.extend(map(_quad, triples_of(added)))
            store.flush()
            return len(store)
        except RuntimeError as error:
            raise OSError(f"{folder}: {error}") from None

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Adds triples to the default graph; many at once as text, which is quicker, unless blank nodes are in it."""
        added = list(triples)
        text = ox.serialize(added, format=ox.RdfFormat.N_TRIPLES) if len(added) > _MANY else b""
        if text and b"_:" not in text:
            self._store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        else:
            self._store.extend(ox.Quad(*triple) for triple in added)

    def load(self, data: bytes, form: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> None:
        """Adds what a document says to the default graph, without a triple passing through Python."""
        self._store.bulk_load(data, format=form, to_graph=ox.DefaultGraph())

    def beside(self, name: ox.NamedNode, triples: Iterable[ox.Triple]) -> "EmbeddedStore":
        """A copy in memory that holds the triples as well, in a named graph."""
        copy = ox.Store()
        copy.extend(self._store)
        copy.extend(ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
        return EmbeddedStore(copy)

    def remove(self, triples: Iterable[ox.Triple]) -> None:
        """Takes triples out of the default graph; those that are not there are passed over."""
        for triple in triples:
            self._store.remove(_quad(triple))

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether the default graph holds the triple."""
        return _quad(triple) in self._store

    def __iter__(self) -> Iterator[ox.Triple]:
        """Every triple of the default graph; raises OSError where the store is damaged."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def edges(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        """Each statement with that predicate."""
        return iter(self._store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()))

    def matching(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Triple]:
        """The triples of the default graph with these terms; None stands for any."""
        found = self._store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())
        return (quad.triple for quad in found)

    def __len__(self) -> int:
        """How many triples the default graph holds."""
        return len(self._store)

    def select(self, text: str, *, authored: bool = True) -> tuple[list[str], list[Row]]:
        """Variables and rows of a SELECT query; an ASK gives one row with the variable `answer`.

        A query that was put together here, of nothing but terms, is not `authored` and needs no second parser's look.
        """
        result = self._run(text, authored=authored)
        if isinstance(result, ox.QueryBoolean):
            return ["answer"], [(ox.Literal(bool(result)),)]
        if isinstance(result, ox.QueryTriples):
            return ["subject", "predicate", "object"], [tuple(triple) for triple in result]
        names = [variable.value for variable in result.variables]
        return names, [tuple(solution) for solution in result]

    def construct(self, text: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query; raises IcvkgError for any other form."""
        result = self._run(text)
        if not isinstance(result, ox.QueryTriples):
            raise IcvkgError("This query does not give triples: CONSTRUCT or DESCRIBE was expected.")
        return list(result)

    def ask(self, text: str) -> bool:
        """The answer of an ASK query."""
        return bool(self._run(text))

    def _run(self, text: str, *, authored: bool = True) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        refuse_hostile(text, authored=authored)
        try:
            return self._store.query(text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise IcvkgError(point_at(text, error)) from None


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, _DEFAULT)
