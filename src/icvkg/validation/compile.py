"""One set query per constraint: every focus node at fault in one go, instead of one question per node."""

from collections.abc import Callable, Iterable

from icvkg.validation.components import counts, custom, logic, pairs, values
from icvkg.validation.model import Constraint

_COMPILERS: dict[str, Callable[[Constraint], str]] = {
    **values.COMPILERS,
    **counts.COMPILERS,
    **pairs.COMPILERS,
}


def compile_constraint(constraint: Constraint) -> str:
    """A SELECT of ?this and, where the component reports them, ?value and ?path: one row per validation result.

    Components that ask other shapes have no query of their own: see `components.logic` and `evaluation`.
    """
    if constraint.validator:
        return custom.compile_validator(constraint, constraint.validator)
    return _COMPILERS[constraint.component](constraint)


def check_sayable(constraints: Iterable[Constraint]) -> None:
    """Compiles constraints and all that they refer to; raises UnsayableError or IcvkgError where one cannot be."""
    for constraint in constraints:
        if constraint.component not in logic.COMPONENTS:
            compile_constraint(constraint)
        if logic.is_qualified(constraint):
            values.whole_number(constraint)
        for shape in (*constraint.operands, *constraint.siblings):
            check_sayable(shape.flat())
