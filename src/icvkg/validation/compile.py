"""One set query per constraint: every focus node at fault in one go, instead of one question per node."""

import re
from collections.abc import Callable

from rdflib import SH, XSD, Literal, URIRef
from rdflib.term import Node

from icvkg.validation.shapes import Constraint

_CASTABLE = {XSD.dateTime, XSD.decimal, XSD.integer, XSD.boolean}
_KINDS = {
    SH.IRI: "isIRI(?value)",
    SH.Literal: "isLiteral(?value)",
    SH.BlankNode: "isBlank(?value)",
    SH.BlankNodeOrIRI: "(isBlank(?value) || isIRI(?value))",
    SH.IRIOrLiteral: "(isIRI(?value) || isLiteral(?value))",
    SH.BlankNodeOrLiteral: "(isBlank(?value) || isLiteral(?value))",
}
_SUBCLASSES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>/<http://www.w3.org/2000/01/rdf-schema#subClassOf>*"


def compile_constraint(constraint: Constraint) -> str:
    """A SELECT of ?this and, where the component reports one, ?value: one row per validation result."""
    return _COMPILERS[constraint.component](constraint)


def _focus(constraint: Constraint) -> str:
    union = " UNION ".join(f"{{ {target} }}" for target in constraint.targets)
    return f"{{ SELECT DISTINCT ?this WHERE {{ {union} }} }}"


def _each_value(constraint: Constraint, fails: str) -> str:
    """Every value of the path (or the focus node itself) for which `fails` holds."""
    value = f"?this {constraint.path} ?value ." if constraint.path else "BIND(?this AS ?value)"
    return f"SELECT DISTINCT ?this ?value WHERE {{ {_focus(constraint)} {value} {fails} }}"


def _min_count(constraint: Constraint) -> str:
    wanted = _number(constraint.parameter)
    if wanted == 1:
        gone = f"FILTER NOT EXISTS {{ ?this {constraint.path} ?value }}"
        return f"SELECT ?this WHERE {{ {_focus(constraint)} {gone} }}"
    return _counted(constraint, f"< {wanted}")


def _max_count(constraint: Constraint) -> str:
    return _counted(constraint, f"> {_number(constraint.parameter)}")


def _counted(constraint: Constraint, test: str) -> str:
    values = f"OPTIONAL {{ ?this {constraint.path} ?value }}"
    having = f"HAVING (COUNT(DISTINCT ?value) {test})"
    return f"SELECT ?this WHERE {{ {_focus(constraint)} {values} }} GROUP BY ?this {having}"


def _datatype(constraint: Constraint) -> str:
    wanted = constraint.parameter
    right = f"isLiteral(?value) && datatype(?value) = {_n3(wanted)}"
    if wanted in _CASTABLE:
        right += f" && COALESCE(isLiteral({_n3(wanted)}(STR(?value))), false)"
    return _each_value(constraint, f"FILTER(!({right}))")


def _class(constraint: Constraint) -> str:
    return _each_value(constraint, f"FILTER NOT EXISTS {{ ?value {_SUBCLASSES} {_n3(constraint.parameter)} }}")


def _node_kind(constraint: Constraint) -> str:
    return _each_value(constraint, f"FILTER(!{_KINDS[URIRef(str(constraint.parameter))]})")


def _in(constraint: Constraint) -> str:
    same = " || ".join(f"sameTerm(?value, {_n3(member)})" for member in _members(constraint)) or "false"
    return _each_value(constraint, f"FILTER(!({same}))")


def _pattern(constraint: Constraint) -> str:
    flags = f', "{constraint.flags}"' if constraint.flags else ""
    test = f"REGEX(STR(?value), {Literal(str(constraint.parameter)).n3()}{flags})"
    return _each_value(constraint, f"FILTER(isBlank(?value) || !{test})")


def _bound(operator: str) -> Callable[[Constraint], str]:
    def compiler(constraint: Constraint) -> str:
        test = f"COALESCE(?value {operator} {_n3(constraint.parameter)}, false)"
        return _each_value(constraint, f"FILTER(!{test})")

    return compiler


def _less_than_or_equals(constraint: Constraint) -> str:
    other = f"?this {_n3(constraint.parameter)} ?other ."
    return _each_value(constraint, f"{other} FILTER(!COALESCE(?value <= ?other, false))")


def _language_in(constraint: Constraint) -> str:
    tests = " || ".join(f'langMatches(LANG(?value), "{tag}")' for tag in _members(constraint))
    return _each_value(constraint, f"FILTER(!(isLiteral(?value) && ({tests})))")


def _unique_lang(constraint: Constraint) -> str:
    pair = f"?this {constraint.path} ?one, ?two . FILTER(LANG(?one) != '' && LANG(?one) = LANG(?two) && ?one != ?two)"
    return f"SELECT DISTINCT ?this (LANG(?one) AS ?tag) WHERE {{ {_focus(constraint)} {pair} }}"


def _has_value(constraint: Constraint) -> str:
    missing = f"FILTER NOT EXISTS {{ ?this {constraint.path} {_n3(constraint.parameter)} }}"
    return f"SELECT ?this WHERE {{ {_focus(constraint)} {missing} }}"


def _sparql(constraint: Constraint) -> str:
    """The constraint's own SELECT as a subquery, joined with the focus nodes (pre-binding turned to a join)."""
    prologue = re.match(r"(?:\s*PREFIX[^\n]*\n)*", constraint.query)
    head = prologue.group(0) if prologue else ""
    inner = constraint.query[len(head) :].replace("$this", "?this")
    return f"{head}SELECT DISTINCT ?this ?value WHERE {{ {_focus(constraint)} {{ {inner} }} }}"


def _number(parameter: Node | tuple[Node, ...]) -> int:
    return int(str(parameter))


def _members(constraint: Constraint) -> tuple[Node, ...]:
    return constraint.parameter if isinstance(constraint.parameter, tuple) else (constraint.parameter,)


def _n3(term: Node | tuple[Node, ...]) -> str:
    if isinstance(term, tuple):
        raise TypeError("a list stands where one term was expected")
    return term.n3()


_COMPILERS: dict[URIRef, Callable[[Constraint], str]] = {
    SH.MinCountConstraintComponent: _min_count,
    SH.MaxCountConstraintComponent: _max_count,
    SH.DatatypeConstraintComponent: _datatype,
    SH.ClassConstraintComponent: _class,
    SH.NodeKindConstraintComponent: _node_kind,
    SH.InConstraintComponent: _in,
    SH.PatternConstraintComponent: _pattern,
    SH.MinInclusiveConstraintComponent: _bound(">="),
    SH.MaxInclusiveConstraintComponent: _bound("<="),
    SH.LessThanOrEqualsConstraintComponent: _less_than_or_equals,
    SH.LanguageInConstraintComponent: _language_in,
    SH.UniqueLangConstraintComponent: _unique_lang,
    SH.HasValueConstraintComponent: _has_value,
    SH.SPARQLConstraintComponent: _sparql,
}
