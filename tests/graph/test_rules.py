"""The rules on small graphs checked by hand, and on the real tables by a second engine."""

from itertools import groupby

import pyoxigraph as ox
import pytest
import rdflib

from icvkg.graph.dates import date_time
from icvkg.graph.derivation import derive
from icvkg.graph.mapping import map_rows
from icvkg.graph.rules import read_rules
from icvkg.graph.tables import check_tables, own_folder, read_tables
from icvkg.namespaces import PREFIXES, shorten_iri
from icvkg.ontology.closure import code_spaces, merge, read_ontology
from icvkg.release.settings import read_settings
from icvkg.store.embedded import EmbeddedStore

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
PARAMETERS = {"asOf": str(date_time("2024-06-30"))}


def follows(turtle: str, *predicates: str) -> set[tuple[str, str, str]]:
    """What the rules add to the graph and the class hierarchy, for some predicates, in prefixed names."""
    store = EmbeddedStore.in_memory(quad.triple for quad in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE))
    store.add(triple for triple in read_ontology() if triple.predicate.value.endswith("subClassOf"))
    derived = derive(store, read_rules(PARAMETERS))
    rows = {tuple(shorten_iri(str(term).strip("<>")) for term in triple) for triple in derived}
    return {(row[0], row[1], row[2]) for row in rows if row[1] in predicates}


def supply(name: str, more: str) -> str:
    return f"clm:{name} a icv:SupplyRelation ; icv:supplier act:s ; icv:customer act:{name} ; {more} .\n"


ASSERTED = "icv:claimStatus claim-status:asserted"


def day(text: str) -> str:
    return f'"{text}T00:00:00Z"^^xsd:dateTime'


def test_supply_stands_unless_it_ended_or_is_no_more_than_a_rumour() -> None:
    turtle = (
        supply("undated", ASSERTED)
        + supply("open", f"{ASSERTED} ; icv:validFrom {day('2020-01-01')}")
        + supply("last-day", f"{ASSERTED} ; icv:validThrough {day('2024-06-30')}")
        + supply("ended", f"{ASSERTED} ; icv:validThrough {day('2024-06-29')}")
        + supply("later", f"{ASSERTED} ; icv:validFrom {day('2024-07-01')}")
        + supply("rumour", f"{ASSERTED} ; icv:confidence confidence:rumoured")
        + supply("contested", "icv:claimStatus claim-status:contested")
    )
    assert follows(turtle, "icv:suppliesTo") == {
        ("act:s", "icv:suppliesTo", f"act:{name}") for name in ("undated", "open", "last-day")
    }


def stake(name: str, more: str) -> str:
    return f"clm:{name} a icv:EquityStake ; icv:investor act:o ; icv:investee act:{name} ; {ASSERTED} ; {more} .\n"


def test_control_needs_more_than_half_or_a_controlling_basis() -> None:
    turtle = (
        stake("half", "icv:controlBasis control-basis:joint-control ; icv:sharePercent 50.0")
        + stake("more", "icv:controlBasis control-basis:unknown ; icv:sharePercent 50.1")
        + stake("owned", "icv:controlBasis control-basis:sole-owner")
        + stake("minor", "icv:controlBasis control-basis:minority-no-control ; icv:sharePercent 10.0")
    )
    assert follows(turtle, "icv:controls") == {
        ("act:o", "icv:controls", "act:more"),
        ("act:o", "icv:controls", "act:owned"),
    }
    assert len(follows(turtle, "icv:investsIn")) == 4


def test_places_lie_within_all_that_contains_them() -> None:
    turtle = "plc:zone icv:locatedIn plc:district . plc:district icv:partOf plc:city . plc:city icv:partOf plc:land ."
    inner_outer = {("zone", "district"), ("zone", "city"), ("zone", "land"), ("district", "city"), ("district", "land")}
    assert follows(turtle, "icv:within") == {
        (f"plc:{inner}", "icv:within", f"plc:{outer}") for inner, outer in inner_outer | {("city", "land")}
    }


def link(later: str, relation: str, earlier: str, status: str = "asserted") -> str:
    return (
        f"clm:{later}-{earlier} icv:linkingPolicy doc:{later} ; icv:linkedPolicy doc:{earlier} ;"
        f" icv:policyRelation policy-relation:{relation} ; icv:claimStatus claim-status:{status} .\n"
    )


def test_lineage_runs_through_every_relation() -> None:
    turtle = link("c", "implements", "b") + link("b", "replaces", "a") + link("d", "amends", "a", "refuted")
    assert follows(
        turtle, "icv:implementsPolicy", "icv:replacesPolicy", "icv:amendsPolicy", "icv:descendsFromPolicy"
    ) == {
        ("doc:c", "icv:implementsPolicy", "doc:b"),
        ("doc:b", "icv:replacesPolicy", "doc:a"),
        ("doc:c", "icv:descendsFromPolicy", "doc:b"),
        ("doc:b", "icv:descendsFromPolicy", "doc:a"),
        ("doc:c", "icv:descendsFromPolicy", "doc:a"),
    }


def claim(name: str, *sources: str) -> str:
    evidence = " , ".join(f"ev:{name}-{source}" for source in sources)
    lines = "".join(f"ev:{name}-{source} icv:source src:{source} .\n" for source in sources)
    return f"clm:{name} a icv:Figure ; icv:hasEvidence {evidence} .\n{lines}"


