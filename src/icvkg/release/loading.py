"""A release into any triple store: block by block, each looked at before it is written and after.

What a store holds already is passed over, so a load that was killed goes on where it stopped, and nothing is doubled.
Nothing is taken out of a store.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.release.stamp import Stamp, read_stamp
from icvkg.store.asking import AskableStore, Term
from icvkg.store.values import same_value
from icvkg.store.writing import GraphWriter, has_blank_nodes

BLOCK = 1000
"""Triples in a request; Virtuoso 7 refuses an update of more than about 10,000 lines."""
_BLANK = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"
Progress = Callable[[int], object]
"""Is told of so many triples more that are known to be there."""


@dataclass
class Loaded:
    """What a load found and did: counts of triples, the hash of what the store gave back, literals it writes otherwise.

    `sha256` is that of the sorted lines of N-Triples without blank nodes, rewritten literals counting as they were
    sent; `surplus` is how many triples the graph holds besides the release.
    """

    triples: int
    written: int = 0
    surplus: int = 0
    sha256: str = ""
    rewritten: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Compared:
    """Triples that are there as sent, those that are there but written otherwise, and those that are not there."""

    same: list[ox.Triple]
    rewritten: list[tuple[ox.Triple, ox.Triple]]
    missing: list[ox.Triple]


def load(
    triples: Iterable[ox.Triple],
    stamp: Stamp,
    store: AskableStore,
    writer: GraphWriter,
    *,
    block: int = BLOCK,
    told: Progress = lambda _: None,
) -> Loaded:
    """Makes the store hold these triples and say so.

    Raises IcvkgError when the store holds another release, or does not give back what was sent.
    """
    before = read_stamp(store)
    if before and before != stamp:
        raise IcvkgError(f"The store holds release {before}: --replace empties the graph first.")
    plain, blank = _apart(triples)
    done, digest = Loaded(len(plain) + len(blank)), hashlib.sha256()
    for part in blocks(plain, block):
        _put(part, store, writer, done)
        digest.update("".join(f"{triple} .\n" for triple in part).encode())
        told(len(part))
    done.written += _put_blank(blank, store, writer)
    told(len(blank))
    done.sha256 = digest.hexdigest()
    done.surplus = _count(store) - done.triples - (len(stamp.triples) if before else 0)
    if not before and not done.surplus:
        writer.insert(stamp.triples)
    return done


def _apart(triples: Iterable[ox.Triple]) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """The triples without and with blank nodes, the former in the order of their lines."""
    every = dict.fromkeys(triples)
    plain = sorted((triple for triple in every if not has_blank_nodes([triple])), key=str)
    return plain, [triple for triple in every if has_blank_nodes([triple])]


def blocks(triples: Sequence[ox.Triple], size: int) -> Iterator[list[ox.Triple]]:
    """The sorted triples in pieces of about that size, all triples of a subject in one piece."""
    part: list[ox.Triple] = []
    for triple in triples:
        if len(part) >= size and triple.subject != part[-1].subject:
            yield part
            part = []
        part.append(triple)
    if part:
        yield part


def _put(part: list[ox.Triple], store: AskableStore, writer: GraphWriter, done: Loaded) -> None:
    compared = compare(part, _there(part, store))
    if compared.missing:
        writer.insert(compared.missing)
        done.written += len(compared.missing)
        compared = compare(part, _there(part, store))
    if compared.missing:
        lost = compared.missing[0]
        raise IcvkgError(f"The store took {len(compared.missing)} triples that it does not give back, first: {lost} .")
    for sent, got in compared.rewritten:
        kind = sent.object.datatype.value if isinstance(sent.object, ox.Literal) else ""
        done.rewritten[kind] += 1
        done.examples.setdefault(kind, f"{sent.object} as {got.object}")


def _there(part: Sequence[ox.Triple], store: AskableStore) -> set[ox.Triple]:
    """What the store holds of the subjects of these triples."""
    subjects = " ".join(dict.fromkeys(str(triple.subject) for triple in part))
    _, rows = store.select(f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {subjects} }} ?s ?p ?o }}", authored=False)
    return set(_triples(rows))


def compare(wanted: Iterable[ox.Triple], there: set[ox.Triple]) -> _Compared:
    """The triples wanted beside those that are there; literals of the same value count as the same one, rewritten."""
    compared = _Compared([], [], [])
    others: dict[tuple[object, object], list[ox.Triple]] = {}
    wanted = list(wanted)
    for triple in there.difference(wanted):
        others.setdefault((triple.subject, triple.predicate), []).append(triple)
    for triple in wanted:
        near = others.get((triple.subject, triple.predicate), ())
        alike = None if triple in there else next((each for each in near if _alike(triple.object, each.object)), None)
        if triple in there:
            compared.same.append(triple)
        elif alike:
            compared.rewritten.append((triple, alike))
        else:
            compared.missing.append(triple)
    return compared


def _alike(one: Term | ox.Triple, other: Term | ox.Triple) -> bool:
    return isinstance(one, ox.Literal) and isinstance(other, ox.Literal) and same_value(one, other)


def _put_blank(blank: list[ox.Triple], store: AskableStore, writer: GraphWriter) -> int:
    """Writes the triples with blank nodes, all in one request, unless the store has them under names of its own."""
    if not blank or _isomorphic(blank, _triples(store.select(_BLANK)[1])):
        return 0
    if store.ask("ASK { ?s ?p ?o FILTER(isBlank(?s)) }"):
        raise IcvkgError("The graph holds other statements with blank nodes: --replace empties it first.")
    writer.insert(blank)
    if not _isomorphic(blank, _triples(store.select(_BLANK)[1])):
        raise IcvkgError("The store does not give back the statements with blank nodes as they were sent.")
    return len(blank)


def _isomorphic(one: Iterable[ox.Triple], other: Iterable[ox.Triple]) -> bool:
    return _canonical(one) == _canonical(other)


def _canonical(triples: Iterable[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _triples(rows: Iterable[Sequence[Term | None]]) -> Iterator[ox.Triple]:
    for subject, predicate, value in rows:
        assert not isinstance(subject, ox.Literal | None)
        assert isinstance(predicate, ox.NamedNode)
        assert value is not None
        yield ox.Triple(subject, predicate, value)


def _count(store: AskableStore) -> int:
    _, rows = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    found = rows[0][0]
    return int(found.value) if isinstance(found, ox.Literal) else 0
