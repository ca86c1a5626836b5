"""The table of hits in `docs/ask.md`: compared, or written anew (`python -m tests.asking.hits`)."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import icvkg
from icvkg.knowledge import KnowledgeGraph

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ask.md"
QUESTIONS = ROOT / "tests" / "queries" / "questions.csv"
_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD = (
    "| questions | language | in scope | first choice right | among first three | parameters right | out of scope "
    "| refused |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
)
Result = dict[str, bool]
"""Of a question in scope: first, three, parameters; of one out of scope: refused."""


def questions() -> list[dict[str, str]]:
    """The rows of the file: question, language, query (empty: nothing should fit), parameters, written."""
    with QUESTIONS.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def result(graph: KnowledgeGraph, row: dict[str, str]) -> Result:
    """How the matcher did on a question; a right choice that it would refuse counts as wrong."""
    choices = graph.ask(row["question"])
    best = choices[0]
    if not row["query"]:
        return {"refused": not best.fits}
    first = best.fits and best.query.name == row["query"]
    given = {name: value for name, value in best.parameters.items() if value}
    return {
        "first": first,
        "three": row["query"] in [each.query.name for each in choices[:3] if each.fits],
        "parameters": first and given == expected(row["parameters"]),
    }


def expected(text: str) -> dict[str, str]:
    """The parameters of a row, written `name=value;name=value`; an empty value restricts nothing."""
    pairs = (each.strip().partition("=") for each in re.split("[; ]", text) if each.strip())
    return {name: value for name, _, value in pairs if value}


def table(graph: KnowledgeGraph) -> str:
    """The table of hits as Markdown."""
    results = [(row["written"], row["language"], result(graph, row)) for row in questions()]
    lines = [HEAD]
    for written, language in _groups(results):
        group = [each for when, spoken, each in results if written in (when, "all") and language in (spoken, "both")]
        lines.append(_line(f"written {written}" if written != "all" else "all", language, group))
    return "".join(lines)


def _groups(results: list[tuple[str, str, Result]]) -> Iterator[tuple[str, str]]:
    for written in [*dict.fromkeys(when for when, _, _ in results), "all"]:
        for language in ("en", "zh", "both"):
            yield written, language


def _line(name: str, language: str, group: list[Result]) -> str:
    inside = [each for each in group if "first" in each]
    outside = [each for each in group if "refused" in each]
    counts = [sum(each[what] for each in inside) for what in ("first", "three", "parameters")]
    cells = [name, language, len(inside), *counts, len(outside), sum(each["refused"] for each in outside)]
    return f"| {' | '.join(map(str, cells))} |\n"


def written() -> str:
    """The table as it stands in the page."""
    found = _TABLE.search(PAGE.read_text(encoding="utf-8"))
    assert found, f"{PAGE.name} marks no table"
    return found[0]


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda _: table(icvkg.open()), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
