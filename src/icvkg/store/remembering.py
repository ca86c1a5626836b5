"""A store that answers from what was remembered, and is filled only when it has to look."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import cached_property

import pyoxigraph as ox

from icvkg.store.asking import Row, Term
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.lines import fill, joined, lines_of, triples_of
from icvkg.store.reads import reads
from icvkg.store.remembered import Remember

_ALL = b"*"


class RememberingStore(EmbeddedStore):
    """A store in memory whose answers are remembered by the query's text and the triples that it can read.

    `lines` are sorted lines of N-Triples; `remember` is asked before a query runs. A query that runs finds the triples
    that it can read; the others are put in when one needs them, or something else is done with the store.
    """

    def __init__(self, lines: Sequence[bytes], remember: Remember) -> None:
        self._remember = remember
        self._held = set(lines)
        self._digests: dict[str, bytes] = {}
        self._partial = ox.Store()
        self._inside: set[str] = set()
        self._wanted: Set[str] | None = None

    @property
    def _store(self) -> ox.Store:  # type: ignore[override]
        """The store with the triples of the wanted predicates, of all where none are named, in it."""
        wanted = self._by_predicate.keys() if self._wanted is None else self._wanted
        if missing := sorted(wanted - self._inside):
            fill(self._partial, [line for name in missing for line in self._by_predicate.get(name, ())])
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

    @cached_property
    def _by_predicate(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = defaultdict(list)
        for line in self._held:
            found[line.split(b" ", 2)[1].decode()].append(line)
        return found

    def _digest(self, predicate: str) -> bytes:
        """A hash over the triples of a predicate."""
        if predicate not in self._digests:
            self._digests[predicate] = _hash(sorted(self._by_predicate.get(predicate, ())))
        return self._digests[predicate]

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Adds triples to the default graph."""
        added = list(triples)
        for line in lines_of(added, ox.RdfFormat.N_TRIPLES):
            if line not in self._held:
                self._held.add(line)
                predicate = line.split(b" ", 2)[1].decode()
                self._by_predicate[predicate].append(line)
                self._digests.pop(predicate, None)
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
            with self._wanting(self._names(text)):
                return _written(*super(RememberingStore, self).select(text, authored=authored))

        return _read(self._remember("select", [text.encode(), *self.seen_by(text)], make))

    def construct(self, text: str) -> list[ox.Triple]:
        """As EmbeddedStore.construct; triples come in another order."""

        def make() -> bytes:
            with self._wanting(self._names(text)):
                return joined(lines_of(super(RememberingStore, self).construct(text), ox.RdfFormat.N_TRIPLES))

        return triples_of([self._remember("construct", [text.encode(), *self.seen_by(text)], make).rstrip(b"\n")])

    def seen_by(self, text: str) -> list[bytes]:
        """A hash over the triples of each predicate that a query may read."""
        names = self._names(text)
        if names is None:
            return [_hash(name.encode() + self._digest(name) for name in sorted(self._by_predicate))]
        return [self._digest(name) for name in sorted(names)]

    def _names(self, text: str) -> Set[str] | None:
        """The predicates that a query may read; None for all."""
        named = self._remember("reads", [text.encode()], lambda: _reads(text))
        return None if named == _ALL else set(named.decode().split("\n"))


def _reads(text: str) -> bytes:
    found = reads(text)
    return _ALL if found is None else "\n".join(sorted(found)).encode()


def _hash(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"\n".join(parts)).digest()


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
