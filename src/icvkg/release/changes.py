"""What two graphs say differently, by the kind of thing that it is said of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import CODE, DEF, ID, KINDS

TERMS = ("term", "code")
ENTITIES = ("actor", "item", "place", "document")
AXIOM, OTHER = "axiom", "other"
ORDER = (*TERMS, AXIOM, *KINDS.values(), OTHER)

Facts = dict[str, frozenset[str]]
"""What is said of each subject: predicates and objects in N-Triples syntax, blank nodes spelled out."""


@dataclass(frozen=True)
class Change:
    """The things of one kind that came, went, or have something else said of them."""

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def facts(triples: Iterable[ox.Triple]) -> Facts:
    """The triples by subject; a blank node is spelled out where it stands, since its name means nothing."""
    by_subject: dict[ox.NamedNode | ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        by_subject[triple.subject].append(triple)  # type: ignore[index]
    inner = {each.object for listed in by_subject.values() for each in listed if isinstance(each.object, ox.BlankNode)}
    found: dict[str, frozenset[str]] = {}
    for subject, listed in by_subject.items():
        if subject not in inner:
            said = frozenset(_said(triple, by_subject) for triple in listed)
            found["; ".join(sorted(said)) if isinstance(subject, ox.BlankNode) else subject.value] = said
    return found


def _said(triple: ox.Triple, by_subject: dict[ox.NamedNode | ox.BlankNode, list[ox.Triple]]) -> str:
    value = triple.object
    if not isinstance(value, ox.BlankNode):
        return f"{triple.predicate} {value}"
    inner = "; ".join(sorted(_said(each, by_subject) for each in by_subject.get(value, ())))
    return f"{triple.predicate} [ {inner} ]"


def kind_of(subject: str) -> str:
    """The kind of thing that an IRI names.

    >>> kind_of("https://w3id.org/icvkg/id/claim/x")
    'claim'
    """
    if subject.startswith("<"):
        return AXIOM
    if subject.startswith(ID):
        return subject.removeprefix(ID).partition("/")[0]
    return "term" if subject.startswith(DEF) else "code" if subject.startswith(CODE) else OTHER


def changes(before: Facts, after: Facts) -> list[Change]:
    """The changes of each kind that has any, in the order of the kinds."""
    added, removed = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    changed = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
    found = [
        Change(kind, *(tuple(name for name in names if kind_of(name) == kind) for names in (added, removed, changed)))
        for kind in ORDER
    ]
    return [each for each in found if each.added or each.removed or each.changed]
