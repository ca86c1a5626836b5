"""The README says what is so: its commands run, its output is current, its paths exist."""

import re
from pathlib import Path

import pytest

from icvkg.cli.commands import PLACES
from icvkg.knowledge import KnowledgeGraph
from icvkg.release.build import Built
from icvkg.release.location import HOME
from tests.readme import README, blocks, output_of

TEXT = README.read_text(encoding="utf-8")
ROOT = README.parent
SHELL = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(autouse=True)
def release(built: Built, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's release is the current one."""
    assert built.folder is not None
    monkeypatch.setenv(HOME, str(home))


def test_the_output_shown_is_the_output_given() -> None:
    """Renew it with `python -m tests.readme`."""
    shown = list(blocks(TEXT))
    assert len(shown) == 4
    for words, output in shown:
        assert output == output_of(words)


def test_every_command_named_exists() -> None:
    named = set(re.findall(r"(?m)(?:^|&& |`|\$ )icvkg ([a-z]+)", "\n".join(SHELL) + TEXT))
    assert {"build", "check", "query", "queries", "describe"} <= named <= set(PLACES)


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 20


def test_every_path_named_exists() -> None:
    paths = re.findall(r"`((?:ontology|graph|validation|queries|src|tests|docs|benchmarks)/[\w./-]*)`", TEXT)
    assert len(paths) >= 6
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_dependency_has_a_reason() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = set(re.findall(r'"([A-Za-z0-9-]+)>=', declared)) | {"types-PyYAML"}
    assert [name for name in sorted(packages) if not re.search(rf"\b{name}\b", TEXT)] == []


def test_the_curated_queries_named_are_there(graph: KnowledgeGraph) -> None:
    for name, params in re.findall(r"icvkg query ([a-z][a-z-]+)((?: --param \w+=\S+)*)", "\n".join(SHELL)):
        given = dict(pair.split("=") for pair in re.findall(r"--param (\S+)", params))
        assert graph.query(name, **given).rows
