"""Tables for readers: names instead of identifiers, claim and source as numbered lines."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.cli.output import readers_text, write_whole
from icvkg.queries.answers import Answer, heading

FIRM = ox.NamedNode("https://w3id.org/icvkg/id/actor/a-firm")
CLAIM = ox.NamedNode("https://w3id.org/icvkg/id/claim/a-claim")
BEGAN = ox.NamedNode("https://w3id.org/icvkg/code/from-means/began")
ANSWER = Answer(
    ("firm", "firmName", "firmNameZh", "fromMeans", "claim", "source", "sourceUrl"),
    (
        (
            FIRM,
            ox.Literal("A Firm", language="en"),
            ox.Literal("甲企业", language="zh"),
            BEGAN,
            CLAIM,
            ox.Literal("Page"),
            None,
        ),
    ),
)


@pytest.mark.parametrize(("language", "name", "other"), [("en", "A Firm", "甲企业"), ("zh", "甲企业", "A Firm")])
def test_a_table_speaks_one_language_and_names_its_sources_below(language: str, name: str, other: str) -> None:
    text = readers_text(ANSWER, language)
    assert name in text
    assert other not in text
    assert "act:a-firm" not in text
    assert "began" in text
    assert text.splitlines()[-1] == "   1  clm:a-claim · Page"


def test_headings_are_words() -> None:
    assert heading("safetyOperatorName") == "safety operator"
    assert heading("name") == "name"
    chinese = [heading(name, "zh") for name in ("operatorNameZh", "since", "myOwnColumn")]
    assert chinese == ["运营方", "起始日", "my own column"]


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_whole({"a.csv": b"new", "taken": b"new"}, tmp_path)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
