"""Curated queries as Markdown pages: the question, what it takes and gives, its pattern as a diagram, its text."""

from collections.abc import Iterator, Sequence

from icvkg.queries.catalogue import CuratedQuery
from icvkg.queries.descriptions.patterns import mermaid

INDEX = "README.md"
_LEGEND = (
    "Solid arrows must be there, dotted ones may be, crossed ones must not be; what a thick line surrounds can be "
    "given as a parameter. Names (`rdfs:label`) are left out."
)


def files(queries: Sequence[CuratedQuery]) -> dict[str, bytes]:
    """A page a query by name, and an index by theme."""
    return {f"{each.name}.md": page(each).encode() for each in queries} | {INDEX: _index(queries).encode()}


def page(query: CuratedQuery) -> str:
    """The page of one query."""
    lines = [f"# {query.summary}", "", query.summary_zh, "", query.meaning("en"), "", query.meaning("zh"), ""]
    lines += [f"Theory: {query.theory}. " * bool(query.theory) + f"Theme: {query.theme}.", ""]
    lines += ["```sh", f"icvkg query {query.name}", "```", "", *_parameters(query)]
    lines += ["| column | holds | 内容 |", "| --- | --- | --- |"]
    lines += [f"| {name} | {said} | {query.holds(name, 'zh')} |" for name, said in query.columns.items()]
    drawn = mermaid(query.text, {each.name for each in query.parameters})
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+"))
    lines += ["", "```mermaid", drawn.rstrip(), "```", "", _LEGEND, "", "```sparql", body, "```", ""]
    return "\n".join(lines)


def _parameters(query: CuratedQuery) -> Iterator[str]:
    if query.parameters:
        yield from ("| parameter | type | default | meaning | 含义 |", "| --- | --- | --- | --- | --- |")
        for each in query.parameters:
            yield f"| {each.name} | {each.type} | {each.default or 'any'} | {each.description} | {each.meaning('zh')} |"
        yield ""


def _index(queries: Sequence[CuratedQuery]) -> str:
    lines = ["# Questions", ""]
    for theme in dict.fromkeys(each.theme for each in queries):
        lines += [f"## {theme}", ""]
        lines += [f"- [{one.summary}]({one.name}.md) {one.summary_zh}" for one in queries if one.theme == theme]
        lines += [""]
    return "\n".join(lines)
