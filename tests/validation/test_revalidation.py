"""A change validated by itself gives the report of a whole validation."""

import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from icvkg.release.location import HOME
from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.revalidation import Revalidator
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import ShapesGraph
from icvkg.validation.steps import Step, steps
from tests.graph.tables import FIGURE, FIRM, csv_text
from tests.release.small import OTHER_FIRM, build_small, figures
from tests.validation.random_shapes import Random
from tests.validation.test_endpoint import found
from tests.validation.test_random import triples

P, Q, R = "<http://e/p>", "<http://e/q>", "<http://e/r>"
STEPS = {
    P: {Step("", P)},
    f"^{P}": {Step("", P, True)},
    f"{P}/{Q}": {Step("", P), Step(P, Q)},
    f"{P}|^{Q}/{R}": {Step("", P), Step("", Q, True), Step(f"^{Q}", R)},
    f"{P}/{Q}*": {Step("", P), Step(f"{P}/({Q})*", Q)},
    f"^({P}/{Q})+": {Step(f"((^{Q}/^{P}))*", Q, True), Step(f"((^{Q}/^{P}))*/^{Q}", P, True)},
    f"({P}|{Q})?/{R}": {Step("", P), Step("", Q), Step(f"(({P}|{Q}))?", R)},
}
NAMED = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
icv:Named a sh:NodeShape ; sh:targetClass icv:Firm ;
  sh:property [ sh:path rdfs:label ; sh:maxCount 0 ; sh:severity sh:Warning ] .
"""
SPARQL = """
:A sh:targetClass :C ; sh:sparql [ sh:select '''PREFIX : <http://example.org/> SELECT $this ?value WHERE {
  $this :p ?value . FILTER NOT EXISTS { ?value :q ?other } }''' ] .
:B sh:targetSubjectsOf :r ; sh:property [ sh:path :p ; sh:sparql [ sh:select '''SELECT $this ?value WHERE {
  $this $PATH ?value . ?value ?any $this }''' ] ] .
"""


@pytest.mark.parametrize("path", STEPS)
def test_the_steps_of_a_path(path: str) -> None:
    assert set(steps(path)) == STEPS[path]


Triples = list[ox.Triple]


def changes(drawn: random.Random, now: Triples, pool: Triples) -> tuple[Triples, Triples]:
    """Some triples to take away and some to add."""
    gone = drawn.sample(now, min(len(now), drawn.randint(0, 3)))
    return gone, [each for each in drawn.sample(pool, drawn.randint(0, 3)) if each not in now]


def _named(data: str, seed: int) -> str:
    """Without blank nodes in two of three graphs: on them all focus nodes are asked again."""
    return data if seed % 3 == 0 else data.replace("_:", ":blank-")


def check(text: str, drawn: Random, seed: int) -> int:
    """Follows five changes of one graph; how many reports differ from the one before."""
    shapes = ShapesGraph(triples(text))
    once, again = (triples(_named(drawn.data(text), seed)) for _ in range(2))
    pool = [each for each in again if not each.predicate.value.endswith("subClassOf")]
    now, random_ = list(dict.fromkeys(once)), random.Random(seed)
    revalidator, store = Revalidator(shapes), EmbeddedStore.in_memory(now)
    report, differ = validate(store, shapes), 0
    for _ in range(5):
        gone, added = changes(random_, now, pool)
        store.remove(gone)
        store.add(added)
        now = [each for each in now if each not in gone] + added
        after = revalidator.report(store, report, [*gone, *added])
        assert found(after) == found(validate(store, shapes)), f"seed {seed}\n{text}\n{gone}\n{added}"
        differ += found(after) != found(report)
        report = after
    return differ


def test_of_a_release_only_what_may_differ_from_another_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both firms have a name, which the shape forbids; one of them has another name than before."""
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(NAMED, encoding="utf-8")
    tables = figures(tmp_path / "tables", FIGURE)
    first = build_small(monkeypatch, tmp_path, tables)
    (tables / "firms.csv").write_text(csv_text("firms", [FIRM, OTHER_FIRM | {"label_en": "B"}]), encoding="utf-8")
    build_small(monkeypatch, tmp_path, tables)
    monkeypatch.setenv(HOME, str(tmp_path))

    def run(*words: str) -> list[str]:
        command = ["validate", "--shapes", str(shapes), "--format", "json", *words]
        result = CliRunner().invoke(icvkg, command, standalone_mode=False)
        assert result.exception is None
        return [row["focus"].rpartition("/")[2] for row in json.loads(result.stdout)]

    assert run() == ["a-firm>", "b-firm>"]
    assert run("--since", "previous") == run("--since", first.manifest.digest[:6]) == ["b-firm>"]
    assert run("--since", "current") == []


@pytest.mark.parametrize("words", [["--endpoint", "http://localhost"], [__file__]])
def test_a_release_is_compared_with_nothing_else(words: list[str]) -> None:
    result = CliRunner().invoke(icvkg, ["validate", "--since", "previous", *words], standalone_mode=False)
    assert isinstance(result.exception, IcvkgError)


def test_random_changes_give_the_report_of_a_whole_validation() -> None:
    differ = 0
    for seed in range(400):
        drawn = Random(seed)
        differ += check(drawn.shape() + (SPARQL if seed % 4 == 0 else ""), drawn, seed)
    assert differ > 150
