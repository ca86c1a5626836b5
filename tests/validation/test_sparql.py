"""SHACL-SPARQL: pre-bound variables in every place, components of one's own, what is refused and what is left."""

import sys

import pytest

from icvkg.errors import IcvkgError
from icvkg.validation.report import Report
from icvkg.validation.turtle import report_turtle
from tests.validation.test_components import both, compiled

DATA = """
:a a :T ; :p 1, 2, 30 ; :q :b, :c .
:b a :T ; :p 5 ; :q :b .
:c a :T ; :q "x"@en, :a .
:d a :T ; :p 7 .
"""
HEAD = ':N sh:declare [ sh:prefix "" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .\n'
SELECTS = [
    "SELECT $this WHERE { FILTER NOT EXISTS { $this :p ?x } }",
    "SELECT $this ?value WHERE { $this :p ?value . FILTER(?value > 4) }",
    "SELECT $this WHERE { { FILTER($this = :a) } UNION { $this :q $this } }",
    "SELECT $this WHERE { BIND($this AS ?that) FILTER(?that = :b) }",
    "SELECT $this ?value WHERE { OPTIONAL { $this :p ?x } FILTER(!BOUND(?x)) $this :q ?value }",
    "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(isLiteral(?value)) # a comment with { \n }",
    "SELECT $this WHERE { $this :q ?x . FILTER EXISTS { { ?x :q ?y } FILTER(?y = $this) } }",
    "SELECT $this WHERE { { SELECT $this (COUNT(?x) AS ?n) WHERE { $this :p ?x } GROUP BY $this } FILTER(?n > 2) }",
    "SELECT $this (SUM(?x) AS ?value) WHERE { $this :p ?x } GROUP BY $this HAVING(SUM(?x) > 6)",
    "SELECT $this ?value WHERE { $this (:q/:p)|:p ?value . FILTER(STR(?value) != '{') }",
    "SELECT $this WHERE { { { FILTER(BOUND($this)) } } $this :q :a }",
]
IF_NO_GROUPS = "SELECT $this WHERE { $this :p ?x . OPTIONAL { ?y :q ?z . FILTER(?z = $this) } FILTER(!BOUND(?y)) }"
IN_SHAPES = [
    "SELECT $this WHERE { GRAPH $shapesGraph { $currentShape :least ?n } $this :p ?n }",
    "SELECT $this ?value WHERE { $this :p ?value GRAPH $shapesGraph { FILTER(BOUND($currentShape)) ?s :least ?value }}",
]
REFUSED = {
    "SELECT $this WHERE { $this ?p ?o MINUS { $this :p ?o } }": "MINUS",
    "SELECT $this WHERE { VALUES ?x { 1 } $this :p ?x }": "VALUES",
    "SELECT $this WHERE { SERVICE <http://example.org/> { $this :p ?x } }": "SERVICE",
    "SELECT $this WHERE { BIND(1 AS $this) }": "pre-bound",
    "SELECT $this WHERE { { SELECT ?x WHERE { ?x :p ?y } } }": "subquery",
}
LEFT = {
    "SELECT $this ?value WHERE { $this :p ?value } LIMIT 1": "LIMIT",
    "SELECT $this (COUNT(?x) AS ?value) WHERE { $this :p ?x }": "GROUP BY",
}
COMPONENT = """
:Range a sh:ConstraintComponent ;
    sh:parameter [ sh:path :least ], [ sh:path :most ; sh:optional true ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} is under {$least}" ;
        sh:ask "ASK { FILTER($value >= $least && $value <= COALESCE(?most, $value)) }" ] ;
    sh:nodeValidator [ a sh:SPARQLSelectValidator ; sh:prefixes :N ;
        sh:select "SELECT $this ?value WHERE { $this :p ?value . FILTER(?value < $least) }" ] .
"""


def constraint(query: str) -> str:
    text = query.replace("\n", "\\n")
    return f'{HEAD} :S a sh:NodeShape ; sh:targetClass :T ; sh:sparql [ sh:prefixes :N ; sh:select "{text}" ] .'


def verdicts(report: Report) -> set[tuple[str, ...]]:
    return {(*each.row, each.value) for each in report.results}


@pytest.mark.parametrize("query", [*SELECTS, IF_NO_GROUPS])
def test_a_pre_bound_query_agrees_with_the_reference(query: str) -> None:
    ours, theirs = both(constraint(query), DATA)
    assert ours.deferred == ()
    assert ours.results != ()
    assert verdicts(ours) == verdicts(theirs)


