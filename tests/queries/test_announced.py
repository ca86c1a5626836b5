"""What a source only tells as agreed, nominated or planned counts in no answer about what is."""

import pyoxigraph as ox
import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import CuratedQuery, catalogue

PREFIXES = """PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX claim-status: <https://w3id.org/icvkg/code/claim-status/>
"""
TELLS_OF_CLAIMS = {"contradictions"}
"""Questions about claims as such, which name them whatever their status."""
QUERIES = [query for query in catalogue() if query.name not in TELLS_OF_CLAIMS]


@pytest.fixture(scope="module")
def announced(graph: KnowledgeGraph) -> set[str]:
    rows = graph.store.select(PREFIXES + "SELECT ?claim { ?claim icv:claimStatus claim-status:announced }")[1]
    return {row[0].value for row in rows if row[0] is not None}


def test_there_are_announced_claims_and_enough_questions(announced: set[str]) -> None:
    assert len(announced) >= 50
    assert len(QUERIES) >= 46


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_no_answer_counts_what_is_only_announced(
    graph: KnowledgeGraph, announced: set[str], query: CuratedQuery
) -> None:
    answer = graph.answer(query, {})
    named = {term.value for row in answer.rows for term in row if isinstance(term, ox.NamedNode)}
    assert named & announced == set()


TIE = "?tie icv:claimStatus claim-status:announced ; {0} ?from ; {1} ?to"
TOLD = "?told {0} ?from ; {1} ?to ; icv:claimStatus claim-status:asserted"
EDGES = [
    ("icv:supplier", "icv:customer", "icv:suppliesTo"),
    ("icv:investor", "icv:investee", "icv:investsIn"),
    ("icv:investor", "icv:investee", "icv:controls"),
]


@pytest.mark.parametrize(("giver", "taker", "edge"), EDGES)
def test_nothing_is_derived_from_an_announcement(graph: KnowledgeGraph, giver: str, taker: str, edge: str) -> None:
    tie, told = TIE.format(giver, taker), TOLD.format(giver, taker)
    pairs = graph.store.select(f"{PREFIXES} SELECT DISTINCT ?from ?to {{ {tie} }}")[1]
    assert len(pairs) > 10
    query = f"{PREFIXES} SELECT ?from ?to {{ {tie} . ?from {edge} ?to FILTER NOT EXISTS {{ {told} }} }}"
    assert graph.store.select(query)[1] == []


RESTING = """SELECT DISTINCT ?conclusion {{
  VALUES ?kind {{ icv:GovernanceAssessment icv:ReverseDependencyAssessment icv:StageModeAssessment }}
  ?conclusion a ?kind ; icv:claimStatus claim-status:{0} ; icv:basedOnClaim ?basis . ?basis a icv:SupplyRelation .
  FILTER NOT EXISTS {{ ?conclusion icv:basedOnClaim ?other . ?other icv:claimStatus ?status
    FILTER(?status != claim-status:announced) }} }}"""


@pytest.mark.parametrize(("status", "least", "most"), [("asserted", 0, 0), ("announced", 5, 50)])
def test_no_conclusion_stands_on_announcements_of_supply_alone(
    graph: KnowledgeGraph, status: str, least: int, most: int
) -> None:
    """Governance, dependency and ways to take part: those that rest on nothing else are announced themselves."""
    assert least <= len(graph.store.select(PREFIXES + RESTING.format(status))[1]) <= most
