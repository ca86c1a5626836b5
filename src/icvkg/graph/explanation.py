"""Why a derived triple is there: the rules that give it, and what each of them found in the graph."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.graph.rules import Rule
from icvkg.store.embedded import EmbeddedStore

_HEAD = re.compile(r"CONSTRUCT\s*\{[^{}]*\}\s*WHERE", re.IGNORECASE)
Terms = Mapping[str, str]
"""Terms in N-Triples syntax by the name of a variable."""


@dataclass(frozen=True)
class Reason:
    """A rule, the things that it found, and the triples that it needed."""

    rule: Rule
    found: Terms
    premises: tuple[ox.Triple, ...]


def reasons(store: EmbeddedStore, rules: Sequence[Rule], triple: ox.Triple) -> list[Reason]:
    """Each way in which a rule gives the triple; the store must not hold what the rule adds."""
    return [reason for rule in rules for reason in _reasons(store, rule, triple)]


def _reasons(store: EmbeddedStore, rule: Rule, triple: ox.Triple) -> Iterator[Reason]:
    from rdflib.plugins.sparql import prepareQuery

    algebra = prepareQuery(rule.text).algebra
    for pattern in algebra.template:
        given = _unify([_written(term) for term in pattern], [str(term) for term in triple])
        if given is None:
            continue
        block = f"VALUES ({' '.join(given)}) {{ ({' '.join(given.values())}) }}" if given else ""
        names, rows = store.select(f"{_HEAD.sub('SELECT DISTINCT * WHERE', rule.text)} {block}")
        for row in rows:
            found = {f"?{name}": str(term) for name, term in zip(names, row, strict=True) if term is not None}
            yield Reason(rule, found, tuple(_premises(store, algebra, found)))


def _unify(pattern: Sequence[str], terms: Sequence[str]) -> dict[str, str] | None:
    """The terms that the variables of a pattern stand for; None when it does not fit."""
    given: dict[str, str] = {}
    for place, term in zip(pattern, terms, strict=True):
        if given.setdefault(place, term) != term if place.startswith("?") else place != term:
            return None
    return given


def _written(term: object) -> str:
    """A term of the parser in N-Triples syntax; paths and blank nodes become something that fits nothing."""
    from rdflib import Literal, URIRef, Variable

    if isinstance(term, Variable):
        return f"?{term}"
    if isinstance(term, URIRef):
        return f"<{term}>"
    return str(ox.Literal(str(term), language=term.language)) if isinstance(term, Literal) and term.language else ""


def _premises(store: EmbeddedStore, algebra: object, found: Terms) -> Iterator[ox.Triple]:
    """The triples of the rule's patterns, with what was found in place of the variables, as far as they are there.

    Of a path only the parts are tried that could link both ends by themselves.
    """
    lines = []
    for subject, predicate, value in _patterns(algebra):
        for each in getattr(predicate, "args", (predicate,)):
            terms = [found.get(written, written) for written in map(_written, (subject, each, value))]
            if all(term and not term.startswith("?") for term in terms):
                lines.append(f"{' '.join(terms)} .")
    parsed = ox.parse("\n".join(dict.fromkeys(lines)), format=ox.RdfFormat.N_TRIPLES)
    return (quad.triple for quad in parsed if quad.triple in store)


def _patterns(node: object) -> Iterator[Sequence[object]]:
    """The triple patterns of an algebra tree, those of EXISTS and NOT EXISTS left out."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(node, CompValue):
        if node.name.startswith("Builtin_"):
            return
        yield from node.get("triples") or () if node.name == "BGP" else ()
        for key, value in node.items():
            if key not in ("triples", "template"):
                yield from _patterns(value)
    elif isinstance(node, list):
        for each in node:
            yield from _patterns(each)
