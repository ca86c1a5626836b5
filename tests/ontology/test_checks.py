"""Each rule fires on a tiny bad ontology and is silent on the real one; every code of both catalogues has its place."""

import csv
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import CODE, DEF, shorten_iri
from icvkg.ontology.checks import check, everything, findings
from icvkg.ontology.rules import IMPORTANCE, codes, folder, read_rules, release_steps
from icvkg.ontology.usage import Coverage, coverage, module_parts, named_terms
from icvkg.store.embedded import EmbeddedStore
from tests.ontology.bad import BAD, turtle

RULES = {rule.name: rule for rule in read_rules()}
OOPS = {f"P{number:02}" for number in range(1, 42)}
FOOPS = {
    "CN1", "DOC1", "FIND1", "FIND2", "FIND3", "FIND_3_BIS", "HTTP1", "OM1", "OM2", "OM3", "OM4.1", "OM4.2", "OM5.1",
    "OM5.2", "PURL1", "RDF1", "URI1", "URI2", "VER1", "VER2", "VOC1", "VOC2", "VOC3", "VOC4",
}  # fmt: skip


@pytest.fixture(scope="module")
def real(graph: KnowledgeGraph) -> EmbeddedStore:
    """Ontology, what the artefacts name, and the data of the release."""
    return EmbeddedStore.in_memory(everything(graph.embedded))


def bad_store(name: str) -> EmbeddedStore:
    triples = [quad.triple for quad in ox.parse(turtle(name), format=ox.RdfFormat.TURTLE)]
    return EmbeddedStore.in_memory([*triples, *module_parts("bad.ttl", triples)])


def test_every_rule_has_a_bad_ontology() -> None:
    assert set(BAD) == set(RULES)
    assert len(RULES) >= 60


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_rule_names_the_offenders_of_its_bad_ontology(name: str) -> None:
    found = findings(bad_store(name), replace(RULES[name], exceptions={}))
    assert {finding.term for finding in found} == BAD[name][1]


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_rule_runs_as_it_lies_on_a_second_engine(name: str) -> None:
    triples = bad_store(name).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    rows = [row for row in graph.query(RULES[name].text, initNs={}) if isinstance(row, ResultRow)]
    found = {shorten_iri(str(row.term)) for row in rows}
    assert found == BAD[name][1]


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_is_silent_on_the_real_ontology(real: EmbeddedStore, name: str) -> None:
    """An exception that excuses nothing is taken out by `python -m tests.ontology.exceptions`."""
    assert [finding.row("en") for finding in findings(real, RULES[name])] == []


def test_every_code_of_both_catalogues_has_a_rule_or_is_a_release_step() -> None:
    by_rule = [source for rule in RULES.values() for source in rule.source]
    at_release = [step.source for step in release_steps()]
    assert len(FOOPS) == 24
    for catalogue, wanted in (("OOPS!", OOPS), ("FOOPS!", FOOPS)):
        ruled = codes(source for source in by_rule if source.startswith(catalogue + " "))
        later = codes(source for source in at_release if source.startswith(catalogue + " "))
        assert ruled | later == wanted
        assert not ruled & later


def test_a_rule_is_named_by_a_code_of_its_source() -> None:
    for rule in RULES.values():
        assert rule.name.split("-")[0] in codes(rule.source)


def test_pitfalls_that_need_an_eye_say_what_to_look_at() -> None:
    reviewed = {rule.name.split("-")[0] for rule in RULES.values() if rule.reviewed}
    assert {"P01", "P09", "P15", "P16", "P30"} <= reviewed
    assert all(step.reason for step in release_steps())


def test_every_exceptions_file_belongs_to_a_rule_and_is_sorted() -> None:
    files = [Path(str(file)) for file in folder().iterdir() if file.name.endswith(".exceptions.csv")]
    assert {file.name.removesuffix(".exceptions.csv") for file in files} <= set(RULES)
    for file in files:
        terms = [row["term"] for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]
        assert terms == sorted(terms)


def write_rule(place: Path, exceptions: str, importance: str = "minor") -> None:
    header = f"#+ summary: A class.\n#+ summary_zh: 类。\n#+ importance: {importance}\n#+ source: [icvkg X]\n"
    text = "SELECT ?term { ?term a owl:Class }\n"
    (place / "X-class.rq").write_text(header + text, encoding="utf-8")
    (place / "X-class.exceptions.csv").write_text("term,reason\n" + exceptions, encoding="utf-8")


def test_an_exception_excuses_its_term_and_is_a_finding_when_it_excuses_nothing(tmp_path: Path) -> None:
    write_rule(tmp_path, "icv:Bad,it is known\nicv:Gone,it was known\n")
    found = check(bad_store("K03-class-as-value"), read_rules(tmp_path))
    assert [(finding.term, finding.stale) for finding in found] == [("icv:Gone", True)]
    assert "take it out" in found[0].row("en")[-1]
    assert "删除" in found[0].row("zh")[-1]


@pytest.mark.parametrize("exceptions", ["icv:Bad,\n", ",why\n", "icv:Bad,a\nicv:Bad,b\n"])
def test_an_exception_needs_a_term_and_a_reason_once(tmp_path: Path, exceptions: str) -> None:
    write_rule(tmp_path, exceptions)
    with pytest.raises(IcvkgError, match=r"X-class.exceptions.csv:\d"):
        read_rules(tmp_path)


def test_an_unknown_importance_is_refused(tmp_path: Path) -> None:
    write_rule(tmp_path, "", importance="grave")
    with pytest.raises(IcvkgError, match="importance one of critical"):
        read_rules(tmp_path)


def test_findings_come_gravest_first(real: EmbeddedStore) -> None:
    bare = [replace(rule, exceptions={}) for rule in RULES.values()]
    grades = [IMPORTANCE.index(finding.rule.importance) for finding in check(real, bare)]
    assert len(grades) > 100
    assert grades == sorted(grades)


def test_terms_are_read_from_prefixed_names_and_full_iris() -> None:
    text = (
        f"# icv:Comment\nSELECT ?x {{ ?x a icv:Firm ; <{DEF}seat> plc:x ; icv:stage/skos:broader stage:operation . }}"
    )
    assert named_terms(text) == {DEF + "Firm", DEF + "seat", DEF + "stage", CODE + "stage/operation"}


def test_coverage_counts_terms_that_queries_name(real: EmbeddedStore) -> None:
    assert str(Coverage(3, 4)) == "3 of 4 (75 %)"
    counted = coverage(real.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    assert 80 < counted.named < counted.terms
    assert counted.terms >= 300
