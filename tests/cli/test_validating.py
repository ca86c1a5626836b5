"""`icvkg validate` with the shapes and data of others."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from icvkg.store.files import serialize

DATA = """
PREFIX : <http://example.org/>
:a a :Person ; :age 4.50 ; :knows :b . :b a :Person ; :age 300 .
"""
SHAPES = """
PREFIX : <http://example.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
:Person a sh:NodeShape ; sh:targetClass :Person ;
    sh:property [ sh:path :age ; sh:maxInclusive 150 ; sh:message "too old"@en, "年龄过大"@zh ] ;
    sh:property [ sh:path ( :knows [ sh:zeroOrMorePath :knows ] ) ; sh:maxCount 0 ; sh:severity sh:Warning ] .
"""
RECURSIVE = """
PREFIX : <http://example.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
:Loop a sh:NodeShape ; sh:targetClass :Person ; sh:property [ sh:path :knows ; sh:node :Loop ] .
"""
Validate = Callable[..., Result]


@pytest.fixture
def validate(tmp_path: Path) -> Validate:
    """Runs the command on files written from the texts above; needs no release."""
    for name, text in {"data.ttl": DATA, "shapes.ttl": SHAPES, "loop.ttl": RECURSIVE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def command(*words: str) -> Result:
        full = [str(tmp_path / word) if "." in word else word for word in words]
        return CliRunner().invoke(icvkg, ["validate", *full], standalone_mode=False)

    return command


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def test_machines_get_whole_terms_as_they_were_written(validate: Validate) -> None:
    result = validate("data.ttl", "--shapes", "shapes.ttl", "--format", "json", "--lang", "zh")
    assert result.return_value == 1
    assert json.loads(result.output)[1] == {
        "severity": "Violation",
        "focus": "<http://example.org/b>",
        "path": "<http://example.org/age>",
        "value": '"300"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "component": "MaxInclusive",
        "message": "年龄过大",
        "shape": "http://example.org/Person",
    }
    rows = list(csv.DictReader(io.StringIO(validate("data.ttl", "--shapes", "shapes.ttl", "--format", "csv").output)))
    assert [row["severity"] for row in rows] == ["Warning", "Violation"]
    assert rows[0]["path"] == "<http://example.org/knows>/<http://example.org/knows>*"


def test_people_get_lines_that_say_what_and_where(validate: Validate) -> None:
    output = validate("data.ttl", "--shapes", "shapes.ttl", "--format", "text").output
    assert "Violation: http://example.org/b: too old\n" in output
    assert '    http://example.org/age  "300"^^xsd:integer  (MaxInclusive, shape http://example.org/Person)\n' in output
    assert output.endswith("1 violations, 1 warnings\n")


def test_the_standard_report_is_turtle_and_any_result_spoils_it(validate: Validate, tmp_path: Path) -> None:
    validate("data.ttl", "--shapes", "shapes.ttl", "--format", "ttl", "--out", "report.ttl")
    found = triples((tmp_path / "report.ttl").read_text(encoding="utf-8"))
    said = {(each.predicate.value.partition("#")[2], str(each.object)) for each in found}
    assert ("conforms", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>') in said
    assert ("resultMessage", '"年龄过大"@zh') in said
    assert ("zeroOrMorePath", "<http://example.org/knows>") in said
    assert len([each for each in found if each.predicate.value.endswith("#result")]) == 2


@pytest.mark.parametrize("name", ["x.nt", "x.nq", "x.trig", "x.jsonld", "x.rdf", "x.n3", "x.nt.gz", "x.TTL"])
def test_data_come_in_any_syntax(validate: Validate, tmp_path: Path, name: str) -> None:
    form = ox.RdfFormat.from_extension(name.removesuffix(".gz").rpartition(".")[2].lower())
    assert form is not None
    written = serialize(triples(DATA), form)
    (tmp_path / name).write_bytes(gzip.compress(written) if name.endswith(".gz") else written)
    result = validate(name, "--shapes", "shapes.ttl", "--format", "tsv")
    assert result.output.count("\n") == 3


def test_folders_give_all_their_files(validate: Validate, tmp_path: Path) -> None:
    for name in ("data", "shapes"):
        (tmp_path / f"{name}.d").mkdir()
        (tmp_path / f"{name}.ttl").rename(tmp_path / f"{name}.d" / "one.ttl")
    result = validate("data.d", "--shapes", "shapes.d", "--shapes", "loop.ttl", "--format", "tsv")
    assert result.output.count("MaxInclusive") == 1


def test_what_pyshacl_judged_is_said_beside_the_report(validate: Validate) -> None:
    result = validate("data.ttl", "--shapes", "shapes.ttl", "--shapes", "loop.ttl")
    assert result.stderr == "By pyshacl, not by set queries: http://example.org/Loop: a shape that refers to itself\n"
    assert "too old" in result.stdout


def test_our_ontology_stands_beside_our_shapes_only(validate: Validate) -> None:
    """With other shapes its classes would be data of others."""
    targets = ["--shapes", "shapes.ttl", "--ontology"]
    assert validate("data.ttl").output == "No violations.\n"
    assert validate("data.ttl", *targets).output == validate("data.ttl", *targets[:2]).output


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("bad.ttl", ":a :b :c .", r"bad\.ttl:1:\d+: "),
        ("bad.csv", "a,b", "the ending must be one of"),
        ("bad.nt.gz", "no gzip", r"bad\.nt\.gz: "),
        ("bad.jsonld", "{", r"bad\.jsonld"),
    ],
)
def test_what_cannot_be_read_is_named(validate: Validate, tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    for arguments in ((name, "--shapes", "shapes.ttl"), ("data.ttl", "--shapes", name)):
        result = validate(*arguments)
        assert isinstance(result.exception, IcvkgError)
        assert result.exception.args[0] is not None
        with pytest.raises(IcvkgError, match=words):
            raise result.exception


def test_shapes_without_a_target_are_refused(validate: Validate) -> None:
    assert "No shape has a target" in str(validate("data.ttl", "--shapes", "data.ttl").exception)
