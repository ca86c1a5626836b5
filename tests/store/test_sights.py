"""What a query can see is enough to answer it: edges that it cannot see may come and go."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.graph.rules import read_rules
from icvkg.store.edges import Edges
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.lines import lines_of, triples_of
from icvkg.store.sights import Anchor, Sight, sights

FIXTURE = Path(__file__).parents[1] / "fixtures" / "graph.ttl"
DAY = '"2026-11-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
P, Q, TYPE = "<x:p>", "<x:q>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
GRAPH = (
    """
<x:a> <x:p> <x:b> .
<x:b> <x:q> "seen" .
<x:c> <x:q> "unseen" .
<x:b> <x:q> <x:d> .
<x:d> <x:p> <x:a> .
""".strip()
    .encode()
    .split(b"\n")
)


def seen(text: str) -> set[Sight] | None:
    found = sights(text)
    return None if found is None else set(found)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("?a <x:p> ?b", {Sight(P)}),
        ("?a <x:p> ?b . ?b <x:q> ?c", {Sight(P), Sight(Q, "", Anchor(P, True))}),
        ("?a <x:p>/<x:q> ?c", {Sight(P), Sight(Q, "", Anchor(P, True))}),
        ("?a <x:p> ?b OPTIONAL { ?b <x:q> ?c }", {Sight(P), Sight(Q, "", Anchor(P, True))}),
        ("OPTIONAL { ?b <x:q> ?c } ?a <x:p> ?b", {Sight(P), Sight(Q)}),
        ("?a <x:p> ?b { ?s <x:p> ?o OPTIONAL { ?b <x:q> ?c } }", {Sight(P), Sight(Q)}),
        ("?a <x:p> ?b FILTER NOT EXISTS { ?b ?any ?c }", {Sight(P), Sight("", "", Anchor(P, True))}),
        ("?a a <x:C> . ?a <x:p> ?b", {Sight(TYPE, "<x:C>"), Sight(P, "", Anchor(TYPE, False, "<x:C>"))}),
        ("?a <x:p>|<x:q> ?b . ?b <x:p> ?c", {Sight(P), Sight(Q)}),
        ("?a ?any ?b", None),
        ("?a !<x:p> ?b", None),
        ("?a <x:p>* ?b", None),
    ],
)
def test_a_pattern_is_seen_from_where_another_lets_it_start(where: str, expected: set[Sight] | None) -> None:
    assert seen(f"SELECT ?a WHERE {{ {where} }}") == expected
    assert seen(f"CONSTRUCT {{ ?a <x:r> ?a }} WHERE {{ {where} }}") == expected


@pytest.mark.parametrize("text", ["ASK { ?a <x:p> ?b }", "SELECT (EXISTS { ?s <x:q> ?o } AS ?e) { ?a <x:p> ?b }", "{"])
def test_what_is_not_understood_may_be_anything(text: str) -> None:
    assert sights(text) is None


def test_lines_are_those_that_start_at_the_anchor_and_stay_so_when_lines_come() -> None:
    edges, sight = Edges(GRAPH), Sight(Q, "", Anchor(P, True))
    assert set(edges.seen(sight)) == {GRAPH[1], GRAPH[3]}
    before = edges.digests([sight])
    edges.add(b"<x:e> <x:q> <x:f> .")
    assert edges.digests([sight]) == before
    edges.add(b"<x:d> <x:p> <x:e> .")
    assert edges.digests([sight]) != before
    assert set(edges.seen(Sight("", "", Anchor(Q, True)))) == {GRAPH[4], b"<x:d> <x:p> <x:e> ."}


def test_every_rule_gives_the_same_on_what_it_can_see_and_on_the_whole() -> None:
    """On the fixture graph, and on random halves of it."""
    triples = [quad.triple for quad in ox.parse(FIXTURE.read_bytes(), format=ox.RdfFormat.TURTLE)]
    rules = read_rules({"asOf": DAY})
    draw, given = random.Random(7), 0
    for share in (1.0, 0.7, 0.5):
        lines = lines_of([each for each in triples if draw.random() < share], ox.RdfFormat.N_TRIPLES)
        whole, edges = EmbeddedStore.in_memory(triples_of(lines)), Edges(lines)
        for rule in rules:
            found = sights(rule.text)
            assert found is not None, rule.name
            part = EmbeddedStore.in_memory(triples_of({line for sight in found for line in edges.seen(sight)}))
            assert set(part.construct(rule.text)) == set(whole.construct(rule.text)), rule.name
            given += len(whole.construct(rule.text))
    assert len(rules) >= 50
    assert given > 100
