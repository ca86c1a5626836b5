"""Components that ask other shapes (SHACL sections 4.6, 4.7): set algebra over the nodes that fail those shapes."""

from collections.abc import Callable, Sequence, Set

from icvkg.validation.model import Constraint
from icvkg.validation.shapes_graph import Term
from icvkg.validation.vocabulary import component

Failing = Sequence[Set[Term]]
"""For each operand the value nodes that do not conform to it."""

_VERDICTS: dict[str, Callable[[list[bool]], bool]] = {
    component("Node"): lambda fails: fails[0],
    component("Not"): lambda fails: not fails[0],
    component("And"): any,
    component("Or"): all,
    component("Xone"): lambda fails: fails.count(False) != 1,
}
_QUALIFIED: dict[str, Callable[[int, int], bool]] = {
    component("QualifiedMinCount"): lambda count, wanted: count < wanted,
    component("QualifiedMaxCount"): lambda count, wanted: count > wanted,
}
COMPONENTS = frozenset(_VERDICTS) | frozenset(_QUALIFIED)


def is_qualified(constraint: Constraint) -> bool:
    """Whether the component counts conforming values instead of judging each."""
    return constraint.component in _QUALIFIED


def fails(constraint: Constraint, value: Term, operands: Failing) -> bool:
    """Whether a value node violates the constraint."""
    return _VERDICTS[constraint.component]([value in failing for failing in operands])


def miscounted(
    constraint: Constraint, values: Sequence[Term], operand: Set[Term], siblings: Failing, wanted: int
) -> bool:
    """Whether too few or too many of a focus node's values conform to the qualified shape and to no sibling."""
    count = sum(value not in operand and all(value in failing for failing in siblings) for value in values)
    return _QUALIFIED[constraint.component](count, wanted)
