"""Runs the compiled shapes on a store."""

from collections.abc import Iterator, Sequence

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.compile import compile_constraint
from icvkg.validation.report import Report, Result
from icvkg.validation.shapes import Constraint


def validate(store: EmbeddedStore, constraints: Sequence[Constraint]) -> Report:
    """The report of all constraints over the store's default graph."""
    return Report.of(result for constraint in constraints for result in _results(store, constraint))


def _results(store: EmbeddedStore, constraint: Constraint) -> Iterator[Result]:
    names, rows = store.select(compile_constraint(constraint))
    for row in rows:
        found = dict(zip(names, row, strict=True))
        value = found.get("value")
        yield Result(
            focus=str(found["this"]),
            path=constraint.path,
            component=str(constraint.component),
            value="" if value is None else str(value),
            severity=constraint.severity,
            shape=constraint.shape,
            messages=constraint.messages,
        )
