"""Runs compiled shapes on a store; what they refer to is evaluated from the inside out, as sets of nodes that fail."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import repeat

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.store.asking import AskableStore
from icvkg.validation.compile import compile_constraint
from icvkg.validation.components import logic
from icvkg.validation.components.values import whole_number
from icvkg.validation.messages import filled
from icvkg.validation.model import Constraint, Shape
from icvkg.validation.patterns import pairs_query
from icvkg.validation.report import Report, Result
from icvkg.validation.shapes_graph import Term, plain
from icvkg.validation.targets import focus_pattern

Row = dict[str, Term]


class NamelessError(Exception):
    """The answers of several queries would have to be joined on a blank node, which each answer names anew."""


def evaluate(store: AskableStore, constraints: Sequence[Constraint]) -> tuple[Report, tuple[Constraint, ...]]:
    """The report of these constraints over the store's default graph, and the constraints that it leaves open.

    Those join answers on blank nodes, which a store elsewhere names anew in each answer; here there are none.
    """
    evaluation = _Evaluation(store)
    results: list[Result] = []
    open_: list[Constraint] = []
    for constraint in constraints:
        try:
            results += list(evaluation.results(constraint))
        except NamelessError:
            open_.append(constraint)
    return Report.of(results), tuple(open_)


class _Evaluation:
    """One validation of one store; what several constraints need is asked once."""

    def __init__(self, store: AskableStore) -> None:
        self._store = store
        self._values: dict[tuple[str, str], dict[Term, list[Term]]] = {}
        self._targeted: dict[tuple[str, ...], bool] = {}
        self._failing: dict[int, Set[Term]] = {}
        self._joins = False

    def results(self, constraint: Constraint) -> Iterator[Result]:
        """The results of a constraint, equal ones of an author's query only once."""
        if not self._has_focus(constraint):
            return
        joins = bool(constraint.outer) or constraint.component in logic.COMPONENTS
        self._joins = joins and not self._store.keeps_blank_nodes
        times = self._ways_in(constraint.outer)
        for row in self._rows(constraint):
            yield from repeat(_result(constraint, row), times.get(row["this"], 1))

    def _has_focus(self, constraint: Constraint) -> bool:
        """Whether a shape's targets pick out anything; asked once, since most shapes have many constraints."""
        targets = constraint.targets
        if targets not in self._targeted:
            query = f"SELECT ?this WHERE {{ {focus_pattern(targets)} }} LIMIT 1"
            self._targeted[targets] = bool(self._store.select(query, authored=False)[1])
        return self._targeted[targets]

    def _ways_in(self, outer: Sequence[tuple[str, str]]) -> Counter[Term]:
        """How often each node is a value node of the property shapes around."""
        counts: Counter[Term] = Counter()
        if outer:
            before = self._ways_in(outer[:-1])
            for node, values in self._value_nodes(*outer[-1]).items():
                for value in values:
                    counts[value] += before.get(node, 1)
        return counts

    def _rows(self, constraint: Constraint) -> Iterator[Row]:
        if constraint.component in logic.COMPONENTS:
            return self._qualified(constraint) if logic.is_qualified(constraint) else self._judged(constraint)
        query = compile_constraint(constraint)
        return self._authored(query, constraint) if constraint.validator else self._select(query)

    def _authored(self, query: str, constraint: Constraint) -> Iterator[Row]:
        shape = constraint.shape or plain(constraint.source)
        try:
            rows = list(self._select(query, authored=True))
        except IcvkgError as error:
            raise IcvkgError(f"shape {shape}: {error}") from None
        if any("this" not in row for row in rows):
            raise IcvkgError(f"shape {shape}: its query does not select $this")
        return _distinct(rows)

    def _select(self, query: str, *, authored: bool = False) -> Iterator[Row]:
        names, rows = self._store.select(query, authored=authored)
        for row in rows:
            if self._joins and any(isinstance(term, ox.BlankNode) for term in row):
                raise NamelessError
            yield {name: term for name, term in zip(names, row, strict=True) if term is not None}

    def _judged(self, constraint: Constraint) -> Iterator[Row]:
        operands = [self.failing(shape) for shape in constraint.operands]
        for focus, values in self._value_nodes(constraint.focus, constraint.path).items():
            for value in values:
                if logic.fails(constraint, value, operands):
                    yield {"this": focus, "value": value}

    def _qualified(self, constraint: Constraint) -> Iterator[Row]:
        operand, *siblings = [self.failing(shape) for shape in (*constraint.operands, *constraint.siblings)]
        values = self._value_nodes(constraint.focus, constraint.path)
        for row in self._select(f"SELECT DISTINCT ?this WHERE {{ {constraint.focus} }}"):
            own = values.get(row["this"], [])
            if logic.miscounted(constraint, own, operand, siblings, whole_number(constraint)):
                yield row

    def failing(self, shape: Shape) -> Set[Term]:
        """The nodes a shape is asked of that do not conform to it."""
        if id(shape) not in self._failing:
            found = {row["this"] for constraint in shape.constraints for row in self._rows(constraint)}
            for part in shape.properties:
                found |= self._leading_to(self.failing(part), shape)
            self._failing[id(shape)] = found
        return self._failing[id(shape)]

    def _leading_to(self, values: Set[Term], shape: Shape) -> Set[Term]:
        if not shape.path or not values:
            return values
        nodes = self._value_nodes(shape.focus, shape.path)
        return {focus for focus, found in nodes.items() if not values.isdisjoint(found)}

    def _value_nodes(self, focus: str, path: str) -> dict[Term, list[Term]]:
        """The value nodes of each focus node that has any."""
        if (focus, path) not in self._values:
            found: dict[Term, list[Term]] = defaultdict(list)
            for row in self._select(pairs_query(focus, path)):
                found[row["this"]].append(row["value"])
            self._values[focus, path] = found
        return self._values[focus, path]


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    return iter([dict(row) for row in dict.fromkeys(tuple(sorted(row.items(), key=_by_name)) for row in rows)])


def _by_name(binding: tuple[str, Term]) -> str:
    return binding[0]


def origin(constraint: Constraint) -> str:
    """The node of an author's own SPARQL constraint, which a result names; empty for components."""
    return str(constraint.parameter) if constraint.component.endswith("#SPARQLConstraintComponent") else ""


def _result(constraint: Constraint, row: Row) -> Result:
    value = row.get("value", row["this"] if constraint.validator and not constraint.path else None)
    return Result(
        focus=str(row["this"]),
        path=str(row.get("path", constraint.path)),
        component=constraint.component,
        value="" if value is None else str(value),
        severity=constraint.severity,
        shape=constraint.shape,
        source=str(constraint.source),
        origin=origin(constraint),
        messages=filled(constraint, row),
    )