def test_confidence_follows_from_the_sources() -> None:
    turtle = (
        "src:law icv:sourceKind source-kind:official-text ; icv:originGroup 'state' .\n"
        "src:firm icv:sourceKind source-kind:company-statement ; icv:originGroup 'firm' .\n"
        "src:press icv:sourceKind source-kind:trade-press ; icv:originGroup 'press' .\n"
        "src:reprint icv:sourceKind source-kind:general-press ; icv:originGroup 'press' .\n"
        + claim("primary", "law")
        + claim("two", "press", "firm")
        + claim("one-text", "press", "reprint")
        + claim("own-word", "firm")
        + claim("single", "press")
        + claim("entered", "law")
        + "clm:entered icv:confidence confidence:rumoured .\n"
    )
    assert follows(turtle, "icv:confidence") == {
        (f"clm:{name}", "icv:confidence", f"confidence:{how}")
        for name, how in {
            "primary": "confirmed", "two": "confirmed", "one-text": "reported", "own-word": "self-declared",
            "single": "reported",
        }.items()
    }  # fmt: skip


def test_an_end_with_a_source_of_its_own_ends_the_relation() -> None:
    end = f"clm:end a icv:RelationEnd ; icv:endedRelation clm:gone ; {ASSERTED} ; icv:endedOn {day('2023-12-31')}"
    turtle = (
        supply("gone", ASSERTED)
        + supply("stays", ASSERTED)
        + f"{end} ; icv:endedOnPrecision precision:month .\n"
        + supply("dated", f"{ASSERTED} ; icv:validThrough {day('2024-12-31')}")
        + end.replace("clm:gone", "clm:dated").replace("clm:end", "clm:rival")
        + " ; icv:endedOnPrecision precision:day ."
    )
    assert follows(turtle, "icv:suppliesTo") == {
        ("act:s", "icv:suppliesTo", f"act:{name}") for name in ("stays", "dated")
    }
    assert {row[0] for row in follows(turtle, "icv:validThrough")} == {"clm:gone"}
    assert follows(turtle, "icv:validThroughPrecision") == {
        ("clm:gone", "icv:validThroughPrecision", "precision:month")
    }


def test_a_deployment_traces_through_its_permit_to_what_the_rule_descends_from() -> None:
    turtle = (
        f"clm:runs a icv:Deployment ; {ASSERTED} ; icv:authorisedBy doc:permit .\n"
        "clm:denied a icv:Deployment ; icv:claimStatus claim-status:refuted ; icv:authorisedBy doc:permit .\n"
        "doc:permit icv:issuedUnder doc:city-rule . doc:city-rule icv:implementsPolicy doc:ministry-rule .\n"
        "doc:ministry-rule icv:buildsOnPolicy doc:strategy . doc:other icv:implementsPolicy doc:strategy ."
    )
    assert follows(turtle, "icv:tracesToPolicy") == {
        ("clm:runs", "icv:tracesToPolicy", f"doc:{name}") for name in ("city-rule", "ministry-rule", "strategy")
    }


def test_data_flow_on_the_day_of_the_release() -> None:
    def flow(name: str, more: str) -> str:
        return f"clm:{name} a icv:DataFlow ; icv:flowFrom itm:{name} ; icv:flowTo act:cloud ; {ASSERTED} {more} .\n"

    turtle = flow("open", "") + flow("ended", f"; icv:validThrough {day('2024-01-01')}")
    turtle += flow("later", f"; icv:validFrom {day('2025-01-01')}") + flow(
        "rumour", "; icv:confidence confidence:rumoured"
    )
    assert follows(turtle, "icv:sendsDataTo") == {("itm:open", "icv:sendsDataTo", "act:cloud")}


def test_an_attribute_claim_is_named_by_what_it_says() -> None:
    turtle = (
        'doc:rule rdfs:label "Rule"@en , "规则"@zh . attribute:issued rdfs:label "Day signed"@en , "签发日"@zh .\n'
        f"clm:one a icv:AttributeClaim ; {ASSERTED} ; icv:attributeSubject doc:rule ; icv:attribute attribute:issued ;"
        f"  icv:valueDate {day('2018-04-01')} ; icv:valueDatePrecision precision:month ."
    )
    assert follows(turtle, "rdfs:label") == {
        ("clm:one", "rdfs:label", '"Rule, day signed: 2018-04"@en'),
        ("clm:one", "rdfs:label", '"规则,签发日:2018-04"@zh'),
    }


@pytest.mark.slow
def test_a_second_engine_derives_the_same_from_the_real_tables() -> None:
    ontology = merge(read_ontology())
    checked = check_tables(read_tables([own_folder()]), code_spaces(ontology))
    asserted = [*ontology, *(triple for each in checked for triple in map_rows(each.table, each.rows))]
    rules = read_rules({"asOf": str(date_time(read_settings().as_of))})
    rdflib.NORMALIZE_LITERALS = False
    graph = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in asserted), format="nt")
    before = {line for line in graph.serialize(format="nt").splitlines() if line}
    for _, stratum in groupby(rules, key=lambda rule: rule.number):
        held, size = list(stratum), -1
        while size != len(graph):
            size = len(graph)
            for rule in held:
                graph += graph.query(rule.text).graph or rdflib.Graph()
    theirs = {line for line in graph.serialize(format="nt").splitlines() if line} - before
    ours = rdflib.Graph()
    for triple in derive(EmbeddedStore.in_memory(asserted), rules):
        ours.parse(data=f"{triple} .", format="nt")
    assert theirs == {line for line in ours.serialize(format="nt").splitlines() if line}
