"""The commands as a user meets them: right, wrong, and asked for help."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click import UsageError
from click.testing import Result

from icvkg.cli.commands import PLACES
from icvkg.errors import IcvkgError, UnknownNameError

Run = Callable[..., Result]
COMMANDS = [
    "build", "check", "map", "validate", "query", "queries", "ask", "reproduce", "search", "describe", "cite",
    "quality", "ontology", "serve", "publish", "fair", "mcp", "diff", "doctor", "export", "load", "rollback",
    "why", "completion",
]  # fmt: skip


def test_these_are_the_commands() -> None:
    assert list(PLACES) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(run: Run, command: str) -> None:
    assert f"icvkg {command}" in run(command, "--help").output


def test_a_wrong_command_names_the_nearest(run: Run) -> None:
    error = run("querry", "x").exception
    assert isinstance(error, UsageError)
    assert "query" in error.message


def test_check_counts_rows_and_what_is_left_out(run: Run) -> None:
    result = run("check")
    assert result.return_value == 0
    assert "52 tables in order" in result.output
    assert "no source" in result.output


def test_check_of_an_unknown_table_names_the_nearest(run: Run) -> None:
    error = run("check", "firm").exception
    assert isinstance(error, UnknownNameError)
    assert "firms" in str(error)


def test_the_release_is_valid(run: Run) -> None:
    result = run("validate", "--format", "csv")
    assert result.return_value == 0
    severities = {row["severity"] for row in csv.DictReader(io.StringIO(result.output))}
    assert severities <= {"Warning"}


def test_an_invalid_file_ends_with_findings_in_both_languages(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("<urn:x> a <https://w3id.org/icvkg/def/EquityStake> .", encoding="utf-8")
    for lang, words in (("en", "investor: at least 1 required"), ("zh", "投资方:至少须有 1 个")):
        result = run("validate", str(file), "--lang", lang, "--format", "json")
        assert result.return_value == 1
        assert any(words in row["message"] for row in json.loads(result.output))


def test_queries_are_listed_with_their_questions(run: Run) -> None:
    listed = json.loads(run("queries", "--format", "json").output)
    assert len(listed) == 47
    assert all(row["question"].endswith("?") for row in listed)
    chinese = json.loads(run("queries", "--format", "json", "--lang", "zh").output)
    assert all(row["question"].endswith("?") for row in chinese)


def test_a_query_gives_the_same_rows_in_each_form(run: Run) -> None:
    name = "cities-in-programmes"
    as_csv = list(csv.reader(io.StringIO(run("query", name, "--format", "csv").output)))
    as_json = json.loads(run("query", name, "--format", "json").output)
    as_tsv = run("query", name, "--format", "tsv").output.splitlines()
    assert len(as_csv) == len(as_tsv) == len(as_json["results"]["bindings"]) + 1 > 20
    assert as_csv[0] == as_json["head"]["vars"]


def test_a_limit_cuts_rows(run: Run) -> None:
    assert len(run("query", "cities-in-programmes", "--limit", "3", "--format", "tsv").output.splitlines()) == 4


def test_an_answer_goes_to_a_file_whole(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    run("query", "cities-in-programmes", "--format", "csv", "--out", str(file))
    assert file.read_bytes().startswith(b"city,")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["answer.csv", "answer.csv-metadata.json"]


def test_a_query_of_ones_own_runs_with_our_prefixes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text("SELECT (COUNT(?x) AS ?n) { ?x a icv:Source }", encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(run("query", "--file", str(file), "--format", "csv").output))
    assert int(row["n"]) > 800


def test_construct_gives_turtle(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text("CONSTRUCT { act:huawei ?p ?o } WHERE { act:huawei ?p ?o }", encoding="utf-8")
    text = run("query", "--file", str(file), "--format", "ttl").output
    assert any(quad.subject.value.endswith("/actor/huawei") for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def test_a_syntax_error_says_line_and_column(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text("SELECT ?x\nWHERE { ?x a }", encoding="utf-8")
    error = run("query", "--file", str(file)).exception
    assert isinstance(error, IcvkgError)
    assert "line 2, column 15" in str(error)
    assert str(error).splitlines()[-1].strip() == "^"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("query", "cities-in-programs"), "cities-in-programmes"),
        (("query", "cities-in-programmes", "--param", "asof=2024-01-01"), "asOf"),
        (("query", "cities-in-programmes", "--param", "asOf"), "NAME=VALUE"),
        (("query", "suppliers-of-component", "--param", "kind=ldar"), "lidar"),
        (("query", "driverless-paid-services", "--param", "place=plc:wuhann"), "wuhan"),
        (("queries", "--theme", "polcy"), "policy"),
        (("describe", "huawai"), "huawei"),
    ],
)
def test_a_wrong_name_is_answered_with_near_ones(run: Run, words: tuple[str, ...], near: str) -> None:
    error = run(*words).exception
    assert isinstance(error, IcvkgError)
    assert near in str(error)


@pytest.mark.parametrize(("text", "thing"), [("华为", "act:huawei"), ("Huawei", "act:huawei"), ("比亚迪", "act:byd")])
def test_search_finds_names_in_both_languages(run: Run, text: str, thing: str) -> None:
    assert json.loads(run("search", text, "--format", "json").output)[0]["thing"] == thing


def test_search_without_a_hit_is_a_finding(run: Run) -> None:
    assert run("search", "no such name anywhere").return_value == 1


def test_describe_shows_claims_with_sources(run: Run) -> None:
    page = run("describe", "huawei").output
    assert "华为" in page
    assert "clm:" in page
    assert "https://" in page
    described = json.loads(run("describe", "huawei", "--format", "json").output)
    assert len(described["claims"]) > 10
    assert all(claim["sources"] for claim in described["claims"])


def test_cite_names_source_and_release(run: Run) -> None:
    claim = json.loads(run("describe", "huawei", "--format", "json").output)["claims"][0]["iri"]
    text = run("cite", claim).output
    assert claim in text
    assert "icvkg 20" in text
    bibtex = run("cite", claim, "--format", "bibtex").output
    assert bibtex.startswith("@misc{")
    assert bibtex.count("{") == bibtex.count("}")


def test_a_source_cannot_be_cited_for_itself(run: Run) -> None:
    error = run("cite", "src:gb-t-2260").exception
    assert isinstance(error, IcvkgError)


def test_the_quality_report_in_a_table_and_as_rdf(run: Run) -> None:
    shown = run("quality", "--format", "table").output
    assert "(origin-groups)" in shown
    assert "(coverage)" not in shown
    assert "DemonstrationZone" in run("quality", "--metric", "chinese-labels-missing", "--format", "csv").output
    assert "dqv:QualityMeasurement" in run("quality", "--format", "ttl").output
    assert run("quality", "--metric", "agee").exception is not None
