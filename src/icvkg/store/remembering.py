"""A store that answers from what was remembered, and is filled only when it has to look."""

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager

import pyoxigraph as ox

from icvkg.store.asking import Row, Term
from icvkg.store.edges import Edges
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.lines import fill, joined, lines_of, triples_of
from icvkg.store.reads import reads
from icvkg.store.remembered import Remember
from icvkg.store.sights import sights

_ALL = b"*"


class RememberingStore(EmbeddedStore):
    """A store in memory whose answers are remembered by the query's text and the triples that it can read.

    `lines` are sorted lines of N-Triples; `remember` is asked before a query runs. A query that runs finds the triples
    that it can read; the others are put in when one needs them, or something else is done with the store.
    """

    def __init__(self, lines: Sequence[bytes], remember: Remember) -> None:
        self._remember = remember
        self._held, self._edges = set(lines), Edges(lines)
        self._partial = ox.Store()
        self._inside: set[str] = set()
        self._wanted: Set[str] | None = None

    @property
    def _store(self) -> ox.Store:  # type: ignore[override]
        """The store with the triples of the wanted predicates, of all where none are named, in it."""
        wanted = self._edges.predicates if self._wanted is None else self._wanted
        if missing := sorted(wanted - self._inside):
            fill(self._partial, self._edges.of(missing))
            self._inside.update(missing)
        return self._partial

    @contextmanager
    def _wanting(self, predicates: Set[str] | None) -> Iterator[None]:
        """Meanwhile only the triples of these predicates need to be in the store; None for all."""
        self._wanted = predicates
        try:
            yield
        finally:
            self._wanted = None

    @contextmanager
    def _asked(self, text: str) -> Iterator[None]:
        """Meanwhile only what the query can see needs to be in the store."""
        names = self._names(text)
        if names is None and (seen := sights(text)) is not None:
            names = {sight.predicate for sight in seen} - {""}
            fill(self._partial, [line for sight in seen if not sight.predicate for line in self._edges.seen(sight)])
        with self._wanting(names):
            yield

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Adds triples to the default graph."""
        added = list(triples)
        for line in lines_of(added, ox.RdfFormat.N_TRIPLES):
            if line not in self._held:
                self._held.add(line)
                self._edges.add(line)
        self._partial.extend(ox.Quad(*triple) for triple in added if str(triple.predicate) in self._inside)

    def remove(self, triples: Iterable[ox.Triple]) -> None:
        """Not for this store: what was remembered would no longer fit."""
        raise NotImplementedError

    def edges(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        """Each statement with that predicate."""
        with self._wanting({str(predicate)}):
            return super().edges(predicate)

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether the default graph holds the triple."""
        return f"{triple} .".encode() in self._held

    def select(self, text: str, *, authored: bool = True) -> tuple[list[str], list[Row]]:
        """As EmbeddedStore.select."""

        def make() -> bytes:
            with self._asked(text):
                return _written(*super(RememberingStore, self).select(text, authored=authored))

        return _read(self._remember("select", [text.encode(), *self.seen_by(text)], make))

    def construct(self, text: str) -> list[ox.Triple]:
        """As EmbeddedStore.construct; triples come in another order."""

        def make() -> bytes:
            with self._asked(text):
                return joined(lines_of(super(RememberingStore, self).construct(text), ox.RdfFormat.N_TRIPLES))

        seen = sights(text)
        inputs = self.seen_by(text) if seen is None else self._edges.digests(seen)
        return triples_of([self._remember("construct", [text.encode(), *inputs], make).rstrip(b"\n")])

    def seen_by(self, text: str) -> list[bytes]:
        """A hash over the triples of each predicate that a query may read."""
        names = self._names(text)
        if names is not None:
            return [self._edges.digest(name) for name in sorted(names)]
        if (seen := sights(text)) is not None:
            return self._edges.digests(seen)
        return [name.encode() + self._edges.digest(name) for name in sorted(self._edges.predicates)]

    def _names(self, text: str) -> Set[str] | None:
        """The predicates that a query may read; None for all."""
        named = self._remember("reads", [text.encode()], lambda: _reads(text))
        return None if named == _ALL else set(named.decode().split("\n"))


def _reads(text: str) -> bytes:
    found = reads(text)
    return _ALL if found is None else "\n".join(sorted(found)).encode()


def _written(names: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Rows as N-Triples: the row's number, the variable's number, the term."""
    cells = "".join(
        f"<r:{number}> <c:{place}> {term} .\n"
        for number, row in enumerate(rows)
        for place, term in enumerate(row)
        if term is not None
    )
    return f"{' '.join(names)}\n{len(rows)}\n{cells}".encode()


def _read(data: bytes) -> tuple[list[str], list[Row]]:
    names, count, cells = data.split(b"\n", 2)
    columns = names.decode().split()
    rows: list[list[Term | None]] = [[None] * len(columns) for _ in range(int(count))]
    for subject, predicate, term, _ in ox.parse(cells, format=ox.RdfFormat.N_TRIPLES) if cells else ():
        rows[int(subject.value[2:])][int(predicate.value[2:])] = term
    return columns, [tuple(row) for row in rows]
