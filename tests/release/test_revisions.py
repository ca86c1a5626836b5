"""Two revisions of a git repository compared: the answers that a commit changed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from tests.graph.tables import FIGURE
from tests.readme import blocks, output_of
from tests.release.small import RIVAL, figures

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "comparing.md"
NOBODY = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, env=os.environ | NOBODY)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three commits: a figure, a rival of it, and a rival that no table can hold."""
    for name in ("ontology", "graph", "queries", "validation"):
        shutil.copytree(ROOT / name, tmp_path / name)
    tables = tmp_path / "graph" / "tables"
    for file in tables.glob("*.csv"):
        file.unlink()
    git(tmp_path, "init", "--quiet")
    for rows in ((FIGURE,), (FIGURE, RIVAL), (FIGURE, RIVAL | {"value": "many"})):
        figures(tables, *rows)
        git(tmp_path, "add", "--all")
        git(tmp_path, "commit", "--quiet", "--message", "figures")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(icvkg, ["diff", *words], standalone_mode=False)


def test_a_commit_shows_the_answers_it_changed(repository: Path) -> None:
    found = json.loads(run("HEAD~2", "HEAD~1", "--git", str(repository), "--format", "json").output)
    assert found["changes"]["claim"]["added"] == ["https://w3id.org/icvkg/id/claim/figure-b"]
    changed = {each["query"]: (each["rowsBefore"], each["rowsAfter"]) for each in found["answers"]}
    assert changed["figures-that-disagree"][0] == 0 < changed["figures-that-disagree"][1]
    assert found["breaking"] == []


def test_a_revision_that_is_not_there_or_does_not_build_is_named(repository: Path, tmp_path: Path) -> None:
    for words, said in (
        (
            ("HEAD", "HEAD~1", "--git", str(repository)),
            "Revision HEAD: 1 fault in 1 file\nfigures.csv:3: value: 'many'",
        ),
        (("no-such", "HEAD", "--git", str(repository)), "Needed a single revision"),
        (("--git", str(repository), "--", "--all", "HEAD"), "Needed a single revision"),
    ):
        error = run(*words).exception
        assert isinstance(error, IcvkgError)
        assert said in str(error)


@pytest.mark.slow
def test_the_page_shows_two_commits_of_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    if subprocess.run(["git", "-C", ROOT, "cat-file", "-e", "edeeac5~1"], capture_output=True, check=False).returncode:
        pytest.skip("this clone lacks the history")
    monkeypatch.chdir(ROOT)
    shown = list(blocks(PAGE.read_text(encoding="utf-8")))
    assert len(shown) == 2
    for words, output in shown:
        assert output == output_of(words)
