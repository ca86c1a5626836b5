"""Random small graphs, shape by shape, beside pyshacl."""

import time
from collections import Counter

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.reference import reference_report
from icvkg.validation.report import Report
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import ShapesGraph
from tests.validation.random_shapes import Random

PREFIXES = """
PREFIX : <http://example.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
SEEDS = 800
SECONDS = 45


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)]


def rows(report: Report) -> Counter[tuple[str, ...]]:
    return Counter((*each.row, each.value) for each in report.results)


def compare(seed: int) -> tuple[str, Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    drawn = Random(seed)
    text = drawn.shape()
    data = drawn.data(text)
    found, shapes = triples(data), ShapesGraph(triples(text))
    ours = validate(EmbeddedStore.in_memory(found), shapes, found)
    assert ours.deferred == ()
    return f"{data}\n{text}", rows(ours), rows(reference_report(found, shapes))


def test_random_shapes_give_the_reference_results() -> None:
    """Bounded in time: a slow machine compares fewer, but never fewer than a hundred."""
    start, found = time.monotonic(), 0
    for seed in range(SEEDS):
        text, ours, theirs = compare(seed)
        assert ours == theirs, f"seed {seed}\n{text}"
        found += bool(ours)
        if seed >= 100 and time.monotonic() - start > SECONDS:
            break
    assert found >= 30
