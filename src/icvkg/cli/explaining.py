"""What `icvkg query --explain` shows: the question, its parameters, the text as it would run, and the plan."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from icvkg.queries.catalogue import CuratedQuery

if TYPE_CHECKING:
    from icvkg.knowledge import KnowledgeGraph

NOTE = """\
# Plan: the algebra as the standard translates the text, read by rdflib; in brackets how many triples match each pattern
# alone. The engine (Oxigraph) chooses its own order of joins, which its Python interface does not show."""


def explanation(
    graph: "KnowledgeGraph", query: CuratedQuery | None, text: str, given: Mapping[str, str], lang: str
) -> str:
    """The whole explanation as comments and SPARQL, so that it can be asked as it is printed."""
    from icvkg.queries.plan import plan

    bound = graph.bound(query, dict(given)) if query else text
    body = "\n".join(line for line in bound.splitlines() if not line.startswith("#+"))
    planned = [f"#   {line}" for line in plan(graph.store, bound)]
    return "\n".join([*(_about(graph, query, given, lang) if query else []), body.strip(), "", NOTE, *planned, ""])


def _about(graph: "KnowledgeGraph", query: CuratedQuery, given: Mapping[str, str], lang: str) -> list[str]:
    values = graph.values_of(query, dict(given))
    lines = [query.title(lang), *query.meaning(lang).splitlines()]
    lines += [f"  {each.name} = {values[each.name] or '(any)'}  ({each.type})" for each in query.parameters]
    return [f"# {line}".replace("\r", " ") for line in "\n".join(lines).splitlines()]
