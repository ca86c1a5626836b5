"""The pictures of docs/asking.md: drawn anew by `python -m tests.pictures`."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.charts.drawing import drawn

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = ("cities-in-programmes", "value-transfers")


def words_of(svg: bytes) -> list[str]:
    """The texts of a picture but for the lines that name the release, which each build renews."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return sorted(text.text for text in texts if text.text and not re.match(r"icvkg |.*SHA-256", text.text))


def draw(graph: KnowledgeGraph, name: str) -> bytes:
    """The picture of a query with its defaults."""
    return drawn(graph.query(name), ".svg", "en")


if __name__ == "__main__":
    for picture in PICTURES:
        (DOCS / f"{picture}.svg").write_bytes(draw(KnowledgeGraph.open(), picture))
