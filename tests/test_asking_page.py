"""docs/asking.md says what is so: its commands run, its pictures show what the release says."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import query_files
from icvkg.queries.exports.forms import FORMS
from tests.pictures import DOCS, PICTURES, draw, words_of

TEXT = (DOCS / "asking.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


def test_every_command_runs(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(COMMANDS) == 16
    for command in COMMANDS:
        program, *words = shlex.split(command)
        result = run(*words)
        assert (program, result.exception, result.return_value) == ("icvkg", None, 0), command
    written = {path.name for path in tmp_path.iterdir()}
    assert {"services.xlsx", "wuhan.geojson", "suppliers.tex", "cities.svg", "transfers.svg", "examples"} <= written


def test_every_form_and_query_named_is_there() -> None:
    rows = re.findall(r"^\| ([a-z, -]+) \| ", TEXT, re.MULTILINE)
    assert {form for row in rows[2:] for form in row.split(", ")} == {"table", *FORMS}
    named = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", TEXT)) - {"fonts-noto-cjk"}
    assert named <= set(query_files())


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_the_release_says(name: str, graph: KnowledgeGraph) -> None:
    """Renew it with `python -m tests.pictures`."""
    assert words_of((DOCS / f"{name}.svg").read_bytes()) == words_of(draw(graph, name))
