"""Components that compare the value nodes with those of another property (SHACL section 4.5)."""

from collections.abc import Callable

from icvkg.validation.model import Constraint
from icvkg.validation.patterns import leads_to, n3, values_of
from icvkg.validation.vocabulary import component


def _equals(constraint: Constraint) -> str:
    other = n3(constraint.parameter)
    alone = f"{values_of(constraint)} FILTER NOT EXISTS {{ ?this {other} ?value }}"
    missing = f"{constraint.focus} ?this {other} ?value . FILTER(!{leads_to(constraint.path, '?value')})"
    return f"SELECT DISTINCT ?this ?value WHERE {{ {{ {alone} }} UNION {{ {missing} }} }}"


def _disjoint(constraint: Constraint) -> str:
    shared = f"FILTER EXISTS {{ ?this {n3(constraint.parameter)} ?value }}"
    return f"SELECT DISTINCT ?this ?value WHERE {{ {values_of(constraint)} {shared} }}"


def _ordered(sign: str) -> Callable[[Constraint], str]:
    """One result for each pair in the wrong order, or that cannot be compared."""

    def compiler(constraint: Constraint) -> str:
        wrong = f"?this {n3(constraint.parameter)} ?other . FILTER(!COALESCE(?value {sign} ?other, false))"
        return f"SELECT DISTINCT ?this ?value ?other WHERE {{ {values_of(constraint)} {wrong} }}"

    return compiler


COMPILERS: dict[str, Callable[[Constraint], str]] = {
    component("Equals"): _equals,
    component("Disjoint"): _disjoint,
    component("LessThan"): _ordered("<"),
    component("LessThanOrEquals"): _ordered("<="),
}
