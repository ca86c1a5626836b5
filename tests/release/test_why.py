"""Why an edge is there: the rule, what it needed, and the claims that those rest on."""

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from click.testing import Result

from icvkg.errors import IcvkgError
from icvkg.release import dumps
from icvkg.release.build import Built
from icvkg.release.why import explain

Run = Callable[..., Result]
DEF = "https://w3id.org/icvkg/def/"


def derived_of(built: Built, term: str) -> ox.Triple:
    """The first derived triple with that property."""
    assert built.folder is not None
    data = dumps.read_content(built.folder, dumps.DERIVED)
    quads = ox.parse(data, format=ox.RdfFormat.N_TRIPLES)
    found: ox.Triple = next(quad.triple for quad in quads if quad.predicate.value == DEF + term)
    return found


def words(triple: ox.Triple) -> tuple[str, str, str]:
    return triple.subject.value, triple.predicate.value, triple.object.value  # type: ignore[union-attr]


def test_an_edge_names_its_rule_and_its_claims(run: Run, built: Built) -> None:
    triple = derived_of(built, "suppliesTo")
    found = json.loads(run("why", *words(triple), "--format", "json").output)
    assert {reason["rule"] for reason in found["steps"][0]["reasons"]} == {"30-supplies-to"}
    assert found["claims"]
    assert all(claim.rpartition("/")[2].startswith("supply-") for claim in found["claims"])
    page = run("why", *words(triple)).output
    assert "by rule 30-supplies-to: Who supplies whom" in page
    assert "↳" in page


@pytest.mark.parametrize("term", ["within", "descendsFromPolicy", "confidence", "controls", "sendsDataTo"])
def test_every_kind_of_edge_has_a_reason_with_premises(built: Built, term: str) -> None:
    assert built.folder is not None
    triple = derived_of(built, term)
    found = explain(built.folder, triple)
    assert found is not None
    assert all(reason.premises for listed in found.steps.values() for reason in listed)
    assert all(listed for listed in found.steps.values())
    assert bool(found.claims) == (term != "within")


def test_what_is_asserted_and_what_is_not_said(run: Run) -> None:
    assert "asserted: no rule" in run("why", "huawei", "rdf:type", "icv:Firm").output
    assert run("why", "huawei", "suppliesTo", "plc:china").return_value == 1
    assert run("why", "huawei", "rdfs:label", '"nobody"@en').return_value == 1
    for wrong in (("huawei", "no:thing", "plc:china"), ("huawei", "rdfs:label", '"open')):
        assert isinstance(run("why", *wrong).exception, IcvkgError)


def test_a_build_shows_what_its_rules_did(built: Built) -> None:
    costs = built.rules
    assert sum(cost.edges for cost in costs.values()) == built.manifest.triples["derived"]
    assert all(cost.rounds >= 1 and cost.seconds > 0 for cost in costs.values())
