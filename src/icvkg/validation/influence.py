"""Which triples can change the verdict on which focus nodes: the steps that a constraint takes from a focus node."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from icvkg.graph.rule_reader import How, OpaqueError, Reader
from icvkg.namespaces import PREFIXES
from icvkg.store.tokens import seen, tokens
from icvkg.validation.components.custom import with_path
from icvkg.validation.model import Constraint, Shape, Validator
from icvkg.validation.shapes_graph import plain
from icvkg.validation.steps import ANY, Step, steps
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
    loose = frozenset(_predicates(constraint))
    if constraint.outer:
        return Influence(frozenset(), loose | {step.predicate for step in (*found, *along)})
    return Influence(frozenset(found), loose)


def _of_targets(constraint: Constraint) -> Iterator[Step]:
    for target in constraint.targets:
        if "?this a ?class" in target:
            yield Step("", _KIND)
        elif found := _TARGET.fullmatch(target):
            yield Step("", found[2], found[1] == "?target")


def _own(constraint: Constraint) -> Iterator[Step]:
    path = constraint.path
    yield from steps(path)
    if constraint.component == component("Class"):
        yield Step("", _KIND).behind(path)
    elif constraint.component == component("Closed"):
        yield Step("", ANY).behind(path)
    elif constraint.component in _PAIRS:
        yield Step("", str(constraint.parameter))
    for shape in (*constraint.operands, *constraint.siblings):
        yield from (step.behind(path) for step in _of_shape(shape))


def _of_shape(shape: Shape) -> Iterator[Step]:
    for constraint in shape.constraints:
        yield from _own(constraint)
    for part in shape.properties:
        yield from (step.behind(shape.path) for step in _of_shape(part))


def _predicates(constraint: Constraint) -> Iterator[str]:
    """Those of the authors' queries, in the constraint and in the shapes that it asks."""
    if constraint.validator:
        yield from asked(constraint.validator, constraint.path)
    for shape in (*constraint.operands, *constraint.siblings):
        for each in shape.flat():
            yield from _predicates(each)


def asked(validator: Validator, path: str) -> set[str]:
    """The predicates that an author's query asks for; ANY where that cannot be told."""
    text = with_path(validator.text, path)
    stream = [token for _, token in seen(tokens(text))]
    start = next((place for place, token in enumerate(stream) if token.text == "{"), len(stream))
    spaces = PREFIXES | dict(re.findall(r"PREFIX\s+([\w.-]*):\s*<([^>]*)>", text, re.IGNORECASE))
    reader = Reader(stream[start:], spaces)
    try:
        reader.group(How.PRESENT)
    except (OpaqueError, IndexError):
        return {ANY}
    given = {f"?{name}": f"<{plain(term)}>" for name, term in validator.bindings}
    parts = {given.get(part, part) for path_, _, _ in reader.patterns for part in path_}
    return {ANY if part == "!" or (part.startswith("?") and part != "?") else part
            for part in parts if part[0] in "<!?" and part != "?"}  # fmt: skip
