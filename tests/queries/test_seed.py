"""Everything that the conference abstract names is found by its name there and leads to claims with sources."""

import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import expand_name

POLICIES = {
    "Guidelines for the Construction of the National Intelligent Connected Vehicles Industry Standard System": (
        "doc:icv-standards-guideline-2017"
    ),
    "Intelligent Connected Vehicles Industry Development Plan": "doc:iov-action-plan-2018",
    "Intelligent Vehicle Innovation and Development Strategy": "doc:smart-vehicle-strategy-2020",
    "Intelligent Connected Vehicle Manufacturing Enterprises and Product Access Management Guide": (
        "doc:access-guide-draft-2021"
    ),
    "Carry out pilot projects for access and on-road access of intelligent connected vehicles": "doc:access-pilot-2023",
}
FIGURES = {
    "open test road length 20,000": ("indicator:open-test-road-length", "20000"),
    "national-level test demonstration areas": ("indicator:national-test-areas", "17"),
    "Internet of Vehicles pilot areas": ("indicator:iov-pilot-areas", "7"),
    "smart cities": ("indicator:dual-smart-cities", "16"),
    "55.3 percent": ("indicator:l2-penetration-nev", "55.3"),
    "autonomous driving invention patents": ("indicator:ad-patent-share", "43"),
}
THINGS = {
    "parks": "scenario:park",
    "airport": "scenario:airport",
    "mining areas": "scenario:mine",
    "port": "scenario:port",
    "self-driving taxi": "scenario:robotaxi",
    "unmanned logistics": "scenario:last-mile",
    "unmanned sanitation": "scenario:sanitation",
    "traffic management": "scenario:traffic-management",
    "commercial cargo": "scenario:freight",
    "city services": "scenario:city-service",
    "assisted driving system": "component-kind:driver-assistance-system",
    "lidar": "component-kind:lidar",
    "vision chip": "component-kind:driving-chip",
    "autonomous driving computing platform": "component-kind:domain-controller",
    "high-precision map": "component-kind:map-and-positioning",
    "exceptions and exemptions": "policy-subject:market-access-exemption",
    "Ministry of Industry and Information Technology": "act:miit",
    "China Passenger Car Association": "act:cpca",
    "local government": "body-kind:local-department",
    "carmaker": "firm-kind:carmaker",
    "mobility operator": "firm-kind:mobility-operator",
}


def test_the_list_is_whole() -> None:
    assert (len(POLICIES), len(FIGURES), len(THINGS)) == (5, 6, 21)


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_of_the_abstract_is_the_first_hit_and_has_claims(name: str, graph: KnowledgeGraph) -> None:
    assert graph.search(name)[0].iri == expand_name(POLICIES[name])
    found = graph.describe(POLICIES[name])
    assert found.sources
    assert found.claims
    assert all(claim.sources for claim in found.claims)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_abstract_is_found_with_its_value_and_source(name: str, graph: KnowledgeGraph) -> None:
    indicator, value = FIGURES[name]
    hits = {hit.iri for hit in graph.search(name, 60)}
    rows = graph.query(
        "PREFIX icv: <https://w3id.org/icvkg/def/> SELECT ?figure { ?figure icv:indicator "
        f"<{expand_name(indicator)}> ; icv:numericValue ?value ; icv:hasEvidence/icv:source ?source . "
        f"FILTER(?value = {value}) }}"
    )
    figures = {expand_name(row["figure"]) for row in rows}
    assert figures
    assert hits & (figures | {expand_name(indicator)})


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_of_the_abstract_is_found_and_leads_to_claims_or_documents(name: str, graph: KnowledgeGraph) -> None:
    thing = THINGS[name]
    assert expand_name(thing) in {hit.iri for hit in graph.search(name)}
    about = graph.query(
        f"PREFIX icv: <https://w3id.org/icvkg/def/> SELECT ?source {{ VALUES ?thing {{ <{expand_name(thing)}> }}"
        " { ?said ?property ?thing ; icv:hasEvidence/icv:source ?source }"
        " UNION { ?thing icv:hasEvidence/icv:source ?source } } LIMIT 1"
    )
    assert len(about) == 1
