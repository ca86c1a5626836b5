"""Components about the value nodes together: how many, one a language, which must be there, closed."""

from collections.abc import Callable

from icvkg.validation.components.values import whole_number
from icvkg.validation.model import Constraint
from icvkg.validation.paths import is_nullable
from icvkg.validation.patterns import leads_to, n3, value_nodes, values_of
from icvkg.validation.vocabulary import component


def _min_count(constraint: Constraint) -> str:
    if whole_number(constraint) == 1 and not is_nullable(constraint.path):
        gone = f"FILTER NOT EXISTS {{ ?this {constraint.path} ?value }}"
        return f"SELECT ?this WHERE {{ {constraint.focus} {gone} }}"
    return _counted(constraint, f"< {whole_number(constraint)}")


def _max_count(constraint: Constraint) -> str:
    return _counted(constraint, f"> {whole_number(constraint)}")


def _counted(constraint: Constraint, test: str) -> str:
    values = f"OPTIONAL {{ ?this {constraint.path} ?value }}"
    if is_nullable(constraint.path):
        values = f"OPTIONAL {{ {value_nodes(constraint.focus, constraint.path)} }}"
    having = f"HAVING (COUNT(DISTINCT ?value) {test})"
    return f"SELECT ?this WHERE {{ {constraint.focus} {values} }} GROUP BY ?this {having}"


def _unique_lang(constraint: Constraint) -> str:
    along = value_nodes(constraint.focus, constraint.path)
    values = f"SELECT DISTINCT ?this ?value WHERE {{ {along} FILTER(isLiteral(?value) && LANG(?value) != '') }}"
    tagged = f"{{ {values} }} BIND(LCASE(LANG(?value)) AS ?tag)"
    return f"SELECT ?this ?tag WHERE {{ {tagged} }} GROUP BY ?this ?tag HAVING (COUNT(?value) > 1)"


def _has_value(constraint: Constraint) -> str:
    there = leads_to(constraint.path, n3(constraint.parameter))
    return f"SELECT ?this WHERE {{ {constraint.focus} FILTER(!{there}) }}"


def _closed(constraint: Constraint) -> str:
    node = values_of(constraint).replace("?value", "?node")
    allowed = ", ".join(sorted({n3(each) for each in constraint.members}))
    other = f"?node ?path ?value . FILTER(?path NOT IN ({allowed}))"
    nodes = f"{{ SELECT DISTINCT ?this ?node WHERE {{ {node} }} }}"
    return f"SELECT DISTINCT ?this ?node ?path ?value WHERE {{ {nodes} {other} }}"


COMPILERS: dict[str, Callable[[Constraint], str]] = {
    component("MinCount"): _min_count,
    component("MaxCount"): _max_count,
    component("UniqueLang"): _unique_lang,
    component("HasValue"): _has_value,
    component("Closed"): _closed,
}
