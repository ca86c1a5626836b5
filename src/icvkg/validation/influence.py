"""Which triples can change the verdict on which focus nodes: the steps that a constraint takes from a focus node."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from icvkg.validation.model import Constraint, Shape
from icvkg.validation.query_steps import query_steps
from icvkg.validation.steps import ANY, Step, steps
from icvkg.validation.targets import target_class
from icvkg.validation.vocabulary import TYPE, component

_PAIRS = {component(name) for name in ("Equals", "Disjoint", "LessThan", "LessThanOrEquals")}
_TARGET = re.compile(r"(\?this|\?target) (<[^>]*>) (?:\?this|\?target) \.")
_KIND = f"<{TYPE}>"


@dataclass(frozen=True)
class Influence:
    """The steps by which a change reaches a focus node, and the predicates whose change asks all focus nodes again."""

    steps: frozenset[Step]
    predicates: frozenset[str] = frozenset()


def influence(constraint: Constraint) -> Influence:
    """What a constraint of a shape with a target depends on, its targets among it.

    Results of a property shape inside another belong to value nodes: any change along the way asks all of them again.
    """
    found = [*_of_targets(constraint), *_own(constraint)]
    along = [step for _, path in constraint.outer for step in steps(path)]
    ways = frozenset(step for step in found if isinstance(step, Step))
    loose = frozenset(step for step in found if isinstance(step, str))
    if constraint.outer:
        return Influence(frozenset(), loose | {step.predicate for step in (*ways, *along)})
    return Influence(ways, loose)


def _of_targets(constraint: Constraint) -> Iterator[Step]:
    for target in constraint.targets:
        if target_class(target):
            yield Step("", _KIND)
        elif found := _TARGET.fullmatch(target):
            yield Step("", found[2], found[1] == "?target")


def _own(constraint: Constraint) -> Iterator[Step | str]:
    """Steps, and predicates to which no way is known."""
    path = constraint.path
    yield from steps(path)
    if constraint.validator:
        yield from query_steps(constraint.validator, path)
    elif constraint.component == component("Class"):
        yield Step("", _KIND).behind(path)
    elif constraint.component == component("Closed"):
        yield Step("", ANY).behind(path)
    elif constraint.component in _PAIRS:
        yield Step("", str(constraint.parameter))
    for shape in (*constraint.operands, *constraint.siblings):
        yield from _behind(path, _of_shape(shape))


def _of_shape(shape: Shape) -> Iterator[Step | str]:
    for constraint in shape.constraints:
        yield from _own(constraint)
    for part in shape.properties:
        yield from _behind(shape.path, _of_shape(part))


def _behind(path: str, found: Iterable[Step | str]) -> Iterator[Step | str]:
    return (step.behind(path) if isinstance(step, Step) else step for step in found)
