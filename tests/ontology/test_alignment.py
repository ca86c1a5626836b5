"""Every alignment joins a term of ours with one that its vocabulary has, and the module says what the table says."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from icvkg import artefacts
from icvkg.errors import FaultyTablesError
from icvkg.namespaces import BASE, OUTSIDE
from icvkg.ontology import alignment_module
from icvkg.ontology.alignment import Vocabularies, faults, own_terms
from icvkg.ontology.closure import ALIGNMENT, read_modules, read_ontology
from icvkg.ontology.sssom import COLUMNS, parse_mappings, read_mappings
from icvkg.ontology.vocabularies import Term, read_vocabulary_terms
from tests.ontology.alignment_page import PAGE, renewed

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
TABLE = (ONTOLOGY / "alignment.sssom.tsv").read_text(encoding="utf-8")
KNOWN = Vocabularies(own_terms(read_ontology()), read_vocabulary_terms())
KINDS = {
    "owl:Class": {"class"},
    "owl:ObjectProperty": {"object property", "property"},
    "owl:DatatypeProperty": {"datatype property", "property"},
    "owl:AnnotationProperty": {"annotation property", "datatype property", "object property", "property"},
}
GOOD = "icv:Vehicle\tvehicle\trdfs:subClassOf\tschema:Vehicle\tVehicle\tsemapv:ManualMappingCuration\t0.1.0\t30.0\t"


def table(*rows: str) -> str:
    above = [line for line in TABLE.splitlines() if line.startswith("#")]
    return "\n".join([*above, "\t".join(COLUMNS), *rows]) + "\n"


def found(*rows: str) -> list[str]:
    return [str(fault) for fault in faults(parse_mappings(table(*rows)), KNOWN)]


def test_the_table_is_in_order() -> None:
    mappings = read_mappings()
    assert faults(mappings, KNOWN) == []
    assert len(mappings.rows) >= 60


def test_the_table_maps_to_the_vocabularies_of_the_field() -> None:
    prefixes = {row.cells["object_id"].split(":")[0] for row in read_mappings().rows}
    families = {prefix.split("-")[0] for prefix in prefixes}
    assert families >= {"org", "prov", "eli", "fibo", "auto", "sosa", "qb", "bmo", "gr", "schema", "iof", "gist"}


def test_concepts_alone_are_matched_in_skos_and_nothing_is_made_equivalent_unseen() -> None:
    predicates = {row.cells["predicate_id"] for row in read_mappings().rows}
    assert predicates == {"rdfs:seeAlso", "rdfs:subClassOf", "rdfs:subPropertyOf"}


def test_a_row_that_only_points_says_why() -> None:
    pointing = [row for row in read_mappings().rows if row.cells["predicate_id"] == "rdfs:seeAlso"]
    assert [row.key for row in pointing if not row.cells["comment"]] == []


def test_a_term_that_its_vocabulary_does_not_have_is_refused_with_row_list_and_nearest() -> None:
    (fault,) = found(GOOD.replace("schema:Vehicle\t", "schema:Vehicel\t"))
    line = len(table().splitlines()) + 1
    assert fault.startswith(
        f"alignment.sssom.tsv:{line}: object_id: 'schema:Vehicel': not in ontology/vocabulary-terms"
    )
    assert fault.endswith("(nearest: 'https://schema.org/Vehicle')")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("icv:Vehicle", "icv:Vehicel", "a class, property or code of ours expected (nearest: 'https://w3id.org/icvkg"),
        ("icv:", "ivc:", "its prefix is not in the curie_map (nearest: 'icv')"),
        ("schema:", "shcema:", "its prefix is not in the curie_map (nearest: 'schema')"),
        ("rdfs:subClassOf", "rdfs:subPropertyOf", "here class with class"),
        ("rdfs:subClassOf", "skos:exactMatch", "joins concept with the same; here class with class"),
        ("rdfs:subClassOf", "rdfs:subclassOf", "expected (nearest: 'rdfs:subClassOf')"),
        ("schema:Vehicle\tVehicle", "schema:url\turl", "here class with datatype property"),
        ("\tvehicle\t", "\tcar\t", "subject_label: 'car': 'vehicle' expected"),
        ("\tVehicle\t", "\tCar\t", "object_label: 'Car': 'Vehicle' expected"),
        ("\t30.0", "\t29.0", "object_source_version: '29.0': '30.0' expected"),
        ("\t0.1.0", "\t0.0.9", "subject_source_version: '0.0.9': '0.1.0' expected"),
        ("Manual", "Guessed", "mapping_justification: 'semapv:GuessedMappingCuration'"),
    ],
)
def test_a_bad_cell_is_named_with_what_was_expected(old: str, new: str, message: str) -> None:
    shown = found(GOOD.replace(old, new, 1))
    assert len(shown) == 1
    assert message in shown[0]


def test_a_row_twice_or_out_of_order_is_refused() -> None:
    assert found(GOOD) == []
    (fault,) = found(GOOD, GOOD)
    assert "sorted by subject, predicate and object, none twice" in fault


def test_a_term_used_as_two_kinds_is_refused() -> None:
    rest = "\tReplaces\tsemapv:ManualMappingCuration\t0.1.0\t\t"
    things = "icv:replacesPolicy\treplaces policy\trdfs:subPropertyOf\tdcterms:replaces" + rest
    words = "icv:url\taddress\trdfs:subPropertyOf\tdcterms:replaces" + rest
    labels = {name: KNOWN.own["https://w3id.org/icvkg/def/" + name].label for name in ("replacesPolicy", "url")}
    rows = [things.replace("replaces policy", labels["replacesPolicy"]), words.replace("address", labels["url"])]
    (fault,) = found(*rows)
    assert "one kind expected, used as datatype property and object property" in fault


def test_a_property_of_open_kind_is_not_pointed_at_by_a_class() -> None:
    (fault,) = found(
        "icv:Vehicle\tvehicle\trdfs:seeAlso\tdcterms:replaces\tReplaces\tsemapv:ManualMappingCuration\t0.1.0\t\t"
    )
    assert "here class with property" in fault


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (table(GOOD).replace("#curie_map", "#curies"), "curie_map expected"),
        (table(GOOD).replace("#license: ", "#license: ["), "metadata in # lines"),
        (table(GOOD).replace("subject_id", "subject"), "columns expected: subject_id"),
        (table(GOOD + "\tmore"), "9 cells, split by tabs, expected"),
        ("", "metadata in # lines"),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, message: str) -> None:
    with pytest.raises(FaultyTablesError) as refused:
        parse_mappings(text)
    assert message in str(refused.value.faults[0])


def test_concepts_may_match_and_are_declared_as_such() -> None:
    row = "scenario:port\tPort\tskos:exactMatch\tx:port\tPort\tsemapv:ManualMappingCuration\t0.1.0\t1\t"
    own = next(term for iri, term in KNOWN.own.items() if iri.endswith("/scenario/port"))
    known = Vocabularies(KNOWN.own, {"urn:x:port": Term("urn:x:port", "concept", "Port", "1")})
    head = "#  x: 'urn:x:'\n#  scenario: https://w3id.org/icvkg/code/scenario/\nsubject_id"
    text = table(row.replace("Port", own.label, 1)).replace("subject_id", head, 1)
    mappings = parse_mappings(text)
    assert faults(mappings, known) == []
    made = list(ox.parse(alignment_module.turtle(mappings, known, read_ontology()), format=ox.RdfFormat.TURTLE))
    exact = ox.NamedNode(OUTSIDE["skos"] + "exactMatch")
    assert [str(quad.object) for quad in made if quad.predicate == exact] == ["<urn:x:port>"]
    kinds = {str(quad.object) for quad in made if quad.subject in (exact, ox.NamedNode("urn:x:port"))}
    assert {f"<{OUTSIDE['owl']}ObjectProperty>", f"<{OUTSIDE['skos']}Concept>"} <= kinds


def test_every_outside_term_that_we_declare_is_in_the_list_with_a_fitting_kind() -> None:
    kinds = {f"<{OUTSIDE['owl']}{name.removeprefix('owl:')}>": fitting for name, fitting in KINDS.items()}
    stated = [*read_ontology(), *read_modules()[ALIGNMENT]]
    stubs = [(str(t.subject)[1:-1], str(t.object)) for t in stated if str(t.object) in kinds]
    outside = [(term, kind) for term, kind in stubs if not term.startswith(BASE)]
    assert len(outside) >= 130
    for term, kind in outside:
        assert KNOWN.outside[term].kind in kinds[kind], term


def test_the_list_names_its_files_by_commit_and_hash_and_holds_no_more_than_is_used() -> None:
    rows = list(csv.DictReader((ONTOLOGY / "vocabulary-terms.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["term"] for row in rows] == sorted({row["term"] for row in rows})
    for row in rows:
        assert len(row["commit"]) == 40
        assert len(row["sha256"]) == 64
        assert row["repository"].count("/") == 1
        assert row["path"]
        assert row["label"]
    named = {str(term)[1:-1] for triple in [*read_ontology(), *read_modules()[ALIGNMENT]] for term in triple}
    assert {row["term"] for row in rows} <= named


def test_the_module_is_alone_and_adds_nothing_to_a_release() -> None:
    imports = ox.NamedNode(OUTSIDE["owl"] + "imports")
    ours = read_ontology()
    assert f"<{BASE}ontology/alignment>" not in {str(triple.object) for triple in ours if triple.predicate == imports}
    assert [str(t.object) for t in read_modules()[ALIGNMENT] if t.predicate == imports] == [f"<{BASE}ontology/icv>"]
    assert not set(read_modules()[ALIGNMENT]) & set(ours)


def test_the_page_counts_what_the_table_holds() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert renewed(text) == text


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the ontology that the command reads and writes."""
    copy = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY, copy)
    original = artefacts.folder
    monkeypatch.setattr(artefacts, "folder", lambda name: copy if name == "ontology" else original(name))
    return copy