@pytest.mark.parametrize("path", [":p", "( :q :p )", "[ sh:inversePath :q ]"])
def test_the_path_stands_for_itself(path: str) -> None:
    query = "SELECT $this ?value WHERE { $this $PATH ?value . FILTER(!isLiteral(?value) || ?value < 6) }"
    shape = f'[ sh:path {path} ; sh:sparql [ sh:select "{query}" ] ]'
    ours, theirs = both(f":S a sh:NodeShape ; sh:targetClass :T ; sh:property {shape} .", DATA)
    assert ours.results != ()
    assert verdicts(ours) == verdicts(theirs)


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (":least 3", {("", "1"), ("", "2"), (":p", "1"), (":p", "2")}),
        (":least 2 ; :most 20", {("", "1"), (":p", "1"), (":p", "30")}),
    ],
)
def test_components_of_ones_own(use: str, expected: set[tuple[str, str]]) -> None:
    """By hand: for an ASK on values pyshacl reports no value, and takes the general validator for node shapes."""
    shape = f"{HEAD}{COMPONENT} :S a sh:NodeShape ; sh:targetClass :T ; {use} ; sh:property [ sh:path :p ; {use} ] ."
    report = compiled(shape, DATA)
    assert {(each.path and ":p", each.value.split('"')[1]) for each in report.results} == expected
    assert {each.focus for each in report.results} == {"<http://example.org/a>"}


def test_a_query_without_this_is_refused() -> None:
    with pytest.raises(IcvkgError, match=r"example.org/S.*select \$this"):
        compiled(constraint("SELECT ?value WHERE { $this :p ?value }"), DATA)


def test_messages_name_the_values() -> None:
    report = compiled(
        f"{COMPONENT} :S a sh:NodeShape ; sh:targetNode :b ; sh:property [ sh:path :p ; :least 7 ] .", DATA
    )
    assert [each.message("zh") for each in report.results] == ["5 is under 7"]


@pytest.mark.parametrize("query", REFUSED)
def test_an_ill_formed_query_is_refused_with_the_name_of_its_shape(query: str) -> None:
    with pytest.raises(IcvkgError, match=f"example.org/S.*{REFUSED[query]}"):
        compiled(constraint(query), DATA)


@pytest.mark.parametrize("query", IN_SHAPES)
def test_a_query_may_ask_the_shapes_graph(query: str) -> None:
    """Which pyshacl refuses; the data themselves do not see the shapes."""
    report = compiled(constraint(query) + " :S :least 2, 5, 8 .", DATA)
    assert [each.focus[-2] for each in report.results] == ["a", "b"]
    assert report.deferred == ()


def test_a_query_that_does_not_parse_names_its_shape() -> None:
    with pytest.raises(IcvkgError, match=r"example\.org/S"):
        compiled(constraint("SELECT $this WHERE { $this :p }"), DATA)


@pytest.mark.parametrize("query", LEFT)
def test_what_is_not_the_sum_of_its_parts_is_left_to_the_reference(query: str) -> None:
    report, theirs = both(constraint(query), DATA)
    assert [LEFT[query] in line and "example.org/S" in line for line in report.deferred] == [True]
    assert verdicts(report) == verdicts(theirs)


def test_where_the_reference_gives_up_too_the_error_names_shape_and_reason() -> None:
    with pytest.raises(IcvkgError, match=r"example.org/S: a SPARQL query that asks named graphs, failed: "):
        compiled(constraint("SELECT $this WHERE { GRAPH ?g { $this :p ?x } }"), DATA)


RECURSIVE = """
:S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :q ; sh:node :S ; sh:nodeKind sh:IRI ] .
:O a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount 1 ] .
"""


def test_a_recursive_shape_and_a_plain_one_give_one_report() -> None:
    report = compiled(RECURSIVE, DATA)
    assert report.deferred == ("http://example.org/S: a shape that refers to itself",)
    assert {each.shape.rpartition("/")[2] for each in report.results} == {"S", "O"}
    assert report_turtle(report).count("sh:ValidationResult") == len(report.results)


def test_without_pyshacl_the_error_names_shape_and_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(IcvkgError, match=r"icvkg\[reference\].*example.org/S"):
        compiled(RECURSIVE, DATA)
