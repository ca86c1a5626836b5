"""`icvkg ontology check`: green on the real ontology, 1 on a finding, in both languages and every form."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from icvkg.ontology import rules

Run = Callable[..., Result]
RULE = """#+ summary: A class named Firm.
#+ summary_zh: 名为企业的类。
#+ importance: important
#+ source: [icvkg X]
SELECT ?term { VALUES ?term { <https://w3id.org/icvkg/def/Firm> } ?term a ?kind }
"""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of its own that finds something."""
    (tmp_path / "X-firm.rq").write_text(RULE, encoding="utf-8")
    (tmp_path / "release-steps.csv").write_text("source,reason\nOOPS! P37,needs the Web\n", encoding="utf-8")
    monkeypatch.setattr(rules, "folder", lambda: tmp_path)


def test_the_ontology_has_no_findings(run: Run) -> None:
    result = run("ontology", "check")
    assert result.return_value == 0
    assert "No findings" in result.stdout
    assert "OOPS! pitfalls: 40 by rule, 1 when" in result.stdout
    assert "FOOPS! tests: 17 by rule, 7 when" in result.stdout
    assert " %)" in result.stdout


@pytest.mark.usefixtures("planted")
def test_a_finding_ends_with_1_in_each_form_and_language(run: Run) -> None:
    table = run("ontology", "check", "--lang", "zh")
    assert table.return_value == 1
    assert "icv:Firm" in table.stdout
    assert "名为企业的类" in table.stdout
    (row,) = csv.DictReader(io.StringIO(run("ontology", "check", "--format", "csv").stdout))
    assert row == json.loads(run("ontology", "check", "--format", "json").stdout)[0]
    assert (row["importance"], row["term"], row["message"]) == ("important", "icv:Firm", "A class named Firm.")
    assert run("ontology", "check", "--format", "tsv").stdout.splitlines()[1].startswith("important\tX-firm\ticv:Firm")


def test_help_of_the_check_shows_examples(run: Run) -> None:
    assert "icvkg ontology check --lang zh" in run("ontology", "check", "--help").output
