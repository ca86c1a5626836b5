"""Each compiled component against pyshacl on small graphs written by hand."""

import pyoxigraph as ox
import pytest
from rdflib import Graph

from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.reference import reference_report
from icvkg.validation.report import SH, Report
from icvkg.validation.run import validate
from icvkg.validation.shapes import constraints

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


def both(shape: str) -> tuple[Report, Report]:
    shapes = Graph().parse(data=PREFIXES + shape, format="turtle")
    data = Graph().parse(data=PREFIXES + DATA, format="turtle")
    return compiled(shape), reference_report(data, shapes)


def compiled(shape: str) -> Report:
    quads = ox.parse(PREFIXES + DATA, format=ox.RdfFormat.TURTLE)
    store = EmbeddedStore.in_memory(quad.triple for quad in quads)
    return validate(store, constraints(Graph().parse(data=PREFIXES + shape, format="turtle")))


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


def test_an_unknown_component_is_said_not_skipped() -> None:
    with pytest.raises(IcvkgError, match="disjoint"):
        both(":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:disjoint :q ] .")
