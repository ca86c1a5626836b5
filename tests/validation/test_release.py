"""The real release: no violation by our validator, and the same rows by the reference (slow)."""

import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.release import dumps
from icvkg.release.build import Built
from icvkg.store.files import read_file
from icvkg.validation.plan import make_plan
from icvkg.validation.reference import reference_report
from icvkg.validation.shapes_graph import read_shapes


def test_the_release_conforms(graph: KnowledgeGraph) -> None:
    report = graph.validate()
    assert report.violations == ()
    assert {result.component.rpartition("#")[2] for result in report.results} <= {"SPARQLConstraintComponent"}


def test_every_class_in_the_data_has_a_shape(graph: KnowledgeGraph) -> None:
    """A shape of its own, not only those of the kinds at the top."""
    general = {"NamedThing", "Evidenced", "Claim", "Observed", "Situation", "Assessment"}
    shapes = [each for each in make_plan(read_shapes()).constraints if each.shape.rpartition("/")[2] not in general]
    targeted = {target for each in shapes for target in each.targets}
    for row in graph.query(
        "SELECT DISTINCT ?class { ?thing a ?class . FILTER(STRSTARTS(STR(?class), 'https://w3id.org/icvkg/def/')) }"
    ):
        parents = graph.query(
            "PREFIX icv: <https://w3id.org/icvkg/def/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
            f" SELECT ?parent {{ {row['class']} rdfs:subClassOf* ?parent }}"
        )
        names = {each["parent"].replace("icv:", "https://w3id.org/icvkg/def/") for each in parents}
        assert any(f"<{name}>" in target for name in names for target in targeted), row


@pytest.mark.slow
def test_the_reference_gives_equal_rows_on_the_release(built: Built, graph: KnowledgeGraph) -> None:
    assert built.folder is not None
    data = read_file(built.folder / dumps.TURTLE)
    ours, theirs = graph.validate(), reference_report(data, read_shapes())
    assert {result.row for result in ours.results} == {result.row for result in theirs.results}
    assert len(ours.results) == len(theirs.results)
