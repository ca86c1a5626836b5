"""Every published file, read as Protégé 5.6 reads it: OWLAPI 4.5.29, HermiT 1.4.3.456, network off."""

from pathlib import Path

import pytest

from icvkg.ontology.exports import DOCUMENTS
from tests.ontology.owlapi.checker import Report
from tests.ontology.owlapi.figures import PAGES, renewed
from tests.ontology.owlapi.published import ONTOLOGY, Published

pytestmark = pytest.mark.slow

FORMATS = {".ttl": "RioTurtleDocumentFormat", ".rdf": "RDFXMLDocumentFormat"}
DL_ONLY = {"alignment.ttl", "alignment.rdf"}
EMPTY = ("network", "missingImports", "unparsed", "guessed", "undeclared", "dl", "unsatisfiable")
COUNTS = ("classes", "objectProperties", "dataProperties", "annotationProperties", "individuals", "expressivity")


def faults(reports: list[Report], key: str, wanted: object) -> dict[str, object]:
    """The files whose report has another value."""
    return {report["file"]: report.get(key) for report in reports if report.get(key) != wanted}


def test_every_file_was_read(published: Published) -> None:
    documents = {*DOCUMENTS, *(file.stem for file in ONTOLOGY.glob("*.ttl"))}
    assert set(published.files) == {name + ending for name in documents for ending in FORMATS}
    assert [report["error"] for report in published.all if "error" in report] == []


def test_each_file_was_read_as_what_it_is(published: Published) -> None:
    for report in published.all:
        assert report["format"] == FORMATS[Path(report["file"]).suffix], report["file"]
        assert report["iri"].startswith("https://w3id.org/icvkg/ontology/"), report["file"]


@pytest.mark.parametrize("key", EMPTY)
def test_nothing_is_missing_or_wrong(published: Published, key: str) -> None:
    assert faults(published.all, key, []) == {}


def test_everything_is_within_owl_2_rl(published: Published) -> None:
    assert faults([report for report in published.all if report["file"] not in DL_ONLY], "rl", []) == {}


def test_hermit_finds_everything_consistent(published: Published) -> None:
    assert faults(published.all, "hermit", "consistent") == {}


def test_there_are_no_anonymous_individuals(published: Published) -> None:
    """So that a round trip can be compared axiom by axiom."""
    assert faults(published.all, "anonymous", 0) == {}


def test_a_round_trip_through_owlapi_keeps_the_axioms(published: Published) -> None:
    assert faults([*published.files.values(), published.root], "roundTrip", []) == {}


def test_a_round_trip_of_the_release_changes_only_whole_decimals(published: Published) -> None:
    """It writes them without a point, and OWLAPI's Turtle turns them into integers, which are equal values."""
    changed = [each for each in published.release["roundTrip"] if "DataPropertyAssertion" not in each]
    assert changed == []
    assert all(each.startswith("Turtle Syntax") for each in published.release["roundTrip"])


def test_turtle_and_rdf_xml_hold_the_same_axioms(published: Published) -> None:
    digests = {name: (report["axioms"], report["digest"]) for name, report in published.files.items()}
    stems = {Path(name).stem for name in digests}
    assert len(stems) > 50
    assert [stem for stem in stems if digests[f"{stem}.ttl"] != digests[f"{stem}.rdf"]] == []


def test_the_merged_file_holds_what_the_modules_hold(published: Published) -> None:
    modules, merged = published.files["icv.ttl"], published.files["icv-merged.ttl"]
    assert [modules[key] for key in COUNTS] == [merged[key] for key in COUNTS]
    assert modules == published.root


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_figures_shown_are_the_figures_found(published: Published, page: Path) -> None:
    """Renew them with `python -m tests.ontology.owlapi.figures`."""
    text = page.read_text(encoding="utf-8")
    assert "<!-- figures:" in text
    assert text == renewed(text, published.files)