def test_the_module_is_what_the_table_gives(run: Run) -> None:
    result = run("ontology", "align", "--check")
    assert result.return_value == 0, result.output
    assert f"$ icvkg ontology align --check\n{result.stdout}" in PAGE.read_text(encoding="utf-8")


def test_a_module_that_is_behind_its_table_is_found_and_made_anew(run: Run, copied: Path) -> None:
    file = copied / "alignment.ttl"
    for spoil in (lambda: file.write_text("", encoding="utf-8"), file.unlink):
        spoil()
        result = run("ontology", "align", "--check")
        assert result.return_value == 1
        assert "is not what its table gives: run `icvkg ontology align`" in result.stderr
        assert run("ontology", "align").return_value == 0
        assert file.read_bytes() == (ONTOLOGY / "alignment.ttl").read_bytes()


def test_the_command_refuses_a_bad_table_and_leaves_the_module(run: Run, copied: Path) -> None:
    (copied / "alignment.sssom.tsv").write_text(TABLE.replace("prov:Entity", "prov:Entitty"), encoding="utf-8")
    for arguments in ((), ("--check",)):
        result = run("ontology", "align", *arguments)
        assert result.return_value == 1
        assert "'prov:Entitty': not in ontology/vocabulary-terms.csv" in result.stderr
        assert "nearest: 'http://www.w3.org/ns/prov#Entity'" in result.stderr
        assert "alignment.ttl is unchanged" in result.stderr
    assert (copied / "alignment.ttl").read_bytes() == (ONTOLOGY / "alignment.ttl").read_bytes()
