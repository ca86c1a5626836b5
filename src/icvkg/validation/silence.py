"""Constraints that have nothing to say of some focus nodes, which can be seen without asking them."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.model import Constraint
from icvkg.validation.shapes_graph import Term
from icvkg.validation.vocabulary import component

_OF_VALUES = frozenset(map(component, (
    "Class", "Datatype", "NodeKind", "In", "Pattern", "MinLength", "MaxLength", "MinInclusive", "MaxInclusive",
    "MinExclusive", "MaxExclusive", "LanguageIn", "UniqueLang", "MaxCount", "Disjoint", "LessThan", "LessThanOrEquals",
    "Not", "And", "Or", "Xone", "Node",
)))  # fmt: skip
"""Components by which a node without values conforms (SHACL section 4)."""
_PREDICATE = re.compile(r"<([^<>]*)>")


def is_silent(constraint: Constraint, nodes: Iterable[Term], store: EmbeddedStore) -> bool:
    """Whether a constraint judges the values of one predicate, and none of the nodes has any."""
    path = _PREDICATE.fullmatch(constraint.path)
    if not path or constraint.validator or constraint.component not in _OF_VALUES:
        return False
    predicate, subjects = ox.NamedNode(path[1]), (node for node in nodes if isinstance(node, ox.NamedNode))
    return not any(next(store.matching(node, predicate), None) for node in subjects)
