"""Components that judge each value node by itself: value type, range, string, membership (SHACL sections 4.1-4.4)."""

from collections.abc import Callable

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.validation.components.lexical import LOST, is_well_formed
from icvkg.validation.model import Constraint, UnsayableError
from icvkg.validation.patterns import n3, values_of
from icvkg.validation.vocabulary import INSTANCE_OF, SH, SUBCLASS, XSD, component

_KINDS = {
    "IRI": "isIRI(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNode": "isBlank(?value)",
    "BlankNodeOrIRI": "(isBlank(?value) || isIRI(?value))",
    "IRIOrLiteral": "(isIRI(?value) || isLiteral(?value))",
    "BlankNodeOrLiteral": "(isBlank(?value) || isLiteral(?value))",
}
Test = Callable[[Constraint], str]


def each_value(test: Test) -> Test:
    """A query for every value node of which the test, a FILTER, says that it fails."""

    def compiler(constraint: Constraint) -> str:
        return f"SELECT DISTINCT ?this ?value WHERE {{ {values_of(constraint)} {test(constraint)} }}"

    return compiler


def _class(constraint: Constraint) -> str:
    """All instances are taken away in one go, unless the focus nodes are few and named: there each value is asked."""
    kind = n3(constraint.parameter)
    if "VALUES ?this" in constraint.focus:
        return f"FILTER NOT EXISTS {{ ?value {INSTANCE_OF} {kind} }}"
    return f"MINUS {{ ?kind <{SUBCLASS}>* {kind} . ?value a ?kind }}"


def _datatype(constraint: Constraint) -> str:
    wanted = constraint.parameter
    if not isinstance(wanted, ox.NamedNode):
        raise IcvkgError(f"sh:datatype wants an IRI, not {wanted}")
    if wanted.value in LOST:
        raise UnsayableError(f"sh:datatype xsd:{wanted.value.removeprefix(XSD)}, which the store keeps as a wider one")
    right = f"isLiteral(?value) && datatype(?value) = {wanted}"
    form = is_well_formed(wanted.value)
    return f"FILTER(!COALESCE({right}{' && ' if form else ''}{form}, false))"


def _node_kind(constraint: Constraint) -> str:
    kind = str(constraint.parameter).strip("<>").removeprefix(SH)
    if kind not in _KINDS:
        raise IcvkgError(f"sh:nodeKind knows {', '.join(_KINDS)}, not {constraint.parameter}")
    return f"FILTER(!{_KINDS[kind]})"


def _in(constraint: Constraint) -> str:
    return f"FILTER(!({' || '.join(f'sameTerm(?value, {n3(each)})' for each in constraint.members) or 'false'}))"


def _pattern(constraint: Constraint) -> str:
    flags = f", {ox.Literal(constraint.flags)}" if constraint.flags else ""
    return f"FILTER(isBlank(?value) || !COALESCE(REGEX(STR(?value), {_text(constraint)}{flags}), false))"


def _text(constraint: Constraint) -> str:
    if not isinstance(constraint.parameter, ox.Literal):
        raise IcvkgError(f"{constraint.parameter} is not a string")
    return str(ox.Literal(constraint.parameter.value))


def _length(sign: str) -> Test:
    return lambda constraint: f"FILTER(isBlank(?value) || !(STRLEN(STR(?value)) {sign} {whole_number(constraint)}))"


def _bound(sign: str) -> Test:
    return lambda constraint: f"FILTER(!COALESCE(?value {sign} {n3(constraint.parameter)}, false))"


def _language_in(constraint: Constraint) -> str:
    ranges = [str(ox.Literal(tag.value)) for tag in constraint.members if isinstance(tag, ox.Literal)]
    tests = " || ".join(f"langMatches(LANG(?value), {each})" for each in ranges) or "false"
    return f"FILTER(!(isLiteral(?value) && ({tests})))"


def whole_number(constraint: Constraint) -> int:
    """The parameter as a count; raises IcvkgError when it is none."""
    text = constraint.parameter.value if isinstance(constraint.parameter, ox.Literal) else ""
    if not text.removeprefix("+").isdecimal():
        raise IcvkgError(f"{constraint.parameter} is not a count")
    return int(text)


COMPILERS: dict[str, Test] = {
    component("Class"): each_value(_class),
    component("Datatype"): each_value(_datatype),
    component("NodeKind"): each_value(_node_kind),
    component("In"): each_value(_in),
    component("Pattern"): each_value(_pattern),
    component("MinLength"): each_value(_length(">=")),
    component("MaxLength"): each_value(_length("<=")),
    component("MinInclusive"): each_value(_bound(">=")),
    component("MaxInclusive"): each_value(_bound("<=")),
    component("MinExclusive"): each_value(_bound(">")),
    component("MaxExclusive"): each_value(_bound("<")),
    component("LanguageIn"): each_value(_language_in),
}
