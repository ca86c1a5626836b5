"""The table of recall in `docs/search.md`: compared, or written anew (`python -m tests.queries.recall`)."""

import csv
import re
from collections import Counter
from pathlib import Path

import icvkg
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import expand_name

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "search.md"
NAMES = Path(__file__).with_name("names.csv")
_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD = "| names | number | first | among the first five |\n| --- | --- | --- | --- |\n"


def places(graph: KnowledgeGraph) -> dict[str, list[int | None]]:
    """Where the thing meant stands among the first five hits, from 0, by kind of name."""
    found: dict[str, list[int | None]] = {}
    with NAMES.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            hits = [hit.iri for hit in graph.search(row["text"], 5)]
            meant = expand_name(row["thing"])
            found.setdefault(row["kind"], []).append(hits.index(meant) if meant in hits else None)
    return found


def table(graph: KnowledgeGraph) -> str:
    """The table of recall as Markdown."""
    by_kind = places(graph)
    by_kind["all"] = [place for each in by_kind.values() for place in each]
    lines = [HEAD]
    for kind, each in by_kind.items():
        counts = Counter(each)
        lines.append(f"| {kind} | {len(each)} | {counts[0]} | {len(each) - counts[None]} |\n")
    return "".join(lines)


def written() -> str:
    """The table as it stands in the page."""
    found = _TABLE.search(PAGE.read_text(encoding="utf-8"))
    assert found, f"{PAGE.name} marks no table"
    return found[0]


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda _: table(icvkg.open()), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
