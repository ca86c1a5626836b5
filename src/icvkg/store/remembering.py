"""A store that answers from what was remembered, and is filled only when it has to look."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
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

    `lines` are sorted lines of N-Triples; `remember` is asked before a query runs.
    """

    def __init__(self, lines: Sequence[bytes], remember: Remember) -> None:
        self._lines = lines
        self._remember = remember
        self._held = set(lines)
        self._added: list[ox.Triple] = []
        self._digests: dict[str, bytes] = {}

    @cached_property
    def _store(self) -> ox.Store:  # type: ignore[override]
        store = ox.Store()
        fill(store, self._lines)
        store.extend(ox.Quad(*triple) for triple in self._added)
        return store

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
        if "_store" in self.__dict__:
            super().add(added)
        else:
            self._added += added

    def remove(self, triples: Iterable[ox.Triple]) -> None:
        """Not for this store: what was remembered would no longer fit."""
        raise NotImplementedError

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether the default graph holds the triple."""
        return f"{triple} .".encode() in self._held

    def select(self, text: str, *, authored: bool = True) -> tuple[list[str], list[Row]]:
        """As EmbeddedStore.select."""

        def make() -> bytes:
            return _written(*super(RememberingStore, self).select(text, authored=authored))

        return _read(self._remember("select", [text.encode(), *self.seen_by(text)], make))

    def construct(self, text: str) -> list[ox.Triple]:
        """As EmbeddedStore.construct; triples come in another order."""

        def make() -> bytes:
            return joined(lines_of(super(RememberingStore, self).construct(text), ox.RdfFormat.N_TRIPLES))

        return triples_of([self._remember("construct", [text.encode(), *self.seen_by(text)], make).rstrip(b"\n")])

    def seen_by(self, text: str) -> list[bytes]:
        """A hash over the triples of each predicate that a query may read."""
        named = self._remember("reads", [text.encode()], lambda: _reads(text))
        if named == _ALL:
            return [_hash(name.encode() + self._digest(name) for name in sorted(self._by_predicate))]
        return [self._digest(name) for name in named.decode().split("\n")]


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
