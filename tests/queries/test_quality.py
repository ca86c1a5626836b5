"""The metrics on a small graph counted by hand, on the fixture graph by a second engine, and as DQV."""

import pyoxigraph as ox
import pytest
import rdflib

from icvkg.errors import UnknownNameError
from icvkg.namespaces import PREFIXES
from icvkg.ontology.closure import read_ontology
from icvkg.queries.quality import as_dqv, measure, metrics
from icvkg.store.embedded import EmbeddedStore

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
DATA = """
src:filing icv:originGroup "maker" ; icv:sourceKind source-kind:company-filing ;
  icv:publishedOn "2020-05-01T00:00:00Z"^^xsd:dateTime .
src:news icv:originGroup "paper" ; icv:sourceKind source-kind:general-press ;
  icv:publishedOn "2023-06-02T00:00:00Z"^^xsd:dateTime .
src:copy icv:originGroup "paper" ; icv:sourceKind source-kind:general-press .
clm:a a icv:EquityStake ; icv:validFrom "2021-01-01T00:00:00Z"^^xsd:dateTime ; icv:sharePercent 5.0 ;
  icv:hasEvidence ev:a1 , ev:a2 .
clm:b a icv:EquityStake ; icv:validFrom "2021-03-01T00:00:00Z"^^xsd:dateTime ; icv:hasEvidence ev:b1 , ev:b2 .
clm:c a icv:EquityStake ; icv:hasEvidence ev:c1 .
clm:d a icv:ContradictionAssessment ; icv:contradictionKind contradiction-kind:unresolved ; icv:hasEvidence ev:d1 .
ev:a1 icv:source src:filing . ev:a2 icv:source src:news . ev:b1 icv:source src:news . ev:b2 icv:source src:copy .
ev:c1 icv:source src:filing . ev:d1 icv:source src:news .
act:one a icv:Firm ; rdfs:label "One"@en , "一"@zh . act:two a icv:Firm ; rdfs:label "Two"@en .
"""
NAMES = [metric.name for metric in metrics()]


def small() -> EmbeddedStore:
    store = EmbeddedStore.in_memory(quad.triple for quad in ox.parse(HEAD + DATA, format=ox.RdfFormat.TURTLE))
    store.add(triple for triple in read_ontology() if triple.predicate.value.endswith("subClassOf"))
    return store


def measured(name: str) -> set[tuple[str, ...]]:
    return {one.row[1:] for one in measure(small(), metrics(name))}


def test_seven_metrics_are_measured() -> None:
    assert len(NAMES) == 7


def test_reprints_of_one_text_are_one_origin_group() -> None:
    assert measured("origin-groups") == {("1", "3", "4", "75.0"), ("2", "1", "4", "25.0")}


def test_the_oldest_and_the_newest_dated_source() -> None:
    old, new = dict[str, str](), dict[str, str]()
    for name, found in (("oldest-source", old), ("newest-source", new)):
        found.update({row[0]: row[1] for row in measured(name)})
    assert (old["EquityStake"], new["EquityStake"]) == ("2020-05-01", "2023-06-02")
    assert old["ContradictionAssessment"] == "2023-06-02"


def test_contradictions_by_kind() -> None:
    assert measured("contradictions") == {("unresolved", "1", "1", "100.0")}


def test_a_claim_on_the_companys_own_word_only() -> None:
    assert measured("company-statements") == {
        ("EquityStake", "1", "3", "33.3"),
        ("ContradictionAssessment", "0", "1", "0.0"),
    }


def test_things_without_a_chinese_name() -> None:
    assert measured("chinese-labels-missing") == {("Firm", "1", "2", "50.0")}


def test_coverage_by_class_attribute_and_year() -> None:
    found = measured("coverage")
    assert ("EquityStake sharePercent 2021", "1", "2", "50.0") in found
    assert ("EquityStake hasEvidence undated", "1", "1", "100.0") in found


@pytest.mark.parametrize("name", NAMES)
def test_a_second_engine_measures_the_same(name: str) -> None:
    graph = rdflib.Graph().parse(data=HEAD + DATA, format="turtle")
    for triple in read_ontology():
        if triple.predicate.value.endswith("subClassOf"):
            graph.parse(data=f"{triple} .", format="nt")
    (metric,) = metrics(name)
    rows = {tuple(str(term) for term in row) for row in graph.query(metric.text)}  # type: ignore[union-attr]
    assert rows == {row[:3] for row in measured(name)}


def test_the_measurements_as_dqv() -> None:
    wanted = metrics("chinese-labels-missing")
    triples = as_dqv(wanted, measure(small(), wanted), "2026.11.0")
    graph = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    (one,) = graph.subjects(rdflib.RDF.type, rdflib.URIRef(PREFIXES["dqv"] + "QualityMeasurement"))
    assert str(one) == "https://w3id.org/icvkg/release/2026.11.0/quality/chinese-labels-missing/Firm"
    assert graph.value(one, rdflib.URIRef(PREFIXES["dqv"] + "value")) == rdflib.Literal(1)


def test_an_unknown_metric_is_answered_with_near_names() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean coverage"):
        metrics("coverrage")
