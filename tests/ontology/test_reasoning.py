"""HermiT finds the ontology consistent, and finds planted faults."""

from pathlib import Path

import pyoxigraph as ox
import pytest

pytest.importorskip("owlready2", reason="needs the extra icvkg[reasoning]")

from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import DEF, OUTSIDE
from icvkg.ontology.closure import ALIGNMENT, read_modules, read_ontology
from icvkg.ontology.reasoning import reason
from icvkg.store.files import read_file

FIXTURE = Path(__file__).parents[1] / "fixtures" / "graph.ttl"
TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")


def test_the_ontology_with_the_fixture_graph_is_consistent() -> None:
    verdict = reason([*read_ontology(), *read_file(FIXTURE)])
    assert verdict.consistent
    assert verdict.unsatisfiable == ()


def test_it_stays_consistent_with_the_alignments() -> None:
    verdict = reason([*read_ontology(), *read_modules()[ALIGNMENT], *read_file(FIXTURE)])
    assert verdict.consistent
    assert verdict.unsatisfiable == ()


def test_a_thing_of_two_disjoint_kinds_is_inconsistent() -> None:
    both = [ox.Triple(ox.NamedNode("urn:x"), TYPE, ox.NamedNode(DEF + kind)) for kind in ("Actor", "Place")]
    assert not reason([*read_ontology(), *both]).consistent


def test_a_class_under_two_disjoint_kinds_is_unsatisfiable() -> None:
    under = ox.NamedNode(OUTSIDE["rdfs"] + "subClassOf")
    impossible = ox.NamedNode("urn:impossible")
    planted = [ox.Triple(impossible, TYPE, ox.NamedNode(OUTSIDE["owl"] + "Class"))]
    planted += [ox.Triple(impossible, under, ox.NamedNode(DEF + kind)) for kind in ("Firm", "Site")]
    verdict = reason([*read_ontology(), *planted])
    assert verdict.consistent
    assert verdict.unsatisfiable == ("urn:impossible",)


@pytest.mark.slow
def test_the_ontology_with_the_real_graph_is_consistent(graph: KnowledgeGraph) -> None:
    verdict = reason(graph.store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    assert verdict.consistent
    assert verdict.unsatisfiable == ()
