"""Whatever a parameter holds, it stays one term: every parameter of every query is given every hostile value."""

from collections.abc import Iterator

import pytest
import rdflib
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import parseQuery

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import CuratedQuery, Parameter, catalogue
from icvkg.queries.parameters import bound_text

VALUES = (
    '" } UNION { ?s ?p ?o',
    "lidar> } UNION { ?s ?p ?o } #",
    "a\nb",
    "a\r\n# b",
    "# comment",
    "\\",
    '"@en',
    '"""',
    "'''",
    "<https://w3id.org/icvkg/id/actor/huawei>",
    "x VALUES ?asOf { 1 }",
    "} VALUES ?role { UNDEF } {",
    "UNDEF",
    "?claim",
    "\x00",
    "\ud800",
    "a\udfffb",
    "1e999999999",
    "2024-02-30",
    "2024-07-03T00:00:00Z",
    "-" * 100_000,
    "{" * 10_000,
    "SERVICE <http://example.org/> { ?s ?p ?o }",
    "../../etc/passwd",
    "plc:wuhan act:huawei",
)


def parameters() -> Iterator[tuple[CuratedQuery, Parameter]]:
    yield from ((query, each) for query in catalogue() for each in query.parameters)


CASES = [pytest.param(query, each, id=f"{query.name}-{each.name}") for query, each in parameters()]


def test_every_parameter_meets_every_value() -> None:
    assert len(CASES) == 95
    assert len(VALUES) == 25
    assert len({query.name for query, _ in parameters()}) == len([query for query in catalogue() if query.parameters])


@pytest.mark.parametrize(("query", "parameter"), CASES)
def test_it_is_refused_or_stays_one_term(query: CuratedQuery, parameter: Parameter) -> None:
    kept = [value for value in VALUES if not is_refused(query, parameter, value)]
    assert kept == [value for value in VALUES if value in acceptable(parameter)]
    plain = shape_of(query, {parameter.name: "lidar"}) if kept else ""
    for value in kept:
        assert shape_of(query, {parameter.name: value}) == plain, value


def acceptable(parameter: Parameter) -> set[str]:
    """What a type can hold before the graph is asked: any text but lone surrogates; of names, what is spelt as one."""
    if parameter.type == "text":
        return set(VALUES) - {"\ud800", "a\udfffb"}
    return {"1e999999999", "2024-02-30"} if parameter.names_a_thing else set()


def is_refused(query: CuratedQuery, parameter: Parameter, value: str) -> bool:
    """Whether the value is refused, by words that can be printed and are not too many."""
    try:
        bound_text(query, {parameter.name: value}, "2026-11-24")
    except IcvkgError as error:
        return len(str(error).encode()) < 400
    return False


def shape_of(query: CuratedQuery, given: dict[str, str]) -> str:
    """The parsed query without its terms: what no value may change."""
    return strip(parseQuery(bound_text(query, given, "2026-11-24")))


def strip(parsed: object) -> str:
    """The parsed query without its literals and IRIs, which are all that a value may be."""
    if isinstance(parsed, rdflib.term.Literal | rdflib.term.URIRef):
        return "term"
    if isinstance(parsed, dict):
        return f"{getattr(parsed, 'name', '')}({', '.join(f'{key}: {strip(value)}' for key, value in parsed.items())})"
    if isinstance(parsed, list | ParseResults):
        return f"[{', '.join(strip(each) for each in parsed)}]"
    return "term" if str(parsed) == "UNDEF" else str(parsed)


@pytest.mark.parametrize("value", VALUES[:17])
def test_on_the_release_it_is_no_answer_or_a_clear_error(graph: KnowledgeGraph, value: str) -> None:
    """The only parameter of type text knows its values; a thing's name is looked up."""
    for given in ({"name": value}, {"role": value}, {"asOf": value}):
        with pytest.raises(IcvkgError, match=r"There is no|given"):
            graph.query("platforms-and-their-members", **given)
