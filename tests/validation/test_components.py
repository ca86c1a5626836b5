"""Each compiled component against pyshacl on small graphs written by hand."""

import pyoxigraph as ox
import pytest

from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.reference import reference_report
from icvkg.validation.report import Report
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import ShapesGraph
from icvkg.validation.vocabulary import SH

PREFIXES = """
PREFIX : <http://example.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
DATA = """
:Sub rdfs:subClassOf :T .
:a a :T ; :p "x", "y"@en, 3, 4.5, :b ; :q 2 ; :r "2020-01-01T00:00:00Z"^^xsd:dateTime ; :s "no"^^xsd:boolean .
:b a :Sub ; :p "x"@en, "z"@en, "w"@fr-ch ; :q 9 ; :r "2021-01-01T00:00:00Z"^^xsd:dateTime, "late"^^xsd:dateTime .
:c a :T ; :p _:n ; :q 1, 5 ; :r "2019-01-01T00:00:00Z"^^xsd:dateTime ; :t :a, :b .
_:n :p "inner" .
:d :t :c .
"""
CONSTRAINTS = [
    ":p ; sh:minCount 2",
    ":p ; sh:maxCount 2",
    ":q ; sh:minCount 1",
    ":p ; sh:datatype xsd:string",
    ":r ; sh:datatype xsd:dateTime",
    ":q ; sh:datatype xsd:decimal",
    ":p ; sh:nodeKind sh:Literal",
    ":p ; sh:nodeKind sh:IRI",
    ":p ; sh:nodeKind sh:BlankNodeOrIRI",
    ":t ; sh:class :T",
    ":t ; sh:class :Sub",
    ':p ; sh:in ( "x" 3 :b )',
    ":p ; sh:in ( )",
    ':p ; sh:pattern "^[xy]$"',
    ':p ; sh:pattern "X" ; sh:flags "i"',
    ":q ; sh:minInclusive 2",
    ":q ; sh:maxInclusive 5.5",
    ":p ; sh:minInclusive 4",
    ':p ; sh:languageIn ( "en" "fr" )',
    ":p ; sh:uniqueLang true",
    ":p ; sh:uniqueLang false",
    ":p ; sh:hasValue :b",
    ":q ; sh:lessThanOrEquals :q",
    "( :t :p ) ; sh:maxCount 3",
    "( :t :t ) ; sh:minCount 1",
    "[ sh:inversePath :t ] ; sh:minCount 1",
]
TARGETS = ["sh:targetClass :T", "sh:targetSubjectsOf :t", "sh:targetObjectsOf :t", "sh:targetNode :a, :c, :nowhere"]


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)]


def both(shape: str, data: str = DATA) -> tuple[Report, Report]:
    return compiled(shape, data), reference_report(triples(data), ShapesGraph(triples(shape)))


def compiled(shape: str, data: str = DATA) -> Report:
    found = triples(data)
    return validate(EmbeddedStore.in_memory(found), ShapesGraph(triples(shape)), found)


def verdicts(report: Report) -> set[tuple[str, str, str, str]]:
    """Rows with values, blank nodes without their names."""
    return {(r.focus, r.path, r.component, "_:" if r.value.startswith("_:") else r.value) for r in report.results}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_component_agrees_with_the_reference(constraint: str, target: str) -> None:
    ours, theirs = both(f":S a sh:NodeShape ; {target} ; sh:property [ sh:path {constraint} ] .")
    assert verdicts(ours) == verdicts(theirs)


def test_the_cases_above_do_find_faults() -> None:
    found = [both(f":S a sh:NodeShape ; {TARGETS[0]} ; sh:property [ sh:path {each} ] .")[0] for each in CONSTRAINTS]
    assert len([report for report in found if report.results]) == 22


def test_values_that_cannot_be_compared_are_results() -> None:
    """SHACL section 4.5.4 asks for a result where two values cannot be compared; pyshacl gives none."""
    report = compiled(":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :r ; sh:lessThanOrEquals :q ] .")
    assert [result.focus for result in report.results] == ["<http://example.org/a>"]


def test_an_ill_typed_boolean_is_a_result() -> None:
    """rdflib reads any boolean that it does not know as false, so that pyshacl cannot see this one."""
    report = compiled(":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :s ; sh:datatype xsd:boolean ] .")
    assert [result.value for result in report.results] == ['"no"^^<http://www.w3.org/2001/XMLSchema#boolean>']


def test_a_warning_does_not_spoil_conformance() -> None:
    ours, theirs = both(
        ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :q ; sh:maxCount 1 ; sh:severity sh:Warning ] ."
    )
    assert [result.severity for result in ours.results] == [SH + "Warning"]
    assert ours.conforms
    assert verdicts(ours) == verdicts(theirs)


def test_the_reference_departs_from_the_standard_here() -> None:
    """Booleans and dates are not comparable with numbers, blank nodes have no length; the inverse of a sequence."""
    data = ':a :p true, "2020-01-01"^^xsd:date, _:n ; :q :b . :b :r :c .'
    for own, expected in (
        ("sh:path :p ; sh:maxInclusive 1", 3),
        ("sh:path :p ; sh:minLength 0", 1),
        ("sh:path [ sh:inversePath ( :q :r ) ] ; sh:maxCount 0", 1),
    ):
        node = ":c" if "inverse" in own else ":a"
        ours, theirs = both(f":S a sh:NodeShape ; sh:targetNode {node} ; sh:property [ {own} ] .", data)
        assert len(ours.results) == expected
        assert len(theirs.results) < expected


OTHERS = [
    "sh:property [ sh:path [ sh:alternativePath ( :p [ sh:oneOrMorePath :t ] ) ] ; sh:nodeKind sh:Literal ]",
    "sh:property [ sh:path ( :t [ sh:zeroOrMorePath :t ] :p ) ; sh:maxCount 1 ]",
    "sh:property [ sh:path [ sh:zeroOrOnePath :q ] ; sh:minExclusive 1 ; sh:maxExclusive 9 ]",
    "sh:property [ sh:path :p ; sh:minLength 2 ; sh:maxLength 3 ]",
    "sh:property [ sh:path :p ; sh:equals :q ], [ sh:path :q ; sh:disjoint :q ]",
    "sh:property [ sh:path :t ; sh:property [ sh:path :q ; sh:maxInclusive 3 ] ]",
    "sh:property [ sh:path :q ; sh:lessThan :r ; sh:message 'no' ; sh:severity :Grave ]",
    "sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;"
    " sh:property [ sh:path :p ], [ sh:path :q ]",
    "sh:not [ sh:property [ sh:path :q ; sh:minCount 2 ] ]",
    "sh:node [ sh:property [ sh:path :t ; sh:property [ sh:path :q ; sh:maxInclusive 3 ] ] ]",
    "sh:xone ( [ sh:class :T ] [ sh:class :Sub ] ) ; sh:or ( [ sh:in ( :a ) ] [ sh:hasValue :b ] )",
    "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:property [ sh:path :q ; sh:minCount 1 ] ] )",
    "sh:property :One, :Two . :One sh:path :t ; sh:qualifiedValueShape [ sh:class :Sub ] ; sh:qualifiedMaxCount 0 ;"
    " sh:qualifiedValueShapesDisjoint true . :Two sh:path :t ; sh:qualifiedValueShape [ sh:class :T ] ;"
    " sh:qualifiedMinCount 2 ; sh:qualifiedValueShapesDisjoint true",
    "sh:deactivated true ; sh:class :Nothing",
    "sh:property [ sh:path :p ; sh:deactivated true ; sh:maxCount 0 ]",
]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("constraint", OTHERS)
def test_the_other_components_agree_with_the_reference(constraint: str, target: str) -> None:
    ours, theirs = both(f":S a sh:NodeShape ; {target} ; {constraint} .")
    assert ours.deferred == ()
    assert verdicts(ours) == verdicts(theirs)


def test_the_instances_of_a_shape_that_is_a_class_are_its_targets() -> None:
    ours, theirs = both(":T a sh:NodeShape, rdfs:Class ; sh:property [ sh:path :q ; sh:maxCount 1 ] .")
    assert [each.focus for each in ours.results] == ["<http://example.org/c>"]
    assert verdicts(ours) == verdicts(theirs)


@pytest.mark.parametrize(
    ("text", "fails"),
    [("2020-02-29", 0), ("2021-02-29", 1), ("1900-02-29", 1), ("2000-02-29Z", 0), ("2020-04-31", 1), ("2020-4-1", 1)],
)
def test_dates_follow_the_calendar(text: str, fails: int) -> None:
    shape = ":S a sh:NodeShape ; sh:targetObjectsOf :on ; sh:datatype xsd:date ."
    assert len(compiled(shape, f':x :on "{text}"^^xsd:date .').results) == fails


ILL_FORMED = {
    "sh:in 3": "list",
    "sh:property [ sh:path :p ; sh:minCount 'x' ]": "count",
    "sh:property [ sh:path [ ] ; sh:minCount 1 ]": "path",
    "sh:property [ sh:path :p, :q ; sh:minCount 1 ]": "more than one sh:path",
    "sh:minCount 1": "without sh:path",
    "sh:nodeKind :IRI": "nodeKind",
    "sh:datatype 'x'": "IRI",
}


@pytest.mark.parametrize("constraint", ILL_FORMED)
def test_an_ill_formed_shape_is_refused_by_name(constraint: str) -> None:
    with pytest.raises(IcvkgError, match=f"shape http://example.org/S: .*{ILL_FORMED[constraint]}"):
        compiled(f":S a sh:NodeShape ; sh:targetClass :T ; {constraint} .")


def test_what_is_not_of_shacl_is_passed_over_and_advanced_features_are_not() -> None:
    shape = ":S a sh:NodeShape ; sh:targetNode :a ; :note 'x' ; sh:class :Sub ."
    assert len(compiled(shape).results) == 1
    ruled = shape + ":S sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate :p ; sh:object :a ] ."
    assert compiled(ruled).deferred == ("http://example.org/S: sh:rule",)
