"""Asking in the shell: the catalogue, completion, forms by ending, sources, charts, and what goes wrong."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from icvkg.queries.catalogue import catalogue

Run = Callable[..., Result]
NAME = "suppliers-of-component"


def test_the_catalogue_stands_by_theme_in_both_languages(run: Run) -> None:
    text = run("queries", "--format", "table").output
    assert "supply (" in text
    assert "Who supplied a kind of component to whom on a given day?" in text
    assert "各类部件的已知供应集中度如何?" in text


def test_one_query_is_told_whole(run: Run) -> None:
    text = run("queries", NAME, "--format", "table").output
    assert "在某一日" in text
    assert f"icvkg queries {NAME} --values kind" in text
    assert all(column in text for column in ("lastAttested", "sourceUrl"))


def test_the_values_of_a_parameter_are_listed(run: Run) -> None:
    lines = run("queries", NAME, "--values", "kind", "--format", "tsv").output.splitlines()
    assert lines[0] == "value\tname\tchinese"
    assert "lidar\tLidar\t激光雷达" in lines


@pytest.mark.parametrize("words", [("queries", "--values", "kind"), ("query", NAME, "--file", "-"), ("query",)])
def test_options_that_do_not_fit_are_a_usage_error(words: tuple[str, ...], run: Run) -> None:
    assert isinstance(run(*words).exception, click.UsageError)


def completed(args: list[str], begun: str) -> list[str]:
    return [item.value for item in ShellComplete(icvkg, {}, "icvkg", "_ICVKG_COMPLETE").get_completions(args, begun)]


@pytest.mark.parametrize(
    ("args", "begun", "found"),
    [
        (["query"], "driverl", ["driverless-paid-services"]),
        (["query", NAME, "--param"], "", ["kind=", "supplier=", "customer=", "asOf="]),
        (["query", NAME, "--param"], "kind=lid", ["kind=lidar"]),
        (["query", NAME, "--param"], "asOf=20", []),
        (["query", NAME, "--columns"], "claim,so", ["claim,source", "claim,sourceUrl"]),
        (["query", "no-such-query", "--param"], "", []),
        (["queries", "--theme"], "po", ["policy"]),
        ([], "repro", ["reproduce"]),
    ],
)
@pytest.mark.usefixtures("run")
def test_the_shell_completes(args: list[str], begun: str, found: list[str]) -> None:
    assert completed(args, begun) == found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(shell: str, run: Run) -> None:
    assert "_ICVKG_COMPLETE" in run("completion", shell).output


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (".xlsx", b"PK"), (".parquet", b"PAR1"), (".geojson", b'{\n "type": "FeatureCollection"'), (".xml", b"<?xml"),
        (".tex", b"% "), (".html", b"<!DOCTYPE html>"), (".md", b"**"), (".jsonld", b"{"), (".ttl", b"# about"),
        (".csv", b"city,"), (".json", b"{"), (".tsv", b"?city"),
    ],
)  # fmt: skip
def test_the_ending_of_a_file_names_its_form(ending: str, begins: bytes, run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"a{ending}"
    run("query", "cities-in-programmes", "--out", str(file))
    assert file.read_bytes().startswith(begins)


def test_all_sources_are_added(run: Run) -> None:
    words = ["query", "cities-in-programmes", "--limit", "2", "--columns", "cityName", "--cite", "--format", "csv"]
    heading, *rows = run(*words).output.splitlines()
    assert heading == "cityName,sources"
    assert all("“" in row and "http" in row for row in rows)


@pytest.mark.parametrize("name", [query.name for query in catalogue()])
def test_every_answer_is_cited_or_says_why_not(name: str, run: Run) -> None:
    result = run("query", name, "--cite", "--format", "csv", "--limit", "3")
    if result.exception:
        assert isinstance(result.exception, IcvkgError)
        assert name in {"pricing-modes-by-year", "instruments-in-force-by-year", "objectives-and-their-instruments",
                        "corroboration-by-class", "make-buy-ally-by-origin", "supply-concentration"}  # fmt: skip
    else:
        assert result.output.splitlines()[0].endswith(",sources")


def test_a_chart_is_drawn_beside_or_instead_of_the_answer(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    assert run("query", "supply-concentration", "--chart", str(picture)).stdout == ""
    assert picture.read_bytes().startswith(b"<svg")
    assert run("query", "supply-concentration", "--chart", str(picture), "--format", "csv").stdout.startswith("kind,")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("query", "supply-concentration", "--format", "geojson", "--out", "a.geojson"), "holds any"),
        (("query", "supply-concentration", "--chart", "a.pdf"), "ends in"),
        (("query", "supply-concentration", "--columns", "hhhi", "--out", "a.csv"), "hhi"),
        (("query", "supply-concentration", "--cite", "--out", "a.csv"), "names a source"),
        (("export", "queries", "--format", "shacl", "--url", "no url", "a"), "no address"),
    ],
)
def test_what_fails_leaves_no_file(
    words: tuple[str, ...], left: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error = run(*words).exception
    assert isinstance(error, IcvkgError)
    assert left in str(error)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("form", ["csv", "parquet", "html", "ttl"])
def test_a_closed_pipe_is_no_error(form: str) -> None:
    command = [sys.executable, "-m", "icvkg.cli", "query", "firms-by-origin-and-stage", "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait() == 0
    assert said == b""


@pytest.mark.usefixtures("run")
def test_a_plain_question_loads_nothing_heavy() -> None:
    code = (
        "import sys; from icvkg.cli.main import icvkg; "
        "icvkg(['query', 'cities-in-programmes', '--format', 'table'], standalone_mode=False); "
        "heavy = {'rdflib', 'pandas', 'altair', 'openpyxl', 'pyarrow', 'vl_convert'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
