"""The page about the tables is the one that the metadata gives."""

from pathlib import Path

from icvkg.graph.documentation import page


def test_the_page_is_current() -> None:
    """Renew it with `python -m icvkg.graph.documentation > docs/tables.md`."""
    assert (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8") == page()
