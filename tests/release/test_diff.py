"""What changed between two releases: things, claims, answers, and what breaks."""

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.queries.answers import Answer
from icvkg.release.changes import changes, facts
from icvkg.release.diff import AnswerChange
from icvkg.release.location import HOME
from tests.graph.tables import FIGURE, FIRM, csv_text
from tests.release.small import RIVAL, build_small, figures

Run = Callable[..., Result]
PREFIXES = "@prefix icv: <https://w3id.org/icvkg/def/> . @prefix act: <https://w3id.org/icvkg/id/actor/> .\n"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The hashes of two releases: the second has lost a rival figure and a firm, and corrected a value."""
    tables = figures(tmp_path / "tables", FIGURE, RIVAL)
    first = build_small(monkeypatch, tmp_path, tables)
    (tables / "figures.csv").write_text(csv_text("figures", [FIGURE | {"value": "40.5"}]), encoding="utf-8")
    (tables / "firms.csv").write_text(csv_text("firms", [FIRM]), encoding="utf-8")
    second = build_small(monkeypatch, tmp_path, tables)
    monkeypatch.setenv(HOME, str(tmp_path))
    return first.manifest.digest, second.manifest.digest


def run(*words: str) -> Result:
    return CliRunner().invoke(icvkg, list(words), standalone_mode=False)


def test_things_claims_and_answers_that_changed(two: tuple[str, str], tmp_path: Path) -> None:
    result = run("diff", "--format", "json")
    found = json.loads(result.output)
    assert (found["before"]["hash"], found["after"]["hash"]) == two
    assert found["changes"]["actor"]["removed"] == ["https://w3id.org/icvkg/id/actor/b-firm"]
    assert found["changes"]["claim"] == {
        "added": [],
        "removed": ["https://w3id.org/icvkg/id/claim/figure-b"],
        "changed": ["https://w3id.org/icvkg/id/claim/figure-a"],
    }
    changed = {each["query"]: each for each in found["answers"]}
    assert changed["figures-that-disagree"]["rowsAfter"] == 0 < changed["figures-that-disagree"]["rowsBefore"]
    assert result.return_value == 1
    lost = changed["figures-that-disagree"]["rowsBefore"]
    assert [each for each in found["breaking"] if "figures-that-disagree" in each or "b-firm" in each] == [
        "actor act:b-firm is gone",
        f"query figures-that-disagree has lost its answer ({lost} rows before)",
    ]

    page = run("diff", two[0][:6], str(tmp_path / "releases" / two[1])).output
    assert "- actor act:b-firm" in page
    assert "Breaking: actor act:b-firm is gone" in page
    rows = run("diff", *two, "--query", "figures-that-disagree").output
    assert "39.9" in rows
    assert isinstance(run("diff", *two, "--query", "figures-that-disagre").exception, UnknownNameError)

    assert run("diff", two[1], "current").return_value == 0
    assert "Both say the same" in run("diff", "current", "current").output
    assert run("diff", "previous", "previous").return_value == 0


def test_a_release_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    for name, said in (("current", "run icvkg build"), ("previous", "no release before"), ("abc", "no release named")):
        error = run("diff", name, "current").exception
        assert isinstance(error, IcvkgError)
        assert said in str(error)


def parsed(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def test_blank_nodes_are_compared_by_what_they_say() -> None:
    one = facts(parsed("icv:A icv:p [ icv:q 1 ; icv:r [ icv:q 2 ] ] . [] icv:members act:x ."))
    same = facts(parsed("[] icv:members act:x . icv:A icv:p [ icv:r [ icv:q 2 ] ; icv:q 1 ] ."))
    other = facts(parsed("[] icv:members act:y . icv:A icv:p [ icv:r [ icv:q 3 ] ; icv:q 1 ] ."))
    assert changes(one, same) == []
    found = {each.kind: (len(each.added), len(each.removed), len(each.changed)) for each in changes(one, other)}
    assert found == {"term": (0, 0, 1), "axiom": (1, 1, 0)}


def test_lost_columns_answers_and_queries_break() -> None:
    x, y = ox.Literal("x"), ox.Literal("y")
    both = Answer(("a", "b"), ((x, y), (x, y)))
    narrow = AnswerChange("q", both, Answer(("b", "c"), ((y, x),)))
    assert list(narrow.breaks()) == ["query q has lost its column a"]
    assert (narrow.added, narrow.removed, narrow.columns_added) == ([], [(y,)], ("c",))
    assert list(AnswerChange("q", both, None).breaks()) == ["query q is gone"]
    assert list(AnswerChange("q", None, both).breaks()) == []
    assert list(AnswerChange("q", both, Answer(("a", "b"), ())).breaks()) == [
        "query q has lost its answer (2 rows before)"
    ]
    assert not AnswerChange("q", both, both).changed
