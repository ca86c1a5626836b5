"""The FAIR score of the server: every test met, save those whose reason is known; a poor site scores less."""

import csv
from collections.abc import Callable

from click.testing import Result

from icvkg.ontology.rules import release_steps
from icvkg.publish.fairness import Got, mean, scores
from icvkg.publish.fetching import getter
from tests.publish.serving import Running

UNMET = {("LOD cloud", "links"): 0.5}
"""Our alignments link 25 terms of the vocabulary that has most of them; the LOD cloud asks for 50."""
NOT_HERE = {"FIND2", "OM4.2"}
"""These ask registries of prefixes and creativecommons.org."""


def test_the_server_meets_every_test_but_one(server: Running) -> None:
    found = scores(getter(server.url))
    assert len(found) == 20
    assert {(each.catalogue, each.code): each.score for each in found if each.score < 1} == UNMET


def test_every_foops_test_is_run_somewhere(server: Running) -> None:
    online = {step.source.split()[-1] for step in release_steps() if step.source.startswith("FOOPS!")}
    assert online - {each.code for each in scores(getter(server.url))} == NOT_HERE


def test_a_site_that_answers_nothing_scores_nothing() -> None:
    found = scores(lambda iri, accept: Got(404, iri, {}, b""))
    assert mean(found) == 0
    assert len(found) == 20


def test_the_command_gives_a_score_a_test(server: Running, run: Callable[..., Result]) -> None:
    result = run("fair", server.url, "--format", "csv")
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert len(rows) == 37
    assert result.return_value == 1
    assert sorted({row["score"] for row in rows}) == ["0.00", "0.50", "1.00"]
